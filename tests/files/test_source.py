"""What readers take: content, paths, open files and plain data."""

from __future__ import annotations

import io
import json
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

import aicop
from aicop import catalogue, frameworks, graph, lineage, mappings
from aicop.errors import Fault, InvalidDocument
from aicop.files.source import content_of
from aicop.vocabulary import Modality
from tests.examples import A, B, mini_edition, row

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "id,kind\nA-1,control\n"
FACTS: dict[str, Any] = {"framework": "own", "edition": "1", "title": "Ours"}


def test_one_content_has_many_forms(tmp_path: Path) -> None:
    """Text, bytes, a path, open files and a dict give the same edition."""
    data = mini_edition()
    path = tmp_path / "mini.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    with path.open("rb") as binary, path.open(encoding="utf-8") as opened:
        sources: list[Any] = [
            data,
            text,
            text.encode(),
            path,
            binary,
            opened,
            io.StringIO(text),
            io.BytesIO(text.encode()),
        ]
        found = [catalogue.loads(source) for source in sources]
    assert all(one == found[0] for one in found)


def test_rows_are_a_table() -> None:
    """The rows of a table as dictionaries give the same framework as the table."""
    rows: list[dict[str, Any]] = [
        {"id": "A-1", "kind": "control", "aliases": ["x", "y"], "Owner": None},
        {"id": "A-2", "kind": "control", "n": 3.0},
    ]
    found = frameworks.loads(rows, **FACTS)
    table = "id\tkind\taliases\tOwner\tn\nA-1\tcontrol\tx|y\t\t\nA-2\tcontrol\t\t\t3\n"
    assert found == frameworks.loads(table, **FACTS)
    assert (found["A-1"].aliases, found["A-2"].extra) == (("x", "y"), (("Owner", ""), ("n", "3")))


def test_mappings_lineage_and_dependencies_are_read_from_rows() -> None:
    """Each reader of tables takes rows as dictionaries, with ids and terms as they are."""
    made = row(A.key("X-1"), "superset-of", B.key("X-1"), strength=3, remainder="some", set="<rows>")
    cells = {"source": made.source, "relationship": made.predicate, "target": made.target, "strength": 3.0} | {
        name: getattr(made, name) for name in ("rationale", "remainder", "confidence", "basis", "author", "date")
    }
    assert mappings.loads([cells], frameworks=[A, B]) == (made,)
    mini = catalogue.loads(mini_edition())
    newer = catalogue.loads(mini_edition() | {"edition": "2"})
    ends = [*(item.id.local for item in mini.principles), *(key.number for key in mini)]
    rows = [{"old": end, "new": end, "changes": "identical", "grade": "direct"} for end in ends]
    found = lineage.loads(rows, old=mini, new=newer)
    assert [item.old.local for item in found if item.old is not None] == ends
    edge = {
        "prerequisite": "1.1",
        "dependant": "2.1",
        "kind": "informs",
        "basis": "editorial",
        "confidence": 5,
        "rationale": "R.",
    }
    [dependency] = graph.loads([edge], mini).dependencies
    assert (dependency.prerequisite.number, dependency.dependant.number) == ("1.1", "2.1")
    plan = {"key": "plan", "title": "Plan", "kind": "document", "definition": "A plan.", "evidence": ["a file"]}
    source = mini_edition()["sources"][0]
    artefacts = {"edition": "mini-code@1", "source": source, "artefacts": [plan]}
    assert [item.key for item in graph.loads(artefacts, mini).artefacts] == ["plan"]


def test_faults_of_rows_are_counted_from_the_first_row() -> None:
    """A fault names the row, counted from 1, and a fault of the columns says so."""
    with pytest.raises(InvalidDocument) as caught:
        frameworks.loads([{"id": "A", "kind": "c"}, {"id": "A", "kind": ""}], **FACTS)
    assert [fault.path for fault in caught.value.faults] == ["row 2, column 'kind'"]
    with pytest.raises(InvalidDocument) as caught:
        mappings.loads([{"subject": "x"}], frameworks=[A, B])
    assert {fault.path for fault in caught.value.faults} == {"the columns"}


