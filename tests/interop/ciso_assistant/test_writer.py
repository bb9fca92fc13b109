"""Libraries of CISO Assistant, written and read again."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import assume, given

from aicop import Catalogue, frameworks, load
from aicop.catalogue import loads as load_own
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import NothingToWrite
from aicop.frameworks import Framework, available, from_catalogue
from aicop.ids import StatementId
from aicop.interop.ciso_assistant import FORMAT, dumps, loads, rows
from aicop.interop.ciso_assistant.writer import MAX_NAME_LENGTH, assessable
from aicop.interop.common.format import ImportOptions
from aicop.interop.common.rows import rows_of
from aicop.manifest import editions as shipped
from aicop.mappings import sets
from aicop.relations import Scheme, word_for
from aicop.vocabulary import Predicate, Relation
from tests.examples import A, B, mini_edition, row
from tests.interop import generated
from tests.interop.ciso_assistant.examples import FILE, OWN, Plain, _elements, _read, _small
from tests.interop.generated import MOSTLY_ASKING, crosswalks, editions
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from aicop.model import Mapping


def _nodes(library: Plain) -> dict[str, Plain]:
    return {item["ref_id"]: item for item in library["objects"]["framework"]["requirement_nodes"]}


def _plain(mappings: tuple[Mapping, ...]) -> list[Plain]:
    """Return rows as plain values, with their ends as text and without the name of their set."""
    return [
        attrs.asdict(attrs.evolve(one, set=""), recurse=False) | {"source": str(one.source), "target": str(one.target)}
        for one in mappings
    ]


# ------------------------------------------------------------------ what is written


def test_the_hand_made_edition_matches_its_snapshot(mini: Catalogue) -> None:
    """The output for the hand-made edition is byte for byte as before."""
    same_as_snapshot("ciso_assistant.yaml", dumps(mini))


def test_a_provision_has_all_that_the_format_has_a_field_for(code: Catalogue) -> None:
    """A provision has its number, title, text, duty holders, phase, verb and threats."""
    found = _nodes(_read(dumps(code)))["5.4.1"]
    head = "urn:aicop:risk:req_node:uk-ai-cop_2025-01"
    provision = code["5.4.1"]
    assert found["urn"] == f"{head}:5.4.1"
    assert found["parent_urn"] == f"{head}:5.4"
    assert (found["assessable"], found["depth"]) == (True, 4)
    assert found["name"] == provision.title
    assert provision.statements[0].action in found["description"]
    assert found["implementation_groups"] == ["secure-development", "developer", "data-custodian", "system-operator"]
    assert found["importance"] == "mandatory"
    assert provision.guidance is not None
    assert [one.rpartition(":")[2] for one in found["threats"]] == [one.key for one in provision.guidance.threats]
    assert found["annotation"].startswith("kind: sub-provision\nnature: requirement\nphase: secure-development\n")
    of_guide = "DSIT Implementation Guide of the Code, 5.4.1, threats"
    assert f"{of_guide}: {provision.guidance.threat_summary}" in found["annotation"].splitlines()


def test_an_edition_is_assessed_by_its_provisions(mini: Catalogue) -> None:
    """Provisions are assessable, including those with sub-provisions; phases and principles are headings."""
    nodes = _nodes(_read(dumps(mini)))
    asked = {"1.1", "1.1.1", "1.2", "2.1", "2.10"}
    assert list(nodes) == ["secure-start", "P1", "1.1", "1.1.1", "1.2", "secure-stop", "P2", "2.1", "2.10"]
    assert {name for name, item in nodes.items() if item["assessable"]} == asked
    assert [item["depth"] for item in nodes.values()] == [1, 2, 3, 4, 3, 1, 2, 3, 3]
    assert {key.local for key in assessable(from_catalogue(mini))} == asked


def test_the_strongest_verb_is_the_importance(mini: Catalogue) -> None:
    """Shall is mandatory, should recommended, may and can nice to have; the annotation has all verbs."""
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


def test_the_strongest_verb_may_come_last() -> None:
    """The importance does not depend on the order of the statements."""
    turned = mini_edition()
    turned["phases"][0]["principles"][0]["provisions"][2]["statements"].reverse()
    found = _nodes(_read(dumps(load_own(json.dumps(turned), "turned.json"))))["1.2"]
    assert found["importance"] == "mandatory"
    assert "modality: should, shall" in found["annotation"].splitlines()


def test_phases_and_duty_holders_are_implementation_groups(code: Catalogue) -> None:
    """Groups are the phases and the roles with duties, with the edition's definitions."""
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


