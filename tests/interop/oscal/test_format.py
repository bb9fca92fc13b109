"""OSCAL documents, written and read again, and profiles."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings

from aicop import frameworks, load
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import UnknownKey, UnknownTerm
from aicop.frameworks import Framework, available, from_catalogue
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.rows import rows_of
from aicop.interop.oscal import FORMAT, dumps, loads, profile
from aicop.manifest import editions
from aicop.vocabulary import MappingBasis, Predicate
from tests.examples import A, B, row
from tests.interop.generated import MOSTLY_ASKING, crosswalks
from tests.interop.generated import editions as drawn_editions
from tests.interop.generated import frameworks as drawn_frameworks
from tests.interop.oscal.examples import ODD, SMALL, below, ours, plain
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from aicop import Catalogue
    from aicop.model import Mapping


def elements(framework: Framework) -> list[tuple[object, ...]]:
    """Return the fields of each element that are restored, in order."""
    return [
        (str(item.id), str(item.parent), item.kind, item.nature, item.title, item.words) for item in framework.controls
    ]


def rows(items: tuple[Mapping, ...]) -> list[str]:
    """Return rows as they are restored, without their set."""
    return sorted(str(attrs.evolve(item, set="")) for item in items)


def test_a_profile_chooses_provisions_by_role_and_verb(code: Catalogue) -> None:
    """A profile selects ids of the catalog, which it imports as a file beside it."""
    chosen = code.select(role="System Operator", modality="should")
    content = plain(profile(code, role="System Operator", modality="should"))
    (imported,) = content["imports"]
    assert imported["include-controls"] == [{"with-ids": [f"uk-ai-cop-{one.provision.id.number}" for one in chosen]}]
    (resource,) = content["back-matter"]["resources"]
    assert imported["href"] == f"#{resource['uuid']}"
    assert resource["rlinks"][0]["href"] == "uk-ai-cop@2025-01.json"
    assert content["merge"] == {"as-is": True}
    head = content["metadata"]
    assert head["title"] == (
        "Code of Practice for the Cyber Security of AI: statements for System Operator with the verb should"
    )
    assert [one["name"] for one in head["parties"]] == ["aicop"]
    assert [value for name, value in ours(head) if name == "statement"] == [
        f"{one.provision.id}#{statement.ordinal}" for one in chosen for statement in one.statements
    ]
    assert set(imported["include-controls"][0]["with-ids"]) <= {one["id"] for one in below(plain(dumps(code)))}


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "all statements"),
        ({"modality": ("shall", "may")}, "statements with the verb may or shall"),
        ({"role": ["end users", "Developers"]}, "statements for Developer or End-user"),
    ],
)
def test_the_title_of_a_profile_names_its_filter(code: Catalogue, asked: dict[str, Any], title: str) -> None:
    """The title names the filter in the words of the vocabulary."""
    assert plain(profile(code, **asked))["metadata"]["title"] == f"{code.edition.title}: {title}"


def test_an_empty_profile_is_refused(code: Catalogue) -> None:
    """A selection without statements and an unknown role are errors."""
    with pytest.raises(UnknownKey, match="statements for Affected Entity"):
        profile(code, role="Affected Entity")
    with pytest.raises(UnknownTerm):
        profile(code, role="Nobody")


@pytest.mark.parametrize("name", ["edition", "framework", "crosswalk", "profile"])
def test_documents_match_their_snapshots(name: str, mini: Catalogue) -> None:
    """Every kind of document is written byte for byte as before."""
    written = {
        "edition": lambda: dumps(mini),
        "framework": lambda: dumps(ODD),
        "crosswalk": lambda: dumps(SMALL),
        "profile": lambda: profile(mini, role="Developer"),
    }[name]()
    assert written.endswith("}\n")
    same_as_snapshot(f"oscal-{name}.json", written)


_SCRIPT = """
import hashlib, sys
from aicop import load
from aicop.crosswalk import crosswalk
from aicop.interop.oscal import dumps, loads, profile
code = load("uk-ai-cop")
texts = dumps(code), dumps(crosswalk("uk-ai-cop", "mitre-atlas")), profile(code, modality="shall")
assert "pydantic" not in sys.modules
reading = loads(texts[0])
print(hashlib.sha256("".join([*texts, *reading.dropped]).encode()).hexdigest())
"""


def test_the_same_bytes_everywhere_and_writing_needs_no_pydantic() -> None:
    """The bytes do not depend on hash seed or time zone, and writing imports no pydantic."""
    found = {
        subprocess.run(  # noqa: S603 -- ours
            [sys.executable, "-c", _SCRIPT],
            check=True,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Kolkata"))
    }
    assert len(found) == 1


@pytest.mark.parametrize("edition", editions(), ids=str)
def test_editions_round_trip_as_frameworks(edition: Any) -> None:  # noqa: ANN401 -- an edition's id
    """Principles, statements and roles are restored from an edition and from its framework view."""
    catalogue = load(edition)
    for written in (dumps(catalogue), dumps(from_catalogue(catalogue))):
        (framework,) = loads(written).frameworks
        assert elements(framework) == elements(from_catalogue(catalogue))
        assert framework.edition.title == catalogue.edition.title
        assert framework.edition.publisher == catalogue.edition.publisher


@pytest.mark.parametrize("edition", [item.id for item in available()], ids=str)
def test_shipped_frameworks_round_trip(edition: Any) -> None:  # noqa: ANN401 -- an edition's id
    """Every shipped framework is restored, and no fact is missing."""
    framework = frameworks.load(edition)
    reading = loads(dumps(framework))
    (back,) = reading.frameworks
    assert elements(back) == elements(framework)
    assert reading.unstated == ()


@given(drawn_frameworks())
def test_every_framework_round_trips(framework: Framework) -> None:
    """Keys, hierarchy, kinds, natures, titles and words are restored, in order."""
    reading = loads(dumps(framework))
    (back,) = reading.frameworks
    assert back.id == framework.id
    assert elements(back) == elements(framework)
    assert reading.unstated == ()


@given(drawn_editions())
@settings(max_examples=20)
def test_every_edition_round_trips(catalogue: Catalogue) -> None:
    """An edition is restored as its framework view."""
    (back,) = loads(dumps(catalogue)).frameworks
    assert elements(back) == elements(from_catalogue(catalogue))


@given(crosswalks(MOSTLY_ASKING, least=1))
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_every_crosswalk_round_trips(found: Crosswalk) -> None:
    """Every row that OSCAL can express is restored in all fields but the set."""
    written = rows_of(found, FORMAT.predicates).rows
    assume(any(item.target is not None for item in written))
    reading = loads(dumps(found), options=ImportOptions(frameworks=(found.source, found.target)))
    assert rows(reading.mappings) == rows(written)


@pytest.mark.parametrize("target", ["iso-iec-42001", "nist-ai-rmf", "mitre-atlas", "eu-ai-act", "etsi-en-304-223"])
def test_shipped_crosswalks_round_trip(target: str) -> None:
    """Shipped crosswalks and their inverses are restored, and no fact is missing."""
    for found in (crosswalk("uk-ai-cop", target), crosswalk(target, "uk-ai-cop")):
        reading = loads(dumps(found))
        assert rows(reading.mappings) == rows(rows_of(found, FORMAT.predicates).rows)
        assert reading.unstated == ()


def test_the_format_declares_what_it_holds() -> None:
    """OSCAL holds the five relations and not-found rows; others are skipped and counted."""
    assert {
        Predicate.EQUAL,
        Predicate.SUBSET,
        Predicate.SUPERSET,
        Predicate.INTERSECTS,
        Predicate.NONE,
        Predicate.NOTHING,
    } == FORMAT.predicates
    assert rows_of(SMALL, FORMAT.predicates).omitted == (
        "1 row: cannot express 'related, type not stated'",
        "1 row: cannot express 'mitigates'",
    )
    sources = [item.source for item in loads(dumps(SMALL), options=ImportOptions(frameworks=(A, B))).mappings]
    assert A.key("X-2") not in sources


def test_every_basis_round_trips() -> None:
    """Every mapping basis is restored."""
    pairs = [("X-1", "X-1"), ("X-1", "X-2"), ("X-2", "X-1"), ("X-2", "X-2"), ("Y-1", "Y-1"), ("Y-1", "Y-2")]
    several = [
        row(A.key(one), "intersects-with", B.key(other), basis=basis)
        for (one, other), basis in zip(pairs, MappingBasis, strict=True)
    ]
    found = loads(dumps(Crosswalk.from_mappings(several, A, B)), options=ImportOptions(frameworks=(A, B))).mappings
    assert {item.basis for item in found} == set(MappingBasis)
