"""The CSV of mappings for compliance-trestle, written and read."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings

from aicop import frameworks
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import InvalidDocument, NothingToWrite, UnknownEdition
from aicop.files.text import MAX_FILE_SIZE
from aicop.ids import JointId
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.identifiers import oscal_ids
from aicop.interop.common.rows import rows_of
from aicop.interop.oscal.mapping_writer import FACTS
from aicop.interop.trestle import FORMAT, dumps, loads
from aicop.interop.trestle import _line as trestle_line
from aicop.interop.trestle import rows as rows_in_trestle
from aicop.mappings import sets
from aicop.vocabulary import Knowledge, MappingBasis, Predicate
from tests.examples import A, B, row
from tests.interop import generated
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.frameworks import Framework
    from aicop.ids import Key
    from aicop.interop.common.format import ImportResult
    from aicop.model import Mapping

NAMING = ImportOptions(frameworks=(A, B))
SMALL = Crosswalk.from_mappings(
    [
        row(
            *(A.key("X-1"), "subset-of", B.key("X-1")),
            strength=10,
            confidence=8,
            rationale="=cmd",
            remainder="the rest",
            knowledge=Knowledge.TEXT,
            settlement="Settled.",
            source_digest="0123456789abcdef",
            target_digest="fedcba9876543210",
        ),
        row(A.key("X-2"), "equal-to", B.key("X-2"), confidence=0),
        row(A.key("X-2"), "superset-of", B.key("Y-2"), strength=3, confidence=10),
        row(A.key("Y-1"), "no-relationship", B.key("Y-1"), strength=0, basis=MappingBasis.PUBLISHED),
        row(A.key("Y-1"), "intersects-with", B.key("Y-2"), author=None, date=None, rationale=None, confidence=None),
        row(A.key("Y-2"), "nothing-found", None, searched=B.id),
        row(A.key("Y"), "mitigates", B.key("R")),
        row(A.key("X"), "related-to", B.key("X")),
    ],
    A,
    B,
)
HEAD = "Source_Resource,Target_Resource,Map_Source_ID_Ref_list,Map_Target_ID_Ref_list,Map_Relationship"
SAYS = "a,b,c,d,e"
OSCAL = "equal-to, subset-of, superset-of, intersects-with, no-relationship, equivalent-to"


def table(*rows: str, more: str = "") -> str:
    """Return a table whose rows have these cells after the two resources."""
    lines = [HEAD + more, SAYS + "," * more.count(","), *(f"a@1.json,b@1.json,{cells}" for cells in rows)]
    return "".join(f"{line}\n" for line in lines)


def read(content: bytes | str, options: ImportOptions = NAMING) -> ImportResult:
    """Read a table."""
    return loads(content, "own.csv", options)


def triples(reading: ImportResult) -> list[tuple[str, str, str | None]]:
    """Return the source, predicate and target of each mapping."""
    return [
        (str(one.source), one.predicate.value, None if one.target is None else str(one.target))
        for one in reading.mappings
    ]


def faults(content: bytes | str, options: ImportOptions = NAMING) -> list[tuple[str, str]]:
    """Return every fault of a table as its place and problem."""
    with pytest.raises(InvalidDocument) as caught:
        read(content, options)
    assert all(fault.file == "own.csv" for fault in caught.value.faults)
    return [(fault.path, fault.problem) for fault in caught.value.faults]


def held(item: Crosswalk) -> tuple[Mapping, ...]:
    """Return the rows that the format can express, with the set name that reading gives them."""
    return tuple(attrs.evolve(one, set="own.csv") for one in rows_in_trestle(item).rows)


def test_a_table_matches_its_snapshot() -> None:
    """The small crosswalk is written byte for byte as before."""
    same_as_snapshot("trestle.csv", dumps(SMALL))


def test_the_columns_are_those_of_the_task() -> None:
    """Required columns have two dollar signs, optional ones one, and aicop's own none; each is described below."""
    head, says, first, *_ = csv.reader(io.StringIO(dumps(SMALL)))
    assert head == [
        *("$$Source_Resource", "$$Target_Resource", "$$Map_Source_ID_Ref_list", "$$Map_Target_ID_Ref_list"),
        *("$$Map_Relationship", "$Map_Confidence_Score", "$Map_Coverage"),
        *("rationale", "basis", "author", "date", "strength", "remainder"),
        *("reverse-strength", "reverse-remainder", "knowledge", "settlement"),
        *("source-digest", "target-digest", "nothing-found"),
    ]
    assert len(says) == len(head)
    assert all(says)
    assert set(FACTS) <= set(head)
    assert first == [
        *("a@1.json", "b@1.json", "X-1", "X-1", "subset-of", "80%", ""),
        *("'=cmd", "own", "we", "2026-01-01", "10", "the rest", "", "", "text", "Settled."),
        *("0123456789abcdef", "fedcba9876543210", ""),
    ]


