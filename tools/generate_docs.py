"""Write what the documentation holds that is generated, JSON Schemas and tables; with --check, only compare."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import agreement
from aicop import mappings
from aicop.frameworks import available, load
from aicop.interop import registry
from aicop.interop.formats import formats
from aicop.interop.registry.schema import PUBLISHED as OF_THE_REGISTRY
from aicop.mappings import sets
from aicop.schema.published import PUBLISHED, json_schema

DOCS = Path("docs")


def schemas() -> dict[Path, str]:
    """Give path and text of each schema."""
    found = {}
    for model in (*PUBLISHED, *OF_THE_REGISTRY):
        schema = json_schema(model)
        path = DOCS / "reference" / "schemas" / f"{schema['title'].lower().replace(' ', '-')}.schema.json"
        found[path] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return found


def files() -> dict[Path, str]:
    """Give path and text of each file that is data for others."""
    return {DOCS / "reference" / "registry.json": registry.dumps()}


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """Give a table as Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def frameworks() -> str:
    """Give the table of frameworks."""
    rows = [
        (
            f"`{item.id}`",
            item.title,
            item.publisher,
            item.published or "not known",
            item.status,
            len(load(item.id)),
            item.licence_class,
            "publisher's" if item.ids_official else "not the publisher's",
            item.titles,
            item.note or "",
        )
        for item in available()
    ]
    head = ("edition", "title", "publisher", "date", "status", "elements", "class", "ids", "titles", "note")
    return table(head, rows)


def mapping_sets() -> str:
    """Give the table of sets of mappings."""
    rows = []
    for item in sets():
        size = len(mappings.load(item.name))
        ends = f"`{item.source}`", f"`{item.target}`"
        rows.append((*ends, size, item.basis, item.author, item.date, item.note or ""))
    return table(("source", "target", "rows", "basis", "maker", "date", "note"), rows)


def format_table() -> str:
    """Give the table of formats."""
    rows = [
        (
            f"`{item.name}`",
            item.title,
            ", ".join(item.writes),
            ", ".join(item.reads) or "-",
            item.keeps,
            "; ".join(item.loses) or "nothing",
            f"`aicop[{item.extra}]`" if item.extra else "-",
        )
        for item in formats()
    ]
    return table(("format", "what it is", "written", "read", "keeps", "loses", "needs"), rows)


TABLES = {
    "formats": (DOCS / "reference" / "formats.md", format_table),
    "frameworks": (DOCS / "reference" / "frameworks.md", frameworks),
    "sets": (DOCS / "reference" / "crosswalks.md", mapping_sets),
    "agreement": (DOCS / "methods" / "index.md", agreement.table),
}


def pages() -> dict[Path, str]:
    """Give path and text of each page that holds a generated table."""
    found: dict[Path, str] = {}
    for name, (path, make) in TABLES.items():
        text = found.get(path) or path.read_text(encoding="utf-8")
        before, start, rest = text.partition(f"<!-- table: {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        found[path] = f"{before}{start}\n{make()}\n{end}{after}"
    return found


def main() -> None:
    """Write or check."""
    for path, text in (schemas() | files() | pages()).items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path} is not current: run `make docs`")


if __name__ == "__main__":
    main()
