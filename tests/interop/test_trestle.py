"""compliance-trestle's CSV of mappings: what is written, how it comes back, and what is refused with which words."""

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
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.identifiers import oscal_ids
from aicop.interop.common.rows import rows_of
from aicop.interop.oscal.mapping_writer import FACTS
from aicop.interop.trestle import FORMAT, dumps, loads
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
        row(A.key("Y-1"), "intersects-with", B.key("Y"), author=None, date=None, rationale=None, confidence=None),
        row(A.key("Y-2"), "nothing-found", None),
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
    """Give a table of rows that say what follows the two resources."""
    lines = [HEAD + more, SAYS + "," * more.count(","), *(f"a@1.json,b@1.json,{cells}" for cells in rows)]
    return "".join(f"{line}\n" for line in lines)


def read(content: bytes | str, options: ImportOptions = NAMING) -> ImportResult:
    """Read a table."""
    return loads(content, "own.csv", options)


def said(reading: ImportResult) -> list[tuple[str, str, str | None]]:
    """Give who says what of whom."""
    return [
        (str(one.source), one.predicate.value, None if one.target is None else str(one.target))
        for one in reading.mappings
    ]


def faults(content: bytes | str, options: ImportOptions = NAMING) -> list[tuple[str, str]]:
    """Give every fault of a table, with its place."""
    with pytest.raises(InvalidDocument) as caught:
        read(content, options)
    assert all(fault.file == "own.csv" for fault in caught.value.faults)
    return [(fault.path, fault.problem) for fault in caught.value.faults]


def held(item: Crosswalk) -> tuple[Mapping, ...]:
    """Give the rows that the format can hold, as reading names their set."""
    return tuple(attrs.evolve(one, set="own.csv") for one in rows_of(item, FORMAT.predicates).rows)


def test_a_table_is_as_it_was() -> None:
    """Byte by byte."""
    same_as_snapshot("trestle.csv", dumps(SMALL))


def test_the_columns_are_those_of_the_task() -> None:
    """Those that it requires with two dollar signs, those that it knows with one, ours with none; then what each is."""
    head, says, first, *_ = csv.reader(io.StringIO(dumps(SMALL)))
    assert head == [
        *("$$Source_Resource", "$$Target_Resource", "$$Map_Source_ID_Ref_list", "$$Map_Target_ID_Ref_list"),
        *("$$Map_Relationship", "$Map_Confidence_Score", "$Map_Coverage"),
        *("rationale", "basis", "author", "date", "strength", "remainder", "knowledge", "settlement"),
        *("source-digest", "target-digest", "nothing-found"),
    ]
    assert len(says) == len(head)
    assert all(says)
    assert set(FACTS) <= set(head)
    assert first == [
        *("a@1.json", "b@1.json", "X-1", "X-1", "subset-of", "80%", ""),
        *("'=cmd", "own", "we", "2026-01-01", "10", "the rest", "text", "Settled."),
        *("0123456789abcdef", "fedcba9876543210", ""),
    ]


def test_a_row_without_a_relation_is_a_source_for_which_nothing_was_found() -> None:
    """Its column of ours says so, since trestle takes any such row for unmapped."""
    rows = list(csv.reader(io.StringIO(dumps(SMALL))))
    (line,) = (cells for cells in rows[2:] if not cells[4])
    assert line[:7] == ["a@1.json", "b@1.json", "Y-2", "", "", "50%", ""]
    assert line[-1] == "yes"


def test_coverage_is_that_of_the_target_by_the_source() -> None:
    """As OSCAL means it: whole for what equals or contains the target, none where nothing is shared, else not known."""
    rows = list(csv.reader(io.StringIO(dumps(SMALL))))[2:]
    assert {cells[4]: cells[6] for cells in rows} == {
        "subset-of": "",
        "equal-to": "100%",
        "superset-of": "100%",
        "no-relationship": "0%",
        "intersects-with": "",
        "": "",
    }


def test_ids_are_those_of_our_catalogs() -> None:
    """Without blanks, by which they are separated; statements as parts of their control, as trestle looks for them."""
    item = crosswalk("uk-ai-cop", "nist-ai-rmf")
    known = oscal_ids(item.source), oscal_ids(item.target)
    rows = list(csv.reader(io.StringIO(dumps(item))))[2:]
    held_ = rows_of(item, FORMAT.predicates).rows
    assert [cells[2] for cells in rows] == [known[0][one.source] for one in held_]
    assert [cells[3] for cells in rows] == ["" if one.target is None else known[1][one.target] for one in held_]
    assert not any(" " in cell for cells in rows for cell in cells[:4])
    parts = [
        cells[2] for cells in csv.reader(io.StringIO(dumps(crosswalk("uk-ai-cop", "iso-42001")))) if "_smt" in cells[2]
    ]
    assert "uk-ai-cop-1.1_smt.1" in parts


