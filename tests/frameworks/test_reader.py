"""Users' own frameworks."""

from __future__ import annotations

import json
from typing import Any, TypedDict

import pytest

from aicop.crosswalk import Crosswalk
from aicop.errors import Fault, InvalidDocument, KeyMistake, UnknownKey
from aicop.files.text import MAX_FILE_SIZE
from aicop.frameworks import Framework, load, loads
from aicop.ids import ControlId, EditionId
from aicop.interop import csv
from aicop.model import Control
from aicop.vocabulary import Coverage, FrameworkStatus, Nature
from tests.examples import row

OWN = EditionId("own", "2026")
CONTROLS = (
    Control(id=ControlId(OWN, "AC"), parent=None, kind="family", nature=Nature.REQUIREMENT, title="Access"),
    Control(
        id=ControlId(OWN, "AC-1"), parent=ControlId(OWN, "AC"), kind="control", nature=Nature.REQUIREMENT, title=None
    ),
)


class Facts(TypedDict):
    """What a table does not hold."""

    framework: str
    edition: str
    title: str


FACTS: Facts = {"framework": "own", "edition": "2026", "title": "Our controls"}
TSV = "id\tparent\tkind\ttitle\nAC\t\tfamily\tAccess\nAC-1\tAC\tcontrol\t\n"
JSON: dict[str, Any] = {
    **FACTS,
    "controls": [{"id": "AC", "kind": "family", "title": "Access"}, {"id": "AC-1", "parent": "AC", "kind": "control"}],
}


@pytest.mark.parametrize(
    "own",
    [loads(TSV, "own.tsv", **FACTS), loads(TSV.replace("\t", ","), "own.csv", **FACTS), loads(json.dumps(JSON))],
    ids=["tsv", "csv", "json"],
)
def test_the_same_framework_loads_from_every_format(own: Framework) -> None:
    """TSV, CSV and JSON give the same framework."""
    assert own.controls == CONTROLS
    assert (own.id, own.edition.title, own.edition.status) == (OWN, "Our controls", FrameworkStatus.OWN)


def test_a_nature_may_be_given() -> None:
    """A column for the nature makes elements risks."""
    risks = loads("id,kind,nature\nR1,risk,risk\n", "own.csv", **FACTS)
    assert risks["R1"].nature is Nature.RISK


def test_faults_of_a_table_name_lines() -> None:
    """All faults of a table are raised at once with their lines."""
    content = "id\tparent\tkind\nA\tB\tx\nA\t\tx\nC\tD\tx\nD\tC\tx\n"
    with pytest.raises(InvalidDocument) as caught:
        loads(content, "own.tsv", **FACTS)
    assert caught.value.faults == (
        Fault("own.tsv", "line 3, column 'id'", "A is already used at line 2, column 'id'"),
        Fault(
            "own.tsv",
            "line 2, column 'parent'",
            "there is no control B; correct it or add a row for it. If the parents have no rows of their own, declare"
            ' the column, with columns = { parent = "parent" } for this file in aicop.toml, so that they are made',
        ),
        Fault("own.tsv", "line 4, column 'parent'", "the parents form a cycle: C is below D is below C"),
    )


def test_missing_parents_are_explained_once() -> None:
    """Many rows may name parents without rows; the advice follows the first, and holds."""
    content = "id,parent,kind\nA,Oversight,x\nB,Oversight,x\nC,Access,x\n"
    with pytest.raises(InvalidDocument) as caught:
        loads(content, "own.csv", **FACTS)
    assert [fault.problem.partition(";")[0] for fault in caught.value.faults] == [
        *["there is no control Oversight"] * 2,
        "there is no control Access",
    ]
    assert [";" in fault.problem for fault in caught.value.faults] == [True, False, False]
    assert len(loads(content, "own.csv", columns={"parent": "parent"}, **FACTS).controls) == 5


def test_a_missing_declared_column_is_reported_once() -> None:
    """The column that was to be the id is missing, and the id is not missing as well."""
    with pytest.raises(InvalidDocument) as caught:
        loads("Nr,kind\nA,x\n", "own.csv", columns={"Number": "id"}, **FACTS)
    assert [fault.problem for fault in caught.value.faults] == ["the declared column 'Number' is missing"]


