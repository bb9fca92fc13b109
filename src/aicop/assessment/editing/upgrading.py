"""Carry an assessment to another edition, at the level of statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.assessment.assessment import Assessment
from aicop.assessment.files.parsing import CONTROLS, FOLDER
from aicop.assessment.files.reader import load_all
from aicop.assessment.files.storing import recorded
from aicop.assessment.status.days import Day, day_of
from aicop.errors import Fault, InvalidDocument, InvalidId
from aicop.ids import EditionId, StatementId
from aicop.lineage.reasons import is_same, reason_of
from aicop.model.assessment import Verdict, VerdictRow
from aicop.model.converters import as_tuple
from aicop.vocabulary import Role, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicop.library.library import Library
    from aicop.lineage.lineages import Lineages
    from aicop.model.lineage import LineageId, LineageRow

_WORST_FIRST = (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.NOT_ASSESSED, Verdict.PASS, Verdict.NOT_APPLICABLE)
_JOINED = " | "


class Outcome(Vocabulary):
    """What became of a verdict in an upgrade."""

    CARRIED = "carried"
    """The duty is the same."""
    MARKED = "marked for review"
    """The statement has one counterpart, and a person must look at what changed."""
    SPLIT = "split"
    """The statement became several; each has a copy, marked for review."""
    MERGED = "merged"
    """The statement became one with others, which has the worst verdict, marked for review."""
    REMOVED = "removed"
    """The statement has no counterpart. The verdict is kept in the history."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class UpgradedVerdict:
    """What became of a row of verdicts in an upgrade."""

    old: VerdictRow
    new: tuple[StatementId, ...] = attrs.field(converter=as_tuple[StatementId, ...])
    """The statements of the new edition that have it, in printed order; none if the statement was removed."""
    outcome: Outcome
    reason: str | None
    """What changed, and why a person should look at it; None if the duty is the same."""


@shown
@field_type
@attrs.frozen(kw_only=True, repr=False)
class Upgrade:
    """An assessment of a system against another edition, and what became of its verdicts."""

    old: EditionId
    new: EditionId
    assessment: Assessment
    """The assessment against the new edition. Its history has the rows of the old one."""
    verdicts: tuple[UpgradedVerdict, ...] = attrs.field(converter=as_tuple[UpgradedVerdict, ...])
    """What became of each row, in printed order of the old edition."""
    added: tuple[StatementId, ...] = attrs.field(converter=as_tuple[StatementId, ...])
    """The statements of the new edition that have no counterpart in the old one, in printed order."""

    @property
    def counts(self) -> dict[Outcome, int]:
        """The number of rows for each outcome, zeros included; they add up to all rows."""
        counted = Counter(item.outcome for item in self.verdicts)
        return {outcome: counted[outcome] for outcome in Outcome}

    def of_outcome(self, *outcomes: Outcome | str) -> tuple[UpgradedVerdict, ...]:
        """Return the rows with any of these outcomes, in order."""
        wanted = {Outcome(outcome) for outcome in outcomes}
        return tuple(item for item in self.verdicts if item.outcome in wanted)


def upgrade(assessment: Assessment, library: Library, to: EditionId | str, on: Day) -> Upgrade:
    """
    Return an assessment against another edition, later or earlier, through the lineage of a library.

    Each verdict goes to the counterparts of its statement, with its evidence, notes and columns of your own. Where the
    duty is the same, it is carried. Where it changed, or the lineage asks for a review, the verdict is marked for
    review, with the reason. A statement that was split passes its verdict on to all parts; one that was merged has the
    worst verdict; both are marked. A verdict on a statement without a counterpart is kept in the history alone. The
    history keeps all rows as they were, under their old keys. What is inherited from is upgraded as well.

    Raises:
        UnknownEdition: there is no such edition, or the assessment is against it.
        NoLineage: no lineage connects the editions.
        InvalidDocument: ``controls.csv`` has verdicts on items of the new edition, with a fault for each.
    """
    catalogue = library.catalogue(to)
    lineages, old, new = library.lineages, assessment.catalogue.id, catalogue.id
    rows = lineages.statements(old, new)
    _check_controls(assessment, new)
    bases = tuple(upgrade(base, library, new, on).assessment for base in assessment.bases)
    system = attrs.evolve(assessment.system, edition=new)
    empty = attrs.evolve(assessment, system=system, catalogue=catalogue, verdicts=(), bases=bases)
    carrier = _Carrier(assessment, empty, rows)
    after = attrs.evolve(empty, verdicts=tuple(carrier.verdicts()))
    return Upgrade(
        old=old,
        new=new,
        assessment=recorded(assessment, after, day_of(on), upgrade_mark(new)),
        verdicts=carrier.outcomes(),
        added=[row.new for row in rows if row.old is None and isinstance(row.new, StatementId)],
    )


