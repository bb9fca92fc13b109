"""SKOS concept schemes by other authors."""

from __future__ import annotations

import json

import pytest

from aicop.errors import InvalidDocument, InvalidId
from aicop.interop import skos
from aicop.interop.common.format import ImportOptions
from aicop.interop.skos.concept_reader import _natural
from tests.examples import A
from tests.interop.skos.examples import FILE, FILTERS, HEAD, LIST, SKOS, V, faults, read

pytestmark = FILTERS


def test_a_foreign_scheme_is_a_framework() -> None:
    """Concepts are ordered by id, each after its parent, and English labels are preferred."""
    reading = read(HEAD + LIST)
    (framework,) = reading.frameworks
    assert (str(framework.id), framework.edition.title, framework.edition.publisher) == (
        "their-list@3.1",
        "Their List",
        "They",
    )
    assert [(str(one.id), one.parent and str(one.parent), one.title, one.words) for one in framework.controls] == [
        ("their-list@3.1:1", None, "One", None),
        ("their-list@3.1:1.2", "their-list@3.1:1", None, None),
        ("their-list@3.1:1.10", "their-list@3.1:1", None, "Ask  it."),
    ]
    assert {one.kind for one in framework.controls} == {"concept"}
    assert reading.dropped == (
        "1 further dct:title",
        "1 further skos:prefLabel",
        "1 value of skos:altLabel",
    )
    assert reading.unstated == ("the nature of 3 elements (assumed: requirement)",)
    assert reading.format == "skos"


def test_a_scheme_can_be_named() -> None:
    """The options name the framework, which is an error if there are two schemes."""
    assert str(read(HEAD + LIST, framework="mine", edition="7").frameworks[0].id) == "mine@7"
    with pytest.raises(InvalidId):
        read(HEAD + LIST, framework="Not a key")
    two_lists = f"{HEAD}{LIST} two:t skos:topConceptOf two:s ."
    assert faults(two_lists, edition="7") == [("", "has 2 schemes, but only one can be named '7'; split the file")]
    assert [str(one.id) for one in read(two_lists).frameworks] == ["their-list@3.1", "s@unknown"]
    assert read(two_lists).unstated[0] == "the edition of 1 framework"


def test_languages_are_taken_in_order() -> None:
    """English is preferred, including its varieties, then no language, then the first language."""
    labels = ['"a"@de, "b"@en-GB, "c"@enm', '"a"@de, "b"', '"b"@de, "c"@fr']
    for label in labels:
        assert (
            read(f"{HEAD} ex:c skos:topConceptOf ex:s ; skos:prefLabel {label} .").frameworks[0].controls[0].title
            == "b"
        )


def test_ids_are_notations_else_the_end_of_the_name() -> None:
    """The id is the notation as written, or else the end of the IRI."""
    text = f"""{HEAD} ex:s skos:hasTopConcept ex:A-1, ex:b%20c, <https://example.org/v/x#y>, ex:n, [ skos:notation "blank" ] .
    ex:n skos:notation 5.10, "7"^^ex:other ."""
    reading = read(text)
    assert {str(one.id) for one in reading.frameworks[0].controls} == {
        f"s@unknown:{name}" for name in ("A-1", "b c", "y", "5.10", "blank")
    } or {str(one.id) for one in reading.frameworks[0].controls} == {
        f"s@unknown:{name}" for name in ("A-1", "b c", "y", "7", "blank")
    }
    assert "1 further skos:notation" in reading.dropped


def test_concepts_without_any_scheme_are_a_framework_of_their_own() -> None:
    """If no concept has a scheme, all are one framework, and the missing scheme is reported."""
    reading = read(f'{HEAD} ex:a a skos:Concept ; skos:notation "A" . ex:b skos:broader ex:a .')
    assert [str(one.id) for one in reading.frameworks[0].controls] == [
        "concepts-without-a-scheme@unknown:A",
        "concepts-without-a-scheme@unknown:b",
    ]
    assert reading.unstated[0] == "the scheme of 2 concepts"
    assert str(read(f"{HEAD} ex:a a skos:Concept .", framework="mine").frameworks[0].id) == "mine@unknown"


