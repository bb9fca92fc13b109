"""The closed vocabularies."""

from __future__ import annotations

import itertools
import operator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pytest

from aicop import vocabulary
from aicop.errors import UnknownTerm
from aicop.vocabulary import RANK, Change, MeasureKind, Modality, Role, term

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("given", "role"),
    [
        ("Developer", Role.DEVELOPER),
        ("developers", Role.DEVELOPER),
        ("system-operator", Role.SYSTEM_OPERATOR),
        ("SYSTEM_OPERATORS", Role.SYSTEM_OPERATOR),
        ("end user", Role.END_USER),
        ("End-Users", Role.END_USER),
        ("Affected entities", Role.AFFECTED_ENTITY),
        (Role.ORGANISATION, Role.ORGANISATION),
    ],
)
def test_words_are_read_in_any_form(given: str, role: Role) -> None:
    """Case, separators and plurals do not matter."""
    assert term(Role, given) is role


@pytest.mark.parametrize(
    ("given", "nearest"),
    [
        ("", ()),
        ("Develop", ("Developer",)),
        ("operator", ()),
        ("users", ()),
        ("end usr", ("End-user",)),
        ("Developer\x00", ("Developer",)),
    ],
)
def test_unknown_words_raise(given: str, nearest: tuple[str, ...]) -> None:
    """A similar word is not accepted, and the error suggests the right one."""
    with pytest.raises(UnknownTerm) as caught:
        term(Role, given)
    assert caught.value == UnknownTerm("role", given, tuple(role.value for role in Role), nearest)


def test_an_unknown_word_names_its_vocabulary_in_words() -> None:
    """The message names the vocabulary in words, not by its class."""
    with pytest.raises(UnknownTerm, match="is not a measure kind; use one of: training and awareness, "):
        term(MeasureKind, "magic")


@pytest.mark.parametrize(
    "vocabulary_",
    [
        item
        for item in vars(vocabulary).values()
        if isinstance(item, type) and issubclass(item, StrEnum) and item is not StrEnum
    ],
    ids=lambda item: item.__name__,
)
def test_every_word_round_trips(vocabulary_: type[StrEnum]) -> None:
    """No two words of a vocabulary are read as the same one."""
    for member in vocabulary_:
        assert term(vocabulary_, member.value) is member


def test_modalities_are_ranked_by_strength() -> None:
    """The order is possibility, permission, recommendation, requirement."""
    assert sorted(Modality, key=RANK.__getitem__) == [Modality.CAN, Modality.MAY, Modality.SHOULD, Modality.SHALL]


def test_kinds_of_change_are_ordered_by_weight() -> None:
    """The order of changes, by which lineage files list the heaviest first, runs from light to heavy."""
    assert [*Change][:1] + [*Change][-4:] == [
        *(Change.IDENTICAL, Change.SCOPE, Change.ADDED, Change.REMOVED, Change.UNKNOWN)
    ]


def test_modalities_are_ordered_by_force() -> None:
    """A requirement is above a recommendation, that above a permission, and that above a possibility."""
    assert sorted(["may", "can", "shall", "should"], key=Modality) == ["can", "may", "should", "shall"]
    assert max(Modality) is Modality.SHALL
    for one, other in itertools.product(Modality, repeat=2):
        by_force = RANK[one] - RANK[other]
        assert (one < other, one <= other, one > other, one >= other) == (
            by_force < 0,
            by_force <= 0,
            by_force > 0,
            by_force >= 0,
        )
        assert (one > other.value) == (one > other)


@pytest.mark.parametrize("compare", [operator.lt, operator.le, operator.gt, operator.ge])
def test_a_modality_is_compared_with_modalities_only(compare: Callable[[object, object], bool]) -> None:
    """Another word is a mistake in a modality, and another type has no order, as for text."""
    with pytest.raises(UnknownTerm, match="'must' is not a modality"):
        compare(Modality.SHALL, "must")
    for other in (3, None):
        with pytest.raises(TypeError, match=f"a modality cannot be compared with {type(other).__name__}"):
            compare(Modality.SHALL, other)


@pytest.mark.parametrize(("text", "term_"), [("end users", Role.END_USER), ("SYSTEM-OPERATOR", Role.SYSTEM_OPERATOR)])
def test_a_vocabulary_reads_its_terms(text: str, term_: Role) -> None:
    """In any spelling that `term` reads; another word raises what `term` raises."""
    assert Role(text) is term_
    with pytest.raises(UnknownTerm, match=r"^'boss' is not a role; use one of: Developer, "):
        Role("boss")
    number: Any = 3
    with pytest.raises(ValueError, match="3 is not a valid Role"):
        Role(number)
