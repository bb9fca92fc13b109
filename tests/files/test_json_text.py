"""Strict parsing of JSON."""

from __future__ import annotations

import gc
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.errors import InvalidDocument
from aicop.files import json_text
from aicop.files.json_text import MAX_JSON_DEPTH, MAX_JSON_NODES, parse_json, without_garbage_collection
from tests.schema.test_check import faults

UNREADABLE: list[tuple[str, bytes | str, tuple[str, str]]] = [
    ("nothing", b"", ("line 1, column 1", "not JSON: Expecting value")),
    ("a list", b"[]", ("", "must be a JSON object, not list")),
    ("cut off", b'{"a": ', ("line 1, column 7", "not JSON: Expecting value")),
    ("NaN", b'{"a": NaN}', ("", "not JSON: NaN is not allowed")),
    ("Latin-1", b'{"a": 1,\n"b": "\xe9"}', ("line 2", "byte 0xe9 is not UTF-8; save the file as UTF-8")),
    ("UTF-16", '{"a": 1}'.encode("utf-16"), ("", "looks like UTF-16; save it as UTF-8")),
    ("deep lists", b"[" * 200_000, ("", "nested too deeply")),
    ("deep objects", b'{"a":' * 200_000, ("", "nested too deeply")),
    (
        "huge number",
        b'{"a": ' + b"1" * 5000 + b"}",
        (
            "",
            "not JSON: Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit",
        ),
    ),
]


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE])
def test_invalid_json_is_refused(content: bytes | str, expected: tuple[str, str]) -> None:
    """The fault has the place where parsing stopped."""
    assert faults(content) == [expected]


def test_all_duplicate_keys_are_reported() -> None:
    """Duplicate keys, of which JSON parsers silently keep the last, are faults with their places."""
    content = '{"a": 1, "b": [{"c": 1, "c": 2, "c": 3}], "a": 2, "d": {"e": 0, "e": 0}}'
    assert faults(content) == [
        ("", "the key 'a' occurs more than once"),
        ("b[0]", "the key 'c' occurs more than once"),
        ("d", "the key 'e' occurs more than once"),
    ]


FILE = "odd.json"
STRINGS = [
    '"a"',
    '"b"',
    r'"\u0061"',
    r'"\""',
    r'"\\"',
    r'"\\\""',
    r'"\u0022"',
    r'"\/"',
    '"é"',
    r'"\ud83d\ude00"',
    r'"\\ud800"',
    '""',
]
_LEAVES = st.sampled_from([*STRINGS, "1", "5.10", "null", "true", "[]", "{}"])
_KEYS = st.sampled_from(STRINGS)
_GAP = st.sampled_from(["", " ", "\n"])


def _holder(below: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    members = st.builds("{}{}:{}{}".format, _KEYS, _GAP, _GAP, below)
    lists = st.lists(below, max_size=4).map(lambda items: f"[{','.join(items)}]")
    return lists | st.lists(members, max_size=4).map(lambda items: f"{{{','.join(items)}}}")


def _repeats(text: str) -> bool:
    found = []

    # Find duplicates with the standard library, independently of aicop's scan.
    def hook(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found.append(len(dict(pairs)) < len(pairs))
        return dict(pairs)

    json.loads(text, object_pairs_hook=hook)
    return any(found)


@given(st.recursive(_LEAVES, _holder, max_leaves=20))
def test_duplicate_keys_are_found_in_any_text(text: str) -> None:
    """Quotes and backslashes in strings neither hide duplicates nor produce false ones."""
    if _repeats(text):
        with pytest.raises(InvalidDocument) as caught:
            parse_json(text, FILE)
        assert all(fault.problem.endswith("occurs more than once") for fault in caught.value.faults)
    else:
        assert parse_json(text.encode(), FILE) == parse_json(text, FILE) == json.loads(text)


@pytest.mark.parametrize(
    ("text", "path", "problem"),
    [
        ('["\ud800"]', "[0]", r"'\ud800' contains half a character (a lone surrogate)"),
        (r'{"a": "\ud800"}', "a", r"'\ud800' contains half a character (a lone surrogate)"),
        (r'{"\uDFFF": 1}', "", r"'\udfff' contains half a character (a lone surrogate)"),
        (
            "[" * (MAX_JSON_DEPTH + 1) + "1" + "]" * (MAX_JSON_DEPTH + 1),
            "[0]" * (MAX_JSON_DEPTH + 1),
            "nested too deeply",
        ),
        ("[" * MAX_JSON_DEPTH + '{"a": 1}' + "]" * MAX_JSON_DEPTH, "[0]" * MAX_JSON_DEPTH + ".a", "nested too deeply"),
    ],
    ids=["half", "escaped half", "half in a key", "lists", "object"],
)
def test_lone_surrogates_and_deep_nesting_are_faults(text: str, path: str, problem: str) -> None:
    """Lone surrogates and deep nesting are faults with their places."""
    with pytest.raises(InvalidDocument) as caught:
        parse_json(text, FILE)
    assert [(fault.path, fault.problem) for fault in caught.value.faults] == [(path, problem)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * MAX_JSON_DEPTH + "1" + "]" * MAX_JSON_DEPTH,
        "[" * (MAX_JSON_DEPTH + 1) + "]" * (MAX_JSON_DEPTH + 1),
        '"one string"',
        "1",
        r'["\ud83d\ude00", "\\ud800"]',
    ],
    ids=["lists", "empty list", "string", "number", "pair"],
)
def test_valid_edge_cases_are_read(text: str) -> None:
    """JSON at the depth limit, scalars and paired surrogates are read."""
    assert parse_json(text, FILE) == json.loads(text)


def test_too_many_lists_are_refused() -> None:
    """Lists and objects take far more memory than their text, so their number is limited."""
    with pytest.raises(InvalidDocument) as caught:
        parse_json(f"[{'[],' * MAX_JSON_NODES}[]]", FILE)
    assert caught.value.faults[0].problem == f"contains more than {MAX_JSON_NODES:,} lists and objects"


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(*, enabled: bool) -> None:
    """The garbage collector is restored, even if parsing fails."""
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with without_garbage_collection():
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
        with pytest.raises(InvalidDocument), without_garbage_collection():
            parse_json("{", FILE)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()


def test_escaped_backslashes_hide_no_duplicate_key() -> None:
    """An escaped backslash before a closing quote does not hide a duplicate key."""
    with pytest.raises(InvalidDocument):
        parse_json('{"a":1,"a":["\\\\","\\\\"]}', FILE)


def test_too_many_objects_are_refused() -> None:
    """Objects count towards the limit as lists do."""
    with pytest.raises(InvalidDocument) as caught:
        parse_json(f"[{'{},' * MAX_JSON_NODES}[]]", FILE)
    assert caught.value.faults[0].problem.startswith("contains more than")


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each value takes many times the memory of its text, so their number is limited."""
    monkeypatch.setattr(json_text, "MAX_JSON_VALUES", 3)
    assert parse_json("[1, 2, 3, 4]", FILE) == [1, 2, 3, 4]
    with pytest.raises(InvalidDocument) as caught:
        parse_json("[1, 2, 3, 4, 5]", FILE)
    assert caught.value.faults[0].problem == "contains more than 3 values"
