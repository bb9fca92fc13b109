"""The shipped lineage."""

from __future__ import annotations

import itertools

import attrs
import pytest

from aicop import PrincipleId, ProvisionId, compare, editions, load
from aicop.crosswalk import crosswalk
from aicop.ids import StatementId
from aicop.vocabulary import Change, Coverage, Grade

# From the sources: which provisions changed between the Code and the EN, and how.
SPELLING = ["1.1", "1.2", "1.2.2", "2.1.1", "2.5.1", "3.3", "3.4", "5.4", "6.1"]
FOOTNOTES = ["2.1", "2.4", "4.1", "10.1"]


@pytest.mark.parametrize(
    ("change", "numbers"),
    [
        (Change.SPELLING, SPELLING),
        (Change.FOOTNOTE, FOOTNOTES),
        (Change.WORDING, ["13.1"]),
        (Change.POINTER, ["5.4", "5.4.1"]),
        (Change.REFERENCE, ["2.7"]),
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
    rows = [row for row in comparison.principles if row.changes != (Change.IDENTICAL,)]
    changed = [row.old.number for row in rows if isinstance(row.old, PrincipleId)]
    assert changed == [2, 3, 5, 6, 7, 8, 12]
    code, standard = load("uk-ai-cop"), load("etsi-en-304-223")
    differing = [
        one.id.number
        for one, other in zip(code.principles, standard.principles, strict=True)
        if one.title != other.title
    ]
    assert differing == changed


def test_changes_that_need_review() -> None:
    """Changed provisions, statements, lost footnotes and the preamble without its actor need review, with a reason."""
    review = compare("uk-ai-cop", "etsi-en-304-223").review
    numbers = [str(row.old).partition(":")[2] for row in review]
    assert numbers == [*("2.1", "2.4", "2.7", "2.7#2", "4.1", "5.4", "5.4.1", "8.3", "8.3#2", "P10", "10.1", "13.1")]
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


# From the sources: what the sentence with which statement changed. A pointer stands beside the statements.
STATEMENTS = {
    "2.7#1": Change.IDENTICAL,
    "2.7#2": Change.REFERENCE,
    "5.4.1#1": Change.IDENTICAL,
    "5.4.1#2": Change.IDENTICAL,
    "8.3#1": Change.IDENTICAL,
    "8.3#2": Change.STRENGTH,
}


def test_statements_have_changes_of_their_own() -> None:
    """Of provisions with several statements, those have rows whose statements do not share the change of the whole."""
    rows = compare("uk-ai-cop", "etsi-en-304-223").statements
    assert {row.old.local: row.changes for row in rows if row.old} == {
        key: (change,) for key, change in STATEMENTS.items()
    }
    assert {row.grade for row in rows} == {Grade.DIRECT}
    code, standard = load("uk-ai-cop"), load("etsi-en-304-223")
    for row in rows:
        assert isinstance(row.old, StatementId)
        assert isinstance(row.new, StatementId)
        assert row.old.ordinal == row.new.ordinal
        old = code[row.old.provision].statements[row.old.ordinal - 1]
        new = standard[row.new.provision].statements[row.new.ordinal - 1]
        assert (old == new) == (row.changes == (Change.IDENTICAL,))


def test_statements_that_agree_on_both_sides_are_identical_in_between() -> None:
    """The unread specification has the statements in which the Code and the standard agree; the others are unknown."""
    for old, new in (("uk-ai-cop", "etsi-ts-104-223"), ("etsi-ts-104-223", "etsi-en-304-223")):
        rows = compare(old, new).statements
        assert [row.changes for row in rows] == [
            (change if change is Change.IDENTICAL else Change.UNKNOWN,) for change in STATEMENTS.values()
        ]


def test_texts_are_stated_for_both_directions() -> None:
    """A row with a note or a reason for review has one in reverse, and texts that name a direction are not repeated."""
    for old, new in itertools.combinations(editions(), 2):
        for row in compare(old, new).rows:
            assert (row.note is None) == (row.reverse_note is None)
            assert (row.review is None) == (row.reverse_review is None)
            if row.note is not None and set(row.changes) - {Change.IDENTICAL}:
                assert row.note != row.reverse_note
    review = compare("etsi-en-304-223", "uk-ai-cop").review
    assert len(review) == 12
    assert all("became can" not in (row.note or "") for row in review)


# The numbers of TS 104 223 that other publications cite with their content.
ATTESTED = {
    *(f"5.1.2-{number}" for number in range(1, 8)),
    *("5.2.1-2", "5.2.4-1", "5.2.4-1.2", "5.2.4-3"),
    *(f"5.2.2-{number}" for number in range(1, 7)),
    *("5.2.3-1", "5.2.3-2", "5.2.3-2.1", "5.2.3-2.2", "5.2.3-3", "5.2.3-4"),
    *("5.2.5-1", "5.2.5-2", "5.2.5-2.1", "5.2.5-3", "5.2.5-4", "5.2.5-4.1"),
    *(f"5.4.2-{number}" for number in range(1, 5)),
}
# Statements of these in which the Code and the EN differ, so that a citation does not tell which of the two the TS has.
OPEN = {"5.1.2-7#2", "5.2.4-3#2"}


def test_the_specification_carries_what_the_standard_carries() -> None:
    """One rule: what is said of TS 104 223 is that of the EN, and an annotation names what differs from the Code."""
    code, found, standard = (load(key) for key in ("uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"))
    for one, item, other in zip(code.values(), found.values(), standard.values(), strict=True):
        assert [attrs.evolve(said, source=None) for said in item.statements] == list(other.statements)
        assert [(said.clause, said.principle.number) for said in item.pointers] == [
            (said.clause, said.principle.number) for said in other.pointers
        ]
        differ = [note for note in item.annotations if note.observation.startswith("The Code and the EN differ here")]
        # The sentence with the reason in 13.1 was mended, which is no part of a statement.
        assert bool(differ) == (one.statements != other.statements or bool(other.pointers) or one.id.number == "13.1")
        assert {note.reading for note in differ} <= {"What the EN has is carried."}


def test_each_statement_of_the_specification_has_a_grade() -> None:
    """What others cite is known at second hand, except where the Code and the EN differ; the rest is inferred."""
    grades = {
        f"{item.id.number}#{said.ordinal}": (said.source or item.source).grade
        for item in load("etsi-ts-104-223").values()
        for said in item.statements
    }
    assert len(ATTESTED) == 33
    assert grades == {
        key: Grade.SECOND_HAND if key.partition("#")[0] in ATTESTED and key not in OPEN else Grade.INFERRED
        for key in grades
    }


def test_nothing_is_claimed_of_what_nobody_has_read() -> None:
    """Of a provision of TS 104 223 that is only inferred, no relationship is stated, and none follows from others."""
    for ends in (("uk-ai-cop", "etsi-ts-104-223"), ("etsi-ts-104-223", "etsi-en-304-223")):
        found = crosswalk(*ends)
        for claim in found.claims():
            side = claim.target if ends[0] == "uk-ai-cop" else claim.source
            number, _, ordinal = str(side).partition(":")[2].partition("#")
            known = number in ATTESTED and f"{number}#{ordinal}" not in OPEN
            # Others cite the title and all provisions of one principle.
            known |= number == "P12"
            assert claim.relations is None or claim.relations.nothing_known == (not known), str(side)
        report = found.coverage()
        assert len(report.of(Coverage.OPEN)) == 72 - 33
    onward = crosswalk("etsi-ts-104-223", "iso-iec-42001")
    certain = {
        str(claim.source).partition(":")[2].partition("#")[0]
        for claim in onward.claims()
        if claim.relations and not claim.relations.nothing_known
    }
    assert certain
    assert certain <= ATTESTED
    assert set(map(str, crosswalk("uk-ai-cop", "etsi-en-304-223").coverage().of(Coverage.OPEN))) == set()


def test_changes_in_the_specification_are_not_claimed() -> None:
    """The specification was not read, so changes are unknown wherever the Code and the EN differ."""
    for old, new in (("uk-ai-cop", "etsi-ts-104-223"), ("etsi-ts-104-223", "etsi-en-304-223")):
        rows = compare(old, new).provisions
        for row in rows:
            end = row.new if old == "uk-ai-cop" else row.old
            known = end is not None and end.local in ATTESTED
            assert row.grade is (Grade.SECOND_HAND if known else Grade.INFERRED)
        unknown = [row for row in rows if row.changes == (Change.UNKNOWN,)]
        assert len(unknown) == 72 - 55
        assert all(row.changes == (Change.IDENTICAL,) for row in rows if row not in unknown)
