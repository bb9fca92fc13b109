"""Derived editions: a base with provisions added, changed and dropped."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, EditionId, Modality, PhaseId, PrincipleId, ProvisionId, load
from aicop.catalogue import loads
from aicop.errors import InvalidDocument, UnknownEdition
from aicop.ids import clause_order
from aicop.schema.edition import ChangedProvisionSchema, DerivedEditionSchema
from aicop.vocabulary import Change, Grade, Status
from tests.examples import derived_edition, mini_edition, plain_provision, plain_statement

if TYPE_CHECKING:
    from collections.abc import Callable

ACME = EditionId("acme-code", "2026")
MAY = plain_statement("may", "Developer", "start")


def finder(*known: Catalogue) -> Callable[[str], Catalogue]:
    """Return a loader of these editions and of those that ship."""
    catalogues = {str(item.id): item for item in known}

    def find(key: str) -> Catalogue:
        return catalogues[key] if key in catalogues else load(key)

    return find


def derive(base: Catalogue, **more: object) -> Catalogue:
    """Return an edition that is based on *base*."""
    return loads(json.dumps(derived_edition(str(base.id), **more)), "acme.json", load=finder(base))


def changed(number: str, kinds: list[str], **more: object) -> dict[str, Any]:
    """Return the plain data of a changed provision."""
    return {"number": number, "changes": kinds, "note": f"{number} changed."} | more


@pytest.mark.parametrize("document", ["uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"])
def test_an_edition_without_differences_is_its_base_under_other_ids(document: str) -> None:
    """Everything but the ids is inherited: guidance, pointers, annotations, scope, terms and sources."""
    base = load(document)
    found = derive(base)
    assert (found.edition.based_on, found.base) == (base.id, base)
    assert (found.scope, found.stakeholders, found.terms, found.threats) == (
        base.scope,
        base.stakeholders,
        base.terms,
        base.threats,
    )
    assert [item.id for item in found.phases] == [PhaseId(ACME, item.id.slug) for item in base.phases]
    assert [(item.title, item.clause, item.stage, item.source) for item in found.phases] == [
        (item.title, item.clause, item.stage, item.source) for item in base.phases
    ]
    for one, other in zip(found.principles, base.principles, strict=True):
        assert one.id == PrincipleId(ACME, other.id.number)
        assert [key.number for key in one.provisions] == [key.number for key in other.provisions]
        assert attrs.evolve(one, id=other.id, phase=other.phase, provisions=other.provisions) == other
    for item, old in zip(found.values(), base.values(), strict=True):
        assert item.id == ProvisionId(ACME, old.id.number)
        ids = {*(part.principle.edition for part in item.pointers), item.principle.edition, item.phase.edition}
        assert ids == {ACME}
        assert item.parent is None or item.parent == ProvisionId(ACME, old.parent.number if old.parent else "")
        same = {name: getattr(old, name) for name in ("id", "principle", "phase", "parent", "pointers")}
        assert attrs.evolve(item, **same) == old
        assert [(part.clause, part.principle.number, part.purpose) for part in item.pointers] == [
            (part.clause, part.principle.number, part.purpose) for part in old.pointers
        ]


def test_a_derived_edition_is_looked_up_like_any_other() -> None:
    """Numbers, written keys, principles and phases are those of the derived edition."""
    found = derive(load("uk-ai-cop"))
    for key in ("5.4.1", "acme-code@2026:5.4.1", "acme-code:5.4.1", "Provision 5.4.1"):
        assert str(found[key].id) == "acme-code@2026:5.4.1"
    assert str(found.principle(5).id) == "acme-code@2026:P5"
    assert str(found.phase("Secure Design").id) == "acme-code@2026:secure-design"
    assert str(found.find("5.4#1")) == "acme-code@2026:5.4#1"
    assert [item.id.number for item in found.children("5.4")] == ["5.4.1", "5.4.2"]
    assert "6.2" in [item.provision.id.number for item in found.select(threat="model-extraction")]
    assert repr(found) == "<Catalogue acme-code@2026: 13 principles, 72 provisions>"
    clause = derive(load("etsi-en-304-223"))
    assert str(clause.find("5.1.1-2.1")) == "acme-code@2026:5.1.1-2.1"


def test_corrections_of_the_base_reach_the_derived_edition(mini: Catalogue) -> None:
    """The same file on a corrected base has the correction, unless the file itself changes that field."""
    data = mini_edition()
    data["phases"][0]["principles"][0]["title"] = "Begin better"
    for place in (0, 2):
        data["phases"][0]["principles"][0]["provisions"][place]["title"] = "Corrected"
    corrected = loads(json.dumps(data))
    change = [changed("1.2", ["wording"], title="Ours")]
    before, after = (derive(base, changed=change) for base in (mini, corrected))
    assert [before[number].title for number in ("1.1", "1.2")] == ["Title of 1.1", "Ours"]
    assert [after[number].title for number in ("1.1", "1.2")] == ["Corrected", "Ours"]
    assert after.principle(1).title == "Begin better"


def test_a_change_replaces_the_fields_that_it_gives() -> None:
    """Given fields are replaced and the source is that of the file; all other fields are inherited."""
    code = load("uk-ai-cop")
    pointer = {"clause": "7", "principle": 7, "purpose": "ours"}
    note = {"observation": "o", "reading": "r", "reason": "w", "erratum": False}
    more = {"title": "T", "pointers": [pointer], "footnotes": [3], "annotations": [note], "guidance": "6.2"}
    statements = [plain_statement("shall", "Developer", "a"), plain_statement("may", "Developer", "b")]
    found = derive(
        code,
        changed=[
            changed("6.1", ["wording", "strength", "scope of duty"], statements=statements, reverse_note="Back."),
            changed("5.1", ["pointer", "pointer"], **more),
        ],
    )
    first, second = found["5.1"], found["6.1"]
    assert (first.title, first.footnotes, first.pointers[0].principle) == ("T", (3,), PrincipleId(ACME, 7))
    assert (first.annotations[0].reading, first.guidance) == ("r", code["6.2"].guidance)
    assert (first.source.key, second.source.key, found["5.2"].source) == ("acme", "acme", code["5.2"].source)
    assert first.statements == code["5.1"].statements
    assert [(one.ordinal, one.modality, one.action) for one in second.statements] == [
        (1, Modality.SHALL, "a"),
        (2, Modality.MAY, "b"),
    ]
    assert (second.title, second.guidance) == (code["6.1"].title, code["6.1"].guidance)
    assert str(found.find("6.1#2")) == "acme-code@2026:6.1#2"
    # In printed order, with the most significant change first and without repetition.
    assert [(item.provision.number, item.changes, item.note, item.reverse_note) for item in found.changed] == [
        ("5.1", (Change.POINTER,), "5.1 changed.", None),
        ("6.1", (Change.SCOPE, Change.STRENGTH, Change.WORDING), "6.1 changed.", "Back."),
    ]


def test_own_provisions_stand_in_printed_order() -> None:
    """An own provision is where its number belongs, may have a parent and guidance, and has the file's source."""
    code = load("uk-ai-cop")
    own = [
        plain_provision("5.4.3", MAY, principle=5, parent="5.4"),
        plain_provision("5.10", MAY, principle=5, guidance="6.2"),
        plain_provision("5.10.1", MAY, principle=5, parent="5.10"),
        plain_provision("1.3", MAY, principle=1),
    ]
    found = derive(code, own=own)
    numbers = [item.number for item in found]
    assert numbers == sorted(numbers, key=clause_order)
    assert set(numbers) - {item.number for item in code} == {"5.4.3", "5.10", "5.10.1", "1.3"}
    assert [item.position for item in found.values()] == list(range(1, 77))
    assert [item.id.number for item in found.children("5.4")] == ["5.4.1", "5.4.2", "5.4.3"]
    assert found.parent("5.10.1") is found["5.10"]
    assert (found["5.10"].guidance, found["1.3"].guidance) == (code["6.2"].guidance, None)
    assert (found["5.10"].source.key, found["5.10"].phase.slug) == ("acme", "secure-development")


