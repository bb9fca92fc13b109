"""The columns of shared tables and their explanations."""

from __future__ import annotations

import pytest

from aicop import frameworks, load
from aicop.crosswalk import crosswalk
from aicop.frameworks import available
from aicop.interop import columns, worksheets
from aicop.interop.columns import (
    AMENDED,
    CHECKLIST,
    CONTROLS,
    COVERAGE,
    GAPS,
    MAPPINGS,
    RESPONSIBILITIES,
    STATUS,
    STATUSES,
    WORK,
    Column,
)
from aicop.manifest import editions
from aicop.mappings import sets
from aicop.vocabulary import Attribution, Capacity, Coverage, MappingBasis, Modality, Nature, Relation

TABLES = {
    "checklist": CHECKLIST,
    "responsibilities": RESPONSIBILITIES,
    "controls": CONTROLS,
    "mappings": MAPPINGS,
    "coverage": COVERAGE,
    "gaps": GAPS,
}
EVERY = [pytest.param(column, id=f"{name}: {column.name}") for name, found in TABLES.items() for column in found]


def values(found: tuple[Column, ...], name: str) -> list[str]:
    """Return the values that a column explains."""
    return [value for column in found if column.name == name for value, _ in column.values]


@pytest.mark.parametrize("column", EVERY)
def test_every_column_is_explained_in_sentences(column: Column) -> None:
    """Explanations of columns and values begin with a capital and end with a full stop, and no value is repeated."""
    for text in (column.explanation, *(meaning for _, meaning in column.values)):
        assert text[0].isupper()
        assert text.endswith(".")
    assert len({value for value, _ in column.values}) == len(column.values)


@pytest.mark.parametrize("found", TABLES.values(), ids=TABLES)
def test_columns_of_a_table_have_unique_names(found: tuple[Column, ...]) -> None:
    """Both the names for programs and the headings for people are unique."""
    assert len({column.name for column in found}) == len({column.heading for column in found}) == len(found)


def test_the_tables_have_the_explained_columns() -> None:
    """Every table has exactly the columns that are explained for it."""
    item = crosswalk("uk-ai-cop", "iso-iec-42001")
    assert worksheets.checklist(load("uk-ai-cop")).columns == CHECKLIST
    assert worksheets.responsibilities(load("uk-ai-cop")).columns == RESPONSIBILITIES
    # Some columns are only there if a row has something in them.
    act = crosswalk("uk-ai-cop", "eu-ai-act@2024")
    assert worksheets.controls(item.source).columns == CONTROLS
    assert worksheets.controls(act.target).columns == (*CONTROLS, AMENDED)
    assert worksheets.mappings(item).columns == MAPPINGS[:-2]
    assert worksheets.mappings(act).columns == (*MAPPINGS[:-2], MAPPINGS[-1])
    assert worksheets.coverage(item).columns == COVERAGE
    assert worksheets.gaps(item).columns == GAPS


def test_every_word_of_a_vocabulary_is_explained() -> None:
    """The explained values are those of the vocabulary, in its order."""
    assert values(CHECKLIST, "Verb") == list(Modality)
    assert values(CHECKLIST, "Duty holder") == list(Attribution)
    assert values(CHECKLIST, "Counterparties") == list(Capacity)
    assert values(CHECKLIST, STATUS) == list(STATUSES)
    assert values(CONTROLS, "nature") == list(Nature)
    assert values(MAPPINGS, "Basis") == list(MappingBasis)
    assert values(MAPPINGS, "Relationship")[:5] == list(Relation)
    assert values(COVERAGE, "Coverage") == values(GAPS, "Coverage") == list(Coverage)


def test_every_relationship_that_ships_is_explained() -> None:
    """The relationships of every shipped crosswalk and its inverse are explained."""
    explained = set(values(MAPPINGS, "Relationship"))
    pairs = {(str(item.source), str(item.target)) for item in sets() if item.source != item.target}
    for source, target in pairs:
        for item in (crosswalk(source, target), crosswalk(target, source)):
            assert {part for claim in item.claims() for part in claim.says.split(" or ")} <= explained


def test_shipped_data_has_only_explained_values() -> None:
    """The verbs of all editions and the natures of all frameworks are explained."""
    for edition in editions():
        table = worksheets.checklist(load(edition))
        assert {row[5] for row in table.rows} <= set(values(CHECKLIST, "Verb"))
    for one in available():
        table = worksheets.controls(frameworks.load(str(one.id)))
        assert {row[4] for row in table.rows} <= set(values(CONTROLS, "nature"))


def test_statuses_fit_a_list_of_choices() -> None:
    """Spreadsheets allow 255 characters in a list of choices."""
    assert STATUS in WORK
    assert len(",".join(STATUSES)) <= 255


def test_a_name_becomes_a_column_of_that_name() -> None:
    """A name becomes a column without an explanation; a column stays as it is."""
    own = Column(name="a", heading="A")
    assert columns.as_columns(["b", own]) == (Column(name="b", heading="b"), own)
    assert columns.as_columns(["b"])[0].explanation == ""
