"""Strict parsing of YAML, and plain output."""

from __future__ import annotations

import json
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aicop.errors import MAX_FAULTS, Fault, InvalidDocument, MissingExtra
from aicop.files import yaml_text
from aicop.files.json_text import MAX_JSON_DEPTH
from aicop.files.text import MAX_FILE_SIZE
from aicop.files.yaml_text import dump_yaml, parse_yaml

if TYPE_CHECKING:
    from aicop.files.yaml_text import Yaml


FILE = "own.yaml"


@pytest.fixture(params=["C", "Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Use each of the two parsers of PyYAML."""
    if request.param == "Python":
        # PyYAML without libyaml has no such class.
        monkeypatch.delattr(yaml, "CSafeLoader")
    name: str = request.param
    return name


def faults(content: bytes | str) -> list[tuple[str, str]]:
    """Return the place and problem of every fault."""
    with pytest.raises(InvalidDocument) as caught:
        parse_yaml(content, FILE)
    assert {fault.file for fault in caught.value.faults} == {FILE}
    return [(fault.path, fault.problem) for fault in caught.value.faults]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# nothing but a comment\n", None),
        ("--- a\n...\n", "a"),
        ("%YAML 1.1\n--- a\n", "a"),
        ("\ufeffa: 1\n", {"a": 1}),
        ("a:\r\n- b\r\n", {"a": ["b"]}),
        ("a: []\nb: {}\n", {"a": [], "b": {}}),
        ("- null\n- ~\n-\n- Null\n- 'null'\n", [None, None, None, None, "null"]),
        ("- true\n- False\n- TRUE\n- 'true'\n", [True, False, True, "true"]),
        ("[yes, No, on, off, y, n]", ["yes", "No", "on", "off", "y", "n"]),
        ("[0, 7, -7, 123456789012345678]", [0, 7, -7, 123456789012345678]),
        ("[007, +7, 0x1f, 0o17, 1_000, 12:30:00, -0]", ["007", "+7", "0x1f", "0o17", "1_000", "12:30:00", "-0"]),
        ("[1.0, 1e3, 5.10, 1234567890123456789]", ["1.0", "1e3", "5.10", "1234567890123456789"]),
        ("[2025-01-31, 2025-01, 2025-01-31T00:00:00Z]", ["2025-01-31", "2025-01", "2025-01-31T00:00:00Z"]),
        ("['.nan', \".inf\"]", [".nan", ".inf"]),
        ("[!!str 12, ! 12, !!int 12, !!bool true, !!null null]", ["12", "12", 12, True, None]),
        ("!!map {a: !!seq [b]}", {"a": ["b"]}),
        ("no: 1\n'2': two\n<<: {a: b}\n", {"no": 1, "2": "two", "<<": {"a": "b"}}),
        ('"\\ud7ff\\U0001f600\\x85"', "\ud7ff\U0001f600\x85"),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: one\n  two\n", {"a": "one two"}),
    ],
    ids=repr,
)
def test_scalars_are_read_plainly(text: str, value: object) -> None:
    """Null, booleans and whole numbers are converted; dates, versions and all else stay text."""
    found = parse_yaml(text, FILE)
    assert found == value
    assert json.dumps(found) == json.dumps(value)
    assert parse_yaml(text.encode(), FILE) == value


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: &x 1\nb: *x\n",
            [
                ("line 1", "the anchor '&x' is not supported; remove it"),
                ("line 2", "the alias '*x' is not supported; write out the value"),
            ],
        ),
        (
            "a: &x\n  b: *x\n",
            [
                ("line 1", "the anchor '&x' is not supported; remove it"),
                ("line 2", "the alias '*x' is not supported; write out the value"),
            ],
        ),
        ("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", [(f"line {n}", f"the key {k!r} occurs more than once") for n, k in ((4, "c"), (5, "a"))]),
        ("1: a\n", [("line 1", 'a key must be text, but 1 is not; write it in quotes: "1"')]),
        ("a:\n  true: b\n", [("line 2", 'a key must be text, but true is not; write it in quotes: "true"')]),
        ("? \n: b\n", [("line 1", "a key must be text, but this is not")]),
        ("? [a]\n: b\n? {c: d}\n: e\n", [("line 1", "a key must be text, but this is not"), ("line 3", "a key must be text, but this is not")]),
        ("--- a\n--- b\n--- c\n", [("line 2", "a second document begins here; put each document in its own file")]),
        ("a: !!python/name:os.system x\n", [("line 1", "the tag '!!python/name:os.system' is not supported; remove it")]),
        ("a: !!float 1.5\nb: !!timestamp 2025-01-31\n", [("line 1", "the tag '!!float' is not supported; remove it"), ("line 2", "the tag '!!timestamp' is not supported; remove it")]),
        ("!own {a: !!seq b}\n", [("line 1", "the tag '!own' is not supported; remove it"), ("line 1", "the tag '!!seq' is not supported; remove it")]),
        ("%TAG !! tag:example.org,2000:\n--- !!str a\n", [("line 2", "the tag 'tag:example.org,2000:str' is not supported; remove it")]),
        ("- !!int a\n- !!bool 1\n- !!null 0\n- !!int '1'\n", [("line 1", "'a' does not match its tag !!int"), ("line 2", "'1' does not match its tag !!bool"), ("line 3", "'0' does not match its tag !!null")]),
        ("a: .nan\nb: -.inf\n", [("line 1", ".nan is not a finite number"), ("line 2", "-.inf is not a finite number")]),
        ("a\n\x01", [("line 2", "the character '\\x01' is not allowed in YAML")]),
        ("a: \ud800\n", [("line 1", "the character '\\ud800' is not allowed in YAML")]),
        ("[" * (MAX_JSON_DEPTH + 2), [("line 1", "nested too deeply")]),
        ("- " * (MAX_JSON_DEPTH + 1) + "a", [("line 1", "nested too deeply")]),
        ("a: 1\na: 2\n--- b", [("line 2", "the key 'a' occurs more than once"), ("line 3", "a second document begins here; put each document in its own file")]),
    ],
    ids=repr,
)  # fmt: skip
def test_ambiguous_yaml_is_refused(text: str, expected: list[tuple[str, str]]) -> None:
    """Ambiguous or expanding YAML is refused, each fault with its line."""
    assert faults(text) == expected


