"""Checks of each row of mappings."""

from __future__ import annotations

import itertools

import pytest

from aicop.frameworks import loads as own_framework
from aicop.mappings import loads
from aicop.mappings.check import nature_fault, strength_fault
from aicop.relations import Scheme
from aicop.vocabulary import ASKING, Nature, Predicate
from tests.mappings.examples import FILE, OWN, SAME, Cells, D, as_faults, faults, same, table


def test_other_authors_may_map_the_same_pair() -> None:
    """Another author's row, and the inverse within one framework, are not duplicates."""
    content = table({}, {"author_label": "they"})
    assert loads(content, FILE, frameworks=OWN) == (same(), same(author="they"))
    back = table({"object_id": "a:X-2"}, {"subject_id": "a:X-2", "object_id": "a:X-1"})
    assert [str(item.target) for item in loads(back, FILE, frameworks=OWN)] == ["a@1:X-2", "a@1:X-1"]


WORDS = "must be one of equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, mitigates, cites, corresponds-to, nothing-found"
FORM = "is not valid in this field; expected"
CONFIDENCE = f"{FORM} a number from 0 to 1 with at most one decimal, such as 0.7"
DATE = f"{FORM} a date or month, such as 2026-11-22 or 2026-11"
TEXT = f"{FORM} one line without leading or trailing spaces"
BOTH = "needs a requirement or mitigation on both sides, not a"
SECOND = "line 2, column "
SOURCE, WORD, TARGET = f"{SECOND}'subject_id'", f"{SECOND}'predicate_id'", f"{SECOND}'object_id'"

