"""Tables for docs/explanation/what-we-know.md: how well each edition and each set of mappings is known."""

from collections import Counter
from collections.abc import Callable, Iterable

from aicop import editions, load, mappings
from aicop.model import MappingSet
from aicop.vocabulary import Grade, Knowledge, MappingBasis
from settle import CODE, PAIRS

_JUDGED = {f"{CODE}--{target}" for target in PAIRS.values()}


def _counts(found: Iterable[Grade]) -> str:
    """Return how many records have which grade, the best grade first."""
    counted = Counter(found)
    return ", ".join(f"{counted[grade]} {grade}" for grade in Grade if counted[grade]) or "-"


def known_editions() -> list[tuple[str, ...]]:
    """Return a row for each edition, after the heads of the columns."""
    rows: list[tuple[str, ...]] = [("edition", "statements", "titles of principles", "scope", "stakeholders", "terms")]
    for edition in editions():
        code = load(edition)
        rows.append(
            (
                f"`{edition}`",
                _counts((said.source or item.source).grade for item in code.values() for said in item.statements),
                *(
                    _counts(item.source.grade for item in part)
                    for part in (code.principles, code.scope, code.stakeholders, code.terms)
                ),
            )
        )
    return rows


def _how(item: MappingSet) -> str:
    """Return in words who says so, and how the target was known."""
    if item.basis is MappingBasis.PUBLISHED:
        return f"published by {item.author}"
    if item.basis is MappingBasis.GUIDE:
        return "stated by the Implementation Guide"
    rows = mappings.load(item.name)
    known = Counter(row.knowledge for row in rows if row.knowledge)
    read = {
        Knowledge.TEXT: "text of the target read",
        Knowledge.CONTENT: "content of the target known",
        Knowledge.TITLE: "title of the target known",
    }
    # A set in which all is known alike needs no counts.
    how = ", ".join(
        f"{read[one]}{f' for {count} rows' if len(known) > 1 else ''}" for one, count in known.most_common()
    )
    # The crosswalks of the Code have sheets of two judges; what else is ours is one comparison.
    judged = "judged by two readers, and again control by control" if item.name in _JUDGED else "compared by us"
    return f"{judged}; {how}" if how else judged


def known_sets() -> list[tuple[str, ...]]:
    """Return a row for each set of mappings, after the heads of the columns."""
    rows: list[tuple[str, ...]] = [("from", "to", "rows", "how it is known", "confidence")]
    for item in mappings.sets():
        found = mappings.load(item.name)
        sure = sorted(row.confidence for row in found if row.confidence is not None)
        low, high = sure[0], sure[-1]
        rows.append(
            (
                f"`{item.source}`",
                f"`{item.target}`",
                str(len(found)),
                _how(item),
                str(low) if low == high else f"{low} to {high}, median {sure[len(sure) // 2]}",
            )
        )
    return rows


def table_of(rows: Callable[[], list[tuple[str, ...]]]) -> str:
    """Return rows as a Markdown table."""
    head, *lines = rows()
    return "".join(f"| {' | '.join(line)} |\n" for line in (head, ["---"] * len(head), *lines))
