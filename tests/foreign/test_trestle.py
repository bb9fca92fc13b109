"""The CSV for compliance-trestle, converted by its task csv-to-oscal-mc in a workspace."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from aicop import load
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.crosswalk.ends import members_of
from aicop.errors import InvalidDocument, NothingToWrite
from aicop.interop import oscal, trestle
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.identifiers import oscal_ids
from aicop.interop.common.rows import rows_of
from aicop.manifest import editions
from aicop.mappings import sets
from aicop.mappings.writer import cells
from aicop.vocabulary import Predicate
from tests.examples import A, B, row

if TYPE_CHECKING:
    from aicop.frameworks import Framework
    from aicop.model import Mapping

import_module("trestle.tasks.csv_to_oscal_mc")

PROGRAM = str(Path(sys.executable).parent / "trestle")
CONFIGURATION = """[task.csv-to-oscal-mc]
title = Mappings
version = 1
csv-file = mappings.csv
output-dir = out
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty trestle workspace."""
    path = tmp_path_factory.mktemp("workspace")
    subprocess.run([PROGRAM, "init"], cwd=path, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- beside this Python
    (path / "task.ini").write_text(CONFIGURATION, encoding="utf-8")
    return path


def catalog(framework: Framework) -> str:
    """Return the exported catalog of a framework, from the edition if it is one."""
    return oscal.dumps(load(framework.id) if framework.id in editions() else framework)


def run(workspace: Path, content: str, *sides: Framework) -> Any | None:  # noqa: ANN401 -- plain data
    """Run the task; return the mapping collection that it wrote, or None if it failed."""
    for side in sides:
        (workspace / f"{side.id}.json").write_text(catalog(side), encoding="utf-8")
    (workspace / "mappings.csv").write_text(content, encoding="utf-8")
    output = workspace / "out" / "mapping-collection.json"
    output.unlink(missing_ok=True)
    command = [PROGRAM, "task", "csv-to-oscal-mc", "-c", "task.ini"]
    done = subprocess.run(command, cwd=workspace, check=False, capture_output=True)  # noqa: S603 -- beside this Python
    assert (done.returncode == 0) == output.is_file(), done.stderr.decode()
    return json.loads(output.read_bytes())["mapping-collection"] if output.is_file() else None


def expected(one: Mapping, sources: Any, targets: Any) -> dict[str, Any]:  # noqa: ANN401 -- by key
    """Return the map that a row should become, as OSCAL has it."""
    assert one.source is not None
    assert one.target is not None
    facts = cells(one)
    names = {
        "rationale": "rationale",
        "author": "author",
        "date": "date",
        "source_digest": "source-digest",
        "target_digest": "target-digest",
        "reverse_strength": "reverse-strength",
        "reverse_remainder": "reverse-remainder",
        **{name: name for name in ("basis", "strength", "remainder", "knowledge", "settlement")},
    }
    found: dict[str, Any] = {
        "relationship": one.predicate.value,
        "sources": [(_kind(sources[key]), sources[key]) for key in members_of(one.source)],
        "targets": [(_kind(targets[key]), targets[key]) for key in members_of(one.target)],
        "props": {name: facts[column] for column, name in names.items() if facts[column]},
    }
    if one.confidence is not None:
        found["confidence"] = one.confidence / 10
    covered = {Predicate.EQUAL: 1, Predicate.SUPERSET: 1, Predicate.NONE: 0}
    if one.predicate in covered:
        found["coverage"] = covered[one.predicate]
    return found


def _kind(token: str) -> str:
    return "statement" if "_smt" in token else "control"


def plainly(item: dict[str, Any]) -> dict[str, Any]:
    """Return a map of a mapping collection in the same form."""
    found: dict[str, Any] = {
        "relationship": item["relationship"],
        "sources": [(one["type"], one["id-ref"]) for one in item["sources"]],
        "targets": [(one["type"], one["id-ref"]) for one in item["targets"]],
        "props": {prop["name"]: prop["value"] for prop in item.get("props", [])},
    }
    if "confidence-score" in item:
        found["confidence"] = item["confidence-score"]["percentage"]
    if "coverage" in item:
        found["coverage"] = item["coverage"]["target-coverage"]
    return found


def check(collection: Any, item: Crosswalk) -> None:  # noqa: ANN401 -- plain data
    """Compare trestle's output with the rows of a crosswalk."""
    rows = trestle.rows(item).rows
    known = oscal_ids(item.source), oscal_ids(item.target)
    (mapping,) = collection["mappings"]
    assert mapping["source-resource"] == {"type": "catalog", "href": f"{item.source.id}.json"}
    assert mapping["target-resource"] == {"type": "catalog", "href": f"{item.target.id}.json"}
    assert list(map(plainly, mapping["maps"])) == [expected(one, *known) for one in rows if one.source and one.target]
    ends = {
        "source": [one.source for one in rows if not one.target],
        "target": [one.target for one in rows if not one.source],
    }
    for (side, missing), ids in zip(ends.items(), known, strict=True):
        unfound = sorted(ids[key] for key in missing)  # type: ignore[index]
        summary = mapping.get(f"{side}-gap-summary", {"unmapped-controls": []})["unmapped-controls"]
        assert [name for part in summary for name in part["with-ids"]] == unfound