def test_not_found_rows_have_a_column() -> None:
    """A not-found row is marked in aicop's own column, since trestle only knows unmapped controls."""
    rows = list(csv.reader(io.StringIO(dumps(SMALL))))
    (line,) = (cells for cells in rows[2:] if not cells[4])
    assert line[:7] == ["a@1.json", "b@1.json", "Y-2", "", "", "50%", ""]
    assert line[-1] == "yes"


def test_coverage_is_that_of_the_target_by_the_source() -> None:
    """Coverage is that of the target, as in OSCAL: full, none, or left empty if unknown."""
    rows = list(csv.reader(io.StringIO(dumps(SMALL))))[2:]
    assert {cells[4]: cells[6] for cells in rows} == {
        "subset-of": "",
        "equal-to": "100%",
        "superset-of": "100%",
        "no-relationship": "0%",
        "intersects-with": "",
        "": "",
    }


def test_ids_are_those_of_aicops_oscal_catalogs() -> None:
    """Ids contain no blanks, which separate them, and statements are parts of their control."""
    item = crosswalk("uk-ai-cop", "nist-ai-rmf")
    known = oscal_ids(item.source), oscal_ids(item.target)
    rows = list(csv.reader(io.StringIO(dumps(item))))[2:]
    held_ = rows_in_trestle(item).rows
    assert sum(one.source is None for one in held_) == 26
    for side, name in enumerate(("source", "target")):
        ends = [getattr(one, name) for one in held_]
        assert [cells[2 + side] for cells in rows] == ["" if end is None else known[side][end] for end in ends]
    assert not any(" " in cell for cells in rows for cell in cells[:4])
    parts = [
        cells[2] for cells in csv.reader(io.StringIO(dumps(crosswalk("uk-ai-cop", "iso-42001")))) if "_smt" in cells[2]
    ]
    assert "uk-ai-cop-1.1_smt.1" in parts


def test_inexpressible_rows_are_skipped() -> None:
    """Untyped relations and mitigations, for which OSCAL has no word, are skipped and counted."""
    assert FORMAT.predicates == {
        *(Predicate.EQUAL, Predicate.SUBSET, Predicate.SUPERSET, Predicate.INTERSECTS, Predicate.NONE),
        Predicate.NOTHING,
    }
    assert rows_of(SMALL, FORMAT.predicates).omitted == (
        "1 row: cannot express 'related, type not stated'",
        "1 row: cannot express 'mitigates'",
    )
    assert len(dumps(SMALL).splitlines()) == 2 + 6


@pytest.mark.parametrize(
    ("source", "target", "named"),
    [("X", "X-1", "a@1:X"), ("X-1", "Y", "b@1:Y"), ("X", "Y", "a@1:X, b@1:Y")],
)
def test_groups_of_controls_are_left_out(source: str, target: str, named: str) -> None:
    """A top-level element with children is a group in OSCAL, which trestle does not map; it is counted and named."""
    kept = row(A.key("X-1"), "equal-to", B.key("X-1"))
    joint = row(JointId((A.key("X-1"), A.key("Y"))), "superset-of", B.key("X-2"))
    item = Crosswalk.from_mappings([kept, row(A.key(source), "intersects-with", B.key(target)), joint], A, B)
    found = rows_in_trestle(item)
    names = ", ".join(sorted({*named.split(", "), "a@1:Y"}))
    assert (found.rows, found.omitted) == ((kept,), (f"2 rows: maps a group of controls ({names})",))
    assert len(dumps(item).splitlines()) == 2 + 1


