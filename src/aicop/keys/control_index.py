"""
Parse keys of elements of other frameworks, and suggest corrections for keys that match nothing.

Parsing is as tolerant about form and as exact about existence as for documents. Each edition has a list of its ids.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

import attrs

from aicop._resources import read_table
from aicop.errors import KeyMistake, UnknownKey, excerpt
from aicop.ids import ControlId, EditionId, split_edition, split_label
from aicop.manifest import FrameworkEntry, framework_entries
from aicop.spelling import PLAIN, close

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from aicop.model.framework import Control

MAX_NEAREST = 3
"""The number of similar ids that an error suggests."""

SEPARATORS = r"\s_.,:;/\\|(){}\[\]\"`-"
"""The characters between the parts of an id, for a class of a pattern; which of them is written makes no difference."""

# Words and signs in front of an id that are not part of it.
_WORDED = (
    r"^(?i:(?:control|requirement|clauses?|sections?|practice|subcategory)\s|(?:cl|sect?)\b\.?(?=\s*[0-9])|§+"
    r"|owasp[\s-])\s*"
)


_TYPED = PLAIN | dict.fromkeys(map(ord, "\u2018\u2019\u2032"), "'")
"""The characters of a keyboard for those that word processors make of them."""
# Some publishers distinguish ids by a minus at the end, such as R26 and R26-.
_MINUS_AT_END = re.compile(r"(?<=[a-z0-9)])-\Z")


def fold(text: str) -> str:
    """
    Return *text* with normalised case, separators and leading zeros: AC-02(1), ac-2.1 and AC-2(1) become the same.

    Separators are spaces, punctuation, slashes, bars, hyphens, brackets and double quotes. All other signs carry
    meaning and are kept, and so does a minus at the end: R26, R26+ and R26- are three ids, and statement 1.1#1 is not
    sub-provision 1.1.1.
    """
    spelt = text.strip().lower()
    if not spelt.isascii():
        # Imported here, because few ids need it. An accented letter can be one character or two.
        import unicodedata

        spelt = unicodedata.normalize("NFC", spelt.translate(_TYPED))
    # Quotes around an id are not a part of it.
    if spelt[:1] == spelt[-1:] == "'":
        spelt = spelt[1:-1].strip()
    if spelt.startswith("article"):
        spelt = re.sub(r"^article\b", "art", spelt)
    # The hash sign is a part of its own, so that "1.1 #1" is 1.1#1. In front of an id, it marks a reference to it.
    parts = re.findall(rf"(?<=.)#|[^#{SEPARATORS}]+", spelt)
    told = "-".join([part.lstrip("0") or "0" if part[0] == "0" and part.isdecimal() else part for part in parts])
    # An id that has no parts is compared as it is.
    return told + minus_at_end(spelt) if told else spelt


def minus_at_end(text: str) -> str:
    """Return the minus at the end of an id that is otherwise complete, or "" if there is none."""
    return "-" if text.endswith("-") and _MINUS_AT_END.search(text.lower()) else ""


def without_id(asked: str, editions: str) -> UnknownKey:
    """Return the error for a key that names a framework and nothing in it."""
    return UnknownKey(asked, KeyMistake.NO_ITEM, f"names {editions} but no element of it; add an id.")


@attrs.frozen
class ControlIndex:
    """The ids of one edition of a framework, as written by its publisher."""

    edition: EditionId
    ids: frozenset[str]
    """All ids in use."""
    withdrawn: dict[str, tuple[str, ...]]
    """The withdrawn ids, each with the ids that replaced it."""
    _folded: dict[str, str]
    """Maps the folded form of each id to the id."""
    _suffix: str = ""
    """What the publisher adds to its ids to name the edition, in folded form; empty if nothing."""
    _abbreviations: dict[str, str] = attrs.field(factory=dict)
    """Maps the short forms of words at the start of ids to the words, both in folded form."""

    @classmethod
    def from_rows(cls, edition: EditionId, rows: Iterable[dict[str, str]]) -> ControlIndex:
        """Build the index from plain rows with ``id`` and, if known, ``withdrawn`` and ``replaced_by``."""
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
            **_conventions(edition),
        )

    @classmethod
    def from_controls(cls, edition: EditionId, controls: Iterable[Control], withdrawn: Iterable[Control]) -> Self:
        """Build the index from the elements of a framework in use, and from those that were withdrawn."""
        ids = [item.id.local for item in controls]
        gone = {item.id.local: item.replaced_by for item in withdrawn}
        # If two ids are folded alike, the one in use counts.
        folded = {fold(own): own for own in (*gone, *ids)}
        return cls(edition, frozenset(ids), gone, folded, **_conventions(edition))

    def id_of(self, written: str) -> str | None:
        """Return the id that *written* refers to, withdrawn or not, or None if there is none."""
        # The exact spelling is the usual case, and needs no folding.
        if written in self.ids or written in self.withdrawn:
            return written
        return next(filter(None, map(self._folded.get, self._forms(fold(written)))), None)

    def _forms(self, folded: str) -> Iterator[str]:
        """Yield an id in folded form, then the other forms in which the publisher or its readers write it."""
        yield folded
        if self._suffix:
            yield f"{folded}-{self._suffix}"
            yield folded.removesuffix(f"-{self._suffix}")
        short, hyphen, rest = folded.partition("-")
        if hyphen and short in self._abbreviations:
            yield f"{self._abbreviations[short]}-{rest}"

    def names_edition(self, written: str) -> bool:
        """Return whether an id ends in the suffix by which the publisher names this edition."""
        return bool(self._suffix) and fold(written).endswith(f"-{self._suffix}")

    def match(self, written: str) -> str | None:
        """Return the id that *written* refers to, alone or after a word such as "clause", or None if there is none."""
        bare = written.strip(" :,")
        return self.id_of(bare) or self.id_of(re.sub(_WORDED, "", bare))

    def near(self, written: str) -> list[str]:
        """Return up to `MAX_NEAREST` keys of this edition that are similar to *written*, the most similar first."""
        found = [self._folded[word] for word in close(fold(written), self._folded, n=MAX_NEAREST)]
        return [f"{self.edition}:{own}" for own in found if own in self.ids]

    def find(self, written: str, asked: str) -> ControlId:
        """
        Return the id that *written* refers to. *asked* is the whole key, for the error message.

        Raises:
            UnknownKey: there is no such id, or it was withdrawn.
        """
        bare = written.strip(" :,")
        if not bare:
            raise without_id(asked, str(self.edition))
        found = self.match(bare)
        if found is None:
            advice = f"{self.edition} has no {excerpt(bare)}."
            raise UnknownKey(asked, KeyMistake.NO_SUCH_NUMBER, advice, self.near(bare))
        if found in self.withdrawn:
            heirs = self.withdrawn[found]
            told = f"; see {', '.join(heirs)}" if heirs else ""
            advice = f"{found} is withdrawn in {self.edition}{told}."
            raise UnknownKey(asked, KeyMistake.WITHDRAWN, advice, [f"{self.edition}:{heir}" for heir in heirs])
        return ControlId(self.edition, found)


def _conventions(edition: EditionId) -> dict[str, Any]:
    """Return how the ids of an edition are written besides their listed form; empty for a framework of your own."""
    entry = next((item for item in framework_entries() if item.id == edition), None)
    if entry is None:
        return {}
    short = {fold(one): fold(word) for one, word in entry.id_abbreviations}
    return {"suffix": fold(entry.id_suffix), "abbreviations": short}


@functools.cache
def rows_of(edition: EditionId) -> tuple[dict[str, str], ...]:
    """Return the plain rows of a shipped edition of a framework. They are cached, so callers must not change them."""
    return read_table(f"frameworks/{edition}.tsv")


@functools.cache
def control_index(edition: EditionId) -> ControlIndex:
    """Return the index of a shipped edition of a framework."""
    return ControlIndex.from_rows(edition, rows_of(edition))


@functools.cache
def _editions_by_name() -> dict[str, tuple[FrameworkEntry, ...]]:
    """Return the editions that each folded name may refer to, the default first."""
    names: dict[str, tuple[FrameworkEntry, ...]] = {}
    # Names of editions are entered first, so that such an edition precedes the framework's default under that name.
    for item in framework_entries():
        for name in item.edition_names:
            names[fold(name)] = (item,)
    for item in framework_entries():
        for name in item.names:
            names[fold(name)] = (*names.get(fold(name), ()), item)
    return {name: tuple(dict.fromkeys(items)) for name, items in names.items()}


def editions_named(name: str) -> tuple[FrameworkEntry, ...]:
    """Return the editions that the name of a framework or of an edition refers to, the default one first."""
    key, label = split_edition(name)
    found = _editions_by_name().get(fold(key), ())
    return tuple(item for item in found if item.id.label == label) if label else found


def _with_label(label: str, editions: tuple[FrameworkEntry, ...], asked: str) -> FrameworkEntry:
    """Return the edition with this label, or raise UnknownKey if there is none."""
    for item in editions:
        if item.id.label.lower() == label.lower():
            return item
    carried = ", ".join(str(item.id) for item in editions)
    advice = f"{editions[0].id.document} has no edition {label}. Available: {carried}."
    raise UnknownKey(asked, KeyMistake.UNKNOWN_EDITION, advice)


def _in_named(cleaned: str, asked: str) -> ControlId | None:
    """Return the id for a key that names its framework, or None for any other key; raise UnknownKey for a wrong id."""
    # In the exact form, framework@edition:id, the end of the name is known.
    if match := re.fullmatch(r"([^@:]+)@([0-9A-Za-z.-]+):(.*)", cleaned):
        if editions := editions_named(match[1]):
            return control_index(_with_label(match[2], editions, asked).id).find(match[3], asked)
        return None
    named = _editions_by_name()
    # The sign before an edition ends a name, with or without a space before it.
    name = fold(split_edition(cleaned)[0])
    # Longer names must be tried first: "NIST AI RMF 1.0" begins with "NIST AI RMF".
    while name not in named:
        name = name.rpartition("-")[0]
        if not name:
            return None
    return _in_editions(named[name], _after(cleaned, name), asked)


def _in_editions(editions: tuple[FrameworkEntry, ...], rest: str, asked: str) -> ControlId:
    """Return the id for what follows the name of a framework, in the edition that it names, or else in the first."""
    default = control_index(editions[0].id)
    # An id is never taken apart.
    if default.match(rest) is not None:
        return default.find(rest, asked)
    # An edition after the name: "@2025", "v1.1", or a year after a colon as in ISO references.
    if label := re.match(
        r"[ :,]*(?i:@|v(?:ersion)?\s*|:(?=[0-9]{4}\b)|[ _-](?=[0-9]{4}:))([0-9][0-9A-Za-z.-]*?)[ :,]+", f"{rest} "
    ):
        return control_index(_with_label(label[1], editions, asked).id).find(rest[label.end() :], asked)
    for item in editions:
        if label := re.match(rf"[ :,_-]*\(?{re.escape(item.id.label)}\)?[ :,]+", f"{rest} ", re.IGNORECASE):
            return control_index(item.id).find(rest[label.end() :], asked)
    # An edition after the id: "AML.T0020@5.0.1", or "LLM10:2025" where the publisher writes it so.
    local, behind = split_label(rest)
    if behind:
        return control_index(_with_label(behind, editions, asked).id).find(local, asked)
    for index in (control_index(item.id) for item in editions[1:] if item.id_suffix):
        if index.names_edition(rest):
            return index.find(rest, asked)
    return default.find(rest, asked)


def _after(cleaned: str, name: str) -> str:
    """Return what follows a folded name at the start of *cleaned*."""
    # Folding can shorten a text, so the end of the name is found by folding ever longer beginnings. It lengthens none
    # but that of a statement, which no name is, so shorter beginnings than the name need not be tried.
    ends = range(len(name), len(cleaned) + 1)
    return next(cleaned[i:] for i in ends if fold(cleaned[:i]) == name and not cleaned[i : i + 1].isalnum())


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], EditionId], ...]:
    """Return the patterns of ids that may be written without the framework, each with the edition of the framework."""
    return tuple(
        (re.compile(item.pattern, re.IGNORECASE), item.id) for item in framework_entries() if item.pattern is not None
    )


def _bare(cleaned: str) -> Iterator[ControlIndex]:
    """Yield the indexes of the framework editions whose ids have the form of *cleaned*."""
    for pattern, edition in _patterns():
        if pattern.fullmatch(cleaned):
            yield control_index(edition)


def _bare_labelled(cleaned: str, asked: str) -> tuple[str, tuple[ControlIndex, ...]]:
    """Return the id before the label of an edition, and the indexes of that edition that may have the id."""
    local, label = split_label(cleaned)
    documents = {index.edition.document for index in _bare(local)} if label else ()
    candidates = tuple(item for item in framework_entries() if item.id.document in documents)
    if not candidates:
        return cleaned, ()
    labelled = [item for item in candidates if item.id.label.lower() == label.lower()]
    labelled = labelled or [_with_label(label, candidates, asked)]
    return local, tuple(control_index(item.id) for item in labelled)


def find_control(cleaned: str, asked: str, home: ControlIndex | None = None) -> ControlId | None:
    """
    Return the id of an element of a framework, or None if *cleaned* is not the key of one.

    A key either names its framework, or is an id in a form that only frameworks use. Ids are looked up in *home* first.
    *asked* is the original key, for the error message.

    Raises:
        UnknownKey: *cleaned* has the form of such a key but matches nothing, or matches several frameworks.
    """
    # An exact id of *home* wins even if it begins like the name of another framework.
    if home is not None and cleaned in home.ids:
        return ControlId(home.edition, cleaned)
    if (found := _in_named(cleaned, asked)) is not None:
        return found
    if home is not None and home.match(cleaned) is not None:
        return home.find(cleaned, asked)
    candidates = tuple(_bare(cleaned))
    bare = cleaned
    if not candidates:
        bare, candidates = _bare_labelled(cleaned, asked)
        if not candidates:
            return None
    elif home is not None and not any(index.id_of(bare) for index in candidates):
        # If no framework has the id, the advice is about *home*.
        candidates = (home,)
    having = [index for index in candidates if index.id_of(bare) in index.ids]
    if len(having) > 1:
        keys = [f"{index.edition}:{index.id_of(bare)}" for index in having]
        advice = f"it exists in several frameworks; write the framework first, as in {keys[0]}."
        if home is not None:
            advice = f"{home.edition} has no {excerpt(bare)}; {advice}"
            keys = [*home.near(bare), *keys]
        raise UnknownKey(asked, KeyMistake.AMBIGUOUS, advice, keys)
    # If no candidate has the id, the error comes from the first one.
    return (having or candidates)[0].find(bare, asked)
