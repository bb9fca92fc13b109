"""Inconsistencies of verdicts: what a row says that cannot be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from aicop.errors import Fault, excerpt
from aicop.model.assessment import Verdict
from aicop.spelling import close

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from aicop.ids import EditionId, StatementId
    from aicop.model.assessment import ControlRow, VerdictRow
    from aicop.model.edition import Statement
    from aicop.vocabulary import Role


T = TypeVar("T")
Row = TypeVar("Row", "VerdictRow", "ControlRow")


class Located(NamedTuple, Generic[T]):
    """A row of a table with its place."""

    place: str
    """The place, such as "line 2"."""
    row: T
    unread: frozenset[str] = frozenset()
    """The fields of which nothing is known, because the table has a fault there that was reported before."""


def numbered(rows: Iterable[Row]) -> list[Located[Row]]:
    """Return rows that come from no file, each with its number as its place; the place of a single one is its key."""
    listed = list(rows)
    if len(listed) == 1:
        return [Located(str(listed[0].key), listed[0])]
    return [Located(f"row {number}", row) for number, row in enumerate(listed, start=1)]


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return each fault once, those of a file together and in the order of its lines."""
    listed = list(dict.fromkeys(faults))
    files = {file: number for number, file in enumerate(dict.fromkeys(fault.file for fault in listed))}
    return tuple(sorted(listed, key=lambda fault: (files[fault.file], _line(fault))))


def _line(fault: Fault) -> int:
    found = re.match(r"(?:line|row) (\d+)", fault.path)
    return int(found[1]) if found is not None else 0


def verdict_faults(
    rows: Iterable[Located[VerdictRow]],
    file: str,
    statements: Mapping[StatementId, Statement],
    bound: Mapping[StatementId, Sequence[Role]],
    pool: Collection[str] | None,
) -> Iterator[Fault]:
    """
    Yield every fault of verdicts, but none that only follows from a field that could not be read.

    *bound* are the roles held that each statement binds, and *pool* the ids of all evidence; None if they are not
    known.
    """
    seen: dict[tuple[object, object], str] = {}
    for one in rows:
        place, row = one.place, one.row
        if "key" not in one.unread and row.key not in statements:
            yield Fault(file, f"{place}, column 'key'", f"the edition has no statement {row.key}")
        elif "key" not in one.unread:
            first = place if "role" in one.unread else seen.setdefault((row.key, row.role), place)
            if first != place:
                what = f"{row.key} for the role {row.role}" if row.role is not None else row.key
                yield Fault(file, place, f"{what} already has a verdict at {first}; keep one")
            if row.role is not None and row.role not in bound[row.key]:
                yield Fault(file, f"{place}, column 'role'", _of_role(row, statements[row.key].duty_holders))
        yield from _common_faults(one, pool, file)
        yield from _accepted_faults(one, file)


def _of_role(row: VerdictRow, holders: Sequence[Role]) -> str:
    """Return why a verdict cannot be about its role."""
    if row.role not in holders:
        return f"{row.key} does not bind the {row.role}; it binds: {', '.join(holders)}. Leave the role empty"
    return f"the system does not hold the role {row.role}; add it to roles in assessment.toml, or remove the row"


def control_faults(
    rows: Iterable[Located[ControlRow]], file: str, edition: EditionId, pool: Collection[str] | None
) -> Iterator[Fault]:
    """Yield every fault of verdicts on elements of frameworks other than *edition*, like `verdict_faults`."""
    seen: dict[object, str] = {}
    for one in rows:
        place, row = one.place, one.row
        if "key" not in one.unread:
            if row.key.edition == edition:
                said = f"{row.key} is an item of the edition that is assessed; its verdict belongs in verdicts.csv"
                yield Fault(file, f"{place}, column 'key'", said)
            first = seen.setdefault(row.key, place)
            if first != place:
                yield Fault(file, place, f"{row.key} already has a verdict at {first}; keep one")
        yield from _common_faults(one, pool, file)


def _accepted_faults(one: Located[VerdictRow], file: str) -> Iterator[Fault]:
    """Yield the fault of an accepted risk, if it has one."""
    place, row = one.place, one.row
    if row.accepted_by is row.accepted_until or one.unread & {"accepted_by", "accepted_until"}:
        return
    if (row.accepted_by is None) != (row.accepted_until is None):
        missing = "accepted_by" if row.accepted_by is None else "accepted_until"
        yield Fault(file, f"{place}, column {missing!r}", "an accepted risk needs a person and an end date")
    elif row.accepted_by is not None and row.verdict is not Verdict.FAIL and "verdict" not in one.unread:
        said = f"only the risk of a fail can be accepted, and the verdict is {row.verdict}"
        yield Fault(file, f"{place}, column 'accepted_by'", said)


def _common_faults(
    one: Located[VerdictRow] | Located[ControlRow], pool: Collection[str] | None, file: str
) -> Iterator[Fault]:
    place, row = one.place, one.row
    if row.verdict is Verdict.NOT_APPLICABLE and row.reason is None and "reason" not in one.unread:
        yield Fault(file, f"{place}, column 'reason'", "a statement that is not applicable needs a reason")
    for name in row.evidence:
        if pool is not None and name not in pool:
            near = close(name, pool, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; add it to evidence.csv"
            yield Fault(file, f"{place}, column 'evidence'", f"there is no evidence {excerpt(name)}{hint}")
