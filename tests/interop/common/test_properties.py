"""Properties of frameworks and elements beyond id, parent, title and words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import attrs
import pytest

from aicop import frameworks
from aicop.catalogue import loads
from aicop.frameworks import Framework, from_catalogue
from aicop.interop.common.properties import (
    address,
    as_framework,
    element_properties,
    english,
    framework_properties,
    guidance_notes,
    scope,
)
from tests.examples import A, mini_edition

if TYPE_CHECKING:
    from aicop import Catalogue


def test_as_framework_converts_only_editions(mini: Catalogue) -> None:
    """An edition becomes a framework, and a framework is returned unchanged."""
    assert as_framework(A) is A
    assert list(as_framework(mini)) == list(from_catalogue(mini))


@pytest.mark.parametrize(
    ("written", "given"),
    [(None, None), ("nist.gov/x", "https://nist.gov/x"), ("http://example.org", "http://example.org")],
)
def test_addresses_get_a_scheme(written: str | None, given: str | None) -> None:
    """An address without a scheme gets https, and any other is unchanged."""
    assert address(_with_address(written)) == given


def _with_address(written: str | None) -> Framework:
    return Framework(attrs.evolve(A.edition, address=written), ())


def test_the_language_of_an_edition_is_known(mini: Catalogue) -> None:
    """Editions are restated in English; the language of other frameworks is unknown."""
    assert english(from_catalogue(mini))
    assert not english(A)
    assert not english(_with_address(None))


def test_scope_joins_the_scope_statements() -> None:
    """The statements on scope are joined, and the result is None if there are none."""
    data = mini_edition()
    assert scope(loads(json.dumps(data))) is None
    data["scope"] = [
        {"key": "a", "statement": "It covers this.", "source": "text"},
        {"key": "b", "statement": "It leaves out that.", "source": "text"},
    ]
    assert scope(loads(json.dumps(data))) == "It covers this. It leaves out that."
    assert scope(A) is None


def test_framework_properties(mini: Catalogue) -> None:
    """An edition has more properties than a user's framework."""
    assert framework_properties(A) == {"key": "a@1", "status": "own"}
    assert framework_properties(mini) == {
        "key": "mini-code@1",
        "status": "current",
        "licence_of_the_publication": "CC0",
        "force": "None.",
    }
    assert framework_properties(frameworks.load("iso-iec-27001"))["published"] == "2022-10"


def test_properties_of_a_publication(standard: Catalogue, code: Catalogue) -> None:
    """A publication has what it supersedes and implements, its identifiers and its digest."""
    assert framework_properties(standard) == {
        "key": "etsi-en-304-223@2.1.1",
        "published": "2025-12",
        "status": "current",
        "licence_of_the_publication": standard.edition.licence,
        "force": standard.edition.force,
        "supersedes": ("etsi-ts-104-223@1.1.1",),
        "implements": ("uk-ai-cop@2025-01",),
        "identifiers": ("REN/SAI-0022",),
    }
    assert framework_properties(code)["digest"] == code.edition.digest


def test_properties_include_clauses_and_stages(standard: Catalogue) -> None:
    """Phases of the EN have their ETSI clauses and the life cycle stages of ISO/IEC 22989."""
    found = element_properties(standard)
    for phase in standard.phases:
        assert (found[phase.id].get("clause"), found[phase.id].get("stage")) == (phase.clause, phase.stage)
    assert found[standard.principle(5).id]["clause"] == "5.2.1"
    assert {phase.clause for phase in standard.phases} == {"5.1", "5.2", "5.3", "5.4", "5.5"}


def test_element_properties(mini: Catalogue) -> None:
    """All elements have kind and nature; those of editions also have verbs, duty holders and phases."""
    assert element_properties(A)[A.key("R")] == {"key": "a@1:R", "kind": "risk", "nature": "risk"}
    found = {str(key).partition(":")[2]: facts for key, facts in element_properties(mini).items()}
    assert found["secure-start"] == {"key": "mini-code@1:secure-start", "kind": "phase", "nature": "stage"}
    assert found["P1"] == {
        "key": "mini-code@1:P1",
        "kind": "principle",
        "nature": "requirement",
        "phase": "secure-start",
        "applies_to": ("Developer",),
    }
    assert found["1.2"] == {
        "key": "mini-code@1:1.2",
        "kind": "provision",
        "nature": "requirement",
        "phase": "secure-start",
        "grade": "direct",
    }
    assert found["1.2#2"] == {
        "key": "mini-code@1:1.2#2",
        "kind": "statement",
        "nature": "requirement",
        "phase": "secure-start",
        "modality": "should",
        "duty_holders": ("System Operator",),
        "attribution": "stated",
        "counterparties": ("Developer (source)",),
    }


def test_a_heading_has_the_nature_heading() -> None:
    """A group of elements with several natures has the nature "heading"."""
    saif = frameworks.load("google-saif")
    facts = {"key": "google-saif@2025:risks", "kind": "group", "nature": "heading"}
    assert element_properties(saif)[saif.key("risks")] == facts


def test_properties_include_joiners_and_conditions(code: Catalogue) -> None:
    """Statements have the joiner of their duty holders and the condition of their duty."""
    found = [facts for facts in element_properties(code).values() if facts["kind"] == "statement"]
    statements = [one for item in code.values() for one in item.statements]
    assert [facts.get("joiner") for facts in found] == [one.joiner for one in statements]
    assert [facts.get("condition") for facts in found] == [one.condition for one in statements]
    assert [facts["duty_holders"] for facts in found] == [one.duty_holders for one in statements]


def test_guidance_notes(code: Catalogue, mini: Catalogue) -> None:
    """Remarks belong to statements, and the Guide's threats and measures to provisions."""
    found = {str(key).partition(":")[2]: notes for key, notes in guidance_notes(code).items()}
    (statement,) = code["3.4"].statements
    assert found["3.4#1"] == tuple(remark.text for remark in statement.remarks)
    guide = code["1.1"].guidance
    assert guide is not None
    (measure,) = guide.measures
    of_guide = "DSIT Implementation Guide of the Code, 1.1"
    assert found["1.1"] == (
        f"{of_guide}, threats: {guide.threat_summary}",
        f"{of_guide}, {measure.heading}: {measure.summary}",
    )
    assert guidance_notes(mini) == {}
    assert guidance_notes(A) == {}


def test_missing_facts_have_no_property() -> None:
    """Facts that a user's framework does not state have no property."""
    own = frameworks.loads("id,kind\nA,control\n", "own.csv", framework="own", edition="1", title="Own")
    assert list(element_properties(own).values()) == [{"key": "own@1:A", "kind": "control", "nature": "requirement"}]
