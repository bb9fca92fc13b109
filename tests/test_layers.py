"""The staircase: a module imports only from modules before it, and each third-party package has its doors."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "aicop"
STAIRCASE = [
    "errors",
    "formulas",
    "vocabulary",
    "relations",
    "ids",
    "model",
    "framework_model",
    "structure",
    "_resources",
    "register",
    "spelling",
    "control_keys",
    "reading",
    "table_files",
    "cells",
    "documents",
    "gate",
    "keys",
    "edition_faults",
    "catalogue",
    "frameworks",
    "scope",
    "lineage",
    "printed",
    "mappings",
    "mapping_rows",
    "mapping_files",
    "lines",
    "links",
    "claims",
    "levels",
    "covering",
    "counting",
    "crossing",
    "consistency",
    "search",
    "crosswalk",
    "dependencies",
    "ordering",
    "graph",
    "drawing",
    "sheet",
    "picture",
    "tables",
    "interop.names",
    "interop.json_text",
    "interop.base",
    "interop.taking",
    "interop.facts",
    "interop.own",
    "interop.sheets",
    "interop.csv",
    "interop.markdown",
    "interop.xlsx",
    "interop.oscal_catalog",
    "interop.oscal_mapping",
    "interop.pairs",
    "interop.oscal_document",
    "interop.oscal_mapping_reading",
    "interop.oscal_reading",
    "interop.oscal",
    "interop.trestle",
    "interop.yaml_text",
    "interop.ciso_assistant_document",
    "interop.ciso_assistant_urns",
    "interop.ciso_assistant_reading",
    "interop.ciso_assistant",
    "interop.cyclonedx",
    "interop.sarif",
    "interop.sssom_reading",
    "interop.sssom",
    "interop.skos_reading",
    "interop.skos_concepts",
    "interop.skos_mappings",
    "interop.skos",
    "interop.registry_document",
    "interop.registry",
    "interop.formats",
    "key_files",
    "writing",
    "graph_commands",
    "crosswalk_commands",
    "interop_commands",
    "cli",
    "__main__",
]
DOORS = {
    "attrs": {
        "errors",
        "ids",
        "model",
        "framework_model",
        "register",
        "control_keys",
        "keys",
        "frameworks",
        "catalogue",
        "scope",
        "lineage",
        "dependencies",
        "graph",
        "relations",
        "tables",
        "claims",
        "covering",
        "crossing",
        "consistency",
        "search",
        "interop.base",
        "interop.taking",
        "interop.sheets",
        "interop.xlsx",
    },
    "networkx": {"graph"},
    "gc": {"reading"},
    "pydantic": {
        *("cells", "documents", "gate", "mapping_rows"),
        *("interop.csv", "interop.oscal_document", "interop.ciso_assistant_document", "interop.registry_document"),
    },
    # Comes with pydantic, which before Python 3.12 reads no other TypedDict.
    "typing_extensions": {"interop.oscal_document"},
    "pydantic_core": {"gate"},
    "importlib_resources": {"_resources"},
    "pygraphviz": {"picture"},
    "yaml": {"interop.yaml_text"},
    "xlsxwriter": {"interop.xlsx"},
    "rdflib": {"interop.skos_reading"},
    "typer": {"cli", "graph_commands", "crosswalk_commands", "interop_commands"},
}
STANDARD = {
    *(
        "__future__",
        "collections",
        "csv",
        "datetime",
        "difflib",
        "enum",
        "contextlib",
        "functools",
        "hashlib",
        "heapq",
        "html",
        "importlib",
        "io",
        "itertools",
        "json",
        "os",
        "shutil",
        "textwrap",
        "urllib",
        "uuid",
    ),
    *("errno", "logging", "operator", "tempfile", "threading", "warnings"),
    *("pathlib", "re", "sys", "types", "typing", "unicodedata"),
}


def _path(name: str) -> Path:
    return SOURCE.joinpath(*name.split(".")).with_suffix(".py")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            names = [f".{alias.name}" for alias in node.names] if node.module == "aicop.interop" else [""]
            found |= {f"{node.module}{name}" for name in names}
    return found


def _faults(name: str, imports: set[str]) -> list[str]:
    step = STAIRCASE.index(name)
    faults = []
    for imported in sorted(imports):
        package, _, rest = imported.partition(".")
        if package == "aicop":
            if rest not in STAIRCASE[:step]:
                faults.append(f"{name} climbs to {imported}")
        elif package not in STANDARD and name not in DOORS.get(package, set()):
            faults.append(f"{name} is no door to {imported}")
    return faults


def test_every_module_has_its_step() -> None:
    """No module stands outside the staircase."""
    paths = [path.relative_to(SOURCE).with_suffix("") for path in SOURCE.rglob("*.py") if path.stem != "__init__"]
    assert {".".join(path.parts) for path in paths} == set(STAIRCASE)


@pytest.mark.parametrize("name", STAIRCASE)
def test_modules_import_only_downwards(name: str) -> None:
    """Nobody climbs, and nobody uses a package past its door."""
    assert _faults(name, _imports(_path(name))) == []


def test_a_climb_would_be_seen() -> None:
    """The check itself can fail."""
    assert _faults("ids", {"aicop.catalogue", "pydantic", "re"}) == [
        "ids climbs to aicop.catalogue",
        "ids is no door to pydantic",
    ]


@pytest.mark.parametrize("name", STAIRCASE)
def test_rooms_are_small(name: str) -> None:
    """A module past 500 lines has found its own seam."""
    assert len(_path(name).read_text(encoding="utf-8").splitlines()) <= 500