def upgrade_connected(library: Library, system: str, to: EditionId | str, on: Day) -> tuple[Upgrade, ...]:
    """
    Return the upgrades of a system and of all that inheritance connects with it, in alphabetical order.

    Verdicts can be inherited only from an assessment against the same edition, so that none can be upgraded alone.

    Raises:
        LibraryWithoutFolder: the library has no folder.
        UnknownSystem: the library has no assessment of this system.
        UnknownEdition: there is no such edition, or the assessment is against it.
        NoLineage: no lineage connects the editions.
        InvalidDocument: with all faults of all assessments.
        OSError: a file cannot be read.
    """
    # Loaded first, so that a name that does not exist is told so.
    load_all(library, [system], check_files=False)
    every = {about.system.name: about for about in load_all(library)}
    connected, ahead = {system}, [system]
    while ahead:
        here = every[ahead.pop()]
        near = {base.system.name for base in here.bases}
        near |= {name for name, about in every.items() if here.system.name in about.system.inherits}
        ahead += sorted(near - connected)
        connected |= near
    return tuple(upgrade(every[name], library, to, on) for name in sorted(connected))


def _check_controls(assessment: Assessment, new: EditionId) -> None:
    """Refuse verdicts on items of the new edition, which have no place in ``controls.csv`` after the upgrade."""
    said = "is an item of the edition to upgrade to; delete the row, and record its verdict after the upgrade"
    file = f"{FOLDER}/{assessment.system.name}/{CONTROLS}"
    rows = [row for row in assessment.controls if row.key.edition == new]
    if rows:
        raise InvalidDocument.from_faults(tuple(Fault(file, "", f"{row.key} {said}") for row in rows))


_MARK = "upgrade to "


def upgrade_mark(edition: EditionId) -> str:
    """Return what recorded the rows of an upgrade to an edition, for the history."""
    return f"{_MARK}{edition}"


def edition_of_mark(by: str) -> EditionId | None:
    """Return the edition of an upgrade that recorded a row of the history, or None if it was not an upgrade."""
    try:
        return EditionId.parse(by.removeprefix(_MARK)) if by.startswith(_MARK) else None
    except InvalidId:
        return None


def carried_rows(
    rows: Iterable[VerdictRow], assessment: Assessment, old: Assessment, lineages: Lineages
) -> tuple[VerdictRow, ...]:
    """Return verdicts of an earlier edition, that of *old*, as they are in the edition of an assessment."""
    before = attrs.evolve(old, verdicts=tuple(rows))
    return tuple(
        _Carrier(before, assessment, lineages.statements(old.catalogue.id, assessment.catalogue.id)).verdicts()
    )


