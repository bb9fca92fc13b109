"""The commands of ``aicop assess`` that answer: list, status and next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs
import click

from aicop.cli.assess.systems import systems_argument
from aicop.cli.options import on_option, prints, role_option, scope_line, uses_library
from aicop.cli.output import Output
from aicop.cli.streams import note
from aicop.errors import count_phrase
from aicop.vocabulary import Role, term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop.assessment import Assessment, UnitStatus
    from aicop.library.library import Library


@click.command("list")
@uses_library
@prints(
    *("system", "title", "unit", "owner", "edition", "roles", "inherits", "verdicts"),
    table=("system", "title", "unit", "edition", "roles", "verdicts"),
)
def list_(out: Output, library: Library) -> None:
    """List the systems that the library has assessments of."""
    from aicop.assessment import load_all

    found = load_all(library, check_files=False)
    out.rows(
        [
            {
                "system": one.system.name,
                "title": one.system.title,
                "unit": one.system.unit,
                "owner": one.system.owner,
                "edition": one.catalogue.id,
                "roles": one.system.roles,
                "inherits": one.system.inherits,
                "verdicts": len(one.verdicts),
            }
            for one in found
        ]
    )
    note(f"{count_phrase(len(found), 'system')}.")


_STATES = ("pass", "fail", "stale", "inconclusive", "not assessed", "not applicable", "out of scope")
_COUNTS = tuple(state.replace(" ", "_") for state in _STATES)
_UNITS = ("number", "title", "shall", "should", "in_scope", *_COUNTS[:5])
_SYSTEMS = ("system", "unit", "key", "shall", "should", "in_scope", "pass", "fail", "open")


def _number(about: Assessment, key: object) -> str:
    """Return a key without its edition, which is that of the system; a whole edition and a role stay as they are."""
    return str(key).removeprefix(f"{about.catalogue.id}:")


def _status_row(about: Assessment, unit: UnitStatus) -> dict[str, object]:
    # Imported here, so that ``--help`` does not wait for it.
    from aicop.assessment.status.states import OPEN

    facts: dict[str, object] = {
        "system": about.system.name,
        "unit": about.system.unit,
        "edition": about.catalogue.id,
        "key": unit.key,
        "number": _number(about, unit.key),
        "title": unit.title,
        "shall": unit.shall,
        "should": unit.should,
        "statements": unit.statements,
        "in_scope": unit.in_scope,
        "open": unit.count(*OPEN),
    }
    return facts | {column: unit.count(state) for column, state in zip(_COUNTS, _STATES, strict=True)}


@click.command()
@click.option(
    "--by",
    metavar="LEVEL",
    help="The units to count: statement, provision, principle, phase, edition or role.  "
    "[default: principle, or edition for several systems]",
)
@on_option
@role_option
@uses_library
@systems_argument
@prints(
    *(
        "system",
        "unit",
        "edition",
        "key",
        "number",
        "title",
        "shall",
        "should",
        "statements",
        "in_scope",
        *_COUNTS,
        "open",
    ),
    table=_UNITS,
)
def status(out: Output, found: Sequence[Assessment], by: str | None, on: dt.date, role: Sequence[str]) -> None:
    """
    Show the status of systems at a date, by units of the edition: the counts of their statements by state.

    What a unit requires (shall) and recommends (should) have a status each, which is that of the worst statement. There
    is no score. Name one or more SYSTEMS, or use --all.
    """
    several = len(found) > 1
    level = by or ("edition" if several else "principle")
    roles = tuple(dict.fromkeys(term(Role, one) for one in role))
    answers = [one.status(on, level, role=roles or None) for one in found]
    shown = attrs.evolve(out, columns=_SYSTEMS) if several and out.columns == _UNITS else out
    shown.rows([_status_row(one, unit) for one, answer in zip(found, answers, strict=True) for unit in answer.units])
    states = [state for one in found for state in one.states(on, role=roles or None)]
    scope = sum(state.state.value != "out of scope" for state in states)
    what = f"{found[0].system.name}, {found[0].catalogue.id}" if len(found) == 1 else count_phrase(len(found), "system")
    said = f"{what}, on {on}: {scope:,} of {len(states):,} statements in scope"
    note(scope_line(said, {"role": roles}))


@click.command("next")
@on_option
@role_option
@click.option("--limit", type=click.IntRange(1), metavar="NUMBER", help="Only the first so many.")
@uses_library
@systems_argument
@prints(
    *(
        "system",
        "place",
        "key",
        "number",
        "title",
        "action",
        "modality",
        "state",
        "reasons",
        "flags",
        "roles",
        "owner",
        "due",
    ),
    *("waits_for", "blocks", "artefacts", "usual_evidence"),
    table=("place", "number", "title", "state", "owner", "due", "waits_for", "blocks"),
)
def next_(  # noqa: PLR0913, PLR0917 -- one option for each part
    out: Output,
    found: Sequence[Assessment],
    on: dt.date,
    role: Sequence[str],
    limit: int | None,
    library: Library,
) -> None:
    """
    List what to do next: the open statements in the order of work, what waits for what, and the usual evidence.

    Verdicts that wait for a review are listed too. Name one or more SYSTEMS, or use --all.
    """
    from aicop.assessment import next_steps

    rows: list[dict[str, object]] = []
    left = 0
    graphs = {edition: library.graph(edition) for edition in {one.catalogue.id for one in found}}
    for one in found:
        steps = next_steps(one, on, graph=graphs[one.catalogue.id], role=role or None)
        left += len(steps) - len(steps[:limit])
        rows += [
            {
                "system": one.system.name,
                "place": place,
                "key": step.key,
                "number": _number(one, step.key),
                "title": step.title,
                "action": step.action,
                "modality": step.state.modality,
                "state": step.state.state,
                "reasons": step.state.reasons,
                "flags": step.state.flags,
                "roles": step.roles,
                "owner": step.owner,
                "due": step.due,
                "waits_for": [item.number for item in step.waits_for],
                "blocks": [item.number for item in step.blocks],
                "artefacts": [item.title for item in step.artefacts],
                "usual_evidence": step.usual_evidence,
            }
            for place, step in enumerate(steps[:limit], start=1)
        ]
    shown = attrs.evolve(out, columns=("system", *out.columns)) if len(found) > 1 and out.columns[0] == "place" else out
    shown.rows(rows)
    more = f"; {left:,} more are left out" if left else ""
    said = f"{count_phrase(len(rows), 'step')} of {count_phrase(len(found), 'system')} on {on}{more}"
    note(scope_line(said, {"role": tuple(dict.fromkeys(term(Role, one) for one in role))}))


COMMANDS = {"list": list_, "status": status, "next": next_}
