"""CSV, written and read."""

from __future__ import annotations

import csv as plain_csv
import io
import tracemalloc
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given

from aicop import Catalogue, frameworks
from aicop import frameworks as framework_files
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import Fault, InvalidDocument, InvalidId, UnknownEdition
from aicop.files.text import MAX_FILE_SIZE
from aicop.frameworks import Framework, from_catalogue
from aicop.interop import csv
from aicop.interop import worksheets as sheets
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.rows import rows_of
from aicop.interop.worksheets import Table
from aicop.mappings import reader as mapping_files
from aicop.mappings import sets
from aicop.vocabulary import MappingBasis
from tests.examples import A, B
from tests.interop import generated
from tests.interop.examples import SMALL
from tests.interop.snapshots import same_as_snapshot
from tests.schema.test_framework_file import NO_KIND

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.model import Control


NAMING = ImportOptions(frameworks=(A, B))
NO_SUCH_RELATION = (
    "must be one of equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, "
    "mitigates, cites, corresponds-to, nothing-found, not 'covers'"
)


def written(text: str) -> list[list[str]]:
    """Parse CSV with the standard library."""
    return list(plain_csv.reader(io.StringIO(text)))


def fields_of(item: Control) -> tuple[str | None, ...]:
    """Return the fields of an element that a table of a framework holds."""
    above = None if item.parent is None else str(item.parent)
    return str(item.id), above, item.kind, item.nature, item.title, item.words


def faults(content: bytes | str, file: str = "own.csv", options: ImportOptions = NAMING) -> tuple[Fault, ...]:
    """Return every fault of a file."""
    with pytest.raises(InvalidDocument) as caught:
        csv.loads(content, file, options)
    return caught.value.faults


@pytest.mark.parametrize(
    ("name", "item"),
    [("edition", None), ("framework", A), ("crosswalk", SMALL)],
    ids=["edition", "framework", "crosswalk"],
)
def test_csv_matches_its_snapshot(name: str, item: Framework | Crosswalk | None, mini: Catalogue) -> None:
    """An edition, a framework and a crosswalk are written byte for byte as before."""
    same_as_snapshot(f"table-{name}.csv", csv.dumps(item or mini))


def test_an_edition_is_written_as_its_checklist(mini: Catalogue) -> None:
    """An edition becomes its checklist; any other table is written as it is, with None as an empty cell."""
    assert csv.dumps(mini) == csv.dumps(sheets.checklist(mini))
    table = Table(name="T", columns=("=a", "b"), rows=[("+1", None), (3, "x")])
    assert csv.dumps(table) == "'=a,b\n'+1,\n3,x\n"


def test_every_mapping_is_written_in_the_columns_of_mapping_files() -> None:
    """The columns are those of mapping files, so that complete rows can be read as one."""
    whole = SMALL.filter(author="they")
    text = csv.dumps(whole)
    assert written(text)[0] == [
        *("source", "relationship", "target", "rationale", "strength", "remainder"),
        *("reverse_strength", "reverse_remainder", "confidence", "basis", "author", "date"),
        *("knowledge", "settlement", "source_digest", "target_digest"),
    ]
    assert mapping_files.loads(text, "own.csv", frameworks=(A, B)) == csv.loads(text, "own.csv", NAMING).mappings


def test_a_framework_can_be_read_by_the_framework_reader() -> None:
    """The framework reader restores all elements if key, edition and title are passed to it."""
    found = framework_files.loads(csv.dumps(A), "a.csv", framework="a", edition="1", title="Framework a")
    assert found.controls == A.controls


def test_a_worksheet_saved_as_csv_is_read(mini: Catalogue) -> None:
    """The capitalised headings of a worksheet are read as they are."""
    header, _, rows = csv.dumps(A).partition("\n")
    table = sheets.controls(A)
    assert header != ",".join(table.headings)
    saved = f"{','.join(table.headings)}\n{rows}"
    assert csv.loads(saved, "a@1.csv") == csv.loads(csv.dumps(A), "a@1.csv")
    checklist = ",".join(sheets.checklist(mini).headings)
    assert [fault.problem.startswith("is a checklist") for fault in faults(f"{checklist}\n")] == [True]