ROWS: list[tuple[str, list[Cells], list[tuple[str, str]]]] = [
    (
        "empty cells",
        [{"subject_id": "", "predicate_id": "", "author_label": "", "comment": ""}],
        [
            (SOURCE, "this field is missing"),
            (WORD, "this field is missing"),
            (f"{SECOND}'author_label'", "this field is missing"),
            (f"{SECOND}'comment'", "this field is missing"),
        ],
    ),
    (
        "ids that do not exist",
        [{"subject_id": "a:X-11", "object_id": "b@1:Q"}, {"subject_id": "nist-csf:PR.AA-55", "object_id": "zz:1"}],
        [
            (SOURCE, "'a:X-11': a@1 has no 'X-11'. Nearest: a@1:X-1."),
            (TARGET, "'b@1:Q': b@1 has no 'Q'."),
            (
                "line 3, column 'subject_id'",
                "'nist-csf:PR.AA-55': nist-csf@2.0 has no 'PR.AA-55'. Nearest: nist-csf@2.0:PR.AA-05, nist-csf@2.0:PR.AA-06, nist-csf@2.0:PR.AA-04.",
            ),
            (
                "line 3, column 'object_id'",
                "'zz:1': 'zz' is not a known document or framework; the documents are uk-ai-cop, etsi-ts-104-223, etsi-en-304-223, "
                "and of your own a, b, c, d."
                " Pass your own framework with --framework.",
            ),
        ],
    ),
    (
        "a withdrawn id",
        [{"object_id": "nist-sp-800-53:SA-12"}],
        [
            (
                TARGET,
                "'nist-sp-800-53:SA-12': SA-12 is withdrawn in nist-sp-800-53@5.2.0; see SR. Nearest: nist-sp-800-53@5.2.0:SR.",
            )
        ],
    ),
    (
        "mixed editions",
        [{}, {"subject_id": "c:X-1", "object_id": "a:X-1"}, {"subject_id": "a:Y"}],
        [
            ("line 3, column 'subject_id'", "belongs to c@1, but line 2 to a@1; use one edition per side"),
            ("line 3, column 'object_id'", "belongs to a@1, but line 2 to b@1; use one edition per side"),
        ],
    ),
    ("mapped to itself", [{"object_id": "a@1:X-1"}], [("line 2", "maps a@1:X-1 to itself")]),
    (
        "relations to what asks nothing",
        [
            {"object_id": "b:R"},
            {"predicate_id": "subset-of", "subject_id": "a:R"},
            {"predicate_id": "superset-of", "subject_id": "a:R", "object_id": "b:R"},
            {"predicate_id": "intersects-with", "subject_id": "a:X-2", "object_id": "b:R"},
            {"predicate_id": "no-relationship", "subject_id": "a:Y-1", "object_id": "b:R"},
        ],
        [
            (WORD, f"equal-to {BOTH} risk"),
            ("line 3, column 'predicate_id'", f"subset-of {BOTH} risk"),
            ("line 4, column 'predicate_id'", f"superset-of {BOTH} risk"),
            ("line 5, column 'predicate_id'", f"intersects-with {BOTH} risk"),
            ("line 6, column 'predicate_id'", f"no-relationship {BOTH} risk"),
        ],
    ),
    (
        "a mitigated requirement",
        [{"predicate_id": "mitigates"}],
        [(WORD, "mitigates needs a risk or technique as its target, not a requirement")],
    ),
    (
        "a cited risk",
        [{"predicate_id": "cites", "object_id": "b:R"}],
        [(WORD, "cites needs a document as its target, not a risk")],
    ),
    (
        "unlike things that correspond",
        [
            {"predicate_id": "corresponds-to", "subject_id": "a:R"},
            {"predicate_id": "corresponds-to", "object_id": "b:R"},
        ],
        [
            (WORD, "corresponds-to needs two risks, techniques, roles or stages, not a risk and a requirement"),
            (
                "line 3, column 'predicate_id'",
                "corresponds-to needs two risks, techniques, roles or stages, not a requirement and a risk",
            ),
        ],
    ),
    (
        "strengths",
        [
            {"strength": "9"},
            {"strength": "0", "subject_id": "a:X-2", "predicate_id": "intersects-with"},
            {"strength": "1", "subject_id": "a:Y", "predicate_id": "nothing-found", "object_id": ""},
        ],
        [
            (f"{SECOND}'strength'", "equal-to requires strength 10, not 9: the target asks all that the source asks"),
            ("line 3, column 'strength'", "intersects-with requires a strength of 1 to 9, not 0"),
            ("line 4, column 'strength'", "nothing-found requires strength 0, not 1"),
        ],
    ),
    (
        "a strength that is no number",
        [{"strength": "high"}],
        [(f"{SECOND}'strength'", f"'high' {FORM} a whole number from 0 to 10")],
    ),
    (
        "nothing found, in a target",
        [{"predicate_id": "nothing-found"}],
        [(TARGET, "nothing-found must not have a target")],
    ),
    (
        "no target",
        [{"object_id": ""}, {"object_id": "", "predicate_id": "mitigates", "subject_id": "a:X-2"}],
        [(TARGET, "equal-to needs a target"), ("line 3, column 'object_id'", "mitigates needs a target")],
    ),
    (
        "formulas",
        [
            {"comment": "=HYPERLINK(A1)", "remainder": "+1"},
            {"subject_id": "a:X-2", "object_id": "b:X-2", "author_label": "@SUM(A1)", "comment": "1=1"},
            {"object_id": "b:X-2", "author_label": "@SUM(A1)", "comment": "1=1"},
        ],
        [
            (f"{SECOND}'comment'", "'=HYPERLINK(A1)' looks like a spreadsheet formula; replace it with its value"),
            (f"{SECOND}'remainder'", "'+1' looks like a spreadsheet formula; replace it with its value"),
            ("line 3, column 'author_label'", "'@SUM(A1)' looks like a spreadsheet formula; replace it with its value"),
            ("line 4, column 'author_label'", "'@SUM(A1)' looks like a spreadsheet formula; replace it with its value"),
        ],
    ),
    (
        "dates",
        [{"mapping_date": "2026-13-01"}, {"mapping_date": "22.11.2026", "subject_id": "a:X-2"}],
        [
            (f"{SECOND}'mapping_date'", "'2026-13-01': month must be in 1..12"),
            ("line 3, column 'mapping_date'", f"'22.11.2026' {DATE}"),
        ],
    ),
    (
        "confidences",
        [{"confidence": "5"}, {"confidence": "1.5", "subject_id": "a:X-2"}],
        [(f"{SECOND}'confidence'", f"'5' {CONFIDENCE}"), ("line 3, column 'confidence'", f"'1.5' {CONFIDENCE}")],
    ),
    (
        "repetitions",
        [
            {},
            {"author_label": "they"},
            {"subject_id": "a@1:X-1", "predicate_id": "intersects-with"},
            {"predicate_id": "nothing-found", "object_id": ""},
            {"comment": "Why not."},
            {"predicate_id": "nothing-found", "object_id": ""},
        ],
        [
            ("line 4", "a@1:X-1 is already mapped to b@1:X-1 in line 2, by we"),
            ("line 6", "a@1:X-1 is already mapped to b@1:X-1 in line 2, by we"),
            ("line 7", "a@1:X-1 is already mapped to nothing in line 5, by we"),
        ],
    ),
    (
        "repetitions by nobody",
        [{"author_label": ""}, {"author_label": ""}],
        [
            (f"{SECOND}'author_label'", "this field is missing"),
            ("line 3, column 'author_label'", "this field is missing"),
        ],
    ),
    (
        "what cannot be printed",
        [{"comment": "a\0b"}, {"subject_id": "a:X-2", "comment": "a\x1bb"}],
        [
            (f"{SECOND}'comment'", r"'a\x00b': contains the unprintable character U+0000; remove it"),
            ("line 3, column 'comment'", r"'a\x1bb': contains the unprintable character U+001B; remove it"),
        ],
    ),
    ("a blank at the end", [{"comment": "Why. "}], [(f"{SECOND}'comment'", f"'Why. ' {TEXT}")]),
    (
        "words of closed lists",
        [{"basis": "owned", "knowledge": "hearsay"}],
        [
            (
                f"{SECOND}'basis'",
                "must be one of published, guide, editorial, own, imported, derived, not 'owned'; did you mean 'own'?",
            ),
            (f"{SECOND}'knowledge'", "must be one of text, content, title, not 'hearsay'"),
        ],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), [item[1:] for item in ROWS], ids=[item[0] for item in ROWS])
