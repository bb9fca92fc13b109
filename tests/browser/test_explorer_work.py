"""Working in the explorer: verdicts that are set, kept, exported, merged and imported; and texts that are hostile."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import attrs
import pytest

from aicop.assessment import Assessment, Verdict, load, merge, save
from aicop.catalogue import load as load_edition
from aicop.frameworks import loads
from aicop.library.library import Library
from aicop.mappings import loads as loads_mappings
from aicop.model import System
from aicop.report import write_explorer
from aicop.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

CODE = "uk-ai-cop@2025-01"
HOSTILE = "</script><img src=x onerror=\"document.title='ran'\"><b>bold</b> & {{ 7 * 7 }}"


def set_verdict(page: Page, key: str, verdict: str, note: str = "") -> None:
    """Set a verdict and a note in a checklist."""
    page.get_by_label(f"Verdict on {key}", exact=True).select_option(verdict)
    field = page.get_by_label(f"Note: {key}", exact=True)
    field.fill(note)
    field.blur()


def export(page: Page, folder: Path) -> Path:
    """Export verdicts.csv, and return the file."""
    with page.expect_download() as started:
        page.get_by_role("button", name="Export verdicts.csv").click()
    file = folder / str(started.value.suggested_filename)
    started.value.save_as(file)
    return file


def test_a_verdict_is_exported_merged_and_the_same(
    acme: Path, acme_page: Callable[[], Path], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """What is set on a page merges without a conflict, and a page that is written then shows the same."""
    page = open_page(acme_page(), f"#/{CODE}:Developer?system=chat-assistant")
    set_verdict(page, f"{CODE}:5.1#1", "fail", '=SUM(1) and a "quote", a comma')
    set_verdict(page, f"{CODE}:5.4.1#1", "inconclusive", "New \u00e9")
    set_verdict(page, f"{CODE}:5.4#1", "not applicable")
    assert page.get_by_text("needs a reason").count() == 1
    reason = page.get_by_label(f"Why it is not applicable: {CODE}:5.4#1", exact=True)
    reason.fill("No such data.")
    reason.blur()
    assert page.get_by_text("needs a reason").count() == 0
    file = export(page, tmp_path)

    about = load(Library.open(acme), "chat-assistant")
    before = {row.key: row for row in about.verdicts}
    merged = merge(about, file)
    assert merged.conflicts == ()
    rows = {str(row.key): row for row in merged.assessment.verdicts}
    assert rows[f"{CODE}:5.1#1"].verdict is Verdict.FAIL
    assert rows[f"{CODE}:5.1#1"].note == '=SUM(1) and a "quote", a comma'
    assert rows[f"{CODE}:5.4.1#1"].note == "New \u00e9"
    assert rows[f"{CODE}:5.4#1"].reason == "No such data."
    # Everything else stays as it is, also in the rows that were changed.
    assert all(rows[str(key)].evidence == row.evidence for key, row in before.items())
    assert len(merged.assessment.verdicts) == len(before | {row.key: row for row in merged.assessment.verdicts})

    save([merged.assessment])
    again = open_page(acme_page(), f"#/{CODE}:Developer?system=chat-assistant")
    assert again.get_by_label(f"Verdict on {CODE}:5.1#1", exact=True).input_value() == "fail"
    assert again.get_by_label(f"Note: {CODE}:5.1#1", exact=True).input_value() == '=SUM(1) and a "quote", a comma'


def test_an_export_is_imported_in_another_browser(
    code_page: Path, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """A file that was exported sets the same verdicts elsewhere, and exports the same again."""
    page = open_page(code_page, f"#/{CODE}:System%20Operator?system=chat")
    set_verdict(page, f"{CODE}:2.1#1", "pass", "Two\nlines".replace("\n", " "))
    file = export(page, tmp_path)
    other = open_page(code_page, f"#/{CODE}:System%20Operator?system=chat")
    assert other.get_by_label(f"Verdict on {CODE}:2.1#1", exact=True).input_value() == "not assessed"
    other.set_input_files("#import", file)
    other.get_by_text("Took 1 row.").wait_for()
    assert other.get_by_label(f"Verdict on {CODE}:2.1#1", exact=True).input_value() == "pass"
    content = file.read_bytes()
    (tmp_path / "again").mkdir()
    assert export(other, tmp_path / "again").read_bytes() == content


def test_a_page_without_an_assessment_merges_into_a_new_one(
    code_page: Path, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Verdicts that are set on the public page merge into an assessment without verdicts."""
    page = open_page(code_page, f"#/{CODE}:Developer?system=new")
    set_verdict(page, f"{CODE}:5.1#1", "pass")
    file = export(page, tmp_path)
    [row] = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert row["assessed"] != ""
    code = load_edition("uk-ai-cop")
    system = System(name="new", title="New", edition=code.id, roles=[Role.DEVELOPER])
    merged = merge(Assessment(system=system, catalogue=code), file)
    assert merged.conflicts == ()
    [verdict] = merged.assessment.verdicts
    assert (str(verdict.key), verdict.verdict, verdict.assessed) == (f"{CODE}:5.1#1", Verdict.PASS, row["assessed"])


