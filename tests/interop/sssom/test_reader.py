"""SSSOM/TSV files by other authors."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import MAX_FAULTS, AicopError, Fault, InvalidDocument, MissingExtra, UnknownEdition, excerpt
from aicop.interop import sssom
from aicop.interop.common.format import ImportOptions
from aicop.interop.sssom.writer import _cells
from aicop.vocabulary import MappingBasis, Predicate
from tests.examples import A, B, row
from tests.interop.sssom.examples import FILE, OWN, theirs, x, y


def read(text: bytes | str, **options: Any) -> Any:  # noqa: ANN401 -- the arguments of ImportOptions
    """Read a file by another author."""
    return sssom.loads(text, FILE, ImportOptions(frameworks=OWN, **options))


def test_foreign_ids_are_looked_up_in_the_given_framework() -> None:
    """The local part is looked up after percent-decoding; aicop's own CURIEs are keys."""
    text = theirs("ex:X-1 skos:exactMatch n:b@1:X-1", "ex:X%2D2 skos:broadMatch n:b@1:X")
    assert [(str(one.source), one.predicate, str(one.target)) for one in read(text, source="a").mappings] == [
        ("a@1:X-1", Predicate.EQUAL, "b@1:X-1"),
        ("a@1:X-2", Predicate.SUBSET, "b@1:X"),
    ]


READ = [
    ("skos:exactMatch", Predicate.EQUAL),
    ("skos:broadMatch", Predicate.SUBSET),
    ("skos:narrowMatch", Predicate.SUPERSET),
    ("skos:closeMatch", Predicate.RELATED),
    ("skos:relatedMatch", Predicate.ASSOCIATED),
    ("n:equal-to", Predicate.EQUAL),
    ("n:intersects-with", Predicate.INTERSECTS),
    ("n:no-relationship", Predicate.NONE),
    ("n:related-to", Predicate.RELATED),
]


@pytest.mark.parametrize(("word", "expected"), READ, ids=[word for word, _ in READ])
def test_predicates_are_read_by_their_iri(word: str, expected: Predicate) -> None:
    """Predicates of SKOS and aicop are recognised by IRI, whatever their prefix."""
    assert [one.predicate for one in read(theirs(f"n:a@1:X-1 {word} n:b@1:X-1")).mappings] == [expected]


def test_the_facts_of_a_row_are_read() -> None:
    """Columns may be in any order and quoted, and the date of the header applies if no row has one."""
    text = (
        "#sssom_version: 1.1\n# # A comment of YAML.\n#mapping_date: 2024-05-06\n#curie_map: {n: 'urn:aicop:'}\n"
        "confidence\tcomment\tobject_id\tauthor_label\tpredicate_id\tsubject_id\n"
        '0.85\t"Says ""yes""\nand why."\tn:b@1:X-1\tAnn|Bob \\| Co\tskos:exactMatch\tn:a@1:X-1\r\n'
    )
    reading = read(text.encode())
    assert reading.format == "sssom 1.1"
    assert reading.mappings == (
        row(
            x("X-1"),
            "equal-to",
            y("X-1"),
            rationale='Says "yes" and why.',
            author="Ann; Bob | Co",
            date="2024-05-06",
            confidence=8,
            basis=MappingBasis.IMPORTED,
            set=FILE,
        ),
    )
    assert reading.dropped == ("1 confidence rounded down to one decimal",)
    assert reading.unstated == ()


def test_a_date_in_any_row_overrides_the_header() -> None:
    """As SSSOM specifies, a date in one row overrides the header's for all rows."""
    text = theirs(
        "n:a@1:X-1 skos:exactMatch n:b@1:X-1 2024-01-02",
        "n:a@1:X-2 skos:exactMatch n:b@1:X-2 ",
        header="#mapping_date: 2020-01-01\n",
        columns="subject_id predicate_id object_id mapping_date",
    )
    reading = read(text)
    assert [one.date for one in reading.mappings] == ["2024-01-02", None]
    assert reading.dropped == ("1 field of the header: mapping_date",)


CONFIDENCES = [("1", 10), ("1.00", 10), ("0", 0), (".7", 7), ("7e-1", 7), ("0.70", 7), ("0.999", 9)]


