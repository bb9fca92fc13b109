"""SSSOM/TSV, written and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from aicop import mappings
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.files.yaml_text import parse_yaml
from aicop.frameworks import Framework
from aicop.frameworks import load as load_framework
from aicop.interop import sssom
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.rows import rows_of
from aicop.mappings import sets
from aicop.vocabulary import Predicate
from tests.examples import A, B, row
from tests.interop.generated import crosswalks
from tests.interop.snapshots import same_as_snapshot
from tests.interop.sssom.examples import FILE, ODD, OWN, SMALL, x, y

if TYPE_CHECKING:
    from aicop.model import Mapping


def parts(text: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the header and the rows by column of a file without quoted cells."""
    lines = text.splitlines()
    above = [line for line in lines if line.startswith("#")]
    header: Any = parse_yaml("\n".join(line[1:] for line in above), FILE)
    columns, *rows = [line.split("\t") for line in lines[len(above) :]]
    return header, [dict(zip(columns, cells, strict=True)) for cells in rows]


def test_the_small_crosswalk_matches_its_snapshot() -> None:
    """The small crosswalk is written byte for byte as before."""
    same_as_snapshot("sssom.sssom.tsv", sssom.dumps(SMALL))


WORDS = [
    ("X-1", "skos:exactMatch", "b_1:X-1"),
    ("X-1", "skos:broadMatch", "b_1:X"),
    ("X", "skos:narrowMatch", "b_1:X-1"),
    ("X-2", "aicop:intersects-with", "b_1:X-2"),
    ("X-2", "aicop:no-relationship", "b_1:Y-1"),
    ("Y", "aicop:related-to", "b_1:Y"),
    ("Y-1", "aicop:associated-with", "b_1:Y-1"),
    ("Y-1", "aicop:mitigates", "b_1:R"),
    ("Y-2", "aicop:related-to", "sssom:NoTermFound"),
    ("R", "aicop:corresponds-to", "b_1:R"),
]


def test_skos_predicates_are_used_only_for_true_relations() -> None:
    """As in SKOS, broadMatch leads to the broader concept; a not-found row has sssom:NoTermFound as object."""
    _, rows = parts(sssom.dumps(SMALL))
    found = {(cells["subject_id"], cells["predicate_id"], cells["object_id"]) for cells in rows}
    assert found == {(f"a_1:{one}", word, other) for one, word, other in WORDS}
    assert {cells["predicate_id"] for cells in rows} == {word for _, word, _ in WORDS}


def test_every_predicate_is_written() -> None:
    """Every predicate but nothing-found has a word of its own."""
    assert sssom.FORMAT.predicates == frozenset(Predicate)
    assert len({word for _, word, _ in WORDS}) == len(Predicate) - 2  # a document is cited below, and nothing-found


def test_the_justification_follows_from_the_basis() -> None:
    """Published mappings have an unspecified justification, editorial and own ones are curated by hand."""
    _, rows = parts(sssom.dumps(SMALL))
    assert {cells["ext_basis"]: cells["mapping_justification"] for cells in rows} == {
        "published": "semapv:UnspecifiedMatching",
        "guide": "semapv:UnspecifiedMatching",
        "imported": "semapv:UnspecifiedMatching",
        "editorial": "semapv:ManualMappingCuration",
        "own": "semapv:ManualMappingCuration",
        "derived": "semapv:MappingChaining",
    }


def test_the_header_names_the_set_its_sides_and_extension_slots() -> None:
    """Fields are in the order of the schema, prefixes sorted by name, and extension slots by property."""
    header, _ = parts(sssom.dumps(SMALL))
    assert list(header.items()) == [
        ("curie_map", {"a_1": "urn:aicop:a@1:", "aicop": "urn:aicop:", "b_1": "urn:aicop:b@1:"}),
        ("mapping_set_id", "urn:aicop:a@1--b@1"),
        ("mapping_set_title", "Mapping from a@1 to b@1"),
        ("license", "https://w3id.org/sssom/license/unspecified"),
        ("subject_source", "aicop:a@1"),
        ("subject_source_version", "1"),
        ("object_source", "aicop:b@1"),
        ("object_source_version", "1"),
        (
            "extension_definitions",
            [
                {"slot_name": "ext_basis", "property": "aicop:basis"},
                {"slot_name": "ext_knowledge", "property": "aicop:knowledge"},
                {"slot_name": "ext_month", "property": "aicop:month"},
                {"slot_name": "ext_object_digest", "property": "aicop:object_digest"},
                {"slot_name": "ext_remainder", "property": "aicop:remainder"},
                {"slot_name": "ext_settlement", "property": "aicop:settlement"},
                {"slot_name": "ext_strength", "property": "aicop:strength", "type_hint": "xsd:integer"},
                {"slot_name": "ext_subject_digest", "property": "aicop:subject_digest"},
            ],
        ),
    ]


def test_the_columns_are_in_the_order_of_the_schema() -> None:
    """Required columns come first, then those with values, then extensions by property."""
    one = Crosswalk.from_mappings([row(x("X-1"), "equal-to", y("X-1"), confidence=None, strength=10)], A, B)
    header, rows = parts(sssom.dumps(one))
    assert list(rows[0]) == [
        *("subject_id", "predicate_id", "object_id", "mapping_justification"),
        *("author_label", "comment", "ext_basis", "ext_strength"),
    ]
    assert header["mapping_date"] == "2026-01-01"
    assert len(header["extension_definitions"]) == 2


def test_a_common_date_is_only_in_the_header() -> None:
    """As SSSOM specifies, rows have dates of their own only if one differs or is missing."""
    dates = ["2026-01-01", None]
    rows = [row(x(name), "equal-to", y(name), date=date) for name, date in zip(("X-1", "X-2"), dates, strict=True)]
    header, cells = parts(sssom.dumps(Crosswalk.from_mappings(rows, A, B)))
    assert "mapping_date" not in header
    assert [one["mapping_date"] for one in cells] == ["2026-01-01", ""]


