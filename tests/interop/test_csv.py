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

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.model import Control


NAMING = ImportOptions(frameworks=(A, B))
NO_SUCH_RELATION = (
    "must be one of equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, "
    "mitigates, cites, corresponds-to, nothing-found, not 'covers'"
)


def written(text: str) -> list[list[str]]:
    """Read a CSV as anybody would."""
    return list(plain_csv.reader(io.StringIO(text)))


def told(item: Control) -> tuple[str | None, ...]:
    """Give what a table of a framework says of an element, in written form."""
    above = None if item.parent is None else str(item.parent)
    return str(item.id), above, item.kind, item.nature, item.title, item.words


def faults(content: bytes | str, file: str = "own.csv", options: ImportOptions = NAMING) -> tuple[Fault, ...]:
    """Give every fault of a file."""
    with pytest.raises(InvalidDocument) as caught:
        csv.loads(content, file, options)
    return caught.value.faults


@pytest.mark.parametrize(
    ("name", "item"),
    [("edition", None), ("framework", A), ("crosswalk", SMALL)],
    ids=["edition", "framework", "crosswalk"],
)
def test_csv_is_as_it_was(name: str, item: Framework | Crosswalk | None, mini: Catalogue) -> None:
    """Byte by byte."""
    same_as_snapshot(f"table-{name}.csv", csv.dumps(item or mini))


def test_an_edition_is_written_as_its_checklist(mini: Catalogue) -> None:
    """A table that somebody made is written as it stands, None as nothing."""
    assert csv.dumps(mini) == csv.dumps(sheets.checklist(mini))
    table = Table(name="T", columns=("=a", "b"), rows=[("+1", None), (3, "x")])
    assert csv.dumps(table) == "'=a,b\n'+1,\n3,x\n"


def test_every_mapping_is_written_in_the_columns_of_mapping_files() -> None:
    """So that what says all that they ask for is read by them as well."""
    whole = SMALL.filter(author="they")
    text = csv.dumps(whole)
    assert written(text)[0] == [
        *("subject_id", "predicate_id", "object_id", "author_label", "mapping_date", "confidence", "comment", "basis"),
        *("strength", "remainder", "knowledge", "settlement", "subject_digest", "object_digest"),
    ]
    assert mapping_files.loads(text, "own.csv", frameworks=(A, B)) == csv.loads(text, "own.csv", NAMING).mappings


def test_frameworks_are_written_as_their_reader_takes_them() -> None:
    """With key, edition and title given beside."""
    found = framework_files.loads(csv.dumps(A), "a.csv", framework="a", edition="1", title="Framework a")
    assert found.controls == A.controls


def test_a_sheet_of_a_workbook_comes_back(mini: Catalogue) -> None:
    """Its headings have capitals; somebody who saves it as CSV need not change them."""
    header, _, rows = csv.dumps(A).partition("\n")
    table = sheets.controls(A)
    assert header != ",".join(table.headings)
    saved = f"{','.join(table.headings)}\n{rows}"
    assert csv.loads(saved, "a@1.csv") == csv.loads(csv.dumps(A), "a@1.csv")
    checklist = ",".join(sheets.checklist(mini).headings)
    assert [fault.problem.startswith("is a checklist") for fault in faults(f"{checklist}\n")] == [True]


@given(generated.frameworks())
def test_a_framework_comes_back(item: Framework) -> None:
    """Keys, parents, kinds, natures, titles and words, whatever they begin with."""
    reading = csv.loads(csv.dumps(item), f"{item.id}.csv")
    (found,) = reading.frameworks
    assert found.id == item.id
    assert list(map(told, found.controls)) == list(map(told, item.controls))
    assert reading.unstated == ("the title of the framework", "its publisher")
    assert not reading.dropped


@given(generated.crosswalks())
def test_mappings_come_back(item: Crosswalk) -> None:
    """Every row in all its fields but the set, whatever its texts begin with."""
    reading = csv.loads(csv.dumps(item), "own.csv", ImportOptions(frameworks=(item.source, item.target)))
    assert reading.mappings == tuple(attrs.evolve(one, set="own.csv") for one in rows_of(item).rows)
    assert not reading.dropped


@given(generated.editions())
def test_an_edition_comes_back_as_a_framework_when_written_as_one(item: Catalogue) -> None:
    """Its view has nothing that the table cannot say."""
    (found,) = csv.loads(csv.dumps(from_catalogue(item)), f"{item.id}.csv").frameworks
    assert list(map(told, found.controls)) == list(map(told, from_catalogue(item).controls))


@pytest.mark.parametrize("edition", [str(item.id) for item in frameworks.available()])
def test_what_ships_comes_back(edition: str) -> None:
    """All that the table has of it."""
    framework = frameworks.load(edition)
    (found,) = csv.loads(csv.dumps(framework), f"dir/{edition}.csv").frameworks
    assert list(map(told, found.controls)) == list(map(told, framework.controls))


