"""Faults of a derived edition: inconsistencies within its file, and between the file and its base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from aicop.catalogue.faults import listed_source_faults, statement_faults
from aicop.errors import Fault
from aicop.ids import EditionId
from aicop.model.edition import Guidance, Principle, Provision
from aicop.model.from_data import statement
from aicop.schema.hierarchy import repeated_names
from aicop.spelling import close
from aicop.vocabulary import Change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from aicop.catalogue.catalogue import Catalogue
    from aicop.model.edition import Statement


Plain = dict[str, Any]

CHANGEABLE = ("title", "guidance", "statements", "pointers", "footnotes", "annotations")
"""The fields of a provision that a derived edition can change."""


@attrs.frozen
class _Base:
    """The parts of the base that the checks look up."""

    id: EditionId
    provisions: dict[str, Provision]
    principles: dict[int, Principle]
    guides: dict[str, Guidance]


def guide_entries(base: Catalogue) -> dict[str, Guidance]:
    """Return the entries of the guide that the provisions of an edition have, by the numbers that the guide uses."""
    return {item.guidance.number: item.guidance for item in base.values() if item.guidance is not None}


def derived_faults(data: Plain, catalogue: Catalogue, file: str) -> Iterator[Fault]:
    """Yield every fault of an edition based on *catalogue*."""
    base = _Base(
        catalogue.id,
        {item.id.number: item for item in catalogue.values()},
        {item.id.number: item for item in catalogue.principles},
        guide_entries(catalogue),
    )
    own, changed, dropped = (
        [(f"{part}[{i}]", item) for i, item in enumerate(data[part])] for part in ("own", "changed", "dropped")
    )
    yield from repeated_names(((item["number"], f"{path}.number") for path, item in (*own, *changed, *dropped)), file)
    for part, key in (("sources", "key"), ("scope", "key"), ("stakeholders", "role"), ("terms", "name")):
        yield from repeated_names(
            ((item[key], f"{part}[{i}].{key}") for i, item in enumerate(data.get(part, ()))), file
        )
    yield from listed_source_faults(data, [pair for pair in (*own, *changed) if "source" in pair[1]], file)
    for path, item in (*own, *changed):
        yield from _provision_faults(item, path, base, file)
    for path, item in (*changed, *dropped):
        if item["number"] not in base.provisions:
            near = close(item["number"], list(base.provisions), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Fault(file, f"{path}.number", f"{base.id} has no provision {item['number']}{hint}")
    gone = {item["number"] for _, item in dropped}
    remaining = (base.provisions.keys() - gone) | {item["number"] for _, item in own}
    for path, item in own:
        yield from _place_faults(item, path, base, remaining, file)
    for path, item in changed:
        yield from _change_faults(item, path, base, file)
    yield from _dropping_faults(data, base, file)


def _provision_faults(item: Plain, path: str, base: _Base, file: str) -> Iterator[Fault]:
    """Yield the faults that an own and a changed provision can have alike."""
    for i, one in enumerate(item.get("pointers", ())):
        if one["principle"] not in base.principles:
            yield Fault(file, f"{path}.pointers[{i}].principle", f"there is no principle {one['principle']}")
    if "guidance" in item and item["guidance"] not in base.guides:
        yield Fault(file, f"{path}.guidance", f"the guide of {base.id} has no entry {item['guidance']}")
    for i, one in enumerate(item.get("statements", ())):
        yield from statement_faults(one, f"{path}.statements[{i}]", file)


def _place_faults(item: Plain, path: str, base: _Base, remaining: AbstractSet[str], file: str) -> Iterator[Fault]:
    """Yield a fault for each number, principle and parent of an own provision that does not fit the base."""
    number, parent, place = item["number"], item.get("parent"), f"{path}.number"
    if number in base.provisions:
        advice = "list it under changed, or use another number"
        yield Fault(file, place, f"{base.id} already has a provision {number}; {advice}")
    owner = base.principles.get(item["principle"])
    if owner is None:
        yield Fault(file, f"{path}.principle", f"{base.id} has no principle {item['principle']}")
    else:
        head = f"{owner.clause}-" if owner.clause else f"{owner.id.number}."
        if not number.startswith(head):
            yield Fault(file, place, f"{number} must begin with {head} in this principle")
    if parent is not None and parent not in remaining:
        problem = f"{parent} is dropped" if parent in base.provisions else f"there is no provision {parent}"
        yield Fault(file, f"{path}.parent", problem)
    elif parent is not None and not number.startswith(f"{parent}."):
        yield Fault(file, f"{path}.parent", f"{number} is not numbered as a sub-provision of {parent}")


def _dropping_faults(data: Plain, base: _Base, file: str) -> Iterator[Fault]:
    """Yield a fault for each dropped parent of a provision that stays, and for each principle without provisions."""
    places = {item["number"]: f"dropped[{i}].number" for i, item in enumerate(data["dropped"])}
    orphans: dict[str, list[str]] = {}
    kept = {item["principle"] for item in data["own"]}
    for number, item in base.provisions.items():
        if number not in places:
            kept.add(item.principle.number)
            if item.parent is not None and item.parent.number in places:
                orphans.setdefault(item.parent.number, []).append(number)
    for number, children in orphans.items():
        problem = f"{', '.join(children)} would have no parent; drop the sub-provisions of {number} too"
        yield Fault(file, places[number], problem)
    for number, item in base.provisions.items():
        if item.principle.number not in kept:
            kept.add(item.principle.number)
            problem = f"{item.principle.local} would have no provisions; keep one, or add one of your own"
            yield Fault(file, places[number], problem)


def _change_faults(item: Plain, path: str, base: _Base, file: str) -> Iterator[Fault]:
    """Yield a fault if a change gives no field, and for each kind of change that its statements show but omit."""
    if not any(name in item for name in CHANGEABLE):
        yield Fault(file, path, f"no field differs from {base.id}; give at least one of: {', '.join(CHANGEABLE)}")
    known = base.provisions.get(item["number"])
    before = () if known is None else known.statements
    after = [
        statement({name: value for name, value in one.items() if name != "source"}, place, {})
        for place, one in enumerate(item.get("statements", ()), start=1)
    ]
    # Statements can be compared in pairs only if none was added or removed.
    if len(before) == len(after):
        for i, (old, new) in enumerate(zip(before, after, strict=True)):
            for problem in _missing_kinds(old, new, item["changes"]):
                yield Fault(file, f"{path}.changes", f"statements[{i}] {problem}")


def _missing_kinds(old: Statement, new: Statement, changes: list[str]) -> Iterator[str]:
    """Yield what differs between two statements although *changes* has no kind for it."""
    verb, holders = old.modality is not new.modality, set(old.duty_holders) != set(new.duty_holders)
    if verb and Change.STRENGTH not in changes:
        yield f"has {new.modality} instead of {old.modality}; add {Change.STRENGTH.value!r}"
    if holders and Change.SCOPE not in changes:
        yield f"has other duty holders; add {Change.SCOPE.value!r}"
    # The lineage of a statement that keeps its verb must not say that the verb changed.
    rest = attrs.evolve(new, modality=old.modality, duty_holders=old.duty_holders, joiner=old.joiner, source=old.source)
    if not verb and not holders and rest != old and set(changes) == {Change.STRENGTH.value}:
        yield f"has the same verb and differs otherwise; add a kind of change other than {Change.STRENGTH.value!r}"
