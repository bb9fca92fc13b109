"""What PyInstaller is told; `tests/foreign/test_pyinstaller.py` freezes a program."""

from __future__ import annotations

import runpy
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import aicop
from aicop._pyinstaller import get_hook_dirs

SOURCE = Path(aicop.__file__).parent


def _hook(name: str) -> dict[str, Any]:
    [folder] = get_hook_dirs()
    return runpy.run_path(str(Path(folder) / f"hook-{name}.py"))


def _modules(pattern: str) -> set[str]:
    names = (".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in SOURCE.glob(pattern))
    return {name.removesuffix(".__init__") for name in names if "-" not in name}


def test_pyinstaller_finds_the_hooks() -> None:
    """The entry point leads to the folder of the hooks."""
    [entry] = [
        item for item in entry_points(group="pyinstaller40", name="hook-dirs") if item.module.startswith("aicop")
    ]
    assert entry.load() is get_hook_dirs


def test_every_module_is_collected_once() -> None:
    """Every module is named by one hook, apart from the packages themselves, and modules that no program imports."""
    core, cli, mcp = (_hook(name)["hiddenimports"] for name in ("aicop", "aicop.cli", "aicop.mcp"))
    named = [*core, *cli, *mcp]
    assert len(set(named)) == len(named)
    apart = {"aicop", "aicop.cli", "aicop.mcp", "aicop.__main__"} | _modules("_pyinstaller/*.py")
    assert {*named} - {"aicop.data"} == _modules("**/*.py") - apart
    assert set(cli) == _modules("cli/**/*.py") - {"aicop.cli"}


def test_every_data_file_is_collected() -> None:
    """All data files go to the places where `aicop.data` looks for them, and the metadata beside the package."""
    found = _hook("aicop")["datas"]
    root = Path(next(iter(import_module("aicop.data").__path__)))
    expected = {path for path in root.rglob("*") if path.suffix in {".json", ".tsv"}}
    placed = {Path(source): Path(folder) for source, folder in found}
    assert {path for path in placed if path.is_relative_to(root)} == expected
    for path in expected:
        assert placed[path] == Path("aicop") / "data" / path.parent.relative_to(root)
    assets = {path for path in placed if path.is_relative_to(SOURCE / "report")}
    assert assets == {path for path in (SOURCE / "report").rglob("*") if path.suffix in {".css", ".html", ".js"}}
    assert all(placed[path] == Path("aicop") / path.parent.relative_to(SOURCE) for path in assets)
    assert [path.name for path, folder in placed.items() if folder.suffix == ".dist-info"].count("METADATA") == 1
