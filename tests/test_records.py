"""Records as plain data and back."""

from __future__ import annotations

import json
import pkgutil
import random
from importlib import import_module
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aicop
from aicop import frameworks
from aicop.assessment import Assessment, AssessmentReport, FileState, check, compare, merge, next_steps, upgrade
from aicop.assessment.status.gate import Rule
from aicop.catalogue import loads
from aicop.crosswalk import crosswalk
from aicop.errors import InvalidDocument
from aicop.graph import graph
from aicop.ids import ControlId, EditionId, JointId, PhaseId, PrincipleId, ProvisionId, StatementId
from aicop.library import Library
from aicop.model import Evidence, System
from aicop.records import from_dict, to_dict, to_plain
from aicop.relations import RelationSet
from aicop.schema import RECORDS, json_schema
from aicop.vocabulary import Relation
from tests.assessment.examples import ON, assessment, system, verdict
from tests.assessment.upgrades import random_assessment
from tests.examples import derived_edition
from tests.report.examples import EMPTY, facts

CODE = frameworks.load("uk-ai-cop")
CONTROLS = [*frameworks.load("nist-csf"), ControlId(EditionId("acme", "2026"), "AC-1"), *frameworks.load("stride")]
KEYS = [*CODE, *CONTROLS]


def of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for the ids of a class: of what ships, and of a framework that does not."""
    return st.sampled_from([key for key in KEYS if isinstance(key, kind)])


def assessments() -> st.SearchStrategy[Assessment]:
    """Return a strategy for assessments without faults, some of which inherit from another one."""

    def made(seed: int, files: dict[str, FileState], bases: int) -> Assessment:
        chance = random.Random(seed)
        return attrs.evolve(
            random_assessment(chance, EDITION),
            files=files,
            bases=[random_assessment(chance, EDITION) for _ in range(bases)],
        )

    files = st.dictionaries(st.sampled_from(["EV-1", "EV-2"]), st.sampled_from(FileState))
    return st.builds(made, st.integers(0, 99), files, st.integers(0, 1))


EDITION, STANDARD = aicop.load("uk-ai-cop"), aicop.load("etsi-en-304-223")
STRATEGIES: dict[type[Any], st.SearchStrategy[Any]] = {
    **{kind: of(kind) for kind in (ProvisionId, StatementId, PrincipleId, PhaseId, ControlId)},
    EditionId: st.sampled_from([EditionId("uk-ai-cop", "2025-01"), EditionId("acme", "2026")]),
    JointId: st.lists(of(ProvisionId), min_size=2, max_size=3, unique=True).map(JointId),
    RelationSet: st.frozensets(st.sampled_from(Relation)).map(RelationSet),
    Assessment: assessments(),
    # A report holds almost every other record, so that a random one takes minutes.
    AssessmentReport: st.sampled_from([facts(), EMPTY]),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


@pytest.fixture(autouse=True, scope="module")
def _strategies() -> None:
    """Let hypothesis make records whose ids exist."""
    for kind, strategy in STRATEGIES.items():
        st.register_type_strategy(kind, strategy)


@pytest.mark.parametrize("name", RECORDS)
# Waves and critical paths hold many records each.
@settings(max_examples=25, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(data=st.data())
def test_every_record_survives_json(name: str, data: st.DataObject) -> None:
    """Any record is equal after it was written as JSON and read."""
    kind: type[Any] = getattr(import_module(RECORDS[name]), name)
    record = data.draw(st.from_type(kind))
    assert from_dict(kind, json.loads(json.dumps(to_dict(record)))) == record


def test_every_record_has_a_schema() -> None:
    """Every class with a form as plain data is found by its name, except the answers of the server, which name their own."""
    found = set()
    for module in pkgutil.walk_packages(aicop.__path__, "aicop."):
        if module.name.startswith(("aicop.mcp", "aicop._", "aicop.__main__")):
            continue
        for name, kind in vars(import_module(module.name)).items():
            own = isinstance(kind, type) and kind.__module__ == module.name and attrs.has(kind)
            if own and "__get_pydantic_core_schema__" in vars(kind):
                found.add((name, module.name))
    assert found - {("RelationSet", "aicop.relations"), ("UnknownKey", "aicop.errors")} == set(RECORDS.items())


@pytest.mark.parametrize("name", RECORDS)
def test_the_schema_of_a_record_has_its_fields(name: str) -> None:
    """The schema has the name of the class as its title, and its fields, and allows no others."""
    kind: type[Any] = getattr(import_module(RECORDS[name]), name)
    schema = json_schema(name)
    assert schema["title"] == name
    assert schema["additionalProperties"] is False
    unwritten = {"catalogue", "folder", "origin"} if kind is Assessment else set()
    fields = {field.alias for field in kind.__attrs_attrs__ if field.init}
    assert set(schema["properties"]) == fields - unwritten


def test_real_records_survive() -> None:
    """Provisions with guidance, claims with paths, reports, comparisons and impacts are equal after a round trip."""
    code, walk = aicop.load("uk-ai-cop"), crosswalk("etsi-en-304-223", "iso-iec-42001")
    claims = list(walk.claims())
    records = [*(code[key] for key in code), *claims, walk.coverage(), *walk.gaps(), *walk.omissions]
    records += [aicop.compare("uk-ai-cop", "etsi-en-304-223"), graph(code).impact("3.1"), graph(code).order()]
    assert {type(record).__name__ for record in records} >= {"Provision", "Claim", "CoverageReport", "Gap", "Impact"}
    for record in records:
        assert from_dict(type(record), json.loads(json.dumps(to_dict(record)))) == record


def test_real_records_of_assessments_survive() -> None:
    """Assessments with bases, and what is asked of them, are equal after a round trip."""
    about = random_assessment(random.Random(5), EDITION)
    about = attrs.evolve(about, bases=[about], files={"EV-1": FileState.CHANGED})
    records = [about, *about.states(ON), *next_steps(about, ON), *about.history]
    records += [about.status(ON, level) for level in ("statement", "edition", "role")]
    records += [check(about, Rule, ON), upgrade(about, Library(), "etsi-en-304-223", ON)]
    records += [compare(about, "2026-01-01", ON), merge(about, "key,verdict,note\n5.1,fail,No.\n", "x.csv")]
    names = {
        "Assessment",
        "StatementState",
        "NextStep",
        "HistoryRow",
        "Status",
        "GateResult",
        "Upgrade",
        "Progress",
        "Merge",
    }
    assert {type(record).__name__ for record in records} == names
    for record in records:
        assert from_dict(type(record), json.loads(json.dumps(to_dict(record)))) == record


def test_the_edition_of_an_assessment_is_looked_up() -> None:
    """An edition of yours needs its library; what was read has no folder, and so cannot be saved by mistake."""
    own = loads(json.dumps(derived_edition("uk-ai-cop@2025-01")), "own.json")
    library = Library().with_edition(own)
    about = Assessment(system=system(edition=own.id), catalogue=own, verdicts=[verdict("5.1#1", catalogue=own)])
    data = to_dict(about)
    assert data.keys().isdisjoint({"catalogue", "folder", "origin"})
    read = from_dict(Assessment, data, library=library)
    assert (read, read.folder) == (about, None)
    with pytest.raises(InvalidDocument) as caught:
        from_dict(Assessment, data)
    [fault] = caught.value.faults
    assert str(fault).startswith(f"Assessment: system.edition: '{own.id}'")


def test_all_faults_of_an_assessment_are_reported() -> None:
    """Verdicts that cannot be, and bases of other editions, are faults of the plain data, each with its place."""
    base = Assessment(system=System(name="b", title="B", edition=STANDARD.id, roles=[]), catalogue=STANDARD)
    about = assessment(verdict("5.1#1"), verdict("6.1#1", "not applicable", evidence=["EV-9"]))
    data = to_dict(about) | {"bases": [to_dict(base)], "pool": {"EV-1": to_dict(Evidence(id="EV-1", title="One"))}}
    with pytest.raises(InvalidDocument) as caught:
        from_dict(Assessment, data)
    assert {str(fault) for fault in caught.value.faults} == {
        "Assessment: verdicts, row 2, column 'reason': a statement that is not applicable needs a reason",
        "Assessment: verdicts, row 2, column 'evidence': there is no evidence 'EV-9'; did you mean EV-1?",
        "Assessment: bases[0].system.edition: must be uk-ai-cop@2025-01, not etsi-en-304-223@2.1.1",
    }


def test_ids_of_an_edition_of_yours_need_its_library() -> None:
    """Without the library, an id of which only the form is known is taken for that of an element of a framework."""
    own = loads(json.dumps(derived_edition("uk-ai-cop@2025-01")), "own.json")
    assert own.base is not None
    library = Library().with_edition(own)
    mapping = library.mappings(library.mapping_sets()[-1].name)[0]
    assert {mapping.source_edition, mapping.target_edition} == {own.base.id, own.id}
    data = to_dict(mapping)
    assert from_dict(type(mapping), data, library=library) == mapping
    read = from_dict(type(mapping), data)
    assert isinstance(read.target, ControlId)
    assert str(read.target) == str(mapping.target)


def test_all_faults_of_a_record_are_reported() -> None:
    """Each with its place and the likely mistake: a wrong term, id, type and name, and a field that is missing."""
    data = to_dict(aicop.load("uk-ai-cop")["5.1"])
    data["statements"][0]["modality"] = "shal"
    data["titel"] = data.pop("title")
    data["position"] = "3"
    data["principle"] = "uk-ai-cop:P55"
    data["parent"] = 5
    with pytest.raises(InvalidDocument) as caught:
        from_dict(aicop.Provision, data)
    assert {str(fault) for fault in caught.value.exceptions} == {
        "Provision: title: this field is missing",
        "Provision: titel: unknown field; did you mean title?",
        "Provision: position: input should be a valid integer, not '3'",
        "Provision: parent: must be text, the id of a provision",
        "Provision: statements[0].modality: must be one of shall, should, may, can, not 'shal'; did you mean 'shall'?",
        "Provision: principle: 'uk-ai-cop:P55': uk-ai-cop@2025-01 has the principles P1 to P13. "
        "Nearest: uk-ai-cop@2025-01:P13.",
    }


def test_a_term_of_a_record_is_exact() -> None:
    """A record is read as it is written; "Shall" is no term."""
    data = to_dict(aicop.load("uk-ai-cop")["5.1"].statements[0])
    with pytest.raises(InvalidDocument) as caught:
        from_dict(aicop.Statement, data | {"modality": "Shall"})
    assert ["modality" in str(fault) for fault in caught.value.exceptions] == [True]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ({CODE.key("5.1"): (1, 2.5)}, {"uk-ai-cop@2025-01:5.1": [1, 2.5]}),
        (RelationSet([Relation.NONE, Relation.EQUAL]), ["equal-to", "no-relationship"]),
        ([Relation.EQUAL, None, True], ["equal-to", None, True]),
    ],
)
def test_values_become_plain(value: object, plain: object) -> None:
    """Keys of dictionaries are text, relations are listed in their order, and plain values stay as they are."""
    assert to_plain(value) == plain
    assert type(to_plain(value)) is type(plain)


@pytest.mark.parametrize("value", [CODE, {1}, object(), lambda: None])
def test_what_is_no_record_is_refused(value: object) -> None:
    """A framework or a set has no form as plain data."""
    with pytest.raises(TypeError, match=r"no form as plain data|not a record"):
        to_dict(value)


@pytest.mark.parametrize("value", [{1}, object(), [lambda: None]])
def test_what_has_no_form_is_refused(value: object) -> None:
    """`to_plain` takes plain data, ids, terms and records, and what is made of these."""
    with pytest.raises(TypeError, match="has no form as plain data"):
        to_plain(value)


@pytest.mark.parametrize("value", [CODE.key("5.1"), "text", None, [1]])
def test_plain_values_are_no_records(value: object) -> None:
    """`to_dict` takes records alone."""
    with pytest.raises(TypeError, match="is not a record"):
        to_dict(value)


LIBRARY = aicop.Library()
WHOLES = [
    EDITION,
    LIBRARY,
    LIBRARY.graph("uk-ai-cop"),
    LIBRARY.crosswalk("uk-ai-cop", "nist-csf"),
    LIBRARY.mappings_of("uk-ai-cop:5.1")[0],
]


@pytest.mark.parametrize("whole", WHOLES, ids=lambda whole: type(whole).__name__)
def test_what_records_are_looked_up_in_is_none(whole: object) -> None:
    """What `to_dict` writes can be read again, so that it writes no catalogue and no library."""
    with pytest.raises(TypeError, match=rf"^{type(whole).__name__} is not a record; aicop\.schema\.RECORDS names"):
        to_dict(whole)


@pytest.mark.parametrize(("kind", "name"), [(dict, "dict"), (type(CODE), "Framework"), ("Provision", "'Provision'")])
def test_only_records_are_read(kind: type[object], name: str) -> None:
    """`from_dict` takes classes of records alone."""
    with pytest.raises(TypeError, match=rf"^{name} is not the class of a record; "):
        from_dict(kind, {})
