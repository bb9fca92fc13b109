"""CISO Assistant: what is written, as its loader and its models have it, and what is read of its libraries."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, frameworks, load, parse
from aicop.catalogue import loads as load_own
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import AicopError, InvalidDocument, InvalidId, NothingToWrite, UnknownEdition, excerpt
from aicop.files.yaml_text import dump_yaml
from aicop.frameworks import Framework, available, bare, from_catalogue
from aicop.ids import ControlId, StatementId
from aicop.interop.ciso_assistant import FORMAT, dumps, loads, rows
from aicop.interop.ciso_assistant.urns import label, node, ours, read_annotation, tail, write_annotation, written
from aicop.interop.ciso_assistant.writer import MAX_NAME_LENGTH, assessable
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.interop.common.rows import rows_of
from aicop.manifest import editions as shipped
from aicop.mappings import sets
from aicop.relations import Scheme, word_for
from aicop.vocabulary import Nature, Predicate, Relation
from tests.examples import A, B, mini_edition, row
from tests.interop import generated
from tests.interop.generated import crosswalks, editions
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from aicop.model import Mapping

Plain = dict[str, Any]
FILE = "own.yaml"
OWN = ImportOptions(frameworks=(A, B))


def _read(text: str) -> Plain:
    found: Plain = yaml.safe_load(text)
    return found


def _nodes(library: Plain) -> dict[str, Plain]:
    return {item["ref_id"]: item for item in library["objects"]["framework"]["requirement_nodes"]}


def _elements(framework: Framework) -> list[tuple[object, ...]]:
    return [
        (str(one.id), one.parent and str(one.parent), one.kind, one.nature, one.title, one.words)
        for one in framework.controls
        if not isinstance(one.id, StatementId)
    ]


def _plain(mappings: tuple[Mapping, ...]) -> list[Plain]:
    """Give rows as plain values, their ends written and without the name of their set."""
    return [
        attrs.asdict(attrs.evolve(one, set=""), recurse=False) | {"source": str(one.source), "target": str(one.target)}
        for one in mappings
    ]


# ------------------------------------------------------------------ what is written


def test_the_hand_made_edition_is_written_so(mini: Catalogue) -> None:
    """A change of what is written shows as a difference here."""
    same_as_snapshot("ciso_assistant.yaml", dumps(mini))


def test_a_provision_has_all_that_the_format_has_a_field_for(code: Catalogue) -> None:
    """Number, title, words, duty holders, phase, verb and threats of a provision of the Code."""
    found = _nodes(_read(dumps(code)))["5.4.1"]
    head = "urn:aicop:risk:req_node:uk-ai-cop_2025-01"
    said = code["5.4.1"]
    assert found["urn"] == f"{head}:5.4.1"
    assert found["parent_urn"] == f"{head}:5.4"
    assert (found["assessable"], found["depth"]) == (True, 4)
    assert found["name"] == said.title
    assert said.statements[0].action in found["description"]
    assert found["implementation_groups"] == ["secure-development", "developer", "data-custodian", "system-operator"]
    assert found["importance"] == "mandatory"
    assert said.guidance is not None
    assert [one.rpartition(":")[2] for one in found["threats"]] == [one.key for one in said.guidance.threats]
    assert found["annotation"].startswith("kind: sub-provision\nnature: requirement\nphase: secure-development\n")
    of_guide = "DSIT Implementation Guide of the Code, 5.4.1, threats"
    assert f"{of_guide}: {said.guidance.threat_summary}" in found["annotation"].splitlines()


def test_an_edition_is_assessed_by_its_provisions(mini: Catalogue) -> None:
    """Phases and principles are headings, and a provision with sub-provisions asks something itself."""
    nodes = _nodes(_read(dumps(mini)))
    asked = {"1.1", "1.1.1", "1.2", "2.1", "2.10"}
    assert list(nodes) == ["secure-start", "P1", "1.1", "1.1.1", "1.2", "secure-stop", "P2", "2.1", "2.10"]
    assert {name for name, item in nodes.items() if item["assessable"]} == asked
    assert [item["depth"] for item in nodes.values()] == [1, 2, 3, 4, 3, 1, 2, 3, 3]
    assert {bare(key) for key in assessable(from_catalogue(mini))} == asked


def test_the_strongest_verb_is_the_importance(mini: Catalogue) -> None:
    """Shall is mandatory, should is recommended, and may and can are nice to have; the annotation has all verbs."""
    nodes = _nodes(_read(dumps(mini)))
    assert {name: item.get("importance") for name, item in nodes.items()} == {
        "secure-start": None,
        "P1": None,
        "1.1": "mandatory",
        "1.1.1": "recommended",
        "1.2": "mandatory",
        "secure-stop": None,
        "P2": None,
        "2.1": "nice_to_have",
        "2.10": "nice_to_have",
    }
    assert "modality: shall, should" in nodes["1.2"]["annotation"].splitlines()
    assert "duty_holders: Developer, System Operator" in nodes["1.2"]["annotation"].splitlines()


def test_the_strongest_verb_may_stand_last() -> None:
    """The order of the statements makes no difference."""
    turned = mini_edition()
    turned["phases"][0]["principles"][0]["provisions"][2]["statements"].reverse()
    found = _nodes(_read(dumps(load_own(json.dumps(turned), "turned.json"))))["1.2"]
    assert found["importance"] == "mandatory"
    assert "modality: should, shall" in found["annotation"].splitlines()


def test_phases_and_duty_holders_are_implementation_groups(code: Catalogue) -> None:
    """Those who carry duties, in the order of the vocabulary, defined where the edition defines them."""
    framework = _read(dumps(code))["objects"]["framework"]
    groups = framework["implementation_groups_definition"]
    assert [one["ref_id"] for one in groups] == [
        *(phase.id.slug for phase in code.phases),
        *("developer", "system-operator", "data-custodian", "end-user", "organisation"),
    ]
    assert groups[5]["description"] == code.stakeholder("Developer").definition
    assert "description" not in groups[-1]
    used = {name for item in framework["requirement_nodes"] for name in item.get("implementation_groups", ())}
    assert used == {one["ref_id"] for one in groups}


def test_a_library_says_where_it_comes_from(code: Catalogue) -> None:
    """Publisher, licence and date are those of the data, and the version is the caller's."""
    library = _read(dumps(code, version=3))
    assert (library["version"], library["locale"], library["packager"]) == (3, "en", "aicop")
    assert library["publication_date"] == "2025-01-31"
    assert library["provider"] == code.edition.publisher
    assert library["copyright"] == f"Of the publication: {code.edition.licence}"
    assert _read(dumps(code))["version"] == 1


