"""Faces of packages: names and modules that are imported when they are first used."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # `typing` costs more than everything else that `import aicop` does.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def attach(
    package: str, names: Mapping[str, Iterable[str]], parts: Iterable[str] = ()
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """
    Return ``__getattr__`` and ``__dir__`` for the ``__init__`` of *package*.

    *names* maps each module, relative to the package, to the names that the face exports from it. *parts* are the
    modules and packages inside that are reached as attributes. A name is looked up once and then kept.
    """
    homes = {name: module for module, exported in names.items() for name in exported}
    modules = frozenset((*parts, *(module for module in names if "." not in module)))

    def load(name: str) -> object:
        if name in homes:
            value = getattr(import_module(f"{package}.{homes[name]}"), name)
        elif name in modules:
            value = import_module(f"{package}.{name}")
        else:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=sys.modules[package])
        setattr(sys.modules[package], name, value)
        return value

    def names_of_face() -> list[str]:
        own = (name for name in vars(sys.modules[package]) if name.startswith("__"))
        return sorted({*own, *homes, *modules})

    return load, names_of_face