def test_every_fault_of_a_row_is_reported(rows: list[Cells], expected: list[tuple[str, str]]) -> None:
    """A fault has its line, its column if there is one, and a suggestion."""
    assert faults(table(*rows)) == as_faults(expected)


def test_all_faults_of_a_file_are_reported_at_once() -> None:
    """Faults of every kind are in the order of the lines, including a line with too many cells."""
    content = table(
        {"predicate_id": "exactMatch", "object_id": "b:Q"},
        {"subject_id": "a:X-2", "confidence": "5", "mapping_date": "2026-13-01", "strength": "9"},
        {},
        {},
        {"subject_id": "a:Y", "object_id": "b:R", "comment": "+"},
        {"subject_id": "c:X-1"},
    ).splitlines(keepends=True)
    content.insert(1, "\t".join([*SAME, "10", "more\n"]))
    content.append("\t".join([*SAME, "10", "more", "still more\n"]))
    assert faults("# Ours\n" + "".join(content)) == as_faults(
        [
            ("line 3", "9 cells where the header has 8"),
            ("line 4, column 'predicate_id'", f"{WORDS}, not 'exactMatch'; for 'exactMatch' in SKOS use equal-to"),
            ("line 4, column 'object_id'", "'b:Q': b@1 has no 'Q'."),
            ("line 5, column 'mapping_date'", "'2026-13-01': month must be in 1..12"),
            ("line 5, column 'confidence'", f"'5' {CONFIDENCE}"),
            (
                "line 5, column 'strength'",
                "equal-to requires strength 10, not 9: the target asks all that the source asks",
            ),
            ("line 7", "a@1:X-1 is already mapped to b@1:X-1 in line 6, by we"),
            ("line 8, column 'comment'", "'+' looks like a spreadsheet formula; replace it with its value"),
            ("line 8, column 'predicate_id'", f"equal-to {BOTH} risk"),
            ("line 9, column 'subject_id'", "belongs to c@1, but line 4 to a@1; use one edition per side"),
            ("line 10", "10 cells where the header has 8"),
        ]
    )


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("exactMatch", "for 'exactMatch' in SKOS use equal-to"),
        ("skos:broadMatch", "for 'broadMatch' in SKOS use subset-of"),
        ("skos:closeMatch", "for 'closeMatch' in SKOS use related-to"),
        ("intersect", "did you mean 'intersects-with'?; for 'intersect' in CISO Assistant use intersects-with"),
        ("subset of", "did you mean 'subset-of'?; for 'subset of' in NIST IR 8477 use subset-of"),
        ("disjoint", "for 'disjoint' in SARIF use no-relationship"),
        ("relevant", "for 'relevant' in SARIF use associated-with"),
        ("relatedMatch", "for 'relatedMatch' in SKOS use associated-with"),
        ("incomparable", "for 'incomparable' in SARIF use intersects-with"),
        ("subsumes", "for 'subsumes' in Gemara use superset-of"),
        ("Equal-To", "did you mean 'equal-to'?"),
        ("touches", ""),
    ],
)
def test_a_foreign_relation_is_translated_in_the_fault(word: str, hint: str) -> None:
    """The fault names aicop's word for a word of another scheme, unless the word is ambiguous."""
    expected = f"{WORDS}, not {word!r}" + (f"; {hint}" if hint else "")
    assert faults(table({"predicate_id": word})) == as_faults([(WORD, expected)])