def test_dropped_provisions_are_gone(mini: Catalogue) -> None:
    """A dropped provision is not found, and its reason is kept with the id in the base."""
    reasons = [{"number": "2.1", "reason": "R2."}, {"number": "1.1.1", "reason": "R1."}]
    found = derive(mini, dropped=reasons)
    assert [item.number for item in found] == ["1.1", "1.2", "2.10"]
    assert found.get("2.1") is None
    assert [(str(item.provision), item.reason) for item in found.dropped] == [
        ("mini-code@1:1.1.1", "R1."),
        ("mini-code@1:2.1", "R2."),
    ]


def test_facts_of_the_publication_are_not_inherited(mini: Catalogue) -> None:
    """The legal status, licence, address and dates are of the base; the derived edition states its own or none."""
    bare = derive(mini, source=None).edition
    assert (bare.force, bare.address, bare.licence, bare.ships, bare.digest) == (None,) * 5
    assert (bare.dates, bare.status, bare.source.key, bare.source.grade) == ((), Status.CURRENT, "acme", Grade.DIRECT)
    sources = [derived_edition()["sources"][0] | {"key": key} for key in ("a", "b")]
    event = {"event": "published", "date": "2026-02", "source": "a"}
    told = derive(
        mini, sources=sources, source="b", status="superseded", force="Binding.", address="https://acme.example",
        licence="Internal.", dates=[event],
    ).edition  # fmt: skip
    assert (told.force, told.address, told.licence) == ("Binding.", "https://acme.example", "Internal.")
    assert (told.published, told.status, told.source.key) == ("2026-02", Status.SUPERSEDED, "b")