class _Carrier:
    """Carries the verdicts of an assessment to another edition."""

    def __init__(self, before: Assessment, empty: Assessment, rows: Sequence[LineageRow]) -> None:
        self._before = before
        self._after = empty
        self._ends = (before.catalogue.id, empty.catalogue.id)
        self._rows: dict[LineageId, dict[Role | None, VerdictRow]] = defaultdict(dict)
        for row in before.verdicts:
            self._rows[row.key][row.role] = row
        self._of_old: dict[LineageId, list[LineageRow]] = defaultdict(list)
        self._of_new: dict[LineageId, list[LineageRow]] = defaultdict(list)
        for link in rows:
            if link.old is not None:
                self._of_old[link.old].append(link)
            if link.new is not None and link.old is not None:
                self._of_new[link.new].append(link)

    def verdicts(self) -> Iterator[VerdictRow]:
        """Yield the rows of the new edition."""
        for key in self._after.statements:
            links = self._of_new.get(key, [])
            groups: dict[Role | None, list[_Member]] = defaultdict(list)
            for link in links:
                for role, row in self._rows_of(link).items():
                    groups[self._role(role, key)].append(_Member(link, row))
            for role, members in groups.items():
                yield self._carried(key, role, members, links)

    def _rows_of(self, link: LineageRow) -> dict[Role | None, VerdictRow]:
        return self._rows.get(link.old, {}) if link.old is not None else {}

    def _role(self, role: Role | None, key: StatementId) -> Role | None:
        """Return the role of a verdict in the new edition: None if the statement no longer binds its role."""
        return role if role in self._after.roles_bound(key) else None

    def _carried(
        self, key: StatementId, role: Role | None, members: list[_Member], links: Sequence[LineageRow]
    ) -> VerdictRow:
        """Return the row of a statement of the new edition, for all roles or for one."""
        absent: list[LineageRow] = []
        for link in links:
            if all(member.link is not link for member in members):
                general = self._rows_of(link).get(None)
                if general is not None:
                    # A verdict for all roles holds for this one too.
                    members.append(_Member(link, general))
                elif self._is_open(link):
                    absent.append(link)
        reasons = list(dict.fromkeys(reason for one in members for reason in self._reasons(one, key)))
        if len(links) > 1:
            parts = [f"{one.link.old} ({one.row.verdict})" for one in members]
            parts += [f"{link.old} ({Verdict.NOT_ASSESSED})" for link in absent]
            reasons.append(f"{key} was merged from {' and '.join(parts)}.")
        if len(members) == 1 and not absent:
            [(_, row)] = members
            changed = attrs.evolve(row, key=key, role=role, digest=self._digest(row, key, reasons))
        else:
            changed = _united([one.row for one in members], is_part_open=bool(absent))
            changed = attrs.evolve(changed, key=key, role=role)
        if not reasons:
            return changed
        said = " ".join(" ".join(filter(None, (changed.review_reason, *reasons))).split())
        return attrs.evolve(changed, review_reason=said)

    def _is_open(self, link: LineageRow) -> bool:
        """Return whether a statement of the old edition is in scope, and has no verdict for some role held."""
        assert isinstance(link.old, StatementId)
        return not self._rows_of(link).keys() >= set(self._before.roles_bound(link.old))

    def _reasons(self, member: _Member, key: StatementId) -> Iterator[str]:
        """Yield why a person must look at a verdict that is carried; nothing if the duty is the same."""
        link, row = member
        parts = self._of_old[row.key]
        is_shared = len(parts) > 1 or len(self._of_new[key]) > 1
        if not is_same(link) or (is_shared and link.note is not None):
            yield reason_of(link, *self._ends)
        if len(parts) > 1:
            yield f"{row.key} was split into {' and '.join(str(part.new) for part in parts)}."
        if row.role is not None and self._role(row.role, key) is None:
            yield f"The verdict was for the role {row.role}, which {key} does not bind."

    def _digest(self, row: VerdictRow, key: StatementId, reasons: Sequence[str]) -> str | None:
        """Return the digest of a carried row: that of the new statement if the duty is the same and had not changed."""
        is_known = not reasons and row.digest == self._before.digest(row.key)
        return self._after.digest(key) if is_known else row.digest

    def outcomes(self) -> Iterator[UpgradedVerdict]:
        """Yield what became of each row."""
        for row in self._before.verdicts:
            links = self._of_old[row.key]
            new = [link.new for link in links if isinstance(link.new, StatementId)]
            reasons: dict[str, None] = {}
            for link in links:
                if not isinstance(link.new, StatementId):
                    reasons[reason_of(link, *self._ends)] = None
                else:
                    reasons |= dict.fromkeys(self._reasons(_Member(link, row), link.new))
            if not new:
                outcome = Outcome.REMOVED
            elif any(len(self._of_new[key]) > 1 for key in new):
                outcome = Outcome.MERGED
                reasons |= {
                    f"{key} was merged from {' and '.join(str(link.old) for link in self._of_new[key])}.": None
                    for key in new
                    if len(self._of_new[key]) > 1
                }
            elif len(new) > 1:
                outcome = Outcome.SPLIT
            else:
                outcome = Outcome.MARKED if reasons else Outcome.CARRIED
            yield UpgradedVerdict(old=row, new=new, outcome=outcome, reason=" ".join(reasons) or None)


class _Member(NamedTuple):
    """A row of verdicts, and the row of the lineage that leads from its statement to one of the new edition."""

    link: LineageRow
    row: VerdictRow


def _united(rows: Sequence[VerdictRow], *, is_part_open: bool) -> VerdictRow:
    """Return one row for several: the worst verdict, and the evidence, notes and columns of all."""

    def badness(row: VerdictRow) -> tuple[int, str]:
        # A risk that nobody accepted is worse than one that is accepted for long.
        return _WORST_FIRST.index(row.verdict), row.accepted_until or ""

    worst = min(rows, key=badness)
    verdict = worst.verdict
    if is_part_open and _WORST_FIRST.index(Verdict.NOT_ASSESSED) < _WORST_FIRST.index(verdict):
        verdict = Verdict.NOT_ASSESSED
    in_order = (worst, *(row for row in rows if row is not worst))
    names = dict.fromkeys(name for row in rows for name, _ in row.extra)
    extra = {name: _joined(dict(row.extra).get(name) for row in rows) for name in names}
    return attrs.evolve(
        worst,
        verdict=verdict,
        reason=_joined(row.reason for row in in_order),
        evidence=tuple(dict.fromkeys(name for row in rows for name in row.evidence)),
        owner=next((row.owner for row in in_order if row.owner is not None), None),
        assessor=next((row.assessor for row in in_order if row.assessor is not None), None),
        due=_earliest(row.due for row in rows),
        review=_earliest(row.review for row in rows),
        note=_joined(row.note for row in rows),
        review_reason=_joined(row.review_reason for row in rows),
        extra=tuple((name, cell or "") for name, cell in extra.items()),
    )


def _joined(cells: Iterable[str | None]) -> str | None:
    """Return the different texts of cells as one, or None if there are none."""
    return _JOINED.join(dict.fromkeys(filter(None, cells))) or None


def _earliest(days: Iterable[str | None]) -> str | None:
    return min(filter(None, days), default=None)
