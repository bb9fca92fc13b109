"""Join JavaScript modules into one script, so that a page of one file needs no server."""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from posixpath import join as join_path
from typing import TYPE_CHECKING

from aicop.report.page import read_asset

if TYPE_CHECKING:
    from collections.abc import Callable

_IMPORT = re.compile(r'import \{ (?P<names>\w+(?:, \w+)*) \} from "(?P<path>\.{1,2}/[\w./-]+\.js)";')
# Not `let`, because importers would keep its first value.
_SPREAD = re.compile(r"^import \{\n(?P<names>(?:  \w+,\n)+)\} from ", re.MULTILINE)
"""An import with a name on each line, as long ones are written."""
_EXPORT = re.compile(r"export (?:async )?(?:function\*?|const|class) (?P<name>\w+)")
_HIDDEN = re.compile(r"</script|<!--|<script", re.IGNORECASE)
"""What ends a script in a page, or changes how its end is found (HTML, section 4.12.1.3)."""


class JoinError(ValueError):
    """A module uses a form of JavaScript that `join` does not know, or two modules do not fit together."""


class _Joiner:
    """Collects modules in the order in which they are needed, each as a function that returns what it exports."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._exports: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.parts: list[str] = []

    def add(self, module: str) -> None:
        """Add a module after those that it imports; nothing if it was added before."""
        if module in self._exports:
            return
        if module in self._open:
            way = " -> ".join((*self._open[self._open.index(module) :], module))
            message = f"{module}: the modules import each other: {way}"
            raise JoinError(message)
        self._open.append(module)
        text = self._read(module)
        if _HIDDEN.search(text):
            message = f"{module}: a script in a page cannot have the start or end of a script or comment of HTML in it"
            raise JoinError(message)
        exports: list[str] = []
        text = _SPREAD.sub(_on_one_line, text)
        lines = [self._line(module, place, line, exports) for place, line in enumerate(text.splitlines(), start=1)]
        self._open.pop()
        self._exports[module] = exports
        body = "\n".join(lines).strip()
        self.parts.append(
            f"const {_variable(module)} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();\n"
        )

    def _line(self, module: str, place: int, line: str, exports: list[str]) -> str:
        """Return a line as it is in the function of its module."""
        where = f"{module}, line {place}"
        if line.startswith("import "):
            return self._import(module, where, line)
        if not line.startswith("export "):
            return line
        found = _EXPORT.match(line)
        if found is None:
            message = f"{where}: write an export in front of a declaration, such as 'export function name'"
            raise JoinError(message)
        exports.append(found["name"])
        return line.removeprefix("export ")

    def _import(self, importer: str, where: str, line: str) -> str:
        found = _IMPORT.fullmatch(line)
        if found is None:
            message = f"{where}: write an import as 'import {{ a, b }} from \"./module.js\";', or one name on each line"
            raise JoinError(message)
        module, names = normpath(join_path(dirname(importer), found["path"])), found["names"].split(", ")
        self.add(module)
        if missing := set(names).difference(self._exports[module]):
            message = f"{where}: {module} does not export {', '.join(sorted(missing))}"
            raise JoinError(message)
        return f"const {{ {', '.join(names)} }} = {_variable(module)};"


def _on_one_line(found: re.Match[str]) -> str:
    """Return an import on one line, after empty lines, so that later lines keep their numbers."""
    names = found["names"].split()
    return "\n" * (len(names) + 1) + f"import {{ {' '.join(names).removesuffix(',')} }} from "


def _variable(module: str) -> str:
    return re.sub(r"\W", "_", module)


def _read_script(module: str) -> str:
    return read_asset(f"explorer/scripts/{module}")


def join(module: str, *, read: Callable[[str], str] = _read_script) -> str:
    """
    Return a script of this package and all that it imports as one strict script.

    An import stands on one line or has a name on each line, and exports stand in front of a declaration. *read* returns
    the text of a module by its name.

    Raises:
        JoinError: a module breaks one of these rules, imports what is not exported, or modules import each other.
        MissingData: a module is missing from the installation.
    """
    joiner = _Joiner(read)
    joiner.add(module)
    body = "\n".join(joiner.parts)
    return f'(() => {{\n"use strict";\n{body}}})();\n'
