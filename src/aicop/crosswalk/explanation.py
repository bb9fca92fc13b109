"""Claims as plain text, with their confidence and the mappings that they are based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.ends import title_of
from aicop.relations import READING
from aicop.vocabulary import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.crosswalk.claim import Claim, Step
    from aicop.frameworks.framework import Framework
    from aicop.ids import End
    from aicop.model.mapping import Mapping


_DETERMINED = frozenset({Relation.EQUAL, Relation.SUPERSET, Relation.NONE})
"""The relations that determine how much of the target's requirement the source requires."""


def _name_with_title(framework: Framework, end: End | None) -> str:
    """Return an id with the title of its element, if it has one, or the edition in which nothing was found."""
    if end is None:
        return str(framework.id)
    title = title_of(framework, end)
    return f"{end} ({title})" if title else str(end)


def _in_plain_words(item: Claim) -> str | None:
    """Return the relation of a claim in plain words, or None if `Claim.says` is plain enough."""
    if item.relation is not None:
        return READING[item.relation]
    if item.relations is not None and item.relations.overlap_is_certain:
        return "they have something in common; how much is not known"
    if item.relations is not None and item.relations.nothing_known:
        return "a path connects them, but no relationship follows from it"
    return None


def _strength_lines(item: Claim) -> Iterator[str]:
    """Yield the lines about relation, strength and remainder, as far as these are known."""
    if (plainly := _in_plain_words(item)) is not None:
        yield f"  In plain words: {plainly}."
    if item.source is not None and item.target is not None:
        if item.strength is not None:
            yield f"  Strength: {item.strength} of 10."
        elif not item.derived and (item.relation is not None or item.reverse_strength is not None):
            yield "  Strength: not judged in this direction."
    if item.remainder:
        yield f"  {'Risk that remains' if item.link else 'Not covered'}: {item.remainder}."
    # Where the relationship alone determines the strength, the words above have said it.
    if item.reverse_strength is not None and item.relation not in _DETERMINED:
        yield f"  In reverse: strength {item.reverse_strength} of 10."
    if item.reverse_remainder:
        yield f"  In reverse, not covered: {item.reverse_remainder}."


def explanation_of(item: Claim, source: Framework, target: Framework) -> str:
    """Return a claim as text, with its strength, the steps of each path and, if it is derived, its confidence."""
    ends = _name_with_title(source, item.source), _name_with_title(target, item.target)
    lines = [f"{ends[0]} to {ends[1]}: {item.says}.", *_strength_lines(item)]
    for number, path in enumerate(item.paths, start=1):
        if len(item.paths) > 1:
            lines.append(f"  Path {number}:")
        # A single path needs no heading.
        lines += (f"  - {_step_text(step)}" for step in path)
    if item.derived:
        least = (
            "not every mapping states a confidence"
            if item.confidence is None
            else f"the least certain mapping has {_confidence_text(item)}"
        )
        lines.append(f"  Derived; {least}.")
    if item.suspect:
        lines.append("  Suspect: an element has changed since a mapping of it was judged.")
    lines += (f"  Warning: {warning}" for warning in item.warnings)
    return "\n".join(lines)


def _confidence_text(item: Claim | Mapping) -> str:
    """Return the confidence in words."""
    return "confidence not stated" if item.confidence is None else f"confidence {item.confidence} of 10"


def _step_text(step: Step) -> str:
    """Return a step as one line: the mapping in its own direction, its rationale and its metadata."""
    row = step.mapping
    if row is None:
        return step.rationale or ""
    read = " ".join(str(word) for word in (row.source, row.predicate, row.target) if word is not None)
    settled = f" Disagreement resolved: {row.settlement}" if row.settlement else ""
    facts = (row.basis, row.author or "author not stated", row.date or "date not stated", _confidence_text(row))
    return f"{read}: {row.rationale or 'no rationale given.'}{settled} ({', '.join(facts)})"
