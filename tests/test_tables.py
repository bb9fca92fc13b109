"""Tables of plain rows: their columns, types and counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import aicop
from aicop import Library, compare, frameworks, lineage, mappings
from aicop.assessment import history_table
from aicop.catalogue import responsibility_matrix
from aicop.crosswalk import crosswalk, find_contradictions
from aicop.errors import UnknownTerm
from aicop.graph import graph
from aicop.mappings import sets
from aicop.tables import SCHEMAS, SEPARATOR, Column, Schema, schema
from aicop.vocabulary import Coverage
from tests.cli.runner import Run, records
from tests.examples import small_framework
from tests.report.examples import full_history

if TYPE_CHECKING:
    from aicop.tables import Row

CODE = aicop.load("uk-ai-cop")
EDITIONS = [aicop.load(edition) for edition in aicop.editions()]
PAIRS = [
    crosswalk("uk-ai-cop", "iso-iec-42001"),
    crosswalk("mitre-atlas", "uk-ai-cop"),
    crosswalk("etsi-en-304-223", "nist-ai-rmf"),
    crosswalk("uk-ai-cop", "eu-ai-act@2024"),
    crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53"),
    Library.open(Path("docs/examples/acme")).crosswalk("uk-ai-cop", "acme"),
]
TABLES: list[tuple[str, list[Row]]] = [
    *(("provisions", item.table()) for item in EDITIONS),
    *(("statements", item.table("statements")) for item in EDITIONS),
    *(("responsibilities", responsibility_matrix(item).table()) for item in EDITIONS),
    *(("dependencies", graph(item).table()) for item in EDITIONS),
    *(("claims", item.table()) for item in PAIRS),
    *(("coverage", item.coverage().table()) for item in PAIRS),
    *(("gaps", item.table_of(item.gaps())) for item in PAIRS),
    *(("mappings", mappings.table_of(mappings.load(item.name))) for item in sets()),
    *(("lineage", compare(one.id, other.id).table()) for one in EDITIONS for other in EDITIONS if one != other),
    ("history", history_table([full_history()])),
    *(("elements", frameworks.load(item.id).table()) for item in frameworks.available()),
]


@pytest.mark.parametrize(("name", "rows"), TABLES, ids=[f"{number} {name}" for number, (name, _) in enumerate(TABLES)])
def test_rows_have_the_columns_and_types_of_their_schema(name: str, rows: list[Row]) -> None:
    """Every row has the same keys in the same order; cells are of the stated type, and None only where it is allowed."""
    columns = SCHEMAS[name].columns
    assert rows
    for row in rows:
        assert type(row) is dict
        assert tuple(row) == SCHEMAS[name].names
        for column in columns:
            cell = row[column.name]
            assert type(cell) is column.kind or (cell is None and not column.required), (column.name, cell)
            assert cell != ""
    assert json.loads(json.dumps(rows)) == rows


def test_every_column_is_used_and_no_column_is_required_by_chance() -> None:
    """Over all that ships each column has a value somewhere, except those about what only users have."""
    for name, schema_of in SCHEMAS.items():
        rows = [row for table, found in TABLES if table == name for row in found]
        empty = {column for column in schema_of.names if all(row[column] is None for row in rows)}
        assert empty <= {"aliases", "words", "settlement", "knowledge"}, (name, empty)


def test_counts_are_those_of_the_objects() -> None:
    """A table has one row for each provision, statement, dependency, claim, item, gap, row and element."""
    walk = PAIRS[0]
    found = graph(CODE)
    assert [len(CODE.table()), len(CODE.table("statements"))] == [72, 88]
    assert [row["key"] for row in CODE.table()] == list(map(str, CODE))
    assert len(found.table()) == len(found.dependencies)
    assert len(walk.table()) == len([*walk.claims()])
    report = walk.coverage()
    assert [row["item"] for row in report.table()] == [str(key) for key, _ in report.items]
    assert [row["title"] for row in report.table()] == [walk.source[key].title for key, _ in report.items]
    classes = [row["class"] for row in report.table()]
    assert {known: classes.count(known.value) for known in Coverage} == report.counts
    assert [row["item"] for row in walk.table_of(walk.gaps())] == [str(gap.item) for gap in walk.gaps()]
    comparison = compare("uk-ai-cop", "etsi-en-304-223")
    assert [row["old"] for row in comparison.table()] == [row.old and str(row.old) for row in comparison.rows]
    assert lineage.table_of(comparison.review) == [row for row in comparison.table() if row["review"]]
    assert len(frameworks.load("nist-csf").table()) == len(frameworks.load("nist-csf"))


def test_cells_say_what_the_records_say() -> None:
    """Ids are canonical text, words are joined, and nothing is None."""
    row = CODE.table()[list(CODE).index(CODE["8.3"].id)]
    assert row == {
        "key": "uk-ai-cop@2025-01:8.3",
        "title": CODE["8.3"].title,
        "principle": "uk-ai-cop@2025-01:P8",
        "principle_title": CODE.principle(8).title,
        "phase": "uk-ai-cop@2025-01:secure-development",
        "phase_title": "Secure Development",
        "parent": None,
        "position": CODE["8.3"].position,
        "statements": 2,
        "modality": f"should{SEPARATOR}may",
        "duty_holders": "Developer",
    }
    [one] = CODE.table_of(CODE.select(role="End-user"))
    assert (one["key"], one["provision"]) == ("uk-ai-cop@2025-01:5.4#1", "uk-ai-cop@2025-01:5.4")
    assert (one["duty_holders"], one["joiner"]) == ("Developer; System Operator; Data Custodian; End-user", "and")
    first = graph(CODE, kinds="requires").table()[0]
    assert [first[name] for name in ("prerequisite", "kind", "dependant", "suspect")] == [
        "uk-ai-cop@2025-01:3.1",
        "requires",
        "uk-ai-cop@2025-01:3.1.3",
        False,
    ]
    found = graph(CODE)
    chain = found.path("6.4", "10.2.2")
    assert chain is not None
    assert [row["prerequisite"] for row in found.table_of(chain)] == [str(step.prerequisite) for step in chain]


def test_empty_answers_are_empty_tables() -> None:
    """Nothing is no row."""
    assert CODE.table_of(()) == []
    assert PAIRS[0].table_of(()) == []
    assert lineage.table_of([]) == mappings.table_of([]) == []


def test_nothing_found_and_contradictions_are_cells() -> None:
    """A mapping without one side names the framework that was searched, and a clash is a flag."""
    rows = [row for name, found in TABLES if name == "mappings" for row in found]
    lost = [row for row in rows if row["source"] is None or row["target"] is None]
    assert lost
    assert all(row["searched"] and row["relationship"] == "nothing-found" for row in lost)
    assert all(row["searched"] is None for row in rows if row not in lost)
    assert find_contradictions() == ()
    assert not any(row["contradictory"] for name, found in TABLES if name in {"coverage", "gaps"} for row in found)


def test_the_command_line_has_the_same_columns_and_cells(capsys: pytest.CaptureFixture[str]) -> None:
    """What a command prints as JSON has, under the same names, what the table has; lists there are joined here."""
    walk, run = PAIRS[0], Run(capsys)

    def same(rows: list[Row], printed: list[dict[str, Any]]) -> None:
        assert len(rows) == len(printed)
        for row, line in zip(rows, printed, strict=True):
            for name in row.keys() & line.keys():
                value = line[name]
                assert row[name] == (SEPARATOR.join(value) or None if isinstance(value, list) else value), name

    same(walk.table(), records(run, "crosswalk", "uk-ai-cop", "iso-iec-42001"))
    assert walk.table()[0].keys() == records(run, "crosswalk", "uk-ai-cop", "iso-iec-42001")[0].keys()
    same(walk.table_of(walk.gaps()), records(run, "gaps", "uk-ai-cop", "iso-iec-42001"))
    same(
        compare("uk-ai-cop", "etsi-en-304-223").table(),
        records(run, "compare", "uk-ai-cop", "etsi-en-304-223", "--all"),
    )
    same(responsibility_matrix(CODE).table(), records(run, "duties", "--matrix"))
    found = graph(CODE)
    [step, *_] = found.path("6.4", "10.2.2") or ()
    same(found.table_of(found.between(step.prerequisite, step.dependant)), records(run, "graph", "why", "6.4", "11.1"))


def test_wrong_names_are_refused() -> None:
    """The error lists the tables."""
    with pytest.raises(UnknownTerm, match="'statement' is not a table of an edition; did you mean statements"):
        CODE.table("statement")
    with pytest.raises(UnknownTerm, match="'gap' is not a table"):
        schema("gap")


def test_types_are_those_of_data_frames() -> None:
    """The types have the names of Python and of pandas; all of them allow that nothing is there."""
    small = Schema("t", (Column("a", str, required=True, meaning=""), Column("b", int, required=False, meaning="")))
    assert small.types == {"a": str, "b": int}
    assert small.dtypes == {"a": "string", "b": "Int64"}
    assert schema("claims").dtypes["suspect"] == "boolean"
    assert [column.name for column in small.with_texts(["c"]).columns] == ["a", "b", "c"]
    assert small.rows([(("x", "y"), None), ([], 0)]) == [{"a": "x; y", "b": None}, {"a": None, "b": 0}]


def test_own_columns_may_have_the_names_of_ours() -> None:
    """A column of a user that is called like one of aicop's is marked, so that neither hides the other."""
    framework = small_framework("acme")
    one, two, *_ = framework.controls
    extras = [
        attrs.evolve(one, title="T", extra=[("Title", "Mine"), ("Owner", "Ann")]),
        attrs.evolve(two, extra=[("Owner", "")]),
    ]
    framework = attrs.evolve(framework, controls=extras)
    first, second = framework.table()
    assert (first["title"], first["Title (own)"], first["Owner"]) == ("T", "Mine", "Ann")
    assert (second["Title (own)"], second["Owner"]) == (None, None)