def pairs() -> list[tuple[str, str]]:
    """Return the pairs of frameworks, in both directions, with a shipped row that OSCAL can express."""
    found = dict.fromkeys((str(item.source), str(item.target)) for item in sets() if item.source != item.target)
    both = [pair for source, target in found for pair in ((source, target), (target, source))]
    return [
        pair
        for pair in both
        if any(one.source and one.target for one in rows_of(crosswalk(*pair), trestle.FORMAT.predicates).rows)
    ]


@pytest.mark.parametrize(("source", "target"), pairs())
def test_the_task_reads_shipped_crosswalks(workspace: Path, source: str, target: str) -> None:
    """Every row has all its facts, including statements, and not-found rows are unmapped controls."""
    item = crosswalk(source, target)
    check(run(workspace, trestle.dumps(item), item.source, item.target), item)


SMALL = Crosswalk.from_mappings(
    [
        row(A.key("X-1"), "subset-of", B.key("X-1"), strength=10, confidence=0),
        row(A.key("X-2"), "equal-to", B.key("X-2"), confidence=10, rationale='Quoted "so", and; more'),
        row(A.key("X-2"), "superset-of", B.key("Y-2"), strength=3),
        row(A.key("Y-1"), "no-relationship", B.key("Y-1"), strength=0, author=None, date=None, confidence=None),
        row(A.key("Y-2"), "nothing-found", None, searched=B.id),
    ],
    A,
    B,
)


def test_the_task_reads_every_relation(workspace: Path) -> None:
    """Every relation is read, with confidences of zero and one."""
    check(run(workspace, trestle.dumps(SMALL), A, B), SMALL)


def test_a_formula_keeps_its_apostrophe_in_trestle(workspace: Path) -> None:
    """Trestle reads cells as they are, and aicop removes the apostrophe."""
    item = Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", B.key("X-1"), rationale="=cmd")], A, B)
    collection = run(workspace, trestle.dumps(item), A, B)
    assert collection is not None
    (one,) = collection["mappings"][0]["maps"]
    assert {"name": "rationale", "value": "'=cmd"} in one["props"]
    (found,) = trestle.loads(trestle.dumps(item), "own.csv", ImportOptions(frameworks=(A, B))).mappings
    assert found == attrs.evolve(item.mappings[0], set="own.csv")


def test_the_task_ignores_case_and_dollar_signs_of_columns(workspace: Path) -> None:
    """Column names without dollar signs and in capitals are recognised."""
    head, _, rest = trestle.dumps(SMALL).partition("\n")
    check(run(workspace, f"{head.upper().replace('$', '')}\n{rest}", A, B), SMALL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a@1.json,b@1.json,X-2,X-2", "a@1.json,b@1.json,X-9,X-2"),
        ("$$Map_Relationship", "$$Relationship"),
        ("a@1.json,b@1.json,X-2,X-2", "nowhere.json,b@1.json,X-2,X-2"),
        ("$$Source_Resource", "\ufeff$$Source_Resource"),
    ],
    ids=["id", "column", "catalog", "byte order mark"],
)
def test_the_task_refuses_broken_files(workspace: Path, old: str, new: str) -> None:
    """Unknown ids, missing columns and a byte order mark, which is why none is written, make it fail."""
    content = trestle.dumps(SMALL)
    assert old in content
    assert run(workspace, content.replace(old, new), A, B) is None


def test_the_task_accepts_an_unknown_relation(workspace: Path) -> None:
    """Trestle accepts an unknown relation, which aicop refuses with its place."""
    content = trestle.dumps(SMALL).replace("subset-of", "bogus-relation")
    collection = run(workspace, content, A, B)
    assert collection is not None
    assert collection["mappings"][0]["maps"][0]["relationship"] == "bogus-relation"
    with pytest.raises(InvalidDocument) as caught:
        trestle.loads(content, "own.csv", ImportOptions(frameworks=(A, B)))
    assert caught.value.faults[0].path == "line 3, column 'Map_Relationship'"


def test_the_task_takes_a_first_row_of_data_for_descriptions(workspace: Path) -> None:
    """Trestle silently skips a first row of data, which aicop reports as a fault."""
    head, _, *rows = trestle.dumps(SMALL).splitlines()
    content = "\n".join([head, *rows, ""])
    collection = run(workspace, content, A, B)
    assert collection is not None
    assert len(collection["mappings"][0]["maps"]) == 3
    with pytest.raises(InvalidDocument) as caught:
        trestle.loads(content, "own.csv", ImportOptions(frameworks=(A, B)))
    assert caught.value.faults[0].path == "line 2"


def test_the_task_loses_unmapped_sources_if_nothing_is_mapped(workspace: Path) -> None:
    """Trestle writes an invalid collection without mappings, so aicop refuses to write such a table."""
    head, says, *rows = trestle.dumps(SMALL).splitlines()
    content = "\n".join([head, says, *(line for line in rows if ",Y-2,,," in line), ""])
    collection = run(workspace, content, A, B)
    assert collection is not None
    assert collection["mappings"] == []
    with pytest.raises(NothingToWrite):
        trestle.dumps(SMALL.filter(relation="nothing-found"))
