"""The framework view of editions."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from aicop import frameworks, load
from aicop.catalogue.shipped import build
from aicop.frameworks import from_catalogue
from aicop.vocabulary import Nature
from tests.examples import mini_edition


def test_an_edition_is_a_framework_too() -> None:
    """The framework view has the elements in printed order, each with its parent."""
    code = frameworks.load("uk-ai-cop")
    assert repr(code) == (
        "<Framework uk-ai-cop@2025-01: 5 phase, 13 principle, 51 provision, 88 statement, 21 sub-provision, 5 role>"
    )
    assert str(code["1.1.1"].parent) == "uk-ai-cop@2025-01:1.1"
    assert code["uk-ai-cop@2025-01:System Operator"].nature is Nature.ROLE
    assert code["2.3#1"].words == load("uk-ai-cop")["2.3"].statements[0].action.join(["Developer shall ", ""])
    assert len(code.of_kind("provision", "sub-provision")) == 72


def test_an_own_edition_has_a_framework_view() -> None:
    """The framework view of a user's edition has its phases, principles, provisions and statements."""
    from aicop.catalogue import loads as load_own

    own = from_catalogue(load_own(json.dumps(mini_edition())))
    assert repr(own) == ("<Framework mini-code@1: 2 phase, 2 principle, 4 provision, 6 statement, 1 sub-provision>")


@given(st.integers(1, 4), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8))
def test_an_edition_of_any_shape_is_in_printed_order(phases: int, shape: list[tuple[int, int]]) -> None:
    """Each phase with its principles, each of these with its provisions, each of these with its statements."""
    data = mini_edition()
    [provision, *_] = data["phases"][0]["principles"][0]["provisions"]
    pattern = data["phases"][0]["principles"][0] | {"applies_to": None}
    data["phases"] = [data["phases"][0] | {"slug": "x" * (place + 1), "principles": []} for place in range(phases)]
    expected: dict[int, list[str]] = {place: [] for place in range(phases)}
    # Numbers rise in printed order.
    for number, (place, count) in enumerate(sorted(shape, key=lambda pair: pair[0] % phases), start=1):
        numbers = [f"{number}.{below + 1}" for below in range(count)]
        provisions = [provision | {"number": own} for own in numbers]
        data["phases"][place % phases]["principles"].append(pattern | {"number": number, "provisions": provisions})
        expected[place % phases].append(f"P{number}")
        for own in numbers:
            expected[place % phases] += [own, *(f"{own}#{said + 1}" for said in range(len(provision["statements"])))]
    made = from_catalogue(build(data))
    listed = [key.local for key, item in made.items() if item.kind != "role"]
    assert listed == [local for place in range(phases) for local in ("x" * (place + 1), *expected[place])]
