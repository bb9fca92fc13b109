"""The order of keys of all kinds."""

from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

import aicop
from aicop import frameworks
from aicop.ids import EditionId, JointId
from aicop.keys import parse, sort_key
from tests.strategies import edition_ids, numbers

IN_ORDER = [
    "acme@2",
    "acme@2:AC-2",
    "acme@2:AC-10",
    "acme@10:AC-1",
    "uk-ai-cop@2025-01",
    "uk-ai-cop@2025-01:secure-design",
    "uk-ai-cop@2025-01:P5",
    "uk-ai-cop@2025-01:P10",
    "uk-ai-cop@2025-01:2.3",
    "uk-ai-cop@2025-01:2.3#1",
    "uk-ai-cop@2025-01:2.3#2",
    "uk-ai-cop@2025-01:2.4",
    "uk-ai-cop@2025-01:10.1",
]


def read(text: str) -> aicop.ids.End | EditionId:
    """Return the id with a canonical form."""
    if ":" not in text:
        return EditionId.parse(text)
    return aicop.ids.ControlId.parse(text) if text.startswith("acme") else parse(text)


def test_keys_of_all_kinds_are_sorted_in_python_and_sql() -> None:
    """Editions, phases, principles, provisions, statements and elements, by their numbers."""
    keys = [read(text) for text in IN_ORDER]
    mixed = [*keys[1::2], *keys[::2]]
    assert [str(key) for key in sorted(mixed, key=sort_key)] == IN_ORDER
    table = sqlite3.connect(":memory:")
    table.execute("create table item (key text, sorting text)")
    table.executemany("insert into item values (?, ?)", [(str(key), sort_key(key)) for key in mixed])
    assert [row[0] for row in table.execute("select key from item order by sorting")] == IN_ORDER
    table.close()


def test_an_edition_is_sorted_in_printed_order() -> None:
    """The provisions of each edition, and the elements of a framework whose ids are numbered."""
    for edition in aicop.editions():
        keys = list(aicop.load(edition))
        assert sorted(keys, key=sort_key) == keys
    controls = list(frameworks.load("owasp-llm-top10"))
    assert sorted(controls, key=sort_key) == controls


def test_a_stored_key_stays_valid() -> None:
    """The text is always the same, because a database that sorts by it may be older than the library."""
    assert sort_key(parse("uk-ai-cop:10.1")) == "uk-ai-cop@042025-011 3 0210.011 uk-ai-cop@2025-01:10.1"
    assert sort_key(EditionId("acme", "0.9")) == "acme@00.019 0 acme@0.9"
    joint = JointId([parse("uk-ai-cop:5.1"), parse("uk-ai-cop:5.2")])
    texts = ["uk-ai-cop:secure-design", "uk-ai-cop:P5", "uk-ai-cop:5.1", "uk-ai-cop:5.1#1", "uk-ai-cop:Developer"]
    assert [sort_key(key).split(" ")[1] for key in (*map(parse, texts), joint)] == ["1", "2", "3", "3", "4", "5"]


@given(st.lists(numbers(), min_size=2, max_size=2))
def test_the_order_is_that_of_the_ids(drawn: list[str]) -> None:
    """Provisions of one edition are sorted as their ids compare, and different ids never have the same key."""
    edition = EditionId("uk-ai-cop", "2025-01")
    one, other = (aicop.ProvisionId(edition, number) for number in drawn)
    assert (sort_key(one) < sort_key(other)) == (one < other)
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(edition_ids, edition_ids)
def test_different_editions_have_different_keys(one: EditionId, other: EditionId) -> None:
    """Also if their labels have the same value, such as 1.0 and 1.00."""
    assert (sort_key(one) == sort_key(other)) == (one == other)
    assert sort_key(EditionId("acme", "1.0")) != sort_key(EditionId("acme", "1.00"))
