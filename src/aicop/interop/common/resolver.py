"""Resolve the frameworks that a file refers to, and the ids of their elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicop.errors import InvalidId, UnknownEdition, excerpt
from aicop.ids import EditionId
from aicop.interop.common.identifiers import oscal_ids

if TYPE_CHECKING:
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


class FrameworkResolver:
    """Resolves the frameworks that a file maps, and the OSCAL ids of their elements."""

    def __init__(self, options: ImportOptions) -> None:
        self._options = options
        self._tokens: dict[EditionId, Cells] = {}

    def _framework(self, name: str) -> Framework:
        """Return a framework by key, name or edition."""
        return self._options.frameworks.framework(name)

    def find(self, side: str, resource: str, *stated: str | None) -> Framework | str:
        """
        Return the framework of a *side*, source or target, or an error message if there is none.

        The options take precedence, then the first framework in *stated*, which comes from the file, then a framework
        in the name of *resource*.

        Raises:
            UnknownEdition: the options name a framework that does not exist.
        """
        if (given := getattr(self._options, side)) is not None:
            return self._framework(given)
        found = next(filter(None, (*stated, edition_in(resource))), None)
        if found is None:
            # A file may map to several frameworks, and then the option is of no use.
            return (
                f"{excerpt(resource)} does not name a framework; write its edition there, such as acme@2026.json, or "
                f"name the {side} framework of the whole file with --{side}"
            )
        try:
            return self._framework(found)
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