def test_a_library_names_its_origin(code: Catalogue) -> None:
    """Publisher, licence and date are those of the data, and the caller sets the version."""
    library = _read(dumps(code, version=3))
    assert (library["version"], library["locale"], library["packager"]) == (3, "en", "aicop")
    assert library["publication_date"] == "2025-01-31"
    assert library["provider"] == code.edition.publisher
    assert library["copyright"] == f"Licence of the publication: {code.edition.licence}"
    assert _read(dumps(code))["version"] == 1


# The form of a URN that CISO Assistant's models and its checking tool require.
_URN = re.compile(r"urn:aicop:risk:(?:library|framework|req_node|req_mapping_set|threat)(?::[0-9a-z._-]+)+")


def _urns(value: object, field: str = "") -> list[str]:
    """Return the values of all fields that hold URNs."""
    if isinstance(value, dict):
        return [found for name, item in value.items() for found in _urns(item, name)]
    if isinstance(value, list):
        return [found for item in value for found in _urns(item, field)]
    return [str(value)] if field.endswith("urn") or field in {"dependencies", "threats"} else []


def _check(library: Plain) -> None:
    """Check what CISO Assistant and its database require."""
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
def test_shipped_frameworks_are_valid_and_round_trip(edition: object) -> None:
    """Every shipped edition and framework is valid and restored."""
    framework = frameworks.load(str(edition))
    text = dumps(framework)
    _check(_read(text))
    (found,) = loads(text, FILE).frameworks
    assert found.id == framework.id
    assert _elements(found) == _elements(framework)


@pytest.mark.parametrize("edition", shipped(), ids=str)
def test_editions_round_trip_without_roles_and_statements(edition: object) -> None:
    """An edition is restored as its framework view, without the roles, which are groups."""
    catalogue = load(str(edition))
    text = dumps(catalogue)
    _check(_read(text))
    reading = loads(text, FILE)
    (found,) = reading.frameworks
    assert _elements(found) == [item for item in _elements(from_catalogue(catalogue)) if item[2] != "role"]
    assert (found.edition.title, found.edition.publisher) == (catalogue.edition.title, catalogue.edition.publisher)
    framework = _read(text)["objects"]["framework"]
    annotations = "\n".join(one["annotation"] for one in (framework, *framework["requirement_nodes"])).split("\n")
    left = [line for line in annotations if line and line.partition(":")[0] not in {"kind", "nature", "title"}]
    assert reading.dropped == (
        "fields of the library: copyright, description, locale, packager, publication_date, ref_id",
        "fields of frameworks: description, implementation_groups_definition",
        f"{len(left)} lines of annotations",
        "181 assignments to implementation groups",
        "72 importances",
        "262 links to threats",
        "objects.threats: 56",
    )


def test_long_titles_are_cut_and_restored() -> None:
    """A name has at most 200 characters, and the annotation has the whole title."""
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


def test_missing_facts_are_not_written() -> None:
    """A user's framework without publisher, licence, date, titles or words has no such fields."""
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


def test_a_small_crosswalk_matches_its_snapshot() -> None:
    """The output for the small crosswalk is byte for byte as before."""
    same_as_snapshot("ciso_assistant_mapping.yaml", dumps(_small()))


