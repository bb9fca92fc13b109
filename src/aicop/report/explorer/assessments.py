"""Assessments as plain data for the explorer. All figures are those of `aicop.assessment`; the page computes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.assessment.editing.exchange import cells_of, row_digest
from aicop.assessment.files.tables import VERDICT_COLUMNS
from aicop.assessment.status.states import Flag, State
from aicop.assessment.status.steps import next_steps
from aicop.files.tables import cell_text
from aicop.records import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.assessment.assessment import Assessment
    from aicop.assessment.status.days import Day
    from aicop.assessment.status.states import StatementState
    from aicop.assessment.status.steps import NextStep
    from aicop.assessment.status.units import UnitStatus
    from aicop.library.library import Library
    from aicop.model.assessment import VerdictRow
    from aicop.report.explorer.editions import Plain

LEVELS = ("edition", "phase", "principle", "provision", "role")
_WITHHELD = "Evidence for it is no longer valid, has changed or is missing."
"""What takes the place of a reason that names evidence, if evidence is left out."""


def assessment_data(assessment: Assessment, library: Library, on: Day, *, evidence: bool) -> Plain:
    """Return the status of a system at a date, with its verdicts and next steps; evidence only if asked for."""
    states = assessment.states(on)
    graph = library.graph(assessment.catalogue.id)
    found: Plain = {
        "system": assessment.system.name,
        "title": assessment.system.title,
        "owner": assessment.system.owner,
        "unit": assessment.system.unit,
        "edition": str(assessment.catalogue.id),
        "roles": [role.value for role in assessment.system.roles],
        "on": assessment.status(on, "edition").on,
        "status": {level: [_unit(unit) for unit in assessment.status(on, level).units] for level in LEVELS},
        "states": [_state(state, assessment, evidence=evidence) for state in states],
        "rows": [_row(row, evidence=evidence) for row in assessment.verdicts],
        "steps": [_step(step, evidence=evidence) for step in next_steps(assessment, on, graph=graph)],
        "evidence": None,
    }
    if evidence:
        named = {name for row in assessment.verdicts for name in row.evidence}
        named |= {item.id for item in assessment.evidence}
        found["evidence"] = [
            to_plain(attrs.evolve(item, extra=())) | {"file": str(assessment.files.get(item.id, ""))}
            for item in assessment.pool.values()
            if item.id in named
        ]
    return found


def _unit(unit: UnitStatus) -> Plain:
    counts: dict[str, int] = {state.value: unit.count(state) for state in State}
    return {
        "key": unit.key,
        "title": unit.title,
        "shall": unit.shall and unit.shall.value,
        "should": unit.should and unit.should.value,
        "statements": unit.statements,
        "in_scope": unit.in_scope,
        "counts": counts,
    }


def _state(state: StatementState, assessment: Assessment, *, evidence: bool) -> Plain:
    return {
        "key": str(state.key),
        "state": state.state.value,
        "open": state.open,
        "roles": [role.value for role in assessment.roles_bound(state.key)],
        "inherited_from": state.inherited_from,
        "reasons": list(_reasons(state, evidence=evidence)),
        "flags": [flag.value for flag in state.flags],
    }


def _reasons(state: StatementState, *, evidence: bool) -> Iterator[str]:
    """Yield the reasons of a state; without evidence, one sentence in place of those that name some."""
    names = () if evidence or state.verdict is None else state.verdict.evidence
    seen = False
    for reason in state.reasons:
        if not any(name in reason for name in names):
            yield reason
        elif not seen:
            seen = True
            yield _WITHHELD


def _row(row: VerdictRow, *, evidence: bool) -> Plain:
    """Return a verdict as its cells, with the digest by which `aicop.assessment.merge` knows the row."""
    cells = {name: cell_text(getattr(row, name)) for name in VERDICT_COLUMNS}
    if not evidence:
        cells["evidence"] = ""
    return cells | {
        "evidence_count": str(len(row.evidence)),
        "row_digest": row_digest(row.key, row.role, cells_of(row)),
    }


def _step(step: NextStep, *, evidence: bool) -> Plain:
    return {
        "key": str(step.key),
        "title": step.title,
        "action": step.action,
        "modality": step.state.modality.value,
        "state": step.state.state.value,
        "reasons": list(_reasons(step.state, evidence=evidence)),
        "flags": [flag.value for flag in step.state.flags],
        "roles": [role.value for role in step.roles],
        "owner": step.owner,
        "due": step.due,
        "waits_for": [str(item) for item in step.waits_for],
        "blocks": [str(item) for item in step.blocks],
        "artefacts": [item.key for item in step.artefacts],
    }


STATES = [state.value for state in State]
FLAGS = [flag.value for flag in Flag]
