"""Checks of each row of mappings."""

from __future__ import annotations

import pytest

from aicop.frameworks import loads as own_framework
from aicop.ids import JointId
from aicop.mappings import loads
from aicop.mappings.writer import dumps as mappings_text
from aicop.relations import Scheme
from aicop.vocabulary import Predicate
from tests.examples import A, B, C
from tests.mappings.examples import FILE, OWN, SAME, Cells, D, as_faults, faults, same, table


def test_other_authors_may_map_the_same_pair() -> None:
    """Another author's row, and the inverse within one framework, are not duplicates."""
    content = table({}, {"author": "they"})
    assert loads(content, FILE, frameworks=OWN) == (same(), same(author="they"))
    back = table({"target": "a:X-2"}, {"source": "a:X-2", "target": "a:X-1"})
    assert [str(item.target) for item in loads(back, FILE, frameworks=OWN)] == ["a@1:X-2", "a@1:X-1"]


WORDS = "must be one of equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, mitigates, cites, corresponds-to, nothing-found"
FORM = "is not valid in this field; expected"
CONFIDENCE = f"{FORM} a whole number from 0 to 10"
DATE = f"{FORM} a date or month, such as 2026-11-22 or 2026-11"
TEXT = f"{FORM} one line without leading or trailing spaces"
BOTH = "needs a requirement or mitigation on both sides, not a"
SECOND = "line 2, column "
SOURCE, WORD, TARGET = f"{SECOND}'source'", f"{SECOND}'relationship'", f"{SECOND}'target'"

