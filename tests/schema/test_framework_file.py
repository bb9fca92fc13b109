"""Framework files: JSON, and tables in a user's own columns."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aicop.errors import Fault, InvalidDocument, UnknownTerm
from aicop.schema.framework import FrameworkSchema
from aicop.schema.framework_file import check_framework

FACTS: dict[str, Any] = {"framework": "own", "edition": "1", "title": "Ours"}
NO_KIND = (
    "the column 'kind' is missing; add it, or declare another column as kind, or name a default kind, in a library with"
    ' kind = "control" in aicop.toml'
)


def controls(content: str, **how: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- how a table is read
    """Return the elements of a table as plain data."""
    data = check_framework(content, "own.csv", **FACTS, **how).data
    found: list[dict[str, Any]] = data.pop("controls")
    assert data == FACTS
    return found


def problems(content: str, file: str = "own.csv", **how: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the place and problem of every fault of a table."""
    with pytest.raises(InvalidDocument) as caught:
        check_framework(content, file, **FACTS, **how)
    return [(fault.path, fault.problem) for fault in caught.value.faults]


def test_a_framework_table_needs_its_facts() -> None:
    """The facts that a table cannot hold are checked like any other field, together with the rows."""
    with pytest.raises(InvalidDocument) as caught:
        check_framework("id\tkind\na\t\n", "own.tsv", framework="own", editon="1")
    assert caught.value.faults == (
        Fault("own.tsv", "line 2, column 'kind'", "this field is missing"),
        Fault("own.tsv", "edition", "this field is missing"),
        Fault("own.tsv", "title", "this field is missing"),
        Fault("own.tsv", "editon", "unknown field; did you mean edition?"),
    )


def test_a_framework_in_json_needs_no_facts() -> None:
    """JSON states its own facts, so none need be passed."""
    data = FACTS | {"controls": [{"id": "A", "kind": "control"}]}
    found, place = check_framework(json.dumps(data), "OWN.JSON", is_json=True)
    assert found == data
    assert place(0, "id") == "controls[0].id"
    assert FrameworkSchema.model_validate_json(json.dumps(data)).controls[0].parent is None


def test_what_a_table_needs_is_refused_for_json() -> None:
    """JSON has columns, kinds and natures of its own."""
    data = json.dumps(FACTS | {"controls": []})
    said = "only for tables; do not pass it for a JSON file"
    with pytest.raises(InvalidDocument) as caught:
        check_framework(
            data, "own.json", is_json=True, columns={"a": "id"}, natures={"x": "risk"}, kind="x", sheet="y", title="z"
        )
    assert [(fault.path, fault.problem) for fault in caught.value.faults] == [
        *((name, said) for name in ("columns", "natures", "kind", "sheet")),
        ("title", "already stated in the JSON file; do not pass it"),
    ]
    assert check_framework(data, "own.json", is_json=True, columns={}).data["controls"] == []


def test_other_columns_are_the_users_own() -> None:
    """They are kept as text with all their cells, also empty ones and those of several lines."""
    assert controls('id,owner,kind,frequency\nA,IT,control,\nB,,control,"on\nMondays"\n') == [
        {"id": "A", "kind": "control", "extra": {"owner": "IT", "frequency": ""}},
        {"id": "B", "kind": "control", "extra": {"owner": "", "frequency": "on\nMondays"}},
    ]


def test_aliases_are_separated_by_bars() -> None:
    """A cell holds any number of aliases, with or without spaces around the bar."""
    assert controls("id,kind,aliases\nA,control,one | two\nB,control,\nC,control,|three|\n") == [
        {"id": "A", "kind": "control", "aliases": ["one", "two"]},
        {"id": "B", "kind": "control"},
        {"id": "C", "kind": "control", "aliases": ["three"]},
    ]


DECLARED = {"Control ID": "id", "Domain": "parent", "Control": "title"}