def test_a_file_with_faults_says_so(code_page: Path, open_page: Callable[..., Page], tmp_path: Path) -> None:
    """Rows that cannot be read are named, and the others are taken."""
    page = open_page(code_page, f"#/{CODE}:Developer")
    file = tmp_path / "verdicts.csv"
    file.write_text(f"Key,Verdict\n{CODE}:5.1#1,pass\n{CODE}:99.1#1,pass\n{CODE}:5.2#1,perhaps\n", encoding="utf-8")
    page.set_input_files("#import", file)
    said = page.locator("#message")
    page.wait_for_function("document.getElementById('message').textContent !== ''")
    assert "Took 1 row." in said.inner_text()
    assert "Row 3" in said.inner_text()
    assert "Row 4: perhaps is not a verdict" in said.inner_text()
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    page.set_input_files("#import", file)
    page.get_by_text("has no column key").wait_for()


def test_what_is_set_is_kept(code_page: Path, open_page: Callable[..., Page]) -> None:
    """A verdict is still there when the page is opened again, for this system alone."""
    page = open_page(code_page, f"#/{CODE}:Developer?system=one")
    set_verdict(page, f"{CODE}:5.1#1", "fail")
    page.reload()
    assert page.get_by_label(f"Verdict on {CODE}:5.1#1", exact=True).input_value() == "fail"
    page.get_by_label("System").fill("two")
    page.get_by_label("System").blur()
    assert page.get_by_label(f"Verdict on {CODE}:5.1#1", exact=True).input_value() == "not assessed"


def test_another_role_means_the_same_system(code_page: Path, open_page: Callable[..., Page]) -> None:
    """Whoever goes on to the checklist of another role, or edition, stays with the system."""
    page = open_page(code_page, f"#/{CODE}:Developer?system=one")
    page.get_by_role("link", name="System Operator", exact=True).first.click()
    page.wait_for_function("document.querySelector('h1').textContent === 'System Operator'")
    assert page.get_by_label("System", exact=True).input_value() == "one"


def test_a_note_keeps_its_lines(code_page: Path, open_page: Callable[..., Page], tmp_path: Path) -> None:
    """A note of several lines is still the same after its verdict was changed."""
    page = open_page(code_page, f"#/{CODE}:Developer?system=one")
    set_verdict(page, f"{CODE}:5.1#1", "fail", "First.\nSecond.")
    page.reload()
    page.get_by_label(f"Verdict on {CODE}:5.1#1", exact=True).select_option("pass")
    text = export(page, tmp_path).read_bytes().decode("utf-8")
    [row] = list(csv.DictReader(io.StringIO(text, newline="")))
    assert (row["verdict"], row["note"]) == ("pass", "First.\nSecond.")


def test_a_browser_that_keeps_nothing(code_page: Path, open_page: Callable[..., Page], tmp_path: Path) -> None:
    """Where a browser forbids storage, the page says so, works, and exports."""
    page = open_page(code_page)
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden', 'SecurityError'); } })"
    )
    page.goto(f"{code_page.as_uri()}?forbidden#/{CODE}:Developer")
    assert page.get_by_text("This browser keeps nothing for this page").is_visible()
    set_verdict(page, f"{CODE}:5.1#1", "pass")
    assert "pass" in export(page, tmp_path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("button", "text"), [("key", f"{CODE}:5.4.1"), ("citation", "provision 5.4.1"), ("JSON", '"key": "')]
)
def test_an_item_can_be_copied(code_page: Path, open_page: Callable[..., Page], button: str, text: str) -> None:
    """Buttons copy a key, a citation and rows."""
    page = open_page(code_page, f"#/{CODE}:5.4.1", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".copies").first.get_by_role("button", name=button).click()
    page.get_by_text(f"Copied the {button}").wait_for()
    assert text in page.evaluate("navigator.clipboard.readText()")


def test_hostile_texts_stay_text(open_page: Callable[..., Page], tmp_path: Path) -> None:
    """Markup in the titles, texts and rationales of a user is shown as text, and runs nothing."""
    rows = [
        {"id": "A-1", "kind": HOSTILE[:30], "nature": "requirement", "title": HOSTILE, "words": HOSTILE},
        {"id": "A-2", "kind": "control", "nature": "requirement", "parent": "A-1", "title": HOSTILE},
    ]
    framework = loads(rows, framework="evil", edition="1", title=HOSTILE, publisher=HOSTILE)
    framework = attrs.evolve(framework, edition=attrs.evolve(framework.edition, address="javascript:alert(1)"))
    library = Library().with_framework(framework)
    made = [{"source": "evil:A-1", "relationship": "intersects-with", "target": "uk-ai-cop:5.1", "strength": "3",
             "rationale": HOSTILE, "remainder": HOSTILE, "confidence": "7", "author": HOSTILE, "date": "2026-11-30"}]  # fmt: skip
    library = library.with_mappings(loads_mappings(made, frameworks=[framework]))
    file = tmp_path / "evil.html"
    write_explorer(file, library, frameworks=["evil"], wording=["evil"])
    shown = 0
    for address in (
        "#/frameworks",
        "#/evil@1",
        "#/evil@1:A-1",
        f"#/{CODE}:5.1",
        f"#/crosswalk/evil@1/{CODE}",
        "#/known",
        "#/search?q=bold",
    ):
        page = open_page(file, address)
        page.evaluate("for (const one of document.querySelectorAll('main details')) { one.open = true; }")
        page.wait_for_timeout(50)
        shown += HOSTILE in page.locator("main").inner_text()
        assert page.locator("main img, main b:not(.dg-legend b), main script").count() == 0
        assert page.locator('a[href^="javascript"]').count() == 0
        assert page.title() != "ran"
    assert shown >= 5
