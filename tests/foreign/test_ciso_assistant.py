"""
CISO Assistant: exports satisfy the rules of its loader, which no package provides.

The rules are taken from its importers of frameworks, nodes, threats and mapping sets, from its update of libraries, and
from the columns of its database.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from aicop import load
from aicop.crosswalk import crosswalk
from aicop.frameworks import available
from aicop.frameworks import load as load_framework
from aicop.interop.ciso_assistant import dumps, rows
from aicop.manifest import editions
from aicop.mappings import sets

if TYPE_CHECKING:
    from collections.abc import Iterator

yaml = import_module("yaml")

Plain = dict[str, Any]

_URN = re.compile(r"urn:[\w-]+:[\w-]+:[\w-]+(?::[\w-]+)?:[\w\[\]().:-]+", re.ASCII)
_LENGTHS = {
    "urn": 255,
    "parent_urn": 255,
    "ref_id": 100,
    "name": 200,
    "provider": 200,
    "packager": 100,
    "copyright": 4096,
}
_LIBRARY = {
    *("urn", "locale", "ref_id", "name", "description", "copyright", "version", "publication_date"),
    *("provider", "packager", "dependencies", "objects"),
}
_NAMED = {"urn", "ref_id", "name", "description", "annotation"}
_FRAMEWORK = _NAMED | {"implementation_groups_definition", "requirement_nodes"}
_NODE = _NAMED | {"assessable", "depth", "parent_urn", "implementation_groups", "importance", "threats"}
_SET = _NAMED | {"source_framework_urn", "target_framework_urn", "requirement_mappings"}
_ROW = {"source_requirement_urn", "target_requirement_urn", "relationship", "strength_of_relationship", "annotation"}


def _fields(item: Plain, needed: set[str], allowed: set[str]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in sorted(needed - item.keys()))
    yield from (f"{name} is no column" for name in sorted(item.keys() - allowed))
    yield from (f"{name} is too long" for name, most in _LENGTHS.items() if len(str(item.get(name, ""))) > most)
    if not _URN.fullmatch(item.get("urn", "")):
        yield "urn is badly formed"


def _framework(item: Plain, threats: set[str]) -> Iterator[str]:
    yield from _fields(item, {"urn", "ref_id"}, _FRAMEWORK)
    nodes = item.get("requirement_nodes", [])
    if not nodes:
        yield "no node"
    urns = [node.get("urn", "").lower() for node in nodes]
    if len(set(urns)) < len(urns):
        yield "two nodes of one urn"
    groups = {one["ref_id"] for one in item.get("implementation_groups_definition", ())}
    for node in nodes:
        yield from _fields(node, {"urn", "assessable"}, _NODE)
        if "parent_urn" in node and node["parent_urn"] not in urns[: urns.index(node["urn"])]:
            yield "a node stands before its parent"
        if not set(node.get("threats", ())) <= threats:
            yield "unknown threat"
        if not set(node.get("implementation_groups", ())) <= groups:
            yield "unknown implementation group"
        if node.get("importance", "undefined") not in {"mandatory", "recommended", "nice_to_have", "undefined"}:
            yield "unknown importance"


def _set(item: Plain) -> Iterator[str]:
    yield from _fields(item, {"urn", "name", "source_framework_urn", "target_framework_urn"}, _SET)
    if item["source_framework_urn"] == item["target_framework_urn"]:
        yield "a framework mapped to itself"
    if not item["requirement_mappings"]:
        yield "no mapping"
    for row in item["requirement_mappings"]:
        yield from (f"{name} is missing" for name in ("source_requirement_urn", "relationship") if name not in row)
        yield from (f"{name} is no column" for name in row.keys() - _ROW)
        if row["relationship"] not in {"subset", "intersect", "equal", "superset", "not_related"}:
            yield "unknown relationship"
        if not 0 <= row.get("strength_of_relationship", 0) <= 10:
            yield "strength out of range"


def refusals(text: str) -> list[str]:
    """Return the reasons for which CISO Assistant would refuse a library or its update."""
    library = yaml.safe_load(text)
    found = list(_fields(library, {"urn", "ref_id", "locale", "name", "version", "objects"}, _LIBRARY))
    if not isinstance(library.get("version"), int) or library["version"] < 1:
        found.append("version is no positive number")
    objects = library["objects"]
    for item in objects.get("threats", ()):
        found += _fields(item, {"urn", "ref_id"}, _NAMED)
    if "framework" in objects:
        found += _framework(objects["framework"], {item["urn"] for item in objects.get("threats", ())})
    pairs = [
        (one["source_framework_urn"], one["target_framework_urn"])
        for one in objects.get("requirement_mapping_sets", ())
    ]
    if len(set(pairs)) < len(pairs):
        found.append("two sets of one pair")
    for item in objects.get("requirement_mapping_sets", ()):
        found += _set(item)
    return found


@pytest.mark.parametrize("edition", editions(), ids=str)
def test_every_edition_is_accepted(edition: object) -> None:
    """An edition is accepted, and its 72 provisions are assessable."""
    text = dumps(load(str(edition)))
    assert refusals(text) == []
    nodes = yaml.safe_load(text)["objects"]["framework"]["requirement_nodes"]
    assert sum(node["assessable"] for node in nodes) == 72
    assert len(nodes) == 72 + 13 + 5


@pytest.mark.parametrize("edition", [item.id for item in available()], ids=str)
def test_every_framework_is_accepted(edition: object) -> None:
    """Every shipped framework is accepted."""
    assert refusals(dumps(load_framework(str(edition)))) == []


_PAIRS = list(dict.fromkeys((str(item.source), str(item.target)) for item in sets()))
_HELD = [pair for pair in _PAIRS if rows(crosswalk(*pair)).rows]


@pytest.mark.parametrize("pair", _HELD, ids="--".join)
def test_every_crosswalk_is_accepted_with_its_frameworks(pair: tuple[str, str]) -> None:
    """Both ends of every mapping are assessable nodes of the libraries that it depends on."""
    text = dumps(crosswalk(*pair))
    assert refusals(text) == []
    libraries = [yaml.safe_load(dumps(load_framework(one))) for one in pair]
    mapped = yaml.safe_load(text)
    assert mapped["dependencies"] == [one["urn"] for one in libraries]
    frameworks = {one["objects"]["framework"]["urn"]: one["objects"]["framework"] for one in libraries}
    asked = {
        urn: {node["urn"] for node in one["requirement_nodes"] if node["assessable"]} for urn, one in frameworks.items()
    }
    for item in mapped["objects"]["requirement_mapping_sets"]:
        for side in ("source", "target"):
            ends = {one[f"{side}_requirement_urn"] for one in item["requirement_mappings"]}
            assert ends <= asked[item[f"{side}_framework_urn"]]


@pytest.mark.parametrize(
    ("good", "bad", "why"),
    [
        ("version: 1\n", "version: 0\n", "version is no positive number"),
        ("ref_id: uk-ai-cop_2025-01\n", "", "ref_id is missing"),
        ("urn: urn:aicop:risk:library:", "urn: library:", "urn is badly formed"),
        ("name: Data poisoning\n", f"name: {'D' * 201}\n", "name is too long"),
        ("importance: mandatory\n", "importance: shall\n", "unknown importance"),
        ("depth: 1\n", "level: 1\n", "level is no column"),
        (":data-poisoning\n", ":other\n", "unknown threat"),
        ("parent_urn: urn:", "parent_urn: URN:", "a node stands before its parent"),
    ],
)
def test_a_broken_library_is_refused(good: str, bad: str, why: str) -> None:
    """The rules find every broken field of a library."""
    text = dumps(load("uk-ai-cop"))
    assert good in text
    assert why in refusals(text.replace(good, bad, 1))


@pytest.mark.parametrize(
    ("good", "bad", "why"),
    [
        ("relationship: intersect\n", "relationship: bogus\n", "unknown relationship"),
        ("strength_of_relationship: 5\n", "strength_of_relationship: 50\n", "strength out of range"),
        ("source_requirement_urn: ", "source_urn: ", "source_requirement_urn is missing"),
    ],
)
def test_broken_mappings_are_refused(good: str, bad: str, why: str) -> None:
    """The rules find every broken field of a mapping."""
    text = dumps(crosswalk("uk-ai-cop", "iso-iec-42001"))
    assert good in text
    assert why in refusals(text.replace(good, bad, 1))
