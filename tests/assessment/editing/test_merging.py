"""Files that were edited, merged back into assessments."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import attrs
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicop.assessment import Assessment, CellChange, Verdict, merge
from aicop.assessment.editing.exchange import (
    EDITABLE,
    ROW_DIGEST,
    cells_of,
    exported_rows,
    heading_of,
    own_name,
    row_digest,
)
from aicop.assessment.files.tables import VERDICT_COLUMNS, dumps_verdicts
from aicop.errors import InvalidDocument, UnknownTerm
from aicop.files.formulas import escape_formula
from aicop.interop.assessment_workbook import dumps
from aicop.model import VerdictRow
from aicop.vocabulary import Role
from tests.assessment.examples import CODE, ON, assessment, system, verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEYS = list(assessment().statements)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
lines = st.lists(texts, min_size=1, max_size=3).map("\n".join)
days = st.dates().map(str)


@st.composite
def rows(draw: st.DrawFn) -> VerdictRow:
    """Draw a row that is without faults."""
    key = draw(st.sampled_from(KEYS))
    said = draw(st.sampled_from(list(Verdict)))
    accepted = said is Verdict.FAIL and draw(st.booleans())
    role = draw(st.sampled_from([None, *assessment().roles_bound(key)]))
    own = st.dictionaries(st.sampled_from(["Ticket", "Title", "State (own)", "Key", "=a", "1", "row digest"]), lines)
    return VerdictRow(
        key=key,
        role=role,
        verdict=said,
        reason=draw(lines) if said is Verdict.NOT_APPLICABLE else draw(st.none() | lines),
        evidence=draw(st.lists(st.sampled_from(["EV-1", "EV-2"]), unique=True)),
        owner=draw(st.none() | texts),
        assessor=draw(st.none() | texts | st.sampled_from(["007", "=x", "'x", "1-2"])),
        assessed=draw(st.none() | days),
        due=draw(st.none() | days),
        review=draw(st.none() | days),
        accepted_by=draw(texts) if accepted else None,
        accepted_until=draw(days) if accepted else None,
        note=draw(st.none() | lines),
        review_reason=draw(st.none() | texts),
        digest=draw(st.none() | st.just("0123456789abcdef")),
        extra=tuple(draw(own).items()),
    )


drawn = st.lists(rows(), unique_by=lambda row: (row.key, row.role), max_size=4)


def table(about: Assessment, *, digests: bool = True) -> list[dict[str, str]]:
    """Return the rows of an export, as dictionaries, by the headings of a workbook in another order."""
    found = []
    for row in exported_rows(about):
        cells = cells_of(row)
        shown = {heading_of(name[1:]) if name[0] == "=" else name: cell for name, cell in cells.items()}
        line = {"State": "anything", **shown, "key": str(row.key), "role": row.role or ""}
        if digests:
            line["Row digest"] = row_digest(row.key, row.role, cells)
        found.append(line)
    columns = dict.fromkeys(("State", *EDITABLE, *(name for line in found for name in line)), "")
    return [columns | line for line in found]


def csv_of(lines_: list[dict[str, str]]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(escape_formula, lines_[0]))
    writer.writerows([map(escape_formula, line.values()) for line in lines_])
    return out.getvalue()


def edited(content: bytes, changes: Mapping[tuple[str, str], object], **more: Any) -> bytes:  # noqa: ANN401
    """Return a workbook in which a person edited cells, given by the number of the statement and the heading."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    left = dict(changes)
    for sheet in book.worksheets[1:]:
        names = [cell.value for cell in sheet[1]]
        for line in sheet.iter_rows(min_row=2):
            number = str(line[0].value).partition(":")[2]
            for (wanted, column), value in changes.items():
                if wanted == number and column in names:
                    line[names.index(column)].value = value  # type: ignore[assignment]
                    left.pop((wanted, column), None)
    assert not left
    if more.get("shuffled"):
        for place, sheet in enumerate(book.worksheets[1:]):
            content_ = [[cell.value for cell in line] for line in sheet.iter_rows()]
            head, *body = content_
            sheet.delete_rows(1, sheet.max_row + 1)
            for line_ in (head, *reversed(body)):
                sheet.append(list(reversed(line_)))
            sheet.title = f"Sheet {place}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@settings(max_examples=15)
