"""
Write the screenshots of the explorer that the documentation shows. `make screenshots` calls this.

They show what ships and the example library, at a date that stays the same. Look at them before you commit them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from aicop.assessment import load_all
from aicop.library.library import Library
from aicop.report import write_explorer

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "_static" / "explorer"
CODE = "uk-ai-cop@2025-01"
VIEWS = {
    "code": "",
    "provision": f"#/{CODE}:6.5",
    "crosswalk": f"#/crosswalk/{CODE}/nist-csf@2.0",
    "matrix": f"#/crosswalk/{CODE}/nist-ai-rmf@1.0?as=matrix",
    "responsibilities": "#/matrix",
    "dependencies": "#/graph",
    "editions": f"#/compare/{CODE}/etsi-en-304-223@2.1.1",
    "checklist": f"#/{CODE}:Developer?system=chat-assistant",
    "status": "#/status",
}
SIZE = {"width": 1200, "height": 800}


def main() -> None:
    """Write a picture of each view."""
    library = Library.open(ROOT / "docs" / "examples" / "acme")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as tools:
        page_file = Path(scratch) / "code.html"
        write_explorer(page_file, library, assessments=load_all(library), on="2026-11-30", evidence=True)
        chromium = os.environ.get("AICOP_CHROMIUM", "/usr/bin/chromium")
        browser = tools.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, address in VIEWS.items():
            page = browser.new_page(viewport=SIZE)
            page.goto(f"{page_file.as_uri()}{address}")
            page.wait_for_selector("main h1")
            page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
