"""The cited documents, checked against the entries that the Implementation Guide prints, which were copied by hand."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicop import frameworks
from aicop.catalogue import load

if TYPE_CHECKING:
    from aicop.model import Reference

# One row per distinct entry of a provision's reference cell: the whole entry, the title in it, and the title that the
# Guide gives the same document elsewhere if the entry has another. Line breaks and stray bullets are removed.
with (Path(__file__).parent / "guide_citations.tsv").open(encoding="utf-8", newline="") as table:
    PRINTED = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
BY_PROVISION = {number: list(rows) for number, rows in groupby(PRINTED, key=lambda row: row["provision"])}

CITED = frameworks.load("cited-documents")
# Publishers that the Guide abbreviates, or names wrongly in one entry, which is recorded as a slip.
ABBREVIATED = {"Cyber Security Agency of Singapore": "CSA", "Cloud Security Alliance": "CSA"}
MISNAMED = {("6.6", "Cloud security shared responsibility model"): "NCSA"}


def _references(number: str) -> tuple[Reference, ...]:
    guidance = load("uk-ai-cop")[number].guidance
    assert guidance is not None
    return guidance.references


def test_provisions_with_citations_are_those_of_the_guide() -> None:
    """Exactly the provisions for which the Guide prints references have some."""
    assert [item.id.number for item in load("uk-ai-cop").values() if _references(item.id.number)] == list(BY_PROVISION)


@pytest.mark.parametrize("number", BY_PROVISION)
def test_every_citation_names_the_document_that_the_guide_prints(number: str) -> None:
    """
    Each entry of the Guide has a citation with its title, and the cited element has the title of the document.

    The element's title may begin with the publisher. Capitals may differ where the Guide itself varies them.
    """
    found = set()
    for reference in _references(number):
        title, publisher = CITED[f"cited-documents:{reference.document}"].title, reference.publisher
        assert title is not None
        bare = title.removeprefix(f"{publisher}: ") if publisher else title
        found.add((reference.title.casefold(), bare.casefold()))
    printed = {(row["title"].casefold(), (row["document"] or row["title"]).casefold()) for row in BY_PROVISION[number]}
    assert found == printed


@pytest.mark.parametrize("number", BY_PROVISION)
def test_titles_parts_and_publishers_of_citations_are_printed(number: str) -> None:
    """Title, locator and publisher of a citation are in one entry of the Guide as they are in the data."""
    for reference in _references(number):
        publisher = MISNAMED.get((number, reference.title), reference.publisher or "")
        publisher = ABBREVIATED.get(publisher, publisher)
        wanted = (reference.title, reference.locator or "", publisher)
        entries = [row["printed"] for row in BY_PROVISION[number] if row["title"] == reference.title]
        assert any(all(text in entry for text in wanted) for entry in entries), wanted


def test_the_number_of_citations_is_that_of_the_distinct_entries() -> None:
    """Each provision has one citation for each document and part that the Guide names for it."""
    for number, rows in BY_PROVISION.items():
        assert len(_references(number)) == len({row["printed"].casefold() for row in rows})


def test_a_title_of_the_guide_stands_for_one_document() -> None:
    """The Guide's entries with the same title cite the same element, and no two elements have the same title."""
    assert len({item.title for item in CITED.controls}) == len(CITED)
    keys: dict[str, set[str]] = {}
    for number in BY_PROVISION:
        for reference in _references(number):
            keys.setdefault(f"{reference.publisher} {reference.title}".casefold(), set()).add(reference.document)
    assert {title: found for title, found in keys.items() if len(found) > 1} == {}


def test_every_document_is_cited() -> None:
    """Every element is cited in the Guide or at the head of a principle, and every such citation names an element."""
    editions = [load(edition) for edition in ("uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223")]
    at_head = {item.key for code in editions for principle in code.principles for item in principle.citations}
    in_guide = {reference.document for number in BY_PROVISION for reference in _references(number)}
    assert at_head | in_guide == {item.id.local for item in CITED.controls}


def test_tags_of_the_code_and_of_the_standard_name_the_same_documents() -> None:
    """A document that is cited at the head of principles has one description and one key in all editions."""
    pairs = {
        (item.document, item.key)
        for edition in ("uk-ai-cop", "etsi-en-304-223")
        for principle in load(edition).principles
        for item in principle.citations
    }
    assert len({document for document, _ in pairs}) == len({key for _, key in pairs}) == len(pairs)
