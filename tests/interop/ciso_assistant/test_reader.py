"""Libraries of CISO Assistant by other authors."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import frameworks
from aicop.crosswalk import crosswalk
from aicop.errors import AicopError, InvalidDocument, InvalidId, UnknownEdition, excerpt
from aicop.files.yaml_text import dump_yaml
from aicop.interop.ciso_assistant import dumps, loads
from aicop.interop.ciso_assistant.urns import node
from aicop.interop.common.format import ImportOptions, ImportResult
from aicop.vocabulary import Nature, Predicate
from tests.examples import A, B
from tests.interop.ciso_assistant.examples import FILE, OWN, Plain, _elements, _read, _small


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
    """Ids are references, or the ends of URNs if the reference is missing or not usable."""
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
        "fields of the library: locale, ref_id",
        "fields of frameworks: description, min_score",
        "2 translations",
        "1 annotation",
        "1 question",
        "1 link to a reference control",
        "1 note on typical evidence",
        "1 field weight",
        "1 importance",
        "3 references that cannot be used as ids",
    )
    assert reading.unstated == ("the nature of 3 elements that are not assessable (assumed: requirement)",)


def test_ids_that_cannot_be_told_apart_get_numbers() -> None:
    """An id that an earlier node has gets a number that leads to no other id; long ids are shortened, also to one."""
    long = "x" * 150
    tails = ["z-9", "z.9", "Z 9", "z.9-2", f"{long}1", f"{long}2", "R26", "R26+", "R26-"]
    nodes: list[Plain] = [{"urn": f"{_HEAD}:{tail}", "assessable": True} for tail in tails]
    nodes.append({"urn": f"{_HEAD}:below", "parent_urn": f"{_HEAD}:Z.9", "assessable": True})
    reading = _loads(_library(framework=_changed(_FRAMEWORK, requirement_nodes=nodes)))
    (found,) = reading.frameworks
    ids = [item.id.local for item in found.controls]
    assert ids == [
        *("z-9", "z.9-3", "z 9-4", "z.9-2", "x" * 100, f"{'x' * 92}-2", "r26", "r26+", "r26-", "below"),
    ]
    assert str(found.controls[-1].parent) == "their-framework@7:z.9-3"
    assert reading.dropped[2:] == (
        "2 ids shortened to 100 characters",
        "3 ids with a number added, because other elements have them",
    )
    # Mappings find each of them by its URN.
    for tail, own in zip(tails, ids, strict=False):
        assert str(found.key(f"{_HEAD}:{tail}")) == f"their-framework@7:{own}"


def test_several_frameworks_and_other_objects() -> None:
    """Frameworks in either field are read, and other objects are counted."""
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


def test_a_library_without_frameworks_or_mappings_is_empty() -> None:
    """Objects other than frameworks and mappings are counted."""
    reading = _loads(_library(risk_matrices=[{}]))
    assert (reading.frameworks, reading.mappings) == ((), ())
    assert reading.dropped == ("fields of the library: locale, ref_id", "objects.risk_matrices: 1")


def test_options_name_the_framework() -> None:
    """Options name the framework, and an invalid key raises InvalidId."""
    (found,) = _loads(_library(framework=_FRAMEWORK), ImportOptions(framework="own", edition="2")).frameworks
    assert str(found.id) == "own@2"
    with pytest.raises(InvalidId):
        _loads(_library(framework=_FRAMEWORK), ImportOptions(framework="No Key"))


@pytest.mark.parametrize("field", ["requirement_mapping_set", "requirement_mapping_sets"])
def test_the_mappings_of_a_library_are_read(field: str) -> None:
    """Frameworks are found in the file or by URN, and impossible strengths are dropped."""
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
        "fields of mapping sets: annotation, ref_id",
        "2 translations",
        "1 annotation",
        "1 question",
        "1 link to a reference control",
        "1 note on typical evidence",
        "1 field weight",
        "1 importance",
        "3 references that cannot be used as ids",
        "1 kind of rationale",
        "1 strength that does not fit its relation",
        "1 field note",
    )
    assert reading.unstated[-1] == "the confidence of 3 mappings"


def _mapping(source: str, target: str, **more: object) -> Plain:
    return {"source_requirement_urn": source, "target_requirement_urn": target, "relationship": "intersect"} | more


def test_options_name_both_sides() -> None:
    """Options name the frameworks of the first set, and of a set in the other direction."""
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
    """A URN whose last part is the key of a user's framework names it, whatever its namespace."""
    ends = {"source_framework_urn": "urn:x:risk:framework:a", "target_framework_urn": "urn:aicop:risk:framework:b_1"}
    item = _mapping("urn:x:risk:req_node:a:x-1", "urn:aicop:risk:req_node:b_1:y-2")
    (found,) = _loads(_library(requirement_mapping_set=_SET | ends | {"requirement_mappings": [item]}), OWN).mappings
    assert (found.source, found.target) == (A.key("X-1"), B.key("Y-2"))


