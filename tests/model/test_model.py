"""The records: frozen, slotted, hashable values."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from aicop import compare, editions, load, mappings, model, parse
from aicop.catalogue import loads as load_edition
from aicop.frameworks import available, loads
from aicop.graph import dependencies, flows, graph
from aicop.mappings import sets
from aicop.vocabulary import Role
from tests.examples import derived_edition
from tests.frameworks.test_reader import FACTS, TSV

if TYPE_CHECKING:
    from collections.abc import Iterator


KINDS = [getattr(model, name) for name in model.__all__]


def within(value: object) -> Iterator[object]:
    """Yield every record in a value."""
    if isinstance(value, tuple):
        for item in value:
            yield from within(item)
    elif attrs.has(type(value)):
        yield value
        kind: Any = type(value)
        for field in attrs.fields(kind):
            yield from within(getattr(value, field.name))


def everything() -> Iterator[object]:
    """Yield records of every kind, with those nested in them."""
    for edition in editions():
        catalogue = load(edition)
        for part in (
            catalogue.edition,
            catalogue.phases,
            catalogue.principles,
            catalogue.scope,
            catalogue.stakeholders,
        ):
            yield from within(part)
        yield from within((catalogue.terms, catalogue.threats, tuple(catalogue.values())))
    # No derived edition ships.
    change = {"number": "5.1", "changes": ["wording"], "note": "Another title.", "title": "List everything"}
    parts: dict[str, Any] = {"changed": [change], "dropped": [{"number": "13.2", "reason": "Not needed."}]}
    derived = load_edition(json.dumps(derived_edition("uk-ai-cop@2025-01", **parts)))
    yield from within((derived.changed, derived.dropped))
    yield from within(compare("uk-ai-cop", "etsi-en-304-223").rows)
    code = load("uk-ai-cop")
    yield from within((flows(code), dependencies(code), graph(code).of_principles))
    yield from within((available(), sets(), *(mappings.load(item.name) for item in sets()[:9])))
    yield from within(loads(TSV, "own.tsv", **FACTS).controls)
    # No assessment ships.
    verdict = model.VerdictRow(key=code.find("5.1#1"))  # type: ignore[arg-type]
    yield model.HistoryRow(row=verdict, recorded="2026-01-01", by="we")
    yield verdict
    yield model.ControlRow(key=parse("nist-csf:PR.DS-01"), evidence=["EV-1"])
    yield model.Evidence(id="EV-1", title="Asset list")
    yield model.System(name="chat", title="Chat", edition=code.id, roles=[Role.DEVELOPER])


SAMPLES = {type(record): record for record in everything()}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_records_are_values(kind: type[attrs.AttrsInstance]) -> None:
    """Every kind of record ships, and is hashable, frozen, slotted, and equal after pickling and copying."""
    record = SAMPLES[kind]
    for twin in (pickle.loads(pickle.dumps(record)), copy.copy(record), copy.deepcopy(record)):  # noqa: S301 -- our own
        assert twin == record
        assert hash(twin) == hash(record)
    assert not hasattr(record, "__dict__")
    name = attrs.fields(kind)[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(record, name, None)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_lists_are_tuples(kind: type[attrs.AttrsInstance]) -> None:
    """A list becomes a tuple, whatever iterable it is built from."""
    for field in attrs.fields(kind):
        if "tuple[" in str(field.type):
            given = iter(getattr(SAMPLES[kind], field.name) or ())
            changed = attrs.evolve(SAMPLES[kind], **{field.name: given})  # type: ignore[misc]
            assert isinstance(getattr(changed, field.name), tuple)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_is_inherited_and_everything_is_documented(kind: type[attrs.AttrsInstance]) -> None:
    """Records have no base class, and every one has a docstring."""
    assert kind.__bases__ == (object,)
    assert kind.__doc__
