"""The user's own columns of a framework, in every format that writes frameworks."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from aicop import frameworks, load
from aicop.crosswalk import Crosswalk
from aicop.files.tables import csv_text
from aicop.interop import csv, formats, markdown, oscal, xlsx
from aicop.interop.columns import STATUS
from tests.examples import B, row

if TYPE_CHECKING:
    from aicop.frameworks import Framework

TABLE = """\
id,parent,kind,title,aliases,Owner,Status,Review date,Title
AC,,family,Access,,Ann,,,
AC-1,AC,control,Names,first|1st,Ben,done,"every
year",Mine
LG-1,,control,Logs,,,,=1,
"""
COLUMNS = {"Title": "extra"}
WRITING = [item for item in formats.formats() if "framework" in item.writes]
READING = [item for item in WRITING if item.own_columns and "framework" in item.reads]


def own() -> Framework:
    """Return a framework with columns of the user's own, some of them called like aicop's columns."""
    return frameworks.loads(TABLE, "own.csv", columns=COLUMNS, framework="own", edition="1", title="Ours")


def extras(item: Framework) -> dict[str, dict[str, str]]:
    """Return the cells of own columns that are not empty, in one line and by the names in the file."""
    return {
        one.id.local: {name.removesuffix(" (own)"): " ".join(cell.split()) for name, cell in one.extra if cell}
        for one in item.controls
    }


EXPECTED = {
    "AC": {"Owner": "Ann"},
    "AC-1": {"Owner": "Ben", "Status": "done", "Review date": "every year", "Title": "Mine"},
    "LG-1": {"Review date": "=1"},
}


@pytest.mark.parametrize("name", [item.name for item in READING])
def test_own_columns_are_read_again(name: str) -> None:
    """Formats that keep the columns give them back, whatever they are called."""
    suffix = formats.format_of(name).suffix
    (found,) = formats.loads(formats.dumps(name, own()), f"own@1{suffix}", name=name).frameworks
    assert extras(found) == extras(own()) == EXPECTED


def test_which_formats_keep_own_columns() -> None:
    """Those that do not, say so in what they lose, and name the columns of a framework that has some."""
    keeping = [item.name for item in WRITING if item.own_columns]
    assert keeping == ["csv", "markdown", "xlsx", "parquet", "oscal", "aicop"]
    for item in WRITING:
        phrases = formats.omission_phrases(item.name, own())
        assert formats.omission_phrases(item.name, B) == ()
        assert ("the user's own columns of a framework" in item.loses) == (item.name not in keeping)
        assert phrases == (() if item.own_columns else ("4 columns of your own: Owner, Status, Review date, Title",))
        assert formats.omission_phrases(item.name, load("uk-ai-cop")) == ()


def sheet_of(content: bytes, name: str) -> list[list[str]]:
    """Return the rows of a sheet as text."""
    rows = openpyxl.load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True)
    return [[str(cell or "") for cell in line] for line in rows]


@pytest.mark.parametrize("crossed", [False, True], ids=["framework", "crosswalk"])
def test_a_workbook_has_own_columns(*, crossed: bool) -> None:
    """The sheet of elements has the aliases and all own columns, and is imported again when it is saved as CSV."""
    item = own()
    walk = Crosswalk.from_mappings([row(item.key("AC-1"), "equal-to", B.key("X-1"))], item, B)
    lines = sheet_of(xlsx.dumps(walk if crossed else item), "own@1" if crossed else "Controls")
    assert lines[0][6:] == ["Aliases", "Owner", "Status", "Review date", "Title (own)"]
    assert lines[2][6:] == ["first|1st", "Ben", "done", "every\nyear", "Mine"]
    (found,) = csv.loads(csv_text(lines), "own@1.csv").frameworks
    assert extras(found) == EXPECTED
    assert found["AC-1"].aliases == ("first", "1st")


def test_an_own_column_is_not_one_of_a_checklist() -> None:
    """A column called Status takes any text, and is not marked as one to fill in."""
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.dumps(own())))["Controls"]
    heads = [cell.value for cell in sheet[1]]
    cell = sheet.cell(3, heads.index(STATUS) + 1)
    assert cell.fill.fgColor.rgb == sheet.cell(3, 1).fill.fgColor.rgb
    assert not sheet.data_validations.dataValidation


def test_markdown_shows_own_columns() -> None:
    """They are columns of each table that has some, and facts below the heading of a family."""
    text = markdown.dumps(own())
    assert "## AC Access\n\n- **Owner**: Ann\n" in text
    assert "| Aliases | Owner | Status | Review date | Title (own) |" in text.replace("Title \\(own\\)", "Title (own)")
    assert "| LG-1 | control | Logs | requirement | =1 |" in text


def test_oscal_has_a_property_for_each_cell() -> None:
    """The name is a token, as OSCAL requires, and remarks hold the name in the file if it is none."""
    catalog = json.loads(oscal.dumps(own()))["catalog"]
    props = catalog["groups"][0]["controls"][0]["props"]
    assert [prop for prop in props if prop.get("ns") == "urn:aicop:own-column"] == [
        {"name": "Owner", "ns": "urn:aicop:own-column", "value": "Ben"},
        {"name": "Status", "ns": "urn:aicop:own-column", "value": "done"},
        {
            "name": "_Review-date",
            "ns": "urn:aicop:own-column",
            "value": "every year",
            "remarks": "Review date",
        },
        {"name": "Title", "ns": "urn:aicop:own-column", "value": "Mine"},
    ]
    foreign = catalog | {"metadata": catalog["metadata"] | {"props": []}}
    reading = oscal.loads(json.dumps({"catalog": foreign}))
    assert all(not one.extra for one in reading.frameworks[0].controls)


def test_a_crosswalk_with_both_frameworks_names_the_columns_that_it_loses() -> None:
    """SKOS writes both frameworks with a crosswalk, and the columns of neither; other formats write only the rows."""
    item = Crosswalk.from_mappings([row(own().key("AC-1"), "equal-to", B.key("X-1"))], own(), B)
    lost = "4 columns of your own: Owner, Status, Review date, Title"
    assert formats.omission_phrases("skos", item) == (lost,)
    assert formats.omission_phrases("skos", Crosswalk.from_mappings([], own(), own())) == (lost,)
    assert formats.omission_phrases("sssom", item) == ()