def test_a_formula_in_a_row_is_text() -> None:
    """A cell of a row is a value, whatever it begins with."""
    found = frameworks.loads([{"id": "A-1", "kind": "control", "title": "=SUM(1)"}], **FACTS)
    assert found["A-1"].title == "=SUM(1)"


class NotAvailable:
    """A missing value like that of pandas: comparing it gives itself, and it has no truth value."""

    def __ne__(self, other: object) -> Any:  # noqa: ANN401 -- like pandas
        return self

    def __eq__(self, other: object) -> Any:  # noqa: ANN401 -- like pandas
        return self

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError


CELLS = [
    (None, ""),
    (float("nan"), ""),
    (NotAvailable(), ""),
    (3.0, "3"),
    (0.5, "0.5"),
    (True, "True"),
    (Modality.SHALL, "shall"),
    (aicop.parse("uk-ai-cop:5.1"), "uk-ai-cop@2025-01:5.1"),
    (("a", None, 2), "a||2"),
    (datetime(2026, 11, 30), "2026-11-30"),  # noqa: DTZ001 -- as spreadsheets have them
    (datetime(2026, 11, 30, 12, 5), "2026-11-30 12:05:00"),  # noqa: DTZ001 -- the same
]


@pytest.mark.parametrize(("value", "text"), CELLS, ids=[text or str(place) for place, (_, text) in enumerate(CELLS)])
def test_cells_of_rows_are_text(value: object, text: str) -> None:
    """A value is the text that a spreadsheet would have, and nothing if it is missing."""
    found = frameworks.loads([{"id": "A-1", "kind": "control", "Own": value}], **FACTS)
    assert found["A-1"].extra == (("Own", text),)


def test_an_edition_is_no_table() -> None:
    """Rows are refused where a document is read."""
    with pytest.raises(InvalidDocument) as caught:
        catalogue.loads([{"number": "1.1"}])
    assert caught.value.faults == (Fault("<rows>", "", "must be a JSON object, not the rows of a table"),)


@pytest.mark.parametrize("reader", ["mappings", "lineage"])
@pytest.mark.parametrize("form", ["plain", "text", "bytes", "list", "path", "stream"])
def test_a_table_is_not_json(form: str, reader: str, tmp_path: Path) -> None:
    """The readers of tables say what they take, in place of the names of columns that JSON has not got."""
    data = {"source": "x"}
    text = json.dumps(data)
    path = tmp_path / "own.json"
    path.write_text(text, encoding="utf-8")
    sources: dict[str, Any] = {
        "plain": data,
        "text": text,
        "bytes": text.encode(),
        "list": json.dumps([data]),
        "path": path,
        "stream": io.StringIO(text),
    }
    mini = catalogue.loads(mini_edition())
    read: Any = mappings.loads if reader == "mappings" else partial(lineage.loads, old=mini, new=mini)
    with pytest.raises(InvalidDocument) as caught:
        read(sources[form])
    [fault] = caught.value.faults
    advice = "must be a table, and not JSON; pass text with columns, or the rows as a list of dictionaries"
    assert (fault.path, fault.problem) == ("", advice)


@pytest.mark.parametrize("rows", [["id", "kind"], [1]])
def test_rows_are_dictionaries(rows: list[Any]) -> None:
    """A data frame is a list of columns to Python, so that the error says how to get its rows."""
    with pytest.raises(TypeError, match=r'as to_dict\("records"\) of pandas and to_dicts\(\) of polars return them'):
        frameworks.loads(rows, **FACTS)


def test_a_list_is_no_framework() -> None:
    """A framework in JSON is an object, and not the list of its elements."""
    with pytest.raises(InvalidDocument) as caught:
        frameworks.loads('[{"id": "A-1"}]')
    assert caught.value.faults == (Fault("<text>", "", "must be a JSON object, not list"),)


