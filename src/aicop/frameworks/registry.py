"""Frameworks of your own beside those that ship: look-up of frameworks by name, and of elements by key."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop.errors import KeyMistake, UnknownEdition, UnknownKey, excerpt
from aicop.frameworks.framework import Framework
from aicop.frameworks.shipped import available, load
from aicop.ids import EditionId, Key, split_edition, split_key, split_label
from aicop.keys.control_index import fold, without_id
from aicop.keys.literals import literal_key
from aicop.keys.parser import parse
from aicop.manifest import editions, ships, unknown_edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@shown
@attrs.frozen(repr=False)
class OwnFramework:
    """A framework of your own, with the names by which people refer to it."""

    framework: Framework
    names: tuple[str, ...] = ()

    @property
    def id(self) -> EditionId:
        """The edition's id."""
        return self.framework.id


def _in_order(items: Iterable[OwnFramework]) -> tuple[OwnFramework, ...]:
    return tuple(sorted(items, key=lambda item: item.id))


def _key(framework: Framework, written: str, asked: str) -> Key:
    """Return the id that *written* refers to in a framework; an error quotes *asked*, the whole key."""
    if not written:
        raise without_id(asked, str(framework.id))
    try:
        return framework.key(written)
    except UnknownKey as error:
        raise UnknownKey(asked, error.mistake, error.advice, error.nearest) from None


def is_bare(written: str, found: Key) -> bool:
    """
    Return whether *written* is an id of *found* alone, which names no framework.

    `parse` recognises some ids of shipped frameworks by their form.
    """
    return fold(written) == fold(found.local)


def not_at_home(written: str, found: Key, home: Framework) -> UnknownKey:
    """Return the error for an id alone that *home* does not have, although *found* in another framework has it."""
    advice = f"{home.id} has no {excerpt(written)}. If you mean {found}, write the framework before the id."
    return UnknownKey(written, KeyMistake.OTHER_EDITION, advice, (*home.nearest(written), str(found)))