# What CISO Assistant's models and its checking tool ask of a URN.
_URN = re.compile(r"urn:aicop:risk:(?:library|framework|req_node|req_mapping_set|threat)(?::[0-9a-z._-]+)+")


def _urns(value: object, field: str = "") -> list[str]:
    """Give what stands in all fields that hold URNs."""
    if isinstance(value, dict):
        return [found for name, item in value.items() for found in _urns(item, name)]
    if isinstance(value, list):
        return [found for item in value for found in _urns(item, field)]
    return [str(value)] if field.endswith("urn") or field in {"dependencies", "threats"} else []


def _check(library: Plain) -> None:
    """Check what CISO Assistant needs, and what of the database behind it would refuse."""
    assert isinstance(library["version"], int)
    assert library["version"] > 0
    assert {"urn", "ref_id", "locale", "objects", "name"} <= library.keys()
    assert all(_URN.fullmatch(one) and len(one) <= 255 for one in _urns(library))
    assert len(library["name"]) <= MAX_NAME_LENGTH
    assert len(library.get("provider", "")) <= MAX_NAME_LENGTH
    for framework in filter(None, [library["objects"].get("framework")]):
        threats = {one["urn"] for one in library["objects"].get("threats", ())}
        seen: set[str] = set()
        for item in framework["requirement_nodes"]:
            assert item["urn"] not in seen
            seen.add(item["urn"])
            assert item.keys() <= NODE_FIELDS
            assert len(item.get("name", "")) <= MAX_NAME_LENGTH
            assert len(item["ref_id"]) <= 100
            assert set(item.get("threats", ())) <= threats
        assert {item["parent_urn"] for item in framework["requirement_nodes"] if "parent_urn" in item} <= seen
    for one in library["objects"].get("requirement_mapping_sets", ()):
        assert one["source_framework_urn"] != one["target_framework_urn"]
        assert one["requirement_mappings"]
        pairs = [
            (item["source_requirement_urn"], item["target_requirement_urn"]) for item in one["requirement_mappings"]
        ]
        assert len(set(pairs)) == len(pairs)
        for item in one["requirement_mappings"]:
            assert item.keys() <= ROW_FIELDS
            assert item["relationship"] in {"subset", "intersect", "equal", "superset"}
            assert 0 <= item.get("strength_of_relationship", 0) <= 10


NODE_FIELDS = {
    *("urn", "assessable", "depth", "parent_urn", "ref_id", "name", "description", "annotation"),
    *("implementation_groups", "importance", "threats"),
}
"""Fields of its model RequirementNode; an update fails over any other."""
ROW_FIELDS = {
    *("source_requirement_urn", "target_requirement_urn", "relationship"),
    *("strength_of_relationship", "annotation"),
}
"""Fields of its model RequirementMapping, of which the rationale would be one of three words."""


@pytest.mark.parametrize("edition", [*shipped(), *(item.id for item in available())], ids=str)
def test_all_that_ships_is_as_the_loader_wants_it(edition: object) -> None:
    """Every edition and framework, written and read back, has the elements that it had."""
    framework = frameworks.load(str(edition))
    text = dumps(framework)
    _check(_read(text))
    (found,) = loads(text, FILE).frameworks
    assert found.id == framework.id
    assert _elements(found) == _elements(framework)


@pytest.mark.parametrize("edition", shipped(), ids=str)
def test_editions_come_back_without_roles_and_statements(edition: object) -> None:
    """An edition written in full reads as its framework does, but for its roles, which are groups."""
    catalogue = load(str(edition))
    text = dumps(catalogue)
    _check(_read(text))
    reading = loads(text, FILE)
    (found,) = reading.frameworks
    assert _elements(found) == [item for item in _elements(from_catalogue(catalogue)) if item[2] != "role"]
    assert (found.edition.title, found.edition.publisher) == (catalogue.edition.title, catalogue.edition.publisher)
    framework = _read(text)["objects"]["framework"]
    said = "\n".join(one["annotation"] for one in (framework, *framework["requirement_nodes"])).split("\n")
    left = [line for line in said if line and line.partition(":")[0] not in {"kind", "nature", "title"}]
    assert reading.dropped == (
        "of library: copyright, description, locale, packager, publication_date, ref_id",
        "of frameworks: description, implementation_groups_definition",
        f"{len(left)} lines of annotations",
        "181 places in implementation groups",
        "72 importances",
        "262 links to threats",
        "objects.threats: 56",
    )


def test_long_titles_are_cut_and_come_back_whole() -> None:
    """A name has 200 characters at most; the whole stands in the annotation."""
    title = "T" * (MAX_NAME_LENGTH + 1)
    long = frameworks.loads(
        f"id,kind,title\nX,control,{title}\nY,control,{title[1:]}\n", "l.csv", framework="l", edition="1", title=title
    )
    text = dumps(long)
    library = _read(text)
    _check(library)
    assert _nodes(library)["X"]["name"] == "T" * (MAX_NAME_LENGTH - 1) + "…"
    assert _nodes(library)["Y"]["name"] == title[1:]
    assert _nodes(library)["Y"]["annotation"] == "kind: control\nnature: requirement"
    (found,) = loads(text, FILE).frameworks
    assert [one.title for one in found.controls] == [title, title[1:]]
    assert found.edition.title == title


def test_what_is_not_said_is_not_written() -> None:
    """A user's own framework without publisher, licence, date, titles and words."""
    library = _read(dumps(A))
    assert library.keys() == {
        *("urn", "locale", "ref_id", "name", "description", "version", "packager", "objects"),
    }
    assert _nodes(library)["X-1"] == {
        "urn": "urn:aicop:risk:req_node:a_1:x-1",
        "assessable": True,
        "depth": 2,
        "parent_urn": "urn:aicop:risk:req_node:a_1:x",
        "ref_id": "X-1",
        "annotation": "kind: control\nnature: requirement",
    }
    assert {name for name, item in _nodes(library).items() if item["assessable"]} == {"X-1", "X-2", "Y-1", "Y-2"}


