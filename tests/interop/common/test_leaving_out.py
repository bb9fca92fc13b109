"""Files that are read without the mappings that have faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop.errors import InvalidDocument
from aicop.interop import ImportOptions, formats

if TYPE_CHECKING:
    from aicop.crosswalk import Crosswalk

CASES = Path(__file__).parent.parent.parent / "cases" / "import"
SKIP = ImportOptions(skip_invalid=True)
HEADER = "source,relationship,target,rationale\n"


def good(count: int) -> list[str]:
    """Return as many valid rows of a table."""
    pairs = [(f"uk-ai-cop:{one}", f"iso-iec-42001:A.{two}") for one in ("5.1", "5.2", "6.1") for two in ("4.2", "4.3")]
    return [f"{one},intersects-with,{two},Why." for one, two in pairs[:count]]


def test_a_strength_in_percent_does_not_refuse_the_other_mappings() -> None:
    """One strength of 90 in a library of 1,000 mappings is left out and named; by default it refuses the file."""
    content = (CASES / "3-ciso-strength-percent.yaml").read_bytes()
    with pytest.raises(InvalidDocument) as caught:
        formats.loads(content, "m.yaml")
    place = "objects.requirement_mapping_sets[0].requirement_mappings[0].strength_of_relationship"
    assert [fault.path for fault in caught.value.faults] == [place]
    # The case has one row; 999 valid ones follow it.
    from aicop.files.yaml_text import parse_yaml

    value: Any = parse_yaml(content, "m.yaml")
    rows = value["objects"]["requirement_mapping_sets"][0]["requirement_mappings"]
    ids = [f"{one}-{number:02}" for one in ("gv.oc", "gv.rm", "gv.rr", "gv.po", "id.am") for number in range(1, 3)]
    made = [
        rows[0]
        | {"source_requirement_urn": _urn(one), "target_requirement_urn": _urn(other), "strength_of_relationship": 5}
        for one in ids
        for other in ids
        if one < other
    ]
    rows += made
    found = formats.loads(json.dumps(value).encode(), "m.yaml", SKIP)
    assert [str(fault) for fault in found.skipped] == [f"m.yaml: {place}: input should be less than or equal to 10"]
    assert len(found.mappings) == len(made) == 45


def _urn(local: str) -> str:
    return f"urn:intuitem:risk:req_node:nist-csf-2.0:{local}"


def test_faults_of_several_passes_have_their_places_in_the_whole_file() -> None:
    """Shape is checked before ids, and a mapping that is left out first does not move the places of the others."""
    item: dict[str, Any] = json.loads(formats.dumps("oscal", _crosswalk()))
    maps = item["mapping-collection"]["mappings"][0]["maps"]
    maps[1]["relationship"] = 5
    maps[3]["relationship"] = "resembles"
    maps[4]["sources"][0] = {"type": "control", "id-ref": "uk-ai-cop-99"}
    found = formats.loads(json.dumps(item).encode(), "x.json", SKIP)
    numbers = sorted({int(fault.path.partition("maps[")[2].partition("]")[0]) for fault in found.skipped})
    assert numbers == [1, 3, 4]
    whole = formats.loads(formats.dumps("oscal", _crosswalk()), "x.json")
    assert len(found.mappings) == len(whole.mappings) - 3


def _crosswalk() -> Crosswalk:
    from aicop.crosswalk import crosswalk

    return crosswalk("uk-ai-cop", "iso-iec-42001")


def test_rows_of_a_table_keep_their_lines() -> None:
    """Rows that reach over several lines are left out whole, and later faults are named by the lines of the file."""
    rows = good(4)
    lines = [rows[0], 'uk-ai-cop:99,intersects-with,iso-iec-42001:A.4.2,"two\nlines"', rows[1], "x,y,z,w", rows[2]]
    found = formats.loads((HEADER + "\n".join(lines) + "\n").encode(), "m.csv", SKIP)
    assert len(found.mappings) == 3
    assert {fault.path.partition(",")[0] for fault in found.skipped} == {"line 4", "line 6"}


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_fault_in_the_last_row_is_left_out(end: str) -> None:
    """The last row may end without a line break."""
    found = formats.loads((HEADER + good(1)[0] + "\nx,y,z,w" + end).encode(), "m.csv", SKIP)
    assert (len(found.mappings), {fault.path.partition(",")[0] for fault in found.skipped}) == (1, {"line 3"})


CONTENT = HEADER + "\n".join(good(2)) + "\n"


@pytest.mark.parametrize(
    "content",
    [CONTENT.replace("relationship", "relation"), CONTENT + '"open\n', ""],
    ids=["header", "quote", "empty"],
)
def test_other_faults_still_refuse_the_file(content: str) -> None:
    """A fault outside the rows refuses the file, with the same faults as without the option."""
    problems = []
    for options in (ImportOptions(), SKIP):
        with pytest.raises(InvalidDocument) as caught:
            formats.loads(content.encode(), "m.csv", options, name="csv")
        problems.append({str(fault) for fault in caught.value.faults})
    assert problems[0] == problems[1]


def test_rows_of_a_workbook_are_left_out(tmp_path: Path) -> None:
    """A workbook is read without the rows that have faults; a fault of its header refuses it as before."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in (HEADER, *(f"{row}\u200b" for row in good(1)), *["x,y,z,w"] * 120, *good(2)[1:]):
        book.active.append(line.strip().split(","))
    book.save(tmp_path / "m.xlsx")
    content = (tmp_path / "m.xlsx").read_bytes()
    found = formats.loads(content, "m.xlsx", SKIP, name="csv")
    rows = {fault.path.partition(",")[0] for fault in found.skipped}
    assert found.dropped == ("1 unprintable character",)
    assert (len(found.mappings), rows) == (2, {f"row {number}" for number in range(3, 123)})
    book.active["B1"] = "relation"
    book.save(tmp_path / "m.xlsx")
    with pytest.raises(InvalidDocument) as caught:
        formats.loads((tmp_path / "m.xlsx").read_bytes(), "m.xlsx", SKIP, name="csv")
    assert caught.value.faults[0].path == "row 1"


def test_a_valid_file_is_read_as_it_is() -> None:
    """The option changes nothing about a file without faults."""
    content = (HEADER + "\n".join(good(5)) + "\n").encode()
    assert formats.loads(content, "m.csv", SKIP) == formats.loads(content, "m.csv")


def test_every_fault_of_a_long_file_is_listed() -> None:
    """Checking stops after a hundred faults; what is left is read again until all are known."""
    content = (HEADER + good(1)[0] + "\n" + "x,y,z,w\n" * 250).encode()
    found = formats.loads(content, "m.csv", SKIP)
    assert (len(found.mappings), len({fault.path.partition(",")[0] for fault in found.skipped})) == (1, 250)