@pytest.mark.parametrize("words", ["nothing-found", "mitigates", None])
def test_a_crosswalk_without_relations_is_refused(words: str | None) -> None:
    """OSCAL has no empty mapping, so a crosswalk without targets raises NothingToWrite."""
    rows = [row(A.key("X-1"), words, None if words == "nothing-found" else B.key("R"))] if words else []
    with pytest.raises(NothingToWrite):
        dumps(Crosswalk.from_mappings(rows, A, B))


def test_mappings_round_trip() -> None:
    """Every expressible row is restored in all fields but the set, and missing facts are counted."""
    reading = read(dumps(SMALL))
    assert reading.mappings == held(SMALL)
    assert reading.dropped == ()
    assert reading.format == "trestle"
    assert reading.unstated == (
        "the author of 1 mapping",
        "the date of 1 mapping",
        "the rationale of 1 mapping",
        "the confidence of 1 mapping",
    )


@given(generated.crosswalks(generated.MOSTLY_ASKING, least=1))
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_any_expressible_crosswalk_round_trips(item: Crosswalk) -> None:
    """Expressible rows are restored, whatever their ids and texts."""
    assume(any(one.target is not None for one in held(item)))
    reading = read(dumps(item), ImportOptions(frameworks=(item.source, item.target)))
    assert reading.mappings == held(item)
    assert not reading.dropped


@pytest.mark.parametrize("name", [item.name for item in sets() if item.source != item.target])
def test_shipped_sets_round_trip(name: str) -> None:
    """Every shipped set and its inverse is restored, or refused if no row can be expressed."""
    entry = next(item for item in sets() if item.name == name)
    straight = crosswalk(entry.source, entry.target)
    for item in (straight, straight.inverse()):
        if all(one.source is None or one.target is None for one in held(item)):
            with pytest.raises(NothingToWrite):
                dumps(item)
        else:
            assert read(dumps(item), ImportOptions()).mappings == held(item)


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda head: head.replace("$", ""),
        lambda head: head.replace("Map", "$$Map"),
        lambda head: f"\ufeff{head}",
        lambda head: head.replace(",", " , "),
    ],
    ids=["upper", "no dollars", "more dollars", "mark", "blanks"],
)
def test_columns_are_known_in_any_case_and_without_dollars(change: Callable[[str], str]) -> None:
    """Column names are matched as trestle does, ignoring case and dollar signs."""
    head, _, rest = dumps(SMALL).partition("\n")
    assert read(f"{change(head)}\n{rest}").mappings == held(SMALL)


def test_a_table_with_semicolons_is_read() -> None:
    """A table with semicolons, as many spreadsheets save it, is read."""
    content = table("X-1,X-1,equal-to").replace(",", ";").replace("\n", ";;\r\n")
    assert triples(read(content)) == [("a@1:X-1", "equal-to", "b@1:X-1")]


def test_both_words_of_oscal_for_equal_are_read() -> None:
    """OSCAL's equivalent-to and equal-to are both read as equal-to."""
    assert [one[1] for one in triples(read(table("X-1,X-1,equivalent-to", "X-2,X-2,equal-to")))] == ["equal-to"] * 2


@pytest.mark.parametrize(
    ("ends", "word", "says"),
    [
        (("X-1 X-2", "X-1 X-2"), "equal-to", "associated-with"),
        (("X-1 X-2", "X-1 X-2"), "no-relationship", "no-relationship"),
    ],
)
def test_a_group_gives_what_follows_for_each_pair(ends: tuple[str, str], word: str, says: str) -> None:
    """
    With groups on both sides, less is known of a member than of its group, and never more.

    What equals a group contains each member or equals it; between two members, nothing but separation is certain.
    """
    found = triples(read(table(f"{ends[0]},{ends[1]},{word}")))
    pairs = [(f"a@1:{one}", f"b@1:{other}") for one in ends[0].split() for other in ends[1].split()]
    assert [(one, other) for one, _, other in found] == pairs
    assert {one[1] for one in found} == {says}