@pytest.mark.parametrize("word", ["subset", "superset"])
def test_an_ambiguous_word_gets_both_translations_or_none(word: str) -> None:
    """SARIF and CISO Assistant use "superset" in opposite directions, so the fault names both or neither."""
    [fault] = faults(table({"predicate_id": word}))
    assert (Scheme.SARIF in fault.problem) == (Scheme.CISO_ASSISTANT in fault.problem)


@pytest.mark.parametrize(("word", "wrong"), [("not related to", "related-to"), ("skos:relatedMatch", "related-to")])
def test_a_word_is_not_taken_for_its_opposite(word: str, wrong: str) -> None:
    """No word is suggested that means the opposite, however similar the spelling."""
    [fault] = faults(table({"predicate_id": word}))
    assert f"did you mean '{wrong}'" not in fault.problem


@pytest.mark.parametrize("strength", ["11", "-1", "4.5", "1" * 5000, "\u0661\u0660"], ids=lambda text: text[:5])
def test_a_strength_is_a_whole_number_up_to_ten(strength: str) -> None:
    """Anything else is one fault, whatever its length or digits."""
    [fault] = faults(table({"strength": strength}))
    assert (fault.path, FORM in fault.problem) == (f"{SECOND}'strength'", True)


STRENGTHS = {
    Predicate.EQUAL: {10},
    Predicate.SUBSET: {10},
    Predicate.SUPERSET: set(range(1, 10)),
    Predicate.INTERSECTS: set(range(1, 10)),
    Predicate.NONE: {0},
    Predicate.NOTHING: {0},
}


@pytest.mark.parametrize("predicate", Predicate)
def test_a_relation_fixes_its_strength_at_the_ends(predicate: Predicate) -> None:
    """Full coverage requires 10, no relationship 0, and others 1 to 9; a missing strength is no fault."""
    right = {strength for strength in range(11) if strength_fault(predicate, strength) is None}
    assert right & set(range(1, 10)) if predicate not in STRENGTHS else right == STRENGTHS[predicate]
    assert strength_fault(predicate, None) is None


@pytest.mark.parametrize(
    ("predicate", "strength", "problem"),
    [
        ("subset-of", 0, "subset-of requires strength 10, not 0: the target asks all that the source asks"),
        ("superset-of", 10, "superset-of requires a strength of 1 to 9, not 10"),
        ("no-relationship", 3, "no-relationship requires strength 0, not 3"),
    ],
)
def test_a_wrong_strength_is_reported_with_the_right_one(predicate: str, strength: int, problem: str) -> None:
    """The fault names the required strength, and the reason if it is not obvious."""
    assert strength_fault(Predicate(predicate), strength) == problem


