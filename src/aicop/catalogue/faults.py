"""
Faults that make a well-formed edition inconsistent.

The checks find repeated names, dangling references, cycles, misplaced numbers and contradictory statements. All faults
are reported at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.errors import Fault, excerpt
from aicop.ids import clause_order
from aicop.schema.hierarchy import hierarchy_faults, repeated_names
from aicop.vocabulary import Joiner

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


Records = list[tuple[str, Any]]


def _number_faults(principles: Records, file: str) -> Iterator[Fault]:
    """Yield a fault for each number that does not fit its principle, its parent or the printed order."""
    before = ""
    for above, owner in principles:
        head = f"{owner['clause']}-" if owner.get("clause") else f"{owner['number']}."
        for i, item in enumerate(owner["provisions"]):
            number, parent, place = item["number"], item.get("parent"), f"{above}.provisions[{i}]"
            if not number.startswith(head):
                yield Fault(file, f"{place}.number", f"{number} must begin with {head} in this principle")
            # A number with the wrong prefix is usually out of order as well; it is reported only once.
            elif before and clause_order(number) < clause_order(before):
                yield Fault(file, f"{place}.number", f"{number} is out of order after {before}")
            before = number
            # A provision that is its own parent is reported as a cycle.
            if parent is not None and parent != number and not number.startswith(f"{parent}."):
                yield Fault(file, f"{place}.parent", f"{number} is not numbered as a sub-provision of {parent}")


def records(data: dict[str, Any]) -> tuple[Records, Records, Records]:
    """Return the phases, principles and provisions of an edition, each with its path in the file."""

    def inside(records: Records, part: str) -> Records:
        return [(f"{path}.{part}[{i}]", item) for path, above in records for i, item in enumerate(above[part])]

    phases = [(f"phases[{i}]", item) for i, item in enumerate(data["phases"])]
    principles = inside(phases, "principles")
    return phases, principles, inside(principles, "provisions")


def edition_faults(data: dict[str, Any], file: str, entries: Collection[str] = ()) -> Iterator[Fault]:
    """
    Yield every inconsistency in the data of an edition that `EditionSchema` accepts.

    *entries* are the numbers of the entries of the guide that the edition names.
    """
    phases, principles, provisions = records(data)
    for key, pairs in (("slug", phases), ("number", principles)):
        yield from repeated_names(((item[key], f"{path}.{key}") for path, item in pairs), file)
    for part, key in (("sources", "key"), ("scope", "key"), ("stakeholders", "role"), ("terms", "name")):
        yield from repeated_names(
            ((item[key], f"{part}[{i}].{key}") for i, item in enumerate(data.get(part, ()))), file
        )
    yield from hierarchy_faults(
        ((item["number"], item.get("parent"), f"{path}.number", f"{path}.parent") for path, item in provisions),
        file,
        "provision",
    )
    yield from _number_faults(principles, file)
    yield from listed_source_faults(data, [*phases, *principles, *provisions], file)
    numbers = {item["number"] for _, item in principles}
    for path, item in provisions:
        for i, pointer in enumerate(item.get("pointers", ())):
            if pointer["principle"] not in numbers:
                yield Fault(file, f"{path}.pointers[{i}].principle", f"there is no principle {pointer['principle']}")
        for i, statement in enumerate(item["statements"]):
            yield from statement_faults(statement, f"{path}.statements[{i}]", file)
        if item.get("guidance") not in {None, *entries}:
            yield Fault(file, f"{path}.guidance", f"the guide has no entry {item['guidance']}")


def listed_source_faults(data: dict[str, Any], records: Records, file: str) -> Iterator[Fault]:
    """Yield a fault for each record that names a source which the edition does not list."""
    known = {item["key"] for item in data["sources"]}
    lists = ("dates", "scope", "stakeholders", "terms")
    listed = [(f"{part}[{i}]", item) for part in lists for i, item in enumerate(data.get(part, ()))]
    # The edition itself names a source too; its path is empty. A statement may have that of its provision.
    above = [("", data), *listed, *records]
    below = [
        (f"{path}.statements[{i}]", one) for path, item in records for i, one in enumerate(item.get("statements", ()))
    ]
    for path, item in (*above, *(pair for pair in below if "source" in pair[1])):
        if item["source"] not in known:
            yield Fault(
                file, f"{path}.source".lstrip("."), f"the source {excerpt(item['source'])} is not listed in sources"
            )


def statement_faults(data: dict[str, Any], path: str, file: str) -> Iterator[Fault]:
    """Yield a fault for repeated duty holders, a wrong joiner and a wrong `as_printed`."""
    holders, joiner = data["duty_holders"], data.get("joiner")
    if len(set(holders)) < len(holders):
        yield Fault(file, f"{path}.duty_holders", "a role appears more than once")
    if (len(holders) > 1) != (joiner is not None):
        words = " or ".join(map(repr, map(str, Joiner)))
        problem = (
            f"several duty holders need a joiner, the word between them: {words}"
            if len(holders) > 1
            else "a single duty holder takes no joiner; remove it"
        )
        yield Fault(file, f"{path}.joiner", problem)
    if (data["attribution"] == "stated") != (data.get("as_printed") is not None):
        yield Fault(file, f"{path}.as_printed", "required if the attribution is 'stated', and not allowed otherwise")