@given(generated.frameworks())
def test_a_framework_round_trips(item: Framework) -> None:
    """Keys, parents, kinds, natures, titles and words are restored, whatever they begin with."""
    reading = csv.loads(csv.dumps(item), f"{item.id}.csv")
    (found,) = reading.frameworks
    assert found.id == item.id
    assert list(map(fields_of, found.controls)) == list(map(fields_of, item.controls))
    assert reading.unstated == ("the title of the framework", "its publisher")
    assert not reading.dropped


@given(generated.crosswalks())
def test_mappings_round_trip(item: Crosswalk) -> None:
    """Every row is restored in all fields but the set, whatever its texts begin with."""
    # If nothing was found for any element, no row names the framework of the other side.
    ends = (item.source, item.target)
    options = ImportOptions(frameworks=ends, source=str(ends[0].id), target=str(ends[1].id))
    reading = csv.loads(csv.dumps(item), "own.csv", options)
    assert reading.mappings == tuple(attrs.evolve(one, set="own.csv") for one in rows_of(item).rows)
    assert not reading.dropped


@given(generated.editions())
def test_an_edition_round_trips_as_a_framework(item: Catalogue) -> None:
    """The table holds everything in the framework view of an edition."""
    (found,) = csv.loads(csv.dumps(from_catalogue(item)), f"{item.id}.csv").frameworks
    assert list(map(fields_of, found.controls)) == list(map(fields_of, from_catalogue(item).controls))


@pytest.mark.parametrize("edition", [str(item.id) for item in frameworks.available()])
def test_shipped_frameworks_round_trip(edition: str) -> None:
    """Every shipped framework is restored in all that the table holds."""
    framework = frameworks.load(edition)
    (found,) = csv.loads(csv.dumps(framework), f"dir/{edition}.csv").frameworks
    assert list(map(fields_of, found.controls)) == list(map(fields_of, framework.controls))


@pytest.mark.parametrize("name", [item.name for item in sets() if item.source != item.target])
def test_every_shipped_set_round_trips(name: str) -> None:
    """The rows of every shipped set and of its inverse are restored."""
    entry = next(item for item in sets() if item.name == name)
    for item in (crosswalk(entry.source, entry.target), crosswalk(entry.source, entry.target).inverse()):
        # An inverted mitigation has no row, so that only elements for which nothing was found may be left.
        ends = ImportOptions(source=str(item.source.id), target=str(item.target.id))
        found = csv.loads(csv.dumps(item), "own.csv", ends).mappings
        assert found == tuple(attrs.evolve(one, set="own.csv") for one in rows_of(item).rows)


def test_missing_facts_are_reported() -> None:
    """A row without a basis is imported, and the facts that it lacks are counted."""
    reading = csv.loads("source,relationship,target\na:X-1,related-to,b:X-1\n", "own.csv", NAMING)
    (found,) = reading.mappings
    assert (found.basis, found.author, found.confidence) == (MappingBasis.IMPORTED, None, None)
    assert reading.unstated == (
        "the author of 1 mapping",
        "the date of 1 mapping",
        "the rationale of 1 mapping",
        "the confidence of 1 mapping",
        "the type of relationship of 1 mapping",
    )


ELEMENTS = "id,parent,kind,title\nF,,family,One\nF-1,F,control,Two; three\n"


@pytest.mark.parametrize(
    "content",
    [
        ELEMENTS,
        "\ufeff" + ELEMENTS,
        b"\xef\xbb\xbf" + ELEMENTS.encode(),
        ELEMENTS.replace("\n", "\r\n"),
        ELEMENTS.replace("\n", "\r\n").replace(",", ";").replace("Two; three", '"Two; three"'),
        ELEMENTS.replace(",", "\t"),
        ELEMENTS.replace("\n", ",,\n"),
        ELEMENTS.replace("title\n", "title,,\n"),
        ELEMENTS + ",,,\n\n,,,\n",
        'id,parent,kind,title\nF,,family,One\n\n"F-1",F,"control","Two; three"',
    ],
    ids=["plain", "mark", "bytes", "lines", "semicolons", "tabs", "columns", "header", "empty rows", "quotes"],
)
def test_a_sheet_is_read_as_spreadsheets_save_it(content: bytes | str) -> None:
    """A byte order mark, other line ends, semicolons, and empty columns and rows at the end are accepted."""
    (found,) = csv.loads(content, "own@2.csv").frameworks
    assert [fields_of(item)[:5] for item in found.controls] == [
        ("own@2:F", None, "family", "requirement", "One"),
        ("own@2:F-1", "own@2:F", "control", "requirement", "Two; three"),
    ]