THREATS = {Nature.RISK, Nature.TECHNIQUE}
BETWEEN = {
    "relation": set(itertools.product(ASKING, ASKING)),
    "anything": set(itertools.product(Nature, Nature)),
    "mitigates": set(itertools.product(ASKING, THREATS)),
    "cites": set(itertools.product(Nature, [Nature.DOCUMENT])),
    "corresponds-to": {(nature, nature) for nature in (Nature.ROLE, Nature.STAGE, *THREATS)},
}


@pytest.mark.parametrize(
    ("predicate", "between"),
    [
        *((relation, "relation") for relation in list(Predicate)[:5]),
        *((predicate, predicate.value) for predicate in (Predicate.MITIGATES, Predicate.CITES, Predicate.CORRESPONDS)),
        (Predicate.RELATED, "anything"),
    ],
)
def test_a_predicate_requires_certain_natures(predicate: Predicate, between: str) -> None:
    """For every predicate, each pair of natures is allowed or a fault, as documented."""
    right = {pair for pair in itertools.product(Nature, Nature) if nature_fault(predicate, *pair) is None}
    assert right == BETWEEN[between]


@pytest.mark.parametrize(
    ("predicate", "natures", "problem"),
    [
        ("equal-to", (Nature.REQUIREMENT, Nature.HEADING), f"equal-to {BOTH} heading"),
        ("equal-to", (Nature.STAGE, Nature.ROLE), f"equal-to {BOTH} stage"),
        (
            "mitigates",
            (Nature.MITIGATION, Nature.HEADING),
            "mitigates needs a risk or technique as its target, not a heading",
        ),
        ("cites", (Nature.REQUIREMENT, Nature.HEADING), "cites needs a document as its target, not a heading"),
        (
            "corresponds-to",
            (Nature.HEADING, Nature.ROLE),
            "corresponds-to needs two risks, techniques, roles or stages, not a heading and a role",
        ),
        (
            "corresponds-to",
            (Nature.ROLE, Nature.HEADING),
            "corresponds-to needs two risks, techniques, roles or stages, not a role and a heading",
        ),
    ],
)
def test_a_wrong_nature_is_named(predicate: str, natures: tuple[Nature, Nature], problem: str) -> None:
    """The fault names the nature that does not fit the predicate."""
    assert nature_fault(Predicate(predicate), *natures) == problem


def test_links_to_other_natures_are_read() -> None:
    """Mitigated techniques, cited documents and corresponding roles are read as links."""
    twin = own_framework("id,kind,nature\nROLE,role,role\n", "e.csv", framework="e", edition="1", title="E")
    content = table({"predicate_id": "mitigates", "object_id": "d:T"}, {"predicate_id": "cites", "object_id": "d:DOC"})
    assert loads(content, FILE, frameworks=OWN) == (
        same(predicate=Predicate.MITIGATES, target=D.key("T")),
        same(predicate=Predicate.CITES, target=D.key("DOC")),
    )
    content = table({"predicate_id": "corresponds-to", "subject_id": "d:ROLE", "object_id": "e:ROLE"})
    assert loads(content, FILE, frameworks=[D, twin]) == (
        same(source=D.key("ROLE"), predicate=Predicate.CORRESPONDS, target=twin.key("ROLE")),
    )


def test_a_link_may_accompany_a_relation() -> None:
    """A link and a relation of one pair are not duplicates, but the same link twice is."""
    ends = {"object_id": "b:R"}
    rows = ends | {"predicate_id": "mitigates"}, ends | {"predicate_id": "related-to"}
    assert len(loads(table(*rows), FILE, frameworks=OWN)) == 2
    assert faults(table(rows[0], rows[0])) == as_faults(
        [("line 3", "a@1:X-1 is already mapped to b@1:R in line 2, by we")]
    )
