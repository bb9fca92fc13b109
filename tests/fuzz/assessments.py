"""The harnesses of what reads assessments: their folders, and the files that are merged into them."""

from __future__ import annotations

import csv
import functools
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import openpyxl

from aicop import Library, from_dict, to_dict
from aicop.assessment import (
    Assessment,
    check,
    dumps_controls,
    dumps_evidence,
    dumps_history,
    dumps_verdicts,
    load_all,
    merge,
    next_steps,
    recorded,
    save,
)
from aicop.assessment.editing.exchange import ROW_DIGEST, cells_of, row_digest
from aicop.assessment.files.parsing import controls_of, evidence_of, history_of, verdicts_of
from aicop.assessment.files.tables import VERDICT_COLUMNS
from aicop.assessment.status.gate import Rule
from aicop.errors import AicopError, Fault, InvalidDocument
from aicop.files.tables import cell_text
from aicop.interop.assessment_workbook import dumps
from aicop.model import HistoryRow, VerdictRow
from tests.assessment.examples import ON, assessment, verdict
from tests.fuzz import mutators
from tests.fuzz.harness import Harness, require, require_texts, rows_in_xml, small_workbook, write_folder
from tests.fuzz.oracle import BrokenPromise

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from aicop.assessment import CellChange
    from aicop.assessment.files.faults import Located

_CHAT = """\
# Our assistant.
system = "chat"
title = "Chat assistant"
owner = "Platform team"
edition = "uk-ai-cop@2025-01"
roles = ["Developer", "System Operator"]
facts = ["trains"]
inherits = ["base"]
"""
_BASE = """\
system = "base"
title = "Platform"
edition = "uk-ai-cop@2025-01"
roles = ["Developer"]
"""
_VERDICTS = """\
# Verdicts of the first half of the year.
key,role,verdict,reason,evidence,owner,assessed,due,review,accepted_by,accepted_until,note,review_reason,digest,Ticket
5.1,,pass,,EV-1|EV-2,Ann,2026-01-05,,2027-01-05,,,"Two
lines, ""quoted"" too",,0123456789abcdef,T-1
uk-ai-cop:5.2,Developer,fail,,,,2026-01-05,2026-12-01,,CISO,2026-12-31,'=1,Look.,,
2.3#1,Developer,not applicable,No such part.,,,,,,,,,,,T-2
8.3#2,,inconclusive,,EV-3,,,,,,,,,,
"""
_EVIDENCE = """\
id,kind,title,location,sha256,collected,valid_until,artefact,note,Shelf
EV-1,record,A list,evidence/list.csv,,2026-01-01,2026-12-31,,,3
EV-2,,A page,https://example.org/page,,,,,"Said
twice",
"""
_CONTROLS = """\
key,verdict,reason,evidence,owner,assessor,assessed,note,digest,Ticket
ISO 42001 A.4.2,pass,,EV-1,,,2026-01-01,,,T-9
nist-csf@2.0:PR.DS-01,not applicable,Not ours.,,,,,,,
"""
_HISTORY = """\
key,role,verdict,note,recorded,by
5.1#1,,fail,Before.,2026-01-01,Ann
etsi-en-304-223@2.1.1:5.2.1-1#1,,pass,,2026-01-02,upgrade
mine@1:1.1#1,,pass,,2026-01-03,Ann
"""


def _folder_seeds() -> list[bytes]:
    one = {"aicop.toml": b"", "assessments/chat/assessment.toml": _CHAT.replace("inherits", "# inherits").encode()}
    full = {
        "aicop.toml": b"",
        "assessments/base/assessment.toml": _BASE.encode(),
        "assessments/base/verdicts.csv": b"key,verdict\n6.1,pass\n",
        "assessments/base/evidence.csv": b"id,title\nEV-3,Logs\n",
        "assessments/chat/assessment.toml": _CHAT.encode(),
        "assessments/chat/verdicts.csv": _VERDICTS.encode(),
        "assessments/chat/evidence.csv": _EVIDENCE.encode(),
        "assessments/chat/controls.csv": _CONTROLS.encode(),
        "assessments/chat/history.csv": _HISTORY.encode(),
        "evidence/list.csv": b"a,b\n",
    }
    return [mutators.join_folder(one), mutators.join_folder(full)]