@pytest.mark.parametrize("name", [item.name for item in sets() if item.source != item.target])
def test_every_shipped_set_comes_back(name: str) -> None:
    """Made and inverted rows alike."""
    entry = next(item for item in sets() if item.name == name)
    for item in (crosswalk(entry.source, entry.target), crosswalk(entry.source, entry.target).inverse()):
        found = csv.loads(csv.dumps(item), "own.csv").mappings
        assert found == tuple(attrs.evolve(one, set="own.csv") for one in rows_of(item).rows)


def test_what_a_sheet_leaves_open_is_told() -> None:
    """And a row without a basis is imported; its user's own where it leaves nothing open."""
    reading = csv.loads("subject_id,predicate_id,object_id\na:X-1,related-to,b:X-1\n", "own.csv", NAMING)
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
    """With a mark, other line ends, semicolons, and empty columns and rows at the end."""
    (found,) = csv.loads(content, "own@2.csv").frameworks
    assert [told(item)[:5] for item in found.controls] == [
        ("own@2:F", None, "family", "requirement", "One"),
        ("own@2:F-1", "own@2:F", "control", "requirement", "Two; three"),
    ]


def test_a_line_may_leave_out_its_empty_end() -> None:
    """As spreadsheets do; but the last line, without an end, was cut off."""
    (found,) = csv.loads("id,kind,title\nA,control\nB,control\n", "own.csv").frameworks
    assert [item.title for item in found.controls] == [None, None]
    assert faults("id,kind,title\nA,control\nB,control") == (
        Fault("own.csv", "line 3", "2 cells where the header has 3"),
    )


def test_in_a_table_with_tabs_nothing_is_quoted() -> None:
    """As this library writes and reads such tables elsewhere; an apostrophe before a formula is taken off."""
    (found,) = csv.loads("id\tkind\ttitle\nA\tcontrol\t\"'=1\nB\tcontrol\t'=1\n", "own.tsv").frameworks
    assert [item.title for item in found.controls] == ["\"'=1", "=1"]
    table = "subject_id\tpredicate_id\tobject_id\tcomment\na:X-1\tequal-to\tb:X-1\t'=1 \"\n"
    assert csv.loads(table, "own.tsv", NAMING).mappings[0].rationale == '=1 "'


def test_comments_at_the_top_are_counted() -> None:
    """And lines are told as they stand in the file."""
    text = "# Ours\n# Two\nid,kind\nA,control\n"
    assert csv.loads(text, "own.csv").dropped == ("2 comment lines",)
    assert csv.loads(f"# Ours\n{csv.dumps(SMALL)}", "own.csv", NAMING).dropped == ("1 comment line",)
    assert faults("# Ours\nid,kinds\n") == (
        Fault("own.csv", "line 2", "unknown column 'kinds'; did you mean kind?"),
        Fault("own.csv", "line 2", "the column 'kind' is missing"),
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
    """Else the edition is not known, unless one is given, which goes before."""
    reading = csv.loads("id,kind\nA,control\n", file, options)
    assert str(reading.frameworks[0].id) == edition
    assert len(reading.unstated) == unknown


def test_a_name_that_is_no_key_is_refused() -> None:
    """Whoever gives it."""
    with pytest.raises(InvalidId):
        csv.loads("id,kind\nA,control\n", "own.csv", ImportOptions(framework="No Key"))


HEAD = "subject_id,predicate_id,object_id,comment"


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
                    "the columns match neither a framework (id, kind, ...) nor mappings (subject_id, predicate_id, ...): ''",
                )
            ],
        ),
        (
            "Name,Age\n",
            [
                (
                    "line 1",
                    "the columns match neither a framework (id, kind, ...) nor mappings (subject_id, predicate_id, ...): "
                    "'Name, Age'",
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
                ("line 1", "unknown column 'titel'; did you mean title?"),
                ("line 1", "the column 'kind' is missing"),
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
                ("line 2, column 'predicate_id'", NO_SUCH_RELATION),
                ("line 3, column 'subject_id'", "'a:Q': a@1 has no 'Q'."),
            ],
        ),
        (
            f"{HEAD}\na:X-1,equal-to,b:X-1,=1+1\n=A1,equal-to,@b,-1\na:X-2,equal-to,b:X-2,a,b\n",
            [
                ("line 2, column 'comment'", "'=1+1' looks like a spreadsheet formula; replace it with its value"),
                ("line 3, column 'subject_id'", "'=A1' looks like a spreadsheet formula; replace it with its value"),
                ("line 3, column 'object_id'", "'@b' looks like a spreadsheet formula; replace it with its value"),
                ("line 3, column 'subject_id'", "'=A1': no number, principle or phase is recognised in it."),
                ("line 3, column 'object_id'", "'@b': no number, principle or phase is recognised in it."),
                ("line 4", "5 cells where the header has 4"),
            ],
        ),
        (
            "id,kind,comment\nA,control,x\n",
            [("line 1", "unknown column 'comment'")],
        ),
        (
            "subject_id,predicate,object_id\na:X-1,equal-to,b:X-1\n",
            [
                ("line 1", "unknown column 'predicate'; did you mean predicate_id?"),
                ("line 1", "the column 'predicate_id' is missing"),
            ],
        ),
        (b"id,kind\nA,caf\xe9\n", [("line 2", "byte 0xe9 is not UTF-8; save the file as UTF-8")]),
        ("id,kind\n".encode("utf-16"), [("", "looks like UTF-16; save it as UTF-8")]),
    ],
)
def test_all_that_is_wrong_is_told(content: bytes | str, expected: list[tuple[str, str]]) -> None:
    """Each fault with its line, and the column where it stands in one."""
    assert [(fault.path, fault.problem) for fault in faults(content)] == expected