@pytest.mark.parametrize(
    "text",
    ["a: b: c", "a:\n\t- b", "'a", "a: [1\nb: 2", "a: @b", "%YAML 2.0\n--- a", "!<%FF> a", '"\\q"', "{a: b", "]"],
)
def test_invalid_yaml_is_reported_with_its_line(text: str, parser: str) -> None:
    """Invalid YAML is a fault with its line, whichever parser is used."""
    [(place, problem)] = faults(text)
    assert place.startswith("line ")
    assert problem.startswith("not YAML: ")
    assert parser


def test_a_syntax_error_keeps_earlier_faults() -> None:
    """Faults before a syntax error are reported with it."""
    assert [place for place, _ in faults("a: 1\na: 2\nb: [\n")] == ["line 2", "line 4"]


def test_lone_surrogates_are_refused(parser: str) -> None:
    """An escape for a lone surrogate or for no character is a fault with either parser."""
    half = faults('a:\n  "\\ud800"')
    beyond = faults('"\\U00110000"')
    if parser == "C":
        assert half == [("line 2", "not YAML: found invalid Unicode character escape code")]
        assert beyond == [("line 1", "not YAML: found invalid Unicode character escape code")]
    else:
        assert half == [("line 2", "'\\ud800' contains half a character (a lone surrogate)")]
        assert beyond == [("", "not YAML: chr() arg not in range(0x110000)")]


@pytest.mark.parametrize(
    ("content", "place", "problem"),
    [
        (b"a: \xff", "line 1", "byte 0xff is not UTF-8; save the file as UTF-8"),
        ("a: b".encode("utf-16"), "", "looks like UTF-16; save it as UTF-8"),
        (b" " * (MAX_FILE_SIZE + 1), "", "larger than 64 MiB"),
    ],
    ids=["latin", "utf-16", "large"],
)
def test_a_file_is_utf8_of_a_bounded_size(content: bytes, place: str, problem: str) -> None:
    """YAML must be UTF-8 and within the size limit."""
    assert faults(content) == [(place, problem)]


def test_nesting_is_as_deep_as_in_json() -> None:
    """YAML may be nested as deeply as JSON."""
    assert parse_yaml("[" * (MAX_JSON_DEPTH + 1) + "]" * (MAX_JSON_DEPTH + 1), FILE) is not None


def test_faults_are_limited() -> None:
    """Checking stops at the limit of faults."""
    assert len(faults("a: 1\n" * (10 * MAX_FAULTS))) == MAX_FAULTS


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_read_or_raise_faults(content: bytes) -> None:
    """Arbitrary bytes are plain data or raise faults."""
    try:
        json.dumps(parse_yaml(content, FILE))
    except InvalidDocument as error:
        assert all(isinstance(fault, Fault) for fault in error.faults)


_SCRAPS = [
    "a",
    "b: c",
    ": ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&x ",
    "*x",
    "!!int ",
    "! ",
    "'",
    '"',
    "|",
    ">",
    "#",
    "\n",
    "\n  ",
    "---\n",
    "...",
    "%YAML 1.1\n",
    "~",
    "true",
    "1",
    "<<",
]


