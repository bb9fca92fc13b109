"""Files of mappings that a user brings: what is read, what is refused with which words, and in how much memory."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aicop import catalogue, editions
from aicop.errors import MAX_FAULTS, Fault, InvalidDocument, UnknownEdition, UnknownKey
from aicop.files import text
from aicop.frameworks import available, from_catalogue
from aicop.frameworks import load as load_framework
from aicop.frameworks import loads as own_framework
from aicop.mappings import loads, stream
from aicop.mappings.check import nature_fault, strength_fault
from aicop.mappings.resolve import IdResolver
from aicop.relations import Scheme
from aicop.vocabulary import ASKING, Knowledge, MappingBasis, Nature, Predicate
from tests.examples import A, B, C, mini_edition, row
from tests.strategies import lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aicop.frameworks import Framework
    from aicop.model import Mapping

FILE = "own.tsv"
NEEDED = ("subject_id", "predicate_id", "object_id", "author_label", "mapping_date", "confidence", "comment")
SAME = ("a:X-1", "equal-to", "b:X-1", "we", "2026-01-01", "0.5", "Why.")
D = own_framework(
    "id,kind,nature\nDOC,document,document\nROLE,role,role\nT,technique,technique\n",
    "d.csv",
    framework="d",
    edition="1",
    title="Framework D",
)
OWN = (A, B, C, D)
Cells = dict[str, str]


def table(*rows: Cells, columns: Sequence[str] = NEEDED, delimiter: str = "\t") -> str:
    """Write rows, each as what differs from the first good one; a column that it names is added."""
    header = [*columns, *dict.fromkeys(name for cells in rows for name in cells if name not in columns)]
    usual = dict(zip(NEEDED, SAME, strict=True))
    text = [[(usual | cells).get(name, "") for name in header] for cells in rows]
    return "".join(f"{delimiter.join(cells)}\n" for cells in [header, *text])


def faults(
    content: Path | bytes | str, file: str | None = FILE, frameworks: Sequence[Framework] = OWN, **facts: str
) -> tuple[Fault, ...]:
    """Give every fault of a file."""
    with pytest.raises(InvalidDocument) as caught:
        loads(content, file, frameworks=frameworks, **facts)
    return caught.value.faults


def told(places: Sequence[tuple[str, str]], file: str = FILE) -> tuple[Fault, ...]:
    """Give faults of one file from places and problems."""
    return tuple(Fault(file, place, problem) for place, problem in places)


def same(**more: object) -> Mapping:
    """Give the record of the good row."""
    facts: dict[str, Any] = {"rationale": "Why.", "set": FILE} | more
    return attrs.evolve(row(A.key("X-1"), "equal-to", B.key("X-1")), **facts)


GOOD = table(
    {},
    {"subject_id": "a@1:X-2", "predicate_id": "intersects-with", "strength": "4", "remainder": "the rest"},
    {"predicate_id": "nothing-found", "object_id": "", "subject_id": "a:Y", "mapping_date": "2026-02"},
    {"predicate_id": "mitigates", "object_id": "b:R", "confidence": "1.0", "knowledge": "title"},
    {
        "predicate_id": "related-to",
        "object_id": "b:Y-2",
        "basis": "editorial",
        "settlement": "The second reading.",
        "subject_digest": "0123456789abcdef",
        "object_digest": "fedcba9876543210",
        "confidence": "0",
    },
)
RECORDS = (
    same(),
    same(source=A.key("X-2"), predicate=Predicate.INTERSECTS, strength=4, remainder="the rest"),
    same(source=A.key("Y"), predicate=Predicate.NOTHING, target=None, date="2026-02"),
    same(predicate=Predicate.MITIGATES, target=B.key("R"), confidence=10, knowledge=Knowledge.TITLE),
    same(
        predicate=Predicate.RELATED,
        target=B.key("Y-2"),
        basis=MappingBasis.EDITORIAL,
        settlement="The second reading.",
        source_digest="0123456789abcdef",
        target_digest="fedcba9876543210",
        confidence=0,
    ),
)


def test_a_table_gives_its_rows_in_order() -> None:
    """Every column is a field of the record, an empty cell is None, and a row without a basis is its user's own."""
    assert loads(GOOD, FILE, frameworks=OWN) == RECORDS


def test_mappings_are_given_one_at_a_time() -> None:
    """A stream gives what the tuple holds."""
    assert tuple(stream(GOOD, FILE, frameworks=iter(OWN))) == RECORDS


@pytest.mark.parametrize("file", ["own.csv", "OWN.CSV"])
def test_a_csv_is_told_by_its_name(file: str) -> None:
    """In it a quotation mark quotes."""
    content = table({"comment": '"Why, or ""why not""."'}, delimiter=",")
    assert loads(content, file, frameworks=OWN) == (same(rationale='Why, or "why not".', set=file),)