@given(drawn, st.sampled_from(["principle", "role"]))
def test_an_untouched_workbook_changes_nothing(listed: list[VerdictRow], by: str) -> None:
    """Merging an export back is a no-op, cell by cell, whatever the cells are."""
    about = assessment(*listed)
    found = merge(about, dumps(about, ON, by=by), "x.xlsx")
    assert (found.changes, found.conflicts, found.kept) == ((), (), ())
    assert found.assessment == about


@settings(max_examples=40)
@given(drawn)
def test_an_untouched_table_changes_nothing(listed: list[VerdictRow]) -> None:
    """The same holds for CSV and for rows, with digests and without."""
    about = assessment(*listed)
    for source in (table(about), csv_of(table(about)), table(about, digests=False), dumps_verdicts(about.verdicts)):
        found = merge(about, source)
        assert (found.changes, found.conflicts, found.assessment) == ((), (), about)


@settings(max_examples=40)
@given(drawn, drawn)
def test_merging_twice_is_merging_once(mine: list[VerdictRow], yours: list[VerdictRow]) -> None:
    """What was taken is there, so that it is not taken again; each side of a conflict stays what it was."""
    ours, theirs = assessment(*mine), assessment(*yours)
    for take in ("theirs", "ours", None):
        once = merge(ours, table(theirs, digests=False), take=take)
        twice = merge(once.assessment, table(theirs, digests=False), take=take)
        assert twice.changes == ()
        assert twice.assessment == once.assessment
        assert (twice.conflicts, twice.kept) == (once.conflicts, once.kept)


@settings(max_examples=40)
@given(drawn, drawn)
def test_a_merge_loses_no_cell(mine: list[VerdictRow], yours: list[VerdictRow]) -> None:
    """Every cell of either side is in the result, or named among what differs."""
    ours, theirs = assessment(*mine), assessment(*yours)
    for take in ("theirs", "ours", None):
        found = merge(ours, table(theirs, digests=False), take=take)
        after = {(row.key, row.role): cells_of(row) for row in found.assessment.verdicts}
        named = {
            (one.key, one.role, one.column, cell)
            for one in (*found.changes, *found.conflicts, *found.kept)
            for cell in (one.ours, one.theirs)
        }
        for row in (*ours.verdicts, *theirs.verdicts):
            for name, cell in cells_of(row).items():
                kept = after.get((row.key, row.role), {}).get(name) == cell
                assert kept or (row.key, row.role, name.removeprefix("="), cell) in named


@settings(max_examples=40)
@given(drawn, drawn, drawn)
def test_only_edited_rows_are_taken(first: list[VerdictRow], mine: list[VerdictRow], yours: list[VerdictRow]) -> None:
    """A row is taken if we have not changed it since the export, left if nobody edited it, and else a conflict."""
    base, ours, theirs = (assessment(*listed) for listed in (first, mine, yours))
    was = {(row.key, row.role): cells_of(row) for row in base.verdicts}
    have = {(row.key, row.role): cells_of(row) for row in ours.verdicts}
    lines_ = []
    for line, row in zip(table(theirs), exported_rows(theirs), strict=True):
        digest = row_digest(row.key, row.role, was.get((row.key, row.role), {}))
        lines_.append({**line, "Row digest": digest})
    found = merge(ours, lines_)
    changed = {(one.key, one.role) for one in found.changes}
    torn = {(one.key, one.role) for one in found.conflicts}
    for row in exported_rows(theirs):
        which = (row.key, row.role)
        old, now, new = was.get(which, {}), have.get(which, {}), cells_of(row)
        # Columns that the file does not have stay as they are.
        columns = {heading_of(name[1:]) if name[0] == "=" else name for name in now}
        if not columns <= set(lines_[0]):
            continue
        assert (which in changed) == (old == now != new)
        assert (which in torn) == (old not in (now, new) and now != new)


