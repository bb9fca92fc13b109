"""
Markdown: an edition as a checklist with tick boxes, a framework by family, a crosswalk as tables.

The tables use GitHub Flavored Markdown. Keys are formatted as code, because GitHub would turn some of them into email
addresses. Markdown can be written but not read. `FORMAT` lists the facts that are lost.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from aicop.catalogue.catalogue import Catalogue
from aicop.crosswalk.core import Crosswalk
from aicop.errors import escape_text
from aicop.files.markdown import markdown_table, markdown_text
from aicop.frameworks.framework import Framework
from aicop.interop.columns import ALIASES, WORK, Column
from aicop.interop.common.format import Format
from aicop.interop.worksheets import Table, checklist, controls, coverage, gaps, mappings
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aicop.interop.columns import Fact
    from aicop.interop.common.protocol import Sample
    from aicop.interop.worksheets import Cell
    from aicop.model.framework import Control

FORMAT = Format(
    name="markdown",
    title="Markdown with GitHub tables",
    suffix=".md",
    writes=("edition", "framework", "crosswalk"),
    reads=(),
    predicates=Predicate,
    keeps="statements with tick boxes, elements with the user's own columns, claims of a crosswalk, coverage and gaps",
    loses=(
        "the guidance, scope, stakeholders, terms, remarks and annotations of an edition",
        "the preambles, citations, pointers and footnotes of an edition",
        "the withdrawn elements of a framework",
        "how disagreements about mappings were resolved, how well authors knew the target, digests and paths",
    ),
    extra=None,
    renders_claims=True,
    own_columns=True,
    tables=True,
)


def recognises(sample: Sample) -> bool:
    """Return False: Markdown is written only, and any text could be Markdown."""
    del sample
    return False


_KEY = re.compile(r"[a-z0-9-]+@[0-9A-Za-z.-]+(?::\S.*)?")
_ADDRESS = re.compile(r"(https?://[^<>|]+)")
_ENDS = ".,;:!?)"
"""Punctuation after a web or email address that does not belong to the address."""
_LISTED = re.compile(r"^([0-9]{0,9})([-+.)])")
"""The start of a line that Markdown would read as a list item or a horizontal rule."""
_BOX = "\N{BALLOT BOX}"
_PRINCIPLE, _PHASE = "Principle", "Phase"
"""The columns of a checklist that are omitted, because the headings show their content."""
_READING = "How to read it"


def _code(text: str) -> str:
    """Return text as a code span."""
    # CommonMark, code spans: the delimiter has to be longer than any run of backticks inside, and a space at both ends
    # separates it from a backtick at the edge.
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    edge = " " if "`" in {text[0], text[-1]} else ""
    return f"{fence}{edge}{text}{edge}{fence}"


def _address(text: str) -> str:
    """Escape a word, setting a web address as a link and a possible email address as code."""
    whole = text.rstrip(_ENDS)
    if whole.startswith(("http://", "https://")) and not whole.endswith("//"):
        return f"<{whole}>{markdown_text(text[len(whole) :])}"
    # A pipe ends a table cell even inside a code span, so a word with a pipe is escaped as plain text.
    if "@" in whole and "|" not in whole:
        return _code(whole) + markdown_text(text[len(whole) :])
    return markdown_text(text)


def _inline(text: str) -> str:
    """Escape plain text as one line of Markdown."""
    shown = escape_text(text)
    # A cheap check first: most cells contain neither a key nor an address.
    if "@" not in shown and "://" not in shown:
        return markdown_text(shown)
    if "|" not in shown and _KEY.fullmatch(shown):
        return _code(shown)
    return "".join(_address(part) for word in re.split(r"(\s+)", shown) for part in _ADDRESS.split(word))


def _paragraph(text: str) -> str:
    # The backslash keeps a paragraph that begins with "1." or "-" from becoming a list.
    return _LISTED.sub(r"\1\\\2", _inline(text)) + "\n"


def _table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> str:
    """Write a table without its empty columns."""
    used = [place for place in range(len(columns)) if any(row[place] is not None for row in rows)]
    lines = ([_inline("" if row[i] is None else str(row[i])) for i in used] for row in rows)
    return markdown_table([_inline(columns[i].heading) for i in used], lines) if used else "None.\n"


def _checklist_table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], without: Iterable[str] = ()) -> str:
    """Write a checklist with a box before each statement."""
    kept = [place for place, column in enumerate(columns) if column.name not in {*WORK, *without}]
    lines = ([_BOX, *(_inline(str(row[i] or "")) for i in kept)] for row in rows)
    return markdown_table(["", *(_inline(columns[i].heading) for i in kept)], lines)


def _fact_list(facts: Iterable[Fact]) -> str:
    return "".join(f"- **{_inline(name)}**: {_inline(said)}\n" for name, said in facts)


def _explanations(columns: Iterable[Column]) -> str:
    """Return a section that explains each column and its values once; empty if no column has an explanation."""
    rows: list[list[str]] = []
    for column in dict.fromkeys(columns):
        if column.explanation:
            rows.append([_inline(column.heading), "", _inline(column.explanation)])
            rows += (["", _inline(value), _inline(meaning)] for value, meaning in column.values)
    return f"## {_READING}\n\n{markdown_table(['Column', 'Value', 'Explanation'], rows)}" if rows else ""


def _document(table: Table, parts: Iterable[str], columns: Iterable[Column] = ()) -> str:
    """Return a document: the title and facts of *table*, then *parts*, then the explanation of *columns*."""
    title = dict(table.about).get("Title", table.name)
    facts = _fact_list(fact for fact in table.about if fact[0] != "Title")
    return "\n".join(filter(None, [f"# {_inline(title)}\n", facts, *parts, _explanations(columns)]))


def _of_edition(catalogue: Catalogue, whole: Table) -> Iterator[str]:
    place = whole.names.index(_PRINCIPLE)
    # The checklist is in printed order, so the rows of a principle are adjacent, as `groupby` needs.
    parts = {name: tuple(rows) for name, rows in itertools.groupby(whole.rows, lambda row: row[place])}
    for phase in catalogue.phases:
        yield f"## {_inline(phase.title)}\n"
        for principle in catalogue.principles:
            if principle.phase == phase.id:
                yield f"### Principle {principle.id.number}: {_inline(principle.title)}\n"
                if principle.applies_to:
                    yield f"Primarily applies to: {', '.join(principle.applies_to)}.\n"
                own = parts[f"{principle.id.number} {principle.title}"]
                yield _checklist_table(whole.columns, own, (_PRINCIPLE, _PHASE))


def _below(framework: Framework, item: Control) -> Iterator[Control]:
    for child in framework.children(item.id):
        yield child
        yield from _below(framework, child)


def _own_facts(listed: Table, row: Sequence[Cell]) -> list[Fact]:
    """Return the aliases and the user's own columns of an element, as far as it has any."""
    pairs = zip(listed.columns, row, strict=True)
    return [(column.heading, str(cell)) for column, cell in pairs if (column.is_own or column == ALIASES) and cell]


