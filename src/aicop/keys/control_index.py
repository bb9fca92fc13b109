"""
What people write for an element of another framework, and what they probably meant when it names nothing.

As tolerant about form and as exact about existence as `aicop.keys`, against the literal list of each edition.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import attrs

from aicop._resources import read_table
from aicop.errors import KeyMistake, UnknownKey, excerpt
from aicop.ids import ControlId, EditionId, split_edition
from aicop.manifest import FrameworkEntry, framework_entries
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_NEAREST = 3
"""How many near ids an error names."""

_WORDED = r"^(?:(?:control|requirement|clause|practice|subcategory)\s|owasp[\s-])\s*"


def fold(text: str) -> str:
    """
    Fold case, separators and leading zeros, so that AC-02(1), ac-2.1 and AC-2(1) are the same.

    The first statement of 1.1 of an edition, 1.1#1, is not its sub-provision 1.1.1.
    """
    spelt = re.sub(r"^article\b", "art", text.strip().lower())
    parts = re.findall(r"[a-z0-9]+|(?<=[0-9])#(?=[1-9][0-9]*$)", spelt)
    told = "-".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)
    # An id in another script has nothing that people spell either way.
    return told or spelt


@attrs.frozen
class ControlIndex:
    """The literal ids of one edition of a framework."""

    edition: EditionId
    ids: frozenset[str]
    """All that may be used."""
    withdrawn: dict[str, tuple[str, ...]]
    """Those that may not, each with what took its place."""
    _folded: dict[str, str] = attrs.field(eq=False, repr=False)

    @classmethod
    def from_rows(cls, edition: EditionId, rows: Iterable[dict[str, str]]) -> ControlIndex:
        """Index plain rows with `id` and, where known, `withdrawn` and `replaced_by`."""
        listed = list(rows)
        gone = {
            row["id"]: tuple(filter(None, (row.get("replaced_by") or "").split("; ")))
            for row in listed
            if row.get("withdrawn")
        }
        return cls(
            edition,
            frozenset(row["id"] for row in listed if row["id"] not in gone),
            gone,
            {fold(row["id"]): row["id"] for row in listed},
        )

    def id_of(self, written: str) -> str | None:
        """Give the id that *written* stands for, withdrawn or not; None when there is none."""
        if written in self.ids or written in self.withdrawn:
            return written
        # Some publishers write the edition into each id and others do not; people do either.
        plain, label = fold(written), f"-{fold(self.edition.label)}"
        return next(filter(None, map(self._folded.get, (plain, plain + label, plain.removesuffix(label)))), None)

    def find(self, written: str, asked: str) -> ControlId:
        """
        Find what *written* names.

        Raises:
            UnknownKey: it names nothing, or something that was withdrawn.
        """
        bare = written.strip(" :,")
        if not bare:
            advice = f"names {self.edition} and nothing in it; add an id."
            raise UnknownKey(asked, KeyMistake.NO_ITEM, advice)
        found = self.id_of(bare) or self.id_of(re.sub(_WORDED, "", bare, flags=re.IGNORECASE))
        if found is None:
            near = close(fold(bare), self._folded, n=MAX_NEAREST)
            keys = [f"{self.edition}:{self._folded[word]}" for word in near if self._folded[word] in self.ids]
            advice = f"{self.edition} has no {excerpt(bare)}."
            raise UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, advice, keys)
        if found in self.withdrawn:
            heirs = self.withdrawn[found]
            told = f"; see {', '.join(heirs)}" if heirs else ""
            advice = f"{found} is withdrawn in {self.edition}{told}."
            raise UnknownKey(asked, KeyMistake.WITHDRAWN, advice, [f"{self.edition}:{heir}" for heir in heirs])
        return ControlId(self.edition, found)


@functools.cache
def rows_of(edition: EditionId) -> tuple[dict[str, str], ...]:
    """Give the plain rows of a shipped edition of a framework; callers do not change them."""
    return read_table(f"frameworks/{edition}.tsv")


@functools.cache
def control_index(edition: EditionId) -> ControlIndex:
    """Index a shipped edition of a framework."""
    return ControlIndex.from_rows(edition, rows_of(edition))


@functools.cache
def _editions_by_name() -> tuple[tuple[str, tuple[FrameworkEntry, ...]], ...]:
    """Give each name, folded, with the editions that it may stand for, the one meant first; longest name first."""
    names: dict[str, tuple[FrameworkEntry, ...]] = {}
    for item in framework_entries():
        for name in item.edition_names:
            names[fold(name)] = (item,)
    for item in framework_entries():
        for name in item.names:
            names[fold(name)] = (*names.get(fold(name), ()), item)
    unique = {name: tuple(dict.fromkeys(items)) for name, items in names.items()}
    return tuple(sorted(unique.items(), key=lambda pair: len(pair[0]), reverse=True))


def editions_named(name: str) -> tuple[FrameworkEntry, ...]:
    """Give the editions that a framework's name, or an edition's, stands for, the one meant first."""
    key, label = split_edition(name)
    found = dict(_editions_by_name()).get(fold(key), ())
    return tuple(item for item in found if item.id.label == label) if label else found


def _with_label(label: str, editions: tuple[FrameworkEntry, ...], asked: str) -> FrameworkEntry:
    for item in editions:
        if item.id.label.lower() == label.lower():
            return item
    carried = ", ".join(str(item.id) for item in editions)
    advice = f"{editions[0].id.document} has no edition {label}. Carried: {carried}."
    raise UnknownKey(asked, KeyMistake.UNKNOWN_EDITION, advice)


def _in_named(cleaned: str, asked: str) -> ControlId | None:
    """Find a key that names its framework."""
    if match := re.fullmatch(r"([^@:]+)@([0-9A-Za-z.-]+):(.*)", cleaned):
        if editions := editions_named(match[1]):
            return control_index(_with_label(match[2], editions, asked).id).find(match[3], asked)
        return None
    plain = fold(cleaned)
    for name, editions in _editions_by_name():
        if plain.startswith(f"{name}-") or plain == name:
            rest = _after(cleaned, name)
            if label := re.match(
                r"[ :,]*(?:@|v(?:ersion)?\s*|:(?=[0-9]{4}\b))([0-9][0-9A-Za-z.-]*?)[ :,]+", f"{rest} "
            ):
                named = _with_label(label[1], editions, asked).id
                return control_index(named).find(rest[label.end() :], asked)
            return control_index(editions[0].id).find(rest, asked)
    return None


def _after(cleaned: str, name: str) -> str:
    """Cut a name off, however it is written."""
    ends = range(1, len(cleaned) + 1)
    return next(cleaned[i:] for i in ends if fold(cleaned[:i]) == name and not cleaned[i : i + 1].isalnum())


def _bare(cleaned: str) -> Iterator[ControlIndex]:
    for item in framework_entries():
        if item.pattern and re.fullmatch(item.pattern, cleaned, re.IGNORECASE):
            yield control_index(item.id)


def find_control(cleaned: str, asked: str, home: ControlIndex | None = None) -> ControlId | None:
    """
    Find an element of a framework by a key that names the framework, or by an id that only frameworks have.

    *home* is asked before others. None when *cleaned* is neither.

    Raises:
        UnknownKey: it is one of them and names nothing, or several frameworks have it.
    """
    if home is not None and cleaned in home.ids:
        return ControlId(home.edition, cleaned)
    if (found := _in_named(cleaned, asked)) is not None:
        return found
    if home is not None and home.id_of(cleaned) is not None:
        return home.find(cleaned, asked)
    candidates = tuple(_bare(cleaned))
    if not candidates:
        return None
    having = [index for index in candidates if (index.id_of(cleaned) or "") in index.ids]
    if len(having) > 1:
        keys = [f"{index.edition}:{index.id_of(cleaned)}" for index in having]
        advice = "no framework is named, and several have this id: write the framework in front."
        raise UnknownKey(asked, KeyMistake.AMBIGUOUS, advice, keys)
    return (having or candidates)[0].find(cleaned, asked)