@given(st.lists(st.sampled_from(_SCRAPS), max_size=15).map("".join))
def test_both_parsers_agree(text: str) -> None:
    """What both parsers read, they read alike; one may refuse what the other reads."""
    found: list[object] = []
    for name in ("CSafeLoader", "SafeLoader"):
        with pytest.MonkeyPatch.context() as patch:
            # Choose the parser regardless of which one is preferred.
            patch.setattr(yaml_text, "_loader", lambda module, name=name: getattr(module, name))
            try:
                found.append(parse_yaml(text, FILE))
            except InvalidDocument:
                continue
    assert all(value == found[0] for value in found)


def test_a_bomb_takes_no_memory() -> None:
    """Anchors are refused without being expanded, within two megabytes of memory."""
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + chr(ord(name) - 1)] * 9)}]\n" for name in "bcdefghij"
    )
    tracemalloc.start()
    try:
        first, *_ = faults(bomb)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert first == ("line 1", "the anchor '&a' is not supported; remove it")


def test_a_long_anchor_is_cut_in_the_message() -> None:
    """The message for a very long anchor stays short."""
    ((_, problem),) = faults(f"a: &{'x' * 100_000} 1\n")
    assert len(problem) < 200


def test_a_large_library_is_read_whole() -> None:
    """Every node of a file of five megabytes is read."""
    node = "- urn: urn:aicop:risk:req_node:a:1\n  assessable: true\n  depth: 3\n  description: Somebody shall do something well.\n"
    text = node * (5_000_000 // len(node))
    assert len(parse_yaml(text, FILE)) == text.count("- ")  # type: ignore[arg-type]


def test_without_pyyaml_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PyYAML, reading raises an error that names the extra, and writing works."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra) as caught:
        parse_yaml("a: 1", FILE)
    assert caught.value == MissingExtra("yaml", "PyYAML")
    assert dump_yaml({"a": 1}) == "a: 1\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null\n"),
        ({}, "{}\n"),
        ([], "[]\n"),
        (
            {"a": {"b": [], "c": {}}, "d": [1, {"e": "f", "g": [True]}, [], ["h", ["i"]]]},
            "a:\n  b: []\n  c: {}\nd:\n- 1\n- e: f\n  g:\n  - true\n- []\n- - h\n  - - i\n",
        ),
        (["word", "of two words", "a:b", "urn:aicop:x@1", "it's"], "- word\n- of two words\n- a:b\n- urn:aicop:x@1\n- it's\n"),
        (["", "5.10", "no", "Null", "a: b", "a:", "a #b", " a", "a ", "-a"], '- ""\n- "5.10"\n- "no"\n- "Null"\n- "a: b"\n- "a:"\n- "a #b"\n- " a"\n- "a "\n- "-a"\n'),
        (["é", "a\nb", "a\\b", '"', "\x85", "\u2028", "\ufeff", "\x7f", "😀"], '- "é"\n- "a\\nb"\n- "a\\\\b"\n- "\\""\n- "\\u0085"\n- "\\u2028"\n- "\\ufeff"\n- "\\u007f"\n- "😀"\n'),
        ({"no": "yes"}, '"no": "yes"\n'),
    ],
)  # fmt: skip
def test_yaml_is_written_in_blocks(value: Yaml, text: str) -> None:
    """Blocks keep their order, and text that could be misread is quoted."""
    assert dump_yaml(value) == text


_TEXTS = (
    st.text()
    | st.text("yntrufalseo.0123456789:-+~#&*!|>%@`'\"{}[], \\\n\t\x85\u2028\u2029\ufeff\ufffe\x7f\x00")
    | st.sampled_from(
        ["=", "<<", "---", "...", "null", "0o7", "1e3", ".inf", "2025-01-31", "12:30", "NO", "On", "? a", "- a"]
    )
)
_SCALARS = _TEXTS | st.none() | st.booleans() | st.integers(-(10**17), 10**17)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_TEXTS.filter(lambda key: len(key) < 60), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_VALUES)
def test_written_yaml_round_trips(value: Yaml) -> None:
    """Any text is restored by aicop, and by PyYAML with either parser."""
    text = dump_yaml(value)
    assert text == dump_yaml(value)
    assert parse_yaml(text, FILE) == value
    assert yaml.safe_load(text) == value
    assert yaml.load(text, Loader=yaml.CSafeLoader) == value


def test_too_many_lists_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists and mappings take far more memory than their text, so their number is limited."""
    monkeypatch.setattr(yaml_text, "MAX_JSON_NODES", 3)
    assert parse_yaml("[[], []]", FILE) == [[], []]
    with pytest.raises(InvalidDocument) as caught:
        parse_yaml("- []\n- []\n- {}\n", FILE)
    assert [str(fault) for fault in caught.value.faults] == [
        f"{FILE}: line 3: more than 3 lists and mappings up to here"
    ]
