"""The order of packages, the absence of import cycles, and the one place where each library is used."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "aicop"

# A package imports only from earlier packages; inside a package there is no import cycle.
ORDER = """
ground    _pydantic  errors  spelling  ids  vocabulary  relations  _notebook  _lazy  files  _resources  manifest  model  schema  keys
plain     records  tables  _field_types
one       catalogue  lineage  applicability  graph
many      frameworks  mappings  search  crosswalk
yours     library  assessment  suggest
edges     interop  report  mcp  cli  __main__  _pyinstaller
"""
PLANNED = {"suggest"}
"""Those that do not exist yet; the order says where they will stand."""

# The packages that may use each library.
USED_IN = {
    "attrs": {
        "errors",
        "_notebook",
        "records",
        "tables",
        "_field_types",
        "ids",
        "relations",
        "manifest",
        "model",
        "keys",
        "catalogue",
        "lineage",
        "applicability",
    }
    | {
        "graph",
        "frameworks",
        "mappings",
        "crosswalk",
        "search",
        "library",
        "assessment",
        "interop",
        "report",
        "mcp",
        "cli",
    },
    "networkx": {"graph"},
    "pydantic": {"schema", "_field_types", "mappings", "interop", "mcp"},
    "pydantic_core": {"schema", "_field_types"},
    # It comes with pydantic, which before Python 3.12 supports no other TypedDict.
    "typing_extensions": {"interop"},
    "importlib_resources": {"_resources"},
    "pygraphviz": {"graph"},
    "openpyxl": {"files"},
    "yaml": {"files"},
    "xlsxwriter": {"interop"},
    "rdflib": {"interop"},
    "pyarrow": {"interop"},
    "jinja2": {"report"},
    "click": {"cli"},
    "mcp": {"mcp"},
    # It comes with the SDK of the Model Context Protocol.
    "anyio": {"mcp"},
}

UPWARD = {("_pydantic", "_field_types")}
"""The one import of a later package: pydantic asks ids for their schema, which needs the parser of keys."""

PACKAGES = [name for line in ORDER.split("\n") for name in line.split()[1:]]
MODULES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in SOURCE.rglob("*.py")
    # The hooks of PyInstaller are no modules.
    if path != SOURCE / "__init__.py" and not path.name.startswith("hook-")
)


def _package(module: str) -> str:
    return module.partition(".")[0]


def _path(module: str) -> Path:
    whole = SOURCE.joinpath(*module.split("."))
    return whole / "__init__.py" if whole.is_dir() else whole.with_suffix(".py")


def _imports(source: str) -> set[str]:
    """Return the names of all modules that *source* imports, with what is imported from packages resolved."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module is not None
            for alias in node.names:
                inner = f"{node.module}.{alias.name}".removeprefix("aicop.")
                found.add(f"aicop.{inner}" if inner in MODULES else node.module)
    return found


def _faults(module: str, imported: set[str]) -> list[str]:
    """Return one message per forbidden import of *module*: a later package, its own package, or a foreign library."""
    faults = []
    for name in sorted(imported):
        first, _, rest = name.partition(".")
        if first != "aicop":
            if first not in sys.stdlib_module_names and _package(module) not in USED_IN.get(first, set()):
                faults.append(f"{module} must not use {name}")
        elif rest == module.rpartition(".")[0] and _path(module).name != "__init__.py":
            faults.append(f"{module} imports the face of its own package")
        elif _package(rest) not in PACKAGES:
            faults.append(f"{module} imports {name}, which has no place in the order")
        elif (module, rest) in UPWARD:
            continue
        elif PACKAGES.index(_package(rest)) > PACKAGES.index(_package(module)):
            faults.append(f"{module} imports {name}, which comes later")
    return faults


def _inside() -> dict[str, set[str]]:
    """Return what each module, except packages' ``__init__``, imports from its own package."""
    found = {}
    for module in MODULES:
        if _path(module).name != "__init__.py":
            names = {name.removeprefix("aicop.") for name in _imports(_path(module).read_text(encoding="utf-8"))}
            found[module] = {name for name in names if "." in name and _package(name) == _package(module)}
    return found


def _circle(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules that remain after repeatedly removing those that import none of the rest."""
    left = dict(graph)
    while free := [module for module, needed in left.items() if not needed & left.keys()]:
        for module in free:
            del left[module]
    return sorted(left)


def test_every_module_has_a_place_in_the_order() -> None:
    """Every package is in the order, and the order names no package that does not exist."""
    assert {_package(module) for module in MODULES} == {*PACKAGES} - PLANNED


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_earlier_packages(module: str) -> None:
    """No module imports from a later package, or a library that its package may not use."""
    assert _faults(module, _imports(_path(module).read_text(encoding="utf-8"))) == []


def test_no_package_has_an_import_cycle() -> None:
    """Imports go one way inside each package, and between the formats."""
    inside = _inside()
    assert _circle(inside) == []
    # The same holds between formats, each of which may be a package.
    formats: dict[str, set[str]] = {}
    for module, imported in inside.items():
        if _package(module) == "interop":
            unit = module.split(".")[1]
            formats.setdefault(unit, set()).update(
                name.split(".")[1] for name in imported if name.split(".")[1] != unit
            )
    assert _circle(formats) == []


def test_a_wrong_import_is_found() -> None:
    """The checks report a later package, a foreign library, a package's own face and a cycle."""
    assert _faults("ids", {"aicop.catalogue", "pydantic", "re"}) == [
        "ids imports aicop.catalogue, which comes later",
        "ids must not use pydantic",
    ]
    assert _faults("keys.parser", {"aicop.keys", "aicop.keys.diagnosis"}) == [
        "keys.parser imports the face of its own package"
    ]
    assert _circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_small(module: str) -> None:
    """No module is longer than 500 lines."""
    assert len(_path(module).read_text(encoding="utf-8").splitlines()) <= 500


# Except `ids`, these modules split CURIEs or URNs, which are not keys.
SLICING = {"ids", "interop.sssom.reader", "interop.ciso_assistant.urns", "mappings.check"}


@pytest.mark.parametrize("module", [name for name in MODULES if name not in SLICING])
def test_ids_are_split_in_one_place(module: str) -> None:
    """Only `aicop.ids` splits a key at its separators."""
    source = _path(module).read_text(encoding="utf-8")
    assert re.findall(r"""\.r?(?:partition|split)\(["'][:@#]["']""", source) == []


def test_no_object_is_checked_against_a_protocol() -> None:
    """From Python 3.12 on, such a check does not see the names of a package that are imported on first use."""
    assert [module for module in SOURCE.rglob("*.py") if "runtime_checkable" in module.read_text("utf-8")] == []