def test_other_links_are_left_out() -> None:
    """OSCAL has no word for them."""
    assert FORMAT.predicates == {
        *(Predicate.EQUAL, Predicate.SUBSET, Predicate.SUPERSET, Predicate.INTERSECTS, Predicate.NONE),
        Predicate.NOTHING,
    }
    assert rows_of(SMALL, FORMAT.predicates).omitted == (
        "1 row: cannot express 'related, type not stated'",
        "1 row: cannot express 'mitigates'",
    )
    assert len(dumps(SMALL).splitlines()) == 2 + 6


@pytest.mark.parametrize("words", ["nothing-found", "mitigates", None])
def test_what_has_no_relation_at_all_is_not_written(words: str | None) -> None:
    """OSCAL has no empty mapping."""
    rows = [row(A.key("X-1"), words, None if words == "nothing-found" else B.key("R"))] if words else []
    with pytest.raises(NothingToWrite):
        dumps(Crosswalk.from_mappings(rows, A, B))


def test_mappings_come_back_whole() -> None:
    """In all fields but the set; nothing is dropped."""
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
def test_whatever_is_held_comes_back(item: Crosswalk) -> None:
    """Whatever the ids and texts are."""
    assume(any(one.target is not None for one in held(item)))
    reading = read(dumps(item), ImportOptions(frameworks=(item.source, item.target)))
    assert reading.mappings == held(item)
    assert not reading.dropped


@pytest.mark.parametrize("name", [item.name for item in sets() if item.source != item.target])
def test_what_ships_comes_back(name: str) -> None:
    """Made and inverted; or it is refused where nothing can be said."""
    entry = next(item for item in sets() if item.name == name)
    straight = crosswalk(entry.source, entry.target)
    for item in (straight, straight.inverse()):
        if all(one.target is None for one in held(item)):
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
    """As trestle knows them."""
    head, _, rest = dumps(SMALL).partition("\n")
    assert read(f"{change(head)}\n{rest}").mappings == held(SMALL)


def test_a_table_with_semicolons_is_read() -> None:
    """As spreadsheets of many countries save it."""
    content = table("X-1,X-1,equal-to").replace(",", ";").replace("\n", ";;\r\n")
    assert said(read(content)) == [("a@1:X-1", "equal-to", "b@1:X-1")]


def test_both_words_of_oscal_for_equal_are_read() -> None:
    """Equivalent is equal here."""
    assert [one[1] for one in said(read(table("X-1,X-1,equivalent-to", "X-2,X-2,equal-to")))] == ["equal-to"] * 2


@pytest.mark.parametrize(
    ("ends", "word", "says"),
    [
        (("X-1", "X-1 X-2"), "equal-to", "related-to"),
        (("X-1 X-2", "X-1"), "equal-to", "related-to"),
        (("X-1", "X-1 X-2"), "superset-of", "superset-of"),
        (("X-1", "X-1 X-2"), "subset-of", "associated-with"),
        (("X-1 X-2", "X-1"), "subset-of", "subset-of"),
        (("X-1 X-2", "X-1 X-2"), "equal-to", "associated-with"),
        (("X-1 X-2", "X-1 X-2"), "no-relationship", "no-relationship"),
        (("X-1", "X-1 X-2"), "intersects-with", "associated-with"),
    ],
)
def test_several_together_say_what_follows_for_each_two(ends: tuple[str, str], word: str, says: str) -> None:
    """
    Of a part less is known than of its group, never more.

    What equals a group contains each part or is all of it: something is shared, and that is all that is certain.
    """
    found = said(read(table(f"{ends[0]},{ends[1]},{word}")))
    pairs = [(f"a@1:{one}", f"b@1:{other}") for one in ends[0].split() for other in ends[1].split()]
    assert [(one, other) for one, _, other in found] == pairs
    assert {one[1] for one in found} == {says}


