"""The JSON Schemas of records, read by a validator of its own."""

from __future__ import annotations

import copy
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

import aicop
from aicop.assessment import FileState, check, compare, merge, next_steps, upgrade
from aicop.crosswalk import crosswalk
from aicop.graph import graph
from aicop.library import Library
from aicop.schema import json_schema
from tests.assessment.examples import ON, assessment, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

jsonschema_rs = import_module("jsonschema_rs")

CODE = aicop.load("uk-ai-cop")
WALK = crosswalk("etsi-en-304-223", "iso-iec-42001")
ABOUT = assessment(verdict("5.1#1"), verdict("6.1#1", "fail"), files={"EV-1": FileState.MISSING})
RECORDS = [
    ABOUT,
    ABOUT.states(ON)[0],
    ABOUT.status(ON),
    check(ABOUT, "fail", ON),
    compare(ABOUT, "2026-01-01", ON),
    merge(ABOUT, "key,verdict\n5.1,fail\n", "x.csv"),
    next_steps(ABOUT, ON)[0],
    upgrade(ABOUT, Library(), "etsi-en-304-223", ON),
    CODE["5.4.1"],
    CODE.principle(5),
    CODE.edition,
    WALK["5.2.1-1"][0],
    WALK.coverage(),
    WALK.gaps()[0],
    WALK.mappings[0],
    aicop.compare("uk-ai-cop", "etsi-en-304-223"),
    graph(CODE).impact("3.1"),
]


def changed(data: Any) -> Iterator[Any]:  # noqa: ANN401 -- plain data
    """Yield the data with one field of an object added, removed or of another type, at each place."""

    def places(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 -- plain data
        if isinstance(value, dict):
            yield path
            for name, item in value.items():
                yield from places(item, (*path, name))
        elif isinstance(value, list):
            for index, item in enumerate(value[:2]):
                yield from places(item, (*path, index))

    for path in places(data, ()):
        for change in ("add", "type"):
            found = copy.deepcopy(data)
            inner = found
            for step in path:
                inner = inner[step]
            if change == "add":
                inner["zzz"] = 1
            else:
                inner[next(iter(inner))] = {"zzz": 1}
            yield found


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_schema_accepts_what_is_written_and_nothing_else(record: object) -> None:
    """What `to_dict` writes is valid, and no longer if a field is added anywhere or has another type."""
    check = jsonschema_rs.validator_for(json_schema(type(record).__name__))
    data = json.loads(json.dumps(aicop.to_dict(record)))
    check.validate(data)
    wrong = list(changed(data))
    assert len(wrong) >= 2
    assert not any(check.is_valid(one) for one in wrong)
