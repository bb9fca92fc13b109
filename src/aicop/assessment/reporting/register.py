"""Registers of an assessment: its evidence, the risks that are accepted, and who recorded what when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.assessment import FileState
from aicop.assessment.status.days import Day, day_of
from aicop.assessment.status.roles import Roles, roles_of
from aicop.ids import Key, StatementId
from aicop.model.assessment import Evidence, VerdictRow
from aicop.model.converters import as_tuple
from aicop.tables import HISTORY, Row
from aicop.vocabulary import Modality, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicop.assessment.assessment import Assessment


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class AcceptedRisk:
    """A fail whose risk somebody accepted until a day."""

    key: StatementId
    title: str
    """The title of its provision."""
    modality: Modality
    role: Role | None
    """The role that the verdict is about; None for all roles held."""
    accepted_by: str
    accepted_until: str
    """The last day on which it is accepted."""
    ended: bool
    """Whether that day has passed."""
    verdict: VerdictRow
    inherited_from: str | None
    """The system whose verdict it is; None if it is that of the system itself."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class EvidenceEntry:
    """A piece of evidence in the register, with the state of its file and what names it."""

    evidence: Evidence
    file: FileState
    expired: bool
    """Whether it is no longer valid at the date."""
    own: bool
    """Whether it is in the file of this system; otherwise, it is that of another system of the library."""
    statements: tuple[StatementId, ...] = attrs.field(converter=as_tuple[StatementId, ...])
    """The statements whose verdicts name it, in printed order."""
    controls: tuple[Key, ...] = attrs.field(converter=as_tuple[Key, ...])
    """The elements of other frameworks whose verdicts name it."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class HistoryEntry:
    """A row of the history, beside the row before it on the same statement and role."""

    recorded: str
    """The ISO date on which it was recorded."""
    by: str
    """Who or what recorded it."""
    row: VerdictRow
    before: VerdictRow | None
    """The row that was recorded before it; None if there is none, as after a change of the edition."""
    changed: tuple[str, ...] = attrs.field(converter=as_tuple[str, ...])
    """The columns of ``verdicts.csv`` that differ from the row before or, without one, that are not empty."""


def accepted_risks(assessment: Assessment, on: Day, role: Roles | None = None) -> tuple[AcceptedRisk, ...]:
    """
    Return the risks that are accepted at a date and those whose acceptance has ended, in printed order.

    They are those of the verdicts that count, inherited ones included. *role* is as in `Assessment.states`.

    Raises:
        UnknownTerm: there is no such role.
    """
    day = day_of(on)
    found = []
    for parts in assessment.states_by_row(day, role=roles_of(role)):
        seen: list[VerdictRow] = []
        for state in parts:
            row = state.verdict
            if row is None or row.accepted_by is None or row.accepted_until is None or row in seen:
                continue
            seen.append(row)
            found.append(
                AcceptedRisk(
                    key=state.key,
                    title=assessment.catalogue[state.key.provision].title,
                    modality=state.modality,
                    role=row.role,
                    accepted_by=row.accepted_by,
                    accepted_until=row.accepted_until,
                    ended=row.accepted_until < day,
                    verdict=row,
                    inherited_from=state.inherited_from,
                )
            )
    return tuple(found)


def evidence_register(
    assessment: Assessment, used: Mapping[StatementId, Iterable[str]], on: Day
) -> tuple[EvidenceEntry, ...]:
    """
    Return the evidence of a system, and what it uses of other systems, by id.

    *used* are the ids of evidence that the verdicts on statements name.
    """
    day = day_of(on)
    own = {item.id: item for item in assessment.evidence}
    statements: dict[str, list[StatementId]] = {}
    controls: dict[str, list[Key]] = {}
    for key, names in used.items():
        for name in names:
            statements.setdefault(name, []).append(key)
    for row in assessment.controls:
        for name in row.evidence:
            controls.setdefault(name, []).append(row.key)
    pool = {**_inherited(assessment), **assessment.pool, **own}
    return tuple(
        EvidenceEntry(
            evidence=pool[name],
            file=assessment.files.get(name, FileState.NOT_CHECKED),
            expired=(until := pool[name].valid_until) is not None and until < day,
            own=name in own,
            statements=statements.get(name, ()),
            controls=controls.get(name, ()),
        )
        for name in dict.fromkeys((*own, *sorted((*statements, *controls))))
    )


def _inherited(assessment: Assessment) -> dict[str, Evidence]:
    """Return the evidence that the systems know from which verdicts are inherited."""
    found: dict[str, Evidence] = {}
    for base in assessment.bases:
        found |= {**_inherited(base), **base.pool}
    return found


_COLUMNS = tuple(field.name for field in attrs.fields(VerdictRow) if field.name not in {"key", "role", "extra"})


def history_log(assessment: Assessment) -> tuple[HistoryEntry, ...]:
    """Return the history of an assessment, in the order in which it was recorded, each row beside the one before it."""
    last: dict[tuple[StatementId, Role | None], VerdictRow] = {}
    found = []
    for item in assessment.history:
        which = (item.row.key, item.row.role)
        before = last.get(which)
        found.append(
            HistoryEntry(
                recorded=item.recorded, by=item.by, row=item.row, before=before, changed=_changed(before, item.row)
            )
        )
        last[which] = item.row
    return tuple(found)


def _changed(before: VerdictRow | None, row: VerdictRow) -> list[str]:
    """Return the columns in which a row differs from the one before it, or from an empty one."""
    old = VerdictRow(key=row.key, role=row.role) if before is None else before
    theirs, ours = dict(old.extra), dict(row.extra)
    own = [name for name in dict.fromkeys((*theirs, *ours)) if theirs.get(name, "") != ours.get(name, "")]
    return [name for name in _COLUMNS if getattr(old, name) != getattr(row, name)] + own


def history_table(assessments: Iterable[Assessment]) -> list[Row]:
    """
    Return the histories of assessments as flat rows, with the columns `aicop.tables.HISTORY`.

    The systems are in the order of *assessments*, and the rows of each in the order in which they were recorded. Your
    own columns follow, each in every row; ``own_`` stands before a name that is one of the others.
    """
    listed = tuple(assessments)
    own = dict.fromkeys(name for one in listed for item in one.history for name, _ in item.row.extra)
    # A column of one's own can have the name of one of the table.
    names = {name: f"own_{name}" if name in HISTORY.names else name for name in own}
    found: list[Row] = []
    for one in listed:
        rows = HISTORY.rows(
            (
                one.system.name,
                one.system.unit,
                item.row.key.edition,
                place,
                item.row.key,
                item.row.role,
                *(getattr(item.row, name) for name in _COLUMNS),
                item.recorded,
                item.by,
            )
            for place, item in enumerate(one.history, start=1)
        )
        for row, item in zip(rows, one.history, strict=True):
            theirs = dict(item.row.extra)
            found.append(row | {column: theirs.get(name) or None for name, column in names.items()})
    return found