def test_a_workbook_that_people_filled_in_is_taken() -> None:
    """Sheets were renamed, rows and columns are in another order, and cells hold dates and new columns."""
    about = assessment(verdict("5.1#1", evidence=("EV-1",), extra=(("Ticket", "A-1"),)), verdict("5.2#1", note="stays"))
    content = edited(
        dumps(about, ON),
        {
            ("5.1#1", "Verdict"): "fail",
            ("5.1#1", "Ticket"): None,
            ("5.1#1", "Evidence"): "EV-2 | EV-1",
            ("8.3#2", "Verdict"): "not applicable",
            ("8.3#2", "Reason"): "No log\nis kept.",
            ("8.3#2", "Assessed"): "2026-06-01",
            ("9.1#1", "Owner"): 7,
        },
        shuffled=True,
    )
    found = merge(about, content, "review.xlsx")
    assert [(one.key.local, one.column, one.ours, one.theirs) for one in found.changes] == [
        ("5.1#1", "verdict", "pass", "fail"),
        ("5.1#1", "evidence", "EV-1", "EV-2|EV-1"),
        ("5.1#1", "Ticket", "A-1", ""),
        ("8.3#2", "verdict", "", "not applicable"),
        ("8.3#2", "reason", "", "No log\nis kept."),
        ("8.3#2", "assessed", "", "2026-06-01"),
        ("9.1#1", "owner", "", "7"),
    ]
    assert found.changes[0].place == "review.xlsx, sheet Sheet 4, row 9"
    assert (found.conflicts, found.rows) == ((), 88)
    assert found.unread == ("the sheet 'About': it has no column 'key'",)
    after = {row.key.local: row for row in found.assessment.verdicts}
    assert after["5.1#1"].extra == (("Ticket", ""),)
    assert after["5.2#1"] == about.verdicts[1]
    # The statement is as the assessor saw it.
    assert after["5.1#1"].digest == about.digest(after["5.1#1"].key)
    assert after["9.1#1"].digest is None


def test_a_cell_that_others_changed_is_a_conflict() -> None:
    """Both cells are shown, nothing of the row is taken, and either side can be chosen."""
    exported = assessment(verdict("5.1#1", note="old"))
    content = edited(dumps(exported, ON), {("5.1#1", "Note"): "theirs", ("5.2#1", "Verdict"): "pass"})
    ours = assessment(verdict("5.1#1", note="ours", owner="Ann"))
    found = merge(ours, content, "x.xlsx")
    place = "x.xlsx, sheet P5, row 2"
    key = ours.verdicts[0].key
    torn = (
        CellChange(key=key, role=None, column="owner", ours="Ann", theirs="", place=place),
        CellChange(key=key, role=None, column="note", ours="ours", theirs="theirs", place=place),
    )
    assert sorted(found.conflicts, key=lambda one: one.column) == sorted(torn, key=lambda one: one.column)
    assert [one.column for one in found.changes] == ["verdict"]
    assert found.assessment.verdicts[0] == ours.verdicts[0]
    theirs = merge(ours, content, "x.xlsx", take="theirs").assessment.verdicts[0]
    assert (theirs.note, theirs.owner) == ("theirs", None)
    kept = merge(ours, content, "x.xlsx", take="ours")
    assert (kept.conflicts, set(kept.kept), kept.assessment.verdicts[0]) == ((), set(torn), ours.verdicts[0])
    # What we changed alike is none.
    same = assessment(verdict("5.1#1", note="theirs"))
    assert merge(same, content, "x.xlsx").conflicts == ()


def test_without_a_digest_every_cell_that_differs_is_a_conflict() -> None:
    """A table of somebody else is taken only if a side is chosen; columns that it lacks stay."""
    about = assessment(verdict("5.1#1", note="stays"))
    text = "Key,verdict,Ticket\n5.1,fail,A-1\n5.2,pass,\n5.3,,\n"
    found = merge(about, text, "theirs.csv")
    assert [(one.key.local, one.column, one.ours, one.theirs, one.place) for one in found.conflicts] == [
        ("5.1#1", "verdict", "pass", "fail", "theirs.csv, line 2"),
        ("5.1#1", "Ticket", "", "A-1", "theirs.csv, line 2"),
        ("5.2#1", "verdict", "", "pass", "theirs.csv, line 3"),
    ]
    assert (found.changes, found.assessment) == ((), about)
    [first, second] = merge(about, text, take="theirs").assessment.verdicts
    assert (first.verdict, first.note, first.extra) == (Verdict.FAIL, "stays", (("Ticket", "A-1"),))
    assert (second.verdict, second.digest) == (Verdict.PASS, about.digest(second.key))