def test_rows_have_no_sheet() -> None:
    """Options for files are refused for rows."""
    with pytest.raises(InvalidDocument) as caught:
        frameworks.loads([{"id": "A", "kind": "c"}], sheet="x", **FACTS)
    problem = "rows have no sheet and no line of a header; do not pass sheet or header"
    assert caught.value.faults == (Fault("<rows>", "", problem),)


@pytest.mark.parametrize("written", ["own.json", "folder/own.CSV ", "C:\\own.xlsx"])
def test_a_path_as_text_is_not_content(written: str) -> None:
    """A path must be a Path, because any text may be content; the error says so."""
    with pytest.raises(InvalidDocument) as caught:
        catalogue.loads(written)
    [fault] = caught.value.faults
    assert fault.file == "<text>"
    assert fault.problem.endswith("is a path, and not the content of a file; pass pathlib.Path(...)")


@pytest.mark.parametrize(
    ("source", "file", "name", "is_json"),
    [
        ("{", None, "<text>", True),
        (b"{", None, "<text>", True),
        (' [\n {"id": 1}]', None, "<text>", True),
        (b'[{"id": 1}]', None, "<text>", True),
        ("[Ref],kind\n", None, "<text>", False),
        ("a,b\n", None, "<text>", False),
        ("{", "a.csv", "a.csv", False),
        ("x", "a.JSON", "a.JSON", True),
        ({}, None, "<data>", True),
        ({}, "a.csv", "a.csv", True),
        ([], None, "<rows>", False),
        (iter([{}]), "mine", "mine", False),
    ],
)
def test_the_name_and_the_kind_follow_from_the_source(source: Any, file: str | None, name: str, is_json: bool) -> None:  # noqa: ANN401, FBT001
    """A name is that given, or says what the source is; only content without a name is recognised by its beginning."""
    found = content_of(source, file)
    assert (found.name, found.is_json) == (name, is_json)


def test_an_open_file_has_its_name(tmp_path: Path) -> None:
    """Messages name an open file as they name its path; a stream without a name is text."""
    path = tmp_path / "own.csv"
    path.write_text(TEXT, encoding="utf-8")
    with path.open("rb") as stream:
        assert content_of(stream, None).name == "own.csv"
    assert content_of(path, None)[1:] == ("own.csv", False)
    assert content_of(io.StringIO(TEXT), None).name == "<text>"


def test_ids_and_read_only_mappings_in_plain_data_are_written() -> None:
    """An id in a dict is its text, and a mapping of any class is an object."""
    key = aicop.parse("uk-ai-cop:5.1")
    found = content_of({"a": key, "b": MappingProxyType({"c": 1})}, None).content
    assert isinstance(found, str)
    assert json.loads(found) == {"a": "uk-ai-cop@2025-01:5.1", "b": {"c": 1}}


def test_what_has_no_form_in_json_is_refused() -> None:
    """A dict with a value of another class is refused, and a cycle as well."""
    with pytest.raises(InvalidDocument) as caught:
        content_of({"a": object()}, None)
    assert caught.value.faults == (Fault("<data>", "", "cannot be JSON: object has no form in JSON"),)
    loop: dict[str, object] = {}
    loop["a"] = loop
    with pytest.raises(InvalidDocument) as caught:
        content_of(loop, None)
    assert caught.value.faults == (Fault("<data>", "", "cannot be JSON: Circular reference detected"),)


@pytest.mark.parametrize(("source", "said"), [(3, "int cannot be read"), ([3], "row 1 is of type int")])
def test_what_is_no_source_is_a_type_error(source: Any, said: str) -> None:  # noqa: ANN401
    """An object that is no source is a mistake in the program."""
    with pytest.raises(TypeError, match=said):
        content_of(source, None)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    """A path that does not exist is reported by the system."""
    with pytest.raises(FileNotFoundError):
        mappings.loads(tmp_path / "none.tsv")