def test_dropped_concepts_and_values_are_counted() -> None:
    """Concepts outside every scheme, further parents, empty schemes and unknown properties are counted."""
    text = f"""{HEAD} ex:s skos:hasTopConcept ex:a, ex:b, ex:c . ex:c skos:broader ex:b, ex:a, two:far . ex:z a skos:Concept .
    ex:c a ex:Sort ; ex:own "o" ; skos:related ex:a ; skos:exactMatch a:X-1 . two:s a skos:ConceptScheme . ex:col skos:inScheme ex:s ."""
    reading = read(text)
    assert {str(one.id): one.parent and str(one.parent) for one in reading.frameworks[0].controls} == {
        "s@unknown:a": None,
        "s@unknown:b": None,
        "s@unknown:c": "s@unknown:a",
    }
    assert reading.dropped == (
        "1 broader concept outside the scheme",
        "1 concept that is in no scheme",
        "1 further broader concept",
        "1 scheme without concepts",
        "1 value of <https://example.org/v/own>",
        "1 value of rdf:type",
        "1 value of skos:related",
    )


def test_a_concept_may_be_in_several_schemes() -> None:
    """A concept of two schemes is an element of both frameworks."""
    text = f'{HEAD} ex:s skos:hasTopConcept ex:a . two:s dct:title "T" ; skos:hasTopConcept ex:a, two:b .'
    assert [[str(one.id) for one in item.controls] for item in read(text).frameworks] == [
        ["s@unknown:a"],
        ["t@unknown:a", "t@unknown:b"],
    ]


def test_an_own_edition_under_another_name_keeps_its_numbers() -> None:
    """A framework that aicop wrote keeps its ids when it is read under another name."""
    reading = skos.loads(skos.dumps(A), FILE, ImportOptions(framework="mine"))
    assert [str(one.id) for one in reading.frameworks[0].controls] == [
        str(one.id).replace("a@1", "mine@1") for one in A.controls
    ]


def test_a_hundred_faults_are_shown() -> None:
    """The message shows a hundred faults and counts the rest."""
    lines = (f'ex:c{number} a skos:Concept ; skos:broader "x" .' for number in range(250))
    text = "\n".join(lines)
    found = faults(HEAD + text)
    assert len(found) == 250
    with pytest.raises(InvalidDocument) as caught:
        read(HEAD + text)
    assert str(caught.value).count("\n") == 102
    assert str(caught.value).endswith("\n  and 149 more")


def test_ids_sort_naturally_whatever_their_length() -> None:
    """Numbers in ids sort by value, even beyond the length that Python converts."""
    long = "9" * 5000
    assert sorted([f"a{long}1", "a10", f"a{long}", "a9", "a09b"], key=_natural) == [
        *("a9", "a09b", "a10", f"a{long}", f"a{long}1")
    ]
    assert faults(f'{HEAD} ex:s skos:hasTopConcept ex:c . ex:c skos:notation "{long}" .') == [
        (
            f"<{V}c>",
            f"'{'9' * 58}… (5000 characters) is not a valid id; use 1 to 100 printable characters without spaces at either end",
        )
    ]


TITLES = {
    "ex:list%1B%0A": "list",
    "<urn:%0A%1B>": "unknown@unknown",
    "[]": "unknown@unknown",
}


@pytest.mark.parametrize(("scheme", "title"), TITLES.items(), ids=TITLES)
def test_the_title_of_a_scheme_is_one_line(scheme: str, title: str) -> None:
    """Without a title, the scheme's IRI gives one, and otherwise its key is used."""
    found = read(f"{HEAD} {scheme} skos:hasTopConcept ex:c .").frameworks[0]
    assert found.edition.title == title


def test_names_of_dropped_properties_are_printable() -> None:
    """Unprintable and long names of properties are escaped or cut."""
    text = json.dumps({"@id": "urn:c", "urn:p\x1b": 1, f"{SKOS}\x07": 2, f"urn:{'x' * 300}": 3})
    assert read(text).dropped == (
        r"1 value of 'skos:\x07'",
        r"1 value of <'urn:p\x1b'>",
        f"1 value of <'urn:{'x' * 54}… (304 characters)>",
    )


def test_values_that_are_not_text_are_counted() -> None:
    """A publisher, label or notation that is a node, and a second title, are dropped and counted."""
    reading = read(
        f"{HEAD} ex: a skos:ConceptScheme ; dct:title 'T' ; <http://www.w3.org/2000/01/rdf-schema#label> 'Other', 'T' ; dct:publisher ex:org ; owl:versionInfo '1' . "
        "ex:a a skos:Concept ; skos:inScheme ex: ; skos:prefLabel ex:label ; skos:notation ex:n ; skos:definition 'a\u200bb' ."
    )
    (framework,) = reading.frameworks
    assert (framework.edition.title, framework.edition.publisher) == ("T", None)
    assert framework.controls[0].words == "ab"
    assert reading.dropped == (
        "1 dct:publisher that is not text",
        "1 further rdfs:label",
        "1 skos:notation that is not text",
        "1 skos:prefLabel that is not text",
        "1 unprintable character",
    )