def _folder(content: bytes) -> bool:
    """Read all assessments of a folder, ask them, write them as text and to the disk, and read them again."""
    with tempfile.TemporaryDirectory(prefix="fuzz.") as scratch:
        folder = Path(scratch) / "library"
        folder.mkdir()
        write_folder(content, folder)
        library = Library.open(folder)
        for one in (found := load_all(library)):
            _ask(one)
            _as_text(one, library)
            # In plain data the library must have all ids; a history may have those of an edition that has left it.
            here = attrs.evolve(one, history=[item for item in one.history if _is_known(item, library)])
            again = from_dict(Assessment, to_dict(here), library=library)
            require(again == here, "assessment as plain data", to_dict(here), to_dict(again))
        _saved(found, library)
    return bool(found)


def _is_known(item: HistoryRow, library: Library) -> bool:
    return item.row.key.edition in library.editions()


def _ask(about: Assessment) -> None:
    status = about.status(ON, "statement")
    counted = sum(count.statements for unit in status.units for count in unit.counts)
    require(counted == len(about.statements), "counts of a status", counted, len(about.statements))
    steps = next_steps(about, ON)
    results = check(about, Rule, ON)
    require_texts(map(repr, (about, status, results, *steps[:3])))
    require_texts(finding.message for rule in results.rules for finding in rule.findings)


def _as_text(about: Assessment, library: Library) -> None:
    """Compare each table with what is read from its text."""
    keys = {str(item.row.key): item.row.key for item in about.history}
    faults: list[Fault] = []
    file, at = "again.csv", about.statement_key
    read: dict[str, list[Located[Any]]] = {
        "verdicts": [*verdicts_of(dumps_verdicts(about.verdicts).encode(), file, at, faults)],
        "evidence": [*evidence_of(dumps_evidence(about.evidence).encode(), file, faults)[0]],
        "controls": [*controls_of(dumps_controls(about.controls).encode(), file, library.parse, faults)],
        "history": [*history_of(dumps_history(about.history).encode(), file, keys.__getitem__, faults)],
    }
    require(not faults, "tables as text", (), faults)
    for name, rows in read.items():
        back = tuple(one.row for one in rows)
        require(back == getattr(about, name), name, getattr(about, name), back)


def _saved(found: tuple[Assessment, ...], library: Library) -> None:
    """Change each assessment, write them all, and compare them with what is read."""
    changed = []
    for one in found:
        noted = [attrs.evolve(row, note="Seen.") for row in one.verdicts[:1]]
        noted = noted or [VerdictRow(key=next(iter(one.statements)), note="Seen.")]
        try:
            changed.append(recorded(one, one.with_verdicts(noted), ON, "fuzz"))
        except InvalidDocument as error:
            message = f"a row with a note: {error}"
            raise BrokenPromise(message) from error
    try:
        save(changed)
    except AicopError as error:
        message = f"writing what was read: {error}"
        raise BrokenPromise(message) from error
    for one, back in zip(changed, load_all(library), strict=True):
        for name in ("verdicts", "evidence", "controls", "history"):
            # A column of the user's own is written for all rows if one has it.
            rows, again = _filled(getattr(one, name)), _filled(getattr(back, name))
            require(again == rows, f"{name} on the disk", rows, again)


def _filled(rows: Iterable[object]) -> list[object]:
    """Return rows as plain data, without empty cells of the user's own columns, whose order does not count."""

    def filled(value: object) -> object:
        if isinstance(value, dict):
            kept = {name: filled(item) for name, item in value.items() if name != "extra"}
            return kept | {"extra": sorted(pair for pair in value.get("extra", ()) if pair[1])}
        return value

    return [filled(to_dict(row)) for row in rows]


# ------------------------------------------------------------------ merging


