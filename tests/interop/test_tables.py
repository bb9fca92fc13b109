"""Tables of the domain, CSV and Markdown: what they say, how it comes back, and what is refused with which words."""

from __future__ import annotations

import csv as plain_csv
import io
import re
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aicop import Catalogue, frameworks, load
from aicop import frameworks as framework_files
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import Fault, InvalidDocument, InvalidId, UnknownEdition, UnknownTerm
from aicop.files.formulas import escape_formula, unescape_formula
from aicop.files.text import MAX_FILE_SIZE
from aicop.frameworks import Framework, bare, from_catalogue
from aicop.interop import csv, markdown
from aicop.interop import worksheets as sheets
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.rows import rows_of
from aicop.interop.worksheets import STATUS, STATUSES, WORK, Table
from aicop.mappings import reader as mapping_files
from aicop.mappings import sets
from aicop.model import Statement
from aicop.vocabulary import Attribution, Coverage, Joiner, MappingBasis, Modality, Predicate, Role
from tests.examples import A, B, row
from tests.interop import generated
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.model import Control

NAMING = ImportOptions(frameworks=(A, B))
NO_SUCH_RELATION = (
    "must be one of equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, "
    "mitigates, cites, corresponds-to, nothing-found, not 'covers'"
)
SMALL = Crosswalk.from_mappings(
    [
        row(A.key("X-1"), "subset-of", B.key("X-1"), strength=10, confidence=8, rationale="=cmd, -1 and @all"),
        row(A.key("X-2"), "intersects-with", B.key("Y-2"), strength=3, remainder="'the rest' | all"),
        row(A.key("Y-1"), "no-relationship", B.key("Y-1"), strength=0, confidence=0),
        row(A.key("Y-2"), "nothing-found", None),
        row(A.key("X-1"), "mitigates", B.key("R"), strength=2, author="they", basis=MappingBasis.PUBLISHED),
        row(A.key("R"), "corresponds-to", B.key("R"), rationale=None, author=None, date=None, confidence=None),
    ],
    A,
    B,
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


# Tables of the domain


def test_a_checklist_has_a_row_for_each_statement(mini: Catalogue) -> None:
    """A provision of one statement is its key; columns to fill in are empty."""
    table = sheets.checklist(mini)
    assert table.columns[-4:] == WORK == ("Status", "Evidence", "Owner", "Notes")
    assert [line[: -len(WORK)] for line in table.rows] == [
        ("mini-code@1:1.1", "1 Begin well", "Title of 1.1", "Secure Start", "Developer", "shall", "begin", None, None),
        (
            *("mini-code@1:1.1.1", "1 Begin well", "Title of 1.1.1", "Secure Start", "Developer", "should"),
            *("begin early", None, None),
        ),
        ("mini-code@1:1.2#1", "1 Begin well", "Title of 1.2", "Secure Start", "Developer", "shall", "tell", None, None),
        (
            *("mini-code@1:1.2#2", "1 Begin well", "Title of 1.2", "Secure Start", "System Operator", "should"),
            *("listen", None, "Developers (source)"),
        ),
        ("mini-code@1:2.1", "2 End well", "Title of 2.1", "Secure Stop", "End-user", "may", "stop", None, None),
        ("mini-code@1:2.10", "2 End well", "Title of 2.10", "Secure Stop", "End-user", "can", "go on", None, None),
    ]
    assert {line[-len(WORK) :] for line in table.rows} == {(None, None, None, None)}
    assert len(table.widths) == len(table.columns)


def test_a_checklist_says_what_it_is_of(mini: Catalogue) -> None:
    """Of an edition title, key, licence, whose words, and the numbers that are counted."""
    assert dict(sheets.checklist(mini).about) == {
        "Title": "The Mini Code",
        "Edition": "mini-code@1",
        "Publisher": "Nobody",
        "Status": "current",
        "Address": "https://example.org/mini",
        "Licence": "CC0",
        "Known from": "The Mini Code, all of it; direct, read on 2026-11-22.",
        "Force": "None.",
        "Provisions known": "5 direct; direct means that the text itself was read",
        "Carried": "Everything.",
        "Counted": "2 principles, 5 provisions of which 1 are sub-provisions, 6 statements.",
    }


def test_a_checklist_of_a_role_and_a_verb_says_so(mini: Catalogue) -> None:
    """Only the statements for which both hold are in it."""
    table = sheets.checklist(mini, duty_holder=Role.DEVELOPER, modality=["shall", "may"])
    assert [line[0] for line in table.rows] == ["mini-code@1:1.1", "mini-code@1:1.2#1"]
    assert table.about[-1] == ("Chosen", "2 statements: what binds Developer and says shall or may.")


def test_a_checklist_of_a_principle_has_its_statements(mini: Catalogue) -> None:
    """By number as by id."""
    assert len(sheets.checklist(mini, principle=2).rows) == len(sheets.checklist(mini, principle="P2").rows) == 2


def test_a_checklist_of_nobody_is_refused(mini: Catalogue) -> None:
    """A role that does not exist is an error, not an empty list."""
    with pytest.raises(UnknownTerm):
        sheets.checklist(mini, duty_holder="Wizard")


@pytest.mark.parametrize(
    ("holders", "joiner", "attribution", "said"),
    [
        ([Role.DEVELOPER], None, Attribution.STATED, "Developer"),
        ([Role.DEVELOPER, Role.END_USER], Joiner.OR, Attribution.STATED, "Developer or End-user"),
        (
            [Role.DEVELOPER, Role.SYSTEM_OPERATOR, Role.END_USER],
            Joiner.AND_OR,
            Attribution.IMPLIED,
            "Developer, System Operator and/or End-user (implied)",
        ),
        ([Role.ORGANISATION], None, Attribution.CARRIED_OVER, "Organisation (carried over)"),
    ],
)
def test_duty_holders_are_told_with_their_joiner_and_attribution(
    holders: list[Role], joiner: Joiner | None, attribution: Attribution, said: str
) -> None:
    """The word between them is the text's own; who is not named in the sentence is marked."""
    statement = Statement(
        ordinal=1,
        modality=Modality.SHALL,
        duty_holders=holders,
        joiner=joiner,
        attribution=attribution,
        as_printed=None,
        counterparties=(),
        condition=None,
        action="act",
        remarks=(),
    )
    assert sheets.who(statement) == said


def test_the_code_has_its_88_statements(code: Catalogue, standard: Catalogue) -> None:
    """In both editions, each under a key of its own."""
    for edition in (code, standard):
        keys = [line[0] for line in sheets.checklist(edition).rows]
        assert len(keys) == len(set(keys)) == 88
        assert ("Counted", "13 principles, 72 provisions of which 21 are sub-provisions, 88 statements.") in (
            sheets.checklist(edition).about
        )


def test_controls_are_the_elements_in_printed_order() -> None:
    """In the columns that frameworks are read from."""
    table = sheets.controls(A)
    assert table.columns == ("id", "parent", "kind", "title", "nature", "words")
    assert table.rows == (
        ("X", None, "family", None, "requirement", None),
        ("X-1", "X", "control", None, "requirement", None),
        ("X-2", "X", "control", None, "requirement", None),
        ("Y", None, "family", None, "requirement", None),
        ("Y-1", "Y", "control", None, "requirement", None),
        ("Y-2", "Y", "control", None, "requirement", None),
        ("R", None, "risk", None, "risk", None),
    )
    assert table.about == (
        ("Title", "Framework a"),
        ("Edition", "a@1"),
        ("Status", "own"),
        ("Ids", "the publisher's"),
        ("Titles", "as given"),
        ("Counted", "7 elements: 2 family, 4 control, 1 risk"),
    )


def test_what_is_known_of_a_shipped_framework_is_told() -> None:
    """With its note, and how much the publisher withdrew."""
    about = dict(sheets.controls(frameworks.load("nist-sp-800-53")).about)
    assert re.fullmatch("[0-9]+ elements, which are not listed.", about["Withdrawn"])
    assert "moved or dropped" in dict(sheets.controls(frameworks.load("nist-csf")).about)["Note"]


def test_mappings_are_all_claims() -> None:
    """Whatever they say, a strength or confidence of 0 too; what is not said is empty."""
    table = sheets.mappings(SMALL)
    assert [(*line[:3], *line[3:4], *line[5:8]) for line in table.rows] == [
        ("a@1:X-1", None, "subset-of", "b@1:X-1", 10, None, 8),
        ("a@1:X-1", None, "mitigates", "b@1:R", 2, None, 5),
        ("a@1:X-2", None, "intersects-with", "b@1:Y-2", 3, "'the rest' | all", 5),
        ("a@1:Y-1", None, "no-relationship", "b@1:Y-1", 0, None, 0),
        ("a@1:Y-2", None, "nothing found", None, None, None, 5),
        ("a@1:R", None, "corresponds to", "b@1:R", None, None, None),
    ]
    assert table.rows[0][8:] == ("=cmd, -1 and @all", "own", "we", "2026-01-01", None)
    assert table.rows[-1][8:] == (None, "own", None, None, None)


def test_a_suspect_claim_is_marked() -> None:
    """Where one side says something else than when it was judged."""
    moved = Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", B.key("X-1"), source_digest="0" * 16)], A, B)
    assert [line[-1] for line in sheets.mappings(moved).rows] == ["yes"]


def test_coverage_names_its_denominator() -> None:
    """The five classes, each with its number and ids; they add up to what is counted."""
    table = sheets.coverage(SMALL)
    of_ = "5 controls and risks of a@1, by b@1"
    assert table.rows == (
        ("covered", 1, of_, "X-1"),
        ("partly covered", 1, of_, "X-2"),
        ("open", 1, of_, "R"),
        ("looked at, not covered", 2, of_, "Y-1, Y-2"),
        ("never looked at", 0, of_, None),
    )
    assert [line[0] for line in table.rows] == list(Coverage)


def test_gaps_say_what_is_left_open() -> None:
    """A row for each item that is not covered."""
    assert sheets.gaps(SMALL).rows == (
        ("a@1:X-2", None, "partly covered", 3, "Y-2: 'the rest' | all"),
        ("a@1:Y-1", None, "looked at, not covered", 0, None),
        ("a@1:Y-2", None, "looked at, not covered", None, None),
        ("a@1:R", None, "open", None, None),
    )


def test_a_crosswalk_says_who_made_its_mappings() -> None:
    """With basis and licence of each set, the licences of both sides, and from when it is."""
    assert sheets.mappings(SMALL).about == (
        ("Title", "Framework a: how it stands to Framework b"),
        ("Source", "a@1: Framework a; licence: not stated"),
        ("Target", "b@1: Framework b; licence: not stated"),
        ("Mappings", "own: 6 by we, they, maker not stated; own, published; licence: not stated."),
        ("Dated", "2026-01-01"),
        (
            "Coverage",
            "Of 5 controls and risks of a@1, by b@1: 1 covered, 1 partly covered, 1 open, 2 looked at, not covered, "
            "0 never looked at.",
        ),
    )
    shipped = sheets.mappings(crosswalk("uk-ai-cop", "iso-iec-42001")).about
    assert ("licence: Apache-2.0." in dict(shipped)["Mappings"]) is True


def test_a_crosswalk_without_rows_has_no_date() -> None:
    """Nothing is said of when it is from."""
    assert "Dated" not in dict(sheets.gaps(Crosswalk.from_mappings([], A, B)).about)


# CSV


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@all", "'@all"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1+1", "''=1+1"),
        ("''-", "'''-"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("", ""),
        ("1=1", "1=1"),
    ],
)
def test_a_formula_is_defused(text: str, safe: str) -> None:
    """With an apostrophe, and one more where there are some, so that reading takes off exactly that one."""
    assert escape_formula(text) == safe
    assert unescape_formula(safe) == text
    assert safe[:1] not in set("=+-@\t\r")