# ------------------------------------------------------------------ faults


def _changed(value: Plain, **fields: object) -> Plain:
    """Return a copy with fields changed by path, such as ``requirement_nodes__1__urn``; None removes a field."""
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
        (_library(framework=_FRAMEWORK, frameworks=[]), [("objects.frameworks", "cannot be used together with objects.framework; remove one of the two")]),
        (_library(frameworks=["a", {}]), [("objects.frameworks[0]", "must be a mapping, not str"), *((f"objects.frameworks[1].{field}", "this field is missing") for field in ("urn", "ref_id", "requirement_nodes"))]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes=[])), [(_NODES, "needs at least 1 item")]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes__1__urn=None, requirement_nodes__2__assessable="x")), [(f"{_NODES}[1].urn", "this field is missing"), (f"{_NODES}[2].assessable", "input should be a valid boolean, not 'x'")]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes__3__urn=f"{_HEAD}:A.2", requirement_nodes__1__parent_urn="urn:gone")), [(f"{_NODES}[3].urn", f"'{_HEAD}:A.2' is already used at {_NODES}[2].urn"), (f"{_NODES}[1].parent_urn", "no requirement node has the URN 'urn:gone'")]),
        (_library(framework=_changed(_FRAMEWORK, requirement_nodes__0__parent_urn=f"{_HEAD}:a.1")), [(f"{_NODES}[0].parent_urn", "the parents form a cycle: node1 is below A.1 is below node1")]),
        (_library(frameworks=[_FRAMEWORK, _FRAMEWORK]), [("objects.frameworks[1]", "their-framework@7 is already the id of another framework in this library")]),
        (_library(framework=_changed(_MINE, ref_id="F")), [("objects.framework.ref_id", "'F' is not an edition id such as 'etsi-en-304-223@2.1.1'")]),
        (_library(framework=_changed(_MINE, requirement_nodes__1__annotation="nature: odd")), [(f"{_NODES}[1].annotation", f"'odd' is not a nature; use one of: {', '.join(Nature)}")]),
        (_library(requirement_mapping_set={"urn": "urn:x"}), [(f"objects.requirement_mapping_set.{field}", "this field is missing") for field in ("name", "source_framework_urn", "target_framework_urn", "requirement_mappings")]),
        (_library(framework=_FRAMEWORK, requirement_mapping_set=_changed(_SET, requirement_mappings__0__strength_of_relationship=11, requirement_mappings__1__relationship=None)), [(f"{_ROWS}[0].strength_of_relationship", "input should be less than or equal to 10"), (f"{_ROWS}[1].relationship", "this field is missing")]),
        (_library(requirement_mapping_set=_SET), [("objects.requirement_mapping_set.source_framework_urn", "'urn:them:risk:framework:f' is not a known framework; add it to your library, or say which it is with --resource URN=FRAMEWORK, or --source if it is the only one")]),
        (_library(framework=_FRAMEWORK, requirement_mapping_set=_changed(_SET, target_framework_urn="urn:aicop:risk:framework:g_1")), [(f"{_ROWS}[{i}].target_requirement_urn", f"'urn:x:risk:req_node:csf:{name}' is not a node of 'urn:aicop:risk:framework:g_1'") for i, name in enumerate(("gv.oc-01", "pr.ds-01", "gv"))]),
    ],
)  # fmt: skip
def test_faults_of_a_library(library: object, expected: list[tuple[str, str]]) -> None:
    """Every fault is reported with its path and problem."""
    found = _faults(library)
    assert [item for item in found if item in expected] == expected
    assert len(found) == len(expected) or "g_1" in str(expected)


