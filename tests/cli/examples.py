"""Data that tests of several commands share."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def table(*rows: str) -> str:
    """Return a mapping file with these rows."""
    return HEADER + "".join(rows)


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


FRAMEWORK = {"frameworks/own-controls@2026.json": json.dumps(OWN)}
"""The file of the framework in a library."""


def library(folder: Path, files: Mapping[str, str | bytes]) -> tuple[str, str]:
    """Write the files of a library, by their path in it, and return the option that chooses it."""
    home = folder / "library"
    home.mkdir(exist_ok=True)
    # Makes the folder a library even without other files.
    (home / "aicop.toml").touch()
    for name, content in files.items():
        path = home.joinpath(*name.split("/"))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return "--library", str(home)


def mappings(folder: Path, *rows: str) -> tuple[str, str]:
    """Write a library with the framework and these mappings, and return the option that chooses it."""
    return library(folder, FRAMEWORK | {"mappings/own.tsv": table(*rows)})
