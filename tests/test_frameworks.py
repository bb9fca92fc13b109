"""Frameworks: those that ship, an edition seen as one, and those that a user brings."""

from __future__ import annotations

import json

import pytest

from aicop import UnknownEdition, UnknownKey, frameworks, load
from aicop.errors import Fault, InvalidDocument, KeyMistake
from aicop.files.text import MAX_FILE_SIZE
from aicop.frameworks import Framework, available, digest, from_catalogue, loads
from aicop.ids import ControlId, EditionId
from aicop.interop import csv
from aicop.model import Control
from aicop.vocabulary import FrameworkStatus, LicenceClass, Nature
from tests.examples import mini_edition

OWN = EditionId("own", "2026")
CONTROLS = (
    Control(id=ControlId(OWN, "AC"), parent=None, kind="family", nature=Nature.REQUIREMENT, title="Access"),
    Control(
        id=ControlId(OWN, "AC-1"), parent=ControlId(OWN, "AC"), kind="control", nature=Nature.REQUIREMENT, title=None
    ),
)
FACTS = {"framework": "own", "edition": "2026", "title": "Our controls"}
TSV = "id\tparent\tkind\ttitle\nAC\t\tfamily\tAccess\nAC-1\tAC\tcontrol\t\n"
JSON = FACTS | {
    "controls": [{"id": "AC", "kind": "family", "title": "Access"}, {"id": "AC-1", "parent": "AC", "kind": "control"}]
}


@pytest.mark.parametrize(
    "own",
    [loads(TSV, "own.tsv", **FACTS), loads(TSV.replace("\t", ","), "own.csv", **FACTS), loads(json.dumps(JSON))],
    ids=["tsv", "csv", "json"],
)
def test_the_same_framework_loads_from_every_format(own: Framework) -> None:
    """TSV, CSV and JSON."""
    assert own.controls == CONTROLS
    assert (own.id, own.edition.title, own.edition.status) == (OWN, "Our controls", FrameworkStatus.OWN)


def test_an_own_framework_is_looked_up_like_a_shipped_one() -> None:
    """By id, written key, bare id, and whatever spelling."""
    own = loads(TSV, "own.tsv", **FACTS)
    key = ControlId(OWN, "AC-1")
    for written in (key, "own@2026:AC-1", "own:AC-1", "AC-1", "ac 01"):
        assert own[written].id == key
    assert own.get("AC-9") is None
    assert own.children("AC") == CONTROLS[1:]
    assert own.whole_of(key) == ControlId(OWN, "AC")
    with pytest.raises(UnknownKey) as caught:
        own["AC-9"]
    assert caught.value.nearest[0] == "own@2026:AC-1"


def test_a_nature_may_be_given() -> None:
    """An own list of risks is one."""
    risks = loads("id,kind,nature\nR1,risk,risk\n", "own.csv", **FACTS)
    assert risks["R1"].nature is Nature.RISK


def test_faults_of_a_table_name_lines() -> None:
    """All at once."""
    content = "id\tparent\tkind\nA\tB\tx\nA\t\tx\nC\tD\tx\nD\tC\tx\n"
    with pytest.raises(InvalidDocument) as caught:
        loads(content, "own.tsv", **FACTS)
    assert caught.value.faults == (
        Fault("own.tsv", "line 3", "A stands at line 2 already"),
        Fault("own.tsv", "line 2", "there is no control B"),
        Fault("own.tsv", "line 4", "C is below D is below C: a circle"),
    )


def test_faults_of_json_name_paths() -> None:
    """Like those of an edition."""
    broken = JSON | {"controls": [{"id": "A", "kind": "x", "parent": "A"}]}
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(broken), "own.json")
    assert caught.value.faults == (Fault("own.json", "controls[0].parent", "A is below A: a circle"),)


def test_json_holds_its_facts_itself() -> None:
    """Facts given beside it are not overlooked."""
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(JSON), "own.json", title="x")
    assert caught.value.faults == (Fault("own.json", "title", "given beside a file that holds it itself"),)


def test_facts_are_checked_like_fields() -> None:
    """A table without a title has no name."""
    with pytest.raises(InvalidDocument) as caught:
        loads(TSV, "own.tsv", framework="own")
    assert caught.value.faults == (
        Fault("own.tsv", "edition", "this field is missing"),
        Fault("own.tsv", "title", "this field is missing"),
    )