def test_odd_texts_are_escaped_in_messages() -> None:
    """Control characters and long texts are escaped or cut in faults and dropped fields."""
    long = f"urn:{'x' * 200}"
    assert _faults(_library(framework=_changed(_FRAMEWORK, requirement_nodes__1__parent_urn=long))) == [
        (f"{_NODES}[1].parent_urn", f"no requirement node has the URN {excerpt(long)}")
    ]
    odd = _changed(_FRAMEWORK, **{"a\x1b": 1, f"requirement_nodes__0__{'c' * 99}": 1})
    dropped = _loads(_library(framework=odd, **{"d\x1b": [1]}) | {"e\x1b": 1}).dropped
    phrases = [one for one in dropped if "\\x1b" in one or "ccc" in one]
    assert phrases == [
        r"fields of the library: 'e\x1b', locale, ref_id",
        r"fields of frameworks: 'a\x1b', description, min_score",
        f"1 field {excerpt('c' * 99)}",
        r"objects.'d\x1b': 1",
    ]


def test_empty_annotations_are_ignored() -> None:
    """With empty annotations, kind, nature and title come from the fields of the node."""
    mine = _changed(_MINE, requirement_nodes__0__annotation="kind: \nnature:  \ntitle: \t", annotation="title:  ")
    (found,) = _loads(_library(framework=mine)).frameworks
    first = found.controls[0]
    assert (first.kind, first.nature, first.title) == ("heading", Nature.REQUIREMENT, "Part one")
    assert found.edition.title == "Their Framework"


def test_kinds_of_annotations_are_one_line() -> None:
    """A kind in an annotation becomes one line without unprintable characters."""
    mine = _changed(_MINE, requirement_nodes__0__annotation="kind:  part\x85of\u200b it ")
    (found,) = _loads(_library(framework=mine)).frameworks
    assert found.controls[0].kind == "part of it"


def test_ends_are_found_by_their_exported_urns() -> None:
    """An id is found by its URN even if the URN has lost its punctuation."""
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


def test_all_faults_of_mappings_are_reported_at_once() -> None:
    """Unknown relations and missing elements are reported together."""
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


def test_annotations_are_checked_like_columns() -> None:
    """An invalid change to an exported library is reported at its annotation."""
    text = (
        dumps(_small())
        .replace("confidence: 5", "confidence: 0.5", 1)
        .replace("relationship: superset", "relationship: equal", 1)
    )
    with pytest.raises(InvalidDocument) as caught:
        loads(text, FILE, OWN)
    place = "objects.requirement_mapping_sets[0].requirement_mappings"
    faults = [(fault.path, fault.problem) for fault in caught.value.faults]
    assert [faults[0], faults[-1]] == [
        (
            f"{place}[0].annotation",
            "'0.5' is not valid in this field; expected a whole number from 0 to 10; write 5 for 0.5",
        ),
        (
            f"{place}[2].strength_of_relationship",
            "equal-to requires strength 10, not 6: the target asks all that the source asks",
        ),
    ]


def test_unsupported_yaml_is_reported() -> None:
    """Anchors and aliases are faults with their lines."""
    with pytest.raises(InvalidDocument) as caught:
        loads("urn: &a x\nname: *a\n", FILE)
    assert [fault.path for fault in caught.value.faults] == ["line 1", "line 2"]


def _paths(value: object, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict | list):
        inner = list(value.items() if isinstance(value, dict) else enumerate(value))
    return [steps, *(path for step, item in inner for path in _paths(item, (*steps, step)))]


_WHOLE = [_library(framework=_FRAMEWORK, requirement_mapping_set=_SET), _read(dumps(A)), _read(dumps(_small()))]
_ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["urn:", ":::::", "a@1", "x" * 300, [], {}, [[]], {"a": 1}, ["urn"], "kind: \nnature: risk", "confidence: x"])  # fmt: skip


@given(st.sampled_from(_WHOLE), st.lists(st.tuples(st.integers(0, 10_000), _ODD), min_size=1, max_size=3))
def test_only_aicops_errors_are_raised(whole: Plain, changes: list[tuple[int, object]]) -> None:
    """A library with arbitrary changes is read, or raises an error of aicop."""
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


