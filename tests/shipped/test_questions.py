"""The questions to suppliers that ship, and the check of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from aicop import Catalogue, load
from aicop._resources import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CODE = load("uk-ai-cop")
ROWS = read_table("questions/uk-ai-cop@2025-01.tsv")
SUBJECT = re.compile(r"(2\.7|3\.3|7(\.\d+)+)#\d+")
"""The statements on external providers and the supply chain."""


def cell_faults(row: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the cells of a question."""
    name = row["id"]
    if not re.fullmatch(r"[A-Z]{2}-[1-9]", name):
        yield f"{name}: not an id such as SC-2"
    if not row["question"].endswith("?") or row["question"].count("?") != 1:
        yield f"{name}: not one question"
    if not row["helps"].endswith("."):
        yield f"{name}: what helps is not a sentence"
    if not all(form and form == form.strip() for form in row["evidence"].split("; ")):
        yield f"{name}: the evidence is not a list"
    if row["basis"] != "editorial":
        yield f"{name}: the basis is not editorial"


def faults(rows: Sequence[Mapping[str, str]], catalogue: Catalogue) -> Iterator[str]:
    """Yield what is wrong with a table of questions."""
    subjects = {
        f"{item.number}#{statement.ordinal}"
        for item in catalogue.values()
        for statement in item.statements
        if SUBJECT.fullmatch(f"{item.number}#{statement.ordinal}")
    }
    seen: set[str] = set()
    sections: list[str] = []
    for row in rows:
        if row["id"] in seen:
            yield f"{row['id']}: the id occurs twice"
        seen.add(row["id"])
        if row["statement"] not in subjects:
            yield f"{row['id']}: {row['statement']} is not about providers or the supply chain"
        if row["section"] in sections[:-1]:
            yield f"{row['id']}: its section is in two places"
        if row["section"] not in sections:
            sections.append(row["section"])
        yield from cell_faults(row)
    asked = {row["statement"] for row in rows}
    yield from (f"{key}: no question" for key in sorted(subjects - asked))


def test_the_questions_that_ship_are_consistent() -> None:
    """Every statement on providers and the supply chain has a question, and each question one statement."""
    assert list(faults(ROWS, CODE)) == []
    assert {row["statement"].partition("#")[0] for row in ROWS} == {
        "2.7",
        "3.3",
        "7.1",
        "7.2",
        "7.2.1",
        "7.2.2",
        "7.3",
        "7.4",
    }


BAD = {
    "twice": ({}, "DD-1: the id occurs twice"),
    "id": ({"id": "question"}, "question: not an id such as SC-2"),
    "statement": ({"statement": "5.1#1"}, "DD-1: 5.1#1 is not about providers or the supply chain"),
    "unknown": ({"statement": "7.9#1"}, "DD-1: 7.9#1 is not about providers or the supply chain"),
    "no question": ({"question": "Tell us."}, "DD-1: not one question"),
    "two questions": ({"question": "Who? When?"}, "DD-1: not one question"),
    "helps": ({"helps": ""}, "DD-1: what helps is not a sentence"),
    "evidence": ({"evidence": "list; "}, "DD-1: the evidence is not a list"),
    "basis": ({"basis": "published"}, "DD-1: the basis is not editorial"),
    "section": ({"section": "Updates of models", "id": "UP-9"}, ""),
}


@pytest.mark.parametrize(("change", "fault"), BAD.values(), ids=BAD)
def test_a_fault_is_found(change: dict[str, str], fault: str) -> None:
    """A question that is changed in this way is reported."""
    found = list(faults([*ROWS, ROWS[0] | change], CODE))
    assert (fault in found) if fault else found == []


def test_a_section_in_two_places_and_a_missing_question_are_found() -> None:
    """A section is in one place, and no statement is without a question."""
    assert "DD-9: its section is in two places" in list(faults([*ROWS, ROWS[0] | {"id": "DD-9"}], CODE))
    assert list(faults([row for row in ROWS if row["statement"] != "7.1#1"], CODE)) == ["7.1#1: no question"]


def test_the_words_are_our_own() -> None:
    """No question is a statement turned round: none has its action in it."""
    actions = [statement.action for item in CODE.values() for statement in item.statements]
    assert not any(action in row["question"] for row in ROWS for action in actions)