def test_a_digest_of_the_statement_is_kept_from_the_file() -> None:
    """A copy of ``verdicts.csv`` states the digest itself, and an export that of what the assessor saw."""
    about = assessment(verdict("5.1#1", digest="0" * 16))
    copy = merge(about, f"key,verdict,digest\n5.1,fail,{'1' * 16}\n", take="theirs").assessment.verdicts[0]
    assert (copy.verdict, copy.digest) == (Verdict.FAIL, "1" * 16)
    for stated, expected in (("2" * 16, "2" * 16), ("nonsense", about.digest(copy.key)), ("", about.digest(copy.key))):
        text = f"key,verdict,statement digest\n5.1,fail,{stated}\n"
        assert merge(about, text, take="theirs").assessment.verdicts[0].digest == expected
    emptied = merge(about, "key,verdict\n5.1,\n", take="theirs").assessment.verdicts[0]
    assert (emptied.verdict, emptied.digest) == (Verdict.NOT_ASSESSED, None)


def test_an_assessor_ends_a_review() -> None:
    """Emptying the reason for a review ends it, for the statement as it is."""
    about = assessment(verdict("5.1#1", digest="0" * 16, review_reason="The reference changed."))
    [row] = merge(about, edited(dumps(about, ON), {("5.1#1", "Review reason"): None}), "x.xlsx").assessment.verdicts
    assert (row.review_reason, row.digest) == (None, about.digest(row.key))


def test_a_statement_may_be_on_several_sheets() -> None:
    """By role, a verdict for all roles is on the sheet of each; editing one of them is enough, and both alike too."""
    about = assessment(verdict("5.1#1"))
    once = dumps(about, ON, by="role")
    book = openpyxl.load_workbook(io.BytesIO(once))
    [cell] = [line[7] for line in book["Developer"].iter_rows() if str(line[0].value).endswith(":5.1#1")]
    cell.value = "fail"
    out = io.BytesIO()
    book.save(out)
    for content in (out.getvalue(), edited(once, {("5.1#1", "Verdict"): "fail"})):
        assert [row.verdict.value for row in merge(about, content, "x.xlsx").assessment.verdicts] == ["fail"]


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """Formulas, unknown keys and words, and verdicts that cannot be are told with sheet, row and column."""
    about = assessment()
    changes = {
        ("5.1#1", "Verdict"): '=IF(1=1,"pass","fail")',
        ("5.2#1", "Verdict"): "passed",
        ("5.3#1", "Due"): "soon",
        ("5.3.1#1", "Evidence"): "EV-3",
        ("6.1#1", "Verdict"): "not applicable",
        ("6.2#1", "Key"): "99.1",
        ("6.3#1", "Key"): "etsi-en-304-223@2.1.1:5.2.2-3#1",
    }
    path = tmp_path / "x.xlsx"
    path.write_bytes(edited(dumps(about, ON), changes))
    with pytest.raises(InvalidDocument) as caught:
        merge(about, path)
    found = {(fault.file, fault.path): fault.problem for fault in caught.value.faults}
    assert found[("x.xlsx, sheet P5", "row 2, column 'verdict'")] == "holds a formula; replace it by its value"
    assert "did you mean 'pass'?" in found[("x.xlsx, sheet P5", "row 3, column 'verdict'")]
    assert ("x.xlsx, sheet P5", "row 4, column 'due'") in found
    assert ("x.xlsx, sheet P6", "row 3, column 'key'") in found
    assert ("x.xlsx, sheet P6", "row 4, column 'key'") in found
    assert found[("x.xlsx, sheet P6", "row 2, column 'reason'")] == "a statement that is not applicable needs a reason"


