"""The digest of an edition."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import load
from aicop.catalogue import edition_digest, loads
from tests.catalogue.test_derived import derive
from tests.catalogue.test_faults import provisions
from tests.examples import mini_edition
from tests.programs import _run
from tests.strategies import editions

if TYPE_CHECKING:
    from collections.abc import Callable


def digest_of(data: dict[str, Any]) -> str:
    """Return the digest of an edition in plain data."""
    return edition_digest(loads(json.dumps(data)))


def first(data: dict[str, Any]) -> dict[str, Any]:
    """Return the first statement of an edition."""
    found: dict[str, Any] = provisions(data)[0]["statements"][0]
    return found


COVERED: list[Callable[[dict[str, Any]], object]] = [
    lambda d: d["phases"][0].update(title="x"),
    lambda d: d["phases"][0]["principles"][0].update(title="x"),
    lambda d: provisions(d)[0].update(title="x"),
    lambda d: provisions(d)[2].update(number="1.3"),
    lambda d: provisions(d)[1].pop("parent"),
    lambda d: first(d).update(modality="should"),
    lambda d: first(d).update(duty_holders=["End-user"]),
    lambda d: first(d).update(duty_holders=["Developer", "End-user"], joiner="and"),
    lambda d: first(d).update(action="x"),
    lambda d: first(d).update(condition="x"),
    lambda d: provisions(d)[2]["statements"].reverse(),
    lambda d: provisions(d)[2]["statements"].pop(),
    lambda d: provisions(d, 1).pop(),
    lambda d: d.update(stakeholders=[{"role": "Developer", "definition": "x", "source": "text"}]),
]


@pytest.mark.parametrize("change", COVERED)
def test_a_digest_covers_the_content(change: Callable[[dict[str, Any]], object]) -> None:
    """Each change of content changes the digest."""
    data = mini_edition()
    change(data)
    assert digest_of(data) != digest_of(mini_edition())


def test_a_digest_does_not_cover_what_surrounds_the_content() -> None:
    """Keys, titles of the document, sources and annotations do not change the digest, nor does deriving."""
    data = mini_edition() | {"document": "other", "edition": "2", "title": "T", "status": "superseded"}
    data["sources"][0]["read"] = "2026-11-29"
    provisions(data)[0]["annotations"] = [{"observation": "o", "reading": "r", "reason": "w", "erratum": True}]
    assert digest_of(data) == digest_of(mini_edition())
    assert edition_digest(derive(load("uk-ai-cop"))) == edition_digest(load("uk-ai-cop"))


def test_text_cannot_move_between_fields_unnoticed() -> None:
    """The same words, divided otherwise, have another digest."""
    one, other = mini_edition(), mini_edition()
    first(one).update(action="a", condition="b c")
    first(other).update(action="a b", condition="c")
    assert digest_of(one) != digest_of(other)


@given(editions(), st.data())
def test_equal_digests_mean_equal_content(data: dict[str, Any], choice: st.DataObject) -> None:
    """Two drawn editions have the same digest only if their titles, verbs and actions are the same."""
    other = choice.draw(st.one_of(st.just(data), editions()))

    def content(plain: dict[str, Any]) -> object:
        return [
            [
                [owner["title"], [[p["title"], [(s["modality"], s["action"]) for s in p["statements"]]]]]
                for owner in phase["principles"]
                for p in owner["provisions"]
            ]
            for phase in plain["phases"]
        ]

    assert (digest_of(data) == digest_of(other)) == (content(data) == content(other))


def test_a_digest_is_the_same_in_every_process() -> None:
    """The digest is 16 hexadecimal digits that depend neither on the hash seed nor on pickling."""
    known = edition_digest(load("uk-ai-cop"))
    assert re.fullmatch(r"[0-9a-f]{16}", known)
    program = "import aicop; from aicop.catalogue import edition_digest; print(edition_digest(aicop.load('uk-ai-cop')))"
    assert _run(program) == known
