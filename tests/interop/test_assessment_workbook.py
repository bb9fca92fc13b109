"""Workbooks in which verdicts are filled in."""

from __future__ import annotations

import io
import warnings
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from aicop import Library
from aicop.assessment import merge
from aicop.errors import InvalidDocument, UnknownTerm
from aicop.interop.assessment_workbook import dumps
from aicop.vocabulary import Role
from tests.assessment.examples import CODE, ON, assessment, system, verdict

ROWS = (
    verdict("5.1#1", evidence=("EV-1", "EV-2"), assessed="2026-05-01", review="2026-06-01", note="=1+1\nand more"),
    verdict("5.4#1", "fail", role=Role.DEVELOPER, accepted_by="CISO", accepted_until="1899-12-31"),
    verdict("8.3#2", extra=(("Ticket", "007"), ("Title", "Mine"))),
)


def opened(content: bytes) -> Any:  # noqa: ANN401
    """Return a workbook as openpyxl reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    """Return the rows of a sheet by heading."""
    head, *lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_there_is_a_sheet_for_each_principle() -> None:
    """Every statement has a row, with what it asks, its state at the date, and the cells of its verdict."""
    book = opened(dumps(assessment(*ROWS), ON))
    assert book.sheetnames == ["About", *(f"P{number}" for number in range(1, 14))]
    found = {(row["Key"], row["Role"]): row for sheet in book.worksheets[1:] for row in rows_of(sheet)}
    assert {key for key, _ in found} == {str(key) for key in assessment().statements}
    row = found["uk-ai-cop@2025-01:5.1#1", None]
    statement = CODE.statement("5.1")
    assert (row["Title"], row["Action"], row["Modality"]) == (CODE["5.1"].title, statement.action, "shall")
    assert (row["State"], row["Verdict"], row["Evidence"]) == ("stale", "pass", "EV-1|EV-2")
    assert (row["Note"], row["Review"].date().isoformat()) == ("=1+1\nand more", "2026-06-01")
    # An accepted risk until a day that Excel does not know is text; there is a row for the other roles too.
    assert found["uk-ai-cop@2025-01:5.4#1", "Developer"]["Accepted until"] == "1899-12-31"
    assert found["uk-ai-cop@2025-01:5.4#1", None]["Verdict"] is None
    assert found["uk-ai-cop@2025-01:8.3#2", None]["Title (own)"] == "Mine"
    assert found["uk-ai-cop@2025-01:8.3#2", None]["Ticket"] == "007"
    # Its condition follows the action.
    given = next(key for key, item in assessment().statements.items() if item.condition)
    assert found[str(given), None]["Action"].endswith(f", when {assessment().statements[given].condition}")


def test_sheets_can_be_filled_in_and_printed() -> None:
    """Headers are frozen and repeated, verdicts are chosen from a list, and the digests are hidden and not empty."""
    book = opened(dumps(assessment(*ROWS), ON))
    for sheet in book.worksheets[1:]:
        names = [cell.value for cell in sheet[1]]
        assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("B2", "$1:$1", "$A:$A")
        assert sheet.auto_filter.ref == f"A1:{sheet.dimensions.partition(':')[2]}"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            *("landscape", 2, 0),
        )
        [choice] = sheet.data_validations.dataValidation
        letter = get_column_letter(names.index("Verdict") + 1)
        assert str(choice.sqref) == f"{letter}2:{letter}{sheet.max_row}"
        assert choice.formula1 == '"pass,fail,inconclusive,not applicable,not assessed"'
        hidden = [
            names[place] for place in range(len(names)) if sheet.column_dimensions[get_column_letter(place + 1)].hidden
        ]
        assert hidden[:1] == ["Row digest"]
        assert names[-2:] == ["Row digest", "Statement digest"]
        assert all(len(cell.value) == 16 for line in sheet.iter_rows(min_row=2) for cell in line[-2:])
        # What is typed into a text column stays text, and into a day a date.
        formats = {name: sheet.cell(2, place).number_format for place, name in enumerate(names, start=1)}
        assert (formats["Owner"], formats["Ticket"], formats["Due"]) == ("@", "@", "yyyy-mm-dd")
        assert max(line.height for line in sheet.row_dimensions.values()) < 409


def test_the_cover_says_what_it_is() -> None:
    """System, edition, date and library are named, and how to fill it in."""
    about = assessment(*ROWS, system=system(owner="Ann", unit="Retail"))
    book = opened(dumps(about, ON, library=Library()))
    facts = {line[0].value: line[1].value for line in book["About"].iter_rows()}
    assert facts["Title"] == "Assessment of Chat assistant"
    assert (facts["System"], facts["Owner"], facts["Unit"]) == ("chat", "Ann", "Retail")
    assert facts["Edition"].startswith("uk-ai-cop@2025-01: ")
    assert (facts["Roles held"], facts["State on"]) == ("Developer, System Operator", ON)
    assert facts["Digest of the library"] == Library().digest
    assert 'aicop assess merge chat FILE"' in facts["To take it back"]
    assert facts["P5"] == "Principle 5: Identify, track and protect your assets (9 rows)"
    plain = opened(dumps(assessment(), ON))["About"]
    assert {"Owner", "Unit", "Digest of the library"}.isdisjoint(line[0].value for line in plain.iter_rows())


def test_there_may_be_a_sheet_for_each_role() -> None:
    """A sheet has what binds its role; a verdict for the role takes the place of that for all."""
    about = assessment(*ROWS, verdict("5.4#1"))
    book = opened(dumps(about, ON, by="role"))
    assert book.sheetnames == ["About", "Developer", "System Operator"]
    of_role = {sheet.title: {(row["Key"], row["Role"]): row for row in rows_of(sheet)} for sheet in book.worksheets[1:]}
    for role in (Role.DEVELOPER, Role.SYSTEM_OPERATOR):
        bound = {str(key) for key in about.statements if role in about.roles_bound(key)}
        assert {key for key, _ in of_role[role]} == bound
    key = "uk-ai-cop@2025-01:5.4#1"
    assert [role for one, role in of_role["Developer"] if one == key] == ["Developer"]
    assert of_role["Developer"][key, "Developer"]["State"] == "fail"
    assert [role for one, role in of_role["System Operator"] if one == key] == [None]
    with pytest.raises(UnknownTerm):
        dumps(about, ON, by="phase")


def test_the_same_assessment_gives_the_same_bytes() -> None:
    """A workbook depends on the assessment and the date alone."""
    assert dumps(assessment(*ROWS), ON) == dumps(assessment(*reversed(ROWS)), ON)


def test_what_a_workbook_cannot_hold_is_refused() -> None:
    """A cell that is too long or has control characters would come back changed, so that nothing is written."""
    about = assessment(
        verdict("5.1#1", note="x" * 32_768),
        verdict("5.4#1", role=Role.DEVELOPER, owner="a\x0bb"),
        verdict("5.2#1", extra=(("Tic\x01ket", "x"),)),
    )
    with pytest.raises(InvalidDocument) as caught:
        dumps(about, ON)
    assert [(fault.path, fault.problem.partition(";")[0]) for fault in caught.value.faults] == [
        (
            "uk-ai-cop@2025-01:5.1#1, column 'note'",
            "is longer than a cell of a workbook can be (32,767 characters)",
        ),
        (
            "uk-ai-cop@2025-01:5.4#1, Developer, column 'owner'",
            "contains the character U+000B, which a workbook cannot hold",
        ),
        ("", "the name of the column 'Tic\\x01ket' cannot be that of a column of a workbook"),
    ]
    # At the limit it comes back whole.
    longest = assessment(verdict("5.1#1", note="x" * 32_767))
    assert merge(longest, dumps(longest, ON), "x.xlsx").changes == ()
