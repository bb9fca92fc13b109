"""The literal names of everything in one edition, built from its plain data."""

from __future__ import annotations

import functools
from typing import Any

import attrs

from aicop.ids import EditionId, PhaseId, PrincipleId
from aicop.manifest import edition_data

Tail = tuple[int, tuple[int, ...]]
"""A provision without its edition: the principle's number and the numbers below it, the same in every edition."""


def _tail(number: str, principle: int) -> Tail:
    below = number.partition("-")[2] or number.partition(".")[2]
    return principle, tuple(int(part) for part in below.split(".") if part)


@attrs.frozen
class Index:
    """The literal names of everything in one edition."""

    edition: EditionId
    provisions: dict[str, Tail]
    """Number to tail, in printed order."""
    principles: dict[int, str | None]
    """Number to ETSI clause, in printed order."""
    phases: dict[str, str | None]
    """Slug to ETSI clause, in printed order."""
    statements: dict[str, int]
    """Number of a provision to how many statements it has."""

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> Index:
        """Index the plain data of an edition."""
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
        """Give what an ETSI clause is the heading of."""
        for number, own in self.principles.items():
            if own == clause:
                return PrincipleId(self.edition, number)
        for slug, own in self.phases.items():
            if own == clause:
                return PhaseId(self.edition, slug)
        return None

    @property
    def hyphenated(self) -> bool:
        """Whether provisions are numbered as ETSI does."""
        return any("-" in number for number in self.provisions)

    def of_tail(self, tail: Tail) -> str | None:
        """Give the number that a provision has here."""
        return next((number for number, own in self.provisions.items() if own == tail), None)


@functools.cache
def index(edition: EditionId) -> Index:
    """Index a shipped edition."""
    return Index.from_plain(edition_data(edition))