@shown
@attrs.frozen(repr=False)
class FrameworkRegistry:
    """
    Your own frameworks, and editions of your own viewed as frameworks, beside everything that ships.

    What ships is found under its own names; a framework of your own under its key, with or without its edition, and
    under the names that you give it.
    """

    own: tuple[OwnFramework, ...] = attrs.field(default=(), converter=_in_order)
    """Your frameworks in the order of their ids."""

    @classmethod
    def from_frameworks(cls, frameworks: Iterable[Framework] | FrameworkRegistry) -> FrameworkRegistry:
        """Build a registry from frameworks; a registry is returned as it is."""
        return frameworks if isinstance(frameworks, cls) else cls([OwnFramework(item) for item in frameworks])

    def __iter__(self) -> Iterator[Framework]:
        """Yield your own frameworks in the order of their ids."""
        return (item.framework for item in self.own)

    @functools.cached_property
    def _by_id(self) -> dict[str, Framework]:
        return {str(item.id): item.framework for item in self.own}

    @functools.cached_property
    def _by_name(self) -> dict[str, tuple[Framework, ...]]:
        """Your frameworks by folded name; the key of a document that ships names no framework of yours."""
        found: dict[str, list[Framework]] = {}
        for item in self.own:
            names = dict.fromkeys(fold(name) for name in (item.id.document, *item.names))
            for name in names:
                if name != fold(item.id.document) or not ships(item.id.document):
                    found.setdefault(name, []).append(item.framework)
        return {name: tuple(several) for name, several in found.items()}

    @functools.cached_property
    def _bare(self) -> dict[str, tuple[Key, ...]]:
        """The ids of your frameworks without their edition, in folded spelling."""
        found: dict[str, list[Key]] = {}
        for item in self.own:
            for key in item.framework:
                found.setdefault(fold(key.local), []).append(key)
        return {local: tuple(keys) for local, keys in found.items()}

    @functools.cached_property
    def _aliases(self) -> dict[str, tuple[Key, ...]]:
        """The elements of your frameworks that each alias names."""
        found: dict[str, list[Key]] = {}
        for item in self.own:
            for control in item.framework.controls:
                for alias in control.aliases:
                    found.setdefault(alias, []).append(control.id)
        return {alias: tuple(keys) for alias, keys in found.items()}

    @property
    def ids(self) -> tuple[EditionId, ...]:
        """The editions of your frameworks, in order."""
        return tuple(item.id for item in self.own)

    def named(self, name: str) -> Framework | None:
        """
        Return your framework with this edition, key or name, or None if there is none.

        Raises:
            UnknownEdition: several of your frameworks have the name.
        """
        if (known := self._by_id.get(name)) is not None:
            return known
        document, label = split_edition(name)
        # The key of an edition that ships may look like a name of yours once it is folded.
        if label and ships(document):
            return None
        found = self._by_name.get(fold(name), ())
        if len(found) > 1:
            advice = "several editions have this name; "
            raise UnknownEdition(name, tuple(str(item.id) for item in found), advice)
        return found[0] if found else None

    def framework(self, name: EditionId | str) -> Framework:
        """
        Return a framework by edition, key or name: one of your own, or one that ships.

        Raises:
            UnknownEdition: there is no such framework, or several of your own have the name.
        """
        if (own := self.named(str(name))) is not None:
            return own
        try:
            return load(name)
        except UnknownEdition as error:
            if error.advice or not self.own:
                raise
            raise unknown_edition(str(name), [*map(str, self.ids), *error.known]) from None

    def parse(self, text: str | Key, edition: EditionId | str | None = None) -> Key:
        """
        Return the id that a written key refers to, as `aicop.parse` does, in your own frameworks and in what ships.

        A framework that the key names wins over *edition*. An id alone, or an alias, is looked up in *edition*; without
        one, in all of your frameworks.

        Raises:
            UnknownKey: no item exists under this key, or the key is ambiguous.
            UnknownEdition: there is no such *edition*.
        """
        # An id is returned as it is, and anything else that is not text is refused there.
        if not self.own or not isinstance(text, str):
            return parse(text, edition)
        if (known := literal_key(text)) is not None:
            return known
        home = None if edition is None else self.named(str(edition))
        if (found := self._in_named(text, home)) is not None:
            return found
        if home is not None:
            return self._in_home(text, home)
        # Aliases are exact, and ids come before them.
        if edition is None and (mine := self._bare.get(fold(text), ()) or self._aliases.get(text.strip(), ())):
            return self._only(text, mine)
        try:
            return parse(text, edition)
        except UnknownKey as error:
            raise self._with_own(error) from None

    def _in_named(self, text: str, home: Framework | None) -> Key | None:
        """
        Return the id of a key that names one of your frameworks, or None for any other key.

        If a name fits several editions and *home* is one of them, it means *home*.
        """
        # Not cleaned here: ids of your own may have letters that no other key has.
        cleaned = text.strip()
        head, local = split_key(cleaned)
        if local and (own := self._by_id.get(head)) is not None:
            return _key(own, cleaned, text)
        document, label = split_edition(head)
        # The key of a document that ships is left to the parser, except for editions that only you have.
        mine = self._by_name.get(fold(document), ())
        mine = tuple(item for item in mine if item is home) or mine
        # An edition may follow the id, as in acme:AC-1@2026, unless the whole is an id.
        bare, behind = split_label(local)
        other = self._by_id.get(f"{document}@{behind}") if behind and not label else None
        if other is not None and other.get(bare) is not None and all(item.get(local) is None for item in mine):
            return other.key(bare)
        if label:
            labelled = [item.id for item in mine if item.id.document == document]
            if labelled and local and not ships(document):
                advice = f"{document} has no edition {label}. Available: {', '.join(map(str, labelled))}."
                raise UnknownKey(text, KeyMistake.UNKNOWN_EDITION, advice)
            return None
        if mine and local:
            if len(mine) > 1:
                advice = f"{document} has several editions here; add the one you mean."
                raise UnknownKey(text, KeyMistake.AMBIGUOUS, advice, [str(item.id) for item in mine])
            return _key(mine[0], local, text)
        return self._after_name(cleaned)

    def _after_name(self, cleaned: str) -> Key | None:
        """Return the id that follows one of the names that you gave, as in "Acme controls AC-1", or None."""
        for item in self.own:
            for name in sorted(item.names, key=len, reverse=True):
                rest = cleaned[len(name) :]
                if cleaned[: len(name)].casefold() == name.casefold() and rest[:1] in {" ", ":", ","}:
                    return _key(item.framework, rest.strip(" :,"), cleaned)
        return None

    def _in_home(self, text: str, home: Framework) -> Key:
        """Return the id of a key that is looked up in one of your frameworks unless it names another one."""
        try:
            return home.key(text)
        except UnknownKey as error:
            try:
                found = parse(text)
            except UnknownKey as other:
                # A key that names something else is explained by that, unless ids of *home* look like such keys.
                names_other = ":" in text.strip(" :") and not any(":" in key.local for key in home)
                raise (self._with_own(other) if names_other else error) from None
            if is_bare(text, found):
                raise not_at_home(text, found, home) from None
            return found

    @staticmethod
    def _only(text: str, mine: tuple[Key, ...]) -> Key:
        """Return the only element with an id alone; raise UnknownKey if several have it, in yours or in what ships."""
        several = list(mine)
        try:
            several.append(parse(text))
        except UnknownKey as error:
            # An id that several frameworks have that ship is ambiguous already.
            near = error.nearest if error.mistake is KeyMistake.AMBIGUOUS else ()
        else:
            near = ()
        keys = [*map(str, several), *near]
        if len(keys) > 1:
            advice = f"it exists in several frameworks; write the framework first, as in {keys[0]}."
            raise UnknownKey(text, KeyMistake.AMBIGUOUS, advice, keys)
        return several[0]

    def _with_own(self, error: UnknownKey) -> UnknownKey:
        """Return the error for a key that the parser does not know, with your own frameworks in its advice."""
        head, local = split_key(error.text.strip())
        mine = [item for item in self.own if head == str(item.id)] or self._by_name.get(fold(head), ())
        if mine and not local:
            return without_id(error.text, " or ".join(str(item.id) for item in mine))
        if error.mistake is not KeyMistake.UNKNOWN_DOCUMENT:
            return error
        shipped = [*map(str, editions()), *(str(item.id) for item in available())]
        near = [
            f"{item}:{local}"
            for item in unknown_edition(head, [*shipped, *map(str, self.ids)]).nearest
            if self.framework(item).get(local) is not None
        ]
        known = ", ".join(dict.fromkeys(item.document for item in self.ids))
        advice = f"{error.advice.removesuffix('.')}, and of your own {known}."
        return UnknownKey(error.text, error.mistake, advice, near or error.nearest)