@given(st.text(st.sampled_from("'=+-@\t\ra "), max_size=6))
def test_defusing_can_be_undone(text: str) -> None:
    """Whatever a text begins with."""
    assert unescape_formula(escape_formula(text)) == text


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
    table = Table(name="T", columns=("=a", "b"), rows=[("+1", None), (3, "x")], widths=(1, 1))
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
@settings(suppress_health_check=[HealthCheck.too_slow])
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
        "the maker of 1 mapping",
        "the date of 1 mapping",
        "the reason of 1 mapping",
        "the confidence of 1 mapping",
        "the type of relation of 1 mapping",
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
    assert csv.loads(text, "own.csv").dropped == ("2 lines of comment",)
    assert csv.loads(f"# Ours\n{csv.dumps(SMALL)}", "own.csv", NAMING).dropped == ("1 line of comment",)
    assert faults("# Ours\nid,kinds\n") == (
        Fault("own.csv", "line 2", "unknown column 'kinds'; did you mean kind?"),
        Fault("own.csv", "line 2", "the column 'kind' is missing"),
    )
    assert faults("# Ours\nid,kind\nA,control\nA,control\n") == (
        Fault("own.csv", "line 4, column 'id'", "A stands at line 3, column 'id' already"),
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
        ("", [("", "empty; a header row is needed")]),
        ("# only\n", [("", "empty; a header row is needed")]),
        (
            "\n",
            [
                (
                    "line 1",
                    "holds neither a framework (id, kind ...) nor mappings (subject_id, predicate_id ...): its columns "
                    "are ''",
                )
            ],
        ),
        (
            "Name,Age\n",
            [
                (
                    "line 1",
                    "holds neither a framework (id, kind ...) nor mappings (subject_id, predicate_id ...): its columns "
                    "are 'Name, Age'",
                )
            ],
        ),
        (
            "$$Source_Resource,$$MAP_relationship\n",
            [("line 1", "has the columns of compliance-trestle; read it as the format trestle")],
        ),
        (
            "Key,Principle,Verb,What\n",
            [("line 1", "is a checklist, which is written here and not read")],
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
                ("line 3, column 'parent'", "C is below D is below C: a circle"),
                ("line 5, column 'id'", "c differs from C only in case, separators or zeros"),
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
                ("line 2, column 'comment'", "'=1+1' looks like a formula of a spreadsheet; give its value"),
                ("line 3, column 'subject_id'", "'=A1' looks like a formula of a spreadsheet; give its value"),
                ("line 3, column 'object_id'", "'@b' looks like a formula of a spreadsheet; give its value"),
                ("line 3, column 'subject_id'", "'=A1': no number, principle or phase can be read from it."),
                ("line 3, column 'object_id'", "'@b': no number, principle or phase can be read from it."),
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
    assert [(bare(item.id), item.title) for item in framework.controls] == [("A  1", "Access of all")]


def test_a_decimal_comma_is_read_and_other_dates_are_refused() -> None:
    """A share of 0,7 means one thing; 1.2.2026 is a day of February or of January."""
    content = "subject_id;predicate_id;object_id;confidence;mapping_date\na:X-1;equal-to;b:X-1;0,7;22.11.2026\n"
    assert [(fault.path, fault.problem) for fault in faults(content)] == [
        (
            "line 2, column 'mapping_date'",
            "'22.11.2026' does not have the form of this field, a day or month, such as 2026-11-22",
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
    assert found[-1].problem == "100 faults or more so far; what follows was not looked at"


@pytest.mark.parametrize("module", ["csv", "markdown", "worksheets", "trestle"])
def test_writing_does_not_import_pydantic(module: str) -> None:
    """It is needed only for what a user brings."""
    code = (
        f"import sys; from aicop.crosswalk import crosswalk; from aicop.interop import {module} as m; "
        "item = crosswalk('uk-ai-cop', 'iso-42001'); "
        "(getattr(m, 'dumps', None) or m.mappings)(item); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 -- our own


# Markdown


@pytest.mark.parametrize("name", ["edition", "framework", "crosswalk"])
def test_markdown_is_as_it_was(name: str, mini: Catalogue) -> None:
    """Byte by byte."""
    items: dict[str, Any] = {"edition": mini, "framework": A, "crosswalk": SMALL}
    same_as_snapshot(f"table-{name}.md", markdown.dumps(items[name]))


def test_an_edition_is_a_checklist_with_boxes(mini: Catalogue) -> None:
    """A part for each phase, a table for each principle, a box for each statement."""
    text = markdown.dumps(mini)
    assert text.startswith("# The Mini Code\n\n- **Edition**: `mini-code@1`\n")
    assert re.findall("^#+ .*$", text, re.MULTILINE) == [
        "# The Mini Code",
        "## Secure Start",
        "### Principle 1: Begin well",
        "## Secure Stop",
        "### Principle 2: End well",
    ]
    assert "Primarily applies to: Developer.\n" in text
    assert "|  | Key | Title | Who | Verb | What | When | Counterparties |\n" in text
    assert (
        "| ☐ | `mini-code@1:1.2#2` | Title of 1.2 | System Operator | should | listen |  | Developers (source) |\n"
        in text
    )
    assert text.count("| ☐ |") == 6
    assert markdown.dumps(load("uk-ai-cop")).count("| ☐ |") == 88


def test_a_framework_has_a_table_for_each_family() -> None:
    """Elements at the top with nothing under them share one."""
    text = markdown.dumps(A)
    assert re.findall("^#+ .*$", text, re.MULTILINE) == ["# Framework a", "## X", "## Y", "## Risk"]
    assert (
        "## Y\n\n| Id | Under | Kind | Nature |\n| --- | --- | --- | --- |\n"
        "| Y-1 | Y | control | requirement |\n| Y-2 | Y | control | requirement |\n" in text
    )
    assert "## Risk\n\n| Id | Kind | Nature |\n| --- | --- | --- |\n| R | risk | risk |\n" in text


def test_a_family_has_its_title_and_words() -> None:
    """And all that stands below it, at any depth; what begins like a list is none."""
    rows = [
        "id,parent,kind,title,words",
        "F,,family,First,1. Say so.",
        "F-1,F,control,,",
        "F-1.1,F-1,part,Deep,",
        "F-2,F,control,,",
        "",
    ]
    (item,) = csv.loads("\n".join(rows), "own@1.csv").frameworks
    text = markdown.dumps(item)
    assert "## F First\n\n1\\. Say so.\n\n| Id | Under | Kind | Title | Nature |\n" in text
    assert re.findall(r"^\| (F\S*) \| (\S*) \|", text, re.MULTILINE) == [
        ("F-1", "F"),
        ("F-1.1", "F-1"),
        ("F-2", "F"),
    ]


def test_a_crosswalk_has_coverage_mappings_and_gaps() -> None:
    """Coverage first, with its denominator; columns that are empty are left out."""
    text = markdown.dumps(SMALL)
    assert re.findall("^#+ .*$", text, re.MULTILINE) == [
        "# Framework a: how it stands to Framework b",
        "## Coverage",
        "## Mappings",
        "## Gaps",
    ]
    assert "| covered | 1 | 5 controls and risks of `a@1`, by `b@1` | X-1 |\n" in text
    assert "Source title" not in text
    assert "How to read it:\n\n- **Says**: Always read: the source, what is said, the target.\n" in text


def test_a_table_is_written_as_it_stands() -> None:
    """Under its name; a checklist with boxes; what has no rows says so."""
    table = Table(name="T #1", columns=("a", "b"), rows=[(0, "x"), (None, "y|z")], widths=(1, 1), about=[("Of", "m")])
    assert markdown.dumps(table) == (
        "# T \\#1\n\n- **Of**: m\n\n## T \\#1\n\n| a | b |\n| --- | --- |\n| 0 | x |\n|  | y\\|z |\n"
    )
    assert markdown.dumps(attrs.evolve(table, rows=())).endswith("## T \\#1\n\nNone.\n")
    boxed = Table(name="C", columns=("Key", *WORK), rows=[("k@1:1", None, None, None, None)], widths=(1,) * 5)
    assert markdown.dumps(boxed).endswith("|  | Key |\n| --- | --- |\n| ☐ | `k@1:1` |\n")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a_b*c `d` [e](f) <g> #h & ~i~", r"a\_b\*c \`d\` \[e\](f) \<g\> \#h \& \~i\~"),
        ("etsi-en-304-223@2.1.1:5.1.1-2", "`etsi-en-304-223@2.1.1:5.1.1-2`"),
        ("nist-ai-rmf@1.0:GOVERN 1.1", "`nist-ai-rmf@1.0:GOVERN 1.1`"),
        ("of nist-csf@2.0, by x@1.", "of `nist-csf@2.0`, by `x@1`."),
        ("a@1:x|y", r"a@1:x\|y"),
        ("a@1:x`y", "``a@1:x`y``"),
        ("a@1:x``y`", "``` a@1:x``y` ```"),
        ("see https://example.org/a_b, now", "see <https://example.org/a_b>, now"),
        ("tab\there", r"tab\\there"),
        ("two\nlines", r"two\\nlines"),
        ("(me@home),", "`(me@home`),"),
    ],
)
def test_text_stays_text_in_markdown(text: str, safe: str) -> None:
    """Nothing becomes markup or an address of mail, and no cell ends early."""
    table = Table(name="T", columns=("a",), rows=[(text,)], widths=(1,))
    assert markdown.dumps(table).splitlines()[-1] == f"| {safe} |"


@given(generated.texts)
def test_every_text_is_one_cell(text: str) -> None:
    """No bar in it is left without a backslash before it."""
    table = Table(name="T", columns=("a", "b"), rows=[(text, "end")], widths=(1, 1))
    line = markdown.dumps(table).splitlines()[-1]
    assert re.findall(r"(?:^|[^\\])(?:\\\\)*(\|)", line) == ["|"] * 3


# What is said of the formats


@pytest.mark.parametrize("module", [csv, markdown], ids=["csv", "markdown"])
def test_a_format_says_what_it_is(module: Any) -> None:  # noqa: ANN401 -- a module
    """It holds everything that a mapping can say; Markdown is written only."""
    known = module.FORMAT
    assert known.predicates == set(Predicate)
    assert known.writes == ("edition", "framework", "crosswalk")
    assert known.reads == (("framework", "crosswalk") if module is csv else ())
    assert known.extra is None


def test_statuses_fit_a_list_of_choices() -> None:
    """Spreadsheets take 255 characters of them."""
    assert STATUS in WORK
    assert len(",".join(STATUSES)) <= 255


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
    assert reading.dropped == ("1 line of comment", "2 characters that cannot be printed")


def test_rows_that_leave_nothing_open_are_their_users_own() -> None:
    """Unless they say on what they rest."""
    head = "subject_id,predicate_id,object_id,author_label,mapping_date,confidence,comment"
    (found,) = csv.loads(f"{head}\na:X-1,related-to,b:X-1,We,2026-01,0.5,Why\n", "own.csv", NAMING).mappings
    assert found.basis is MappingBasis.OWN
    (found,) = csv.loads(f"{head},basis\na:X-1,related-to,b:X-1,We,,,,guide\n", "own.csv", NAMING).mappings
    assert found.basis is MappingBasis.GUIDE


def test_a_checklist_is_the_same_whatever_holds_what_is_asked(mini: Catalogue) -> None:
    """A set, a generator, or words as people spell them; told in the order of the vocabulary."""
    tables = [
        sheets.checklist(mini, duty_holder=asked)
        for asked in (["End-user", "Developer"], {"Developer", "End-user"}, iter(["end users", "Developers"]))
    ]
    assert tables[0] == tables[1] == tables[2]
    assert dict(tables[0].about)["Chosen"].endswith("statements: what binds Developer or End-user.")


@pytest.mark.parametrize("text", ["x" * 50_000 + " a@b", "http://" + "." * 50_000 + " a@b", "a@b" * 20_000])
def test_a_word_without_end_is_written_in_no_time(text: str) -> None:
    """It is gone through once: with each sign once more, this would take minutes."""
    (item,) = csv.loads(f"id,kind,title\nA,control,{text}\n", "own@1.csv").frameworks
    assert text[:20].replace("http://", "")[:5] in markdown.dumps(item)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("see https://a.org/x_y, or b@c.org.", "see <https://a.org/x_y>, or `b@c.org`."),
        ("(https://a.org)", "(<https://a.org>)"),
        ("http:// is no address", "http:// is no address"),
        ("a|b@c", "a\\|b@c"),
        ("x<https://a.org>y", "x\\<<https://a.org>\\>y"),
    ],
)
def test_addresses_are_taken_for_nothing_else(text: str, safe: str) -> None:
    """Those of the web are links, those of mail are code."""
    table = Table(name="T", columns=["A"], rows=[(text,)], widths=[1])
    assert f"| {safe} |" in markdown.dumps(table)