def test_columns_can_be_declared() -> None:
    """A user's own names of columns stand for ours, and a declared parent is made where it is first used."""
    content = "Control ID,Domain,Control,Owner\nA-1,Access  Control,Named,IT\nB-1,Backup,Copies,\nA-2,Access  Control,,\nA-3,A-1,,\n"
    assert controls(content, columns=DECLARED, kind="control", natures={"control": "mitigation"}) == [
        {"id": "Access  Control", "kind": "domain", "title": "Access  Control", "nature": "mitigation"},
        {"id": "A-1", "parent": "Access  Control", "title": "Named", "kind": "control", "nature": "mitigation"}
        | {"extra": {"Owner": "IT"}},
        {"id": "Backup", "kind": "domain", "title": "Backup", "nature": "mitigation"},
        {"id": "B-1", "parent": "Backup", "title": "Copies", "kind": "control", "nature": "mitigation"}
        | {"extra": {"Owner": ""}},
        {"id": "A-2", "parent": "Access  Control", "kind": "control", "nature": "mitigation", "extra": {"Owner": ""}},
        {"id": "A-3", "parent": "A-1", "kind": "control", "nature": "mitigation", "extra": {"Owner": ""}},
    ]


def test_places_name_the_columns_of_the_file() -> None:
    """A heading is at the line of its first use; a field that the file does not have has its own name."""
    _, place = check_framework(
        "ID no,Area of work\nA,X\n", "own.csv", **FACTS, kind="x", columns={"ID no": "id", "Area of work": "parent"}
    )
    assert place(0, "id") == "line 2, column 'Area of work'"
    assert place(1, "id") == "line 2, column 'ID no'"
    assert place(1, "parent") == "line 2, column 'Area of work'"
    assert place(1, "aliases") == "line 2, column 'aliases'"


def test_a_parent_that_is_not_declared_must_exist() -> None:
    """Headings are only made for a declared column; otherwise the parent is left for the next stage to refuse."""
    content = "id,kind,parent\nA,control,X\n"
    assert [item["id"] for item in controls(content)] == ["A"]
    assert [item["id"] for item in controls(content, columns={"parent": "parent"})] == ["X", "A"]


def test_an_empty_kind_gets_the_default() -> None:
    """The default kind is for cells that are empty and for tables without the column."""
    assert [item["kind"] for item in controls("id,kind\nA,family\nB,\n", kind="control")] == ["family", "control"]


@pytest.mark.parametrize(
    ("cells", "natures", "expected"),
    [
        (["", ""], {}, "requirement"),
        (["mitigation", "mitigation"], {}, "mitigation"),
        (["mitigation", ""], {}, "requirement"),
        (["risk", ""], {}, "heading"),
        (["risk", "risk"], {}, "heading"),
        (["", ""], {"domain": "heading"}, "heading"),
        (["risk", ""], {"domain": "requirement"}, "requirement"),
    ],
)
def test_a_parent_that_was_made_is_like_its_parts(cells: list[str], natures: dict[str, str], expected: str) -> None:
    """It asks what its parts ask, and it is a heading if one of them asks nothing, unless its nature is declared."""
    content = "id,nature,Domain\n" + "".join(f"A-{place},{cell},Access\n" for place, cell in enumerate(cells))
    found = controls(content, columns={"Domain": "parent"}, kind="control", natures=natures)
    assert (found[0]["id"], found[0]["nature"]) == ("Access", expected)
    assert "nature" not in found[2] or cells[1]


def test_a_nature_in_a_cell_beats_the_default() -> None:
    """Natures are given per kind, and a cell decides first."""
    content = "id,kind,nature\nA,family,\nB,control,risk\nC,control,\n"
    found = controls(content, natures={"family": "Heading", "control": "mitigation"})
    assert [item["nature"] for item in found] == ["heading", "risk", "mitigation"]
    with pytest.raises(UnknownTerm, match="headin"):
        controls(content, natures={"family": "headin"})


