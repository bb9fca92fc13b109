"""Claims as plain text, with their confidence and the mappings that they are based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.crosswalk.ends import title_of
from aicop.crosswalk.figures import stated_strengths, strengths_of
from aicop.relations import MASK, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.crosswalk.claim import Claim
    from aicop.crosswalk.path import Step
    from aicop.frameworks.framework import Framework
    from aicop.ids import End
    from aicop.model.mapping import Mapping


def _name_with_title(framework: Framework, end: End | None) -> str:
    """Return an id with the title of its element, if it has one, or the edition in which nothing was found."""
    if end is None:
        return str(framework.id)
    title = title_of(framework, end)
    return f"{end} ({title})" if title else str(end)


def _in_plain_words(item: Claim) -> str | None:
    """Return the relation of a claim in plain words, or None if `Claim.says` is plain enough."""
    if item.relations is None:
        return None
    if item.relations.nothing_known:
        return "a path connects them, but no relationship follows from it"
    return reading(item.relations)


def _strength_text(strength: int, stated: tuple[int, ...]) -> str:
    """Return a strength, with the reason for it if paths state different ones."""
    if len(stated) <= 1 or strength not in stated:
        return f"{strength} of 10"
    several = f"{', '.join(map(str, stated[:-1]))} and {stated[-1]}"
    rule = "a path with a relationship counts before related-to, then the fewest mappings, then the least strength"
    return f"{strength} of 10; the paths state {several}, and {rule}"


def _strength_lines(item: Claim) -> Iterator[str]:
    """Yield the lines about relation, strength and remainder, as far as these are known."""
    if (plainly := _in_plain_words(item)) is not None:
        yield f"  In plain words: {plainly}."
    mask = None if item.relations is None else MASK[item.relations]
    stated = stated_strengths(item.paths, (item.link, item.inverted) if item.link else mask)
    if item.source is not None and item.target is not None:
        if item.strength is not None:
            yield f"  Strength: {_strength_text(item.strength, stated[0])}."
        elif not item.derived and (item.relation is not None or item.reverse_strength is not None):
            yield "  Strength: not judged in this direction."
    if item.remainder:
        yield f"  {'Risk that remains' if item.link else 'Not covered'}: {item.remainder}."
    # Where the relationship alone determines the strength, the words above have said it.
    if item.reverse_strength is not None and (mask is None or strengths_of(mask)[1] is None):
        yield f"  In reverse: strength {_strength_text(item.reverse_strength, stated[1])}."
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
        # A step within a framework always has one.
        assert step.rationale is not None
        return step.rationale
    read = " ".join(str(word) for word in (row.source, row.predicate, row.target) if word is not None)
    settled = f" Disagreement resolved: {row.settlement}" if row.settlement else ""
    facts = (row.basis, row.author or "author not stated", row.date or "date not stated", _confidence_text(row))
    return f"{read}: {row.rationale or 'no rationale given.'}{settled} ({', '.join(facts)})"
