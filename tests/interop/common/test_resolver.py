"""Resolving the framework that a resource names."""

from __future__ import annotations

import pytest

from aicop import frameworks
from aicop.frameworks import load
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.resolver import FrameworkResolver
from tests.examples import A, B


@pytest.mark.parametrize(
    "resource",
    ["a@1.json", "x/a@1/catalog.yaml", "https://example.org/a@1", "urn:aicop:a@1", "..\\a@1.yml"],
)
def test_the_name_of_a_resource_may_name_its_edition(resource: str) -> None:
    """The edition is found in a file name, a folder or an IRI."""
    found = FrameworkResolver(ImportOptions(frameworks=(A,)), [(resource, "b")]).find("source", resource)
    assert not isinstance(found, str)
    assert found.id == A.id


def test_ids_of_oscal_catalogs_are_known() -> None:
    """An id of an OSCAL catalog is resolved, and the statement of a control is the control."""
    sides, nist = FrameworkResolver(ImportOptions(), ()), load("nist-sp-800-53")
    assert sides.key(nist, "ac-2_smt") == sides.key(nist, "ac-2") == "ac-2"
    code = load("uk-ai-cop")
    assert sides.key(code, "uk-ai-cop-1.1_smt.1") == "uk-ai-cop@2025-01:1.1#1"
    assert sides.key(code, "other") == "other"


def test_a_stated_edition_takes_precedence_over_the_resource_name() -> None:
    """Options win over the file's statement, which wins over the name; a web address is no edition."""
    pairs = [("b@1.json", "x")]

    def stated(*_: str) -> tuple[str | None, ...]:
        return None, "a@1"

    assert FrameworkResolver(ImportOptions(frameworks=(A, B)), pairs, stated).find("source", "b@1.json") is A
    options = ImportOptions(source="b", frameworks=(A, B))
    assert FrameworkResolver(options, [("a@1.json", "x")], stated).find("source", "a@1.json") is B
    find = FrameworkResolver(ImportOptions(), ()).find
    problem = find("target", "https://user@example.com/catalog.json")
    assert isinstance(problem, str)
    assert "with --resource NAME=FRAMEWORK, or --target if it is the only one" in problem
    assert find("target", "nist-cfs@2.0.json") == "unknown framework 'nist-cfs@2.0'; did you mean nist-csf@2.0?"


def test_an_id_may_end_like_a_statement() -> None:
    """A suffix such as _smt is removed only if no element has that id."""
    own = frameworks.loads("id,kind\n1,control\n1_smt,control\n", "o.csv", framework="o", edition="1", title="O")
    sides = FrameworkResolver(ImportOptions(), ())
    assert sides.key(own, "1_smt") == "1_smt"
    assert sides.key(load("nist-sp-800-53"), "ac-2_smt") == "ac-2"
