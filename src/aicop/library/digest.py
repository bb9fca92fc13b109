"""The digest of everything that a library holds."""

from __future__ import annotations

import functools
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import attrs

from aicop._resources import read
from aicop.catalogue.digest import edition_digest
from aicop.frameworks.framework import framework_digest
from aicop.ids import ControlId, EditionId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.manifest import editions, framework_entries, guides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.registry import OwnFramework

_IDS = (EditionId, ProvisionId, StatementId, PrincipleId, PhaseId, ControlId, JointId)
_PLAIN = frozenset({str, int, float, bool, type(None)})
_REGISTERS = ("manifest.json", "frameworks.json", "mappings.json", "artefacts.json", "threats.json")


def _files() -> Iterator[str]:
    """Yield the names of the packaged data files, the registers first."""
    import itertools
    import json

    yield from _REGISTERS
    yield from (f"editions/{edition}.json" for edition in editions())
    yield from (f"guidance/{guide}.json" for guide in guides())
    yield from (f"frameworks/{item.id}.tsv" for item in framework_entries())
    yield from (f"lineage/{old}--{new}.tsv" for old, new in itertools.combinations(editions(), 2))
    yield f"dependencies/{editions()[0]}.tsv"
    yield f"questions/{editions()[0]}.tsv"
    yield from (f"mappings/{item['name']}.tsv" for item in json.loads(read("mappings.json"))["sets"])


@functools.cache
def shipped_digest() -> str:
    """Return the SHA-256 digest of all packaged data, in hexadecimal digits."""
    found = sha256()
    for name in _files():
        found.update(f"{name}\n{read(name)}\0".encode())
    return found.hexdigest()


@functools.cache
def _compared(kind: type[Any]) -> tuple[str, ...] | None:
    """Return the names of the fields by which records of a class are compared, or None if it is not one of records."""
    return tuple(field.name for field in attrs.fields(kind) if field.eq) if attrs.has(kind) else None


def canonical(value: Any) -> Any:  # noqa: ANN401 -- any record of a library
    """Return a record as nested lists and text that depend on its content alone, for a digest or an order."""
    kind: Any = type(value)
    # Most values are plain, and a library may have very many.
    if kind in _PLAIN:
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, _IDS):
        return str(value)
    names = _compared(kind)
    if names is not None:
        return [kind.__name__, *([name, canonical(getattr(value, name))] for name in names)]
    assert isinstance(value, tuple | list | frozenset), kind
    items = [canonical(item) for item in value]
    return sorted(items, key=repr) if isinstance(value, frozenset) else items


def library_digest(editions: Iterable[Catalogue], frameworks: Iterable[OwnFramework], *more: object) -> str:
    """Return the SHA-256 digest of what ships and of what is a user's, in hexadecimal digits."""
    parts = (
        shipped_digest(),
        [(item.id, edition_digest(item)) for item in editions],
        [(item.id, item.names, framework_digest(item.framework)) for item in frameworks],
        *more,
    )
    return sha256(repr([canonical(part) for part in parts]).encode(errors="surrogatepass")).hexdigest()