HEADERS: list[tuple[str, str, dict[str, Any], list[str]]] = [
    (
        "misspelt",
        "id,kind,titel",
        {},
        ["unknown column 'titel'; did you mean title? If it is a column of yours, declare it as extra"],
    ),
    (
        "plural",
        "id,kind,parents",
        {},
        ["unknown column 'parents'; did you mean parent? If it is a column of yours, declare it as extra"],
    ),
    (
        "capital",
        "id,kind,Nature",
        {},
        ["unknown column 'Nature'; did you mean nature? If it is a column of yours, declare it as extra"],
    ),
    ("space", "id,kind,nature ", {}, ["'nature ' is not the name of a column; did you mean nature?"]),
    (
        "control character",
        "id,kind,\0x",
        {},
        [
            r"'\x00x' is not the name of a column; use one line of at most 100 printable characters without spaces at its ends"
        ],
    ),
    ("no name", "id,,kind", {}, ["a column has no name; name it or remove it"]),
    (
        "missing",
        "owner",
        {},
        [
            "the column 'id' is missing; add it, or declare another column as id",
            NO_KIND,
        ],
    ),
    ("twice", "id,kind,x,x", {}, ["the column 'x' appears more than once"]),
    (
        "declared but missing",
        "id,kind,Titles",
        {"columns": {"Title": "title", "Titles": "extra"}},
        ["the declared column 'Title' is missing; did you mean 'Titles'?"],
    ),
    ("declared but far", "id,kind", {"columns": {"Zeile": "title"}}, ["the declared column 'Zeile' is missing"]),
    (
        "declared as nothing",
        "id,kind,X,Y",
        {"columns": {"X": "titel", "Y": "qqq"}},
        [
            "the column 'X' is declared as 'titel', which is not a column of ours; did you mean title?",
            "the column 'Y' is declared as 'qqq', which is not a column of ours; use one of: id, parent, kind, title, nature, words, amended, aliases, extra",
        ],
    ),
    (
        "declared twice",
        "No,id,kind",
        {"columns": {"No": "id"}},
        ["the columns 'No' and 'id' are both id; declare the one that is only yours as extra"],
    ),
]


@pytest.mark.parametrize(("header", "how", "expected"), [row[1:] for row in HEADERS], ids=[row[0] for row in HEADERS])
def test_a_wrong_header_is_explained(header: str, how: dict[str, Any], expected: list[str]) -> None:
    """All problems of a header are reported at once, with advice."""
    assert problems(f"# ours\n{header}\n", **how) == [("line 2", problem) for problem in expected]


@pytest.mark.parametrize("name", ["signature", "owner", "uid", "ids", "subtitle", "keywords", "feature", "maturity"])
def test_a_name_that_is_only_somewhat_alike_is_a_users_own(name: str) -> None:
    """Ordinary names of columns are not taken for misspelt ones."""
    assert controls(f"id,kind,{name}\nA,x,1\n")[0]["extra"] == {name: "1"}


def test_a_header_below_a_title_is_found() -> None:
    """The message names the line of the header, which can be stated; a header that is only incomplete is corrected."""
    content = "Our controls\n\nControl ID;Domain\nA;P\n"
    how: dict[str, Any] = {"columns": {"Control ID": "id", "Domain": "parent"}, "kind": "control"}
    assert problems(content, **how) == [
        (
            "line 1",
            "this is not the header, which seems to be in line 3; delete what is above it, "
            "or set header = 3 for this file in aicop.toml",
        )
    ]
    assert [item["id"] for item in controls(content, header=3, **how)] == ["P", "A"]
    assert problems("id,name\nA,id\n") == [("line 1", NO_KIND)]


def test_a_wrong_header_hides_no_fault_of_a_row() -> None:
    """The rows are checked too, and none is blamed for a column that is missing."""
    assert [place for place, _ in problems("id,titel\nA,\n B,x\n")] == ["line 1", "line 1", "line 3, column 'id'"]


def test_any_name_can_be_declared_as_own() -> None:
    """A column called like one of ours, or nearly so, is the user's own if it is declared as extra."""
    found = controls("No,kind,id,titel\nA,x,77,Dr\n", columns={"No": "id", "id": "extra", "titel": "extra"})
    assert found == [{"id": "A", "kind": "x", "extra": {"id": "77", "titel": "Dr"}}]


