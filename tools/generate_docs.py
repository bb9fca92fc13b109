"""Write the generated parts of the documentation, JSON Schemas and tables; with --check, only compare."""

import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import agreement
import command_reference
import crosswalk_matrix
import what_is_known
from aicop import editions, mappings
from aicop import load as load_edition
from aicop.applicability import Fact, OpenQuestion, applicability
from aicop.frameworks import available, load
from aicop.interop import Format, registry
from aicop.interop.formats import formats
from aicop.interop.registry.schema import PUBLISHED as OF_THE_REGISTRY
from aicop.mappings import sets
from aicop.schema.published import PUBLISHED, schema_of
from aicop.tables import SCHEMAS
from aicop.vocabulary import Predicate

DOCS = Path("docs")
FORMATS = DOCS / "reference" / "formats"


def schemas() -> dict[Path, str]:
    """Return the path and text of each JSON Schema."""
    found = {}
    for model in (*PUBLISHED, *OF_THE_REGISTRY):
        schema = schema_of(model)
        path = DOCS / "reference" / "schemas" / f"{schema['title'].lower().replace(' ', '-')}.schema.json"
        found[path] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return found


def files() -> dict[Path, str]:
    """Return the path and text of each generated data file."""
    return {DOCS / "reference" / "registry.json": registry.dumps()}


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """Return a table as Markdown."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def frameworks() -> str:
    """Return the table of frameworks."""
    rows = [
        (
            f"`{item.id}`",
            item.title,
            item.publisher,
            item.published or "not known",
            f"{item.status}, {item.checked}" if item.checked else item.status,
            len(load(item.id)),
        )
        for item in available()
    ]
    return table(("edition", "title", "publisher", "date", "status", "elements"), rows)


def framework_licences() -> str:
    """Return the table of the licence, ids and titles of each framework."""
    rows = [
        (
            f"`{item.id}`",
            item.licence_class,
            "publisher's" if item.ids_official else "not the publisher's",
            item.titles,
            item.note or "",
        )
        for item in available()
    ]
    return table(("edition", "class", "ids", "titles", "note"), rows)


def mapping_sets() -> str:
    """Return the table of mapping sets."""
    rows = []
    for item in sets():
        size = len(mappings.load(item.name))
        ends = f"`{item.source}`", f"`{item.target}`"
        rows.append((*ends, size, item.basis, item.author, item.date, item.note or ""))
    return table(("source", "target", "rows", "basis", "author", "date", "note"), rows)


def format_table() -> str:
    """Return the table of formats, each with a link to its page."""
    rows = [
        (
            f"[`{item.name}`]({item.name}.md)",
            item.title,
            ", ".join(item.writes),
            ", ".join(item.reads) or "-",
            f"`aicop[{item.extra}]`" if item.extra else "-",
        )
        for item in formats()
    ]
    return table(("format", "what it is", "written", "read", "needs"), rows)


def columns_of_tables() -> str:
    """Return the columns of each table of `aicop.tables`, under a heading."""
    parts = []
    for item in SCHEMAS.values():
        rows = [
            (
                f"`{column.name}`",
                {str: "text", int: "whole number", bool: "true or false"}[column.kind],
                "" if column.required else "yes",
                column.meaning,
            )
            for column in item.columns
        ]
        parts.append(f"### {item.name}\n\n{table(('column', 'type', 'may be empty', 'meaning'), rows)}")
    return "\n".join(parts)


def facts_of_format(item: Format) -> str:
    """Return the facts on the page of a format: a table, and a list of what is lost."""
    rows = [
        ("name", f"`{item.name}`"),
        ("format", item.title),
        ("file suffix", f"`{item.suffix}`"),
        ("written", ", ".join(item.writes)),
        ("read", ", ".join(item.reads) or "no"),
    ]
    if item.versions:
        rows.append(("versions", ", ".join(item.versions)))
    if item.predicates:
        words = ", ".join(f"`{word}`" for word in Predicate if word in item.predicates)
        every = len(item.predicates) == len(Predicate)
        rows.append(("relationships", "everything" if every else words))
    if item.extra:
        rows.append(("needs", f"`pip install 'aicop[{item.extra}]'`, to {'read' if item.reads else 'write'} it"))
    rows.append(("kept", item.keeps))
    lost = "".join(f"- {line}\n" for line in item.loses)
    return f"{table(('', ''), rows)}\n**Lost**\n\n{lost}"


def facts() -> str:
    """Return the table of facts, each with the roles that follow from it alone in the Code."""
    code = load_edition("uk-ai-cop")
    rows = []
    for fact in Fact:
        held = applicability(code, fact).roles
        roles = ", ".join(f"{one.role}{'?' if one.questions else ''}" for one in held)
        rows.append((f"`{fact}`", fact.meaning, roles or "none"))
    return table(("fact", "meaning", "roles"), rows)


def questions() -> str:
    """Return the table of open questions, with the editions in which each is open."""
    found: dict[OpenQuestion, list[str]] = {}
    for edition in editions():
        for fact in Fact:
            for question in applicability(load_edition(str(edition)), fact).questions:
                found.setdefault(question, []).append(f"`{edition.document}`")
    rows = [
        (f"`{item.key}`", item.question, item.argument_for, item.argument_against, item.assumed, ", ".join(where))
        for item, where in found.items()
    ]
    return table(("key", "question", "for", "against", "assumed", "open in"), rows)


MATRIX = DOCS / "reference" / "crosswalk-matrix.md"
KNOWN = DOCS / "explanation" / "what-we-know.md"
TABLES: dict[str, tuple[Path, Callable[[], str]]] = {
    "formats": (FORMATS / "index.md", format_table),
    **{f"format {item.name}": (FORMATS / f"{item.name}.md", partial(facts_of_format, item)) for item in formats()},
    "columns": (DOCS / "reference" / "api" / "tables.md", columns_of_tables),
    "commands": (DOCS / "reference" / "command-line.md", command_reference.reference),
    "frameworks": (DOCS / "reference" / "frameworks.md", frameworks),
    "licences": (DOCS / "reference" / "frameworks.md", framework_licences),
    "sets": (DOCS / "reference" / "crosswalks.md", mapping_sets),
    "facts": (DOCS / "reference" / "applicability.md", facts),
    "questions": (DOCS / "reference" / "applicability.md", questions),
    "agreement": (DOCS / "explanation" / "methods" / "index.md", agreement.table),
    "known editions": (KNOWN, partial(what_is_known.table_of, what_is_known.known_editions)),
    "known sets": (KNOWN, partial(what_is_known.table_of, what_is_known.known_sets)),
    "direct pairs": (MATRIX, partial(what_is_known.table_of, crosswalk_matrix.direct)),
    "pairs through one": (MATRIX, partial(what_is_known.table_of, crosswalk_matrix.through_one)),
    "sweep": (DOCS / "explanation" / "methods" / "index.md", agreement.sweep_table),
}


def pages() -> dict[Path, str]:
    """Return the path and text of each page with a generated table."""
    found: dict[Path, str] = {}
    for name, (path, make) in TABLES.items():
        text = found.get(path) or path.read_text(encoding="utf-8")
        before, start, rest = text.partition(f"<!-- table: {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        found[path] = f"{before}{start}\n{make()}\n{end}{after}"
    return found


def main() -> None:
    """Write the files, or compare them with ``--check``."""
    for path, text in (schemas() | files() | pages()).items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path} is not current: run `make docs`")


if __name__ == "__main__":
    main()
