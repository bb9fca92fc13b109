"""Packages whose names and modules are imported on first use."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import aicop
from aicop._lazy import attach

SOURCE = Path(aicop.__file__).parent
FACES = sorted(
    ".".join(("aicop", *path.parent.relative_to(SOURCE).parts))
    for path in SOURCE.rglob("__init__.py")
    if "attach(" in path.read_text(encoding="utf-8")
)


def test_unknown_names_raise() -> None:
    """An unknown name raises AttributeError, as with any module."""
    with pytest.raises(AttributeError, match="module 'aicop' has no attribute 'lode'"):
        getattr(aicop, "lode")  # noqa: B009 -- the type checkers refuse the attribute


def test_a_name_is_looked_up_once_and_then_kept() -> None:
    """A lazy name is stored after its first use, so that it is as fast as any attribute."""
    load, names = attach("tests.examples", {"nothing": ("gone",)}, parts=("inner",))
    assert {"gone", "inner", "nothing"} <= set(names())
    assert "mini_edition" not in names()
    with pytest.raises(ModuleNotFoundError):
        load("gone")
    program = "import aicop; before = 'load' in vars(aicop); aicop.load; print(before, 'load' in vars(aicop))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    assert done.stdout == "False True\n"


@pytest.mark.parametrize("name", FACES)
def test_every_exported_name_exists(name: str) -> None:
    """Every name in ``__all__`` exists once and is listed by ``dir``."""
    face = import_module(name)
    assert sorted(set(face.__all__)) == sorted(face.__all__)
    for exported in face.__all__:
        assert getattr(face, exported) is not None
        assert exported in dir(face)


@pytest.mark.parametrize("name", FACES)
def test_no_export_has_the_name_of_a_submodule(name: str) -> None:
    """A submodule of that name would replace the export once it is imported."""
    face = import_module(name)
    modules = {path.stem for path in Path(face.__path__[0]).iterdir() if path.stem != "__init__"}
    assert modules.isdisjoint(face.__all__)


@pytest.mark.parametrize("name", FACES)
def test_every_package_is_an_attribute_of_its_parent(name: str) -> None:
    """Every package can be reached after ``import aicop`` alone."""
    program = f"import aicop; print({name}.__name__)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    assert done.stdout == f"{name}\n"


@pytest.mark.parametrize("name", FACES)
def test_type_checkers_see_names_that_exist(name: str) -> None:
    """What a package shows to type checkers exists when the program runs, and they see no `__getattr__`."""
    face = import_module(name)
    tree = ast.parse(Path(str(face.__file__)).read_text(encoding="utf-8"))
    branch = next(node for node in tree.body if isinstance(node, ast.If))
    imported = [item.asname or item.name for node in branch.body for item in getattr(node, "names", ())]
    assert set(imported) >= set(face.__all__)
    assert all(getattr(face, one) is not None for one in imported)
    outside = [ast.unparse(node) for node in tree.body if node is not branch]
    assert not any("__getattr__" in line for line in (*outside, *map(ast.unparse, branch.body)))


def test_dir_lists_only_public_names() -> None:
    """``dir`` has the public names for tab completion, and none that the module itself imports."""
    shown = {name for name in dir(aicop) if not name.startswith("__")}
    assert shown >= {*aicop.__all__, "graph", "crosswalk", "interop"}
    assert shown.isdisjoint({"TYPE_CHECKING", "annotations", "attach"})


def test_packages_with_lazy_names_are_found() -> None:
    """The list that the tests above use has the expected packages."""
    assert {"aicop", "aicop.graph", "aicop.interop.oscal"} <= set(FACES)