@pytest.mark.parametrize(("written", "expected"), CONFIDENCES, ids=[text for text, _ in CONFIDENCES])
def test_confidences_are_rounded_down_to_tenths(written: str, expected: int) -> None:
    """Confidence is rounded down to tenths, so that it is never overstated."""
    columns = "subject_id predicate_id object_id confidence"
    reading = read(theirs(f"n:a@1:X-1 skos:exactMatch n:b@1:X-1 {written}", columns=columns))
    assert reading.mappings[0].confidence == expected
    assert bool(reading.dropped) == (written == "0.999")


@pytest.mark.parametrize("written", ["1" * 31, "0." + "0" * 29, "1" * 100_000 + "x"], ids=len)
def test_very_long_numbers_are_refused(written: str) -> None:
    """A confidence of more than thirty characters is a fault."""
    columns = "subject_id predicate_id object_id confidence"
    found = faults(theirs(f"n:a@1:X-1 skos:exactMatch n:b@1:X-1 {written}", columns=columns))
    assert found == [("line 6, column 'confidence'", f"must be a number from 0 to 1, not {excerpt(written)}")]


def test_odd_names_of_the_header_are_quoted() -> None:
    """Names of dropped fields are escaped and cut."""
    text = theirs("n:a@1:X-1 skos:exactMatch n:b@1:X-1", header=f'#"a\\e": 1\n#{"b" * 99}: 1\n')
    assert read(text).dropped == (f"2 fields of the header: {excerpt('a' + chr(27))}, {excerpt('b' * 99)}",)


def test_dropped_values_are_counted() -> None:
    """Unknown columns, header fields and not-found rows in a narrower sense are counted as dropped."""
    text = theirs(
        "n:a@1:X-1 skos:exactMatch n:b@1:X-1 semapv:LexicalMatching Ex one 0.4 strong",
        "n:a@1:X-2 skos:exactMatch sssom:NoTermFound semapv:LexicalMatching Ex  0.4 ",
        "sssom:NoTermFound skos:exactMatch n:b@1:X-2 semapv:LexicalMatching   0.4 ",
        "n:a@1:Y-1 n:related-to sssom:NoTermFound semapv:LexicalMatching   0.4 ",
        header="#license: x\n#subject_source: ex:s\n#object_source: n:b@1\n#object_source_version: 1\n#other:\n",
        columns="subject_id predicate_id object_id mapping_justification subject_label object_label similarity_score strength",
    )
    reading = read(text)
    assert [(str(one.source), one.predicate, one.target) for one in reading.mappings] == [
        ("a@1:X-1", Predicate.EQUAL, y("X-1")),
        ("a@1:Y-1", Predicate.NOTHING, None),
    ]
    assert reading.dropped == (
        "2 fields of the header: license, subject_source",
        "3 labels of subjects and objects (titles come from the frameworks)",
        "4 values of the column 'mapping_justification'",
        "4 values of the column 'similarity_score'",
        "1 value of the column 'strength'",
        "2 rows: no counterpart found with 'skos:exactMatch'",
    )
    assert reading.unstated == (
        "the author of 2 mappings",
        "the date of 2 mappings",
        "the rationale of 2 mappings",
        "the confidence of 2 mappings",
    )


def test_little_of_an_exported_file_is_dropped() -> None:
    """Reading an exported file drops only the set's name, title and licence, and labels."""
    assert sssom.loads(sssom.dumps(crosswalk("uk-ai-cop", "iso-iec-42001"))).dropped == (
        "3 fields of the header: license, mapping_set_id, mapping_set_title",
        "295 labels of subjects and objects (titles come from the frameworks)",
    )


def test_extension_slots_are_recognised_by_their_property() -> None:
    """The slot's name does not matter, and malformed definitions are ignored, as the standard requires."""
    header = (
        "#extension_definitions:\n#- {slot_name: how_much, property: n:strength}\n#- 5\n#- {slot_name: 7, property: 8}\n"
        "#- {slot_name: a, property: q:strength}\n#- {slot_name: b, property: ex:strength}\n"
    )
    columns = "subject_id predicate_id object_id how_much a b"
    reading = read(theirs("n:a@1:X-1 n:intersects-with n:b@1:X-1 3 4 5", header=header, columns=columns))
    assert [one.strength for one in reading.mappings] == [3]
    assert reading.dropped == ("1 value of the column 'a'", "1 value of the column 'b'")
    wrong = theirs("n:a@1:X-1 n:intersects-with n:b@1:X-1 11 4 5", header=header, columns=columns)
    assert faults(wrong) == [
        ("line 12, column 'how_much'", "'11' is not valid in this field; expected a whole number from 0 to 10")
    ]