def test_in_a_tsv_a_quotation_mark_is_a_character() -> None:
    """However it stands."""
    content = table({"comment": '"Why, or "not'})
    assert loads(content, FILE, frameworks=OWN) == (same(rationale='"Why, or "not'),)


def test_a_text_without_a_name_is_a_tsv() -> None:
    """Its mappings belong to a set of that name."""
    assert loads(table({}), frameworks=OWN) == (same(set="<text>.tsv"),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("content", [GOOD, table({}, {"subject_id": "a:Q"})], ids=["good", "bad"])
def test_path_bytes_and_text_give_the_same(tmp_path: Path, content: str, end: str) -> None:
    """Mappings or faults, wherever lines end so; a path names its file itself."""
    path = tmp_path / FILE
    content = content.replace("\n", end)
    path.write_bytes(content.encode())
    answers: list[tuple[object, ...]] = []
    for source, file in ((path, None), (path.read_bytes(), FILE), (content, FILE)):
        try:
            answers.append(loads(source, file, frameworks=OWN))
        except InvalidDocument as error:
            answers.append(error.faults)
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("content", [f"\ufeff{GOOD}", f"\ufeff{GOOD}".encode(), f"\ufeff# Ours\n{GOOD}".encode()])
def test_a_byte_order_mark_is_no_fault(content: bytes | str) -> None:
    """Before the header or a comment."""
    assert loads(content, FILE, frameworks=OWN) == RECORDS


def test_comments_stand_at_the_top() -> None:
    """They are not read, and they are counted."""
    assert loads(f"# One\n#two\tthree\n{GOOD}", FILE, frameworks=OWN) == RECORDS
    content = f"# One\n# Two\n{table({}, {'subject_id': 'a:Q'})}"
    assert faults(content) == told([("line 5, column 'subject_id'", "'a:Q': a@1 has no 'Q'.")])


def test_facts_hold_for_cells_that_are_empty() -> None:
    """Whether the column is there or not; what a cell says goes before."""
    facts = {"author_label": "they", "mapping_date": "2026-03", "basis": "published", "comment": "As printed."}
    columns = ("subject_id", "predicate_id", "object_id", "confidence", "comment")
    content = table({"comment": ""}, {"subject_id": "a:X-2"}, columns=columns)
    shared = {"author": "they", "date": "2026-03", "basis": MappingBasis.PUBLISHED}
    assert loads(content, FILE, frameworks=OWN, **facts) == (
        same(**shared, rationale="As printed."),
        same(**shared, source=A.key("X-2")),
    )


def test_a_row_may_have_a_basis_of_its_own() -> None:
    """An empty cell is a user's own judgement."""
    content = table({"basis": "guide"}, {"subject_id": "a:X-2"})
    assert loads(content, FILE, frameworks=OWN) == (same(basis=MappingBasis.GUIDE), same(source=A.key("X-2")))


@pytest.mark.parametrize(
    ("written", "homes"),
    [
        (("X-1", "X-1"), {"source_edition": "a", "target_edition": "b"}),
        (("X-1", "X-1"), {"source_edition": "a@1", "target_edition": "b@1"}),
        (("x 01", "b:X-1"), {"source_edition": "a"}),
        (("a:x-01", "b@1:X-1"), {}),
        (("a@1:X-1", "b:X-1"), {"source_edition": "a", "target_edition": "b"}),
    ],
)
def test_an_own_id_is_read_however_it_is_written(written: tuple[str, str], homes: dict[str, str]) -> None:
    """Bare where the side has an edition, else with its framework; spelling is as free as elsewhere."""
    content = table(dict(zip(("subject_id", "object_id"), written, strict=True)))
    assert loads(content, FILE, frameworks=OWN, **homes) == (same(),)


@pytest.mark.parametrize(
    ("written", "homes"),
    [
        (("uk-ai-cop@2025-01:5.1", "nist-csf@2.0:PR.AA-05"), {}),
        (("uk-ai-cop:5.1", "CSF PR.AA-05"), {}),
        (("5.1", "PR.AA-05"), {"source_edition": "uk-ai-cop", "target_edition": "nist-csf"}),
        (("5.1", "pr.aa-5"), {"source_edition": "uk-ai-cop@2025-01", "target_edition": "nist-csf@2.0"}),
    ],
)
def test_a_shipped_id_is_read_however_it_is_written(written: tuple[str, str], homes: dict[str, str]) -> None:
    """As `aicop.parse` reads it."""
    content = table(dict(zip(("subject_id", "object_id"), written, strict=True)))
    ends = load_framework("uk-ai-cop").key("5.1"), load_framework("nist-csf").key("PR.AA-05")
    expected = same(source=ends[0], target=ends[1])
    assert loads(content, FILE, **homes) == (expected,)  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", [*map(str, editions()), *(str(item.id) for item in available())])
def test_every_shipped_element_may_be_mapped(edition: str) -> None:
    """Its written id is read as itself: phases, statements and roles too."""
    content = table(
        *({"subject_id": str(key), "predicate_id": "nothing-found", "object_id": ""} for key in load_framework(edition))
    )
    assert [item.source for item in loads(content, FILE)] == list(load_framework(edition))


def test_what_a_user_brings_goes_before_what_ships() -> None:
    """A bare id is a user's own when exactly one own framework has it, whatever ships under it."""
    own = own_framework("id,kind\nAC-1,control\n", "x.csv", framework="ours", edition="1", title="Ours")
    content = table({"object_id": "AC-1"})
    assert loads(content, FILE, frameworks=[A, own]) == (same(target=own.key("AC-1")),)
    assert str(loads(content, FILE, frameworks=[A])[0].target) == "nist-sp-800-53@5.2.0:AC-1"
    twin = own_framework("id,kind\nAC-1,control\n", "y.csv", framework="twin", edition="1", title="Twin")
    assert str(loads(content, FILE, frameworks=[A, own, twin])[0].target) == "nist-sp-800-53@5.2.0:AC-1"


def test_two_editions_of_one_framework_stay_apart() -> None:
    """A key with an edition is looked up in that one, and one of a shipped edition is not lost beside a user's own."""
    newer = own_framework("id,kind\nZ,control\n", "a2.csv", framework="a", edition="2", title="Newer")
    content = table({"subject_id": "a@1:X-1", "object_id": "a@2:Z"})
    assert loads(content, FILE, frameworks=[A, newer]) == (same(target=newer.key("Z")),)
    ours = own_framework("id,kind\nZ,control\n", "csf.csv", framework="nist-csf", edition="9", title="Ours")
    shipped = load_framework("nist-csf").key("PR.AA-05")
    content = table({"subject_id": "nist-csf@9:Z", "object_id": str(shipped)})
    assert loads(content, FILE, frameworks=[ours]) == (same(source=ours.key("Z"), target=shipped),)


def test_an_own_edition_is_looked_up_like_a_framework() -> None:
    """With its document in front or bare, and what it lacks is a fault like any other."""
    own = catalogue.loads(json.dumps(mini_edition()), "mini.json")
    frameworks = (from_catalogue(own), B)
    read = loads(table({"subject_id": "1.1"}), FILE, frameworks=frameworks, source_edition="mini-code")
    assert read == loads(table({"subject_id": "mini-code:1.1"}), FILE, frameworks=frameworks)
    assert read == (same(source=own["1.1"].id),)
    with pytest.raises(UnknownKey) as caught:
        own["mini-code:9.9"]
    found = faults(table({"subject_id": "mini-code:9.9"}), frameworks=frameworks)
    assert found == told([("line 2, column 'subject_id'", f"'mini-code:9.9': {caught.value.advice}")])


def test_an_edition_that_nobody_has_is_refused() -> None:
    """A side is looked up in nothing else."""
    with pytest.raises(UnknownEdition) as caught:
        loads(table({"subject_id": "X-1"}), FILE, frameworks=OWN, source_edition="z")
    assert caught.value.text == "z"


def test_other_authors_may_map_the_same_pair() -> None:
    """Nor is the inverse, within one framework, a repetition."""
    content = table({}, {"author_label": "they"})
    assert loads(content, FILE, frameworks=OWN) == (same(), same(author="they"))
    back = table({"object_id": "a:X-2"}, {"subject_id": "a:X-2", "object_id": "a:X-1"})
    assert [str(item.target) for item in loads(back, FILE, frameworks=OWN)] == ["a@1:X-2", "a@1:X-1"]


def test_a_file_of_nothing_but_a_header_holds_nothing() -> None:
    """It is a table without rows."""
    assert loads(table(), FILE) == ()


HEADERS: list[tuple[str, str, list[tuple[str, str]]]] = [
    (
        "unknown, repeated, missing",
        "subject_id\tpredicate\tsubject_id\tobject_id\tconfidence\tzzz\tcomment\n",
        [
            ("line 1", "the column 'subject_id' stands here more than once"),
            ("line 1", "unknown column 'predicate'; did you mean predicate_id?"),
            ("line 1", "unknown column 'zzz'"),
            ("line 1", "the column 'predicate_id' is missing"),
            ("line 1", "the column 'author_label' is missing"),
            ("line 1", "the column 'mapping_date' is missing"),
        ],
    ),
    (
        "below comments",
        f"# One\n# Two\n{table(columns=[*NEEDED, 'strenght'])}",
        [("line 3", "unknown column 'strenght'; did you mean strength?")],
    ),
    ("null character", table(columns=[*NEEDED, "a\0"]), [("line 1", r"unknown column 'a\x00'")]),
]


@pytest.mark.parametrize(("content", "expected"), [item[1:] for item in HEADERS], ids=[item[0] for item in HEADERS])
def test_every_fault_of_a_header_is_told(content: str, expected: list[tuple[str, str]]) -> None:
    """In the order of the columns, those that are missing last, with the line of the header; rows are not looked at."""
    assert faults(f"{content}x\n") == told(expected)


def test_a_fact_is_checked_like_a_column() -> None:
    """A name that no column has is a fault."""
    [fault] = faults(table({}), autor_label="we")
    assert fault.problem.endswith("did you mean author_label?")


@pytest.mark.parametrize("column", ["author_label", "comment"])
def test_an_empty_fact_is_no_fact(column: str) -> None:
    """A cell that nothing fills is missing."""
    content = table({}, {"subject_id": "a:X-2", column: ""})
    [fault] = faults(content, **{column: ""})  # type: ignore[arg-type]
    assert fault.path == f"line 3, column {column!r}"


WORDS = "must be one of equal-to, subset-of, superset-of, intersects-with, no-relationship, related-to, associated-with, mitigates, cites, corresponds-to, nothing-found"
FORM = "does not have the form of this field,"
CONFIDENCE = f"{FORM} 0 to 1 with one decimal, such as 0.7"
DATE = f"{FORM} a day or month, such as 2026-11-22"
TEXT = f"{FORM} one line without blanks at its ends"
ASKS = "holds between things that ask something, and a"
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
                "'zz:1': 'zz' is no document or framework here; the documents are uk-ai-cop, etsi-ts-104-223, etsi-en-304-223."
                " A framework of your own has to be given (--framework).",
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
            ("line 3, column 'subject_id'", "names c@1, and line 2 names a@1: one edition a side"),
            ("line 3, column 'object_id'", "names a@1, and line 2 names b@1: one edition a side"),
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
            (WORD, f"equal-to {ASKS} risk does not"),
            ("line 3, column 'predicate_id'", f"subset-of {ASKS} risk does not"),
            ("line 4, column 'predicate_id'", f"superset-of {ASKS} risk does not"),
            ("line 5, column 'predicate_id'", f"intersects-with {ASKS} risk does not"),
            ("line 6, column 'predicate_id'", f"no-relationship {ASKS} risk does not"),
        ],
    ),
    (
        "a mitigated requirement",
        [{"predicate_id": "mitigates"}],
        [(WORD, "what is mitigated is a risk or a technique, not a requirement")],
    ),
    (
        "a cited risk",
        [{"predicate_id": "cites", "object_id": "b:R"}],
        [(WORD, "what is cited is a document, not a risk")],
    ),
    (
        "unlike things that correspond",
        [
            {"predicate_id": "corresponds-to", "subject_id": "a:R"},
            {"predicate_id": "corresponds-to", "object_id": "b:R"},
        ],
        [
            (WORD, "a risk does not correspond to a requirement"),
            ("line 3, column 'predicate_id'", "a requirement does not correspond to a risk"),
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
            (f"{SECOND}'strength'", "equal-to means that the target asks all that the source asks: strength 10, not 9"),
            ("line 3, column 'strength'", "intersects-with means a strength of 1 to 9, not 0"),
            ("line 4, column 'strength'", "nothing-found means strength 0, not 1"),
        ],
    ),
    (
        "a strength that is no number",
        [{"strength": "high"}],
        [(f"{SECOND}'strength'", f"'high' {FORM} 0 to 10")],
    ),
    ("nothing found, in a target", [{"predicate_id": "nothing-found"}], [(TARGET, "nothing-found has no target")]),
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
            (f"{SECOND}'comment'", "'=HYPERLINK(A1)' looks like a formula of a spreadsheet; give its value"),
            (f"{SECOND}'remainder'", "'+1' looks like a formula of a spreadsheet; give its value"),
            ("line 3, column 'author_label'", "'@SUM(A1)' looks like a formula of a spreadsheet; give its value"),
            ("line 4, column 'author_label'", "'@SUM(A1)' looks like a formula of a spreadsheet; give its value"),
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
            ("line 4", "b@1:X-1 for a@1:X-1 stands in line 2 already, by we"),
            ("line 6", "b@1:X-1 for a@1:X-1 stands in line 2 already, by we"),
            ("line 7", "nothing for a@1:X-1 stands in line 5 already, by we"),
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
            (f"{SECOND}'comment'", r"'a\x00b': holds the character U+0000, which cannot be printed"),
            ("line 3, column 'comment'", r"'a\x1bb': holds the character U+001B, which cannot be printed"),
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
def test_every_fault_of_a_row_is_told(rows: list[Cells], expected: list[tuple[str, str]]) -> None:
    """With its line, its column where one is to blame, and what may have been meant."""
    assert faults(table(*rows)) == told(expected)


