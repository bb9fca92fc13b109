"""The form of printed answers."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from aicop.cli.output import OutputFormat

if TYPE_CHECKING:
    from tests.cli.runner import Run


COMMANDS = [
    ("editions",),
    ("show", "uk-ai-cop:5.4.1"),
    ("show", "EN 304 223 5.2.1-4"),
    ("show", "uk-ai-cop:P10"),
    ("show", "P2", "--edition", "etsi-en-304-223"),
    ("show", "EN 304 223 secure design"),
    ("show", "uk-ai-cop:secure-design"),
    ("list", "--modality", "may"),
    ("duties", "--role", "developer"),
    ("counterpart", "uk-ai-cop:8.3", "--to", "etsi-en-304-223"),
    ("counterpart", "uk-ai-cop:secure-design", "--to", "etsi-en-304-223"),
    ("counterpart", "uk-ai-cop:8.3", "--to", "uk-ai-cop"),
    ("threats",),
    ("compare", "uk-ai-cop", "etsi-en-304-223"),
    ("applies", "--adapts-without-training", "--uses"),
    ("graph", "order"),
    ("graph", "waves", "--kind", "refines", "--kind", "refers"),
    ("graph", "impact", "5.1", "uk-ai-cop:3.1"),
    ("graph", "critical-path"),
    ("graph", "cycles", "--edition", "etsi-en-304-223"),
    ("graph", "handovers"),
    ("graph", "why", "5.1", "10.3"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", list(OutputFormat))
def test_every_command_prints_every_format(aicop: Run, command: tuple[str, ...], form: OutputFormat) -> None:
    """JSON parses, CSV rows have one width, cards and Markdown are well formed, and nothing is coloured when piped."""
    code, out, _ = aicop(*command, "--format", form)
    assert code == 0
    assert out.endswith("\n")
    assert "\x1b" not in out
    if form is OutputFormat.JSON:
        assert json.loads(out)
    if form is OutputFormat.CSV:
        rows = list(csv.reader(io.StringIO(out)))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
    if form is OutputFormat.CARDS:
        # One card for each row, with blank lines between them; a single record is one card.
        records = json.loads(aicop(*command, "--format", "json")[1])
        assert len(out.split("\n\n")) == (len(records) if isinstance(records, list) else 1)
    if form is OutputFormat.MARKDOWN and command[0] != "duties":
        assert {line.count(" | ") for line in out.splitlines()} == {out.splitlines()[0].count(" | ")}


@pytest.mark.parametrize("form", ["svg", "dot", "mermaid"])
def test_drawings_are_utf8_whatever_the_locale(form: str) -> None:
    """A redirected drawing is UTF-8, whatever the encoding of the output is set to."""
    command = [sys.executable, "-m", "aicop", "graph", "draw", form]
    environment = {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 -- ours
    assert "\u2019" in done.stdout.decode("utf-8")


LISTS = [c for c in COMMANDS if c[0] in {"editions", "duties", "list", "compare"}]


@pytest.mark.parametrize("width", [100, 120, 200])
@pytest.mark.parametrize("command", [*LISTS, ("frameworks",), ("graph", "handovers"), ("formats",)], ids=" ".join)
def test_tables_fit_the_width(
    aicop: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], width: int
) -> None:
    """Cells wrap at blanks, so each row still begins with its whole key."""
    rows = json.loads(aicop(*command, "--format", "json")[1])
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, _ = aicop(*command)
    assert code == 0
    assert max(map(len, out.splitlines())) <= width
    for row in rows:
        for name in ("key", "edition", "framework", "format"):
            assert row.get(name, "") in out


def test_without_a_terminal_a_table_has_100_columns(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that does not go to a terminal is at most 100 columns wide."""
    monkeypatch.delenv("COLUMNS", raising=False)
    assert 90 < max(map(len, aicop("list")[1].splitlines())) <= 100


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("command", [*LISTS, ("show", "uk-ai-cop:5.4.1")], ids=" ".join)
def test_no_letter_of_a_card_is_lost_on_a_narrow_terminal(
    aicop: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], width: int
) -> None:
    """Joining the wrapped lines of a card restores each value."""
    rows = json.loads(aicop(*command, "--format", "json")[1])
    values = (
        [str(row[name]) for row in rows for name in ("key", "edition", "old", "title") if name in row]
        if isinstance(rows, list)
        else [rows["title"]]
    )
    monkeypatch.setenv("COLUMNS", str(width))
    code, out, _ = aicop(*command, "--format", "cards")
    assert code == 0
    joined = "".join(out.split())
    for value in values:
        assert "".join(value.split()) in joined
    if width >= 60:
        assert max(map(len, out.splitlines())) <= width