def test_a_file_without_a_header_has_built_in_prefixes() -> None:
    """Without a header, only built-in prefixes are known."""
    text = "subject_id\tpredicate_id\tobject_id\n\nsssom:x\tskos:exactMatch\tsssom:NoTermFound\n"
    assert read(text, source="a").dropped == ("1 row: no counterpart found with 'skos:exactMatch'",)
    assert faults("subject_id\tpredicate_id\tobject_id\nq:x\tskos:exactMatch\tsssom:y\n") == [
        ("line 2, column 'subject_id'", "the prefix 'q' is not in the curie_map of the header; add it there"),
        ("line 2, column 'object_id'", "'sssom:y' is not an id of aicop; name the framework of the targets (--target)"),
    ]


def test_without_pyyaml_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PyYAML, reading a file with a header raises an error that names the extra."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra) as caught:
        read(theirs("n:a@1:X-1 skos:exactMatch n:b@1:X-1"))
    assert caught.value.extra == "yaml"


def faults(text: bytes | str, **options: Any) -> list[tuple[str, str]]:  # noqa: ANN401 -- the arguments of ImportOptions
    """Return the place and problem of every fault of a file."""
    with pytest.raises(InvalidDocument) as caught:
        read(text, **options)
    assert {fault.file for fault in caught.value.faults} == {FILE}
    return [(fault.path, fault.problem) for fault in caught.value.faults]


