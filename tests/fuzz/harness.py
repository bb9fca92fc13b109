"""What harnesses share: their parts, what they require of readers, and small workbooks and folders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import attrs

from tests.fuzz import mutators
from tests.fuzz.mutators import Mutator
from tests.fuzz.oracle import BrokenPromise, texts_problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MAX_NAME_LENGTH = 200


@attrs.frozen(kw_only=True)
class Harness:
    """A reader with its seeds."""

    name: str
    seeds: Callable[[], list[bytes]]
    mutate: Mutator
    read: Callable[[bytes], bool]
    """Read an input, and return whether it was accepted; raise an `AicopError` if not, or `BrokenPromise`."""


def require(equal: bool, what: str, one: object, other: object) -> None:  # noqa: FBT001 -- a condition
    """Raise `BrokenPromise` if two things that have to be equal are not."""
    if not equal:
        # Only the first difference of two lists is of interest.
        if isinstance(one, list | tuple) and isinstance(other, list | tuple):
            one, other = next((pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]), (one, other))
        problem = f"{what}: {ascii(one)[:900]} is read back as {ascii(other)[:900]}"
        raise BrokenPromise(problem)


def require_texts(texts: Iterable[str]) -> None:
    """Raise `BrokenPromise` if a text is not one that a person can read."""
    problem = texts_problem(texts)
    if problem is not None:
        raise BrokenPromise(problem)


def rows_in_xml(table: Iterable[Iterable[str]]) -> str:
    """Return lines of cells as the rows of a sheet."""

    def cell(text: str) -> str:
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'

    return "".join(f"<row>{''.join(map(cell, line))}</row>" for line in table)


def small_workbook(rows: str, merged: str) -> bytes:
    """Return the smallest workbook with these rows and merged cells that openpyxl reads."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    office = "http://schemas.openxmlformats.org"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    related = f"{office}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{related}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{office}/spreadsheetml/2006/main" xmlns:r="{related}">'
        '<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship '
        f'Id="r1" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{office}/spreadsheetml/2006/main">'
        f'<sheetData>{rows}</sheetData><mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells></worksheet>',
    }
    return mutators.packed({name: f"{head}{text}".encode() for name, text in parts.items()})


def _is_in_folder(name: str) -> bool:
    """Return whether a folder can hold a file of this name, so that it does not lead out of the folder."""
    parts = name.split("/")
    return all(
        part not in {"", ".", ".."} and "\0" not in part and len(part.encode()) < _MAX_NAME_LENGTH for part in parts
    )


def write_folder(content: bytes, folder: Path) -> None:
    """Write the files of an input into a folder, except those whose names a folder cannot hold."""
    for name, text in mutators.split_folder(content).items():
        path = folder.joinpath(*name.split("/"))
        if not _is_in_folder(name) or path.exists() or any(parent.is_file() for parent in path.parents):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
