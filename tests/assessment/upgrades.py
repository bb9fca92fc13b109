"""
Laws of upgrades, checked on random assessments.

``python -m tests.assessment.upgrades --count 10000`` checks many of them from a seed; the ordinary tests check some.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import attrs

from aicop import Catalogue, Library, load
from aicop.assessment import Assessment, Upgrade, Verdict, upgrade
from aicop.assessment.files.faults import numbered
from aicop.ids import StatementId
from aicop.model import Evidence, HistoryRow, System, VerdictRow
from aicop.vocabulary import Role
from tests.lineage.examples import line, small_edition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop.model import LineageRow

ON = "2026-11-30"
OLD = small_edition("code", "1", {"1.1": 2, "1.2": 1, "1.3": 2, "2.1": 1, "2.2": 3, "2.3": 1, "2.4": 1, "2.5": 1})
NEW = small_edition("code", "2", {"1.1": 2, "1.2": 2, "1.3": 1, "2.1": 1, "2.2": 2, "2.3": 1, "2.6": 1, "2.7": 1})
ENDS = (OLD.id, NEW.id)
TABLE = (
    # Statements of one provision that changed in different ways, one of which was split.
    line(ENDS, "1.1#1", "1.1#1"),
    line(ENDS, "1.1#2", "1.1#2", note="Said in two."),
    line(ENDS, "1.1#2", "1.2#1", note="Said in two."),
    line(ENDS, "1.2#1", "1.2#2"),
    # Two statements that became one.
    line(ENDS, "1.3#1", "1.3#1"),
    line(ENDS, "1.3#2", "1.3#1"),
    # Of one provision, by position; of another, nobody says which statement is which.
    line(ENDS, "2.1", "2.1", review="A reviewer should look.", note="A footnote."),
    line(ENDS, "2.2", "2.2"),
    line(ENDS, "2.3", "2.3"),
    line(ENDS, "2.4", ""),
    line(ENDS, "2.5", "2.6"),
    line(ENDS, "", "2.7"),
)
LIBRARY = Library().with_edition(OLD).with_edition(NEW).with_lineage(*ENDS, TABLE)
SHIPPED = tuple(map(load, ("uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223")))
WAYS = (
    *((one, other) for one in SHIPPED for other in SHIPPED if one is not other),
    (OLD, NEW),
    (NEW, OLD),
)
POOL = {name: Evidence(id=name, title=f"Title of {name}") for name in ("EV-1", "EV-2", "EV-3")}
_WORST_FIRST = ["fail", "inconclusive", "not assessed", "pass", "not applicable"]
_SAME = {"identical", "spelling", "footnote", "pointer"}


def random_assessment(chance: random.Random, catalogue: Catalogue) -> Assessment:
    """Return an assessment without faults."""
    roles = chance.sample([Role.DEVELOPER, Role.SYSTEM_OPERATOR, Role.DATA_CUSTODIAN], chance.randint(1, 3))
    empty = Assessment(
        system=System(name="chat", title="Chat", edition=catalogue.id, roles=roles), catalogue=catalogue, pool=POOL
    )
    rows = []
    for key in empty.statements:
        given = [role for role in (None, *empty.roles_bound(key)) if chance.random() < (0.1 if role else 0.4)]
        rows += [_random_row(chance, empty, key, role) for role in given]
    history = [HistoryRow(row=row, recorded="2026-01-01", by="Ann") for row in rows if chance.random() < 0.2]
    return attrs.evolve(empty, verdicts=tuple(rows), history=tuple(history))


def _random_row(chance: random.Random, about: Assessment, key: StatementId, role: Role | None) -> VerdictRow:
    def some(*values: Any) -> Any:  # noqa: ANN401
        return chance.choice([None, *values])

    said = Verdict(chance.choice(_WORST_FIRST))
    accepted = said is Verdict.FAIL and chance.random() < 0.5
    return VerdictRow(
        key=key,
        role=role,
        verdict=said,
        reason=f"Reason {key.local}" if said is Verdict.NOT_APPLICABLE else some("A reason"),
        evidence=chance.sample(sorted(POOL), chance.randint(0, 2)),
        owner=some("Ann", "Bob"),
        assessor=some("Cem"),
        assessed=some("2026-02-03"),
        due=some("2026-12-01", "2027-01-01"),
        review=some("2027-02-01"),
        accepted_by="CISO" if accepted else None,
        accepted_until=chance.choice(["2026-12-31", "2027-06-30"]) if accepted else None,
        note=some(f"Note {key.local}\nof two lines", "A note"),
        review_reason=some("Marked before."),
        digest=some(about.digest(key), "0123456789abcdef"),
        extra=(("Ticket", f"T-{chance.randint(1, 99)}"), ("Empty", "")) if chance.random() < 0.5 else (),
    )


def check(before: Assessment, library: Library, to: Catalogue) -> Upgrade:
    """Check the laws of an upgrade, and return it."""
    found = upgrade(before, library, to.id, ON)
    after = found.assessment
    assert (after.catalogue, after.system.edition) == (to, to.id)
    assert list(after.verdict_faults(numbered(after.verdicts), "x", after.pool)) == []
    links = library.lineages.statements(before.catalogue.id, to.id)
    _check_history(before, after)
    _check_outcomes(before, found, links)
    of_new: dict[StatementId, list[VerdictRow]] = defaultdict(list)
    for row in after.verdicts:
        of_new[row.key].append(row)
    for row in before.verdicts:
        for link in links:
            if link.old == row.key and isinstance(link.new, StatementId):
                _check_arrival(row, of_new[link.new])
    for key, rows in of_new.items():
        sources = [link for link in links if link.new == key]
        _check_marks(before, after, rows, sources, links)
        _check_verdicts(before, after, rows, sources)
    _check_way_back(before, found, library)
    return found


def _check_history(before: Assessment, after: Assessment) -> None:
    """What was recorded stays, and every row is in the history as it was, under its old key."""
    assert after.history[: len(before.history)] == before.history
    rows = [item.row for item in after.history]
    assert all(row in rows for row in (*before.verdicts, *after.verdicts))
    assert {item.recorded for item in after.history[len(before.history) :]} <= {ON}


def _check_outcomes(before: Assessment, found: Upgrade, links: Sequence[LineageRow]) -> None:
    """Each row has one outcome, which says where it went."""
    assert [item.old for item in found.verdicts] == list(before.verdicts)
    assert sum(found.counts.values()) == len(before.verdicts)
    for item in found.verdicts:
        new = [link.new for link in links if link.old == item.old.key and link.new is not None]
        assert list(item.new) == new
        shared = any(sum(link.new == key for link in links) > 1 for key in new)
        expected = {"merged"} if shared else {"split"} if len(new) > 1 else {"carried", "marked for review"}
        assert item.outcome.value in (expected if new else {"removed"})
        assert (item.reason is None) == (item.outcome.value == "carried")
    assert set(found.added) == {link.new for link in links if link.old is None}


def _check_arrival(old: VerdictRow, rows: list[VerdictRow]) -> None:
    """Evidence, notes, reasons and own columns of a row are in some row of each counterpart."""
    assert any(
        set(old.evidence) <= set(row.evidence)
        and all(text is None or text in (given or "") for text, given in _texts(old, row))
        and all(cell in dict(row.extra).get(name, "") for name, cell in old.extra)
        for row in rows
    )


def _texts(old: VerdictRow, row: VerdictRow) -> list[tuple[str | None, str | None]]:
    return [(old.note, row.note), (old.reason, row.reason), (old.review_reason, row.review_reason)]


def _check_marks(
    before: Assessment,
    after: Assessment,
    rows: list[VerdictRow],
    sources: list[LineageRow],
    links: Sequence[LineageRow],
) -> None:
    """A row is newly marked exactly if its statement changed, was split or merged, or no longer binds its role."""
    whole = len(sources) == 1 and sum(link.old == sources[0].old for link in links) == 1
    same = whole and sources[0].review is None and _SAME.issuperset(map(str, sources[0].changes))
    known = {row.review_reason for row in before.verdicts if row.key in {link.old for link in sources}}
    for row in rows:
        if same and before.roles_bound(sources[0].old) == after.roles_bound(row.key):  # type: ignore[arg-type]
            assert row.review_reason in known
        elif not same:
            assert row.review_reason is not None
            assert row.review_reason not in known
            for link in sources:
                changed = not _SAME.issuperset(map(str, link.changes))
                if len(sources) == 1:
                    assert not changed or all(str(change) in row.review_reason for change in link.changes)
                    assert all(text in row.review_reason for text in (link.review,) if text)


def _check_verdicts(before: Assessment, after: Assessment, rows: list[VerdictRow], sources: list[LineageRow]) -> None:
    """For each role that a statement binds, the verdict is the worst of those that held for it."""
    deciding = {row.role: row for row in rows}
    for role in after.roles_bound(rows[0].key):
        row = deciding.get(role) or deciding.get(None)
        held = [_verdict(before, link.old, role) for link in sources]
        said = [one for one in held if one is not None]
        if row is not None and len(said) == len(sources):
            worst = min(said, key=_WORST_FIRST.index)
            assert _WORST_FIRST.index(row.verdict.value) <= _WORST_FIRST.index(worst)
        if row is not None and len(sources) == 1 and said:
            assert row.verdict.value == said[0]


def _verdict(before: Assessment, key: Any, role: Role) -> str | None:  # noqa: ANN401
    rows = {row.role: row for row in before.verdicts if row.key == key}
    row = rows.get(role) or rows.get(None)
    return None if row is None else row.verdict.value


def _check_way_back(before: Assessment, found: Upgrade, library: Library) -> None:
    """Where one statement became one, the way back gives the row as it was; marks alone may be added."""
    back = upgrade(found.assessment, library, before.catalogue.id, ON)
    rows = {(row.key, row.role): row for row in back.assessment.verdicts}
    # A change may need a review in one direction alone.
    marked = {key for item in back.verdicts if item.reason is not None for key in item.new}
    for item in found.verdicts:
        if item.outcome.value in {"carried", "marked for review"}:
            again = rows[item.old.key, item.old.role]
            assert attrs.evolve(again, review_reason=None) == attrs.evolve(item.old, review_reason=None)
            if item.outcome.value == "carried" and again.key not in marked:
                assert again == item.old


def main(arguments: list[str]) -> None:
    """Check random assessments, and print how many there were."""
    parser = argparse.ArgumentParser(prog="python -m tests.assessment.upgrades", description=main.__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    chance = random.Random(given.seed)
    outcomes: dict[str, int] = defaultdict(int)
    for number in range(given.count):
        old, new = WAYS[number % len(WAYS)]
        state = chance.getstate()
        try:
            found = check(random_assessment(chance, old), LIBRARY, new)
        except AssertionError:
            sys.stderr.write(f"assessment {number} of seed {given.seed}, {old.id} to {new.id}, breaks a law\n")
            chance.setstate(state)
            raise
        for outcome, count in found.counts.items():
            outcomes[outcome] += count
    counted = ", ".join(f"{count:,} {outcome}" for outcome, count in outcomes.items())
    sys.stdout.write(f"{given.count:,} assessments upgraded and back: {counted}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