def test_ids_are_read_as_in_oscal_or_in_print() -> None:
    """Ids of OSCAL catalogs and printed ids are resolved, and a control's statement is the control."""
    ends = ["ac-2.1,uk-ai-cop-5.1", "AC-2(1),uk-ai-cop-1.1_smt.2", '"ac-1_smt\n ac-2",uk-ai-cop-5.2_smt']
    rows = "".join(f"x.json,y.json,{pair},no-relationship\n" for pair in ends)
    options = ImportOptions(source="nist-sp-800-53", target="uk-ai-cop")
    assert [(one, other) for one, _, other in triples(read(f"{HEAD}\n{SAYS}\n{rows}", options))] == [
        ("nist-sp-800-53@5.2.0:AC-2(1)", "uk-ai-cop@2025-01:5.1"),
        ("nist-sp-800-53@5.2.0:AC-2(1)", "uk-ai-cop@2025-01:1.1#2"),
        ("nist-sp-800-53@5.2.0:AC-1|nist-sp-800-53@5.2.0:AC-2", "uk-ai-cop@2025-01:5.2"),
    ]


@pytest.mark.parametrize(
    "resource",
    [
        *("a@1.json", "a@1", "catalogs/a@1/catalog.json", "./dir/a@1.yaml", r"C:\dir\a@1.yml", "urn:aicop:a@1"),
        *("https://example.org/a@1.json", "x@9/a@1/catalog.json"),
    ],
)
def test_a_resource_names_its_framework(resource: str) -> None:
    """The edition is found in a file name, a folder of a trestle workspace, or an IRI of aicop."""
    content = f"{HEAD}\n{SAYS}\n{resource},b@1.json,X-1,X-1,equal-to\n"
    assert triples(read(content)) == [("a@1:X-1", "equal-to", "b@1:X-1")]


def test_the_callers_frameworks_take_precedence() -> None:
    """The frameworks in the options win over the resources in the file."""
    content = f"{HEAD}\n{SAYS}\nnist.json,uk-ai-cop@2025-01.json,X-1,X-1,equal-to\n"
    options = ImportOptions(source="a", target="b@1", frameworks=(A, B))
    assert triples(read(content, options)) == [("a@1:X-1", "equal-to", "b@1:X-1")]


def test_a_table_may_map_several_frameworks() -> None:
    """Rows between different pairs of frameworks are read in one file."""
    content = table("X-1,X-1,equal-to") + "b@1.json,a@1.json,X-2,X-2,subset-of\na@1.json,b@1.json,X-2,X-2,equal-to\n"
    assert triples(read(content)) == [
        ("a@1:X-1", "equal-to", "b@1:X-1"),
        ("a@1:X-2", "equal-to", "b@1:X-2"),
        ("b@1:X-2", "subset-of", "a@1:X-2"),
    ]


@pytest.mark.parametrize(
    ("written", "tenths", "rounded"),
    [
        ("0.7", 7, 0),
        ("70%", 7, 0),
        ("70 %", 7, 0),
        ("1", 10, 0),
        ("100%", 10, 0),
        ("0", 0, 0),
        (".5", 5, 0),
        ("0.70", 7, 0),
        ("72%", 7, 1),
        ("0.68", 6, 1),
        ("", None, 0),
    ],
)
def test_a_confidence_is_a_number_or_a_percentage(written: str, tenths: int | None, rounded: int) -> None:
    """Confidence is kept in tenths; finer values are rounded down and counted."""
    reading = read(table(f"X-1,X-1,equal-to,{written}", more=",Map_Confidence_Score"))
    assert [one.confidence for one in reading.mappings] == [tenths]
    assert reading.dropped == ("1 confidence rounded down to one decimal",) * rounded