ROWS: list[tuple[str, list[Cells], list[tuple[str, str]]]] = [
    (
        "empty cells",
        [{"source": "", "relationship": "", "author": "", "rationale": ""}],
        [
            (WORD, "this field is missing"),
            (f"{SECOND}'rationale'", "this field is missing"),
            (f"{SECOND}'author'", "this field is missing"),
        ],
    ),
    (
        "ids that do not exist",
        [{"source": "a:X-11", "target": "b@1:Q"}, {"source": "nist-csf:PR.AA-55", "target": "zz:1"}],
        [
            (SOURCE, "'a:X-11': a@1 has no 'X-11'. Nearest: a@1:X-1."),
            (TARGET, "'b@1:Q': b@1 has no 'Q'."),
            (
                "line 3, column 'source'",
                "'nist-csf:PR.AA-55': nist-csf@2.0 has no 'PR.AA-55'. Nearest: nist-csf@2.0:PR.AA-05, nist-csf@2.0:PR.AA-06, nist-csf@2.0:PR.AA-04.",
            ),
            (
                "line 3, column 'target'",
                "'zz:1': 'zz' is not a known document or framework; the documents are uk-ai-cop, etsi-ts-104-223, etsi-en-304-223, "
                "and of your own a, b, c, d."
                " Add your own framework to your library, or pass it in frameworks.",
            ),
        ],
    ),
    (
        "a withdrawn id",
        [{"target": "nist-sp-800-53:SA-12"}],
        [
            (
                TARGET,
                "'nist-sp-800-53:SA-12': SA-12 is withdrawn in nist-sp-800-53@5.2.0; see SR. Nearest: nist-sp-800-53@5.2.0:SR.",
            )
        ],
    ),
    (
        "mixed editions",
        [{}, {"source": "c:X-1", "target": "a:X-1"}, {"source": "a:Y"}],
        [
            ("line 3, column 'source'", "belongs to c@1, but line 2 to a@1; use one edition per side"),
            ("line 3, column 'target'", "belongs to a@1, but line 2 to b@1; use one edition per side"),
        ],
    ),
    ("mapped to itself", [{"target": "a@1:X-1"}], [("line 2", "maps a@1:X-1 to itself")]),
    (
        "relations to what asks nothing",
        [
            {"target": "b:R"},
            {"relationship": "subset-of", "source": "a:R"},
            {"relationship": "superset-of", "source": "a:R", "target": "b:R"},
            {"relationship": "intersects-with", "source": "a:X-2", "target": "b:R"},
            {"relationship": "no-relationship", "source": "a:Y-1", "target": "b:R"},
        ],
        [
            (WORD, f"equal-to {BOTH} risk"),
            ("line 3, column 'relationship'", f"subset-of {BOTH} risk"),
            ("line 4, column 'relationship'", f"superset-of {BOTH} risk"),
            ("line 5, column 'relationship'", f"intersects-with {BOTH} risk"),
            ("line 6, column 'relationship'", f"no-relationship {BOTH} risk"),
        ],
    ),
    (
        "a mitigated requirement",
        [{"relationship": "mitigates"}],
        [(WORD, "mitigates needs a risk or technique as its target, not a requirement")],
    ),
    (
        "a cited risk",
        [{"relationship": "cites", "target": "b:R"}],
        [(WORD, "cites needs a document as its target, not a risk")],
    ),
    (
        "unlike things that correspond",
        [
            {"relationship": "corresponds-to", "source": "a:R"},
            {"relationship": "corresponds-to", "target": "b:R"},
        ],
        [
            (WORD, "corresponds-to needs two risks, techniques, roles or stages, not a risk and a requirement"),
            (
                "line 3, column 'relationship'",
                "corresponds-to needs two risks, techniques, roles or stages, not a requirement and a risk",
            ),
        ],
    ),
    (
        "strengths",
        [
            {"strength": "9"},
            {"strength": "0", "source": "a:X-2", "relationship": "intersects-with"},
            {"strength": "1", "source": "a:Y", "relationship": "nothing-found", "target": ""},
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
        [{"relationship": "nothing-found"}],
        [
            (
                TARGET,
                "nothing-found has a source and a target; leave empty the side on which nothing was found, or write"
                " no-relationship if only these two were compared",
            )
        ],
    ),
    (
        "an empty side",
        [
            {"target": ""},
            {"target": "", "relationship": "mitigates", "source": "a:X-2"},
            {"source": ""},
            {"source": "", "target": "", "relationship": "nothing-found"},
        ],
        [
            (TARGET, "equal-to needs a target"),
            ("line 3, column 'target'", "mitigates needs a target"),
            ("line 4, column 'source'", "equal-to needs a source"),
            ("line 5, column 'source'", "nothing-found needs a source or a target"),
        ],
    ),
    (
        "reverse strengths",
        [
            {"reverse_strength": "9"},
            {"reverse_strength": "10", "source": "a:X-2", "relationship": "subset-of"},
            {"reverse_strength": "1", "target": "b:R", "relationship": "mitigates"},
            {"reverse_strength": "11", "source": "a:Y"},
        ],
        [
            (
                f"{SECOND}'reverse_strength'",
                "equal-to requires reverse strength 10, not 9: the source asks all that the target asks",
            ),
            ("line 3, column 'reverse_strength'", "subset-of requires a reverse strength of 1 to 9, not 10"),
            ("line 4, column 'reverse_strength'", "mitigates has no reverse strength; leave it empty"),
            ("line 5, column 'reverse_strength'", f"'11' {CONFIDENCE}"),
        ],
    ),
    (
        "joint sides",
        [
            {"source": "a:X-1|a:X-2", "target": "b:X-1|b:X-2"},
            {"source": "a:X-1|a:Q|a:Z"},
            {"source": "a:X-1 | a@1:x-1"},
            {"source": "a:X-1|c:X-1"},
            {"source": "a:X-1|"},
            {"source": "a:X-1|a:R"},
            {"source": "a:X-1|a:X-2", "target": "a:X-2"},
        ],
        [
            ("line 2", "has several ids on both sides; only one side can be joint"),
            ("line 3, column 'source'", "'a:Q': a@1 has no 'Q'."),
            ("line 3, column 'source'", "'a:Z': a@1 has no 'Z'."),
            ("line 4, column 'source'", "names a@1:X-1 more than once"),
            ("line 5, column 'source'", "belongs to c@1, but line 2 to a@1; use one edition per side"),
            ("line 6, column 'source'", "'a:X-1|' has no id before or after a '|'"),
            ("line 7, column 'relationship'", f"equal-to {BOTH} risk"),
            ("line 8, column 'target'", "belongs to a@1, but line 2 to b@1; use one edition per side"),
        ],
    ),
    (
        "mapped to a member of itself",
        [{"source": "a:X-1|a:X-2", "target": "a:X-2"}],
        [("line 2", "maps a@1:X-2 to itself")],
    ),
    (
        "nothing found in an unknown framework",
        [
            {"target": "", "relationship": "nothing-found"},
            {"target": "", "relationship": "nothing-found", "source": "a:X-2"},
        ],
        [
            (
                TARGET,
                "no row has a target, so the framework in which nothing was found is not known; name the framework of"
                " the targets (target_edition)",
            )
        ],
    ),
    (
        "formulas",
        [
            {"rationale": "=HYPERLINK(A1)", "remainder": "+1"},
            {"source": "a:X-2", "target": "b:X-2", "author": "@SUM(A1)", "rationale": "1=1"},
            {"target": "b:X-2", "author": "@SUM(A1)", "rationale": "1=1"},
        ],
        [
            (f"{SECOND}'rationale'", "'=HYPERLINK(A1)' looks like a spreadsheet formula; replace it with its value"),
            (f"{SECOND}'remainder'", "'+1' looks like a spreadsheet formula; replace it with its value"),
            ("line 3, column 'author'", "'@SUM(A1)' looks like a spreadsheet formula; replace it with its value"),
            ("line 4, column 'author'", "'@SUM(A1)' looks like a spreadsheet formula; replace it with its value"),
        ],
    ),
    (
        "dates",
        [{"date": "2026-13-01"}, {"date": "22.11.2026", "source": "a:X-2"}],
        [
            (f"{SECOND}'date'", "'2026-13-01': month must be in 1..12"),
            ("line 3, column 'date'", f"'22.11.2026' {DATE}"),
        ],
    ),
    (
        "confidences",
        [{"confidence": "11"}, {"confidence": "1.5", "source": "a:X-2"}, {"confidence": "high", "source": "a:Y"}],
        [
            (f"{SECOND}'confidence'", f"'11' {CONFIDENCE}"),
            ("line 3, column 'confidence'", f"'1.5' {CONFIDENCE}"),
            ("line 4, column 'confidence'", f"'high' {CONFIDENCE}"),
        ],
    ),
    (
        "repetitions",
        [
            {},
            {"author": "they"},
            {"source": "a@1:X-1", "relationship": "intersects-with"},
            {"relationship": "nothing-found", "target": ""},
            {"rationale": "Why not."},
            {"relationship": "nothing-found", "target": ""},
        ],
        [
            ("line 4", "a@1:X-1 is already mapped to b@1:X-1 in line 2, by we"),
            ("line 6", "a@1:X-1 is already mapped to b@1:X-1 in line 2, by we"),
            ("line 7", "nothing-found for a@1:X-1 is already in line 5, by we"),
        ],
    ),
    (
        "digests",
        [
            {"source_digest": "12"},
            {"source": "a:X-2|a:Y", "source_digest": "1" * 16},
            {"source": "a:X-2", "target_digest": f"{'1' * 16}|{'2' * 16}"},
        ],
        [
            (
                f"{SECOND}'source_digest'",
                "'12' is not valid in this field; expected 16 hexadecimal digits for each id, joined by | in the order "
                "of the ids",
            ),
            (
                "line 3, column 'source_digest'",
                "states 1 digest for 2 ids; write one for each id, joined by | in the order of the ids, or none",
            ),
            (
                "line 4, column 'target_digest'",
                "states 2 digests for 1 id; write one for each id, joined by | in the order of the ids, or none",
            ),
        ],
    ),
    (
        "repetitions by nobody",
        [{"author": ""}, {"author": ""}],
        [
            (f"{SECOND}'author'", "this field is missing"),
            ("line 3, column 'author'", "this field is missing"),
        ],
    ),
    (
        "what cannot be printed",
        [{"rationale": "a\0b"}, {"source": "a:X-2", "rationale": "a\x1bb"}],
        [
            (f"{SECOND}'rationale'", r"'a\x00b': contains the unprintable character U+0000; remove it"),
            ("line 3, column 'rationale'", r"'a\x1bb': contains the unprintable character U+001B; remove it"),
        ],
    ),
    ("a blank at the end", [{"rationale": "Why. "}], [(f"{SECOND}'rationale'", f"'Why. ' {TEXT}")]),
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
        {"relationship": "exactMatch", "target": "b:Q"},
        {"source": "a:X-2", "confidence": "11", "date": "2026-13-01", "strength": "9"},
        {},
        {},
        {"source": "a:Y", "target": "b:R", "rationale": "+"},
        {"source": "c:X-1"},
    ).splitlines(keepends=True)
    content.insert(1, "\t".join([*SAME, "10", "more\n"]))
    content.append("\t".join([*SAME, "10", "more", "still more\n"]))
    assert faults("# Ours\n" + "".join(content)) == as_faults(
        [
            ("line 3", "9 cells where the header has 8"),
            ("line 4, column 'relationship'", f"{WORDS}, not 'exactMatch'; for 'exactMatch' in SKOS use equal-to"),
            ("line 4, column 'target'", "'b:Q': b@1 has no 'Q'."),
            ("line 5, column 'confidence'", f"'11' {CONFIDENCE}"),
            ("line 5, column 'date'", "'2026-13-01': month must be in 1..12"),
            (
                "line 5, column 'strength'",
                "equal-to requires strength 10, not 9: the target asks all that the source asks",
            ),
            ("line 7", "a@1:X-1 is already mapped to b@1:X-1 in line 6, by we"),
            ("line 8, column 'rationale'", "'+' looks like a spreadsheet formula; replace it with its value"),
            ("line 8, column 'relationship'", f"equal-to {BOTH} risk"),
            ("line 9, column 'source'", "belongs to c@1, but line 4 to a@1; use one edition per side"),
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
        ("touches", ""),
    ],
)
def test_a_foreign_relation_is_translated_in_the_fault(word: str, hint: str) -> None:
    """The fault names aicop's word for a word of another scheme, unless the word is ambiguous."""
    expected = f"{WORDS}, not {word!r}" + (f"; {hint}" if hint else "")
    assert faults(table({"relationship": word})) == as_faults([(WORD, expected)])


@pytest.mark.parametrize("word", ["subset", "superset"])
def test_an_ambiguous_word_gets_both_translations_or_none(word: str) -> None:
    """SARIF and CISO Assistant use "superset" in opposite directions, so the fault names both or neither."""
    [fault] = faults(table({"relationship": word}))
    assert (Scheme.SARIF in fault.problem) == (Scheme.CISO_ASSISTANT in fault.problem)


@pytest.mark.parametrize(("word", "wrong"), [("not related to", "related-to"), ("skos:relatedMatch", "related-to")])
def test_a_word_is_not_taken_for_its_opposite(word: str, wrong: str) -> None:
    """No word is suggested that means the opposite, however similar the spelling."""
    [fault] = faults(table({"relationship": word}))
    assert f"did you mean '{wrong}'" not in fault.problem


@pytest.mark.parametrize("strength", ["11", "-1", "4.5", "1" * 5000, "\u0661\u0660"], ids=lambda text: text[:5])
def test_a_strength_is_a_whole_number_up_to_ten(strength: str) -> None:
    """Anything else is one fault, whatever its length or digits."""
    [fault] = faults(table({"strength": strength}))
    assert (fault.path, FORM in fault.problem) == (f"{SECOND}'strength'", True)


def test_links_to_other_natures_are_read() -> None:
    """Mitigated techniques, cited documents and corresponding roles are read as links."""
    twin = own_framework("id,kind,nature\nROLE,role,role\n", "e.csv", framework="e", edition="1", title="E")
    content = table({"relationship": "mitigates", "target": "d:T"}, {"relationship": "cites", "target": "d:DOC"})
    assert loads(content, FILE, frameworks=OWN) == (
        same(predicate=Predicate.MITIGATES, target=D.key("T")),
        same(predicate=Predicate.CITES, target=D.key("DOC")),
    )
    content = table({"relationship": "corresponds-to", "source": "d:ROLE", "target": "e:ROLE"})
    assert loads(content, FILE, frameworks=[D, twin]) == (
        same(source=D.key("ROLE"), predicate=Predicate.CORRESPONDS, target=twin.key("ROLE")),
    )


def test_a_link_may_accompany_a_relation() -> None:
    """A link and a relation of one pair are not duplicates, but the same link twice is."""
    ends = {"target": "b:R"}
    rows = ends | {"relationship": "mitigates"}, ends | {"relationship": "related-to"}
    assert len(loads(table(*rows), FILE, frameworks=OWN)) == 2
    assert faults(table(rows[0], rows[0])) == as_faults(
        [("line 3", "a@1:X-1 is already mapped to b@1:R in line 2, by we")]
    )


def test_joint_mappings_are_read() -> None:
    """Several ids on one side are taken together, in natural order; the same elements by one author are a duplicate."""
    content = table({"source": "a:X-2 | X-1", "relationship": "superset-of"}, {"target": "b:X-1|b:Y"})
    assert loads(content, FILE, frameworks=OWN, source_edition="a") == (
        same(source=JointId([A.key("X-1"), A.key("X-2")]), predicate=Predicate.SUPERSET),
        same(target=JointId([B.key("X-1"), B.key("Y")])),
    )
    twice = table({"source": "a:X-1|a:X-2"}, {"source": "a:X-2|a:X-1"}, {"source": "a:X-1|a:Y"})
    assert faults(twice) == as_faults([("line 3", "a@1:X-1|a@1:X-2 is already mapped to b@1:X-1 in line 2, by we")])


def test_joint_digests_are_read() -> None:
    """A joint side has one digest for each id, in the order of the ids, which become natural together with them."""
    content = table(
        {"source": "a:X-1|a:X-2", "source_digest": f"{'1' * 16}|{'2' * 16}", "target_digest": "3" * 16},
        {"source": "a:X-2|a:Y", "source_digest": f"{'2' * 16}|{'4' * 16}"},
        {"source": "a:Y|a:X-1", "source_digest": f"{'4' * 16}|{'1' * 16}"},
        {"source": "a:X-2|a:X-1", "target": "b:Y"},
    )
    found = loads(content, FILE, frameworks=OWN)
    assert [row.source_digest for row in found] == [
        f"{'1' * 16}|{'2' * 16}",
        f"{'2' * 16}|{'4' * 16}",
        f"{'1' * 16}|{'4' * 16}",
        None,
    ]
    assert found[0].target_digest == "3" * 16
    assert loads(mappings_text(found), FILE, frameworks=OWN) == found


def test_an_id_that_contains_the_joiner_is_one_id() -> None:
    """A cell that as a whole is an id is this id, even if a part of it is one as well; a list of ids is joint."""
    own = own_framework("id,kind\nP,control\nR,control\nP|Q,control\n", "o.csv", framework="o", edition="1", title="O")
    (found,) = loads(table({"source": "o:P|Q"}), FILE, frameworks=[own, B])
    assert found == same(source=own.key("P|Q"))
    (joint,) = loads(table({"source": "o:R|o:P"}), FILE, frameworks=[own, B])
    assert joint == same(source=JointId([own.key("P"), own.key("R")]))


def test_nothing_found_may_be_stated_from_either_side() -> None:
    """The framework that was searched is that of the other rows, whatever their order."""
    content = table(
        {"relationship": "nothing-found", "source": "", "target": "b:Y"},
        {"relationship": "nothing-found", "target": "", "source": "a:Y"},
        {},
    )
    assert loads(content, FILE, frameworks=OWN) == (
        same(predicate=Predicate.NOTHING, source=None, target=B.key("Y"), searched=A.id),
        same(predicate=Predicate.NOTHING, target=None, source=A.key("Y"), searched=B.id),
        same(),
    )


@pytest.mark.parametrize("declared", ["b", "b@1"])
def test_a_declared_edition_was_searched_if_no_row_has_another(declared: str) -> None:
    """An edition that is declared for a side is the one that was searched; ids in rows take precedence."""
    nothing = {"relationship": "nothing-found", "target": ""}
    (found,) = loads(table(nothing), FILE, frameworks=OWN, target_edition=declared)
    assert found == same(predicate=Predicate.NOTHING, target=None, searched=B.id)
    rows = loads(table(nothing, {"target": "c@1:X-1"}), FILE, frameworks=OWN, target_edition=declared)
    assert [item.searched for item in rows] == [C.id, None]
    (shipped,) = loads(table(nothing), FILE, frameworks=OWN, target_edition="nist-csf")
    assert str(shipped.searched) == "nist-csf@2.0"
