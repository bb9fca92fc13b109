"""Pages that hold some modules of the package and a little HTML, to test the modules by themselves."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from aicop.report.page import read_asset

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def script_of(modules: Iterable[str]) -> str:
    """Return modules as one script, in which everything that they export is global; each after those that it needs."""
    parts = []
    for name in modules:
        text = read_asset(f"explorer/scripts/{name}")
        exports = re.findall(r"^export (?:function|const|class) (\w+)", text, re.MULTILINE)
        lines = (line.removeprefix("export ") for line in text.splitlines() if not line.startswith("import "))
        body = "\n".join(lines)
        parts.append(
            f"const {{ {', '.join(exports)} }} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();"
        )
    return '"use strict";\n' + "\n".join(parts)


def write_page(path: Path, modules: Iterable[str], data: Any, *, body: str = "", style: str = "") -> Path:  # noqa: ANN401
    """Write a page with modules, a global constant DATA, and this body and style, and return its path."""
    text = json.dumps(data).replace("<", "\\u003c")
    path.write_text(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Test</title>"
        f"<meta name='viewport' content='width=device-width'><style>{style}</style></head><body>{body}"
        f"<script>{script_of(modules)}\nconst DATA = {text};</script></body></html>",
        encoding="utf-8",
    )
    return path