def test_ids_are_read_however_their_publisher_writes_them() -> None:
    """In a catalog of OSCAL case and enhancements differ, and the statement of a control is what it asks."""
    ends = ["ac-2.1,uk-ai-cop-5.1", "AC-2(1),uk-ai-cop-1.1_smt.2", '"ac-1_smt\n ac-2",uk-ai-cop-5.2_smt']
    rows = "".join(f"x.json,y.json,{pair},no-relationship\n" for pair in ends)
    options = ImportOptions(source="nist-sp-800-53", target="uk-ai-cop")
    assert [(one, other) for one, _, other in said(read(f"{HEAD}\n{SAYS}\n{rows}", options))] == [
        ("nist-sp-800-53@5.2.0:AC-2(1)", "uk-ai-cop@2025-01:5.1"),
        ("nist-sp-800-53@5.2.0:AC-2(1)", "uk-ai-cop@2025-01:1.1#2"),
        ("nist-sp-800-53@5.2.0:AC-1", "uk-ai-cop@2025-01:5.2"),
        ("nist-sp-800-53@5.2.0:AC-2", "uk-ai-cop@2025-01:5.2"),
    ]


@pytest.mark.parametrize(
    "resource",
    [
        *("a@1.json", "a@1", "catalogs/a@1/catalog.json", "./dir/a@1.yaml", r"C:\dir\a@1.yml", "urn:aicop:a@1"),
        *("https://example.org/a@1.json", "x@9/a@1/catalog.json"),
    ],
)
def test_a_resource_names_its_framework(resource: str) -> None:
    """As a file, as a folder of a workspace of trestle, or as an address of ours."""
    content = f"{HEAD}\n{SAYS}\n{resource},b@1.json,X-1,X-1,equal-to\n"
    assert said(read(content)) == [("a@1:X-1", "equal-to", "b@1:X-1")]


def test_what_the_caller_names_goes_before() -> None:
    """By key as by edition."""
    content = f"{HEAD}\n{SAYS}\nnist.json,uk-ai-cop@2025-01.json,X-1,X-1,equal-to\n"
    options = ImportOptions(source="a", target="b@1", frameworks=(A, B))
    assert said(read(content, options)) == [("a@1:X-1", "equal-to", "b@1:X-1")]