# ------------------------------------------------------------------ crosswalks


def _small() -> Crosswalk:
    digests = {"source_digest": "0123456789abcdef", "target_digest": "fedcba9876543210"}
    return Crosswalk.from_mappings(
        [
            row(A.key("X-1"), "equal-to", B.key("X-1"), strength=10, settlement="The first reading.", **digests),
            row(A.key("X-2"), "subset-of", B.key("X-2"), confidence=None, author=None, date=None, rationale=None),
            row(A.key("Y-1"), "superset-of", B.key("Y-1"), strength=6, remainder="the rest", date="2026-02"),
            row(A.key("Y-2"), "intersects-with", B.key("Y-2"), strength=0 + 3),
        ],
        A,
        B,
    )


def test_a_small_crosswalk_is_written_so() -> None:
    """A change of what is written shows as a difference here."""
    same_as_snapshot("ciso_assistant_mapping.yaml", dumps(_small()))


def test_a_crosswalk_is_written_in_both_directions() -> None:
    """Each set is read one way only by CISO Assistant; the strength holds in the first direction alone."""
    library = _read(dumps(_small()))
    _check(library)
    there, back = library["objects"]["requirement_mapping_sets"]
    assert library["dependencies"] == ["urn:aicop:risk:library:a_1", "urn:aicop:risk:library:b_1"]
    assert library["publication_date"] == "2026-02-01"
    assert library["provider"] == "we"
    assert (there["source_framework_urn"], there["target_framework_urn"]) == (
        "urn:aicop:risk:framework:a_1",
        "urn:aicop:risk:framework:b_1",
    )
    assert (back["source_framework_urn"], back["target_framework_urn"]) == (
        "urn:aicop:risk:framework:b_1",
        "urn:aicop:risk:framework:a_1",
    )
    assert [one["relationship"] for one in there["requirement_mappings"]] == [
        "equal",
        "subset",
        "superset",
        "intersect",
    ]
    assert [one["relationship"] for one in back["requirement_mappings"]] == ["equal", "superset", "subset", "intersect"]
    assert [one.get("strength_of_relationship") for one in there["requirement_mappings"]] == [10, None, 6, 3]
    assert not any("strength_of_relationship" in one for one in back["requirement_mappings"])
    assert back["annotation"].endswith(f"inverse_of: {there['urn']}")


def test_a_small_crosswalk_comes_back() -> None:
    """Every field of every row, and the turned set is not read as news."""
    reading = loads(dumps(_small()), FILE, OWN)
    assert _plain(reading.mappings) == _plain(_small().mappings)
    assert reading.unstated == (
        "the maker of 1 mapping",
        "the date of 1 mapping",
        "the reason of 1 mapping",
        "the confidence of 1 mapping",
    )
    assert reading.dropped == (
        "of library: dependencies, description, locale, packager, publication_date, ref_id",
        "of sets of mappings: ref_id",
        "1 set of mappings that says the same the other way round",
    )


def test_what_ciso_assistant_would_misuse_is_left_out() -> None:
    """Rows at headings would write empty results over good ones, and a second row of a pair would count twice."""
    mixed = Crosswalk.from_mappings(
        [
            row(A.key("X-1"), "equal-to", B.key("X-1")),
            row(A.key("X-1"), "intersects-with", B.key("X-1"), author="they", confidence=4),
            row(A.key("X-1"), "superset-of", B.key("X-1"), author="you", confidence=None),
            row(A.key("X"), "equal-to", B.key("X")),
            row(A.key("X-2"), "intersects-with", B.key("Y")),
            row(A.key("X-2"), "no-relationship", B.key("Y-1")),
            row(A.key("X-2"), "related-to", B.key("Y-2")),
            row(A.key("Y-1"), "mitigates", B.key("R")),
            row(A.key("Y-2"), "nothing-found", None),
        ],
        A,
        B,
    )
    found = rows(mixed)
    assert _plain(found.rows) == _plain(mixed.mappings[:1])
    assert sorted(found.omitted) == sorted(
        [
            "1 row: no-relationship",
            "1 row: related, type not stated",
            "1 row: mitigates",
            "1 row: nothing found",
            "2 rows: at elements that are not assessable",
            "2 rows: a less sure judgement of a pair",
        ]
    )
    assert (
        _read(dumps(mixed))["description"]
        == f"1 mapping, and the same turned round. Left out: {'; '.join(found.omitted)}."
    )


def test_statements_are_left_out(code: Catalogue) -> None:
    """Audits ask about provisions; what is said of their statements is not said of them."""
    across = crosswalk("uk-ai-cop", "etsi-en-304-223")
    assert not any(isinstance(one.source, StatementId) for one in rows(across).rows)
    assert any(isinstance(one.source, StatementId) for one in rows_of(across).rows)
    assert len(assessable(from_catalogue(code))) == len(code)


def test_no_empty_set_is_written() -> None:
    """CISO Assistant takes none; the error says what there was."""
    links = Crosswalk.from_mappings([row(A.key("Y-1"), "mitigates", B.key("R"))], A, B)
    with pytest.raises(NothingToWrite) as caught:
        dumps(links)
    assert str(caught.value) == "ciso-assistant can hold no mapping from a@1 to b@1; left out: 1 row: mitigates"
    with pytest.raises(NothingToWrite) as caught:
        dumps(Crosswalk.from_mappings([], A, B))
    assert str(caught.value) == "ciso-assistant can hold no mapping from a@1 to b@1"


def test_no_framework_is_mapped_to_itself() -> None:
    """CISO Assistant refuses a set whose two frameworks are one."""
    itself = Crosswalk.from_mappings([row(A.key("X-1"), "intersects-with", A.key("X-2"))], A, A)
    assert rows(itself).rows == ()
    assert rows(itself).omitted == ("1 row: of a framework to itself",)
    assert rows(Crosswalk.from_mappings([], A, A)).omitted == ()


def test_a_crosswalk_without_dates_and_makers_has_none() -> None:
    """Nothing is made up where the rows do not say."""
    bare_rows = Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", B.key("X-1"), author=None, date=None)], A, B)
    library = _read(dumps(bare_rows))
    assert not {"publication_date", "provider", "copyright"} & library.keys()