def test_empty_cells_at_the_end_of_a_line_may_be_missing() -> None:
    """A short line is padded, but a short last line without a line end is taken for a cut file."""
    (found,) = csv.loads("id,kind,title\nA,control\nB,control\n", "own.csv").frameworks
    assert [item.title for item in found.controls] == [None, None]
    assert faults("id,kind,title\nA,control\nB,control") == (
        Fault("own.csv", "line 3", "2 cells where the header has 3"),
    )


def test_tsv_has_no_quoting() -> None:
    """Quotes in TSV are text, and the apostrophe before a formula is removed."""
    (found,) = csv.loads("id\tkind\ttitle\nA\tcontrol\t\"'=1\nB\tcontrol\t'=1\n", "own.tsv").frameworks
    assert [item.title for item in found.controls] == ["\"'=1", "=1"]
    table = "source\trelationship\ttarget\trationale\na:X-1\tequal-to\tb:X-1\t'=1 \"\n"
    assert csv.loads(table, "own.tsv", NAMING).mappings[0].rationale == '=1 "'


def test_comments_at_the_top_are_counted() -> None:
    """Comment lines are counted as dropped, and faults name lines as counted from the top of the file."""
    text = "# Ours\n# Two\nid,kind\nA,control\n"
    assert csv.loads(text, "own.csv").dropped == ("2 comment lines",)
    assert csv.loads(f"# Ours\n{csv.dumps(SMALL)}", "own.csv", NAMING).dropped == ("1 comment line",)
    assert faults("# Ours\nid,kinds\n") == (
        Fault(
            "own.csv",
            "line 2",
            "unknown column 'kinds'; did you mean kind? If it is a column of yours, declare it as extra",
        ),
        Fault(
            "own.csv",
            "line 2",
            NO_KIND,
        ),
    )
    assert faults("# Ours\nid,kind\nA,control\nA,control\n") == (
        Fault("own.csv", "line 4, column 'id'", "A is already used at line 3, column 'id'"),
    )


@pytest.mark.parametrize(
    ("file", "options", "edition", "unknown"),
    [
        ("own@2.csv", ImportOptions(), "own@2", 2),
        ("folder/own@2.CSV", ImportOptions(), "own@2", 2),
        ("Our controls.csv", ImportOptions(), "our-controls@unknown", 3),
        ("own@2.csv", ImportOptions(framework="ours", edition="3"), "ours@3", 2),
        ("x.csv", ImportOptions(framework="ours", edition="3"), "ours@3", 2),
    ],
)
def test_the_name_of_a_file_may_be_that_of_the_edition(
    file: str, options: ImportOptions, edition: str, unknown: int
) -> None:
    """The edition comes from the options, then from the file name, and is otherwise unknown."""
    reading = csv.loads("id,kind\nA,control\n", file, options)
    assert str(reading.frameworks[0].id) == edition
    assert len(reading.unstated) == unknown


def test_an_invalid_framework_option_is_refused() -> None:
    """A framework option that is not a valid key raises InvalidId."""
    with pytest.raises(InvalidId):
        csv.loads("id,kind\nA,control\n", "own.csv", ImportOptions(framework="No Key"))


