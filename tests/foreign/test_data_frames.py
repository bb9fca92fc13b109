"""Tables in pandas, polars, narwhals and DuckDB, from rows and from Parquet."""

from __future__ import annotations

import io
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from aicop import Library, compare, frameworks, load, mappings
from aicop.assessment import history_table, load_all
from aicop.catalogue import responsibility_matrix
from aicop.crosswalk import crosswalk
from aicop.graph import graph
from aicop.interop import parquet
from aicop.tables import SCHEMAS

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.tables import Row

pandas = import_module("pandas")
polars = import_module("polars")
narwhals = import_module("narwhals")
duckdb = import_module("duckdb")

CODE = load("uk-ai-cop")
WALK = crosswalk("uk-ai-cop", "iso-iec-42001")
TABLES: dict[str, list[Row]] = {
    "provisions": CODE.table(),
    "statements": CODE.table("statements"),
    "dependencies": graph(CODE).table(),
    "claims": WALK.table(),
    "mappings": [row for item in mappings.sets() for row in mappings.table_of(mappings.load(item.name))],
    "coverage": WALK.coverage().table(),
    "gaps": WALK.table_of(WALK.gaps()),
    "lineage": compare("uk-ai-cop", "etsi-en-304-223").table(),
    "elements": frameworks.load("nist-sp-800-53").table(),
    "responsibilities": responsibility_matrix(CODE).table(),
    "history": history_table(load_all(Library.open("docs/examples/acme"))),
}
POLARS = {str: polars.String, int: polars.Int64, bool: polars.Boolean}
NARWHALS = {str: narwhals.String, int: narwhals.Int64, bool: narwhals.Boolean}
DUCKDB = {str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN"}


def test_there_is_a_table_of_every_schema() -> None:
    """All tables are tried."""
    assert TABLES.keys() == SCHEMAS.keys()


@pytest.mark.parametrize("name", TABLES)
def test_pandas(name: str) -> None:
    """Pandas takes the rows, and `dtypes` gives each column its type, with nulls: Int64 and not object."""
    rows, known = TABLES[name], SCHEMAS[name]
    frame = pandas.DataFrame(rows)
    assert (frame.shape, list(frame.columns)) == ((len(rows), len(known.columns)), list(known.names))
    typed = frame.astype(known.dtypes)
    assert {column: str(kind) for column, kind in typed.dtypes.items()} == known.dtypes
    for column in known.names:
        cells = [None if pandas.isna(cell) else cell for cell in typed[column]]
        assert cells == [row[column] for row in rows]
    assert len(pandas.DataFrame([], columns=list(known.names)).astype(known.dtypes)) == 0


@pytest.mark.parametrize("name", TABLES)
def test_polars(name: str) -> None:
    """Polars takes the rows with the types of the schema, also where many rows begin with nulls."""
    rows, known = TABLES[name], SCHEMAS[name]
    frame = polars.DataFrame(rows, schema=known.types)
    assert frame.rows(named=True) == rows
    assert dict(frame.schema) == {column.name: POLARS[column.kind] for column in known.columns}
    assert dict(polars.DataFrame([], schema=known.types).schema) == dict(frame.schema)
    assert polars.DataFrame(rows, infer_schema_length=None).rows(named=True) == rows


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("name", TABLES)
def test_narwhals(name: str, backend: str) -> None:
    """Narwhals takes the rows for each of its backends, and the types for those whose integers allow nulls."""
    rows, known = TABLES[name], SCHEMAS[name]
    wanted = None if backend == "pandas" else {column.name: NARWHALS[column.kind] for column in known.columns}
    frame: Any = narwhals.from_dicts(rows, wanted, backend=backend)
    assert (frame.shape, frame.columns) == ((len(rows), len(known.columns)), list(known.names))
    assert frame[known.names[0]].null_count() == sum(row[known.names[0]] is None for row in rows)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("name", ["provisions", "statements", "dependencies", "claims", "coverage", "gaps", "lineage"])
def test_narwhals_without_types(name: str, backend: str) -> None:
    """The tables of one edition or crosswalk need no types; those of thousands of rows may begin with nulls."""
    frame: Any = narwhals.from_dicts(TABLES[name], backend=backend)
    assert frame.shape == (len(TABLES[name]), len(SCHEMAS[name].columns))


@pytest.mark.parametrize("name", TABLES)
def test_parquet(name: str, tmp_path: Path) -> None:
    """DuckDB, polars and pandas read a Parquet file with the same rows and types."""
    rows, known = TABLES[name], SCHEMAS[name]
    path = tmp_path / "t.parquet"
    path.write_bytes(parquet.dumps_rows(rows, name))
    found = duckdb.sql(f"SELECT * FROM '{path}'")  # noqa: S608 -- our own path
    assert dict(zip(found.columns, map(str, found.types), strict=True)) == {
        column.name: DUCKDB[column.kind] for column in known.columns
    }
    assert [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()] == rows
    frame = polars.read_parquet(path)
    assert frame.rows(named=True) == rows
    assert dict(frame.schema) == {column.name: POLARS[column.kind] for column in known.columns}
    again = pandas.read_parquet(io.BytesIO(path.read_bytes()), dtype_backend="numpy_nullable")
    assert {column: str(kind) for column, kind in again.dtypes.items()} == known.dtypes
    empty = polars.read_parquet(io.BytesIO(parquet.dumps_rows([], name)))
    assert dict(empty.schema) == dict(frame.schema)


def test_duckdb_asks_frames_and_joins_tables() -> None:
    """DuckDB asks the frames of pandas and polars by their names, and tables join by their keys."""
    provisions = pandas.DataFrame(TABLES["provisions"])
    coverage = polars.DataFrame(TABLES["coverage"], schema=SCHEMAS["coverage"].types)
    found = duckdb.sql(
        "SELECT phase_title, count(*) AS n FROM provisions JOIN coverage ON key = item WHERE class <> 'covered' GROUP BY ALL"
    ).fetchall()
    assert len(provisions) == len(coverage) == 72
    assert sum(count for _, count in found) == sum(row["class"] != "covered" for row in TABLES["coverage"])
