"""Behaviour that all crosswalk commands share."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from aicop.cli.output import OutputFormat

if TYPE_CHECKING:
    from tests.cli.runner import Run


COMMANDS = [
    ("frameworks",),
    ("map", "uk-ai-cop:1.1"),
    ("map", "AML.M0005"),
    ("crosswalk", "nist-csf", "nist-ssdf"),
    ("coverage", "uk-ai-cop", "iso-iec-42001", "--in", "P6"),
    ("gaps", "uk-ai-cop", "iso-iec-42001", "--in", "P6"),
    ("explain", "uk-ai-cop:5.1", "ISO 42001 A.4.2"),
    ("search", "inventory", "--limit", "3"),
    ("library", "show"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", list(OutputFormat))
def test_every_command_prints_every_format(aicop: Run, command: tuple[str, ...], form: OutputFormat) -> None:
    """JSON parses, CSV and Markdown have a heading and rows of one width, and nothing is coloured when piped."""
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
    if form is OutputFormat.MARKDOWN:
        assert {line.count(" | ") for line in out.splitlines()} == {out.splitlines()[0].count(" | ")}
        assert out.splitlines()[1].startswith("| --- |")


NO_WAY = "no mappings from uk-ai-cop@2025-01 to cyber-essentials@3.3; add a table of mappings\n"
WAYS = (
    "no mappings from nist-ai-rmf@1.0 to eu-ai-act@2024; name the frameworks in between with via, as in: "
    "nist-ai-rmf@1.0 -> uk-ai-cop@2025-01 -> eu-ai-act@2024; "
)
KINDS = "phase, principle, provision, sub-provision, statement, role"
MISTAKES = [
    (("map", "uk-ai-cop:99"), "'uk-ai-cop:99': uk-ai-cop@2025-01 has no principle 99"),
    (("map", "5.1"), "'5.1': it exists in several documents"),
    (
        ("map", "uk-ai-cop:5.1", "--to", "xyz"),
        "'xyz' is not a known document or framework; use one of: uk-ai-cop@2025-01, ",
    ),
    (("map", "5.1", "--edition", "xyz"), "'xyz' is not a known document or framework; use one of: uk-ai-cop@2025-01, "),
    (("map", "uk-ai-cop:5.1", "--to", "cyber-essentials"), NO_WAY),
    (("crosswalk", "uk-ai-cop", "cyber-essentials"), NO_WAY),
    (("crosswalk", "nist-ai-rmf", "eu-ai-act"), WAYS),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--author", "nobody"), "'nobody' is not an author"),
    (("coverage", "uk-ai-cop", "cyber-essentials"), NO_WAY),
    (("gaps", "uk-ai-cop", "cyber-essentials"), NO_WAY),
    (("explain", "uk-ai-cop:5.1", "cyber-essentials:firewalls"), NO_WAY),
    (
        ("crosswalk", "uk-ai-cop", "anssi-genai"),
        "no mappings from uk-ai-cop@2025-01 to anssi-genai@1.0; add a table of mappings\n",
    ),
    (
        ("crosswalk", "iso-iec-42001", "eu-ai-act", "--via", "nist-csf"),
        "no mappings from iso-iec-42001@2023 to nist-csf@2.0",
    ),
    (("crosswalk", "xyz", "uk-ai-cop"), "'xyz' is not a known document or framework; use one of: uk-ai-cop@2025-01, "),
    (("crosswalk", "uk-ai-cop", "xyz"), "'xyz' is not a known document or framework; use one of: uk-ai-cop@2025-01, "),
    (
        ("crosswalk", "nist-csf", "uk-ai-cop", "--via", "xyz"),
        "'xyz' is not a known document or framework; use one of: uk-ai-cop@2025-01, ",
    ),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--basis", "hearsay"), "'hearsay' is not a mapping basis; use one of: "),
    (
        ("crosswalk", "uk-ai-cop", "eu-ai-act", "--relationship", "near"),
        "'near' is not a relationship; use one of: equal-to",
    ),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--since", "nonsense"), "'nonsense' is not "),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--since", "2026-13"), "'2026-13' is not "),
    (("crosswalk", "uk-ai-cop", "eu-ai-act", "--level", "foo"), "'foo' is not a kind"),
    (("coverage", "uk-ai-cop", "eu-ai-act", "--of", "foo"), "'foo' is not a kind"),
    (("gaps", "uk-ai-cop", "eu-ai-act", "--of", "foo"), "'foo' is not a kind"),
    (("coverage", "uk-ai-cop", "eu-ai-act", "--role", "boss"), "'boss' is not a role; use one of: Developer, "),
    (("gaps", "uk-ai-cop", "eu-ai-act", "--modality", "must"), "'must' is not a modality; use one of: shall, "),
    (("coverage", "uk-ai-cop", "eu-ai-act", "--in", "99"), "'99': uk-ai-cop@2025-01 has no principle 99"),
    (
        ("coverage", "uk-ai-cop", "eu-ai-act", "--role", "developer", "--in", "99"),
        "'99': uk-ai-cop@2025-01 has no principle 99",
    ),
    (("coverage", "uk-ai-cop", "eu-ai-act", "--in", "8.3", "--of", "principle"), ""),
    (("coverage", "iso-iec-42001", "uk-ai-cop", "--role", "developer"), ""),
    (("explain", "uk-ai-cop:99", "nist-csf:GV.OC-01"), "'uk-ai-cop:99': uk-ai-cop@2025-01 has no principle 99"),
    (("explain", "uk-ai-cop:5.1", "nist-csf:GV.XX-01"), "'nist-csf:GV.XX-01': "),
    (("frameworks", "--format", "xml"), "'xml' is not an output format; use one of: table, cards, json, csv, markdown"),
    (("frameworks", "--format", "jsn"), "'jsn' is not an output format; did you mean json? Use one of: "),
    (("frameworks", "--columns", "titel"), "'titel' is not a column; did you mean title? Use one of: "),
    (
        ("search", "assets", "--in", "xyz"),
        "'xyz' is not a known document or framework; use one of: uk-ai-cop@2025-01, ",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES, ids=[" ".join(row[0]) for row in MISTAKES])
def test_mistakes_are_reported_in_one_line(aicop: Run, arguments: tuple[str, ...], message: str) -> None:
    """A mistake is one line on standard error, with exit code 2 and nothing on standard output."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"aicop: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("option", ["--level", "--of"])
def test_an_unknown_kind_is_reported_with_the_known_ones(aicop: Run, option: str) -> None:
    """The error for an unknown kind lists the kinds that the source has."""
    command = "crosswalk" if option == "--level" else "coverage"
    _, _, err = aicop(command, "uk-ai-cop", "eu-ai-act", option, "foo")
    # Phases and roles have no requirements, so they cannot be a denominator.
    for kind in KINDS.split(", ") if option == "--level" else ("principle", "provision", "sub-provision", "statement"):
        assert kind in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("map",),
        ("crosswalk", "uk-ai-cop"),
        ("coverage",),
        ("gaps", "uk-ai-cop"),
        ("explain", "uk-ai-cop:5.1"),
        ("search",),
        ("search", "assets", "--limit", "0"),
        ("crosswalk", "uk-ai-cop", "eu-ai-act", "--confidence", "11"),
        ("crosswalk", "uk-ai-cop", "eu-ai-act", "--confidence", "sure"),
        ("consistency", "own.tsv"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_reported(aicop: Run, arguments: tuple[str, ...]) -> None:
    """The command-line library reports wrong usage with exit code 2."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert "Usage:" in err
