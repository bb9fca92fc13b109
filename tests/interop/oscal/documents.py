"""OSCAL documents for tests of the readers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from aicop.errors import InvalidDocument
from aicop.interop.common.format import ImportOptions
from aicop.interop.oscal import loads

if TYPE_CHECKING:
    from aicop.interop.common.format import ImportResult


FILE = "theirs.json"
Plain = dict[str, Any]


def head(**more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Return the metadata of a document."""
    return {
        "title": "The Norm",
        "last-modified": "2026-01-01T00:00:00Z",
        "version": "2.1",
        "oscal-version": "1.1.3",
    } | {name.replace("_", "-"): value for name, value in more.items()}


def catalog(*, metadata: Plain | None = None, **more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Return a catalog by another author."""
    return {
        "catalog": {"uuid": "u", "metadata": metadata or head()} | {n.replace("_", "-"): v for n, v in more.items()}
    }


def control(name: str, *parts: Plain, **more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Return a control."""
    return {"id": name, "title": f"Title of {name}"} | ({"parts": [*parts]} if parts else {}) | more


def statement(prose: str | None, *items: Plain) -> Plain:
    """Return the statement part of a control."""
    return {"name": "statement"} | ({"prose": prose} if prose else {}) | ({"parts": [*items]} if items else {})


def item(prose: str, *items: Plain) -> Plain:
    """Return an item of a statement."""
    return {"name": "item", "props": [{"name": "label", "value": "a."}], "prose": prose, "parts": [*items]}


def read(content: Plain | str | bytes, options: ImportOptions = ImportOptions()) -> ImportResult:
    """Read a document."""
    return loads(json.dumps(content) if isinstance(content, dict) else content, FILE, options)


def faults(content: Plain | str | bytes, options: ImportOptions = ImportOptions()) -> list[tuple[str, str]]:
    """Return the place and problem of every fault."""
    with pytest.raises(InvalidDocument) as caught:
        read(content, options)
    assert {fault.file for fault in caught.value.faults} == {FILE}
    return [(fault.path, fault.problem) for fault in caught.value.faults]


def end(*names: str) -> list[Plain]:
    """Return the ends of a map."""
    return [{"type": "control", "id-ref": name} for name in names]


def one_map(relationship: str, sources: list[Plain], targets: list[Plain], **more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Return a map."""
    known = {"uuid": "u", "relationship": relationship, "sources": sources, "targets": targets}
    return known | {name.replace("_", "-"): value for name, value in more.items()}


def collection(*maps: Plain, source: str = "urn:aicop:a@1", target: str = "urn:aicop:b@1", **more: Any) -> Plain:  # noqa: ANN401 -- plain data
    """Return a mapping collection by another author."""
    mapping = {
        "uuid": "u",
        "source-resource": {"type": "catalog", "href": source},
        "target-resource": {"type": "catalog", "href": target},
        "maps": [*maps],
    }
    return {
        "mapping-collection": {
            "uuid": "u",
            "metadata": head(oscal_version="1.2.1"),
            "provenance": {"method": "human"},
            "mappings": [mapping | {name.replace("_", "-"): value for name, value in more.items()}],
        }
    }