def test_cells_are_read_as_people_mean_them() -> None:
    """Several lines in one cell become one, and blanks at its ends go; those within an id stay."""
    content = f'{HEAD}\n" a:X-1",equal-to,b:X-1 ,"two\nlines "\n'
    (found,) = csv.loads(content, "own.csv", ImportOptions(frameworks=(A, B))).mappings
    assert (str(found.source), str(found.target), found.rationale) == ("a@1:X-1", "b@1:X-1", "two lines")
    (framework,) = csv.loads('id,kind,title\nA  1,control,"Access\n of all "\n', "own.csv").frameworks
    assert [(item.id.local, item.title) for item in framework.controls] == [("A  1", "Access of all")]


def test_a_decimal_comma_is_read_and_other_dates_are_refused() -> None:
    """A share of 0,7 means one thing; 1.2.2026 is a day of February or of January."""
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


def test_a_framework_that_does_not_exist_is_told_before_anything_is_read() -> None:
    """It is the caller's slip and none of the file."""
    with pytest.raises(UnknownEdition):
        csv.loads(f"{HEAD}\n", "own.csv", ImportOptions(source="nowhere"))


def test_bare_ids_are_looked_up_where_the_caller_says() -> None:
    """As in files of mappings."""
    options = ImportOptions(source="a", target="b@1", frameworks=(A, B))
    (found,) = csv.loads("subject_id,predicate_id,object_id\nX-1,equal-to,x 01\n", "own.csv", options).mappings
    assert (str(found.source), str(found.target)) == ("a@1:X-1", "b@1:X-1")


def many(count: int) -> bytes:
    """Give a sheet of so many mappings, some of which repeat; all say something else."""
    lines = (f"a:X-{1 + i % 2},intersects-with,b:Y-{1 + i % 2},author {i},why {i}" for i in range(count))
    return "\n".join(["subject_id,predicate_id,object_id,author_label,comment", *lines, ""]).encode()


def test_a_long_sheet_is_streamed_in_little_memory(tmp_path: Path) -> None:
    """What is kept of a row is its hash: far less than the row."""
    path = tmp_path / "long.csv"
    path.write_bytes(many(20_000))
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


def test_what_is_too_long_at_once_is_refused() -> None:
    """With the way to read it all the same."""
    (fault,) = faults(b"x" * (MAX_FILE_SIZE + 1))
    assert fault.problem == "larger than 64 MiB; aicop.interop.csv.stream reads mappings of any length"


def test_a_long_list_of_faults_ends() -> None:
    """After a hundred the rest is not looked at."""
    content = many(300).replace(b"a:X", b"a:Q")
    found = faults(content)
    assert len(found) == 101
    assert found[-1].problem == "100 errors or more so far; the rest was not checked"


def test_a_withdrawn_element_is_lost() -> None:
    """As the format says."""
    framework = frameworks.load("nist-sp-800-53")
    (found,) = csv.loads(csv.dumps(framework), f"{framework.id}.csv").frameworks
    assert framework.withdrawn
    assert found.withdrawn == ()
    assert found.edition.title == "nist-sp-800-53@5.2.0"


def test_what_cannot_be_printed_is_counted() -> None:
    """Below the header, whatever the table is of."""
    reading = csv.loads("# one\nid,kind,title\nA,control,a\u200bb\u00ad\nB,control,c\u00a0d\n", "own@1.csv")
    assert [one.title for one in reading.frameworks[0].controls] == ["ab", "c d"]
    assert reading.dropped == ("1 comment line", "2 unprintable characters")


def test_rows_that_leave_nothing_open_are_their_users_own() -> None:
    """Unless they say on what they rest."""
    head = "subject_id,predicate_id,object_id,author_label,mapping_date,confidence,comment"
    (found,) = csv.loads(f"{head}\na:X-1,related-to,b:X-1,We,2026-01,0.5,Why\n", "own.csv", NAMING).mappings
    assert found.basis is MappingBasis.OWN
    (found,) = csv.loads(f"{head},basis\na:X-1,related-to,b:X-1,We,,,,guide\n", "own.csv", NAMING).mappings
    assert found.basis is MappingBasis.GUIDE