def test_scope_roles_and_terms_can_be_replaced() -> None:
    """Each of the three lists replaces that of the base if it is given, and is inherited otherwise."""
    code = load("uk-ai-cop")
    scope = [{"key": "voluntary", "statement": "Binding at ACME.", "source": "acme"}]
    found = derive(code, scope=scope)
    assert [item.statement for item in found.scope] == ["Binding at ACME."]
    assert (found.stakeholders, found.terms) == (code.stakeholders, code.terms)
    roles = [{"role": "Developer", "definition": "Our teams.", "source": "acme"}]
    found = derive(code, stakeholders=roles, terms=[])
    assert found.stakeholder("Developer").definition == "Our teams."
    assert (found.terms, found.scope, len(found.stakeholders)) == ((), code.scope, 1)


def test_a_derived_edition_can_be_a_base(mini: Catalogue) -> None:
    """In a chain, each edition inherits the differences of the one before, but not its lists of differences."""
    first = derive(
        mini, changed=[changed("1.1", ["wording"], title="First")], dropped=[{"number": "2.1", "reason": "R"}]
    )
    data = derived_edition(str(first.id), own=[plain_provision("2.2", MAY, principle=2)]) | {"edition": "2027"}
    second = loads(json.dumps(data), load=finder(first))
    assert [str(item) for item in second] == [f"acme-code@2027:{n}" for n in ("1.1", "1.1.1", "1.2", "2.2", "2.10")]
    assert second["1.1"].title == "First"
    assert (second.changed, second.dropped, second.base) == ((), (), first)


def faults(**more: object) -> list[tuple[str, str]]:
    """Return the faults of an edition that is based on the hand-made one."""
    mini = loads(json.dumps(mini_edition()))
    with pytest.raises(InvalidDocument) as caught:
        derive(mini, **more)
    assert {fault.file for fault in caught.value.faults} == {"acme.json"}
    return [(fault.path, fault.problem) for fault in caught.value.faults]