@pytest.mark.parametrize(
    ("written", "edition"),
    [
        ("nist-csf", "nist-csf@2.0"),
        ("ISO/IEC 42001", "iso-iec-42001@2023"),
        ("owasp-llm-top10", "owasp-llm-top10@2026"),
        ("owasp-llm-top10@2025", "owasp-llm-top10@2025"),
        ("OWASP LLM Top 10 2025", "owasp-llm-top10@2025"),
        ("mitre-atlas", "mitre-atlas@2026.07"),
        ("nist-ssdf", "nist-ssdf@1.1"),
        ("uk-ai-cop", "uk-ai-cop@2025-01"),
        ("EN 304 223", "etsi-en-304-223@2.1.1"),
    ],
)
def test_a_framework_is_found_by_key_name_and_edition(written: str, edition: str) -> None:
    """Without an edition the current one is meant."""
    assert str(frameworks.load(written).id) == edition


def test_an_unknown_framework_is_refused() -> None:
    """The error lists those that there are, documents first."""
    with pytest.raises(UnknownEdition) as caught:
        frameworks.load("csa-aicm")
    assert caught.value.known[0] == "uk-ai-cop@2025-01"
    assert "mitre-atlas@5.0.1" in caught.value.known


def test_what_ships_is_listed_with_its_licence() -> None:
    """No framework ships whose licence forbids it, and drafts say so."""
    listed = {str(item.id): item for item in available()}
    assert {item.licence_class for item in listed.values()} == set(LicenceClass)
    drafts = {key for key, item in listed.items() if item.status is FrameworkStatus.DRAFT}
    assert drafts == {"nist-ssdf@1.2-ipd", "nist-ir-8596@2025-12-iprd", "owasp-ml-top10@2023"}


@pytest.mark.parametrize(
    ("key", "whole"),
    [
        ("nist-sp-800-53@5.2.0:AC-2", "nist-sp-800-53@5.2.0:AC"),
        ("nist-sp-800-53@5.2.0:AC-2(1)", "nist-sp-800-53@5.2.0:AC"),
        ("nist-sp-800-53@5.2.0:AC", None),
        ("nist-ai-600-1@2024-07:GV-1.1-001", None),
        ("eu-ai-act@2024:Art.9(2)(a)", "eu-ai-act@2024:Art.9(2)"),
        ("iso-iec-42001@2023:6.1.2", "iso-iec-42001@2023:6.1"),
        ("uk-ai-cop@2025-01:1.1#2", "uk-ai-cop@2025-01:1.1"),
        ("uk-ai-cop@2025-01:1.1", "uk-ai-cop@2025-01:P1"),
        ("uk-ai-cop@2025-01:1.1.1", "uk-ai-cop@2025-01:P1"),
        ("uk-ai-cop@2025-01:P1", None),
        ("mitre-atlas@2026.07:AML.T0000.000", None),
        ("owasp-ai-exchange@2026-08-22:governancecontrols", None),
    ],
)
def test_the_whole_is_what_contains_the_part(key: str, whole: str | None) -> None:
    """An enhancement or a sub-provision adds to what it stands under and is no part of it."""
    framework = frameworks.load(key.partition(":")[0])
    found = framework.whole_of(framework.key(key))
    assert (None if found is None else str(found)) == whole


def test_withdrawn_elements_are_known_and_not_there() -> None:
    """So that an old reference is explained and not silently accepted."""
    controls = frameworks.load("nist-sp-800-53")
    assert len(controls.withdrawn) == 24 + 158
    with pytest.raises(UnknownKey) as caught:
        controls["SA-12"]
    assert (caught.value.mistake, caught.value.nearest) == (KeyMistake.WITHDRAWN, ("nist-sp-800-53@5.2.0:SR",))


def test_a_key_of_another_framework_is_told() -> None:
    """Whatever framework is asked."""
    for framework, key in (("nist-csf", "uk-ai-cop:5.1"), ("uk-ai-cop", "EN 5.1.1-1"), ("nist-csf", "nist-ssdf:PO.1")):
        with pytest.raises(UnknownKey) as caught:
            frameworks.load(framework)[key]
        assert caught.value.mistake is KeyMistake.OTHER_EDITION
    own = from_catalogue(load("uk-ai-cop"))
    with pytest.raises(UnknownKey) as caught:
        own["2.3#7"]
    assert caught.value.mistake is KeyMistake.INVENTED_LEVEL


def test_an_edition_is_a_framework_too() -> None:
    """Its elements in printed order, each under what it is printed under."""
    code = frameworks.load("uk-ai-cop")
    assert repr(code) == (
        "<Framework uk-ai-cop@2025-01: 5 phase, 13 principle, 51 provision, 88 statement, 21 sub-provision, 5 role>"
    )
    assert str(code["1.1.1"].parent) == "uk-ai-cop@2025-01:1.1"
    assert code["uk-ai-cop@2025-01:System Operator"].nature is Nature.ROLE
    assert code["2.3#1"].words == load("uk-ai-cop")["2.3"].statements[0].action.join(["Developer shall ", ""])
    assert len(code.of_kind("provision", "sub-provision")) == 72