def test_faults_of_cells_name_the_users_columns() -> None:
    """Each fault has the line and the name that the column has in the file."""
    content = "Nr,Sort,Owner\n,control,a\nA,risk,b\nB,rsk,\u200bc\nC,,\n"
    assert problems(content, columns={"Nr": "id", "Sort": "nature"}, kind="x") == [
        ("line 2, column 'Nr'", "this field is missing"),
        (
            "line 2, column 'Sort'",
            "must be one of requirement, mitigation, risk, technique, role, stage, document, heading, not 'control'",
        ),
        (
            "line 4, column 'Sort'",
            "must be one of requirement, mitigation, risk, technique, role, stage, document, heading, not 'rsk'; did you mean 'risk'?",
        ),
        ("line 4, column 'Owner'", "contains the unprintable character U+200B; remove it"),
    ]


def test_rows_of_another_length_are_faults() -> None:
    """A row with more cells than the header has names is a fault, and checking stops after a hundred."""
    assert problems("id,kind\na,b,c\n") == [("line 2", "3 cells where the header has 2")]
    found = problems("id,kind\n" + "a,\n" * 150)
    assert len(found) == 101
    assert found[-1] == ("line 102", "100 errors or more so far; the rest was not checked")


def test_a_parent_that_is_too_long_becomes_no_heading() -> None:
    """A heading needs an id, which has a hundred characters at most."""
    [(place, problem)] = problems(f"id,Area\nA,{'x' * 101}\n", columns={"Area": "parent"}, kind="x")
    assert place == "line 2, column 'Area'"
    assert problem.endswith("is too long for an id; use at most 100 characters")


def test_a_default_nature_of_no_kind_is_a_fault() -> None:
    """A kind without elements is probably misspelt."""
    assert problems("id,kind\nA,control\n", natures={"contol": "risk", "zzz": "risk"}) == [
        ("natures", "no element is of the kind 'contol'; did you mean control?"),
        ("natures", "no element is of the kind 'zzz'; the kinds are: control"),
    ]
    assert problems("id,kind\n", natures={"zzz": "risk"}) == [
        ("natures", "no element is of the kind 'zzz'; the kinds are: none")
    ]


JSON_FAULTS: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "aliases as text",
        {"aliases": "one"},
        "controls[0].aliases",
        "must be a list, not 'one'; write it in brackets, as in [\"text\"]",
    ),
    ("a bar", {"aliases": ["a|b"]}, "controls[0].aliases[0]", "without |"),
    ("a number", {"extra": {"cost": 7}}, "controls[0].extra.cost", 'must be text, not int; write it in quotes: "7"'),
    ("an unknown field", {"owner": "IT"}, "controls[0].owner", "unknown field"),
    ("unprintable", {"extra": {"cost": "\0"}}, "controls[0].extra.cost", "unprintable character U+0000"),
]


@pytest.mark.parametrize(
    ("fields", "path", "problem"), [row[1:] for row in JSON_FAULTS], ids=[row[0] for row in JSON_FAULTS]
)
def test_aliases_and_own_fields_of_json_are_checked(fields: dict[str, Any], path: str, problem: str) -> None:
    """In JSON, aliases are a list of text, and own fields are text under `extra`."""
    data = FACTS | {"controls": [{"id": "A", "kind": "control"} | fields]}
    with pytest.raises(InvalidDocument) as caught:
        check_framework(json.dumps(data), "own.json", is_json=True)
    [fault] = caught.value.faults
    assert fault.path == path
    assert problem in fault.problem


def test_a_long_id_is_told_its_limit() -> None:
    """The message states the limit in words."""
    [(place, problem)] = problems(f"id,kind\n{'x' * 101},control\n")
    assert place == "line 2, column 'id'"
    assert problem.endswith("is too long; use at most 100 characters")
