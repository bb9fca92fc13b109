"""
What PyInstaller needs to know to freeze a program that uses aicop; it finds the hooks beside this file by itself.

PyInstaller sees neither modules that are loaded by name on first use nor data files. The hooks name them. Everything is
collected with aicop, except the command line and the server of the Model Context Protocol, which bring libraries of
their own: these are collected with the program that imports them.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.metadata import files
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_APART = ("aicop.cli", "aicop.mcp", "aicop.__main__", "aicop._pyinstaller")


def get_hook_dirs() -> list[str]:
    """Return the folder of the hooks; PyInstaller asks for it by the entry point ``hook-dirs``."""
    return [str(Path(__file__).parent)]


def core_modules() -> list[str]:
    """Return the names of all modules that belong to every program."""
    found = {item.name for item in pkgutil.walk_packages([str(_ROOT)], "aicop.")}
    apart = tuple(f"{one}." for one in _APART)
    # In a checkout, the data are in a folder of their own.
    return sorted({"aicop.data", *(name for name in found if not f"{name}.".startswith(apart))})


def modules_of(package: str) -> list[str]:
    """Return the names of the modules in a subpackage."""
    return [item.name for item in pkgutil.walk_packages([str(_ROOT / package)], f"aicop.{package}.")]


def data_files() -> list[tuple[str, str]]:
    """Return the data files, what pages are made of, and the metadata, each with its folder in the frozen program."""
    root = Path(next(iter(import_module("aicop.data").__path__)))
    found = [path for path in sorted(root.rglob("*")) if path.suffix in {".json", ".tsv"}]
    data = [(str(path), str("aicop" / Path("data") / path.relative_to(root).parent)) for path in found]
    assets = [path for path in sorted((_ROOT / "report").rglob("*")) if path.suffix in {".css", ".html", ".js"}]
    data += [(str(path), str("aicop" / path.relative_to(_ROOT).parent)) for path in assets]
    # The version is read from the metadata.
    listed = [path for path in files("aicop") or () if path.parent.suffix == ".dist-info"]
    return data + [(str(path.locate()), str(path.parent)) for path in listed]
