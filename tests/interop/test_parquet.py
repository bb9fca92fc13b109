"""Parquet files, as pyarrow reads them back."""

from __future__ import annotations

import builtins
import io
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop import Library, compare, frameworks, load
from aicop.assessment import history_table
from aicop.catalogue import responsibility_matrix
from aicop.crosswalk import crosswalk
from aicop.errors import InvalidDocument, MissingExtra, UnknownKey, UnknownTerm
from aicop.graph import graph
from aicop.interop import formats, parquet
from aicop.lineage import table_of
from aicop.mappings import table_of as mapping_rows
from aicop.tables import ELEMENTS, HISTORY, SCHEMAS
from tests.report.examples import filled

if TYPE_CHECKING:
    from collections.abc import Mapping


pq = import_module("pyarrow.parquet")
WALK = crosswalk("uk-ai-cop", "iso-iec-42001")
TYPES = {str: "string", int: "int64", bool: "bool"}
ITEMS: dict[str, Any] = {
    "provisions": load("uk-ai-cop"),
    "statements": load("uk-ai-cop"),
    "responsibilities": load("uk-ai-cop"),
    "dependencies": graph("uk-ai-cop"),
    "claims": WALK,
    "mappings": WALK,
    "coverage": WALK,
    "gaps": WALK,
    "lineage": compare("uk-ai-cop", "etsi-en-304-223"),
    "elements": frameworks.load("stride"),
}
ROWS: dict[str, list[Any]] = {
    "provisions": load("uk-ai-cop").table(),
    "statements": load("uk-ai-cop").table("statements"),
    "responsibilities": responsibility_matrix(load("uk-ai-cop")).table(),
    "dependencies": graph("uk-ai-cop").table(),
    "claims": WALK.table(),
    "mappings": mapping_rows(WALK.mappings),
    "coverage": WALK.coverage().table(),
    "gaps": WALK.table_of(WALK.gaps()),
    "lineage": compare("uk-ai-cop", "etsi-en-304-223").table(),
    "elements": frameworks.load("stride").table(),
}


def read(content: bytes) -> Any:  # noqa: ANN401 -- pyarrow has no types
    """Return the table in a file."""
    return pq.read_table(io.BytesIO(content))


def types(table: Any) -> Mapping[str, tuple[str, bool]]:  # noqa: ANN401 -- pyarrow has no types
    """Return the type of each column, and whether it always has a value."""
    return {field.name: (str(field.type), not field.nullable) for field in table.schema}


@pytest.mark.parametrize("name", ITEMS)
def test_a_file_has_the_rows_and_types_of_its_table(name: str) -> None:
    """Every row comes back as it is, with the types and the descriptions of the schema."""
    content = parquet.dumps(ITEMS[name], name)
    found = read(content)
    assert found.to_pylist() == ROWS[name]
    assert types(found) == {item.name: (TYPES[item.kind], item.required) for item in SCHEMAS[name].columns}
    said = {field.name: field.metadata[b"description"].decode() for field in found.schema}
    assert said == {item.name: item.meaning for item in SCHEMAS[name].columns}
    assert found.schema.metadata[b"aicop.table"] == name.encode()
    assert formats.dumps("parquet", ITEMS[name], table=name) == content


@pytest.mark.parametrize("name", ITEMS)
def test_a_table_without_rows_keeps_its_types(name: str) -> None:
    """The columns and types do not depend on the rows."""
    assert types(read(parquet.dumps_rows([], name))) == types(read(parquet.dumps(ITEMS[name], name)))


def test_the_history_of_assessments_is_a_table() -> None:
    """Rows of `history_table` are written with the types of their schema, and your own columns as text."""
    rows = history_table([filled()])
    found = read(parquet.dumps_rows(rows, HISTORY))
    assert found.to_pylist() == rows
    assert types(found) == {item.name: (TYPES[item.kind], item.required) for item in HISTORY.columns} | {
        "Ticket": ("string", False)
    }
    assert {*ITEMS, HISTORY.name} == {*SCHEMAS}


def test_the_default_is_the_table_of_an_object() -> None:
    """Without a name, a file holds what the method `table` returns."""
    assert read(parquet.dumps(ITEMS["provisions"])).to_pylist() == ROWS["provisions"]
    assert read(parquet.dumps(WALK)).to_pylist() == ROWS["claims"]
    assert read(parquet.dumps(WALK.coverage())).to_pylist() == ROWS["coverage"]
    assert read(formats.dumps("parquet", "STRIDE")).to_pylist() == ROWS["elements"]
    provisions = ITEMS["lineage"].provisions
    assert read(parquet.dumps_rows(table_of(provisions), "lineage")).num_rows == 72


def test_your_own_columns_follow_as_text() -> None:
    """Columns of a framework that are not aicop's are text, also where nothing is in them."""
    acme = Library.open(Path("docs/examples/acme")).framework("acme")
    found = read(parquet.dumps(acme))
    own = [name for name in found.schema.names if name not in ELEMENTS.names]
    assert own
    assert found.schema.names == [*ELEMENTS.names, *own]
    assert {types(found)[name] for name in own} == {("string", False)}
    assert found.to_pylist() == acme.table()
    rows = read(parquet.dumps_rows(acme.table(), ELEMENTS.with_texts(own))).to_pylist()
    assert rows == acme.table()


def test_an_object_has_only_its_own_tables() -> None:
    """An edition has no gaps, and a table that no object has is unknown."""
    with pytest.raises(UnknownTerm, match="'gaps' is not a table of a Catalogue; use one of: provisions, statements"):
        parquet.dumps(load("uk-ai-cop"), "gaps")
    with pytest.raises(UnknownTerm, match="'rows' is not a table"):
        parquet.dumps_rows([], "rows")
    with pytest.raises(UnknownTerm, match="'csv' is not a format with several tables; use parquet"):
        formats.dumps("csv", load("uk-ai-cop"), table="statements")


def test_a_selection_is_a_table_of_statements() -> None:
    """Roles and verbs choose statements; a selection without any is an error."""
    code = load("uk-ai-cop")
    found = read(formats.dumps_selection("parquet", code, role="End-user"))
    assert found.to_pylist() == code.table_of(code.select(role="End-user"))
    with pytest.raises(UnknownKey, match="End-user"):
        parquet.dumps_selection(code, role="End-user", modality="may")


def test_a_file_is_recognised_and_not_read() -> None:
    """An error says what the file is."""
    with pytest.raises(InvalidDocument) as caught:
        formats.loads(parquet.dumps(load("uk-ai-cop")), "x.parquet")
    assert (
        caught.value.faults[0].problem
        == "is Apache Parquet, one flat table in each file, which aicop writes but does not read"
    )


def test_the_extra_is_named_if_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow, the error names the extra."""
    find = builtins.__import__

    def without(name: str, *more: Any) -> Any:  # noqa: ANN401 -- whatever is imported
        if name.startswith("pyarrow"):
            raise ModuleNotFoundError(name=name)
        return find(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"aicop\[parquet\]"):
        parquet.dumps(load("uk-ai-cop"))
