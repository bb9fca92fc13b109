"""Faces of packages: names and modules that are imported when they are first used."""

from __future__ import annotations

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


def test_other_names_are_not() -> None:
    """A wrong name is an AttributeError, as with any module."""
    with pytest.raises(AttributeError, match="module 'aicop' has no attribute 'lode'"):
        getattr(aicop, "lode")  # noqa: B009 -- the type checkers refuse the attribute


def test_a_name_is_looked_up_once_and_then_kept() -> None:
    """So that it costs no more than any other attribute."""
    load, names = attach("tests.examples", {"nothing": ("gone",)}, parts=("inner",))
    assert {"gone", "inner", "nothing"} <= set(names())
    assert "mini_edition" not in names()
    with pytest.raises(ModuleNotFoundError):
        load("gone")
    program = "import aicop; before = 'load' in vars(aicop); aicop.load; print(before, 'load' in vars(aicop))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    assert done.stdout == "False True\n"


@pytest.mark.parametrize("name", FACES)
def test_a_face_keeps_what_it_promises(name: str) -> None:
    """Each name of ``__all__`` is there, none twice, in order; and ``dir`` lists it."""
    face = import_module(name)
    assert sorted(set(face.__all__)) == sorted(face.__all__)
    for exported in face.__all__:
        assert getattr(face, exported) is not None
        assert exported in dir(face)


@pytest.mark.parametrize("name", FACES)
def test_a_face_exports_no_name_that_a_module_of_its_own_has(name: str) -> None:
    """The module would take the place of the name as soon as somebody imports it."""
    face = import_module(name)
    modules = {path.stem for path in Path(face.__path__[0]).iterdir() if path.stem != "__init__"}
    assert modules.isdisjoint(face.__all__)


@pytest.mark.parametrize("name", FACES)
def test_every_package_is_an_attribute_of_what_holds_it(name: str) -> None:
    """After ``import aicop`` alone."""
    program = f"import aicop; print({name}.__name__)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    assert done.stdout == f"{name}\n"


def test_a_face_lists_what_it_offers_and_nothing_else() -> None:
    """For people who press the tabulator: none of the names that the face itself is made with."""
    shown = {name for name in dir(aicop) if not name.startswith("__")}
    assert shown >= {*aicop.__all__, "graph", "crosswalk", "interop"}
    assert shown.isdisjoint({"TYPE_CHECKING", "annotations", "attach"})


def test_there_are_faces() -> None:
    """The tests above have something to look at."""
    assert {"aicop", "aicop.graph", "aicop.interop.oscal"} <= set(FACES)