def test_a_digest_tells_what_was_judged() -> None:
    """It changes with what an element says, and with nothing else."""
    own = loads(TSV, "own.tsv", **FACTS)
    moved = loads(TSV.replace("AC", "CA"), "own.tsv", **FACTS)
    changed = loads(TSV.replace("Access", "Access control"), "own.tsv", **FACTS)
    assert digest(own["AC"]) == digest(moved["CA"]) != digest(changed["AC"])
    # Computed with sha256sum: of the title and a line break, and of the bare id.
    assert (digest(own["AC"]), digest(own["AC-1"])) == ("1a8b9d6d5c06ed77", "5ccf43d6d2b2be5c")


def test_an_own_edition_is_seen_as_a_framework() -> None:
    """Its phases, principles and provisions are there."""
    from aicop.catalogue import loads as load_own

    own = from_catalogue(load_own(json.dumps(mini_edition())))
    assert repr(own) == ("<Framework mini-code@1: 2 phase, 2 principle, 4 provision, 6 statement, 1 sub-provision>")


def test_ids_that_could_not_be_told_apart_are_refused() -> None:
    """Whoever writes one of them would find the other."""
    with pytest.raises(InvalidDocument) as caught:
        loads("id,kind\nAC-1,x\nAC-01,x\nac.1,x\n", "own.csv", **FACTS)
    told = "differs from AC-1 only in case, separators or zeros"
    assert caught.value.faults == (
        Fault("own.csv", "line 3", f"AC-01 {told}"),
        Fault("own.csv", "line 4", f"ac.1 {told}"),
    )


def test_an_own_framework_does_not_take_the_place_of_a_shipped_one() -> None:
    """Its edition has a key of its own."""
    with pytest.raises(InvalidDocument) as caught:
        loads("id,kind\nA,x\n", "own.csv", framework="nist-csf", edition="2.0", title="Ours")
    told = "nist-csf@2.0 ships with this library; give yours another key or edition"
    assert caught.value.faults == (Fault("own.csv", "framework", told),)
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(JSON | {"controls": [{"id": "A", "kind": "x"}, {"id": "a", "kind": "x"}]}), "own.json")
    assert caught.value.faults[0].path == "controls[1].id"


def test_ids_in_another_script_are_not_alike() -> None:
    """They have nothing that people spell either way, and are found as they are written."""
    own = loads(
        "id,kind\n\u8981\u4ef6\u4e00,control\n\u8981\u4ef6\u4e8c,control\n",
        "own.csv",
        framework="own",
        edition="1",
        title="Own",
    )
    assert str(own["\u8981\u4ef6\u4e8c"].id) == "own@1:\u8981\u4ef6\u4e8c"
    assert len(own) == 2


def test_a_hierarchy_that_nobody_made_is_refused() -> None:
    """Twenty levels pass; what is below them is told once, where it begins, in whatever order it stands."""
    rows = [f"{n},{n - 1 if n else ''},control" for n in range(30)]
    for lines in (rows, rows[::-1]):
        with pytest.raises(InvalidDocument) as caught:
            loads("\n".join(["id,parent,kind", *lines]), "own.csv", framework="own", edition="1", title="Own")
        assert [fault.problem for fault in caught.value.faults] == ["stands more than 20 levels deep"]
        assert caught.value.faults[0].path == f"line {lines.index(rows[20]) + 2}"
    assert (
        len(loads("\n".join(["id,parent,kind", *rows[:20]]), "own.csv", framework="own", edition="1", title="Own"))
        == 20
    )


def test_a_table_that_was_made_safe_for_spreadsheets_is_read_as_it_was() -> None:
    """The apostrophe before what would be a formula is taken off."""
    framework = loads("id,kind,title\nA,control,-2 or less\n", "own.csv", **FACTS)
    (line,) = csv.dumps(framework).splitlines()[1:]
    assert line == "A,,control,'-2 or less,requirement,"
    assert loads(csv.dumps(framework), "own.csv", **FACTS)["A"].title == "-2 or less"


def test_lines_are_those_of_the_file() -> None:
    """Comments and empty rows count."""
    with pytest.raises(InvalidDocument) as caught:
        loads("# ours\nid,kind\nA,control\n,\nA,control\n", "own.csv", **FACTS)
    assert [fault.path for fault in caught.value.faults] == ["line 5"]


def test_a_table_has_an_end() -> None:
    """That of all files that are read at once."""
    with pytest.raises(InvalidDocument) as caught:
        loads(b"x" * (MAX_FILE_SIZE + 1), "own.csv", **FACTS)
    assert caught.value.faults[0].problem == "larger than 64 MiB"