def _of_framework(framework: Framework, listed: Table) -> Iterator[str]:
    """
    Yield sections in order: one per top-level element with children, one per run of elements without children.

    *listed* is the table of all elements.
    """
    rows = dict(zip(framework, listed.rows, strict=True))

    def elements(items: Iterable[Control]) -> str:
        return _table(listed.columns, [rows[item.id] for item in items])

    tops = (item for item in framework.controls if item.parent is None)
    for alone, several in itertools.groupby(tops, lambda item: not framework.children(item.id)):
        items = list(several)
        if alone:
            kinds = dict.fromkeys(item.kind for item in items)
            yield f"## {_inline(', '.join(kinds).capitalize())}\n"
            yield elements(items)
            continue
        for item in items:
            yield f"## {_inline(f'{item.id.local} {item.title or str()}'.rstrip())}\n"
            if item.words:
                yield _paragraph(item.words)
            # The heading shows the id and the title, and what the table would show besides has no other place.
            if own := _own_facts(listed, rows[item.id]):
                yield _fact_list(own)
            yield elements(_below(framework, item))


def _shown(table: Table) -> list[Column]:
    """Return the columns of a table that have any content."""
    return [column for place, column in enumerate(table.columns) if any(row[place] is not None for row in table.rows)]


def _sections(tables: Iterable[Table]) -> Iterator[str]:
    for table in tables:
        yield f"## {_inline(table.name)}\n"
        yield _table(table.columns, table.rows)


def _several(tables: Sequence[Table]) -> str:
    """Return a document with a section for each table; the facts of the first are about the whole."""
    first, *rest = tables
    parts = [*_sections([first])]
    for table in rest:
        heading, rows = _sections([table])
        # A fact with the name of its table needs no label below that heading.
        texts = [_paragraph(said) for name, said in table.about if name == table.name]
        facts = _fact_list(fact for fact in table.about if fact[0] != table.name)
        parts += [heading, *texts, *([facts] if facts else []), rows]
    return _document(first, parts, (column for table in tables for column in _shown(table)))


def dumps(item: Catalogue | Framework | Crosswalk | Table | Sequence[Table]) -> str:
    """
    Write an edition, a framework, a crosswalk or tables as a document.

    The facts of the first of several tables are about the whole document, and those of others about themselves.

    >>> from aicop import load
    >>> print(dumps(load("uk-ai-cop")).splitlines()[0])
    # Code of Practice for the Cyber Security of AI
    """
    if isinstance(item, Catalogue):
        whole = checklist(item)
        shown = [column for column in _shown(whole) if column.name not in {_PRINCIPLE, _PHASE}]
        return _document(whole, _of_edition(item, whole), shown)
    if isinstance(item, Framework):
        listed = controls(item)
        return _document(listed, _of_framework(item, listed), _shown(listed))
    if isinstance(item, Crosswalk):
        tables = (coverage(item), mappings(item), gaps(item))
        return _document(tables[0], _sections(tables), (column for table in tables for column in _shown(table)))
    if not isinstance(item, Table):
        return _several(item)
    boxed = set(WORK) <= set(item.names)
    body = (_checklist_table if boxed else _table)(item.columns, item.rows)
    return _document(item, [f"## {_inline(item.name)}\n", body], _shown(item))