def test_all_faults_of_a_file_come_at_once() -> None:
    """In the order of the lines, whatever their kind; a line with too many cells is one of them."""
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
    assert faults("# Ours\n" + "".join(content)) == told(
        [
            ("line 3", "9 cells where the header has 8"),
            ("line 4, column 'predicate_id'", f"{WORDS}, not 'exactMatch'; 'exactMatch' in SKOS is equal-to here"),
            ("line 4, column 'object_id'", "'b:Q': b@1 has no 'Q'."),
            ("line 5, column 'mapping_date'", "'2026-13-01': month must be in 1..12"),
            ("line 5, column 'confidence'", f"'5' {CONFIDENCE}"),
            (
                "line 5, column 'strength'",
                "equal-to means that the target asks all that the source asks: strength 10, not 9",
            ),
            ("line 7", "b@1:X-1 for a@1:X-1 stands in line 6 already, by we"),
            ("line 8, column 'comment'", "'+' looks like a formula of a spreadsheet; give its value"),
            ("line 8, column 'predicate_id'", f"equal-to {ASKS} risk does not"),
            ("line 9, column 'subject_id'", "names c@1, and line 4 names a@1: one edition a side"),
            ("line 10", "10 cells where the header has 8"),
        ]
    )


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("exactMatch", "'exactMatch' in SKOS is equal-to here"),
        ("skos:broadMatch", "'broadMatch' in SKOS is subset-of here"),
        ("skos:closeMatch", "'closeMatch' in SKOS is related-to here"),
        ("intersect", "did you mean 'intersects-with'?; 'intersect' in CISO Assistant is intersects-with here"),
        ("subset of", "did you mean 'subset-of'?; 'subset of' in NIST IR 8477 is subset-of here"),
        ("disjoint", "'disjoint' in SARIF is no-relationship here"),
        ("relevant", "'relevant' in SARIF is associated-with here"),
        ("relatedMatch", "'relatedMatch' in SKOS is associated-with here"),
        ("incomparable", "'incomparable' in SARIF is intersects-with here"),
        ("subsumes", "'subsumes' in Gemara is superset-of here"),
        ("Equal-To", "did you mean 'equal-to'?"),
        ("touches", ""),
    ],
)
def test_a_foreign_relation_is_translated_in_the_fault(word: str, hint: str) -> None:
    """Where its scheme says one thing with it; a word that leaves open what is meant gets no translation."""
    expected = f"{WORDS}, not {word!r}" + (f"; {hint}" if hint else "")
    assert faults(table({"predicate_id": word})) == told([(WORD, expected)])


