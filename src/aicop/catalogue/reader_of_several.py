"""Read several edition files, which may be based on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.catalogue.reader import loads
from aicop.catalogue.shipped import load as load_shipped
from aicop.errors import Fault, InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aicop.catalogue.catalogue import Catalogue


def loads_all(
    files: Mapping[str, bytes | str], *, load: Callable[[str], Catalogue] = load_shipped
) -> tuple[tuple[Catalogue, ...], tuple[Fault, ...]]:
    """
    Parse several edition files, which may be based on each other in any order.

    *files* maps the name of each file to its content. *load* returns the catalogues of all other editions. The result
    is the catalogues of the valid files, in the order of *files*, and the faults of the invalid ones. An edition whose
    base is invalid is invalid too, and so is every edition of a cycle.

    >>> loads_all({"a.json": "[]"})
    ((), (Fault('a.json', '', 'must be a JSON object, not list'),))
    """
    heads = {file: _head(content, file) for file, content in files.items()}
    # Maps each edition to its file. If several files have the same edition, the first counts.
    home: dict[str, str] = {}
    for file, (own, _) in heads.items():
        if own is not None:
            home.setdefault(own, file)
    order, cycles = _order(heads, home)
    built: dict[str, Catalogue] = {}
    faults: list[Fault] = []

    def find(key: str) -> Catalogue:
        if key not in home:
            return load(key)
        if home[key] not in built:
            raise Fault(file, "based_on", f"{key} has errors in {home[key]}; correct them first")
        return built[home[key]]

    for file in order:
        own = heads[file][0]
        if file in cycles:
            faults.append(Fault(file, "based_on", f"the editions form a cycle: {cycles[file]}"))
        elif own is not None and home[own] != file:
            faults.append(Fault(file, "document", f"{own} is already the edition of {home[own]}; use another id"))
        else:
            try:
                built[file] = loads(files[file], file, load=find)
            except InvalidDocument as error:
                faults += error.faults
    return tuple(built[file] for file in files if file in built), tuple(faults)


def _head(content: bytes | str, file: str) -> tuple[str | None, str | None]:
    """Return the written ids of an edition and its base; None for what the file does not state in a readable form."""
    # Imported here, so that users who only load shipped data import no strict parser.
    from aicop.files.json_text import parse_json

    try:
        value = parse_json(content, file)
    except InvalidDocument:
        # `loads` reports these faults.
        return None, None
    if not isinstance(value, dict):
        return None, None
    document, label, base = (value.get(name) for name in ("document", "edition", "based_on"))
    own = f"{document}@{label}" if isinstance(document, str) and isinstance(label, str) else None
    return own, base if isinstance(base, str) else None


def _order(
    heads: Mapping[str, tuple[str | None, str | None]], home: Mapping[str, str]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the files, bases before the editions based on them, and each file that closes a cycle with the cycle."""
    ordered: dict[str, None] = {}
    cycles: dict[str, str] = {}
    for file in heads:
        trail: dict[str, None] = {}
        step: str | None = file
        while step is not None and step not in ordered and step not in trail:
            trail[step] = None
            step = home.get(heads[step][1] or "")
        if step in trail:
            members = list(trail)
            circle = [*members[members.index(step) :], step]
            cycles[members[-1]] = " is based on ".join(str(heads[one][0]) for one in circle)
        ordered |= dict.fromkeys(reversed(trail))
    return tuple(ordered), cycles