def test_faults_of_json_name_paths() -> None:
    """Faults of JSON are raised with their paths."""
    broken = JSON | {"controls": [{"id": "A", "kind": "x", "parent": "A"}]}
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(broken), "own.json")
    assert caught.value.faults == (Fault("own.json", "controls[0].parent", "the parents form a cycle: A is below A"),)


def test_facts_beside_json_are_refused() -> None:
    """JSON states its own facts, so passing one again is a fault."""
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(JSON), "own.json", title="x")
    assert caught.value.faults == (Fault("own.json", "title", "already stated in the JSON file; do not pass it"),)


def test_facts_are_checked_like_fields() -> None:
    """A missing edition or title of a table is a fault."""
    with pytest.raises(InvalidDocument) as caught:
        loads(TSV, "own.tsv", framework="own")
    assert caught.value.faults == (
        Fault("own.tsv", "edition", "this field is missing"),
        Fault("own.tsv", "title", "this field is missing"),
    )


def test_indistinguishable_ids_are_refused() -> None:
    """Ids that differ only in case, separators or zeros are faults, since look-up ignores these."""
    with pytest.raises(InvalidDocument) as caught:
        loads("id,kind\nAC-1,x\nAC-01,x\nac.1,x\n", "own.csv", **FACTS)
    problem = "differs from AC-1 only in case, separators or leading zeros; rename one"
    assert caught.value.faults == (
        Fault("own.csv", "line 3, column 'id'", f"AC-01 {problem}"),
        Fault("own.csv", "line 4, column 'id'", f"ac.1 {problem}"),
    )


def test_an_own_framework_cannot_replace_a_shipped_one() -> None:
    """A user's framework with a shipped key and edition is refused."""
    with pytest.raises(InvalidDocument) as caught:
        loads("id,kind\nA,x\n", "own.csv", framework="nist-csf", edition="2.0", title="Ours")
    problem = "nist-csf@2.0 already ships with aicop; use another key or edition"
    assert caught.value.faults == (Fault("own.csv", "framework", problem),)
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(JSON | {"controls": [{"id": "A", "kind": "x"}, {"id": "a", "kind": "x"}]}), "own.json")
    assert caught.value.faults[0].path == "controls[1].id"


def test_a_very_deep_hierarchy_is_refused() -> None:
    """Twenty levels are allowed, and deeper ones are one fault at the first, in any order of rows."""
    rows = [f"{n},{n - 1 if n else ''},control" for n in range(30)]
    for lines in (rows, rows[::-1]):
        with pytest.raises(InvalidDocument) as caught:
            loads("\n".join(["id,parent,kind", *lines]), "own.csv", framework="own", edition="1", title="Own")
        assert [fault.problem for fault in caught.value.faults] == ["nested more than 20 levels deep; use fewer levels"]
        assert caught.value.faults[0].path == f"line {lines.index(rows[20]) + 2}, column 'parent'"
    assert (
        len(loads("\n".join(["id,parent,kind", *rows[:20]]), "own.csv", framework="own", edition="1", title="Own"))
        == 20
    )


def test_an_escaped_formula_is_restored() -> None:
    """The apostrophe before what looks like a formula is removed."""
    framework = loads("id,kind,title\nA,control,-2 or less\n", "own.csv", **FACTS)
    (line,) = csv.dumps(framework).splitlines()[1:]
    assert line == "A,,control,'-2 or less,requirement,"
    assert loads(csv.dumps(framework), "own.csv", **FACTS)["A"].title == "-2 or less"


def test_lines_are_those_of_the_file() -> None:
    """Comments and empty rows count as lines."""
    with pytest.raises(InvalidDocument) as caught:
        loads("# ours\nid,kind\nA,control\n,\nA,control\n", "own.csv", **FACTS)
    assert [fault.path for fault in caught.value.faults] == ["line 5, column 'id'"]


def test_a_table_is_limited_in_size() -> None:
    """A table above the size limit is refused."""
    with pytest.raises(InvalidDocument) as caught:
        loads(b"x" * (MAX_FILE_SIZE + 1), "own.csv", **FACTS)
    assert caught.value.faults[0].problem == "larger than 64 MiB"