BAD: list[tuple[str, str, str, str]] = [
    ("empty", "# Nothing\n", "", "a header row is required"),
    ("no key", "verdict\npass\n", "line 1", "the column 'key' is missing"),
    ("formula", "key,note\n5.1,=1+1\n", "line 2, column 'note'", "looks like a spreadsheet formula"),
    ("formula in a column of mine", "key,Ticket\n5.1,@SUM(A1)\n", "line 2, column 'Ticket'", "formula"),
    ("formula in a column that informs", "key,title,row digest\n5.1,=A1,\n", "line 2, column 'title'", "formula"),
    ("no names", "key,,,verdict\n5.1,x,y,pass\n", "line 1", "a column has no name"),
    ("nearly a column", "key,verdct\n5.1,pass\n", "line 1", "did you mean verdict?"),
    ("no name", "key,,verdict\n5.1,x,pass\n", "line 1", "a column has no name"),
    ("twice", "key,verdict,Verdict\n5.1,pass,fail\n", "line 1", "'verdict' appears more than once"),
    ("mine twice", "key,Ticket,Ticket\n5.1,a,b\n", "line 1", "'Ticket' appears more than once"),
    ("informs twice", "key,State,state \n5.1,pass,open\n", "line 1", "more than once; call yours 'state (own)'"),
    ("two rows", "key,verdict\n5.1,pass\n5.1#1,fail\n", "line 3", "is also at x.csv, line 2, with other cells"),
    ("two rows of a role", "key,role,verdict\n5.1,Developer,pass\n5.1,Developer,fail\n", "line 3", "for the role"),
    ("a role", "key,role,verdict\n5.1,End-user,pass\n", "line 2, column 'role'", "does not bind the End-user"),
    ("unknown key", "key,verdict\n99.1,pass\n", "line 2, column 'key'", "99.1"),
]


@pytest.mark.parametrize(("text", "place", "problem"), [item[1:] for item in BAD], ids=[item[0] for item in BAD])
def test_faults_of_a_table(text: str, place: str, problem: str) -> None:
    """A table with a fault is refused as a whole."""
    with pytest.raises(InvalidDocument) as caught:
        merge(assessment(), text, "x.csv", take="theirs")
    assert [(fault.file, fault.path) for fault in caught.value.faults] == [("x.csv", place)]
    assert problem in caught.value.faults[0].problem


def test_a_fault_of_a_row_hides_no_other_and_makes_none() -> None:
    """Keys and rows together are checked beside wrong words, but not what only follows from these."""
    text = (
        "key,role,verdict,reason,due,evidence\n"
        "5.1,,pas,,,\n"
        "99.1,nobody,pass,,,EV-9\n"
        "5.1,nobody,not applicable,,,\n"
        ",,pass,,,\n"
        "5.2,,not applicable,,soon,\n"
        "5.2,,pass,,,\n"
        "5.3,,not applicable,=1,,\n"
    )
    with pytest.raises(InvalidDocument) as caught:
        merge(assessment(), text, "x.csv", take="theirs")
    assert [fault.path for fault in caught.value.faults] == [
        "line 2, column 'verdict'",
        "line 3, column 'role'",
        "line 3, column 'key'",
        "line 3, column 'evidence'",
        "line 4, column 'role'",
        "line 4, column 'reason'",
        "line 5, column 'key'",
        "line 6, column 'due'",
        "line 6, column 'reason'",
        "line 7",
        "line 8, column 'reason'",
    ]


def test_what_a_file_does_not_say_of_an_unknown_row_is_no_fault() -> None:
    """A column that it has not got may be filled in the row that is meant; each row with a wrong key has a fault."""
    standard = "etsi-en-304-223@2.1.1:5.2.1-1"
    text = f"key,role,verdict\n99.1,,not applicable\n{standard},,pass\n{standard},Developer,pass\n5.1,nobody,pass\n"
    with pytest.raises(InvalidDocument) as caught:
        merge(assessment(), text, "x.csv", take="theirs")
    assert [fault.path for fault in caught.value.faults] == [
        *("line 2, column 'key'", "line 3, column 'key'", "line 4, column 'key'", "line 5, column 'role'")
    ]


def test_a_file_from_before_an_upgrade_has_one_fault() -> None:
    """Not one for each row; but a key of another edition among others is one of its own."""
    about = assessment()
    standard = "etsi-en-304-223@2.1.1:5.2.1"
    with pytest.raises(InvalidDocument) as caught:
        merge(about, f"key,verdict\n{standard}-1,pass\n{standard}-2,ok\n", "x.csv")
    assert [(fault.path, fault.problem) for fault in caught.value.faults] == [
        (
            "",
            "has only keys of other editions, such as 'etsi-en-304-223@2.1.1:5.2.1-1', but chat is assessed against "
            "uk-ai-cop@2025-01. If it was exported before an upgrade, upgrade the system back to that edition, merge, "
            "and upgrade it again",
        ),
        ("line 3, column 'verdict'", "must be one of pass, fail, inconclusive, not applicable, not assessed, not 'ok'"),
    ]
    for other in ("5.1,pass", ""):
        with pytest.raises(InvalidDocument) as caught:
            merge(about, f"key,verdict\n{standard}-1,pass\n{other}\n", "x.csv")
        [fault] = caught.value.faults
        assert fault.path == "line 2, column 'key'"
        assert "names etsi-en-304-223@2.1.1, but this is uk-ai-cop@2025-01" in fault.problem


