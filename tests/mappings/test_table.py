"""Mapping files with columns of their own names."""

from __future__ import annotations

import tomllib

import pytest

from aicop.errors import Fault
from aicop.mappings import TableChoices, loads
from aicop.mappings.table import _advice
from tests.files.test_workbook import book
from tests.mappings.examples import FILE, OWN, faults, same, table

CONTENT = (
    "Ours;relationship;Theirs;author;date;confidence;rationale;Note\na:X-1;equal-to;b:X-1;we;2026-01-01;5;Why.;x\n"
)
COLUMNS = {"Ours": "source", "Theirs": "target", "Note": ""}


def test_columns_can_be_declared() -> None:
    """A declared column is read under our name, and one that is declared as nothing is not read."""
    assert loads(CONTENT, FILE, frameworks=OWN, choices=TableChoices(columns=COLUMNS)) == (same(),)


def test_faults_name_the_columns_of_the_file() -> None:
    """A fault names the column as the file does."""
    wrong = CONTENT.replace("b:X-1", "b:Q-9")
    (found,) = faults(wrong, choices=TableChoices(columns=COLUMNS))
    assert found.path == "line 2, column 'Theirs'"


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (
            COLUMNS | {"Note": "ration"},
            "the column 'Note' is declared as 'ration', which is not a column of ours; did you",
        ),
        (
            COLUMNS | {"Note": "zzz"},
            "the column 'Note' is declared as 'zzz', which is not a column of ours; use one of: ",
        ),
        (COLUMNS | {"Notes": ""}, "the declared column 'Notes' is missing; did you mean 'Note'?"),
        (COLUMNS | {"zzz": ""}, "the declared column 'zzz' is missing"),
    ],
)
def test_wrong_declarations_are_faults(columns: dict[str, str], problem: str) -> None:
    """A declaration of a column that the file or aicop does not have is a fault of the header."""
    found, *others = faults(CONTENT.replace("Why.", ""), choices=TableChoices(columns=columns))
    assert (found.path, found.problem.startswith(problem)) == ("line 1", True)
    # The rows are checked all the same.
    assert [fault.path for fault in others] == ["line 2, column 'rationale'"]


NOT_THE_HEADER = (
    "this is not the header, which seems to be in {unit} 3; delete what is above it, "
    "or set header = 3 for this file in aicop.toml"
)
TITLES: dict[str, str] = {"a title": "Ours, as of 2026\n\n", "a title and a note": "Ours;a;b;c;d;e;f;g\nNote;x\n"}


@pytest.mark.parametrize("above", TITLES.values(), ids=TITLES)
def test_a_header_below_a_title_is_found(above: str) -> None:
    """The message names the line of the header, which can be stated; declared names and ours are recognised."""
    fault = Fault(FILE, "line 1", NOT_THE_HEADER.format(unit="line"))
    assert faults(above + CONTENT, choices=TableChoices(columns=COLUMNS)) == (fault,)
    assert faults(above + table({})) == (fault,)
    choices = TableChoices(columns=COLUMNS, header=3)
    assert loads(above + CONTENT, FILE, frameworks=OWN, choices=choices) == (same(),)


def test_a_header_below_a_title_of_a_workbook_is_found() -> None:
    """The message names the row, and the title may be merged cells."""
    content = book(["Ours"], [], *(line.split(";") for line in CONTENT.splitlines()))
    (fault,) = faults(content, choices=TableChoices(columns=COLUMNS))
    assert (fault.path, fault.problem) == ("row 1", NOT_THE_HEADER.format(unit="row"))
    choices = TableChoices(columns=COLUMNS, header=3)
    assert loads(content, FILE, frameworks=OWN, choices=choices) == (same(),)


def test_rows_can_be_left_out() -> None:
    """Rows on given lines are not read, whatever is wrong with them."""
    content = CONTENT + "a:X-9;equal-to;b:X-1;we;2026-01-01;5;Why.;x\n"
    assert [fault.path for fault in faults(content, choices=TableChoices(columns=COLUMNS))] == ["line 3, column 'Ours'"]
    choices = TableChoices(columns=COLUMNS, skip_lines={3})
    assert loads(content, FILE, frameworks=OWN, choices=choices) == (same(),)


@pytest.mark.parametrize("name", ["zzz", "a b", 'a"b\\', "\u202e\u200b", "a\x85\0", "\U000e0041 \U0001f600", "z" * 60])
def test_advice_on_an_unknown_column_can_be_copied(name: str) -> None:
    """The settings that a message proposes are TOML on one line, and name exactly the column."""
    advice = _advice(FILE).unknown(name)
    assert advice.isprintable()
    start, end = "; remove it or, in a library, set ", " for this file in aicop.toml"
    settings = advice.removeprefix(start).removesuffix(end)
    assert tomllib.loads(settings) == {"columns": {name: ""}}


def test_advice_on_a_column_with_a_long_name_is_short() -> None:
    """A name that is too long to be shown whole is not repeated."""
    assert _advice(FILE).unknown("z" * 61) == "; remove it"
