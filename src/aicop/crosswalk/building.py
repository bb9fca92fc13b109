"""The mappings of a crosswalk: check them when it is built, and select some of them by a filter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk.denominator import Words, as_set
from aicop.crosswalk.ends import members_of
from aicop.errors import EditionMismatch, Fault, InvalidDocument
from aicop.mappings.rules import mapping_faults
from aicop.spelling import unknown_term
from aicop.vocabulary import MappingBasis, Predicate, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.crosswalk.history.protocol import History, Keep
    from aicop.frameworks.framework import Framework
    from aicop.model.mapping import Mapping

MAX_SCORE = 10
"""The maximum strength and confidence."""


def checked_score(name: str, number: int | None) -> int | None:
    """Return a strength or confidence unchanged; raise UnknownTerm unless it is a whole number from 0 to 10."""
    if number is not None and (type(number) is not int or not 0 <= number <= MAX_SCORE):
        raise unknown_term(name, str(number), (f"a whole number from 0 to {MAX_SCORE}",))
    return number


def _faults(row: Mapping, source: Framework, target: Framework) -> Iterator[str]:
    known = True
    for end, framework in ((row.source, source), (row.target, target)):
        for key in members_of(end) if end is not None else ():
            if key not in framework:
                known = False
                yield f"{framework.id} has no element {key}"
    if known:
        yield from mapping_faults(row, lambda key: (source if key.edition == source.id else target)[key].nature)


def completed(row: Mapping, source: Framework, target: Framework) -> Mapping:
    """Return a mapping between two frameworks that says which of them was searched, if nothing was found."""
    if (row.source is None) == (row.target is None) or row.searched is not None:
        return row
    return attrs.evolve(row, searched=(source if row.source is None else target).id)


def check_editions(rows: Iterable[Mapping], source: Framework, target: Framework) -> None:
    """Raise EditionMismatch if a mapping belongs to other editions than *source* and *target*."""
    for row in rows:
        for end, framework in ((row.source, source), (row.target, target)):
            if end is not None and end.edition != framework.id:
                raise EditionMismatch(str(framework.id), str(end.edition))
            if end is None and row.searched not in {None, framework.id}:
                raise EditionMismatch(str(framework.id), str(row.searched))


def check(rows: Iterable[Mapping], source: Framework, target: Framework) -> None:
    """Raise InvalidDocument with all faults of mappings between two frameworks, if there are any."""
    faults = tuple(
        Fault("mappings", f"[{place}]", said) for place, row in enumerate(rows) for said in _faults(row, source, target)
    )
    if faults:
        raise InvalidDocument.from_faults(faults)


def _checked_date(text: str | None) -> str | None:
    """Return an ISO day, month or year unchanged; raise UnknownTerm for anything else."""
    if text is not None:
        try:
            date.fromisoformat(f"{text}-01-01"[: len("2026-01-01")] if len(text) in {4, 7} else text)
        except ValueError:
            vocabulary, forms = "date", "an ISO date such as 2026-11-22, 2026-11 or 2026"
            raise unknown_term(vocabulary, text, (forms,)) from None
    return text


def _checked_authors(history: History, given: Words | None) -> frozenset[str] | None:
    """Return the authors as a set; raise UnknownTerm for one that no mapping has."""
    wanted, facts = as_set(given), history.facts
    if wanted is not None:
        # What an earlier filter has removed is no spelling mistake.
        known = dict.fromkeys(row.author for row in (*facts.mappings, *facts.dropped) if row.author is not None)
        if unknown := wanted - known.keys():
            vocabulary = f"author of mappings from {facts.source.id} to {facts.target.id}"
            raise unknown_term(vocabulary, min(unknown), tuple(known) or ("none: no mapping states its author",))
    return wanted


def keep_test(  # noqa: PLR0913 -- one keyword for each question
    history: History,
    *,
    basis: Words | None,
    author: Words | None,
    relation: Words | None,
    confidence: int,
    since: str | None,
    until: str | None,
) -> Keep:
    """
    Return a test that a mapping passes if it matches all given filters.

    Raises:
        UnknownTerm: a basis or relation does not exist, no mapping is by an author, a date is not in ISO form, or the
            confidence is not a whole number from 0 to 10.
    """
    bases = None if basis is None else {term(MappingBasis, word) for word in as_set(basis) or ()}
    words = None if relation is None else {term(Predicate, word) for word in as_set(relation) or ()}
    makers = _checked_authors(history, author)
    first, last = _checked_date(since), _checked_date(until)
    least = checked_score("confidence", confidence) or 0

    def is_in_time(day: str | None) -> bool:
        if not day:
            return first is None and last is None
        # Two dates are compared at the precision of the coarser one.
        return (first is None or day[: len(first)] >= first[: len(day)]) and (
            last is None or day[: len(last)] <= last[: len(day)]
        )

    def keep(row: Mapping) -> bool:
        return (
            (bases is None or row.basis in bases)
            and (words is None or row.predicate in words)
            and (makers is None or row.author in makers)
            and (row.confidence or 0) >= least
            and is_in_time(row.date)
        )

    return keep
