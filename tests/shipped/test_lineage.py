"""The shipped lineage."""

from __future__ import annotations

import pytest

from aicop import ProvisionId, compare, load
from aicop.vocabulary import Change, Grade

# From the sources: which provisions changed between the Code and the EN, and how.
SPELLING = ["1.1", "1.2", "1.2.2", "2.1.1", "2.5.1", "3.3", "3.4", "5.4", "6.1"]
FOOTNOTES = ["2.1", "2.4", "4.1", "10.1"]


@pytest.mark.parametrize(
    ("change", "numbers"),
    [
        (Change.SPELLING, SPELLING),
        (Change.FOOTNOTE, FOOTNOTES),
        (Change.WORDING, ["13.1"]),
        (Change.REFERENCE, ["2.7", "5.4", "5.4.1"]),
        (Change.STRENGTH, ["8.3"]),
        (Change.SCOPE, []),
        (Change.UNKNOWN, []),
    ],
)
def test_kinds_of_change_from_code_to_standard(change: Change, numbers: list[str]) -> None:
    """Each kind of change has the provisions that a word-by-word comparison of the texts found."""
    rows = compare("uk-ai-cop", "etsi-en-304-223").of_kind(change)
    assert [row.old.number for row in rows if isinstance(row.old, ProvisionId)] == numbers


def test_fifty_five_provisions_are_identical() -> None:
    """Fifty-five provisions are identical, and every row was compared in both texts."""
    comparison = compare("uk-ai-cop", "etsi-en-304-223")
    assert sum(row.changes == (Change.IDENTICAL,) for row in comparison.provisions) == 55
    assert {row.grade for row in comparison.rows} == {Grade.DIRECT}


def test_titles_of_seven_principles_changed() -> None:
    """Seven titles of principles differ, and the lineage marks exactly those."""
    comparison = compare("uk-ai-cop", "etsi-en-304-223")
    changed = [row.old.number for row in comparison.principles if row.changes != (Change.IDENTICAL,)]
    assert changed == [2, 3, 5, 6, 7, 8, 12]
    code, standard = load("uk-ai-cop"), load("etsi-en-304-223")
    differing = [
        one.id.number
        for one, other in zip(code.principles, standard.principles, strict=True)
        if one.title != other.title
    ]
    assert differing == changed


def test_changes_that_need_review() -> None:
    """Changed provisions, lost footnotes and the preamble that lost its actor need review, each with a reason."""
    review = compare("uk-ai-cop", "etsi-en-304-223").review
    numbers = [str(row.old).partition(":")[2] for row in review]
    assert numbers == ["2.1", "2.4", "2.7", "4.1", "5.4", "5.4.1", "8.3", "P10", "10.1", "13.1"]
    assert all(row.review for row in review)


def test_changes_and_records_agree() -> None:
    """Provisions marked identical have equal statements, and a differing verb, pointer or duty holder is marked."""
    code, standard = load("uk-ai-cop"), load("etsi-en-304-223")
    for row in compare("uk-ai-cop", "etsi-en-304-223").provisions:
        assert isinstance(row.old, ProvisionId)
        assert isinstance(row.new, ProvisionId)
        old, new = code[row.old], standard[row.new]
        verbs = [s.modality for s in old.statements] != [s.modality for s in new.statements]
        assert verbs == (Change.STRENGTH in row.changes)
        assert bool(new.pointers) == (row.old.number in {"5.4", "5.4.1"})
        holders = [s.duty_holders for s in old.statements] != [s.duty_holders for s in new.statements]
        assert holders == (Change.SCOPE in row.changes)
        if row.changes == (Change.IDENTICAL,):
            assert old.statements == new.statements


def test_changes_in_the_specification_are_not_claimed() -> None:
    """The specification was not read, so its rows are inferred, and unknown wherever the Code and the EN differ."""
    for old, new in (("uk-ai-cop", "etsi-ts-104-223"), ("etsi-ts-104-223", "etsi-en-304-223")):
        rows = compare(old, new).provisions
        assert {row.grade for row in rows} == {Grade.INFERRED}
        unknown = [row for row in rows if row.changes == (Change.UNKNOWN,)]
        assert len(unknown) == 72 - 55
        assert all(row.changes == (Change.IDENTICAL,) for row in rows if row not in unknown)
