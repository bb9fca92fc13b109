"""Lazy imports for packages: names and modules are imported on first use."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # Importing `typing` costs more than the rest of `import aicop`.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def attach(
    package: str, names: Mapping[str, Iterable[str]], parts: Iterable[str] = ()
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """
    Return ``__getattr__`` and ``__dir__`` for the ``__init__`` module of *package*.

    *names* maps each module, relative to the package, to the names that the package exports from it. *parts* are the
    submodules and subpackages that are available as attributes. A name is imported once and then cached in the
    package.
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
        # Python calls `__getattr__` only for missing names (PEP 562), so that this cache also skips the next call.
        setattr(sys.modules[package], name, value)
        return value

    def names_of_face() -> list[str]:
        own = (name for name in vars(sys.modules[package]) if name.startswith("__"))
        return sorted({*own, *homes, *modules})

    return load, names_of_face
