"""Resolve the frameworks that a file refers to, and the ids of their elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicop.errors import Fault, InvalidId, UnknownEdition, excerpt
from aicop.ids import EditionId
from aicop.interop.common.identifiers import oscal_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aicop.frameworks.framework import Framework
    from aicop.interop.common.format import ImportOptions
    from aicop.interop.common.merging import Cells


def edition_in(resource: str) -> str | None:
    """
    Return the edition that a path or IRI contains as one of its parts, or None if there is none.

    >>> edition_in("catalogs/nist-csf@2.0/catalog.json"), edition_in("urn:aicop:nist-csf@2.0")
    ('nist-csf@2.0', 'nist-csf@2.0')
    """
    # The host of a URL is skipped. The last part of the path is the most specific, so the parts are tried from the end.
    path = re.sub(r"^[a-z]+://[^/]*", "", resource)
    for part in reversed(re.split(r"[/\\]|^urn:aicop:", path)):
        try:
            return str(EditionId.parse(re.sub(r"\.(?:json|ya?ml)$", "", part)))
        except InvalidId:
            continue
    return None


_SIDES = ("source", "target")
_MAX_NAMES = 5
"""The maximum number of names that a message lists."""


def _listed(names: Iterable[str]) -> str:
    """Return names for a message, with the number of further ones."""
    shown = list(map(excerpt, names))
    more = f" and {len(shown) - _MAX_NAMES} more" if len(shown) > _MAX_NAMES else ""
    return f"{', '.join(shown[:_MAX_NAMES])}{more}"


class NamedResources:
    """The frameworks that the options give for names in the file, with a record of the names that were used."""

    def __init__(self, options: ImportOptions) -> None:
        self._options = options
        self._used: set[str] = set()

    def framework(self, *names: str) -> Framework | None:
        """
        Return the framework that the options give for the first of these names that they list, or None.

        Raises:
            UnknownEdition: the options name a framework that does not exist.
        """
        found = next((name for name in names if name in self._options.resources), None)
        if found is None:
            return None
        self._used.add(found)
        return self._options.frameworks.framework(self._options.resources[found])

    def unused(self, file: str, known: Iterable[str]) -> tuple[Fault, ...]:
        """Return a fault for each name in the options that has not been used; *known* are the names in the file."""
        wrong = [name for name in self._options.resources if name not in self._used]
        names = _listed(dict.fromkeys(known)) if wrong else ""
        said = f"; it has {names}" if names else ", and names no framework itself"
        return tuple(Fault(file, "", f"no framework in this file is called {excerpt(name)}{said}") for name in wrong)


class SideOptions:
    """
    Which framework of a file the options mean by *source* and *target*.

    *pairs* are the names of source and target of each set of mappings in the file, and *is_known* returns whether a
    name on a side is that of a known framework. On a side with several names, the option means the only one that is not
    known. A set that is the inverse of an earlier one counts for nothing, because its sides are turned round.

    Raises:
        UnknownEdition: the options name a framework that does not exist.
    """

    def __init__(
        self, options: ImportOptions, pairs: Iterable[tuple[str, str]], is_known: Callable[[str, str], bool]
    ) -> None:
        self.problems: list[str] = []
        """A problem for each option that could mean several of the names."""
        self._found: dict[tuple[str, str], Framework] = {}
        straight: dict[tuple[str, str], None] = {}
        for source, target in pairs:
            if (target, source) not in straight:
                straight[source, target] = None
        for place, side in enumerate(_SIDES):
            given = getattr(options, side)
            if given is None:
                continue
            framework = options.frameworks.framework(given)
            names = [name for name in dict.fromkeys(pair[place] for pair in straight) if name not in options.resources]
            meant = names if len(names) == 1 else [name for name in names if not is_known(side, name)]
            if len(meant) == 1:
                self._found[side, meant[0]] = framework
            elif names:
                self.problems.append(
                    f"has several {side}s, but --{side} names one framework: {_listed(names)}; "
                    "say which framework each of them is with --resource NAME=FRAMEWORK"
                )

    def framework(self, side: str, name: str) -> Framework | None:
        """Return the framework that the options mean by a name on a side, or None if they do not mention it."""
        other = _SIDES[side == _SIDES[0]]
        return self._found.get((side, name), self._found.get((other, name)))


class FrameworkResolver:
    """
    Resolves the frameworks that a file maps, and the OSCAL ids of their elements.

    *pairs* are the names of source and target of each set of mappings in the file. *stated* returns what the file says
    about a name on a side: the editions that it may be, the likeliest first.

    Raises:
        UnknownEdition: the options name a framework that does not exist.
    """

    def __init__(
        self,
        options: ImportOptions,
        pairs: Iterable[tuple[str, str]],
        stated: Callable[[str, str], Iterable[str | None]] = lambda *_: (),
    ) -> None:
        self._options = options
        self._stated = stated
        self._pairs = tuple(dict.fromkeys(pairs))
        self._resources = NamedResources(options)
        self._sides = SideOptions(options, self._pairs, lambda *one: not isinstance(self._in_file(*one), str))
        self._tokens: dict[EditionId, Cells] = {}

    def find(self, side: str, resource: str) -> Framework | str:
        """
        Return the framework of a *side*, source or target, or an error message if there is none.

        The options take precedence, then what the file states, then a framework in the name of *resource*.

        Raises:
            UnknownEdition: the options name a framework that does not exist.
        """
        given = self._resources.framework(resource)
        given = self._sides.framework(side, resource) if given is None else given
        return self._in_file(side, resource) if given is None else given

    def faults(self, file: str) -> tuple[Fault, ...]:
        """Return the faults of the options, after all resources have been looked up."""
        known = (name for pair in self._pairs for name in pair)
        return (
            *(Fault(file, "", problem) for problem in self._sides.problems),
            *self._resources.unused(file, known),
        )

    def _in_file(self, side: str, resource: str) -> Framework | str:
        """Return the framework that the file itself names, or an error message."""
        found = next(filter(None, (*self._stated(side, resource), edition_in(resource))), None)
        if found is None:
            return (
                f"{excerpt(resource)} does not name a framework; write its edition there, such as acme@2026.json, or "
                f"say which framework it is with --resource NAME=FRAMEWORK, or --{side} if it is the only one"
            )
        try:
            return self._options.frameworks.framework(found)
        except UnknownEdition as error:
            near = " or ".join(error.nearest)
            advice = f"did you mean {near}?" if near else "add your own framework to your library"
            return f"unknown framework {excerpt(found)}; {advice}"

    def key(self, framework: Framework, written: str) -> str:
        """
        Return the key of the element with this alias, or with this OSCAL id in aicop's export of *framework*.

        Any other id is returned unchanged.

        The id of the whole statement of a control (``ac-1_smt``) means the control.
        """
        if (named := framework.key_of_alias(written)) is not None:
            return str(named)
        # Computed once per framework, since a mapping file can refer to every id.
        if framework.id not in self._tokens:
            self._tokens[framework.id] = {token: str(key) for key, token in oscal_ids(framework).items()}
        # A known OSCAL id, or an id of the framework itself, is taken literally even if it ends in "_smt".
        known, bare = self._tokens[framework.id], written.removesuffix("_smt")
        if bare != written and written not in known and (bare in known or framework.get(written) is None):
            named = framework.key_of_alias(bare)
            return known.get(bare, bare) if named is None else str(named)
        return known.get(written, written)