@pytest.mark.parametrize("word", ["subset", "superset"])
def test_a_word_with_two_meanings_is_not_settled(word: str) -> None:
    """A superset of SARIF is a subset of CISO Assistant: whoever reads the fault is told of both or of neither."""
    [fault] = faults(table({"predicate_id": word}))
    assert (Scheme.SARIF in fault.problem) == (Scheme.CISO_ASSISTANT in fault.problem)


@pytest.mark.parametrize(("word", "wrong"), [("not related to", "related-to"), ("skos:relatedMatch", "related-to")])
def test_a_word_is_not_taken_for_its_opposite(word: str, wrong: str) -> None:
    """However alike the two are spelt; a related match of SKOS may share nothing."""
    [fault] = faults(table({"predicate_id": word}))
    assert f"did you mean '{wrong}'" not in fault.problem


@pytest.mark.parametrize("strength", ["11", "-1", "4.5", "1" * 5000, "\u0661\u0660"], ids=lambda text: text[:5])
def test_a_strength_is_a_whole_number_up_to_ten(strength: str) -> None:
    """Anything else is a fault, told once, of whatever length and in whatever figures it is written."""
    [fault] = faults(table({"strength": strength}))
    assert (fault.path, FORM in fault.problem) == (f"{SECOND}'strength'", True)


