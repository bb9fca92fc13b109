"""
The rows of an assessment as they go out to be edited and come back: columns, cells and digests.

A workbook or CSV file that was exported has, beside the columns of ``verdicts.csv``, columns that only inform. Its
hidden digests say how a row was when it went out.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from aicop.assessment.files.tables import VERDICT_COLUMNS
from aicop.files.formulas import unescape_formula
from aicop.files.tables import cell_text
from aicop.model.assessment import Verdict, VerdictRow
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aicop.assessment.assessment import Assessment
    from aicop.ids import StatementId
    from aicop.vocabulary import Role

KEYS = ("key", "role")
"""The columns that say which row it is."""
EDITABLE = tuple(name for name in VERDICT_COLUMNS if name not in {*KEYS, "digest"})
"""The columns of ``verdicts.csv`` that an export has for editing; the digest of the statement follows from them."""
INFORMATION = ("title", "action", "modality", "roles", "state")
"""The columns that only inform; they are not read back."""
ROW_DIGEST = "row_digest"
"""The column with the digest of a row when it was exported."""
STATEMENT_DIGEST = "statement_digest"
"""The column with the digest of the statement when it was exported, which is what an assessor saw."""
_HIDDEN = (ROW_DIGEST, STATEMENT_DIGEST)
_OWN = " (own)"


def field_of(heading: str) -> str:
    """Return the name of a column as a field has it: in lower case, with underscores."""
    return re.sub(r"\s+", "_", heading.strip().casefold())


def heading_of(own: str) -> str:
    """
    Return the heading of a column of the user's own, which has a mark if it would be taken for one of ours.

    >>> heading_of("Ticket"), heading_of("Title"), heading_of("Title (own)")
    ('Ticket', 'Title (own)', 'Title (own) (own)')
    """
    return f"{own}{_OWN}" if _is_ours(own) else own


def own_name(heading: str) -> str | None:
    """Return the name of the user's own column under a heading of an export, or None if it is one of ours."""
    if not _is_ours(heading):
        return heading
    return heading.removesuffix(_OWN) if heading.endswith(_OWN) else None


def _is_ours(heading: str) -> bool:
    bare = heading
    while bare.endswith(_OWN):
        bare = bare.removesuffix(_OWN)
    return field_of(bare) in {*VERDICT_COLUMNS, *INFORMATION, *_HIDDEN}


def nearly(heading: str, cutoff: float) -> str | None:
    """Return the column of ours that a heading is probably meant to be, or None."""
    near = close(field_of(heading), (*VERDICT_COLUMNS, *_HIDDEN), n=1, cutoff=cutoff)
    return near[0] if near else None


def plain(cell: str) -> str:
    """Return a cell as it is compared: with the line breaks that workbooks keep, and without spaces around it."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def cells_of(row: VerdictRow) -> dict[str, str]:
    """Return the cells of a row that can be edited and are not empty, by column; a column of one's own by its name."""
    found = {name: plain(cell_text(getattr(row, name))) for name in EDITABLE}
    if row.verdict is Verdict.NOT_ASSESSED:
        # The same as no verdict.
        del found["verdict"]
    found |= {own_key(name): plain(cell) for name, cell in row.extra}
    return {name: cell for name, cell in found.items() if cell}


def own_key(name: str) -> str:
    """Return the name under which `cells_of` has a column of the user's own, which cannot be that of one of ours."""
    return f"={name}"


def row_digest(key: StatementId, role: Role | None, cells: Mapping[str, str]) -> str:
    """Return the digest of a row with these cells, as 16 hexadecimal digits."""
    parts = [str(key), cell_text(role), sorted(cells.items())]
    return sha256(json.dumps(parts).encode()).hexdigest()[:16]


def exported_rows(assessment: Assessment) -> Iterator[VerdictRow]:
    """
    Yield the rows of an export, in printed order: those that exist, and an empty one for each other statement.

    A statement whose verdicts are all for single roles has an empty row for the others too, if there are any.
    """
    rows: dict[StatementId, list[VerdictRow]] = {}
    for row in assessment.verdicts:
        rows.setdefault(row.key, []).append(row)
    for key in assessment.statements:
        found = rows.get(key, [])
        roles = {row.role for row in found}
        if None not in roles and (not found or not roles.issuperset(assessment.roles_bound(key))):
            yield VerdictRow(key=key)
        yield from found


def unescaped(header: list[str]) -> list[str]:
    """Return the headings of a table without the signs that keep them from being formulas."""
    return [unescape_formula(name).strip() for name in header]
