"""Small assessments."""

from __future__ import annotations

from typing import Any

from aicop import Catalogue, Role, load
from aicop.assessment import Assessment, Verdict
from aicop.model import Evidence, System, VerdictRow

CODE = load("uk-ai-cop")
ON = "2026-06-30"
"""The date at which the tests ask."""


def system(**more: Any) -> System:  # noqa: ANN401
    """Return the facts of a system of a developer and operator."""
    facts: dict[str, Any] = {
        "name": "chat",
        "title": "Chat assistant",
        "edition": CODE.id,
        "roles": (Role.DEVELOPER, Role.SYSTEM_OPERATOR),
    }
    return System(**facts | more)


def verdict(key: str, said: str = "pass", catalogue: Catalogue = CODE, **more: Any) -> VerdictRow:  # noqa: ANN401
    """Return a row with a verdict."""
    return VerdictRow(key=catalogue.find(key), verdict=Verdict(said), **more)  # type: ignore[arg-type]


def assessment(*rows: VerdictRow, **more: Any) -> Assessment:  # noqa: ANN401
    """Return an assessment with these verdicts; evidence is ``EV-1`` and ``EV-2``."""
    facts: dict[str, Any] = {
        "system": system(),
        "catalogue": CODE,
        "verdicts": rows,
        "pool": {name: Evidence(id=name, title=f"Title of {name}") for name in ("EV-1", "EV-2")},
    }
    return Assessment(**facts | more)