def test_a_crosswalk_is_written_in_both_directions() -> None:
    """CISO Assistant reads a set one way only, so the inverse is a second set without strengths."""
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


def test_a_small_crosswalk_round_trips() -> None:
    """Every field of every row is restored, and the inverse set is skipped."""
    reading = loads(dumps(_small()), FILE, OWN)
    assert _plain(reading.mappings) == _plain(_small().mappings)
    assert reading.unstated == (
        "the author of 1 mapping",
        "the date of 1 mapping",
        "the rationale of 1 mapping",
        "the confidence of 1 mapping",
    )
    assert reading.dropped == (
        "fields of the library: dependencies, description, locale, packager, publication_date, ref_id",
        "fields of mapping sets: ref_id",
        "1 mapping set that is the inverse of another",
    )


def test_rows_that_ciso_assistant_would_misuse_are_skipped() -> None:
    """Rows at headings would overwrite results, and a second row of a pair would count twice."""
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
            row(A.key("Y-2"), "nothing-found", None, searched=B.id),
        ],
        A,
        B,
    )
    found = rows(mixed)
    assert _plain(found.rows) == _plain(mixed.mappings[:1])
    assert sorted(found.omitted) == sorted(
        [
            "1 row: cannot express 'no-relationship'",
            "1 row: cannot express 'related, type not stated'",
            "1 row: cannot express 'mitigates'",
            "1 row: no counterpart found",
            "2 rows: an element is not assessable",
            "2 rows: less confident than another row for the same pair",
        ]
    )
    assert _read(dumps(mixed))["description"] == f"1 mapping, and their inverses. Skipped {'; '.join(found.omitted)}."


def test_statements_are_left_out(code: Catalogue) -> None:
    """Rows of statements are skipped, since audits assess provisions."""
    across = crosswalk("uk-ai-cop", "etsi-en-304-223")
    assert not any(isinstance(one.source, StatementId) for one in rows(across).rows)
    assert any(isinstance(one.source, StatementId) for one in rows_of(across).rows)
    assert len(assessable(from_catalogue(code))) == len(code)


def test_no_empty_set_is_written() -> None:
    """CISO Assistant accepts no empty set, so the error lists the skipped rows."""
    links = Crosswalk.from_mappings([row(A.key("Y-1"), "mitigates", B.key("R"))], A, B)
    with pytest.raises(NothingToWrite) as caught:
        dumps(links)
    assert (
        str(caught.value)
        == "ciso-assistant cannot represent any mapping from a@1 to b@1; skipped: 1 row: cannot express 'mitigates'"
    )
    with pytest.raises(NothingToWrite) as caught:
        dumps(Crosswalk.from_mappings([], A, B))
    assert str(caught.value) == "ciso-assistant cannot represent any mapping from a@1 to b@1"


def test_no_framework_is_mapped_to_itself() -> None:
    """CISO Assistant refuses a set within one framework, so its rows are skipped."""
    itself = Crosswalk.from_mappings([row(A.key("X-1"), "intersects-with", A.key("X-2"))], A, A)
    assert rows(itself).rows == ()
    assert rows(itself).omitted == ("1 row: source and target are the same framework",)
    assert rows(Crosswalk.from_mappings([], A, A)).omitted == ()


def test_missing_dates_and_authors_are_not_made_up() -> None:
    """A library of rows without dates and authors has neither."""
    bare_rows = Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", B.key("X-1"), author=None, date=None)], A, B)
    library = _read(dumps(bare_rows))
    assert not {"publication_date", "provider", "copyright"} & library.keys()


def test_a_long_list_of_authors_is_cut() -> None:
    """The provider is cut to the length of a name."""
    names = [letter * 150 for letter in "pq"]
    both = [
        row(A.key(one), "equal-to", B.key(one), author=name) for one, name in zip(("X-1", "X-2"), names, strict=True)
    ]
    library = _read(dumps(Crosswalk.from_mappings(both, A, B)))
    assert library["provider"] == f"{names[0]}; {names[1]}"[:MAX_NAME_LENGTH]


