"""Inconsistencies of verdicts: what a row says that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.errors import Fault, excerpt
from aicop.model.assessment import Verdict
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from aicop.ids import EditionId, StatementId
    from aicop.model.assessment import ControlRow, VerdictRow
    from aicop.model.edition import Statement
    from aicop.vocabulary import Role


def verdict_faults(
    rows: Iterable[tuple[str, VerdictRow]],
    file: str,
    statements: Mapping[StatementId, Statement],
    bound: Mapping[StatementId, Sequence[Role]],
    pool: Collection[str],
) -> Iterator[Fault]:
    """
    Yield every fault of verdicts, each of which is given after its place.

    *bound* are the roles held that each statement binds, and *pool* the ids of all evidence.
    """
    seen: dict[tuple[object, object], str] = {}
    for place, row in rows:
        if row.key not in statements:
            yield Fault(file, f"{place}, column 'key'", f"the edition has no statement {row.key}")
            continue
        first = seen.setdefault((row.key, row.role), place)
        if first != place:
            what = f"{row.key} for the role {row.role}" if row.role is not None else row.key
            yield Fault(file, place, f"{what} already has a verdict at {first}; keep one")
        if row.role is not None and row.role not in bound[row.key]:
            yield Fault(file, f"{place}, column 'role'", _of_role(row, statements[row.key].duty_holders))
        yield from _value_faults(place, row, pool, file)


def _of_role(row: VerdictRow, holders: Sequence[Role]) -> str:
    """Return why a verdict cannot be about its role."""
    if row.role not in holders:
        return f"{row.key} does not bind the {row.role}; it binds: {', '.join(holders)}. Leave the role empty"
    return f"the system does not hold the role {row.role}; add it to roles in assessment.toml, or remove the row"


def control_faults(
    rows: Iterable[tuple[str, ControlRow]], file: str, edition: EditionId, pool: Collection[str]
) -> Iterator[Fault]:
    """Yield every fault of verdicts on elements of frameworks other than *edition*, each of which follows its place."""
    seen: dict[object, str] = {}
    for place, row in rows:
        if row.key.edition == edition:
            said = f"{row.key} is an item of the edition that is assessed; its verdict belongs in verdicts.csv"
            yield Fault(file, f"{place}, column 'key'", said)
        first = seen.setdefault(row.key, place)
        if first != place:
            yield Fault(file, place, f"{row.key} already has a verdict at {first}; keep one")
        yield from _common_faults(place, row, pool, file)


def _value_faults(place: str, row: VerdictRow, pool: Collection[str], file: str) -> Iterator[Fault]:
    yield from _common_faults(place, row, pool, file)
    if (row.accepted_by is None) != (row.accepted_until is None):
        missing = "accepted_by" if row.accepted_by is None else "accepted_until"
        yield Fault(file, f"{place}, column {missing!r}", "an accepted risk needs a person and an end date")
    elif row.accepted_by is not None and row.verdict is not Verdict.FAIL:
        said = f"only the risk of a fail can be accepted, and the verdict is {row.verdict}"
        yield Fault(file, f"{place}, column 'accepted_by'", said)


def _common_faults(place: str, row: VerdictRow | ControlRow, pool: Collection[str], file: str) -> Iterator[Fault]:
    if row.verdict is Verdict.NOT_APPLICABLE and row.reason is None:
        yield Fault(file, f"{place}, column 'reason'", "a statement that is not applicable needs a reason")
    for name in row.evidence:
        if name not in pool:
            near = close(name, pool, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; add it to evidence.csv"
            yield Fault(file, f"{place}, column 'evidence'", f"there is no evidence {excerpt(name)}{hint}")