UNREADABLE: list[tuple[str, bytes | str, str, tuple[str, str]]] = [
    ("UTF-16", table({}).encode("utf-16"), FILE, ("", "looks like UTF-16; save it as UTF-8")),
    (
        "UTF-16, the other way round",
        codecs.BOM_UTF16_BE + table({}).encode("utf-16-be"),
        FILE,
        ("", "looks like UTF-16; save it as UTF-8"),
    ),
    (
        "Latin-1",
        f"# Ours\n{table({}, {'comment': 'ä'})}".encode("latin-1"),
        FILE,
        ("line 4", "byte 0xe4 is not UTF-8; save the file as UTF-8"),
    ),
    (
        "Latin-1 behind a byte order mark",
        codecs.BOM_UTF8 + "# ä\n".encode("latin-1"),
        FILE,
        ("line 1", "byte 0xe4 is not UTF-8; save the file as UTF-8"),
    ),
    (
        "Latin-1 with lines as old Macs end them",
        f"# Ours\n{table({}, {'comment': 'ä'})}".replace("\n", "\r").encode("latin-1"),
        FILE,
        ("line 4", "byte 0xe4 is not UTF-8; save the file as UTF-8"),
    ),
    ("empty bytes", b"", FILE, ("", "empty; a header row is needed")),
    ("empty text", "", FILE, ("", "empty; a header row is needed")),
    ("nothing but a byte order mark", codecs.BOM_UTF8, FILE, ("", "empty; a header row is needed")),
    ("nothing but comments", "# One\n# Two", FILE, ("", "empty; a header row is needed")),
    (
        "an open quote",
        "# Ours\n" + table({}, {"comment": '"Why.'}, delimiter=","),
        "own.csv",
        ("line 4", "not a table: unexpected end of data"),
    ),
    (
        "more behind a quote",
        "# Ours\n" + table({}, {"comment": '"Why" not.'}, delimiter=","),
        "own.csv",
        ("line 4", "not a table: ',' expected after '\"'"),
    ),
    (
        "an endless cell",
        table({"comment": "x" * 2**18}),
        FILE,
        ("line 2", "not a table: field larger than field limit (131072)"),
    ),
]


