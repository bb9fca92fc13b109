"""The denominator of coverage: the elements that are counted, and a description of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aicop.catalogue.catalogue import Match
from aicop.crosswalk.algebra.hierarchy import parts_by_whole
from aicop.errors import KeyMistake, UnknownKey
from aicop.ids import Key
from aicop.model.edition import Provision
from aicop.spelling import unknown_term
from aicop.vocabulary import Nature

if TYPE_CHECKING:
    from aicop.frameworks.framework import Framework

Words = str | Iterable[str]
"""One word or several."""
Scoped = Key | str | Provision | Match
"""What a scope consists of: keys, or what `Catalogue.select` returns."""

# If a framework has these kinds, only they are counted by default, and not statements or principles as well.
_DEFAULT_KINDS = ("provision", "sub-provision")
_UNCOUNTED = frozenset({Nature.ROLE, Nature.STAGE, Nature.DOCUMENT})


def as_set(given: Words | None) -> frozenset[str] | None:
    """Return one or several words as a set, or None if nothing was given."""
    return None if given is None else frozenset([given] if isinstance(given, str) else given)


def check_kinds(framework: Framework, given: Words | None, *, counted_only: bool = False) -> frozenset[str] | None:
    """
    Return the given kinds as a set, or None for all kinds.

    With *counted_only*, kinds that coverage never counts, such as roles, are rejected too.

    Raises:
        UnknownTerm: the framework has no elements of a given kind.
    """
    wanted = as_set(given)
    if wanted is not None:
        usable = (item for item in framework.controls if not counted_only or item.nature not in _UNCOUNTED)
        known = tuple(dict.fromkeys(item.kind for item in usable))
        for word in sorted(wanted - set(known)):
            vocabulary = f"kind of element of {framework.id}"
            raise unknown_term(vocabulary, word, known)
    return wanted


def _plural(kind: str) -> str:
    """Return the plural of a kind, in words."""
    words = kind.replace("_", " ")
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return f"{words}es" if words.endswith(("s", "x", "ch", "sh")) else f"{words}s"


def _plurals(kinds: Iterable[str]) -> str:
    """Return the plurals of several kinds, in words; "elements" if there is none."""
    *others, last = map(_plural, tuple(kinds) or ("element",))
    return f"{', '.join(others)} and {last}" if others else last


def _expand(framework: Framework, key: Key | str, names: set[Key], parts: dict[Key, list[Key]]) -> tuple[Key, ...]:
    """Return an element of a scope if it is counted, else the counted elements in it, of which there must be some."""
    found, waiting = [], [framework.key(key)]
    while waiting:
        one = waiting.pop()
        if one in names:
            found.append(one)
        else:
            # An element without parts, such as a phase, stands for the elements printed under it.
            waiting += parts.get(one) or [item.id for item in framework.children(one)]
    if not found:
        kinds = dict.fromkeys(framework[item].kind for item in framework if item in names)
        advice = f"nothing in it is counted; the denominator consists of {_plurals(kinds)}."
        raise UnknownKey(str(key), KeyMistake.NO_ITEM, advice)
    return tuple(found)


def _key_of(item: Scoped) -> Key | str:
    """Return the key of an item of a scope."""
    if isinstance(item, Match):
        return item.provision.id
    return item.id if isinstance(item, Provision) else item


def counted_items(
    framework: Framework, scope: Iterable[Scoped] | str | None, denominator: Words | None
) -> tuple[tuple[Key, ...], str]:
    """
    Return the items in the denominator, in order, and its description.

    Raises:
        UnknownKey: an element of the scope is not in the framework, or contains nothing that is counted.
        UnknownTerm: the framework has no elements of a given kind that could be counted.
    """
    kinds = check_kinds(framework, denominator, counted_only=True)
    elements = [item for item in framework.controls if kinds is None or item.kind in kinds]
    if kinds is None:
        own = framework.of_kind(*_DEFAULT_KINDS)
        elements = [
            item
            for item in elements
            if (item.kind in _DEFAULT_KINDS if own else not framework.children(item.id))
            and item.nature not in _UNCOUNTED
        ]
    names = {item.id for item in elements}
    chosen: set[Key] | None = None
    if scope is not None:
        parts = parts_by_whole(framework.whole_by_part())
        # A string is one key, not the keys of its letters.
        chosen = {
            one
            for key in ([scope] if isinstance(scope, str) else scope)
            for one in _expand(framework, _key_of(key), names, parts)
        }
    items = tuple(item.id for item in elements if chosen is None or item.id in chosen)
    order = dict.fromkeys(item.kind for item in elements)
    nouns = " or ".join(kind.replace("_", " ") for kind in order) if len(items) == 1 else _plurals(order)
    said = f"{len(items)} {nouns} of {framework.id}"
    return items, said if chosen is None else f"{said} in scope"
