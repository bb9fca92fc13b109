"""Data that tests of several commands share."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.cli.runner import write

DATA = Path(__file__).parent.parent.parent / "data"
TO_ISO = "uk-ai-cop@2025-01--iso-iec-42001@2023"
TO_ACT = "uk-ai-cop@2025-01--eu-ai-act@2024"
SAYS = {"nothing-found": "nothing found", "related-to": "related, type not stated"}


def printed(path: str) -> list[dict[str, str]]:
    """Return the rows of a data file, read without aicop."""
    with (DATA / path).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))


def mapped(name: str) -> list[dict[str, str]]:
    """Return the rows of a mapping set, read without aicop."""
    return printed(f"mappings/{name}.tsv")


def bare(key: str) -> str:
    """Return an id without its edition."""
    return key.partition(":")[2]


HEADER = "source\trelationship\ttarget\tconfidence\trationale\tauthor\tdate\tstrength\tremainder\n"


def row(source: str, predicate: str, target: str = "", *more: str, who: str = "Us") -> str:
    """Return a row of a mapping file; *more* are strength and remainder."""
    strength, remainder = (*more, "", "")[:2]
    cells = (source, predicate, target, "7", f"Why {source}.", who, "2026-11-20", strength, remainder)
    return "\t".join(cells) + "\n"


def mappings(folder: Path, *rows: str, name: str = "own.tsv") -> tuple[str, str]:
    """Write a mapping file and return the option that adds it."""
    return "--with", write(folder, name, HEADER + "".join(rows))


OWN = {
    "framework": "own-controls",
    "edition": "2026",
    "title": "Our controls",
    "publisher": "Us",
    "controls": [
        {"id": "AC", "kind": "family", "title": "Access"},
        {"id": "AC-1", "kind": "control", "parent": "AC", "title": "Accounts are named"},
        {"id": "AC-2", "kind": "control", "parent": "AC", "title": "Rights are reviewed"},
        {"id": "LG-1", "kind": "control", "title": "Logs are kept"},
    ],
}


TO_CODE = (
    row("own-controls:AC-1", "subset-of", "uk-ai-cop:6.1", "10"),
    row("own-controls:AC-2", "intersects-with", "uk-ai-cop:6.1", "4", "reviews"),
    row("own-controls:LG-1", "nothing-found"),
)
FROM_CODE = (
    row("uk-ai-cop:6.1", "superset-of", "own-controls:AC-1", "5", "all but names", who="Them"),
    row("uk-ai-cop:6.2", "intersects-with", "own-controls:LG-1", "3", "limits", who="Them"),
)


def framework(folder: Path, name: str = "own.json") -> tuple[str, str]:
    """Write a framework of the user's own and return the option that adds it."""
    return "--framework", write(folder, name, json.dumps(OWN))