GOOD = "n:a@1:X-1 skos:exactMatch n:b@1:X-1"
MODIFIED = "subject_id predicate_modifier predicate_id object_id"
NEITHER = "does not say how the two are related; use a mapping property of SKOS, or leave the row out (--skip-invalid)"
WRONG = {
    "a word of OWL that says too little": (
        theirs("n:a@1:X-1 owl:differentFrom n:b@1:X-1"),
        [
            (
                "line 6, column 'predicate_id'",
                "'owl:differentFrom' is not a relation of OWL and RDF Schema; use one of: owl:equivalentClass, owl:equivalentProperty, owl:sameAs, rdfs:subClassOf, rdfs:subPropertyOf, sssom:superClassOf, owl:disjointWith, owl:propertyDisjointWith",
            )
        ],
    ),
    "a word that says anything": (
        theirs("n:a@1:X-1 oio:hasDbXref n:b@1:X-1"),
        [("line 6, column 'predicate_id'", f"'oio:hasDbXref' {NEITHER}")],
    ),
    "a word of the vocabulary of mappings": (
        theirs("n:a@1:X-1 semapv:crossSpeciesExactMatch n:b@1:X-1"),
        [("line 6, column 'predicate_id'", f"'semapv:crossSpeciesExactMatch' {NEITHER}")],
    ),
    "a word that is nearly ours": (
        theirs("n:a@1:X-1 n:intersects n:b@1:X-1"),
        [
            (
                "line 6, column 'predicate_id'",
                "'n:intersects' is not a predicate of aicop; use one of: equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, mitigates, cites, corresponds-to",
            )
        ],
    ),
    "a word of SKOS for other things": (
        theirs("n:a@1:X-1 skos:inScheme n:b@1:X-1"),
        [
            (
                "line 6, column 'predicate_id'",
                "'inScheme' is not a relation of SKOS; use one of: exactMatch, broadMatch, narrowMatch, relatedMatch, mappingRelation, closeMatch, broader, narrower, related",
            )
        ],
    ),
    "a predicate without a prefix": (
        theirs("n:a@1:X-1 exactMatch n:b@1:X-1"),
        [("line 6, column 'predicate_id'", "must be a CURIE (prefix:id), not 'exactMatch'")],
    ),
    "what is denied": (
        theirs("n:a@1:X-1 Not skos:exactMatch n:b@1:X-1", columns=MODIFIED),
        [
            (
                "line 6, column 'predicate_modifier'",
                "'Not' negates the predicate, and negated rows cannot be imported; remove the row",
            )
        ],
    ),
    "a modifier that there is not": (
        theirs("n:a@1:X-1 Maybe skos:exactMatch n:b@1:X-1", columns=MODIFIED),
        [("line 6, column 'predicate_modifier'", "must be empty or 'Not', not 'Maybe'")],
    ),
    "a whole IRI": (
        theirs("https://example.org/x#X-1 skos:exactMatch n:b@1:X-1"),
        [("line 6, column 'subject_id'", "the prefix 'https' is not in the curie_map of the header; add it there")],
    ),
    "an unknown id of ours": (
        theirs("n:a@1:X-1 skos:exactMatch n:b@1:X-9", GOOD),
        [("line 6, column 'object_id'", "'b@1:X-9': b@1 has no 'X-9'. Nearest: b@1:X-2, b@1:X-1.")],
    ),
    "nobody says whose ids they are": (
        theirs("ex:X-1 skos:exactMatch n:b@1:X-1"),
        [
            (
                "line 6, column 'subject_id'",
                "'ex:X-1' is not an id of aicop; name the framework of the sources (--source)",
            )
        ],
    ),
    "nothing to say": (
        theirs("n:a@1:X-1  n:b@1:X-1"),
        [("line 6, column 'predicate_id'", "this field is missing")],
    ),
    "no subject, and no object": (
        theirs(" skos:exactMatch n:b@1:X-1", "n:a@1:X-1 skos:exactMatch "),
        [
            ("line 6, column 'subject_id'", "equal-to needs a source"),
            ("line 7, column 'object_id'", "equal-to needs a target"),
        ],
    ),
    "no predicate, and nothing found": (
        theirs("n:a@1:X-1  sssom:NoTermFound", "n:a@1:X-1 x sssom:NoTermFound"),
        [("line 7, column 'predicate_id'", "must be a CURIE (prefix:id), not 'x'")],
    ),
    "a confidence beyond all": (
        theirs(f"{GOOD} 1.5", f"{GOOD} 1_0", columns="subject_id predicate_id object_id confidence"),
        [
            ("line 6, column 'confidence'", "must be a number from 0 to 1, not '1.5'"),
            ("line 7, column 'confidence'", "must be a number from 0 to 1, not '1_0'"),
        ],
    ),
    "several kinds at once, in the order of the file": (
        theirs(
            "n:a@1:X-9 skos:exactMatch n:b@1:X-1", "n:a@1:X-1 oio:hasDbXref q:X-1", "n:a@1:Z skos:exactMatch n:b@1:X"
        ),
        [
            ("line 6, column 'subject_id'", "'a@1:X-9': a@1 has no 'X-9'. Nearest: a@1:X-2, a@1:X-1."),
            ("line 7, column 'predicate_id'", f"'oio:hasDbXref' {NEITHER}"),
            ("line 7, column 'object_id'", "the prefix 'q' is not in the curie_map of the header; add it there"),
            ("line 8, column 'subject_id'", "'a@1:Z': a@1 has no 'Z'."),
        ],
    ),
    "columns": (
        theirs("n:a@1:X-1 n:a@1:X-1 x", columns="subject_id subject_id x"),
        [
            ("line 5", "the column 'subject_id' occurs more than once"),
            ("line 5", "the column 'predicate_id' is missing"),
            ("line 5", "the column 'object_id' is missing"),
        ],
    ),
    "cells": (
        theirs(GOOD, f"{GOOD} more", "n:a@1:X-1"),
        [("line 7", "has 4 cells, but the header row has 3")],
    ),
    "a last row that is cut off": (
        theirs(GOOD, "n:a@1:X-1 skos:exact")[:-1],
        [("line 7", "has 2 cells, but the header row has 3")],
    ),
    "a short row that lacks more than empty cells": (
        theirs(GOOD, "n:a@1:X-1"),
        [("line 7, column 'predicate_id'", "this field is missing")],
    ),
    "a comment below": (
        theirs(GOOD, "#more"),
        [
            ("line 7, column 'subject_id'", "must be a CURIE (prefix:id), not '#more'"),
        ],
    ),
    "labels instead of ids": (
        theirs("x skos:exactMatch n:b@1:X-1", columns="subject_label predicate_id object_id"),
        [
            (
                "line 5",
                "the column 'subject_id' is missing; mappings of texts (rdfs literal), which have a label and no id, are not read",
            )
        ],
    ),
    "a text among ids": (
        theirs(
            f"{GOOD} ",
            " skos:exactMatch n:b@1:X-1 rdfs+literal",
            columns="subject_id predicate_id object_id subject_type",
        ).replace("+", " "),
        [
            (
                "line 7, column 'subject_type'",
                "maps a text (rdfs literal); only mappings of ids are read, remove the row",
            )
        ],
    ),
    "a quotation that does not end": (
        theirs(GOOD) + 'n:a@1:X-2\t"skos:exactMatch\n',
        [("line 7", "not a table: unexpected end of data")],
    ),
    "no table": ("#curie_map:\n", [("", "contains no table; add a row with the column names")]),
    "nothing": ("", [("", "contains no table; add a row with the column names")]),
    "no UTF-8": (b"subject_id\xff\n", [("line 1", "byte 0xff is not UTF-8; save the file as UTF-8")]),
    "a header that is a list": ("#- a\nsubject_id\n", [("the header", "must be a YAML mapping of names to values")]),
    "a header with a key twice": ("#a: 1\n#a: 2\nx\n", [("line 2", "the key 'a' occurs more than once")]),
    "a header that is no YAML": (
        "#Mappings: made by: hand\nsubject_id\n",
        [("line 1", "not YAML: mapping values are not allowed in this context")],
    ),
    "facts of the header": (
        "#curie_map: {a: 5, b: '', \"a\\e\": 1, skos: 'https://example.org/'}\n#extension_definitions: x\n#sssom_version: '2.0'\nx\n",
        [
            ("curie_map.a", "must be the beginning of an IRI"),
            ("curie_map.b", "must be the beginning of an IRI"),
            (r"curie_map.'a\x1b'", "must be the beginning of an IRI"),
            ("curie_map.skos", "SSSOM defines skos as http://www.w3.org/2004/02/skos/core#; use another prefix"),
            ("extension_definitions", "must be a list"),
            ("sssom_version", "version '2.0' is not supported; use 1.0 or 1.1"),
        ],
    ),
    "a map of prefixes that is none": (
        "#curie_map: x\n#extension_definitions:\n#- {slot_name: a, property: b}\nx\n",
        [("curie_map", "must be a YAML mapping of prefixes to IRIs")],
    ),
}


