"""A hand-made edition of five provisions, and small frameworks."""

from __future__ import annotations

import copy
import html
import re
from typing import TYPE_CHECKING, Any

from aicop.frameworks import Framework, loads
from aicop.model import Mapping
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from aicop.ids import End

_SOURCE = {"key": "text", "document": "The Mini Code", "locator": "all of it", "grade": "direct", "read": "2026-11-22"}


def _statement(modality: str, holder: str, action: str, **more: object) -> dict[str, Any]:
    return {
        "modality": modality,
        "duty_holders": [holder],
        "attribution": "stated",
        "as_printed": f"{holder}s",
        "action": action,
    } | more


def _provision(number: str, *statements: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"number": number, "title": f"Title of {number}", "source": "text", "statements": [*statements]} | more


_EDITION: dict[str, Any] = {
    "document": "mini-code",
    "edition": "1",
    "title": "The Mini Code",
    "publisher": "Nobody",
    "status": "current",
    "force": "None.",
    "address": "https://example.org/mini",
    "licence": "CC0",
    "ships": "Everything.",
    "source": "text",
    "sources": [_SOURCE],
    "phases": [
        {
            "slug": "secure-start",
            "title": "Secure Start",
            "source": "text",
            "principles": [
                {
                    "number": 1,
                    "title": "Begin well",
                    "applies_to": ["Developer"],
                    "source": "text",
                    "provisions": [
                        _provision("1.1", _statement("shall", "Developer", "begin")),
                        _provision("1.1.1", _statement("should", "Developer", "begin early"), parent="1.1"),
                        _provision(
                            "1.2",
                            _statement("shall", "Developer", "tell"),
                            _statement(
                                "should",
                                "System Operator",
                                "listen",
                                counterparties=[
                                    {
                                        "role": "Developer",
                                        "party": "Developers",
                                        "capacity": "source",
                                        "attribution": "stated",
                                    }
                                ],
                            ),
                        ),
                    ],
                }
            ],
        },
        {
            "slug": "secure-stop",
            "title": "Secure Stop",
            "source": "text",
            "principles": [
                {
                    "number": 2,
                    "title": "End well",
                    "source": "text",
                    "provisions": [
                        _provision("2.1", _statement("may", "End-user", "stop")),
                        _provision("2.10", _statement("can", "End-user", "go on")),
                    ],
                }
            ],
        },
    ],
}


def mini_edition() -> dict[str, Any]:
    """Return a fresh copy of the hand-made edition, which a test may change."""
    return copy.deepcopy(_EDITION)


def derived_edition(base: str = "mini-code@1", **more: object) -> dict[str, Any]:
    """Return the plain data of an edition that is based on another one, the hand-made one unless given otherwise."""
    return {
        "based_on": base,
        "document": "acme-code",
        "edition": "2026",
        "title": "The ACME Code",
        "publisher": "ACME",
        "sources": [_SOURCE | {"key": "acme", "document": "The ACME Code"}],
    } | more


def plain_provision(number: str, *statements: dict[str, Any], **more: object) -> dict[str, Any]:
    """Return the plain data of a provision whose source is that of its edition."""
    found = _provision(number, *statements)
    del found["source"]
    return found | more


plain_statement = _statement


def small_framework(name: str) -> Framework:
    """Return a framework with the families X and Y, two controls each (``X-1``, ``X-2``...), and a risk ``R``."""
    rows = ["X,,family,", "X-1,X,control,", "X-2,X,control,", "Y,,family,", "Y-1,Y,control,", "Y-2,Y,control,"]
    table = "\n".join(["id,parent,kind,nature", *rows, "R,,risk,risk", ""])
    return loads(table, f"{name}.csv", framework=name, edition="1", title=f"Framework {name}")


A, B, C = map(small_framework, "abc")


def row(source: End | None, predicate: str, target: End | None, **more: object) -> Mapping:
    """Return a mapping with a rationale that identifies it."""
    facts: dict[str, Any] = {
        "source": source,
        "predicate": Predicate(predicate),
        "target": target,
        "rationale": f"{source} {predicate} {target}",
        "confidence": 5,
        "author": "we",
        "date": "2026-01-01",
        "set": "own",
    }
    return Mapping(**facts | more)


def notebook_table(shown: str) -> list[list[str]]:
    """Return the cells of a table for notebooks: the caption, the names of the columns, and each row."""
    caption = re.findall("<b>(.*?)</b>", shown)
    rows = [re.findall("<t[hd].*?>(.*?)</t[hd]>", line) for line in re.findall("<tr>(.*?)</tr>", shown)]
    return [[html.unescape(cell) for cell in line] for line in (caption, *rows)]
