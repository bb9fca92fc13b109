"""The commands that exchange, upgrade and compare assessments."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from aicop import Library
from aicop.assessment import load
from tests.assessment.editing.test_merging import edited
from tests.assessment.files.test_reader import TOML, library
from tests.cli.runner import records
from tests.library.examples import write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.runner import Run

VERDICTS = "key,verdict,note,assessed,Ticket\n5.1,fail,Old,2026-01-05,T-1\n2.7#2,pass,,,\n"


@pytest.fixture
def ours(tmp_path: Path) -> tuple[str, str]:
    """Return the option for a library with a system."""
    library(
        tmp_path,
        chat={
            "verdicts.csv": VERDICTS,
            "history.csv": "key,verdict,assessed,recorded,by\n5.1,inconclusive,,2026-01-02,Ann\n",
        },
    )
    return "--library", str(tmp_path)


def test_a_workbook_goes_out_and_comes_back(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """Export, fill in, merge: each cell is shown, and what was before is in the history."""
    path = tmp_path / "x.xlsx"
    code, out, err = aicop("assess", "export", "chat", "--on", "2026-06-30", "-o", str(path), *ours)
    assert (code, out) == (0, "")
    assert err.startswith(f"Wrote {path}: ")
    assert aicop("assess", "export", "chat", "-o", str(path), *ours)[0] == 3
    path.write_bytes(edited(path.read_bytes(), {("5.1#1", "Verdict"): "pass", ("5.2#1", "Owner"): "Bob"}))
    merge = ("assess", "merge", "chat", str(path), "--on", "2026-07-01", *ours)
    verdicts = tmp_path / "assessments/chat/verdicts.csv"
    before = verdicts.read_bytes()
    shown = aicop(*merge, "--dry-run", "--format", "csv")
    assert shown[1].splitlines() == [
        "outcome,key,role,column,ours,theirs,place",
        'changed,uk-ai-cop@2025-01:5.1#1,,verdict,fail,pass,"x.xlsx, sheet P5, row 2"',
        'changed,uk-ai-cop@2025-01:5.2#1,,owner,,Bob,"x.xlsx, sheet P5, row 3"',
    ]
    assert verdicts.read_bytes() == before
    code, out, err = aicop(*merge)
    assert code == 0
    assert out.splitlines()[0].split() == ["outcome", "key", "role", "column", "ours", "theirs"]
    assert err.splitlines()[:2] == [
        "Not read: the sheet 'About': it has no column 'key'.",
        "88 rows read: 2 cells to change, 0 kept as they are.",
    ]
    assert [line.partition(" ")[0] for line in err.splitlines()[2:]] == ["Wrote", "Wrote"]
    about = load(Library.open(tmp_path), "chat")
    assert [(row.key.local, row.verdict.value, row.owner, row.note) for row in about.verdicts] == [
        ("2.7#2", "pass", None, None),
        ("5.1#1", "pass", None, "Old"),
        ("5.2#1", "not assessed", "Bob", None),
    ]
    assert [(item.row.verdict.value, item.recorded, item.by) for item in about.history] == [
        ("inconclusive", "2026-01-02", "Ann"),
        ("fail", "2026-07-01", "merge of x.xlsx"),
        ("pass", "2026-07-01", "merge of x.xlsx"),
        ("not assessed", "2026-07-01", "merge of x.xlsx"),
    ]
    # Again, nothing is there to do.
    assert aicop(*merge)[2].splitlines()[1:] == ["88 rows read: 0 cells to change, 0 kept as they are."]


def test_conflicts_end_a_merge(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """With conflicts nothing is written, unless a side is taken."""
    path = tmp_path / "theirs.csv"
    path.write_text("key,verdict\n5.1,pass\n", encoding="utf-8")
    merge = ("assess", "merge", "chat", str(path), *ours)
    before = (tmp_path / "assessments/chat/verdicts.csv").read_bytes()
    code, out, err = aicop(*merge, "--format", "csv")
    assert code == 1
    assert out.splitlines()[1].startswith("conflict,uk-ai-cop@2025-01:5.1#1,,verdict,fail,pass,")
    assert err == "1 row read: 0 cells to change, 1 conflict. Nothing was written; use --take theirs or ours.\n"
    code, out, err = aicop(*merge, "--take", "ours", "--format", "csv")
    assert (code, out.splitlines()[1].partition(",")[0]) == (0, "kept")
    assert err == "1 row read: 0 cells to change, 1 kept as they are.\n"
    assert (tmp_path / "assessments/chat/verdicts.csv").read_bytes() == before
    assert aicop(*merge, "--take", "theirs")[0] == 0
    assert load(Library.open(tmp_path), "chat").verdicts[1].verdict.value == "pass"
    code, _, err = aicop(*merge, "--take", "their")
    assert code == 2
    assert "did you mean theirs?" in err


def test_an_assessment_is_upgraded(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """Each verdict is shown with its outcome; the notes count, and name what has no counterpart."""
    upgrade = ("assess", "upgrade", "chat", "--to", "etsi-en-304-223", "--on", "2026-07-01", *ours)
    toml = tmp_path / "assessments/chat/assessment.toml"
    rows = records(aicop, *upgrade, "--dry-run")
    assert [(row["system"], row["outcome"], row["key"], row["new"], row["verdict"]) for row in rows] == [
        ("chat", "marked for review", "uk-ai-cop@2025-01:2.7#2", ["etsi-en-304-223@2.1.1:5.1.2-7#2"], "pass"),
        ("chat", "carried", "uk-ai-cop@2025-01:5.1#1", ["etsi-en-304-223@2.1.1:5.2.1-1#1"], "fail"),
    ]
    assert toml.read_text(encoding="utf-8") == TOML.format(name="chat")
    code, _, err = aicop(*upgrade)
    assert code == 0
    assert err.splitlines()[0] == (
        "chat: 2 verdicts from uk-ai-cop@2025-01 to etsi-en-304-223@2.1.1: 1 carried, 1 marked for review."
    )
    assert len(err.splitlines()) == 4
    assert 'edition = "etsi-en-304-223@2.1.1"' in toml.read_text(encoding="utf-8")
    code, _, err = aicop(*upgrade)
    assert code == 2
    assert "cannot be compared with itself" in err


def test_what_a_derived_edition_drops_and_adds_is_named(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """Nothing is left out in silence."""
    edition = {
        "document": "acme-code",
        "edition": "1",
        "based_on": "uk-ai-cop@2025-01",
        "title": "Acme AI code",
        "publisher": "Acme",
        "sources": [{"key": "t", "document": "A", "locator": "all", "grade": "direct", "read": "2026-11-22"}],
        "own": [
            {
                "number": "6.9",
                "principle": 6,
                "title": "Name accounts",
                "statements": [
                    {
                        "modality": "shall",
                        "duty_holders": ["Developer"],
                        "attribution": "stated",
                        "as_printed": "Developers",
                        "action": "name accounts",
                    }
                ],
            }
        ],
        "dropped": [{"number": "5.1", "reason": "Elsewhere."}],
    }
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions/acme-code@1.json").write_text(json.dumps(edition), encoding="utf-8")
    (tmp_path / "assessments/web").mkdir()
    (tmp_path / "assessments/web/assessment.toml").write_text(
        TOML.format(name="web") + 'inherits = ["chat"]\n', encoding="utf-8"
    )
    code, _, err = aicop("assess", "upgrade", "chat", "--to", "acme-code", "--dry-run", *ours)
    assert code == 0
    assert err.splitlines() == [
        "chat: 2 verdicts from uk-ai-cop@2025-01 to acme-code@1: 1 carried, 1 removed.",
        "No counterpart, kept in history.csv alone: uk-ai-cop@2025-01:5.1#1 (fail).",
        "New in acme-code@1, not assessed: acme-code@1:6.9#1.",
        "web: 0 verdicts from uk-ai-cop@2025-01 to acme-code@1: none.",
        "New in acme-code@1, not assessed: acme-code@1:6.9#1.",
    ]


def test_two_dates_are_compared(aicop: Run, ours: tuple[str, str]) -> None:
    """Statements, units or counts then and now; the trend and what is not dated are told."""
    compare = ("assess", "compare", "chat", "--since", "2026-01-03", "--on", "2026-07-01", *ours)
    assert [(row["key"], row["then"], row["now"]) for row in records(aicop, *compare)] == [
        ("uk-ai-cop@2025-01:2.7#2", "not assessed", "pass"),
        ("uk-ai-cop@2025-01:5.1#1", "inconclusive", "fail"),
    ]
    units = records(aicop, *compare, "--by", "principle")
    assert [(row["key"], row["modality"], row["then"], row["now"]) for row in units] == [
        ("uk-ai-cop@2025-01:P5", "shall", "inconclusive", "fail")
    ]
    counts = records(aicop, *compare, "--counts")
    assert sum(row["now"] for row in counts) == sum(row["then"] for row in counts) == 88
    code, _, err = aicop(*compare)
    assert code == 0
    first, second = err.splitlines()
    assert first.startswith("chat, 2026-01-03 to 2026-07-01: 2 statements changed; fail 0 to 1, ")
    assert second == "Neither recorded nor dated, so that they count only now: uk-ai-cop@2025-01:2.7#2."
    code, _, err = aicop("assess", "compare", "chat", "--since", "soon", *ours)
    assert (code, "is not an ISO date" in err) == (2, True)
    code, out, err = aicop("assess", "compare", "chat", "--since", "2026-07-02", "--on", "2026-07-01", *ours)
    assert (code, out) == (2, "")
    assert "2026-07-02 is later than 2026-07-01; compare with an earlier day" in err


def test_the_date_is_today_by_default(aicop: Run, ours: tuple[str, str], tmp_path: Path) -> None:
    """Who gives no date asks about today."""
    today = dt.datetime.now().astimezone().date().isoformat()
    assert f"2026-01-03 to {today}:" in aicop("assess", "compare", "chat", "--since", "2026-01-03", *ours)[2]
    # A system of which everything is recorded or dated has nothing more to tell.
    (tmp_path / "assessments/web").mkdir()
    (tmp_path / "assessments/web/assessment.toml").write_text(TOML.format(name="web"), encoding="utf-8")
    _, _, err = aicop("assess", "compare", "web", "--since", today, *ours)
    assert err == f"web, {today} to {today}: 0 statements changed; not assessed 87 to 87, out of scope 1 to 1.\n"


def test_changed_statements_are_under_review(aicop: Run, tmp_path: Path) -> None:
    """The review of a library lists verdicts as it lists mappings."""
    library(tmp_path, chat={"verdicts.csv": f"key,verdict,digest\n5.1,pass,{'0' * 16}\n5.2,pass,\n"})
    code, out, err = aicop("library", "review", "--library", str(tmp_path), "--format", "csv")
    assert code == 0
    assert out.splitlines()[1].startswith("assessments/chat,,,,uk-ai-cop@2025-01:5.1#1,")
    assert err.splitlines() == [
        "0 mappings compared with today's texts, 0 changes.",
        "1 verdict compared with today's texts, 1 change; 1 without digests not compared.",
    ]


def test_mappings_are_upgraded(aicop: Run, tmp_path: Path) -> None:
    """They are shown, and with --add written into a file of their own."""
    option = ("--library", str(write(tmp_path)))
    upgrade = ("library", "upgrade", "uk-ai-cop", "--to", "etsi-en-304-223", *option)
    rows = records(aicop, *upgrade)
    assert [(row["source"], row["new_target"]) for row in rows] == [
        ("acme@1:AC-1", None),
        ("acme@1:AC-1|acme@1:AC-2", "etsi-en-304-223@2.1.1:5.2.2-1"),
        ("acme@1:LG-1", "etsi-en-304-223@2.1.1:5.4.2-1#1"),
    ]
    assert not (tmp_path / "mappings/upgraded-to-etsi-en-304-223@2.1.1.tsv").exists()
    code, _, err = aicop(*upgrade, "--add")
    assert code == 0
    first, second = err.splitlines()
    assert first == (
        "3 mappings of uk-ai-cop@2025-01: 2 carried to etsi-en-304-223@2.1.1, 0 of them for review; 1 not carried."
    )
    assert second.endswith("upgraded-to-etsi-en-304-223@2.1.1.tsv.")
    # Neither the file nor a judgement is there twice.
    assert aicop(*upgrade, "--add")[0] == 3
    assert aicop(*upgrade, "--add", "--name", "other")[0] == 3
    assert aicop(*upgrade, "--add", "--force")[0] == 0
    # Mappings of which none can be carried write no file.
    code, _, err = aicop("library", "upgrade", "etsi-ts-104-223", "--to", "uk-ai-cop", "--add", *option)
    assert (code, err.splitlines()[0][:10], len(err.splitlines())) == (0, "0 mappings", 1)
