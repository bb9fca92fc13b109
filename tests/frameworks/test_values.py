"""Frameworks as values: equality, hashing, copies, pickles and digests."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given

from aicop import UnknownKey, frameworks, load
from aicop.catalogue import loads as load_own
from aicop.frameworks import Framework, framework_digest, from_catalogue, loads
from aicop.ids import ControlId
from aicop.vocabulary import Nature
from tests.examples import mini_edition
from tests.frameworks.test_reader import FACTS, OWN, TSV
from tests.interop import generated

if TYPE_CHECKING:
    from aicop.model import Control


def own() -> Framework:
    """Return a small framework, built anew at each call."""
    return loads(TSV, "own.tsv", **FACTS)


def changed(place: int = 1, **fields: Any) -> Framework:  # noqa: ANN401 -- any field of an element
    """Return the small framework with one element changed."""
    base = own()
    controls = [attrs.evolve(item, **fields) if i == place else item for i, item in enumerate(base.controls)]
    return attrs.evolve(base, controls=controls)


def twins(framework: Framework) -> list[Framework]:
    """Return a pickled, a copied and a deeply copied twin."""
    pickled = pickle.loads(pickle.dumps(framework))  # noqa: S301 -- our own
    return [pickled, copy.copy(framework), copy.deepcopy(framework)]


@pytest.mark.parametrize("name", ["nist-sp-800-53", "owasp-llm-top10@2025", "uk-ai-cop"])
def test_shipped_frameworks_survive_pickling_and_copying(name: str) -> None:
    """The twin is equal, has the same hash, and resolves every spelling alike."""
    framework = frameworks.load(name)
    for twin in twins(framework):
        assert twin == framework
        assert hash(twin) == hash(framework)
        for key in list(framework)[::37]:
            assert twin.key(str(key)) == twin.key(key.local.lower()) == key
            assert twin.children(key) == framework.children(key)
            assert twin.whole_of(key) == framework.whole_of(key)
        assert twin.complete_wholes == framework.complete_wholes
        with pytest.raises(UnknownKey) as caught:
            twin["no such thing"]
        with pytest.raises(UnknownKey) as other:
            framework["no such thing"]
        assert caught.value == other.value


def test_an_own_edition_is_a_framework_like_any_other() -> None:
    """A user's edition gives an equal framework each time, which pickles and resolves its keys."""
    views = [from_catalogue(load_own(json.dumps(mini_edition()))) for _ in range(2)]
    assert views[0] == views[1]
    assert type(views[0]) is type(frameworks.load("nist-csf")) is Framework
    for twin in twins(views[0]):
        assert twin == views[0]
        assert str(twin.key("Principle 1")) == "mini-code@1:P1"
    assert from_catalogue(load("uk-ai-cop")) == frameworks.load("uk-ai-cop")


@given(generated.frameworks())
def test_equal_data_makes_equal_frameworks(item: Framework) -> None:
    """Two frameworks of the same data are equal, with equal hashes and digests."""
    twin = Framework(item.edition, list(item.controls), item.withdrawn, item.apart, unions=item.unions)
    assert twin == item
    assert hash(twin) == hash(item)
    assert framework_digest(twin) == framework_digest(item)


@pytest.mark.parametrize(
    ("fields", "same_digest"),
    [
        ({"title": "Accounts"}, False),
        ({"words": "Accounts are named."}, False),
        ({"kind": "rule"}, False),
        ({"nature": Nature.RISK}, False),
        ({"parent": None}, False),
        ({"id": ControlId(OWN, "AC-2")}, False),
        ({"aliases": ["Accounts"]}, True),
        ({"extra": [("owner", "IT")]}, True),
        ({"amended": "Deleted since 2027."}, True),
    ],
    ids=["title", "words", "kind", "nature", "parent", "id", "aliases", "extra", "amended"],
)
def test_each_fact_counts(fields: dict[str, Any], same_digest: bool) -> None:  # noqa: FBT001 -- an expectation
    """A change of any field makes another framework; names, own columns and later changes are outside the digest."""
    other = changed(**fields)
    assert other != own()
    assert (framework_digest(other) == framework_digest(own())) is same_digest


def test_the_whole_counts_too() -> None:
    """Order, withdrawn elements, parts and the edition are compared; the order and the withdrawn ones are digested."""
    base = own()
    gone: Control = attrs.evolve(base.controls[1], withdrawn=True, replaced_by=["AC"])
    others = {
        "order": attrs.evolve(base, controls=base.controls[::-1]),
        "withdrawn": attrs.evolve(base, controls=base.controls[:1], withdrawn=[gone]),
        "apart": attrs.evolve(base, apart=["control"]),
        "unions": attrs.evolve(base, unions=True),
        "edition": attrs.evolve(base, edition=attrs.evolve(base.edition, title="Other")),
    }
    assert all(other != base for other in others.values())
    assert base != dict(base)
    changed_digest = {name for name, other in others.items() if framework_digest(other) != framework_digest(base)}
    assert changed_digest == {"order", "withdrawn"}
    with pytest.raises(UnknownKey, match=r"AC-1 is withdrawn in own@2026; see AC\."):
        others["withdrawn"]["ac-01"]


def test_a_digest_is_stable() -> None:
    """The digest is the beginning of the SHA-256 of a JSON text, computed here with sha256sum."""
    # printf '%s' '["own@2026",[["AC",null,"family","requirement","Access",null,false,[]],["AC-1","AC","control",
    # "requirement",null,null,false,[]]]]' (on one line) | sha256sum
    assert framework_digest(own()) == "9de5749eb8746c1b"