def test_many_makers_are_cut() -> None:
    """A provider has as many characters as a name."""
    names = [letter * 150 for letter in "pq"]
    both = [
        row(A.key(one), "equal-to", B.key(one), author=name) for one, name in zip(("X-1", "X-2"), names, strict=True)
    ]
    library = _read(dumps(Crosswalk.from_mappings(both, A, B)))
    assert library["provider"] == f"{names[0]}; {names[1]}"[:MAX_NAME_LENGTH]


def test_odd_ids_and_editions_come_back() -> None:
    """A statement is not a sub-provision of the same digits, and the label of an edition keeps its capitals."""
    table = "id,kind\n1#1,control\n1-1,control\n"
    odd = frameworks.loads(table, "odd.csv", framework="odd", edition="1X", title="Odd")
    both = [row(odd.key(one), "equal-to", B.key(other)) for one, other in (("1#1", "X-1"), ("1-1", "X-2"))]
    text = dumps(Crosswalk.from_mappings(both, odd, B))
    found = loads(text, FILE, ImportOptions(frameworks=(odd, B))).mappings
    assert [str(one.source) for one in found] == ["odd@1X:1#1", "odd@1X:1-1"]


_PAIRS = list(dict.fromkeys((item.source, item.target) for item in sets()))


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: "--".join(map(str, pair)))
def test_shipped_crosswalks_come_back(pair: tuple[object, object]) -> None:
    """All rows that are written are read as they were; where there are none, nothing is written."""
    across = crosswalk(*map(str, pair))
    if not (kept := rows(across).rows):
        with pytest.raises(NothingToWrite):
            dumps(across)
        return
    text = dumps(across)
    _check(_read(text))
    assert _plain(loads(text, FILE).mappings) == _plain(kept)


def test_the_format_holds_the_relations_that_it_has_words_for() -> None:
    """All but that nothing is shared, which its engine would take for an overlap."""
    words = {Predicate(one.value) for one in Relation if word_for(one, Scheme.CISO_ASSISTANT)} - {Predicate.NONE}
    assert FORMAT.predicates == words


# ------------------------------------------------------------------ laws


@given(generated.frameworks())
def test_a_framework_comes_back(framework: Framework) -> None:
    """Ids, parents, kinds, natures, titles and words of any framework; and it is written alike each time."""
    text = dumps(framework)
    assert text == dumps(framework)
    _check(_read(text))
    reading = loads(text, FILE)
    (found,) = reading.frameworks
    assert found.id == framework.id
    assert found.edition.title == framework.edition.title
    assert _elements(found) == _elements(framework)


@given(editions())
def test_an_edition_comes_back(catalogue: Catalogue) -> None:
    """All but its roles and statements."""
    text = dumps(catalogue)
    _check(_read(text))
    (found,) = loads(text, FILE).frameworks
    assert _elements(found) == [item for item in _elements(from_catalogue(catalogue)) if item[2] != "role"]


@given(crosswalks())
def test_a_crosswalk_comes_back(across: Crosswalk) -> None:
    """Every row that is written, in every field but the name of its set."""
    kept = rows(across).rows
    if kept:
        text = dumps(across)
        assert text == dumps(across)
        _check(_read(text))
        options = ImportOptions(frameworks=(across.source, across.target))
        assert _plain(loads(text, FILE, options).mappings) == _plain(kept)


@given(crosswalks())
def test_nothing_is_left_out_in_silence(across: Crosswalk) -> None:
    """What is written and what is left out are all rows, by number."""
    found = rows(across)
    left = sum(int(said.split(" ")[0].replace(",", "")) for said in found.omitted)
    assert len(found.rows) + left == len(tuple(across.claims()))


