"""How the documentation site is built. `make site` calls Sphinx, which reads this file."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import sys
from importlib import import_module, metadata
from typing import TYPE_CHECKING, Any

import attrs
from sphinx.domains.python import ObjectEntry
from sphinx.ext.napoleon import Config
from sphinx.ext.napoleon.docstring import GoogleDocstring
from sphinx.util.nodes import make_refnode

import aicop

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "aicop"
author = "The aicop authors"
project_copyright = author
version = release = metadata.version("aicop")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
highlight_language = "python"
# In docstrings, single backticks hold a name of Python. Pages are Markdown, where they hold any code.
default_role = "py:obj"
toc_object_entries_show_parents = "hide"

myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": True}
autodoc_typehints_format = "short"
# Two unions of all ids, which would fill lines if they were spelled out.
autodoc_type_aliases = {name: f"aicop.ids.{name}" for name in ("Id", "Key")}
maximum_signature_line_length = 88
python_use_unqualified_type_names = True

nitpick_ignore_regex = [
    # Types of the standard library and of networkx: their documentation is elsewhere, and no build reads the network.
    ("py:.*", r"(collections\.abc|typing|enum|networkx|nx)\..*"),
    ("py:.*", r"(StrEnum|Path|ExceptionGroup|MultiDiGraph)"),
]

html_theme = "furo"
html_title = f"aicop {release}"
html_short_title = "aicop"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_static_path = ["_static"]
html_css_files = ["site.css"]


_SECTIONS = Config(napoleon_custom_sections=["Source"])
_SHORT = 3
"""How many fields may stand in the signature of a class."""


def _modules() -> list[str]:
    """Return the names of all modules of the package, apart from the command line and the data."""
    names = [item.name for item in pkgutil.walk_packages(aicop.__path__, "aicop.")]
    return [name for name in names if not name.startswith(("aicop.__main__", "aicop.cli", "aicop.data"))]


def _import_annotations() -> None:
    """
    Make the names in annotations available at run time.

    The modules import what only annotations need under ``if TYPE_CHECKING``, and faces import nothing at all. Once
    everything is loaded, these imports can be run, and autodoc can evaluate every annotation.
    """
    modules = [aicop, *map(import_module, _modules())]
    for module in modules:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                imports: list[ast.stmt] = [item for item in node.body if isinstance(item, ast.Import | ast.ImportFrom)]
                code = compile(ast.Module(imports, []), str(module.__file__), "exec")
                exec(code, module.__dict__)  # noqa: S102 -- our own source


def _read_sections(_app: Sphinx, what: str, _name: str, _item: object, _options: object, lines: list[str]) -> None:
    """
    Read the sections of docstrings, such as ``Raises:``, and leave out the docstrings of modules.

    The extension napoleon would take the text before a colon for a type in the docstring of a field ("0 to 10: ...").
    Called like this, it takes no docstring for that of a field. Pages have introductions of their own for the modules.
    """
    config: Any = _SECTIONS  # Sphinx says that this must be the configuration of the whole site, and takes its own.
    lines[:] = [] if what == "module" else GoogleDocstring(lines, config, what="object").lines()


def _without_signature(
    _app: Sphinx, what: str, _name: str, item: object, _options: object, _signature: str, _returns: str
) -> tuple[str, None] | None:
    """Leave out the signature of records, whose fields are listed below it, and of enums."""
    if what in {"class", "exception"} and isinstance(item, type):
        many = attrs.has(item) and len(attrs.fields(item)) > _SHORT
        if many or hasattr(item, "__members__"):
            return "", None
    return None


def _add_aliases(_app: Sphinx, env: BuildEnvironment) -> None:
    """
    Let every documented object also be found under its other names.

    A page documents ``aicop.catalogue.load``; the same function is ``aicop.load`` and, where it is defined,
    ``aicop.catalogue.shipped.load``.
    """
    objects = env.domains.python_domain.objects
    homes: dict[int, str] = {}
    for name, entry in objects.items():
        if not entry.aliased and entry.objtype != "module":
            value = _value_of(name)
            if isinstance(value, type) or inspect.isroutine(value) or hasattr(value, "__wrapped__"):
                homes[id(value)] = name
    for module_name in ["aicop", *_modules()]:
        module = sys.modules[module_name]
        for attribute in dir(module):
            home = homes.get(id(getattr(module, attribute, None)))
            alias = f"{module_name}.{attribute}"
            if home is not None and alias not in objects:
                entry = objects[home]
                objects[alias] = ObjectEntry(entry.docname, entry.node_id, entry.objtype, aliased=True)


def _value_of(name: str) -> object:
    module, _, attribute = name.rpartition(".")
    return getattr(sys.modules.get(module), attribute, None)


def _resolve(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: Element) -> Element | None:
    """
    Resolve a name that a docstring gives without its module, if only one documented object ends with it.

    Single backticks also name parameters and what is not public, so that these stay plain code.
    """
    if node.get("refdomain") != "py":
        return None
    target: str = node["reftarget"]
    objects = env.domains.python_domain.objects
    found = [
        entry
        for name, entry in objects.items()
        if name == target or (name.endswith(f".{target}") and not entry.aliased and entry.objtype != "module")
    ]
    if len(found) == 1 and node.get("refdoc"):
        return make_refnode(app.builder, node["refdoc"], found[0].docname, found[0].node_id, contnode, target)
    return contnode if node.get("reftype") == "obj" else None


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the functions above to the build."""
    _import_annotations()
    app.connect("autodoc-process-signature", _without_signature)
    app.connect("autodoc-process-docstring", _read_sections)
    app.connect("env-updated", _add_aliases)
    app.connect("missing-reference", _resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
