"""The index of all numbers and names in one edition, built from its plain data."""

from __future__ import annotations

import functools
from typing import Any

import attrs

from aicop.ids import EditionId, PhaseId, PrincipleId
from aicop.manifest import edition_data

Tail = tuple[int, tuple[int, ...]]
"""The number of a provision's principle and the numbers below it, which are the same in every edition."""


def _tail(number: str, principle: int) -> Tail:
    # ETSI numbers have the clause before the hyphen, Code numbers have the principle before the first dot.
    below = number.partition("-")[2] or number.partition(".")[2]
    return principle, tuple(int(part) for part in below.split(".") if part)


@attrs.frozen(repr=False)
class Index:
    """The numbers and names of everything in one edition."""

    edition: EditionId
    provisions: dict[str, Tail]
    """Maps the number of each provision to its tail, in printed order."""
    principles: dict[int, str | None]
    """Maps the number of each principle to its ETSI clause, in printed order; None if the edition has no clauses."""
    phases: dict[str, str | None]
    """Maps the slug of each phase to its ETSI clause, in printed order; None if the edition has no clauses."""
    statements: dict[str, int]
    """Maps the number of each provision to its number of statements."""

    def __repr__(self) -> str:
        return f"<Index of {self.edition}: {len(self.provisions)} provisions>"

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> Index:
        """Build the index from the plain data of an edition."""
        principles = [item for phase in data["phases"] for item in phase["principles"]]
        return cls(
            EditionId(data["document"], data["edition"]),
            {
                provision["number"]: _tail(provision["number"], item["number"])
                for item in principles
                for provision in item["provisions"]
            },
            {item["number"]: item.get("clause") for item in principles},
            {phase["slug"]: phase.get("clause") for phase in data["phases"]},
            {
                provision["number"]: len(provision["statements"])
                for item in principles
                for provision in item["provisions"]
            },
        )

    def of_clause(self, clause: str) -> PrincipleId | PhaseId | None:
        """Return the principle or phase that has this ETSI clause, or None."""
        for number, own in self.principles.items():
            if own == clause:
                return PrincipleId(self.edition, number)
        for slug, own in self.phases.items():
            if own == clause:
                return PhaseId(self.edition, slug)
        return None

    @property
    def hyphenated(self) -> bool:
        """Whether provisions are numbered in the style of ETSI, as in 5.1.1-1."""
        return any("-" in number for number in self.provisions)

    def of_tail(self, tail: Tail) -> str | None:
        """Return the number of the provision with this tail, or None."""
        return next((number for number, own in self.provisions.items() if own == tail), None)


@functools.cache
def index(edition: EditionId) -> Index:
    """Return the index of a shipped edition."""
    return Index.from_plain(edition_data(edition))
