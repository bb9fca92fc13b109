"""Every public name, method and field is on a page of the reference."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from enum import Enum
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from sphinx.util.inventory import InventoryFile

import aicop
import aicop.interop

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
# docs/explanation/compatibility.md does not cover these, which are internal helpers.
NOT_PUBLIC = {"aicop.cli", "aicop.data", "aicop.files", "aicop.manifest", "aicop.schema", "aicop.spelling"}
NOT_PUBLIC |= {"aicop.interop.common"}
# Modules without ``__all__`` also define functions that only other modules of aicop use.
HELPERS = {
    "aicop.interop.columns": {"as_columns"},
    "aicop.errors": {"count_phrase", "display_line", "escape_text", "excerpt", "join_path", "quote_field", "reject"},
    "aicop.ids": {"clause_order", "key_of_item", "split_edition", "split_key", "split_label"},
}


def public_modules() -> list[str]:
    """Return the names of the public modules: the package, its modules, and those of the formats."""
    names = [item.name for item in pkgutil.iter_modules(aicop.__path__, "aicop.")]
    names += [item.name for item in pkgutil.iter_modules(aicop.interop.__path__, "aicop.interop.")]
    return ["aicop", *(name for name in names if "._" not in name and name not in NOT_PUBLIC)]


def public_names(module_name: str) -> list[str]:
    """Return what a module exports: its ``__all__``, or the classes and functions that it defines."""
    module = import_module(module_name)
    if hasattr(module, "__all__"):
        return list(module.__all__)
    return [
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and callable(value)
        and getattr(value, "__module__", None) == module_name
        and (isinstance(value, type) or hasattr(value, "__qualname__"))
        and name not in HELPERS.get(module_name, set())
    ]


def members(value: type) -> Iterator[str]:
    """Yield the public methods, properties, fields and members that a class defines itself."""
    if issubclass(value, Enum):
        yield from value.__members__
    if attrs.has(value):
        yield from (field.name for field in attrs.fields(value) if not field.name.startswith("_"))
    for name, item in vars(value).items():
        kinds = (property, classmethod, staticmethod, cached_property)
        if not name.startswith("_") and (callable(item) or isinstance(item, kinds)) and not isinstance(item, Enum):
            yield name


def undocumented(documented: set[str]) -> list[str]:
    """Return the public names and members that are not among the documented ones."""
    found = []
    modules = {name: import_module(name) for name in public_modules()}
    homes: dict[int, list[str]] = {}
    for name in sorted(documented):
        module, _, attribute = name.rpartition(".")
        if module in sys.modules:
            homes.setdefault(id(getattr(sys.modules[module], attribute, None)), []).append(name)
    for module_name, face in modules.items():
        for name in public_names(module_name):
            written = f"{module_name}.{name}"
            value = getattr(face, name)
            if written not in documented:
                found.append(written)
            elif isinstance(value, type):
                places = [written, *homes.get(id(value), ())]
                found += [
                    f"{written}.{member}"
                    for member in members(value)
                    if not any(f"{place}.{member}" in documented for place in places)
                ]
    return found


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names that the site documents, after building it if it is out of date."""
    inventory = ROOT / "build" / "site" / "objects.inv"
    sources = [*(ROOT / "docs").rglob("*.md"), ROOT / "docs" / "conf.py", *(ROOT / "src").rglob("*.py")]
    if not inventory.exists() or inventory.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        folder = tmp_path_factory.mktemp("site")
        options = ["-q", "-b", "html", "-d", str(folder / "trees")]
        command = [sys.executable, "-m", "sphinx", *options, str(ROOT / "docs"), str(folder / "out")]
        subprocess.run(command, check=True)  # noqa: S603 -- our own documentation
        inventory = folder / "out" / "objects.inv"
    items = InventoryFile.loads(inventory.read_bytes(), uri="").data
    return {name for kind, names in items.items() if kind.startswith("py:") for name in names}


def test_everything_public_is_documented(documented: set[str]) -> None:
    """All public names, methods, properties, fields and enum members are on a page of the API reference."""
    assert undocumented(documented) == []


@pytest.mark.parametrize(
    "name",
    [
        "aicop.crosswalk.crosswalk",
        "aicop.crosswalk.Crosswalk.compose",
        "aicop.model.Provision.title",
        "aicop.vocabulary.Modality.SHALL",
        "aicop.interop.oscal.profile",
    ],
)
def test_a_missing_name_is_found(documented: set[str], name: str) -> None:
    """A name that is taken off the pages is reported as undocumented."""
    assert name in documented
    assert name in undocumented(documented - {name})
