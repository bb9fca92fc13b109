"""Parsing keys."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import EditionId, Library, PhaseId, PrincipleId, ProvisionId, UnknownKey, editions, frameworks, load, parse
from aicop.errors import KeyMistake
from aicop.frameworks import loads
from aicop.ids import JointId, Key
from aicop.keys import find
from aicop.keys.edition_index import Index, index
from tests.examples import mini_edition

OWN = loads("id,kind\nA,control\n", "own.csv", framework="own", edition="1", title="Own")

READ = [
    ("uk-ai-cop:5.4.1", "uk-ai-cop@2025-01:5.4.1"),
    ("uk-ai-cop@2025-01:5.4.1", "uk-ai-cop@2025-01:5.4.1"),
    ("UK 5.4.1", "uk-ai-cop@2025-01:5.4.1"),
    ("UK-5.4.1", "uk-ai-cop@2025-01:5.4.1"),
    ("uk_ai_cop: 5.4.1", "uk-ai-cop@2025-01:5.4.1"),
    ("UK AI CoP 9.2.1", "uk-ai-cop@2025-01:9.2.1"),
    ("  uk-ai-cop:2.2:  ", "uk-ai-cop@2025-01:2.2"),
    ("uk-ai-cop:1.2.1.", "uk-ai-cop@2025-01:1.2.1"),
    ("uk-ai-cop:1.2.1,", "uk-ai-cop@2025-01:1.2.1"),
    ("uk-ai-cop:1.2.1;", "uk-ai-cop@2025-01:1.2.1"),
    ("EN 5.2.1\u22124.1", "etsi-en-304-223@2.1.1:5.2.1-4.1"),
    ("EN\u202f304\u202f223 5.2.1-4", "etsi-en-304-223@2.1.1:5.2.1-4"),
    ("BS EN 304 223 (2025-12) 5.2.1-4", "etsi-en-304-223@2.1.1:5.2.1-4"),
    ("DSIT principle 12", "uk-ai-cop@2025-01:P12"),
    ("Code of Practice for the Cyber Security of AI, Principle 7", "uk-ai-cop@2025-01:P7"),
    ("uk-ai-cop:P13", "uk-ai-cop@2025-01:P13"),
    ("uk-ai-cop:secure-end-of-life", "uk-ai-cop@2025-01:secure-end-of-life"),
    ("UK Secure Maintenance", "uk-ai-cop@2025-01:secure-maintenance"),
    ("EN 304 223 5.2.1-4.1", "etsi-en-304-223@2.1.1:5.2.1-4.1"),
    ("EN304223 5.2.1-4.1", "etsi-en-304-223@2.1.1:5.2.1-4.1"),
    ("EN 5.2.1-4.1", "etsi-en-304-223@2.1.1:5.2.1-4.1"),
    ("ETSI EN 304 223 V2.1.1 5.2.2-5", "etsi-en-304-223@2.1.1:5.2.2-5"),
    ("ETSI EN 304 223 V2.1.1 (2025-12), Provision 5.2.2-5", "etsi-en-304-223@2.1.1:5.2.2-5"),
    ("EN 304 223 2.1.1 5.2.2-5", "etsi-en-304-223@2.1.1:5.2.2-5"),
    ("EN 304 223 2.1.1, 5.2.2-5", "etsi-en-304-223@2.1.1:5.2.2-5"),
    ("EN 304 223 2.1.1: 5.2.2-5", "etsi-en-304-223@2.1.1:5.2.2-5"),
    ("EN 304 223, v2.1.1 (December 2025): 5.2.2-5", "etsi-en-304-223@2.1.1:5.2.2-5"),
    ("UK Code 5.4.1@2025-01", "uk-ai-cop@2025-01:5.4.1"),
    ("UK Code (5.4.1)", "uk-ai-cop@2025-01:5.4.1"),
    ("UK Code ( principle 5 )", "uk-ai-cop@2025-01:P5"),
    ("EN 304 223 subclause 5.1.2", "etsi-en-304-223@2.1.1:P2"),
    ("EN 304 223 \u00a7 5.1.2", "etsi-en-304-223@2.1.1:P2"),
    ("EN 304 223 cl. 5.1.2", "etsi-en-304-223@2.1.1:P2"),
    ("EN 304 223 sec. 5.1.2", "etsi-en-304-223@2.1.1:P2"),
    ("EN 304 223 phase 5.2", "etsi-en-304-223@2.1.1:secure-development"),
    ("EN 304 223 principles 5", "etsi-en-304-223@2.1.1:P5"),
    ("UK Code phase 1", "uk-ai-cop@2025-01:secure-design"),
    ("UK Code phase 5", "uk-ai-cop@2025-01:secure-end-of-life"),
    ("UK Code Secure _ Design", "uk-ai-cop@2025-01:secure-design"),
    ("uk-ai-cop:design", "uk-ai-cop@2025-01:secure-design"),
    ("uk-ai-cop:p 5", "uk-ai-cop@2025-01:P5"),
    ("uk-ai-cop:Developer", "uk-ai-cop@2025-01:Developer"),
    ("etsi-en-304-223:5.4.2-1", "etsi-en-304-223@2.1.1:5.4.2-1"),
    ("etsi-en-304-223@2.1.1:5.2.1\u20114.1", "etsi-en-304-223@2.1.1:5.2.1-4.1"),
    ("EN 304 223 Provision 5.2.1 \u2013 4.1", "etsi-en-304-223@2.1.1:5.2.1-4.1"),
    ("EN\u00a0304\u00a0223 5.2.1-4", "etsi-en-304-223@2.1.1:5.2.1-4"),
    ("EN 304 223 clause 5.1.2", "etsi-en-304-223@2.1.1:P2"),
    ("EN 304 223 clause 5.2", "etsi-en-304-223@2.1.1:secure-development"),
    ("EN 304 223 clause 5.2.1-4", "etsi-en-304-223@2.1.1:5.2.1-4"),
    ("TS 104 223 5.1.2-3", "etsi-ts-104-223@1.1.1:5.1.2-3"),
    ("etsi_ts_104223:5.1.2-3", "etsi-ts-104-223@1.1.1:5.1.2-3"),
    ("uk-ai-cop:2.3#1", "uk-ai-cop@2025-01:2.3#1"),
    ("EN 5.1.2-3 #2", "etsi-en-304-223@2.1.1:5.1.2-3#2"),
    ("nist-csf@2.0:PR.DS-01", "nist-csf@2.0:PR.DS-01"),
    ("PR.DS-1", "nist-csf@2.0:PR.DS-01"),
    ("CSF 2.0 PR.DS-01", "nist-csf@2.0:PR.DS-01"),
    ("CSF 2.00 PR.DS-01", "nist-csf@2.0:PR.DS-01"),
    ("NIST CSF@2.0 PR.DS-01", "nist-csf@2.0:PR.DS-01"),
    ("ISO 42001@2023 clause 6.1.2", "iso-iec-42001@2023:6.1.2"),
    ("NIST CSF v2.0 PR.DS-01", "nist-csf@2.0:PR.DS-01"),
    ("OWASP LLM Top 10:2025 LLM01", "owasp-llm-top10@2025:LLM01:2025"),
    ("GOVERN-1.1", "nist-ai-rmf@1.0:GOVERN 1.1"),
    ("NIST AI RMF 1.0: Govern 1.1", "nist-ai-rmf@1.0:GOVERN 1.1"),
    ("AML.M0005", "mitre-atlas@2026.07:AML.M0005"),
    ("AML.T0020@5.0.1", "mitre-atlas@5.0.1:AML.T0020"),
    ("MITRE ATLAS AML.T0020 @ v5.0.1", "mitre-atlas@5.0.1:AML.T0020"),
    ("aml.t0051.000", "mitre-atlas@2026.07:AML.T0051.000"),
    ("mitre-atlas@5.6.1:AML.T0019", "mitre-atlas@5.6.1:AML.T0019"),
    ("A.6.2.4", "iso-iec-42001@2023:A.6.2.4"),
    ("ISO/IEC 42001:2023, clause 6.1.2", "iso-iec-42001@2023:6.1.2"),
    ("ISO 42001 section 6.1.2", "iso-iec-42001@2023:6.1.2"),
    ("ISO 42001 sect. 6.1.2", "iso-iec-42001@2023:6.1.2"),
    ("ISO 42001 \u00a7\u00a76.1.2", "iso-iec-42001@2023:6.1.2"),
    ("ISO 27001 A.5.2", "iso-iec-27001@2022:A.5.2"),
    ("Art.15(4)", "eu-ai-act@2024:Art.15(4)"),
    ("AI Act Article 15(4)", "eu-ai-act@2024:Art.15(4)"),
    ("LLM06:2025", "owasp-llm-top10@2025:LLM06:2025"),
    ("OWASP LLM06:2026", "owasp-llm-top10@2026:LLM06:2026"),
    ("owasp-llm-top10@2025:LLM01", "owasp-llm-top10@2025:LLM01:2025"),
    ("owasp-llm-top10:LLM01", "owasp-llm-top10@2026:LLM01:2026"),
    ("OWASP LLM Top 10 version 2025, LLM01", "owasp-llm-top10@2025:LLM01:2025"),
    ("OWASP LLM Top 10 @2025 LLM01", "owasp-llm-top10@2025:LLM01:2025"),
    ("OWASP LLM Top 10-2025: LLM01", "owasp-llm-top10@2025:LLM01:2025"),
    ("OWASP LLM Top 10 (2025) LLM01", "owasp-llm-top10@2025:LLM01:2025"),
    ("OWASP LLM LLM01:2025", "owasp-llm-top10@2025:LLM01:2025"),
    ("owasp-LLM06", "owasp-llm-top10@2026:LLM06:2026"),
    ("ASI01:2026", "owasp-agentic-top10@2026:ASI01"),
    ("SI-2(7)", "nist-sp-800-53@5.2.0:SI-2(7)"),
    ("si-2.7", "nist-sp-800-53@5.2.0:SI-2(7)"),
    ("SP 800-53 Rev. 5 AC-02", "nist-sp-800-53@5.2.0:AC-2"),
    ("EN 303 645 5.1-1", "etsi-en-303-645@3.1.3:5.1-1"),
    ("ssdf@1.2-ipd: PS.4", "nist-ssdf@1.2-ipd:PS.4"),
    ("ssdf@1.2-IPD: PS.4", "nist-ssdf@1.2-ipd:PS.4"),
    ("PO.1@1.2-IPD", "nist-ssdf@1.2-ipd:PO.1"),
    ("NIST SSDF 1.2-ipd, PS.4", "nist-ssdf@1.2-ipd:PS.4"),
]


@pytest.mark.parametrize(("written", "meant"), READ, ids=[ascii(row[0]) for row in READ])
def test_usual_forms_of_keys_are_read(written: str, meant: str) -> None:
    """Keys are read in every form that people write."""
    assert str(parse(written)) == meant


@pytest.mark.parametrize(
    ("written", "edition", "meant"),
    [
        ("5.1.2-2", "etsi-ts-104-223", "etsi-ts-104-223@1.1.1:5.1.2-2"),
        ("Provision 5.1.3-2", "etsi-en-304-223", "etsi-en-304-223@2.1.1:5.1.3-2"),
        ("2.2:", "uk-ai-cop", "uk-ai-cop@2025-01:2.2"),
        ("5.4.1", "uk-ai-cop@2025-01", "uk-ai-cop@2025-01:5.4.1"),
        ("Principle 7", "etsi-en-304-223", "etsi-en-304-223@2.1.1:P7"),
        ("clause 5.4.1", "etsi-en-304-223", "etsi-en-304-223@2.1.1:P11"),
        ("EN 304 223 5.2.1-4", "uk-ai-cop", "etsi-en-304-223@2.1.1:5.2.1-4"),
        ("6.1.2", "iso-iec-42001", "iso-iec-42001@2023:6.1.2"),
        ("2.5", "nist-ai-600-1@2024-07", "nist-ai-600-1@2024-07:2.5"),
        ("AML.M0005", "uk-ai-cop", "mitre-atlas@2026.07:AML.M0005"),
    ],
)
def test_a_bare_number_is_read_in_a_known_edition(written: str, edition: str, meant: str) -> None:
    """A bare number is read in the given edition, but a document named in the key wins."""
    assert str(parse(written, edition)) == meant


@pytest.mark.parametrize("value", [None, 5.4, b"5.4", ["5.4"], EditionId("uk-ai-cop", "2025-01")])
def test_what_is_not_text_is_a_type_error(value: Any) -> None:  # noqa: ANN401 -- anything
    """The message says what a key is, and what it was."""
    for function in (parse, Library().with_framework(OWN).parse, lambda key: find(key, index(load("uk-ai-cop").id))):
        with pytest.raises(
            TypeError, match=rf"a key must be text, such as 'uk-ai-cop:5.4.1', not {type(value).__name__}"
        ):
            function(value)


@given(st.text(max_size=30), st.sampled_from([None, *map(str, editions())]))
def test_any_text_is_read_or_refused(text: str, edition: str | None) -> None:
    """Any text is a key that can be parsed again, or raises UnknownKey."""
    try:
        found = parse(text, edition)
    except UnknownKey as error:
        assert error.text == text
    else:
        assert parse(str(found)) == found


numbers = st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){0,3}(-[0-9](\.[0-9]){0,2})?", fullmatch=True)


@given(numbers, st.sampled_from(editions()))
def test_a_number_is_read_exactly_when_it_exists(number: str, edition: object) -> None:
    """A number is read if and only if the edition has it."""
    known = {item.number for item in load(str(edition))}
    try:
        found = parse(f"{edition}:{number}")
    except UnknownKey as error:
        assert number not in known
        assert all(str(parse(key)) == key for key in error.nearest)
    else:
        assert found == ProvisionId(found.edition, number)
        assert number in known


@pytest.mark.parametrize("edition", editions(), ids=str)
def test_every_written_id_round_trips(edition: object) -> None:
    """Every provision, principle and phase of every edition is parsed from its text."""
    catalogue = load(str(edition))
    ids: list[ProvisionId | PrincipleId | PhaseId] = [*catalogue]
    ids += [item.id for item in catalogue.principles]
    ids += [item.id for item in catalogue.phases]
    assert len(ids) == 72 + 13 + 5
    for item in ids:
        assert parse(str(item)) == item


def test_look_up_in_an_index_is_as_strict() -> None:
    """`find`, which catalogues use, refuses the same odd text as `parse`."""
    home = index(load("uk-ai-cop").id)
    with pytest.raises(UnknownKey, match="line break"):
        find("5.4\n", home)
    with pytest.raises(UnknownKey, match="owasp-llm-top10"):
        find("LLM01:2025", home)
    assert find("5.4", home) == ProvisionId(home.edition, "5.4")


@pytest.mark.parametrize(
    ("written", "mistake", "advice"),
    [
        (
            "EN 304 223 5.2.1-4",
            KeyMistake.OTHER_EDITION,
            "names etsi-en-304-223@2.1.1, but this is uk-ai-cop@2025-01; use aicop.counterpart to get from one to the "
            "other.",
        ),
        (
            "uk-ai-cop@2024-05:4.1",
            KeyMistake.WITHDRAWN_EDITION,
            "the draft of May 2024 was replaced by the Code of January 2025; its provisions are not carried, and its "
            "principle 4 had another subject. Available: uk-ai-cop@2025-01.",
        ),
        (
            "nist-csf:PR.DS-01",
            KeyMistake.OTHER_FRAMEWORK,
            "this is an element of nist-csf@2.0, not an item of uk-ai-cop@2025-01.",
        ),
        (
            "Developer",
            KeyMistake.STAKEHOLDER,
            "this is a stakeholder, not an item; in Python it is Role('Developer').",
        ),
    ],
)
def test_an_item_of_another_edition_is_refused(written: str, mistake: KeyMistake, advice: str) -> None:
    """In one edition, with what the key names and where that is looked up."""
    with pytest.raises(UnknownKey) as caught:
        find(written, index(load("uk-ai-cop").id))
    assert caught.value == UnknownKey(written, mistake, advice)


@pytest.mark.parametrize("document", ["mini-code", "caf", "developer"])
def test_a_key_that_names_its_own_edition_is_read_there(document: str) -> None:
    """Also if the document has the name of a framework or a role; another edition of it is refused."""
    home = Index.from_plain(mini_edition() | {"document": document})
    for written in ("1.2", f"{document}:1.2", f"{document}@1:1.2", f"{document}@1: provision 1.2"):
        assert find(written, home) == ProvisionId(home.edition, "1.2")
    with pytest.raises(UnknownKey) as caught:
        find(f"{document}@2:1.2", home)
    advice = f"names {document}@2, but this is {document}@1."
    assert caught.value == UnknownKey(f"{document}@2:1.2", KeyMistake.OTHER_EDITION, advice)


def test_an_id_is_returned_as_it_is() -> None:
    """Also one that does not exist: it was not written."""
    for key in (parse("uk-ai-cop:5.1"), ProvisionId.parse("acme@1:9.9"), parse("nist-csf:PR.DS-01")):
        assert parse(key) is Library().with_framework(OWN).parse(key) is key


@pytest.mark.parametrize("written", ["uk-ai-cop:5.1", "UK Code 5.1", parse("uk-ai-cop:5.1")])
def test_a_key_can_be_required_to_be_of_one_kind(written: str | Key) -> None:
    """An id of another kind is refused, however it is given."""
    assert parse(written, kind=ProvisionId).number == "5.1"
    with pytest.raises(UnknownKey, match="is a provision, where a principle is expected") as caught:
        parse(written, kind=PrincipleId)
    assert caught.value.text == str(written)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (str, "str"),
        (EditionId, "EditionId"),
        (JointId, "JointId"),
        (ProvisionId | PrincipleId, "a union"),
        (Key, "a union"),
    ],
    ids=["str", "edition", "joint", "or", "Key"],
)
def test_a_kind_is_the_class_of_an_id(kind: Any, said: str) -> None:  # noqa: ANN401 -- what type checkers refuse
    """Anything else is a mistake in the program, which is found whatever the key is."""
    for read in (parse, Library().parse):
        for written in ("uk-ai-cop:5.1", "uk-ai-cop", parse("uk-ai-cop:P5")):
            with pytest.raises(TypeError, match=f"such as ProvisionId, and not {said}$"):
                read(written, kind=kind)


STANDARD = "iso-iec-42001@2023"
IN_A_FRAMEWORK = [
    ("A.4.2", f"{STANDARD}:A.4.2"),
    ("a 4.2", f"{STANDARD}:A.4.2"),
    ("ISO 42001 A.4.2", f"{STANDARD}:A.4.2"),
    ("iso 42001: A.4.2", f"{STANDARD}:A.4.2"),
]
"""Keys in a framework that ships: by the forms of its ids, and by its names, which only `parse` knows."""


@pytest.mark.parametrize(("written", "expected"), IN_A_FRAMEWORK)
def test_a_framework_that_ships_reads_its_names(written: str, expected: str) -> None:
    """A name of the framework may stand before an id, and an id of another framework is told from a mistake."""
    framework = frameworks.load(STANDARD)
    assert str(framework.key(written)) == expected
    with pytest.raises(UnknownKey, match=r"uk-ai-cop@2025-01:5\.1 belongs to uk-ai-cop@2025-01"):
        framework.key("UK 5.1")


def test_an_own_framework_reads_only_its_ids() -> None:
    """Whatever names of other frameworks mean, its index alone decides."""
    table = "id,kind,parent\nAC,family,\nAC-2,control,AC\n"
    own = loads(table, framework="acme", edition="1", title="Acme")
    assert str(own.key("AC-2")) == "acme@1:AC-2"
    for written in ("ISO 42001 A.4.2", "UK 5.1", "nist-csf:PR.DS-01"):
        with pytest.raises(UnknownKey) as caught:
            own.key(written)
        assert caught.value.advice == f"acme@1 has no '{written}'."
