"""
Flat tables as Apache Parquet, for DuckDB, polars, pandas, Spark and warehouses. No other module uses pyarrow.

A file holds one table of `aicop.tables`, with the types and the columns of its schema even if all cells of a column are
empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.catalogue.catalogue import Catalogue
from aicop.catalogue.responsibility import responsibility_matrix
from aicop.crosswalk.core import Crosswalk
from aicop.crosswalk.coverage import CoverageReport
from aicop.errors import MissingExtra
from aicop.files.text import PARQUET_SIGNATURE
from aicop.frameworks.framework import Framework
from aicop.interop.common.format import Format
from aicop.interop.common.selection import nothing_selected
from aicop.lineage.comparison import Comparison
from aicop.mappings.writer import table_of
from aicop.spelling import unknown_term
from aicop.tables import SCHEMAS, Schema, schema
from aicop.vocabulary import Predicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from aicop.catalogue.catalogue import OneOrMore
    from aicop.graph.dependency_graph import DependencyGraph
    from aicop.interop.common.protocol import Sample
    from aicop.tables import Row

    Item = Catalogue | Framework | Crosswalk | CoverageReport | Comparison | DependencyGraph

FORMAT = Format(
    name="parquet",
    title="Apache Parquet, one flat table in each file",
    suffix=".parquet",
    writes=("edition", "framework", "crosswalk"),
    reads=(),
    predicates=Predicate,
    keeps="the columns of one table with their types: provisions or statements, elements, or claims",
    loses=(
        "all that is in another table; each is written to a file of its own",
        "the guidance, scope, stakeholders, terms, remarks, annotations and sources of an edition",
        "the title, publisher, licence and withdrawn elements of a framework",
        "the paths of claims",
    ),
    extra="parquet",
    renders_claims=True,
    joint=True,
    own_columns=True,
    table_names=tuple(SCHEMAS),
)


def recognises(sample: Sample) -> bool:
    """Return whether a file begins like a Parquet file."""
    return sample.content.startswith(PARQUET_SIGNATURE)


def _writers(item: Item) -> dict[str, Callable[[], list[Row]]]:
    """Return the tables that an object can be written as, the default first."""
    if isinstance(item, Catalogue):
        return {
            "provisions": item.table,
            "statements": lambda: item.table("statements"),
            "responsibilities": lambda: responsibility_matrix(item).table(),
        }
    if isinstance(item, Framework):
        return {"elements": item.table}
    if isinstance(item, Crosswalk):
        return {
            "claims": item.table,
            "mappings": lambda: table_of(item.mappings),
            "coverage": lambda: item.coverage().table(),
            "gaps": lambda: item.table_of(item.gaps()),
        }
    if isinstance(item, CoverageReport):
        return {"coverage": item.table}
    if isinstance(item, Comparison):
        return {"lineage": item.table}
    # A graph, whose class is not imported, because it needs networkx.
    return {"dependencies": item.table}


def dumps(item: Item, table: str | None = None) -> bytes:
    """
    Write one table of an edition, framework, crosswalk, coverage report, comparison or dependency graph.

    *table* is its name in `aicop.tables`; the default is the table that ``item.table()`` returns.

    >>> from aicop import load
    >>> dumps(load("uk-ai-cop"), "statements")[:4]
    b'PAR1'

    Raises:
        UnknownTerm: *item* has no such table.
        MissingExtra: pyarrow is not installed.
    """
    known = _writers(item)
    name = next(iter(known)) if table is None else table
    if name not in known:
        vocabulary = f"table of a {type(item).__name__}"
        raise unknown_term(vocabulary, name, tuple(known))
    return dumps_rows(known[name](), name)


def dumps_selection(catalogue: Catalogue, *, role: OneOrMore | None = None, modality: OneOrMore | None = None) -> bytes:
    """
    Write the statements of an edition that bind a role, use a verb, or both, as the table ``statements``.

    Raises:
        UnknownTerm: there is no such role or verb.
        UnknownKey: no statement matches.
        MissingExtra: pyarrow is not installed.
    """
    found = catalogue.select(role=role, modality=modality)
    if not found:
        raise nothing_selected(catalogue.id, role, modality)
    return dumps_rows(catalogue.table_of(found), "statements")


def dumps_rows(rows: Iterable[Row], table: Schema | str) -> bytes:
    """
    Write rows that a method ``table`` or a function ``table_of`` returned.

    *table* is their schema, or its name in `aicop.tables`. Other columns, such as your own columns of a framework,
    follow as text.

    Raises:
        UnknownTerm: there is no such table.
        MissingExtra: pyarrow is not installed.
    """
    pyarrow, parquet = _pyarrow()
    listed = list(rows)
    known = table if isinstance(table, Schema) else schema(table)
    known = known.with_texts(name for name in (listed[0] if listed else ()) if name not in known.types)
    types = {str: pyarrow.string(), int: pyarrow.int64(), bool: pyarrow.bool_()}
    fields = [
        pyarrow.field(item.name, types[item.kind], nullable=not item.required, metadata={"description": item.meaning})
        for item in known.columns
    ]
    # Nothing in the file depends on the time or the machine.
    content = pyarrow.Table.from_pylist(listed, schema=pyarrow.schema(fields, metadata={"aicop.table": known.name}))
    out = pyarrow.BufferOutputStream()
    parquet.write_table(content, out)
    written: bytes = out.getvalue().to_pybytes()
    return written


def _pyarrow() -> tuple[Any, Any]:
    """Return pyarrow and its module for Parquet; raise MissingExtra if it is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra("parquet", "pyarrow") from error
    return pa, pq