def test_dropped_values_are_counted() -> None:
    """Coverage that does not follow, unmapped ids and unknown columns are counted as dropped."""
    content = table(
        "X-1,X-1,equal-to,100%,me,",
        "X-1,X-2,subset-of,40%,,note",
        "X-2 Y-1,,,,,",
        ",X-2,,,,",
        "X-2,X-2,no-relationship,,you,",
        more=",Map_Coverage,Owner,",
    )
    reading = read(content.replace(",Owner,\n", ",Owner,Remark\n"))
    assert len(reading.mappings) == 3
    assert reading.dropped == (
        "1 coverage of a target",
        "2 sources listed as unmapped",
        "1 target listed as unmapped",
        "2 cells of the column 'owner'",
        "1 cell of the column 'remark'",
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [("", "empty; a header row is required")]),
        (
            "Source_Resource,Map_Relationship,map_relationship,x,X\n",
            [
                ("line 1", "the column 'Target_Resource' is missing"),
                ("line 1", "the column 'Map_Source_ID_Ref_list' is missing"),
                ("line 1", "the column 'Map_Target_ID_Ref_list' is missing"),
                ("line 1", "the column 'Map_Relationship' appears more than once"),
                ("line 1", "the column 'x' appears more than once"),
            ],
        ),
        (
            f"{HEAD}\na@1.json,b@1.json,X-1,X-1,equal-to\n",
            [("line 2", "holds data, but trestle ignores the second row; insert a row of descriptions above it")],
        ),
        (
            table("X-1,X-1,bogus-relation", "X-1,X-1,Equal-To"),
            [
                (
                    "line 3, column 'Map_Relationship'",
                    f"'bogus-relation' is not a relation of OSCAL; use one of: {OSCAL}",
                ),
                (
                    "line 4, column 'Map_Relationship'",
                    f"'Equal-To' is not a relation of OSCAL; did you mean equal-to or equivalent-to? Use one of: {OSCAL}",
                ),
            ],
        ),
        (
            table("X-1,X-1,equal-to,more", "Q,X-1,equal-to", ",,", "X-1,X-1,", ",X-1,equal-to", "X-1,,equal-to"),
            [
                ("line 3", "6 cells where the header has 5"),
                ("line 4, column 'Map_Source_ID_Ref_list'", "'Q': a@1 has no 'Q'."),
                ("line 5, column 'Map_Relationship'", "no id is given"),
                ("line 6, column 'Map_Relationship'", "no relationship is given"),
                (
                    "line 7, column 'Map_Source_ID_Ref_list'",
                    "no id is given, but 'equal-to' needs a source and a target",
                ),
                (
                    "line 8, column 'Map_Target_ID_Ref_list'",
                    "no id is given, but 'equal-to' needs a source and a target",
                ),
            ],
        ),
        (
            table(
                "X-1,X-1,equal-to,101%", "X-2,X-2,equal-to,1.5", "Y-1,Y-1,equal-to,nan", more=",Map_Confidence_Score"
            ),
            [
                (
                    f"line {line}, column 'Map_Confidence_Score'",
                    f"'{written}' is neither a number from 0 to 1 nor a percentage up to 100%",
                )
                for line, written in ((3, "101%"), (4, "1.5"), (5, "nan"))
            ],
        ),
        (
            table("X-1,X-1,equal-to,yes", "X-1,,,maybe", more=",nothing-found"),
            [
                ("line 3, column 'nothing-found'", "must be empty, because the relationship is 'equal-to'"),
                ("line 4, column 'nothing-found'", "must be yes or empty, not 'maybe'"),
            ],
        ),
        (
            f"{HEAD}\n{SAYS}\nnist.json,b@1.json,X-1,X-1,equal-to\nnist.json,b@1.json,X-2,X-2,equal-to\n",
            [
                (
                    "line 3, column 'Source_Resource'",
                    "'nist.json' does not name a framework; write its edition there, such as "
                    "acme@2026.json, or say which framework it is with --resource NAME=FRAMEWORK, or --source if it is the only one",
                ),
            ],
        ),
        (
            table("X-1,R,equal-to,,5", "X-2,X-2,equal-to,guess,4", "X-2,X-2,equal-to,,", more=",basis,strength"),
            [
                (
                    "line 3, column 'strength'",
                    "equal-to requires strength 10, not 5: the target asks all that the source asks",
                ),
                (
                    "line 3, column 'Map_Relationship'",
                    "equal-to needs a requirement or mitigation on both sides, not a risk",
                ),
                (
                    "line 4, column 'basis'",
                    "must be one of published, guide, editorial, own, imported, derived, not 'guess'",
                ),
                (
                    "line 4, column 'strength'",
                    "equal-to requires strength 10, not 4: the target asks all that the source asks",
                ),
            ],
        ),
        (
            table("X-1,X-1,equal-to", *[f"{'X-1 ' * 400},{'X-1 ' * 250},equal-to"] * 2, "Q,Q,bogus"),
            [
                (
                    "line 4, column 'Map_Source_ID_Ref_list'",
                    "with this row the file maps more than 100,000 pairs; split the file",
                )
            ],
        ),
        ("x" + "," * 1000 + "x\n" + "1\n" * 9, [("line 1", "has 1,001 columns, but at most 1,000 are read")]),
        (f"{HEAD},\x1b,\x1b\n", [("line 1", r"the column '\x1b' appears more than once")]),
        (table('X-1,"X-1,equal-to'), [("line 3", "not a table: unexpected end of data")]),
        (b"\xff\xfe" + HEAD.encode(), [("", "looks like UTF-16; save it as UTF-8")]),
        (b" " * (MAX_FILE_SIZE + 1), [("", "larger than 64 MiB")]),
    ],
)
def test_all_faults_are_reported(content: bytes | str, expected: list[tuple[str, str]]) -> None:
    """Each fault is reported with its line, and with its column if it is in one, in file order."""
    assert faults(content) == expected