def test_a_table_may_map_several_frameworks() -> None:
    """Each two of them are a crosswalk of their own."""
    content = table("X-1,X-1,equal-to") + "b@1.json,a@1.json,X-2,X-2,subset-of\na@1.json,b@1.json,X-2,X-2,equal-to\n"
    assert said(read(content)) == [
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
    """Kept in tenths; what is finer is rounded down, and that is told."""
    reading = read(table(f"X-1,X-1,equal-to,{written}", more=",Map_Confidence_Score"))
    assert [one.confidence for one in reading.mappings] == [tenths]
    assert reading.dropped == ("1 confidence rounded down to one decimal",) * rounded


def test_what_is_not_taken_is_told() -> None:
    """Coverages that do not follow, ids listed as unmapped, and columns of others."""
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
            table("X-1,X-1,equal-to,yes", "X-1,,,maybe", ",X-1,,yes", more=",nothing-found"),
            [
                ("line 3, column 'nothing-found'", "must be empty, because the relationship is 'equal-to'"),
                ("line 4, column 'nothing-found'", "must be yes or empty, not 'maybe'"),
                ("line 5, column 'nothing-found'", "applies to sources, but the row has none"),
            ],
        ),
        (
            f"{HEAD}\n{SAYS}\nnist.json,b@1.json,X-1,X-1,equal-to\nnist.json,b@1.json,X-2,X-2,equal-to\n",
            [
                (
                    "line 3, column 'Source_Resource'",
                    "'nist.json' does not name a framework; name the source framework with --source",
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
def test_all_that_is_wrong_is_told(content: bytes | str, expected: list[tuple[str, str]]) -> None:
    """Each fault with its line, and the column where it stands in one, in the order of the file."""
    assert faults(content) == expected


@pytest.mark.parametrize("cells", ["X-1,X-1,bogus", "X-1", ",,"], ids=["words", "short", "empty"])
def test_after_a_hundred_faults_no_row_is_looked_at(cells: str) -> None:
    """Whatever is wrong; the first that was not looked at is told."""
    found = faults(table(*["X-1,X-1,bogus"] * 99, "X-1,X-1,bogus", *[cells] * 99))
    assert len(found) == 101
    assert found[-1] == ("line 103", "100 errors or more so far; the rest was not checked")


def test_after_a_hundred_faults_no_other_crosswalk_is_looked_at() -> None:
    """A table that maps many frameworks does not tell a hundred faults of each."""
    content = table(*["Q,X-1,equal-to"] * 100) + "b@1.json,a@1.json,Q,X-1,equal-to\n"
    found = faults(content)
    assert len(found) == 101
    assert found[-1] == ("line 103", "100 errors or more so far; the rest was not checked")


def test_the_ids_of_a_catalog_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many resources name it."""
    asked: list[str] = []

    def counted(framework: Framework) -> dict[Key, str]:
        asked.append(str(framework.id))
        return oscal_ids(framework)

    monkeypatch.setattr("aicop.interop.common.resolver.oscal_ids", counted)
    rows = "".join(f"{i}/a@1.json,{i}/b@1.json,{one},X-1,equal-to\n" for i, one in enumerate(["X-1", "X-2", "Y-1"]))
    assert len(read(f"{HEAD}\n{SAYS}\n{rows}").mappings) == 3
    assert asked == ["a@1", "b@1"]


def test_a_framework_of_no_elements_is_known() -> None:
    """Ids that it does not have are told."""
    empty = frameworks.loads("id,kind\n", "e.csv", framework="e", edition="1", title="E")
    content = f"{HEAD}\n{SAYS}\ne@1.json,b@1.json,X-1,X-1,equal-to\n"
    ((place, said_),) = faults(content, ImportOptions(frameworks=(empty, B)))
    assert place == "line 3, column 'Map_Source_ID_Ref_list'"
    assert said_.startswith("'X-1': e@1 has no 'X-1'.")


def test_an_edition_that_does_not_exist_is_told() -> None:
    """Of a file with its place; of the caller as what it is."""
    content = f"{HEAD}\n{SAYS}\nx@9.json,b@1.json,X-1,X-1,equal-to\n"
    (fault,) = faults(content)
    assert fault[0] == "line 3, column 'Source_Resource'"
    assert fault[1] == "unknown framework 'x@9'; pass your own framework with --framework"
    with pytest.raises(UnknownEdition):
        read(content, ImportOptions(source="nowhere"))


def test_the_description_row_is_passed_over_even_when_it_is_empty() -> None:
    """As trestle does, which counts rows and does not look into them."""
    content = f"{HEAD}\n,,,,\na@1.json,b@1.json,X-1,X-1,equal-to\n"
    assert len(read(content).mappings) == 1
    assert read(f"{HEAD}\n").mappings == ()


def test_ids_with_blanks_are_tokens() -> None:
    """And come back as what they are."""
    spaced = frameworks.loads(
        "id,kind\nGO 1.1,control\nGO-1.1 b,control\n1 2,control\n", "c.csv", framework="c", edition="1", title="C"
    )
    item = Crosswalk.from_mappings([row(key, "intersects-with", B.key("X-1")) for key in spaced], spaced, B)
    rows = list(csv.reader(io.StringIO(dumps(item))))[2:]
    assert [cells[2] for cells in rows] == ["c-GO-1.1", "c-GO-1.1-b", "c-1-2"]
    reading = read(dumps(item), ImportOptions(frameworks=(spaced, B)))
    assert [str(one.source) for one in reading.mappings] == ["c@1:GO 1.1", "c@1:GO-1.1 b", "c@1:1 2"]


def test_text_becomes_one_line() -> None:
    """And what cannot be printed is counted."""
    reading = read(table('X-1,X-1,equal-to,"of two\nlines\u200b "', more=",rationale"))
    assert reading.mappings[0].rationale == "of two lines"
    assert reading.dropped == ("1 unprintable character",)


def test_a_pair_may_stand_in_several_rows() -> None:
    """It is joined, as trestle's own task would leave it to the reader of the OSCAL that it makes."""
    reading = read(table("X-1 X-2,X-1,superset-of", "X-2,X-1,subset-of"))
    assert said(reading) == [("a@1:X-1", "associated-with", "b@1:X-1"), ("a@1:X-2", "subset-of", "b@1:X-1")]
    assert reading.dropped == ("1 further mapping of the same pair, merged",)


def test_how_much_groups_share_is_not_said_of_their_members() -> None:
    """Nor what is left open of them."""
    reading = read(table("X-1,X-1 X-2,equal-to,10,rest", more=",strength,remainder"))
    assert [(one.strength, one.remainder) for one in reading.mappings] == [(None, None)] * 2
    assert reading.dropped == ("1 strength or remainder of a group of elements, not valid for each member",)


def test_contradictions_without_end_are_told() -> None:
    """In the order of the lines."""
    found = faults(table("X-1,X-1,equal-to", *["X-1,X-1,superset-of"] * 300))
    assert len(found) == 300
    assert found[0][0] == "line 4, column 'Map_Relationship'"