FIELDS = "title, guidance, statements, pointers, footnotes, annotations"
FAULTS: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
    (
        "numbers that the base lacks",
        {"changed": [changed("1.11", ["wording"], title="T")], "dropped": [{"number": "9.9", "reason": "R"}]},
        [
            ("changed[0].number", "mini-code@1 has no provision 1.11; did you mean 1.1.1?"),
            ("dropped[0].number", "mini-code@1 has no provision 9.9"),
        ],
    ),
    (
        "own number of the base, dropped or not",
        {
            "own": [plain_provision("1.1", MAY, principle=1), plain_provision("2.1", MAY, principle=2)],
            "dropped": [{"number": "2.1", "reason": "R"}],
        },
        [
            ("dropped[0].number", "2.1 is already used at own[1].number"),
            (
                "own[0].number",
                "mini-code@1 already has a provision 1.1; list it under changed, or use another number",
            ),
            (
                "own[1].number",
                "mini-code@1 already has a provision 2.1; list it under changed, or use another number",
            ),
        ],
    ),
    (
        "own provisions in wrong places",
        {
            "own": [
                plain_provision("1.3", MAY, principle=2),
                plain_provision("3.1", MAY, principle=3),
                plain_provision("1.2.1", MAY, principle=1, parent="1.1"),
                plain_provision("2.3", MAY, principle=2, parent="2.4"),
                plain_provision("2.10.1", MAY, principle=2, parent="2.10"),
                plain_provision("1.4", MAY, principle=1, parent="1.4"),
            ],
            "dropped": [{"number": "2.10", "reason": "R"}],
        },
        [
            ("own[0].number", "1.3 must begin with 2. in this principle"),
            ("own[1].principle", "mini-code@1 has no principle 3"),
            ("own[2].parent", "1.2.1 is not numbered as a sub-provision of 1.1"),
            ("own[3].parent", "there is no provision 2.4"),
            ("own[4].parent", "2.10 is dropped"),
            ("own[5].parent", "1.4 is not numbered as a sub-provision of 1.4"),
        ],
    ),
    (
        "a parent without its children, and a principle without provisions",
        {"dropped": [{"number": number, "reason": "R"} for number in ("1.1", "2.1", "2.10")]},
        [
            ("dropped[0].number", "1.1.1 would have no parent; drop the sub-provisions of 1.1 too"),
            ("dropped[1].number", "P2 would have no provisions; keep one, or add one of your own"),
        ],
    ),
    (
        "a change of nothing",
        {"changed": [changed("1.1", ["wording"])]},
        [("changed[0]", f"no field differs from mini-code@1; give at least one of: {FIELDS}")],
    ),
    (
        "changes that the kinds omit",
        {
            "changed": [
                changed("1.1", ["wording"], statements=[plain_statement("should", "End-user", "begin")]),
                changed("1.1.1", ["strength"], statements=[plain_statement("should", "Developer", "begin late")]),
            ]
        },
        [
            ("changed[0].changes", "statements[0] has should instead of shall; add 'strength'"),
            ("changed[0].changes", "statements[0] has other duty holders; add 'scope of duty'"),
            (
                "changed[1].changes",
                "statements[0] has the same verb and differs otherwise; add a kind of change other than 'strength'",
            ),
        ],
    ),
    (
        "unknown sources, guidance and pointers, and statements that contradict themselves",
        {
            "source": "x",
            "scope": [{"key": "a", "statement": "A.", "source": "acme"}] * 2,
            "changed": [
                changed("1.1", ["pointer"], source="y", pointers=[{"clause": "9", "principle": 9, "purpose": "p"}])
            ],
            "own": [
                plain_provision("1.3", MAY | {"attribution": "implied"}, principle=1, guidance="1.1", source="acme")
            ],
        },
        [
            ("scope[1].key", "a is already used at scope[0].key"),
            ("source", "the source 'x' is not listed in sources"),
            ("changed[0].source", "the source 'y' is not listed in sources"),
            ("own[0].guidance", "the guide of mini-code@1 has no entry 1.1"),
            (
                "own[0].statements[0].as_printed",
                "required if the attribution is 'stated', and not allowed otherwise",
            ),
            ("changed[0].pointers[0].principle", "there is no principle 9"),
        ],
    ),
    (
        "itself as its base",
        {"edition": "1", "document": "mini-code"},
        [("based_on", "an edition cannot be based on itself")],
    ),
    (
        "an id that ships, and other faults with it",
        {"document": "uk-ai-cop", "edition": "2025-01", "dropped": [{"number": "9.9", "reason": "R"}]},
        [
            ("document", "uk-ai-cop@2025-01 ships with aicop; use another document key or another edition"),
            ("dropped[0].number", "mini-code@1 has no provision 9.9"),
        ],
    ),
    (
        "the id of a framework that ships",
        {"document": "nist-csf", "edition": "2.0"},
        [("document", "nist-csf@2.0 ships with aicop; use another document key or another edition")],
    ),
    (
        "a form that the schema rejects",
        {"changed": [{"number": "1.1", "note": "N.", "title": "T"}], "sources": [], "phases": []},
        [
            ("sources", "needs at least 1 item"),
            ("changed[0].changes", "this field is missing"),
            ("phases", "unknown field; did you mean changes?"),
        ],
    ),
    (
        "kinds that no change has",
        {"changed": [changed("1.1", ["identical"], title="T")]},
        [
            (
                "changed[0].changes[0]",
                "must be one of spelling, footnote, wording, pointer, reference, strength, scope of duty, "
                "not 'identical'",
            )
        ],
    ),
]