HEAD = "source,relationship,target,rationale"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [("", "empty; a header row is required")]),
        ("# only\n", [("", "empty; a header row is required")]),
        (
            "\n",
            [
                (
                    "line 1",
                    "the columns match neither a framework (id, kind, ...) nor mappings (source, relationship, ...): ''",
                )
            ],
        ),
        (
            "Name,Age\n",
            [
                (
                    "line 1",
                    "the columns match neither a framework (id, kind, ...) nor mappings (source, relationship, ...): "
                    "'Name, Age'; rename them or, in a library, put the table into the folder frameworks or mappings and "
                    'declare them in aicop.toml, such as columns = { "Control ID" = "id" } under [framework."acme@2026"]',
                )
            ],
        ),
        (
            "$$Source_Resource,$$MAP_relationship\n",
            [("line 1", "has the columns of compliance-trestle; read it in the format trestle")],
        ),
        (
            "Key,Principle,Verb,Action\n",
            [("line 1", "is a checklist, which aicop writes but does not read")],
        ),
        (
            "id,title,titel\nA,One,x\n",
            [
                (
                    "line 1",
                    "unknown column 'titel'; did you mean title? If it is a column of yours, declare it as extra",
                ),
                (
                    "line 1",
                    NO_KIND,
                ),
            ],
        ),
        (
            "id,kind,nature,parent\n,control,,\nB,control,hope,\nC,control,,,more\nD,,,\n",
            [
                ("line 2, column 'id'", "this field is missing"),
                (
                    "line 3, column 'nature'",
                    "must be one of requirement, mitigation, risk, technique, role, stage, document, heading, not 'hope'",
                ),
                ("line 4", "5 cells where the header has 4"),
                ("line 5, column 'kind'", "this field is missing"),
            ],
        ),
        (
            "id,kind,parent\nA,control,B\nC,control,D\nD,control,C\nc,control,\n",
            [
                ("line 2, column 'parent'", "there is no control B"),
                ("line 3, column 'parent'", "the parents form a cycle: C is below D is below C"),
                ("line 5, column 'id'", "c differs from C only in case, separators or leading zeros; rename one"),
            ],
        ),
        ('id,kind\n"A,control\n', [("line 2", "not a table: unexpected end of data")]),
        ('id,"kind\nA,control\n', [("line 2", "not a table: unexpected end of data")]),
        (
            f"{HEAD}\na:X-1,covers,b:X-1,\na:Q,equal-to,b:X-1,\n",
            [
                ("line 2, column 'relationship'", NO_SUCH_RELATION),
                ("line 3, column 'source'", "'a:Q': a@1 has no 'Q'."),
            ],
        ),
        (
            f"{HEAD}\na:X-1,equal-to,b:X-1,=1+1\n=A1,equal-to,@b,-1\na:X-2,equal-to,b:X-2,a,b\n",
            [
                ("line 2, column 'rationale'", "'=1+1' looks like a spreadsheet formula; replace it with its value"),
                ("line 3, column 'source'", "'=A1' looks like a spreadsheet formula; replace it with its value"),
                ("line 3, column 'target'", "'@b' looks like a spreadsheet formula; replace it with its value"),
                ("line 3, column 'source'", "'=A1': no number, principle or phase is recognised in it."),
                ("line 3, column 'target'", "'@b': no number, principle or phase is recognised in it."),
                ("line 4", "5 cells where the header has 4"),
            ],
        ),
        (
            "id,kind,aliases\nA,control,B\nB,control,x|y\nC,control,y\n",
            [
                ("line 2, column 'aliases'", "the alias 'B' is the id of B; use another"),
                (
                    "line 4, column 'aliases'",
                    "the alias 'y' is already used at line 3, column 'aliases'; an alias belongs to one element",
                ),
            ],
        ),
        (
            "source,relation,target\na:X-1,equal-to,b:X-1\n",
            [
                ("line 1", "unknown column 'relation'; did you mean relationship?"),
            ],
        ),
        (b"id,kind\nA,caf\xe9\n", [("line 2", "byte 0xe9 is not UTF-8; save the file as UTF-8")]),
        ("id,kind\n".encode("utf-16"), [("", "looks like UTF-16; save it as UTF-8")]),
    ],
)
def test_all_faults_are_reported(content: bytes | str, expected: list[tuple[str, str]]) -> None:
    """Each fault is reported with its line, and with its column if it is in one."""
    assert [(fault.path, fault.problem) for fault in faults(content)] == expected


def test_cells_are_normalised() -> None:
    """Line breaks in a cell become blanks and blanks at its ends go; those within an id stay."""
    content = f'{HEAD}\n" a:X-1",equal-to,b:X-1 ,"two\nlines "\n'
    (found,) = csv.loads(content, "own.csv", ImportOptions(frameworks=(A, B))).mappings
    assert (str(found.source), str(found.target), found.rationale) == ("a@1:X-1", "b@1:X-1", "two lines")
    (framework,) = csv.loads('id,kind,title\nA  1,control,"Access\n of all "\n', "own.csv").frameworks
    assert [(item.id.local, item.title) for item in framework.controls] == [("A  1", "Access of all")]


