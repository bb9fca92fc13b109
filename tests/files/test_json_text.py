"""JSON, read strictly."""

from __future__ import annotations

import gc
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.errors import InvalidDocument
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
def test_what_is_no_json_is_refused(content: bytes | str, expected: tuple[str, str]) -> None:
    """With the place where reading stopped."""
    assert faults(content) == [expected]


def test_all_repeated_keys_are_told() -> None:
    """JSON readers keep the last one silently; here each is a fault with its place."""
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

    def hook(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found.append(len(dict(pairs)) < len(pairs))
        return dict(pairs)

    json.loads(text, object_pairs_hook=hook)
    return any(found)


@given(st.recursive(_LEAVES, _holder, max_leaves=20))
def test_repeated_keys_are_seen_whatever_stands_around_them(text: str) -> None:
    """Quotation marks and backslashes in strings, escaped or not, hide none and feign none."""
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
def test_halves_and_depth_are_seen(text: str, path: str, problem: str) -> None:
    """With the place."""
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
def test_what_only_looks_odd_is_read(text: str) -> None:
    """As deep as may be, and characters written as two halves."""
    assert parse_json(text, FILE) == json.loads(text)


def test_what_holds_more_than_any_document_is_refused() -> None:
    """Lists and objects take many times the memory that their text takes."""
    with pytest.raises(InvalidDocument) as caught:
        parse_json(f"[{'[],' * MAX_JSON_NODES}[]]", FILE)
    assert caught.value.faults[0].problem == f"contains more than {MAX_JSON_NODES:,} lists and objects"


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(*, enabled: bool) -> None:
    """Also where nothing could be read."""
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


def test_escaped_backslashes_hide_no_repeated_key() -> None:
    """Each belongs to the one after it, and not to the quotation mark behind both."""
    with pytest.raises(InvalidDocument):
        parse_json('{"a":1,"a":["\\\\","\\\\"]}', FILE)


def test_objects_are_counted_as_lists_are() -> None:
    """Whichever there are more of."""
    with pytest.raises(InvalidDocument) as caught:
        parse_json(f"[{'{},' * MAX_JSON_NODES}[]]", FILE)
    assert caught.value.faults[0].problem.startswith("contains more than")