def test_odd_ids_and_editions_round_trip() -> None:
    """Ids that differ only in punctuation and capitals in an edition are restored."""
    table = "id,kind\n1#1,control\n1-1,control\n"
    odd = frameworks.loads(table, "odd.csv", framework="odd", edition="1X", title="Odd")
    both = [row(odd.key(one), "equal-to", B.key(other)) for one, other in (("1#1", "X-1"), ("1-1", "X-2"))]
    text = dumps(Crosswalk.from_mappings(both, odd, B))
    found = loads(text, FILE, ImportOptions(frameworks=(odd, B))).mappings
    assert [str(one.source) for one in found] == ["odd@1X:1#1", "odd@1X:1-1"]


_PAIRS = list(dict.fromkeys((item.source, item.target) for item in sets()))


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: "--".join(map(str, pair)))
def test_shipped_crosswalks_round_trip(pair: tuple[object, object]) -> None:
    """Every row that can be expressed is restored, and without any the export is refused."""
    across = crosswalk(*map(str, pair))
    if not (kept := rows(across).rows):
        with pytest.raises(NothingToWrite):
            dumps(across)
        return
    text = dumps(across)
    _check(_read(text))
    assert _plain(loads(text, FILE).mappings) == _plain(kept)


def test_the_format_holds_the_relations_that_it_has_words_for() -> None:
    """All relations but no-relationship, which its engine would take for an overlap."""
    words = {Predicate(one.value) for one in Relation if word_for(one, Scheme.CISO_ASSISTANT)} - {Predicate.NONE}
    assert FORMAT.predicates == words


# ------------------------------------------------------------------ laws


@given(generated.frameworks())
def test_a_framework_round_trips(framework: Framework) -> None:
    """Ids, parents, kinds, natures, titles and words are restored, and the text is reproducible."""
    text = dumps(framework)
    assert text == dumps(framework)
    _check(_read(text))
    reading = loads(text, FILE)
    (found,) = reading.frameworks
    assert found.id == framework.id
    assert found.edition.title == framework.edition.title
    assert _elements(found) == _elements(framework)


@given(editions())
def test_an_edition_round_trips(catalogue: Catalogue) -> None:
    """An edition is restored without its roles and statements."""
    text = dumps(catalogue)
    _check(_read(text))
    (found,) = loads(text, FILE).frameworks
    assert _elements(found) == [item for item in _elements(from_catalogue(catalogue)) if item[2] != "role"]


@given(crosswalks(MOSTLY_ASKING, least=1))
def test_a_crosswalk_round_trips(across: Crosswalk) -> None:
    """Every row that can be expressed is restored in all fields but the set."""
    kept = rows(across).rows
    assume(kept)
    text = dumps(across)
    assert text == dumps(across)
    _check(_read(text))
    options = ImportOptions(frameworks=(across.source, across.target))
    assert _plain(loads(text, FILE, options).mappings) == _plain(kept)


@given(crosswalks())
def test_skipped_rows_are_counted(across: Crosswalk) -> None:
    """Written and skipped rows add up to all claims."""
    found = rows(across)
    left = sum(int(phrase.split(" ")[0].replace(",", "")) for phrase in found.omitted)
    assert len(found.rows) + left == len(tuple(across.claims()))


def test_the_output_is_reproducible() -> None:
    """The bytes do not depend on hash seed or time zone."""
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
    """Writing needs neither pydantic nor PyYAML, which only reading needs."""
    program = (
        "import sys; from aicop.catalogue import load; from aicop.interop.ciso_assistant import dumps; "
        "dumps(load('uk-ai-cop')); assert not {'pydantic', 'yaml'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 -- this interpreter


def test_an_own_edition_needs_no_guide(mini: Catalogue) -> None:
    """An edition without a guide has no threats."""
    assert "threats" not in _read(dumps(mini))["objects"]