@pytest.mark.parametrize(
    ("content", "file", "expected"), [item[1:] for item in UNREADABLE], ids=[item[0] for item in UNREADABLE]
)
def test_what_is_no_table_is_refused(content: bytes | str, file: str, expected: tuple[str, str]) -> None:
    """With the line where reading stopped, comments counted."""
    assert faults(content, file) == told([expected], file)


def test_a_cell_over_two_lines_does_not_move_the_lines_below() -> None:
    """A row is named by its last line."""
    content = table({"comment": '"One\ntwo"'}, {"subject_id": "a:Q"}, delimiter=",")
    assert [fault.path for fault in faults(content, "own.csv")] == [
        "line 3, column 'comment'",
        "line 4, column 'subject_id'",
    ]


def test_a_file_that_does_not_exist_is_not_read(tmp_path: Path) -> None:
    """The operating system says so; it is no fault of the file."""
    with pytest.raises(FileNotFoundError):
        loads(tmp_path / FILE)


def test_nothing_is_half_loaded() -> None:
    """A fault in the last line comes before the first mapping."""
    rows = stream(table({}, {"subject_id": "a:X-2"}, {"subject_id": "a:Q"}), FILE, frameworks=OWN)
    with pytest.raises(InvalidDocument) as caught:
        next(rows)
    assert caught.value == InvalidDocument.from_faults(
        told([("line 4, column 'subject_id'", "'a:Q': a@1 has no 'Q'.")])
    )


@pytest.mark.parametrize(("count", "stopped"), [(MAX_FAULTS, False), (MAX_FAULTS + 1, True), (20_000, True)])
def test_after_the_most_faults_the_rest_is_not_looked_at(count: int, stopped: bool) -> None:  # noqa: FBT001 -- a column
    """So that a long file with one mistake in every line is answered in a page, which says so where there is a rest."""
    found = faults(table(*({"confidence": "2", "author_label": f"No. {number}"} for number in range(count))))
    listed = [(f"line {number + 2}, column 'confidence'", f"'2' {CONFIDENCE}") for number in range(MAX_FAULTS)]
    rest = [(f"line {MAX_FAULTS + 1}", f"{MAX_FAULTS} faults or more so far; what follows was not looked at")]
    assert found == told(listed + rest * stopped)


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
    """Ten for what the target asks in full, nought for no relationship, one to nine between; none given is no fault."""
    right = {strength for strength in range(11) if strength_fault(predicate, strength) is None}
    assert right & set(range(1, 10)) if predicate not in STRENGTHS else right == STRENGTHS[predicate]
    assert strength_fault(predicate, None) is None


@pytest.mark.parametrize(
    ("predicate", "strength", "said"),
    [
        ("subset-of", 0, "subset-of means that the target asks all that the source asks: strength 10, not 0"),
        ("superset-of", 10, "superset-of means a strength of 1 to 9, not 10"),
        ("no-relationship", 3, "no-relationship means strength 0, not 3"),
    ],
)
def test_a_wrong_strength_is_told_with_the_right_one(predicate: str, strength: int, said: str) -> None:
    """And with the reason, where it is not plain."""
    assert strength_fault(Predicate(predicate), strength) == said


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
def test_a_predicate_holds_between_the_natures_that_it_is_for(predicate: Predicate, between: str) -> None:
    """As the reference says, under what a row says: every pair of natures is right or a fault."""
    right = {pair for pair in itertools.product(Nature, Nature) if nature_fault(predicate, *pair) is None}
    assert right == BETWEEN[between]


@pytest.mark.parametrize(
    ("predicate", "natures", "said"),
    [
        ("equal-to", (Nature.REQUIREMENT, Nature.HEADING), f"equal-to {ASKS} heading does not"),
        ("equal-to", (Nature.STAGE, Nature.ROLE), f"equal-to {ASKS} stage does not"),
        ("mitigates", (Nature.MITIGATION, Nature.HEADING), "what is mitigated is a risk or a technique, not a heading"),
        ("cites", (Nature.REQUIREMENT, Nature.HEADING), "what is cited is a document, not a heading"),
        ("corresponds-to", (Nature.HEADING, Nature.ROLE), "a heading does not correspond to a role"),
        ("corresponds-to", (Nature.ROLE, Nature.HEADING), "a role does not correspond to a heading"),
    ],
)
def test_a_wrong_nature_is_named(predicate: str, natures: tuple[Nature, Nature], said: str) -> None:
    """With what is wrong about it."""
    assert nature_fault(Predicate(predicate), *natures) == said