def test_additions_to_an_exported_file_are_counted() -> None:
    """A further rationale and unknown lines of annotations are counted as dropped."""
    library = _read(dumps(crosswalk("uk-ai-cop", "iso-iec-42001")))
    first = library["objects"]["requirement_mapping_sets"][0]["requirement_mappings"][0]
    before = loads(json.dumps(library), FILE)
    first["rationale"] = "Agreed by the board."
    first["annotation"] += "\nowner: somebody\nLooked at twice."
    after = loads(json.dumps(library), FILE)
    assert after.mappings == before.mappings
    assert set(after.dropped) - set(before.dropped) == {
        "1 rationale besides the one in the annotation",
        "2 lines of annotations",
    }


def test_an_inverse_set_is_read_if_it_is_alone() -> None:
    """An inverse set is read if the set that it inverts is not in the file."""
    library = _read(dumps(crosswalk("uk-ai-cop", "iso-iec-42001")))
    straight, turned = library["objects"]["requirement_mapping_sets"]
    library["objects"]["requirement_mapping_sets"] = [turned]
    alone = loads(json.dumps(library), FILE)
    assert len(alone.mappings) == len(straight["requirement_mappings"])
    assert {str(one.source_edition) for one in alone.mappings} == {"iso-iec-42001@2023"}
    library["objects"]["requirement_mapping_sets"] = [turned, straight]
    both = loads(json.dumps(library), FILE, ImportOptions(source="uk-ai-cop", target="iso-iec-42001"))
    assert {str(one.source_edition) for one in both.mappings} == {"uk-ai-cop@2025-01"}


def test_two_sets_of_one_name_are_two_sets() -> None:
    """Sets of one name get different names, and duplicate pairs are merged."""
    twice = _changed(_SET, requirement_mappings=[_SET["requirement_mappings"][0]] * 2)
    reading = _loads(_library(framework=_FRAMEWORK, requirement_mapping_sets=[twice, twice | {"urn": "urn:x:other"}]))
    assert [one.set for one in reading.mappings] == [_SET["name"], f"{_SET['name']}: 2"]
    assert "2 further mappings of the same pairs, merged" in reading.dropped


def test_unprintable_characters_are_counted() -> None:
    """Unprintable characters are removed from names and counted."""
    reading = _loads(_library(framework=_changed(_FRAMEWORK, requirement_nodes__1__name="a\u200bb")))
    assert reading.frameworks[0].controls[1].title == "ab"
    assert "1 unprintable character" in reading.dropped


def test_a_urn_is_not_empty() -> None:
    """An empty URN is a fault."""
    assert _faults(_library(framework=_changed(_FRAMEWORK, requirement_nodes__0__urn=""))) == [
        (f"{_NODES}[0].urn", "string should have at least 1 character, not ''")
    ]


def test_one_of_two_inverse_sets_is_read() -> None:
    """A set is skipped if it only inverts another, and read if it states something else."""
    library = _read(dumps(crosswalk("uk-ai-cop", "iso-iec-42001")))
    straight, turned = library["objects"]["requirement_mapping_sets"]
    count = len(straight["requirement_mappings"])
    straight["annotation"] += f"\ninverse_of: {turned['urn']}"
    assert len(loads(json.dumps(library), FILE).mappings) == count
    turned["requirement_mappings"].pop()
    assert len(loads(json.dumps(library), FILE).mappings) == count
    turned["requirement_mappings"][0]["relationship"] = "superset"
    reading = loads(json.dumps(library), FILE)
    assert len(reading.mappings) == 2 * count - 1
    assert not any("the other way round" in phrase for phrase in reading.dropped)


def test_names_of_sets_are_unique() -> None:
    """A numbered name never collides with the name of another set."""
    name = _SET["name"]
    sets_ = [_SET | {"urn": f"urn:x:{n}", "name": one} for n, one in enumerate([name, f"{name}: 2", name])]
    reading = _loads(_library(framework=_FRAMEWORK, requirement_mapping_sets=sets_))
    assert list(dict.fromkeys(one.set for one in reading.mappings)) == [name, f"{name}: 2", f"{name}: 3"]
