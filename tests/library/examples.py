"""Small libraries for the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop import frameworks, mappings
from aicop.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.frameworks import Framework
    from aicop.model.mapping import Mapping

SETTINGS = """\
[defaults]
author = "Team"
date = 2026-11-01

[framework."acme@1"]
title = "Acme controls"
names = ["Acme list"]
kind = "control"
columns = { "Control ID" = "id", Domain = "parent", Title = "title" }

[mappings."ours.csv"]
source = "acme@1"
target = "uk-ai-cop"
"""
CONTROLS = """\
Control ID,Domain,Title,Owner
AC-1,Access,Accounts are named,IT
AC-2,Access,Rights are reviewed,IT
LG-1,Logging,Prompts are logged,Operations
"""
ROWS = """\
source,relationship,target,strength,confidence,rationale
AC-1|AC-2,intersects-with,6.1,4,7,Both are parts of access control.
LG-1,intersects-with,12.1#1,6,7,Prompts are among the actions to log.
AC-1,nothing-found,,0,6,No provision asks for names.
"""


def write(folder: Path, **files: str) -> Path:
    """Write the files of a library; the names of arguments are those of the parts, to override or remove."""
    texts = {
        "aicop.toml": SETTINGS,
        "frameworks/acme@1.csv": CONTROLS,
        "mappings/ours.csv": ROWS,
    } | files
    for name, text in texts.items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def acme(edition: str = "1", *more: str) -> Framework:
    """Return a small framework."""
    table = "\n".join(
        ["id,kind,title", "AC-1,control,Accounts are named", "AC-2,control,Rights are reviewed", *more, ""]
    )
    return frameworks.loads(table, "acme.csv", framework="acme", edition=edition, title="Acme controls")


def rows(table: str, framework: Framework | None = None) -> tuple[Mapping, ...]:
    """Return mappings of the framework to the Code."""
    facts: dict[str, Any] = {"author": "Team", "date": "2026-11-01", "confidence": "7", "rationale": "Because."}
    return mappings.loads(
        table, "rows.csv", frameworks=[framework or acme()], source_edition="acme", target_edition="uk-ai-cop", **facts
    )


def mapped() -> Library:
    """Return a library with a framework and two mappings of it."""
    table = "source,relationship,target,strength\nAC-1,intersects-with,6.1,4\nAC-2,subset-of,6.1#1,10\n"
    return Library().with_framework(acme()).with_mappings(rows(table))