@pytest.mark.parametrize(("more", "expected"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_all_faults_are_reported_at_once(more: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """The faults of a file are raised together, each with its place and advice."""
    assert faults(**more) == expected


def test_an_unknown_base_is_a_fault_at_its_field() -> None:
    """The error of the loader is reported at `based_on`, with an id that ships if there is one."""
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(derived_edition("uk-ai-cop@2025-02", document="eu-ai-act", edition="2024")), "acme.json")
    assert [fault.path for fault in caught.value.faults] == ["document", "based_on"]
    assert "did you mean uk-ai-cop@2025-01?" in caught.value.faults[1].problem

    def unknown(key: str) -> Catalogue:
        raise UnknownEdition(key, ("mini-code@1",))

    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(derived_edition("mini-code@2")), load=unknown)
    assert caught.value.faults[0].problem == "'mini-code@2' is not a known edition; use mini-code@1"


def test_a_complete_edition_under_a_shipped_id_is_refused() -> None:
    """A file cannot replace an edition that ships, and its other faults are reported too."""
    data = mini_edition() | {"document": "etsi-en-304-223", "edition": "2.1.1"}
    expected = ("document", "etsi-en-304-223@2.1.1 ships with aicop; use another document key or another edition")
    with pytest.raises(InvalidDocument) as caught:
        loads(json.dumps(data))
    assert [(fault.path, fault.problem) for fault in caught.value.faults] == [expected]
    for more in ({"source": "x"}, {"guidance": "x"}):
        with pytest.raises(InvalidDocument) as caught:
            loads(json.dumps(data | more))
        [first, second] = caught.value.faults
        assert ((first.path, first.problem), second.path) == (expected, *more)
    assert loads(json.dumps(data | {"edition": "2.1.1-acme"})).id == EditionId("etsi-en-304-223", "2.1.1-acme")


def test_the_example_of_the_documentation_is_valid() -> None:
    """The file on the page of the data format is a derived edition of the Code with one difference of each kind."""
    page = (Path(__file__).parent.parent.parent / "docs" / "reference" / "data-format.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    found = loads(example)
    assert len(found) == len(load("uk-ai-cop"))
    assert found["5.5"].statements[0].as_printed == "model teams"
    assert [(item.provision.number, item.changes) for item in found.changed] == [("5.3.1", (Change.STRENGTH,))]
    assert [item.provision.number for item in found.dropped] == ["13.2"]


def test_the_page_lists_every_field() -> None:
    """The tables of the page have the fields of the models."""
    page = (Path(__file__).parent.parent.parent / "docs" / "reference" / "data-format.md").read_text(encoding="utf-8")
    section = page.partition("## A derived edition")[2].partition("\n## ")[0]
    named = {
        name for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    assert named == DerivedEditionSchema.model_fields.keys() | ChangedProvisionSchema.model_fields.keys()


NUMBERS = ("1.1", "1.1.1", "1.2", "2.1", "2.10")


@given(st.permutations(NUMBERS), st.integers(0, 5), st.integers(0, 5))
def test_the_numbers_are_those_of_the_base_without_the_dropped_and_with_the_own(
    numbers: list[str], cut: int, count: int
) -> None:
    """For any choice of provisions, the file is refused for a stated reason or has exactly the expected numbers."""
    dropped = set(numbers[:cut])
    own = [f"1.{place}" for place in range(3, 3 + count)]
    mini = loads(json.dumps(mini_edition()))
    kept = [number for number in NUMBERS if number not in dropped]
    broken = "1.1" in dropped and "1.1.1" in kept
    empty = not {"2.1", "2.10"} & set(kept) or not ({"1.1", "1.1.1", "1.2"} & set(kept) or own)
    parts = {
        "own": [plain_provision(number, MAY, principle=1) for number in own],
        "dropped": [{"number": number, "reason": "R"} for number in numbers[:cut]],
    }
    if broken or empty:
        with pytest.raises(InvalidDocument):
            derive(mini, **parts)
    else:
        found = derive(mini, **parts)
        assert [item.number for item in found] == sorted([*kept, *own], key=clause_order)