def test_a_month_is_kept_beside_its_first_day() -> None:
    """SSSOM dates are whole days, so the month is kept in an extension slot."""
    one = Crosswalk.from_mappings([row(x("X-1"), "equal-to", y("X-1"), date="2026-02")], A, B)
    header, cells = parts(sssom.dumps(one))
    assert (header["mapping_date"], cells[0]["ext_month"]) == ("2026-02-01", "2026-02")
    assert back(one)[0].date == "2026-02"
    moved = sssom.dumps(one).replace('"2026-02-01"', '"2026-02-03"')
    assert sssom.loads(moved, FILE, ImportOptions(frameworks=OWN)).mappings[0].date == "2026-02-03"


def test_odd_ids_are_percent_encoded() -> None:
    """Reserved characters in a CURIE are percent-encoded, and no prefix begins with a digit."""
    rows = [
        row(x("R"), "corresponds-to", ODD.key("LLM01:2025")),
        row(x("X-1"), "cites", ODD.key("DOC")),
        row(x("X-1"), "related-to", ODD.key("AI role (one)")),
        row(x("X-1"), "equal-to", ODD.key("5 #1|x")),
    ]
    odd = Crosswalk.from_mappings(rows, A, ODD)
    header, cells = parts(sssom.dumps(odd))
    assert header["curie_map"]["_800-53_1"] == "urn:aicop:800-53@1:"
    assert {(one["predicate_id"], one["object_id"]) for one in cells} == {
        ("skos:exactMatch", "_800-53_1:5%20%231%7Cx"),
        ("aicop:related-to", "_800-53_1:AI%20role%20(one)"),
        ("aicop:cites", "_800-53_1:DOC"),
        ("aicop:corresponds-to", "_800-53_1:LLM01%3A2025"),
    }
    assert set(back(odd)) == {attrs.evolve(one, set=FILE) for one in rows}


def test_a_crosswalk_within_one_edition_has_one_prefix() -> None:
    """A crosswalk within one edition has one prefix for both sides."""
    header, _ = parts(sssom.dumps(Crosswalk.from_mappings([row(x("X-1"), "equal-to", x("Y-1"))], A, A)))
    assert list(header["curie_map"]) == ["a_1", "aicop"]


def test_a_crosswalk_without_rows_is_a_table_without_rows() -> None:
    """An empty crosswalk has the required columns and can be read."""
    text = sssom.dumps(Crosswalk.from_mappings([], A, B))
    assert text.endswith("\nsubject_id\tpredicate_id\tobject_id\tmapping_justification\n")
    assert sssom.loads(text, FILE, ImportOptions(frameworks=OWN)).mappings == ()


LICENCES = [
    (crosswalk("uk-ai-cop", "iso-iec-42001"), "https://www.apache.org/licenses/LICENSE-2.0", None),
    (
        crosswalk("nist-csf", "iso-iec-27001"),
        "https://w3id.org/sssom/license/unspecified",
        "Licence of the shipped mapping sets: public domain in the United States; ids and pairs as facts.",
    ),
    (SMALL, "https://w3id.org/sssom/license/unspecified", None),
]


@pytest.mark.parametrize(("item", "licence", "comment"), LICENCES, ids=["with an address", "in words", "a user's own"])
def test_the_licence_is_an_address_if_it_has_one(item: Crosswalk, licence: str, comment: str | None) -> None:
    """A licence without an address is stated in the comment, and a user's rows state none."""
    header, _ = parts(sssom.dumps(item))
    assert (header["license"], header.get("comment")) == (licence, comment)


def back(item: Crosswalk, *frameworks: Framework) -> tuple[Mapping, ...]:
    """Write a crosswalk and read it again."""
    return sssom.loads(sssom.dumps(item), FILE, ImportOptions(frameworks=frameworks or OWN)).mappings


def same(item: Crosswalk) -> tuple[Mapping, ...]:
    """Return the rows that a crosswalk writes, with the set name that reading gives them."""
    rows = rows_of(item, sssom.FORMAT.predicates, joint=sssom.FORMAT.joint).rows
    return tuple(attrs.evolve(one, set=FILE) for one in rows)


def test_the_small_crosswalk_round_trips() -> None:
    """Every row is restored with all fields but the set."""
    assert back(SMALL) == same(SMALL)


@pytest.mark.parametrize("name", [item.name for item in sets()])
def test_shipped_sets_round_trip(name: str) -> None:
    """Every row of every set but the joint ones is restored, including digests."""
    item = next(one for one in sets() if one.name == name)
    whole = Crosswalk.from_mappings(mappings.load(name), load_framework(item.source), load_framework(item.target))
    assert sssom.loads(sssom.dumps(whole), FILE).mappings == same(whole)


INDIRECT = {
    "inverted": crosswalk("iso-iec-42001", "uk-ai-cop"),
    "composed": crosswalk("etsi-en-304-223", "iso-iec-42001", via="uk-ai-cop"),
}


@pytest.mark.parametrize("item", INDIRECT.values(), ids=INDIRECT)
def test_inverted_and_composed_crosswalks_round_trip(item: Crosswalk) -> None:
    """Inverted and composed crosswalks are restored as the rows that `rows_of` makes of them."""
    found = sssom.loads(sssom.dumps(item), FILE).mappings
    assert found == same(item)
    assert found


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(crosswalks())
def test_every_crosswalk_round_trips(drawn: Crosswalk) -> None:
    """Any crosswalk is restored, whatever its ids, texts and predicates."""
    assert back(drawn, drawn.source, drawn.target) == same(drawn)