@functools.cache
def _about() -> Assessment:
    return assessment(
        verdict("5.1#1", note="As before.", extra=(("Ticket", "T-1"),)),
        verdict("5.2#1", "fail", evidence=["EV-1"], due="2026-12-01", accepted_by="CISO", accepted_until="2026-12-31"),
        verdict("2.3#1", "not applicable", reason="None here."),
    )


def _exported() -> list[list[str]]:
    """Return rows as an export has them: two that were edited, one of them in conflict, and one that is new."""
    columns = [*VERDICT_COLUMNS, "Ticket", ROW_DIGEST]
    lines = [columns]
    for row, changes in zip(_about().verdicts, ({"note": "New."}, {"owner": "Ann"}, {}), strict=True):
        cells = {name: cell_text(getattr(row, name)) for name in VERDICT_COLUMNS} | dict(row.extra)
        digest = row_digest(row.key, row.role, cells_of(row))
        lines.append([(cells | changes | {ROW_DIGEST: digest}).get(name, "") for name in columns])
    lines[2][-1] = "0" * 16
    return lines


def _merge_seeds() -> list[bytes]:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_exported())
    short = "key,role,verdict,evidence,assessed,State,Mine\n6.1,Developer,pass,EV-2|EV-1,2026-01-01,fail,a\n5.1,,,,,,\n"
    book = openpyxl.Workbook()
    for title in ("P5", "P6"):
        sheet = book.create_sheet(title)
        for line in (["For the assessor"], *_exported()):
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    small = small_workbook(rows_in_xml(_exported()), "D2:D3")
    return [out.getvalue().encode(), short.encode(), small, stream.getvalue()]


def _is_workbook(content: bytes) -> bool:
    return content.startswith(b"PK")


def _mutate(content: bytes, draw: random.Random) -> bytes:
    return (mutators.mutate_workbook if _is_workbook(content) else mutators.mutate_table)(content, draw)


def _merge(content: bytes) -> bool:
    """Merge a file in each way, and compare what comes of it with what it promises."""
    about, file = _about(), "fuzzed.xlsx" if _is_workbook(content) else "fuzzed.csv"
    found = merge(about, content, file)
    require_texts(found.unread)
    require_texts(cell.place for cell in found.conflicts)
    theirs, ours = (merge(about, content, file, take=take) for take in ("theirs", "ours"))
    require(
        ours.assessment == found.assessment, "verdicts with ours", found.assessment.verdicts, ours.assessment.verdicts
    )
    require(ours.kept == found.conflicts, "kept cells", found.conflicts, ours.kept)
    asked, taken = _which((*found.changes, *found.conflicts)), _which(theirs.changes)
    require(asked == taken, "cells with theirs", asked, taken)
    after = theirs.assessment
    faults: list[Fault] = []
    read = verdicts_of(dumps_verdicts(after.verdicts).encode(), "again.csv", about.statement_key, faults)
    require(not faults, "verdicts as text", (), faults)
    back = [one.row for one in read]
    one, other = _filled(after.verdicts), _filled(back)
    require(one == other, "verdicts as text", one, other)
    again = merge(after, content, file, take="theirs")
    require(not again.changes, "a second merge", (), again.changes)
    if theirs.changes:
        _exported_again(after)
    return True


def _which(cells: Iterable[CellChange]) -> list[str]:
    return sorted(f"{cell.key} {cell.role} {cell.column} {cell.theirs}" for cell in cells)


def _exported_again(after: Assessment) -> None:
    """Write a workbook that nobody edits, which must change nothing."""
    try:
        written = dumps(after, ON)
    except InvalidDocument:
        # A workbook cannot hold every cell.
        return
    nothing = merge(after, written, "again.xlsx")
    require(not nothing.changes, "an untouched export", (), nothing.changes)
    require(not nothing.conflicts, "an untouched export", (), nothing.conflicts)


HARNESSES = (
    Harness(name="assessment", seeds=_folder_seeds, mutate=mutators.mutate_folder, read=_folder),
    Harness(name="merge", seeds=_merge_seeds, mutate=_mutate, read=_merge),
)
"""The harnesses of what reads assessments."""