def test_a_decimal_comma_is_read_and_other_dates_are_refused() -> None:
    """With SSSOM's names, a confidence of 0,7 is unambiguous, but 22.11.2026 is not an ISO date."""
    content = "subject_id;predicate_id;object_id;confidence;mapping_date\na:X-1;equal-to;b:X-1;0,7;22.11.2026\n"
    assert [(fault.path, fault.problem) for fault in faults(content)] == [
        (
            "line 2, column 'mapping_date'",
            "'22.11.2026' is not valid in this field; expected a date or month, such as 2026-11-22 or 2026-11",
        ),
    ]
    [found] = csv.loads(
        content.replace(";22.11.2026", ";2026-11-22"), "own.csv", ImportOptions(frameworks=(A, B))
    ).mappings
    assert found.confidence == 7


def test_an_unknown_framework_option_is_the_callers_error() -> None:
    """An unknown source framework raises UnknownEdition, which is no fault of the file."""
    with pytest.raises(UnknownEdition):
        csv.loads(f"{HEAD}\n", "own.csv", ImportOptions(source="nowhere"))


def test_bare_ids_are_resolved_in_the_given_frameworks() -> None:
    """Bare ids are looked up in the frameworks that the options name."""
    options = ImportOptions(source="a", target="b@1", frameworks=(A, B))
    (found,) = csv.loads("source,relationship,target\nX-1,equal-to,x 01\n", "own.csv", options).mappings
    assert (str(found.source), str(found.target)) == ("a@1:X-1", "b@1:X-1")


def many(count: int) -> bytes:
    """Return a table of *count* distinct mappings, of which many share a pair."""
    lines = (f"a:X-{1 + i % 2},intersects-with,b:Y-{1 + i % 2},author {i},why {i}" for i in range(count))
    return "\n".join(["source,relationship,target,author,rationale", *lines, ""]).encode()


def test_a_long_table_is_streamed_in_little_memory(tmp_path: Path) -> None:
    """Twenty thousand rows are streamed within eight megabytes."""
    path = tmp_path / "long.csv"
    path.write_bytes(many(20_000))
    # Import and fill caches before memory is traced.
    list(csv.stream(many(10), options=NAMING))
    tracemalloc.start()
    try:
        count = sum(1 for _ in csv.stream(path, options=NAMING))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 8_000_000
    assert next(csv.stream(path, options=NAMING)).set == "long.csv"


def test_a_table_too_long_for_memory_is_refused() -> None:
    """The fault for a file above the limit advises streaming it."""
    (fault,) = faults(b"x" * (MAX_FILE_SIZE + 1))
    assert fault.problem == "larger than 64 MiB; aicop.interop.csv.stream reads mappings of any length"


def test_a_long_list_of_faults_ends() -> None:
    """After a hundred faults the rest is not checked."""
    content = many(300).replace(b"a:X", b"a:Q")
    found = faults(content)
    assert len(found) == 101
    assert found[-1].problem == "100 errors or more so far; the rest was not checked"


def test_withdrawn_elements_are_lost() -> None:
    """Withdrawn elements and the title of the framework are not written, as the format declares."""
    framework = frameworks.load("nist-sp-800-53")
    (found,) = csv.loads(csv.dumps(framework), f"{framework.id}.csv").frameworks
    assert framework.withdrawn
    assert found.withdrawn == ()
    assert found.edition.title == "nist-sp-800-53@5.2.0"


def test_unprintable_characters_are_counted() -> None:
    """Unprintable characters are removed from cells and counted."""
    reading = csv.loads("# one\nid,kind,title\nA,control,a\u200bb\u00ad\nB,control,c\u00a0d\n", "own@1.csv")
    assert [one.title for one in reading.frameworks[0].controls] == ["ab", "c d"]
    assert reading.dropped == ("1 comment line", "2 unprintable characters")


def test_complete_rows_are_the_users_own() -> None:
    """Complete rows have the basis "own", unless they state another."""
    head = "source,relationship,target,author,date,confidence,rationale"
    (found,) = csv.loads(f"{head}\na:X-1,related-to,b:X-1,We,2026-01,5,Why\n", "own.csv", NAMING).mappings
    assert found.basis is MappingBasis.OWN
    (found,) = csv.loads(f"{head},basis\na:X-1,related-to,b:X-1,We,,,,guide\n", "own.csv", NAMING).mappings
    assert found.basis is MappingBasis.GUIDE