def test_empty_cells_at_the_end_are_no_cells() -> None:
    """A row may have more of them than there are columns, or lack those at its end."""
    columns = "subject_id predicate_id object_id comment"
    assert read(theirs(GOOD, columns=columns)).mappings == read(theirs(f"{GOOD}    ", columns=columns)).mappings


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG)
def test_every_fault_has_its_place(text: bytes | str, expected: list[tuple[str, str]]) -> None:
    """All faults of a file are raised at once, in its order; a faulty header stops the reading of rows."""
    assert faults(text) == expected


def test_each_side_has_one_framework() -> None:
    """Ids from two namespaces are a fault, since they would be looked up in one framework."""
    text = theirs("ex:X-1 skos:exactMatch n:b@1:X-1", "oio:X-2 skos:exactMatch n:b@1:X-2")
    assert faults(text, source="a") == [
        (
            "line 7, column 'subject_id'",
            "begins with 'http://oio.org/', but an earlier id with 'https://example.org/x#'; say which framework each is (--resource oio=FRAMEWORK)",
        )
    ]


def test_after_many_faults_the_rest_is_not_checked() -> None:
    """Checking stops at the limit, so that a file of another kind does not give one fault per line."""
    found = faults(theirs(*["n:a@1:X-1 oio:hasDbXref n:b@1:X-1"] * 3 * MAX_FAULTS))
    assert len(found) == MAX_FAULTS + 1
    assert found[-1] == (
        f"line {MAX_FAULTS + 6}",
        f"{MAX_FAULTS} errors or more so far; the rest was not checked",
    )
    assert len(faults(theirs(*["x y z more"] * 3 * MAX_FAULTS))) == MAX_FAULTS


def test_a_framework_that_is_named_must_exist() -> None:
    """An unknown source framework raises UnknownEdition."""
    with pytest.raises(UnknownEdition):
        read(theirs("ex:X-1 skos:exactMatch n:b@1:X-1"), source="nobody")


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: theirs(text, columns=text)))
def test_whatever_the_bytes_only_faults_are_raised(content: bytes | str) -> None:
    """Arbitrary content raises nothing but aicop's errors."""
    try:
        read(content)
    except AicopError as error:
        assert all(isinstance(fault, Fault) for fault in getattr(error, "faults", ()))


