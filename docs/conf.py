"""How the documentation site is built. `make site` calls Sphinx, which reads this file."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import sys
from importlib import import_module, metadata
from types import GenericAlias, ModuleType
from typing import TYPE_CHECKING, Any

import attrs
from docutils import nodes
from sphinx import addnodes
from sphinx.domains.python import ObjectEntry
from sphinx.ext.napoleon import Config
from sphinx.ext.napoleon.docstring import GoogleDocstring
from sphinx.util.nodes import make_refnode

import aicop
from aicop.report import write_explorer

if TYPE_CHECKING:
    from collections.abc import Iterator

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
autodoc_default_options = {"undoc-members": True, "special-members": "__getitem__, __and__"}
autodoc_typehints_format = "short"
maximum_signature_line_length = 140
python_use_unqualified_type_names = True

nitpick_ignore_regex = [
    # Other libraries document their own types, and a build reads nothing from the network.
    ("py:class", r"(collections\.abc|datetime|mcp|os|pathlib|networkx|nx|pydantic)\..*"),
    ("py:exc", r"argparse\..*"),
    # Type variables, which stand for any type.
    ("py:class", r"aicop\..*\.(T|Term|Record|Kind)"),
    # What `aicop.keys.find` is given by those who search an edition again and again; its form is not promised.
    ("py:class", r"aicop\.keys\.edition_index\.Index"),
    # What readers of files pass to an assessment, a row with its place; its form is not promised.
    ("py:class", r"aicop\.assessment\.files\.faults\.(Located|Row)"),
    # What readers of files take from `Library.registry`, and how a crosswalk came about; their forms are not promised.
    ("py:class", r"aicop\.frameworks\.registry\.FrameworkRegistry"),
    ("py:class", r"aicop\.crosswalk\.history\.History"),
    # Whatever reads keys of one's own, such as a `Library`.
    ("py:class", r"aicop\.keys\.typed\.Reader"),
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
_SHORT = 60
"""How many characters the signature of a record, or the value of a constant, may have."""


def _modules() -> list[str]:
    """Return the names of all modules of the package, apart from the command line and the data."""
    names = [item.name for item in pkgutil.walk_packages(aicop.__path__, "aicop.")]
    return [name for name in names if not name.startswith(("aicop.__main__", "aicop.cli", "aicop.data"))]


def _import_annotations() -> None:
    """
    Make the names in annotations available at run time.

    The modules import what only annotations need under ``if TYPE_CHECKING``. Once everything is loaded, these imports
    can be run, and autodoc can evaluate every annotation. The unions of all ids get a stand-in, since signatures would
    be unreadable if they spelled them out.
    """
    short = {name: type(name, (), {"__module__": "aicop.ids"}) for name in ("Id", "Key", "End")}
    modules = [aicop, *map(import_module, _modules())]
    for module in modules:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                # Besides imports, there are short names for unions.
                kinds = (ast.Import, ast.ImportFrom, ast.Assign)
                body: list[ast.stmt] = [item for item in node.body if isinstance(item, kinds)]
                code = compile(ast.Module(body, []), str(module.__file__), "exec")
                exec(code, module.__dict__)  # noqa: S102 -- our own source
        if module.__name__ == "aicop.ids":
            # Here the names stand for themselves, since the page documents them.
            module.JointId.__annotations__["members"] = GenericAlias(tuple, (short["Key"], ...))
        else:
            vars(module).update({name: value for name, value in short.items() if name in vars(module)})


def _read_sections(_app: Sphinx, _what: str, _name: str, item: object, options: Any, lines: list[str]) -> None:  # noqa: ANN401
    """
    Read the sections of docstrings, such as ``Raises:``, and put an overview in the place of a module's docstring.

    The extension napoleon would take the text before a colon for a type in the docstring of a field ("0 to 10: ...").
    Called like this, it takes no docstring for that of a field. Pages have introductions of their own for the modules.
    """
    if isinstance(item, ModuleType):
        names = options.members if isinstance(options.members, list) else item.__all__
        lines[:] = [line for name in names for line in _overview(item, name)]
    else:
        config: Any = _SECTIONS  # Sphinx declares the configuration of the whole site here, and itself passes this one.
        lines[:] = GoogleDocstring(lines, config, what="object").lines()


def _overview(module: ModuleType, name: str) -> Iterator[str]:
    """Yield, for a class or function, a list item with a link to it and the first line of its docstring."""
    value = getattr(module, name, None)  # A name that is missing is reported by autodoc.
    if isinstance(value, type) or callable(value):
        first = (inspect.getdoc(value) or "").partition("\n")[0]
        yield f"* :py:obj:`{name} <{module.__name__}.{name}>`: {first}"


def _without_signature(
    _app: Sphinx, what: str, _name: str, item: object, _options: object, signature: str, _returns: str
) -> tuple[str, None] | None:
    """
    Leave out the signatures that help no reader.

    They are long ones of records, whose fields are listed below, those of classes that are built from private fields by
    their own methods, and those of enums and protocols.
    """
    if what in {"class", "exception"} and isinstance(item, type):
        fields = attrs.fields(item) if attrs.has(item) else ()
        private = any(field.init and field.name.startswith("_") for field in fields)
        long = bool(fields) and len(signature or "") > _SHORT
        if long or private or hasattr(item, "__members__") or getattr(item, "_is_protocol", False):
            return "", None
    return None


def _shorten(_app: Sphinx, tree: nodes.document) -> None:
    """Take off the values of tables, and the empty line that ends a block of Python for the sake of doctest."""
    for block in tree.findall(nodes.literal_block):
        block.rawsource = block.astext().rstrip()
        block[:] = [nodes.Text(block.rawsource)]
    for item in tree.findall(addnodes.desc):
        if item["objtype"] == "data":
            for part in list(item[0].findall(addnodes.desc_annotation)):
                if part.astext().startswith(" = ") and len(part.astext()) > _SHORT:
                    part.parent.remove(part)


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
            if isinstance(value, type) or callable(value):
                homes[id(value)] = name
    for module_name in ["aicop", *_modules()]:
        module = sys.modules[module_name]
        for attribute in dir(module):
            home = homes.get(id(getattr(module, attribute, None)))
            alias = f"{module_name}.{attribute}"
            if home is not None and alias not in objects:
                entry = objects[home]
                objects[alias] = ObjectEntry(entry.docname, entry.node_id, entry.objtype, aliased=True)


def _write_explorer(app: Sphinx, error: Exception | None) -> None:
    """Write the page of everything that ships beside the pages of the site."""
    if error is None and app.builder.name == "html":
        write_explorer(app.outdir / "explorer.html", overwrite=True)


def _value_of(name: str) -> object:
    module, _, attribute = name.rpartition(".")
    return getattr(sys.modules.get(module), attribute, None)


def _resolve(app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element) -> nodes.Element | None:
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
    app.connect("doctree-read", _shorten)
    app.connect("env-updated", _add_aliases)
    app.connect("missing-reference", _resolve)
    app.connect("build-finished", _write_explorer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