def test_the_hash_seed_changes_nothing() -> None:
    """The same bytes whatever the order of sets."""
    program = (
        "import sys; from aicop import load; from aicop.crosswalk import crosswalk; "
        "from aicop.interop.ciso_assistant import dumps, loads; "
        "text = dumps(load('uk-ai-cop')); "
        "sys.stdout.write(text + dumps(crosswalk('uk-ai-cop', 'iso-iec-42001')) + str(loads(text).dropped))"
    )
    outputs = {
        subprocess.run(  # noqa: S603 -- this interpreter
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed, "TZ": zone}, check=True, capture_output=True
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(outputs) == 1


def test_writing_needs_neither_pydantic_nor_pyyaml() -> None:
    """Both come with what a user brings."""
    program = (
        "import sys; from aicop.catalogue import load; from aicop.interop.ciso_assistant import dumps; "
        "dumps(load('uk-ai-cop')); assert not {'pydantic', 'yaml'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 -- this interpreter


# ------------------------------------------------------------------ names


def test_names_of_things() -> None:
    """URNs are lower case and keep ids apart; what is written is read back."""
    key = frameworks.load("nist-ai-rmf").key("GOVERN 1.1")
    assert node(key) == "urn:aicop:risk:req_node:nist-ai-rmf_1.0:govern-1.1"
    assert node(parse("uk-ai-cop:2.3#1")) == "urn:aicop:risk:req_node:uk-ai-cop_2025-01:2.3_1"
    assert node(ControlId(key.edition, "(#)")) == "urn:aicop:risk:req_node:nist-ai-rmf_1.0:u..0028.0023.0029"
    assert node(ControlId(key.edition, "A_1 (b)#")) == "urn:aicop:risk:req_node:nist-ai-rmf_1.0:a-1-b"
    assert written(label(key.edition)) == "nist-ai-rmf@1.0"
    assert ours("URN:AICOP:risk:framework:a_1")
    assert not ours("urn:intuitem:risk:framework:a_1")
    assert tail("urn:x:risk:req_node:f:a:b", 5) == "a:b"
    assert tail("urn:x:y", 5) == "y"


def test_facts_end_where_remarks_begin() -> None:
    """What follows an empty line is text, whatever it looks like."""
    text = write_annotation({"kind": "control", "other": "x: y"}) + "\nnature\nkind: second\n\nnature: risk"
    assert read_annotation(text, ["kind", "nature", "other"]) == {"kind": "control", "other": "x: y"}


# ------------------------------------------------------------------ reading


def _library(**objects: object) -> Plain:
    head = {
        "urn": "urn:them:risk:library:f",
        "ref_id": "f",
        "name": "F",
        "version": 7,
        "provider": "They",
        "locale": "fr",
    }
    return {**head, "objects": objects}


_HEAD = "urn:them:risk:req_node:f"
_FRAMEWORK: Plain = {
    "urn": "urn:them:risk:framework:f",
    "ref_id": "F-1",
    "name": "Their Framework",
    "description": "Long.",
    "min_score": 1,
    "requirement_nodes": [
        {"urn": f"{_HEAD}:node1", "assessable": False, "depth": 1, "name": " Part\tone ", "translations": {"fr": {}, "es": {}}},
        {"urn": f"{_HEAD}:A.1", "assessable": True, "depth": 2, "parent_urn": f"{_HEAD}:NODE1", "ref_id": "A.1", "description": "Do\nthis.", "annotation": "kind: x", "questions": {"q": {}}},
        {"urn": f"{_HEAD}:a.2", "ref_id": 12, "parent_urn": None, "description": None, "weight": 2, "threats": [], "questions": {}, "name": "", "reference_controls": ["urn:c"], "typical_evidence": "a log"},
        {"urn": f"{_HEAD}:b.1", "ref_id": "1.1", "assessable": True},
        {"urn": f"{_HEAD}:c.1", "ref_id": "1-1", "assessable": True, "importance": "mandatory"},
        {"urn": f"{_HEAD}:d.1", "ref_id": "D" * 101},
    ],
}  # fmt: skip
_SET: Plain = {
    "urn": "urn:them:risk:req_mapping_set:f-g",
    "ref_id": "f-g",
    "name": "F to CSF",
    "annotation": "inverse_of: x",
    "source_framework_urn": "urn:them:risk:framework:f",
    "target_framework_urn": "urn:them:risk:framework:nist-csf-2.0",
    "requirement_mappings": [
        {"source_requirement_urn": f"{_HEAD}:a.1", "target_requirement_urn": "urn:x:risk:req_node:csf:gv.oc-01", "relationship": "superset", "rationale": "semantic", "strength_of_relationship": 10},
        {"source_requirement_urn": f"{_HEAD}:B.1", "target_requirement_urn": "urn:x:risk:req_node:csf:PR.DS-01", "relationship": "intersect", "rationale": "Both say so.", "annotation": "So\nthere.", "strength_of_relationship": 4, "note": "x"},
        {"source_requirement_urn": f"{_HEAD}:a.2", "target_requirement_urn": "urn:x:risk:req_node:csf:gv", "relationship": "intersect"},
    ],
}  # fmt: skip


def _loads(library: object, options: ImportOptions = ImportOptions()) -> ImportResult:
    return loads(dump_yaml(library), FILE, options)  # type: ignore[arg-type]


def _faults(library: object, options: ImportOptions = ImportOptions()) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as caught:
        _loads(library, options)
    assert {fault.file for fault in caught.value.faults} == {FILE}
    return [(fault.path, fault.problem) for fault in caught.value.faults]


@pytest.mark.parametrize("field", ["framework", "frameworks"])
def test_the_framework_of_a_library_is_read(field: str) -> None:
    """Ids are references, or the ends of URNs where there is no reference of their own."""
    reading = _loads(_library(**{field: _FRAMEWORK}))
    (found,) = reading.frameworks
    assert str(found.id) == "their-framework@7"
    assert (found.edition.title, found.edition.publisher) == ("Their Framework", "They")
    assert _elements(found) == [
        ("their-framework@7:node1", None, "heading", Nature.REQUIREMENT, "Part one", None),
        ("their-framework@7:A.1", "their-framework@7:node1", "requirement", Nature.REQUIREMENT, None, "Do this."),
        ("their-framework@7:12", None, "heading", Nature.REQUIREMENT, None, None),
        ("their-framework@7:b.1", None, "requirement", Nature.REQUIREMENT, None, None),
        ("their-framework@7:c.1", None, "requirement", Nature.REQUIREMENT, None, None),
        ("their-framework@7:d.1", None, "heading", Nature.REQUIREMENT, None, None),
    ]
    assert reading.format == "ciso-assistant"
    assert reading.dropped == (
        "of library: locale, ref_id",
        "of frameworks: description, min_score",
        "2 translations",
        "1 annotation",
        "1 question",
        "1 link to a reference control",
        "1 note on typical evidence",
        "1 field weight",
        "1 importance",
        "3 references that could not be ids",
    )
    assert reading.unstated == ("the nature of 3 elements not to be assessed, taken for requirements",)


def test_several_frameworks_and_other_objects() -> None:
    """Lists are read in either field; what is no framework and no mapping is counted."""
    second = _FRAMEWORK | {"urn": "urn:them:risk:framework:g", "name": None, "ref_id": "G"}
    objects = {
        "threats": [{}, {}],
        "risk_matrix": {"grid": 1},
        "frameworks": [_FRAMEWORK, second],
        "reference_controls": [],
    }
    reading = _loads(_library(**objects))
    assert [str(one.id) for one in reading.frameworks] == ["their-framework@7", "g@7"]
    assert reading.frameworks[1].edition.title == "G"
    assert reading.dropped[-2:] == ("objects.threats: 2", "objects.risk_matrix: 1")


def test_a_library_of_other_things_holds_nothing_for_us() -> None:
    """No framework and no mapping; what there is is counted."""
    reading = _loads(_library(risk_matrices=[{}]))
    assert (reading.frameworks, reading.mappings) == ((), ())
    assert reading.dropped == ("of library: locale, ref_id", "objects.risk_matrices: 1")


def test_a_framework_is_called_as_the_caller_says() -> None:
    """By key and label; a key that is none is an error."""
    (found,) = _loads(_library(framework=_FRAMEWORK), ImportOptions(framework="own", edition="2")).frameworks
    assert str(found.id) == "own@2"
    with pytest.raises(InvalidId):
        _loads(_library(framework=_FRAMEWORK), ImportOptions(framework="No Key"))


@pytest.mark.parametrize("field", ["requirement_mapping_set", "requirement_mapping_sets"])
def test_the_mappings_of_a_library_are_read(field: str) -> None:
    """Frameworks are those of the file, and those whose name the URN has; strengths that cannot be are dropped."""
    reading = _loads(_library(framework=_FRAMEWORK, **{field: _SET}))
    assert [
        (str(one.source), one.predicate, str(one.target), one.strength, one.rationale, one.set)
        for one in reading.mappings
    ] == [
        ("their-framework@7:A.1", Predicate.SUPERSET, "nist-csf@2.0:GV.OC-01", None, None, "F to CSF"),
        (
            "their-framework@7:b.1",
            Predicate.INTERSECTS,
            "nist-csf@2.0:PR.DS-01",
            4,
            "Both say so. So there.",
            "F to CSF",
        ),
        ("their-framework@7:12", Predicate.INTERSECTS, "nist-csf@2.0:GV", None, None, "F to CSF"),
    ]
    assert reading.dropped[2:] == (
        "of sets of mappings: annotation, ref_id",
        "2 translations",
        "1 annotation",
        "1 question",
        "1 link to a reference control",
        "1 note on typical evidence",
        "1 field weight",
        "1 importance",
        "3 references that could not be ids",
        "1 kind of rationale",
        "1 strength that does not fit its relation",
        "1 field note",
    )
    assert reading.unstated[-1] == "the confidence of 3 mappings"


def _mapping(source: str, target: str, **more: object) -> Plain:
    return {"source_requirement_urn": source, "target_requirement_urn": target, "relationship": "intersect"} | more


def test_sides_are_what_the_caller_says() -> None:
    """For the first set, and for a set that turns it round."""
    rows_ = [_mapping("urn:x:risk:req_node:i:a.5.18", "urn:x:risk:req_node:c:pr.aa-05")]
    back = [_mapping("urn:x:risk:req_node:c:pr.aa-05", "urn:x:risk:req_node:i:a.5.18")]
    ends = {"source_framework_urn": "urn:x:risk:framework:i", "target_framework_urn": "urn:x:risk:framework:c"}
    turned = dict(zip(ends, reversed(ends.values()), strict=True))
    sets_ = [_SET | ends | {"requirement_mappings": rows_}, _SET | turned | {"requirement_mappings": back}]
    options = ImportOptions(source="iso-iec-27001", target="nist-csf@2.0")
    found = _loads(_library(requirement_mapping_sets=sets_), options).mappings
    assert [(str(one.source), str(one.target)) for one in found] == [
        ("iso-iec-27001@2022:A.5.18", "nist-csf@2.0:PR.AA-05"),
        ("nist-csf@2.0:PR.AA-05", "iso-iec-27001@2022:A.5.18"),
    ]
    with pytest.raises(UnknownEdition):
        _loads(_library(requirement_mapping_sets=sets_), ImportOptions(source="nowhere", target="nist-csf"))


def test_own_frameworks_are_found_by_key() -> None:
    """Of a URN that names a user's framework by its key, whosever it is."""
    ends = {"source_framework_urn": "urn:x:risk:framework:a", "target_framework_urn": "urn:aicop:risk:framework:b_1"}
    item = _mapping("urn:x:risk:req_node:a:x-1", "urn:aicop:risk:req_node:b_1:y-2")
    (found,) = _loads(_library(requirement_mapping_set=_SET | ends | {"requirement_mappings": [item]}), OWN).mappings
    assert (found.source, found.target) == (A.key("X-1"), B.key("Y-2"))


# ------------------------------------------------------------------ faults


def _changed(value: Plain, **fields: object) -> Plain:
    """Give a copy with fields changed, by paths such as ``requirement_nodes__1__urn``; None takes a field out."""
    found = copy.deepcopy(value)
    for path, given_ in fields.items():
        *steps, last = path.split("__")
        inner: Any = found
        for step in steps:
            inner = inner[int(step) if step.isdecimal() else step]
        if given_ is None:
            del inner[last]
        else:
            inner[last] = given_
    return found


_NODES = "objects.framework.requirement_nodes"
_ROWS = "objects.requirement_mapping_set.requirement_mappings"
_MINE = _changed(_FRAMEWORK, urn="urn:aicop:risk:framework:f_1", ref_id="f_1")


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        (["a"], [("", "must be a mapping, not list")]),
        (None, [("", "must be a mapping, not NoneType")]),
        ({}, [(field, "this field is missing") for field in ("urn", "name", "version", "objects")]),
        (_library() | {"objects": [], "version": True, "urn": 1}, [("urn", 'must be text, not int; write it in quotes: "1"'), ("version", 'must be text, not bool; write it in quotes: "true"'), ("objects", "input should be an object")]),
        (_library(framework=_FRAMEWORK, frameworks=[]), [("objects.frameworks", "stands beside objects.framework; a library has one of the two")]),
        (_library(frameworks=["a", {}]), [("objects.frameworks[0]", "must be a mapping, not str"), *((f"objects.frameworks[1].{field}", "this field is missing") for field in ("urn", "ref_id", "requirement_nodes"))]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes=[])), [(_NODES, "needs at least 1 item")]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes__1__urn=None, requirement_nodes__2__assessable="x")), [(f"{_NODES}[1].urn", "this field is missing"), (f"{_NODES}[2].assessable", "input should be a valid boolean, not 'x'")]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes__3__urn=f"{_HEAD}:A.2", requirement_nodes__1__parent_urn="urn:gone")), [(f"{_NODES}[3].urn", f"'{_HEAD}:A.2' stands at {_NODES}[2].urn already"), (f"{_NODES}[1].parent_urn", "there is no requirement node 'urn:gone'")]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes__0__parent_urn=f"{_HEAD}:a.1")), [(f"{_NODES}[0].parent_urn", "node1 is below A.1 is below node1: a circle")]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes__3__urn="urn:x:risk:req_node:f:z-9", requirement_nodes__4__urn="urn:x:risk:req_node:f:z.9")), [(f"{_NODES}[4].urn", "z.9 differs from z-9 only in case, separators or zeros")]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes__0__urn=f"{_HEAD}:{'x' * 101}", requirement_nodes__1__parent_urn=None)), [(f"{_NODES}[0].urn", f"'{'x' * 58}… (101 characters) cannot be an id")]),
        (_library(frameworks=[_FRAMEWORK, _FRAMEWORK]), [("objects.frameworks[1]", "their-framework@7 is another framework of this library already")]),
        (_library(framework=_changed(_MINE, ref_id="F")), [("objects.framework.ref_id", "'F' is not an edition id such as 'etsi-en-304-223@2.1.1'")]),
        (_library(framework=_changed(_MINE, requirement_nodes__1__annotation="nature: odd")), [(f"{_NODES}[1].annotation", f"'odd' is no nature; use one of: {', '.join(Nature)}")]),
        (_library(requirement_mapping_set={"urn": "urn:x"}), [(f"objects.requirement_mapping_set.{field}", "this field is missing") for field in ("name", "source_framework_urn", "target_framework_urn", "requirement_mappings")]),
        (_library(framework=_FRAMEWORK, requirement_mapping_set=_changed(_SET, requirement_mappings__0__strength_of_relationship=11, requirement_mappings__1__relationship=None)), [(f"{_ROWS}[0].strength_of_relationship", "input should be less than or equal to 10"), (f"{_ROWS}[1].relationship", "this field is missing")]),
        (_library(requirement_mapping_set=_SET), [("objects.requirement_mapping_set.source_framework_urn", "'urn:them:risk:framework:f' is no framework that is known here; say which one the source is (--source), or give it (--framework)")]),
        (_library(framework=_FRAMEWORK, requirement_mapping_set=_changed(_SET, target_framework_urn="urn:aicop:risk:framework:g_1")), [(f"{_ROWS}[{i}].target_requirement_urn", f"'urn:x:risk:req_node:csf:{name}' is no node of 'urn:aicop:risk:framework:g_1'") for i, name in enumerate(("gv.oc-01", "pr.ds-01", "gv"))]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_library(library: object, expected: list[tuple[str, str]]) -> None:
    """Every fault has its path and words, and nothing is half-loaded."""
    found = _faults(library)
    assert [item for item in found if item in expected] == expected
    assert len(found) == len(expected) or "g_1" in str(expected)


def test_odd_texts_are_quoted_in_what_is_told() -> None:
    """Control characters and long texts are tame, in messages and in what is dropped."""
    long = f"urn:{'x' * 200}"
    assert _faults(_library(framework=_changed(_FRAMEWORK, requirement_nodes__1__parent_urn=long))) == [
        (f"{_NODES}[1].parent_urn", f"there is no requirement node {excerpt(long)}")
    ]
    odd = _changed(_FRAMEWORK, **{"a\x1b": 1, f"requirement_nodes__0__{'c' * 99}": 1})
    dropped = _loads(_library(framework=odd, **{"d\x1b": [1]}) | {"e\x1b": 1}).dropped
    told = [one for one in dropped if "\\x1b" in one or "ccc" in one]
    assert told == [
        r"of library: 'e\x1b', locale, ref_id",
        r"of frameworks: 'a\x1b', description, min_score",
        f"1 field {excerpt('c' * 99)}",
        r"objects.'d\x1b': 1",
    ]


def test_empty_annotations_say_nothing() -> None:
    """Kind, nature and title are then those of the fields of a node, and the title of a framework its name."""
    mine = _changed(_MINE, requirement_nodes__0__annotation="kind: \nnature:  \ntitle: \t", annotation="title:  ")
    (found,) = _loads(_library(framework=mine)).frameworks
    first = found.controls[0]
    assert (first.kind, first.nature, first.title) == ("heading", Nature.REQUIREMENT, "Part one")
    assert found.edition.title == "Their Framework"


def test_kinds_of_annotations_are_one_line() -> None:
    """Without what cannot be printed."""
    mine = _changed(_MINE, requirement_nodes__0__annotation="kind:  part\x85of\u200b it ")
    (found,) = _loads(_library(framework=mine)).frameworks
    assert found.controls[0].kind == "part of it"


def test_ends_are_found_by_the_urns_that_are_written() -> None:
    """Where the signs of an id are lost in its URN too."""
    own = frameworks.loads("id,kind\n:,control\nA,control\n", "c.csv", framework="c", edition="1", title="C")
    ends = {
        "source_framework_urn": "urn:aicop:risk:framework:c_1",
        "target_framework_urn": "urn:aicop:risk:framework:b_1",
    }
    item = _mapping(node(own.key("c@1::")), node(B.key("X-1")))
    library = _library(requirement_mapping_set=_SET | ends | {"requirement_mappings": [item]})
    (found,) = _loads(library, ImportOptions(frameworks=(own, B))).mappings
    assert (found.source, found.target) == (own.key("c@1::"), B.key("X-1"))
    item["source_requirement_urn"] = "urn:aicop:risk:req_node:c_1:gone_1"
    assert _faults(library, ImportOptions(frameworks=(own, B))) == [
        (f"{_ROWS}[0].source_requirement_urn", "'c@1:gone#1': c@1 has no 'gone#1'.")
    ]


def test_what_is_wrong_with_mappings_comes_all_at_once() -> None:
    """Words that the format does not have, and ends that do not exist; a pair may stand twice."""
    bad = _changed(
        _SET,
        requirement_mappings__0__relationship="bogus",
        requirement_mappings__1__source_requirement_urn=f"{_HEAD}:gone",
    )
    bad["requirement_mappings"].append(bad["requirement_mappings"][0] | {"relationship": "equal"})
    found = _faults(_library(framework=_FRAMEWORK, requirement_mapping_set=bad))
    assert [place for place, _ in found] == [
        f"{_ROWS}[0].relationship",
        f"{_ROWS}[1].source_requirement_urn",
    ]
    assert found[0][1].startswith(
        "'bogus' is not a relation of CISO Assistant; use one of: equal, subset, superset, intersect"
    )
    assert found[1][1].startswith("'their-framework@7:gone': their-framework@7 has no 'gone'.")


def test_our_own_annotations_are_checked_like_any_column() -> None:
    """What somebody changed in a library of ours is told, with the place of the annotation."""
    text = (
        dumps(_small())
        .replace("confidence: 0.5", "confidence: 5", 1)
        .replace("relationship: superset", "relationship: equal", 1)
    )
    with pytest.raises(InvalidDocument) as caught:
        loads(text, FILE, OWN)
    place = "objects.requirement_mapping_sets[0].requirement_mappings"
    told = [(fault.path, fault.problem) for fault in caught.value.faults]
    assert [told[0], told[-1]] == [
        (f"{place}[0].annotation", "'5' does not have the form of this field, 0 to 1 with one decimal, such as 0.7"),
        (
            f"{place}[2].strength_of_relationship",
            "equal-to means that the target asks all that the source asks: strength 10, not 6",
        ),
    ]


def test_a_file_that_is_no_yaml_is_told_so() -> None:
    """By line."""
    with pytest.raises(InvalidDocument) as caught:
        loads("urn: &a x\nname: *a\n", FILE)
    assert [fault.path for fault in caught.value.faults] == ["line 1", "line 2"]


def test_an_own_edition_needs_no_guide(mini: Catalogue) -> None:
    """Without a guide there are no threats."""
    assert "threats" not in _read(dumps(mini))["objects"]


def _paths(value: object, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        inner = list(value.items() if isinstance(value, dict) else enumerate(value))
    return [steps, *(path for step, item in inner for path in _paths(item, (*steps, step)))]


_WHOLE = [_library(framework=_FRAMEWORK, requirement_mapping_set=_SET), _read(dumps(A)), _read(dumps(_small()))]
_ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["urn:", ":::::", "a@1", "x" * 300, [], {}, [[]], {"a": 1}, ["urn"], "kind: \nnature: risk", "confidence: x"])  # fmt: skip


@given(st.sampled_from(_WHOLE), st.lists(st.tuples(st.integers(0, 10_000), _ODD), min_size=1, max_size=3))
def test_no_other_error_ever_comes_out(whole: Plain, changes: list[tuple[int, object]]) -> None:
    """Whatever stands where something else should, a library is read or refused with faults."""
    changed: Any = {"": copy.deepcopy(whole)}
    for place, odd in changes:
        *steps, last = ("", *(paths := _paths(changed[""]))[place % len(paths)])
        inner = changed
        for step in steps:
            inner = inner[step]
        inner[last] = copy.deepcopy(odd)
    try:
        _loads(changed[""], OWN)
    except AicopError as error:
        assert str(error)


def test_ids_in_another_script_stay_apart() -> None:
    """Each has a URN of its own, for ever."""
    table = "id,kind,title\n\u0416,control,one\n\u042f,control,two\n--,control,three\n"
    framework = frameworks.loads(table, "own.csv", framework="own", edition="1", title="T")
    urns = [
        one["urn"].rpartition(":")[2] for one in _read(dumps(framework))["objects"]["framework"]["requirement_nodes"]
    ]
    assert urns == ["u..0436", "u..044f", "u..002d.002d"]
    assert _elements(loads(dumps(framework), FILE).frameworks[0]) == _elements(framework)


def test_what_somebody_wrote_into_a_file_of_ours_is_counted() -> None:
    """A reason beside ours, and lines that we do not know."""
    library = _read(dumps(crosswalk("uk-ai-cop", "iso-iec-42001")))
    first = library["objects"]["requirement_mapping_sets"][0]["requirement_mappings"][0]
    before = loads(json.dumps(library), FILE)
    first["rationale"] = "Agreed by the board."
    first["annotation"] += "\nowner: somebody\nLooked at twice."
    after = loads(json.dumps(library), FILE)
    assert after.mappings == before.mappings
    assert set(after.dropped) - set(before.dropped) == {
        "1 rationale in words, beside the one in the annotation",
        "2 lines of annotations",
    }


def test_a_set_that_was_turned_round_is_read_where_it_stands_alone() -> None:
    """What it was turned round from may be in another file."""
    library = _read(dumps(crosswalk("uk-ai-cop", "iso-iec-42001")))
    straight, turned = library["objects"]["requirement_mapping_sets"]
    library["objects"]["requirement_mapping_sets"] = [turned]
    alone = loads(json.dumps(library), FILE)
    assert len(alone.mappings) == len(straight["requirement_mappings"])
    assert {str(one.source.edition) for one in alone.mappings} == {"iso-iec-42001@2023"}
    library["objects"]["requirement_mapping_sets"] = [turned, straight]
    both = loads(json.dumps(library), FILE, ImportOptions(source="uk-ai-cop", target="iso-iec-42001"))
    assert {str(one.source.edition) for one in both.mappings} == {"uk-ai-cop@2025-01"}


def test_two_sets_of_one_name_are_two_sets() -> None:
    """And a pair that stands twice in one is joined."""
    twice = _changed(_SET, requirement_mappings=[_SET["requirement_mappings"][0]] * 2)
    reading = _loads(_library(framework=_FRAMEWORK, requirement_mapping_sets=[twice, twice | {"urn": "urn:x:other"}]))
    assert [one.set for one in reading.mappings] == [_SET["name"], f"{_SET['name']}: 2"]
    assert "2 mappings of pairs that are mapped before, joined" in reading.dropped


def test_what_cannot_be_printed_is_counted() -> None:
    """In names and descriptions."""
    reading = _loads(_library(framework=_changed(_FRAMEWORK, requirement_nodes__1__name="a\u200bb")))
    assert reading.frameworks[0].controls[1].title == "ab"
    assert "1 character that cannot be printed" in reading.dropped


def test_a_urn_is_not_empty() -> None:
    """Nothing could lead to it."""
    assert _faults(_library(framework=_changed(_FRAMEWORK, requirement_nodes__0__urn=""))) == [
        (f"{_NODES}[0].urn", "string should have at least 1 character, not ''")
    ]


def test_of_two_sets_that_turn_each_other_round_one_is_read() -> None:
    """And one that says something else than what it says it turns round is read too; not one that says less."""
    library = _read(dumps(crosswalk("uk-ai-cop", "iso-iec-42001")))
    straight, turned = library["objects"]["requirement_mapping_sets"]
    count = len(straight["requirement_mappings"])
    straight["annotation"] += f"\ninverse_of: {turned['urn']}"
    assert len(loads(json.dumps(library), FILE).mappings) == count
    turned["requirement_mappings"].pop()
    assert len(loads(json.dumps(library), FILE).mappings) == count
    turned["requirement_mappings"][0]["relationship"] = "equal"
    reading = loads(json.dumps(library), FILE)
    assert len(reading.mappings) == 2 * count - 1
    assert not any("the other way round" in said for said in reading.dropped)


def test_names_of_sets_are_told_apart_whatever_they_are() -> None:
    """Also where one is called as another is numbered."""
    name = _SET["name"]
    sets_ = [_SET | {"urn": f"urn:x:{n}", "name": one} for n, one in enumerate([name, f"{name}: 2", name])]
    reading = _loads(_library(framework=_FRAMEWORK, requirement_mapping_sets=sets_))
    assert list(dict.fromkeys(one.set for one in reading.mappings)) == [name, f"{name}: 2", f"{name}: 3"]