@pytest.mark.parametrize("cells", ["X-1,X-1,bogus", "X-1", ",,"], ids=["words", "short", "empty"])
def test_after_a_hundred_faults_no_row_is_checked(cells: str) -> None:
    """After a hundred faults of any kind, the last one names the first line that was not checked."""
    found = faults(table(*["X-1,X-1,bogus"] * 99, "X-1,X-1,bogus", *[cells] * 99))
    assert len(found) == 101
    assert found[-1] == ("line 103", "100 errors or more so far; the rest was not checked")


def test_after_a_hundred_faults_no_other_crosswalk_is_checked() -> None:
    """The limit of a hundred faults holds for the file, not for each crosswalk in it."""
    content = table(*["Q,X-1,equal-to"] * 100) + "b@1.json,a@1.json,Q,X-1,equal-to\n"
    found = faults(content)
    assert len(found) == 101
    assert found[-1] == ("line 103", "100 errors or more so far; the rest was not checked")


def test_the_ids_of_a_catalog_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ids of a catalog are computed once, however many resources name it."""
    asked: list[str] = []

    def counted(framework: Framework) -> dict[Key, str]:
        asked.append(str(framework.id))
        return oscal_ids(framework)

    monkeypatch.setattr("aicop.interop.common.resolver.oscal_ids", counted)
    rows = "".join(f"{i}/a@1.json,{i}/b@1.json,{one},X-1,equal-to\n" for i, one in enumerate(["X-1", "X-2", "Y-1"]))
    assert len(read(f"{HEAD}\n{SAYS}\n{rows}").mappings) == 3
    assert asked == ["a@1", "b@1"]


def test_a_framework_without_elements_is_found() -> None:
    """An id that an empty framework lacks is a fault with its place."""
    empty = frameworks.loads("id,kind\n", "e.csv", framework="e", edition="1", title="E")
    content = f"{HEAD}\n{SAYS}\ne@1.json,b@1.json,X-1,X-1,equal-to\n"
    ((place, problem),) = faults(content, ImportOptions(frameworks=(empty, B)))
    assert place == "line 3, column 'Map_Source_ID_Ref_list'"
    assert problem.startswith("'X-1': e@1 has no 'X-1'.")


def test_an_unknown_edition_is_reported() -> None:
    """In a file it is a fault with its place; as an option it raises UnknownEdition."""
    content = f"{HEAD}\n{SAYS}\nx@9.json,b@1.json,X-1,X-1,equal-to\n"
    (fault,) = faults(content)
    assert fault[0] == "line 3, column 'Source_Resource'"
    assert fault[1] == "unknown framework 'x@9'; add your own framework to your library"
    with pytest.raises(UnknownEdition):
        read(content, ImportOptions(source="nowhere"))


def test_the_description_row_is_skipped_even_if_empty() -> None:
    """The second row is always skipped, as trestle does."""
    content = f"{HEAD}\n,,,,\na@1.json,b@1.json,X-1,X-1,equal-to\n"
    assert len(read(content).mappings) == 1
    assert read(f"{HEAD}\n").mappings == ()


def test_ids_with_blanks_become_tokens() -> None:
    """Ids with blanks are written as tokens and restored when read."""
    spaced = frameworks.loads(
        "id,kind\nGO 1.1,control\nGO-1.1 b,control\n1 2,control\n", "c.csv", framework="c", edition="1", title="C"
    )
    item = Crosswalk.from_mappings([row(key, "intersects-with", B.key("X-1")) for key in spaced], spaced, B)
    rows = list(csv.reader(io.StringIO(dumps(item))))[2:]
    assert [cells[2] for cells in rows] == ["c-GO-1.1", "c-GO-1.1-b", "c-1-2"]
    reading = read(dumps(item), ImportOptions(frameworks=(spaced, B)))
    assert [str(one.source) for one in reading.mappings] == ["c@1:GO 1.1", "c@1:GO-1.1 b", "c@1:1 2"]


def test_text_becomes_one_line() -> None:
    """Text is collapsed to one line, and unprintable characters are removed and counted."""
    reading = read(table('X-1,X-1,equal-to,"of two\nlines\u200b "', more=",rationale"))
    assert reading.mappings[0].rationale == "of two lines"
    assert reading.dropped == ("1 unprintable character",)


def test_a_pair_in_several_rows_is_merged() -> None:
    """A pair in several rows becomes one mapping that combines them."""
    reading = read(table("X-1 X-2,X-1 X-2,superset-of", "X-2,X-1,subset-of"))
    assert triples(reading)[2] == ("a@1:X-2", "subset-of", "b@1:X-1")
    assert {one[1] for one in triples(reading)} == {"associated-with", "subset-of"}
    assert reading.dropped == ("1 further mapping of the same pair, merged",)


def test_several_elements_on_one_side_are_taken_together() -> None:
    """Several sources, or several targets, are a joint mapping with its strengths, or have no counterpart together."""
    rows = "X-2 X-1,Y,equal-to,10,10,", "X-1,Y Y-1 Y,superset-of,3,10,", "X-1 Y,,,,,yes", ",Y-1 Y-2,,,,yes"
    reading = read(table(*rows, more=",strength,reverse-strength,nothing-found"))
    assert [(str(one.source), str(one.target), one.strength, one.reverse_strength) for one in reading.mappings] == [
        ("a@1:X-1|a@1:X-2", "b@1:Y", 10, 10),
        ("a@1:X-1", "b@1:Y|b@1:Y-1", 3, 10),
        ("a@1:X-1|a@1:Y", "None", None, None),
        ("None", "b@1:Y-1|b@1:Y-2", None, None),
    ]
    assert [one.searched for one in reading.mappings[2:]] == [B.id, A.id]


def test_joint_rows_are_written_with_all_their_ids() -> None:
    """The lists of ids hold every member, and a side on which nothing was found is empty."""
    a, b = oscal_ids(A), oscal_ids(B)
    rows = [
        row(JointId([A.key("X-1"), A.key("X-2")]), "equal-to", B.key("Y")),
        row(None, "nothing-found", B.key("Y"), searched=A.id),
    ]
    cells = [list(trestle_line(one, ("a.json", "b.json"), a, b)) for one in rows]
    assert [(one[2], one[3], one[-1]) for one in cells] == [
        (f"{a[A.key('X-1')]} {a[A.key('X-2')]}", b[B.key("Y")], ""),
        ("", b[B.key("Y")], "yes"),
    ]


def test_strength_of_a_group_is_not_that_of_its_members() -> None:
    """Strength and remainder of a group are dropped and counted."""
    reading = read(table("X-1 X-2,X-1 X-2,equal-to,10,rest", more=",strength,remainder"))
    assert [(one.strength, one.remainder) for one in reading.mappings] == [(None, None)] * 4
    assert reading.dropped == ("1 strength or remainder of a group of elements, not valid for each member",)


def test_many_contradictions_are_reported_in_order() -> None:
    """Contradictions are reported in the order of their lines."""
    found = faults(table("X-1,X-1,equal-to", *["X-1,X-1,superset-of"] * 300))
    assert len(found) == 300
    assert found[0][0] == "line 4, column 'Map_Relationship'"