def test_an_alias_leads_to_its_element() -> None:
    """An alias is matched exactly, after ids, with or without the framework in front; it is never printed."""
    own = loads("id,kind,aliases\nA-1,control,Old 7|urn:x:7\nA-2,control,\n", "own.csv", **FACTS)
    for written in ("Old 7", "urn:x:7", "own:Old 7", "own@2026:urn:x:7"):
        assert str(own.key(written)) == "own@2026:A-1"
        assert own[written].id == own.key(written)
    assert own["A-1"].aliases == ("Old 7", "urn:x:7")
    assert list(map(str, own)) == ["own@2026:A-1", "own@2026:A-2"]
    with pytest.raises(UnknownKey) as caught:
        own.key("old 7")
    assert caught.value.mistake is KeyMistake.NO_SUCH_NUMBER


def test_an_alias_that_leads_elsewhere_is_a_fault() -> None:
    """One alias on two elements is a fault, and so is one that is read as the id of another element."""
    content = "id,kind,aliases\nA-1,control,x|a 02\nA-2,control,A-2|x\nA-3,control,A-1\n"
    with pytest.raises(InvalidDocument) as caught:
        loads(content, "own.csv", **FACTS)
    assert [(fault.path, fault.problem) for fault in caught.value.faults] == [
        ("line 2, column 'aliases'", "the alias 'a 02' is the id of A-2; use another"),
        (
            "line 3, column 'aliases'",
            "the alias 'x' is already used at line 2, column 'aliases'; an alias belongs to one element",
        ),
        ("line 4, column 'aliases'", "the alias 'A-1' is the id of A-1; use another"),
    ]


def test_aliases_and_own_fields_of_json() -> None:
    """JSON has aliases as a list, and the user's own fields under `extra`."""
    fields = {"id": "A", "kind": "x", "aliases": ["one"], "extra": {"owner": "IT", "cost": ""}}
    own = loads(json.dumps(JSON | {"controls": [fields]}))
    assert own["one"].extra == (("owner", "IT"), ("cost", ""))


def test_made_headings_count_in_the_hierarchy() -> None:
    """An element that is made of a declared parent is like any other, also in the faults of later stages."""
    columns = {"Domain": "parent"}
    own = loads("id,kind,Domain\nA,control,Access\nB,control,Access\n", "own.csv", columns=columns, **FACTS)
    assert [str(item.id) for item in own.children("Access")] == ["own@2026:A", "own@2026:B"]
    assert own["Access"].nature is Nature.REQUIREMENT
    assert own.whole_of(own.key("A")) == own.key("Access")
    with pytest.raises(InvalidDocument) as caught:
        loads("id,kind,Domain\nA,control,Access\nB,control,access\n", "own.csv", columns=columns, **FACTS)
    assert caught.value.faults == (
        Fault(
            "own.csv",
            "line 3, column 'Domain'",
            "access differs from Access only in case, separators or leading zeros; rename one",
        ),
    )


def test_a_declared_parent_is_covered_through_its_parts() -> None:
    """It is partly covered if one of its elements is, and mappings can be aggregated to it."""
    table = "id,kind,Domain\nA,control,Access\nB,control,Access\nC,control,Other\n"
    own = loads(table, "own.csv", columns={"Domain": "parent"}, **FACTS)
    code = load("uk-ai-cop")
    found = Crosswalk.from_mappings([row(own.key("A"), "superset-of", code.key("5.1"), strength=5)], own, code)
    assert [known for _, known in found.coverage(denominator="domain").items] == [Coverage.PARTLY, Coverage.UNSEEN]
    [claim] = found.at_level(source="domain", target="provision").claims()
    assert (str(claim.source), claim.says) == ("own@2026:Access", "superset-of")


def test_an_id_that_reads_as_several_is_refused() -> None:
    """If A and 2 exist, A|2 in a mapping means both together, so that no element can have this id."""
    table = "id,kind\nA,control\n2,control\na | 2,control\nA|3,control\n"
    with pytest.raises(InvalidDocument) as caught:
        loads(table, "own.csv", framework="own", edition="1", title="Own")
    [fault] = caught.value.faults
    assert (fault.path, fault.problem) == (
        "line 4, column 'id'",
        "the id 'a | 2' could not be told from a and 2 mapped together; use another sign than '|'",
    )
