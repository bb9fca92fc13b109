"""How a library is shown: its repr, and what it holds beside what ships as a table for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop._notebook import html_table
from aicop.library.parts import own_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.registry import OwnFramework
    from aicop.library.parts import OwnDependencies, OwnLineage, OwnMappings

# The class imports this module and assigns the functions, so they cannot name it.
_FIELDS = ("_editions", "_frameworks", "_mappings", "_dependencies", "_lineages")


def library_repr(library: Any) -> str:  # noqa: ANN401 -- a library
    """Return a library as one line: the counts of what does not ship."""
    own = own_phrase(*(getattr(library, name) for name in _FIELDS))
    return f"<Library: what ships{f' and of your own: {own}' if own else ''}>"


def library_html(library: Any) -> str:  # noqa: ANN401 -- a library
    """Return what a library holds that does not ship as a table: the kind, the name, and the number of its parts."""
    rows = list(_rows(*(getattr(library, name) for name in _FIELDS)))
    return html_table(library_repr(library)[1:-1], ("your own", "name", "count"), rows, len(rows))


def _rows(
    editions: Iterable[Catalogue],
    frameworks: Iterable[OwnFramework],
    mappings: Iterable[OwnMappings],
    dependencies: Iterable[OwnDependencies],
    lineages: Iterable[OwnLineage],
) -> Iterator[tuple[str, str, int]]:
    yield from (("edition", str(item.id), len(item)) for item in editions)
    yield from (("framework", str(item.id), len(item.framework)) for item in frameworks)
    yield from (("mappings", item.set.name, len(item.rows)) for item in mappings)
    yield from (("files of dependencies", str(item.edition), len(item.additions)) for item in dependencies)
    yield from (("lineage", f"{item.old} to {item.new}", len(item.rows)) for item in lineages)