def test_a_pair_may_be_justified_twice() -> None:
    """Two rows of one pair are merged and counted."""
    reading = read(
        theirs(f"{GOOD} 0.9 one", f"{GOOD} 0.4 one", columns="subject_id predicate_id object_id confidence comment")
    )
    assert [(one.predicate, one.confidence, one.rationale) for one in reading.mappings] == [("equal-to", 4, "one")]
    assert reading.dropped == ("1 further mapping of the same pair, merged",)


@pytest.mark.parametrize(
    ("slots", "problem"),
    [
        (("how_much", "strength", "so_much", "strength"), "defines strength more than once"),
        (("comment", "remainder"), "defines 'comment', which is a slot of SSSOM; use another name"),
    ],
)
def test_an_extension_field_has_one_slot(slots: tuple[str, ...], problem: str) -> None:
    """An extension slot that is defined twice or hides a standard one is a fault."""
    pairs = zip(slots[::2], slots[1::2], strict=True)
    header = "#extension_definitions:\n" + "".join(
        f"#- {{slot_name: {slot}, property: n:{name}}}\n" for slot, name in pairs
    )
    assert faults(theirs(GOOD, header=header)) == [("extension_definitions", problem)]


def test_a_month_that_its_day_contradicts_is_counted() -> None:
    """The day wins over a contradicting month, which is counted as dropped."""
    header = "#extension_definitions:\n#- {slot_name: ext_month, property: n:month}\n"
    columns = "subject_id predicate_id object_id mapping_date ext_month"
    reading = read(theirs(f"{GOOD} 2025-03-05 2025-01", header=header, columns=columns))
    assert reading.mappings[0].date == "2025-03-05"
    assert reading.dropped == ("1 value of the column 'month'",)


def test_unprintable_characters_are_counted() -> None:
    """Unprintable characters are removed from comments and counted."""
    reading = read(theirs(f"{GOOD} a\u200bb", columns="subject_id predicate_id object_id comment"))
    assert reading.mappings[0].rationale == "ab"
    assert reading.dropped == ("1 unprintable character",)


def test_nothing_found_is_read_from_either_side() -> None:
    """A related-to between a term and NoTermFound is nothing-found; the header can name the framework searched."""
    rows = "n:a@1:X-1 n:related-to sssom:NoTermFound", "sssom:NoTermFound n:related-to sssom:NoTermFound"
    text = theirs(*rows, header="#object_source: n:b@1\n")
    reading = read(text)
    assert [(one.source, one.target, one.searched) for one in reading.mappings] == [(A.key("X-1"), None, B.id)]
    assert reading.dropped == ("1 row: neither a subject nor an object",)
    (found,) = read(theirs("sssom:NoTermFound n:related-to n:b@1:Y", header="#subject_source: n:a@1\n")).mappings
    assert (found.source, found.predicate, found.searched) == (None, Predicate.NOTHING, A.id)
    unknown = theirs(rows[0], header="#object_source: n:z@1\n")
    with pytest.raises(InvalidDocument) as caught:
        read(unknown)
    assert [fault.problem for fault in caught.value.faults] == [
        "no row has a target, so the framework in which nothing was found is not known; name the framework of the"
        " targets (--target)"
    ]


def test_reverse_figures_are_extensions() -> None:
    """Reverse strength and remainder are written to extension slots and restored."""
    made = row(A.key("X-1"), "superset-of", B.key("X-1"), reverse_strength=10, reverse_remainder="none", set=FILE)
    text = sssom.dumps(Crosswalk.from_mappings([made], A, B))
    assert "ext_reverse_remainder\text_reverse_strength\n" in text
    assert read(text).mappings == (made,)


def test_a_row_without_a_source_is_written_with_no_term_found() -> None:
    """The subject is SSSOM's term for nothing, without a label."""
    cells = _cells(row(None, "nothing-found", B.key("Y"), searched=A.id), Crosswalk.from_mappings([], A, B))
    assert (cells["subject_id"], cells["subject_label"], cells["object_id"]) == ("sssom:NoTermFound", "", "b_1:Y")