def test_a_conflict_has_two_sides() -> None:
    """Any other word is refused, also if there is no conflict."""
    with pytest.raises(UnknownTerm, match="'their' is not a side; did you mean theirs"):
        merge(assessment(), [], take="their")  # type: ignore[arg-type]


def test_two_rows_alike_are_one() -> None:
    """A row that is repeated with the same cells is no fault, and neither is an empty list of rows."""
    found = merge(assessment(), "key,verdict\n5.1,pass\n5.1#1,pass\n", take="theirs")
    assert [row.key.local for row in found.assessment.verdicts] == ["5.1#1"]
    assert merge(assessment(), []).rows == 0


def test_columns_that_only_inform_are_not_read() -> None:
    """They are named, unless they came with an export; one's own column of such a name is read."""
    text = "key,Modality,verdict\n5.1,should,pass\n"
    found = merge(assessment(), text, "x.csv", take="theirs")
    assert found.unread == ("the column 'Modality' of x.csv: it only informs",)
    assert found.assessment.verdicts[0].extra == ()
    about = assessment(verdict("5.1#1", extra=(("Modality", "old"),)))
    assert merge(about, text, "x.csv", take="theirs").assessment.verdicts[0].extra == (("Modality", "should"),)


def test_a_workbook_without_keys_is_refused() -> None:
    """A workbook of something else has no sheet to merge; a title above the header does no harm."""
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InvalidDocument) as caught:
        merge(assessment(), out.getvalue(), "x.xlsx")
    [fault] = caught.value.faults
    assert fault.problem == "no sheet has a column 'key'; merge a workbook that was exported"
    sheet = book.worksheets[0]
    for line in (["Verdicts of June"], [], ["Key", "Verdict"], ["5.1", "pass"]):
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    [change] = merge(assessment(), out.getvalue(), "x.xlsx", take="theirs").changes
    assert change.place == "x.xlsx, sheet Sheet, row 4"


def test_a_merge_for_roles_and_for_none_is_kept_apart() -> None:
    """The row of a role and that for all roles are different rows."""
    about = assessment(verdict("5.4#1", role=Role.DEVELOPER))
    found = merge(about, "key,role,verdict\n5.4#1,,fail\n5.4#1,Developer,\n", take="theirs")
    assert [(row.role, row.verdict.value) for row in found.assessment.verdicts] == [
        (None, "fail"),
        (Role.DEVELOPER, "not assessed"),
    ]


@given(st.text(max_size=12) | st.sampled_from(["Title", "row_digest", "Verdict", "KEY"]))
def test_names_of_own_columns_survive(name: str) -> None:
    """A column of one's own is told from ours, whatever it is called."""
    assert own_name(heading_of(name)) == name
    assert own_name("Title") is None


def test_rows_are_exported_for_every_statement() -> None:
    """There is a row for each statement, and for single roles where they have verdicts; none twice."""
    about = assessment(
        verdict("5.1#1", role=Role.DEVELOPER),
        verdict("5.2#1", role=Role.DEVELOPER),
        verdict("5.2#1", role=Role.SYSTEM_OPERATOR),
        system=attrs.evolve(system(), roles=(Role.DEVELOPER, Role.SYSTEM_OPERATOR)),
    )
    found = [(row.key.local, row.role) for row in exported_rows(about)]
    bound = {key.local: about.roles_bound(key) for key in about.statements}
    assert len(bound["5.1#1"]) == len(bound["5.2#1"]) == 2
    assert [one for one in found if one[0] in {"5.1#1", "5.2#1"}] == [
        ("5.1#1", None),
        ("5.1#1", Role.DEVELOPER),
        ("5.2#1", Role.DEVELOPER),
        ("5.2#1", Role.SYSTEM_OPERATOR),
    ]
    assert len({key for key, _ in found}) == 88
    assert len(found) == len(set(found))
    assert set(VERDICT_COLUMNS) >= {"key", "role"}
    assert ROW_DIGEST == "row_digest"
    assert CODE.id == about.catalogue.id