def test_links_to_what_asks_nothing_are_read() -> None:
    """Risks and techniques that are mitigated, documents that are cited, roles and risks that correspond."""
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


plain = lines.filter(lambda text: text[0] not in "=+@")
texts = st.lists(plain, min_size=1, max_size=3).map(" ".join)
digests = st.none() | st.from_regex("[0-9a-f]{16}", fullmatch=True)
BARE = ("X", "X-1", "X-2", "Y", "Y-1", "Y-2")
ASKED = list(map(A.key, BARE))


@st.composite
def good_rows(draw: st.DrawFn) -> Mapping:
    """Rows that break no rule, from one small framework to another."""
    predicate = draw(st.sampled_from([*STRENGTHS, Predicate.RELATED, Predicate.MITIGATES, Predicate.CORRESPONDS]))
    sources, targets = ([A.key("R")] if predicate is Predicate.CORRESPONDS else ASKED), list(map(B.key, BARE))
    if predicate in {Predicate.MITIGATES, Predicate.CORRESPONDS}:
        targets = [B.key("R")]
    return row(
        draw(st.sampled_from(sources)),
        predicate,
        None if predicate is Predicate.NOTHING else draw(st.sampled_from(targets)),
        rationale=draw(texts),
        strength=draw(st.none() | st.sampled_from(sorted(STRENGTHS.get(predicate, {1, 9})))),
        remainder=draw(st.none() | texts),
        confidence=draw(st.integers(0, 10)),
        basis=draw(st.sampled_from(MappingBasis)),
        author=draw(texts),
        date=draw(st.dates().map(str) | st.dates().map(lambda day: str(day)[:7])),
        knowledge=draw(st.none() | st.sampled_from(Knowledge)),
        settlement=draw(st.none() | texts),
        source_digest=draw(digests),
        target_digest=draw(digests),
    )


def written(rows: Sequence[Mapping], delimiter: str) -> str:
    """Write records as a table: in a TSV nothing is quoted, and nothing needs to be."""
    more = ("basis", "strength", "remainder", "knowledge", "settlement", "subject_digest", "object_digest")
    listed: list[Sequence[str]] = [[*NEEDED, *more]]
    for item in rows:
        needed = (item.source, item.predicate, item.target, item.author, item.date, f"{(item.confidence or 0) / 10:g}")
        wanted = item.strength, item.remainder, item.knowledge, item.settlement
        digested = item.source_digest, item.target_digest
        cells = (*needed, item.rationale, item.basis, *wanted, *digested)
        listed.append(["" if cell is None else str(cell) for cell in cells])
    if delimiter == "\t":
        return "".join("\t".join(cells) + "\n" for cells in listed)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(listed)
    return text.getvalue()


@given(
    st.lists(good_rows(), max_size=5, unique_by=lambda item: (item.source, item.target, item.author)),
    st.sampled_from([("\t", "own.tsv"), (",", "own.csv")]),
)
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back(rows: list[Mapping], form: tuple[str, str]) -> None:
    """Good rows, as a TSV or a CSV, are the same records again."""
    delimiter, file = form
    expected = tuple(attrs.evolve(item, set=file) for item in rows)
    assert loads(written(rows, delimiter), file, frameworks=OWN) == expected


@given(st.text(max_size=100) | st.binary(max_size=100), st.sampled_from(["own.tsv", "own.csv"]), st.booleans())
def test_nothing_that_is_written_does_anything_but_pass_or_raise(content: str | bytes, file: str, headed: bool) -> None:  # noqa: FBT001 -- drawn
    """Rubbish below a header, or instead of one, is answered with faults."""
    if headed:
        header = table(delimiter="," if file.endswith("csv") else "\t")
        content = header + content if isinstance(content, str) else header.encode() + content
    try:
        assert loads(content, file, frameworks=OWN) == ()
    except InvalidDocument as error:
        assert {fault.file for fault in error.faults} == {file}


def test_a_long_file_is_not_held_in_memory() -> None:
    """Streaming takes well below what the records take together."""
    ids = "id,kind\n" + "".join(f"N-{number},control\n" for number in range(142))
    ours, theirs = (own_framework(ids, "x.csv", framework=name, edition="1", title="Long") for name in ("l", "m"))
    pairs = itertools.islice(itertools.product(ours, theirs), 20_000)
    rows = ({"subject_id": str(one), "object_id": str(other), "comment": f"{one} as {other}."} for one, other in pairs)
    content = table(*rows).encode()
    tenth = b"".join(content.splitlines(keepends=True)[:2_001])
    tracemalloc.start()
    try:
        assert sum(1 for _ in stream(content, FILE, frameworks=(ours, theirs))) == 20_000
        before, peak = tracemalloc.get_traced_memory()
        records = loads(tenth, FILE, frameworks=(ours, theirs))
        held = 10 * (tracemalloc.get_traced_memory()[0] - before)
    finally:
        tracemalloc.stop()
    assert len(records) == 2_000
    assert peak < held / 2


