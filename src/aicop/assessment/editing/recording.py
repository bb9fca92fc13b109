"""Record verdicts, and link evidence to them; each function returns a changed copy, which `save` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from aicop.assessment.status.days import Day, day_of
from aicop.frameworks.framework import digest
from aicop.model.assessment import ControlRow, Verdict, VerdictRow
from aicop.spelling import several
from aicop.vocabulary import Role, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.assessment.assessment import Assessment
    from aicop.ids import Key, StatementId
    from aicop.library.library import Library
    from aicop.model.assessment import Evidence


def record(  # noqa: PLR0913 -- the columns of a verdict
    assessment: Assessment,
    key: Key | str,
    verdict: Verdict | str,
    on: Day,
    *,
    role: Role | str | None = None,
    reason: str | None = None,
    evidence: str | Iterable[str] | None = None,
    owner: str | None = None,
    assessor: str | None = None,
    due: Day | None = None,
    review: Day | None = None,
    accepted_by: str | None = None,
    accepted_until: Day | None = None,
    note: str | None = None,
) -> Assessment:
    """
    Return an assessment with a verdict on a statement, given on a day; a provision means its only statement.

    The verdict takes the digest of the statement as it is today, and is no longer marked for review. What is not given
    stays as it is in the row, except for what belonged to the verdict before: the reason why the statement was not
    applicable, the acceptance of a fail, and a day for the next look that has come. An empty text empties a cell.

    Raises:
        UnknownKey: the edition has no such statement, or the provision has several.
        UnknownTerm: there is no such verdict or role.
        InvalidDocument: with all faults, as in `Assessment.with_verdicts`.
    """
    known, said, day = assessment.statement_key(key), term(Verdict, verdict), day_of(on)  # type: ignore[arg-type]
    whose = None if role is None else term(Role, role)
    old = next((row for row in assessment.rows(known) if row.role is whose), VerdictRow(key=known, role=whose))
    given = {
        "reason": reason,
        "evidence": None if evidence is None else dict.fromkeys(several(evidence)),
        "owner": owner,
        "assessor": assessor,
        "due": _iso(due),
        "review": _iso(review),
        "accepted_by": accepted_by,
        "accepted_until": _iso(accepted_until),
        "note": note,
    }
    past = old.review is not None and old.review <= day
    kept = attrs.evolve(
        old,
        reason=None if old.verdict is Verdict.NOT_APPLICABLE and said is not old.verdict else old.reason,
        review=None if past else old.review,
        accepted_by=old.accepted_by if said is Verdict.FAIL else None,
        accepted_until=old.accepted_until if said is Verdict.FAIL else None,
        review_reason=None,
    )
    row = attrs.evolve(kept, **_facts(said, day, assessment.digest(known)), **_stated(given))
    return assessment.with_verdicts([row])


def record_control(  # noqa: PLR0913 -- the columns of a verdict
    assessment: Assessment,
    library: Library,
    key: Key | str,
    verdict: Verdict | str,
    on: Day,
    *,
    reason: str | None = None,
    evidence: str | Iterable[str] | None = None,
    owner: str | None = None,
    assessor: str | None = None,
    note: str | None = None,
) -> Assessment:
    """
    Return an assessment with a verdict on an element of another framework, such as your own control; see `record`.

    It is no verdict on any statement; see `relevant`.

    Raises:
        UnknownKey: no framework of the library has such an element.
        UnknownTerm: there is no such verdict.
        InvalidDocument: with all faults, as in `Assessment.with_controls`.
    """
    known, said, day = library.parse(key), term(Verdict, verdict), day_of(on)
    old = next((row for row in assessment.controls if row.key == known), ControlRow(key=known))
    given = {
        "reason": reason,
        "evidence": None if evidence is None else dict.fromkeys(several(evidence)),
        "owner": owner,
        "assessor": assessor,
        "note": note,
    }
    ended = old.verdict is Verdict.NOT_APPLICABLE and said is not old.verdict
    kept = attrs.evolve(old, reason=None if ended else old.reason)
    today = digest(library.framework(known.edition)[known])
    return assessment.with_controls([attrs.evolve(kept, **_facts(said, day, today), **_stated(given))])


def link(assessment: Assessment, library: Library, item: Evidence, keys: str | Iterable[Key | str]) -> Assessment:
    """
    Return an assessment with a piece of evidence, linked to statements and to elements of other frameworks.

    A bare number is one of the edition that is assessed. Every verdict on a statement names the evidence after those
    that it names already. A statement without a row gets one, which is not assessed: evidence alone is no verdict.

    Raises:
        UnknownKey: there is no such statement or element, or a provision has several statements.
        InvalidDocument: with all faults, as in `Assessment.with_evidence`.
    """
    edition = assessment.catalogue.id
    # One that another system has collected may be linked as well.
    known = assessment.pool.get(item.id) == item
    found = assessment if known else assessment.with_evidence([item])
    for written in several(keys):
        key = library.parse(written, edition)
        if key.edition == edition:
            statement = assessment.statement_key(key)  # type: ignore[arg-type]
            rows = found.rows(statement) or (VerdictRow(key=statement),)
            found = found.with_verdicts(_naming(row, item) for row in rows)
        else:
            row = next((one for one in found.controls if one.key == key), ControlRow(key=key))
            found = found.with_controls([_naming(row, item)])
    return found


def statement_of(assessment: Assessment, library: Library, key: Key | str) -> StatementId | None:
    """
    Return the statement of the edition that a written key means, or None for an element of another framework.

    Raises:
        UnknownKey: there is no such item, or a provision has several statements.
    """
    found = library.parse(key, assessment.catalogue.id)
    return assessment.statement_key(found) if found.edition == assessment.catalogue.id else None  # type: ignore[arg-type]


def _naming(row: Any, item: Evidence) -> Any:  # noqa: ANN401 -- a verdict on a statement or on another element
    return attrs.evolve(row, evidence=tuple(dict.fromkeys((*row.evidence, item.id))))


def _iso(day: Day | None) -> str | None:
    return None if day is None else day_of(day)


def _stated(given: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that are given; an empty text empties a cell, as it does in a merge."""
    return {name: None if value == "" else value for name, value in given.items() if value is not None}


def _facts(verdict: Verdict, day: str, today: str) -> dict[str, Any]:
    """Return the columns that follow from a verdict; a statement that is not assessed has no day and no digest."""
    given = verdict is not Verdict.NOT_ASSESSED
    return {"verdict": verdict, "assessed": day if given else None, "digest": today if given else None}