def test_lines_that_are_not_utf_8_are_found() -> None:
    """Each with its number and its byte."""
    content = io.BytesIO(b"a\n\xff\nb\n\xe4")
    assert [str(fault) for fault in text._undecodable(content, "x")] == [
        "x: line 2: byte 0xff is not UTF-8; save the file as UTF-8",
        "x: line 4: byte 0xe4 is not UTF-8; save the file as UTF-8",
    ]


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """As the shell gives one for the output of a command."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(path.write_text, table({}), encoding="utf-8")
        assert loads(path, FILE, frameworks=OWN) == loads(table({}), FILE, frameworks=OWN)
        written.result()


def test_an_own_framework_may_be_named_by_its_key_beside_a_home() -> None:
    """Where nothing that ships has that key."""
    (found,) = loads(table({}), FILE, frameworks=OWN, source_edition="uk-ai-cop")
    assert str(found.source) == "a@1:X-1"


def test_a_table_of_ones_own_is_read_as_spreadsheets_save_it() -> None:
    """Semicolons, empty columns and rows at the end, and no separators for the empty cells at the end of a line."""
    usual = loads(table({}), FILE, frameworks=OWN)
    rows = table({}, delimiter=";").splitlines()
    saved = "\ufeff" + "".join(f"{line};;\r\n" for line in rows) + ";;;;;;;;\r\n"
    assert loads(saved, FILE, frameworks=OWN) == usual
    header, line = table({"remainder": ""}, delimiter=";").splitlines()
    assert loads(f"{header}\n{line.rstrip(';')}\n", FILE, frameworks=OWN) == usual
    framework = own_framework("id;kind;title;\nA;control\n;;;\n", "own.csv", framework="o", edition="1", title="O")
    assert [(str(one.id), one.kind, one.title) for one in framework.controls] == [("o@1:A", "control", None)]


def test_a_link_stands_beside_a_relation() -> None:
    """That one thing mitigates another says nothing of what both ask; the same link twice is once too often."""
    ends = {"object_id": "b:R"}
    rows = ends | {"predicate_id": "mitigates"}, ends | {"predicate_id": "related-to"}
    assert len(loads(table(*rows), FILE, frameworks=OWN)) == 2
    assert faults(table(rows[0], rows[0])) == told([("line 3", "b@1:R for a@1:X-1 stands in line 2 already, by we")])


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("EN 304 223 5.1.1-1", "etsi-en-304-223@2.1.1:5.1.1-1"),
        ("ISO/IEC 42001 A.4.2", "iso-iec-42001@2023:A.4.2"),
        ("UK-AI-COP:5.1", "uk-ai-cop@2025-01:5.1"),
        ("own@1:X-1", "own@1:X-1"),
        ("own@2:X-1", "own@2:X-1"),
    ],
)
def test_a_framework_that_is_named_is_meant_whatever_the_home(written: str, key: str) -> None:
    """In any form that people write it."""
    ends = IdResolver(_two_editions(), "nist-csf", None)
    assert str(ends.find("subject_id", written)) == key


def _two_editions() -> tuple[Framework, ...]:
    return tuple(
        own_framework("id,kind\nX-1,control\n", "o.csv", framework="own", edition=edition, title="O")
        for edition in ("1", "2")
    )


def test_of_two_own_editions_the_one_that_is_named_is_meant() -> None:
    """By the home, or in the id; else nobody knows which."""
    for home in ("own@1", "own@2"):
        assert str(IdResolver(_two_editions(), home, None).find("subject_id", "own:X-1")) == f"{home}:X-1"
        assert str(IdResolver(_two_editions(), home, None).find("subject_id", "x 1")) == f"{home}:X-1"
    for home_ in (None, "nist-csf"):
        with pytest.raises(UnknownKey) as caught:
            IdResolver(_two_editions(), home_, None).find("subject_id", "own:X-1")
        assert caught.value.nearest == ("own@1", "own@2")
    with pytest.raises(UnknownKey):
        IdResolver(_two_editions(), None, None).find("subject_id", "X-1")


@pytest.mark.parametrize("key", ["uk-ai-cop", "nist-csf"])
def test_a_key_that_ships_is_not_taken_for_ones_own_beside_a_home(key: str) -> None:
    """Of an edition of the Code as of any other framework; the edition tells which is meant."""
    own = own_framework("id,kind\nX-1,control\n", "o.csv", framework=key, edition="mine", title="O")
    ends = IdResolver((own,), "iso-iec-42001", None)
    assert str(ends.find("subject_id", f"{key}@mine:X-1")) == f"{key}@mine:X-1"
    with pytest.raises(UnknownKey):
        ends.find("subject_id", f"{key}:X-1")
