"""Errors as values."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.assessment import ChangedOnDisk, NothingToCheck
from aicop.errors import (
    MAX_FAULTS,
    TOO_MANY_FAULTS,
    AicopError,
    AlreadyInLibrary,
    ContradictoryFacts,
    EditionMismatch,
    Fault,
    FileAlreadyExists,
    InvalidDocument,
    InvalidId,
    KeyMistake,
    LibraryWithoutFolder,
    MissingData,
    MissingExtra,
    NoCrosswalk,
    NoFacts,
    NoLibrary,
    NoLineage,
    NoSingleCounterpart,
    NothingToWrite,
    UnknownEdition,
    UnknownKey,
    UnknownSystem,
    UnknownTerm,
    count_phrase,
    display_line,
    escape_text,
    excerpt,
    join_path,
)

FAULT = Fault("x.json", "phases[0].title", "this field is missing")

# Each error, the built-in exception that it also is, and its full message.
ERRORS = [
    (InvalidId("5.4", "an edition id"), ValueError, "'5.4' is not an edition id"),
    (
        UnknownKey("5.9", KeyMistake.NO_SUCH_NUMBER, "there is none.", ("a@1:5.4",)),
        LookupError,
        "'5.9': there is none. Nearest: a@1:5.4.",
    ),
    (UnknownKey("5.9", KeyMistake.UNREADABLE, "unreadable."), KeyError, "'5.9': unreadable."),
    (
        UnknownEdition("own-x@2", ("own-x@1", "other@1"), "", ("own-x@1",)),
        LookupError,
        "'own-x@2' is not a known edition; did you mean own-x@1?",
    ),
    (
        UnknownEdition("on-x", ("own-x@1", "own-x@2", "z@1"), "", ("own-x@1", "own-x@2")),
        LookupError,
        "'on-x' is not a known document or framework; did you mean own-x@1 or own-x@2?",
    ),
    (
        UnknownEdition("x@2", ("x@1",), "it is planned; "),
        LookupError,
        "'x@2': it is planned; use x@1",
    ),
    (NoLineage("a@1", "b@1"), LookupError, "no lineage from a@1 to b@1; add a lineage table"),
    (
        NoLineage("a@1", "b@1", ("a@2", "a@3")),
        LookupError,
        "no lineage from a@1 to b@1; a@1 has a lineage with: a@2, a@3",
    ),
    (
        NoSingleCounterpart("a@1:5", "a@2"),
        LookupError,
        "a@1:5 has no counterpart: it was removed in a@2, or is not in it yet.",
    ),
    (
        NoSingleCounterpart("a@1:5", "a@2", ("a@2:5", "a@2:6"), "It was split."),
        LookupError,
        "a@1:5 has 2 counterparts in a@2: a@2:5, a@2:6; use counterparts(). It was split.",
    ),
    (UnknownTerm("role", "Boss", ("Developer",)), ValueError, "'Boss' is not a role; use Developer"),
    (NoFacts(("a", "b")), ValueError, "no facts are given; give all that are true of: a, b"),
    (ContradictoryFacts(("a", "b"), "they exclude each other"), ValueError, "a and b: they exclude each other"),
    (
        MissingData("data/x.json"),
        OSError,
        "data file data/x.json is missing from this installation of aicop; reinstall the package",
    ),
    (
        MissingExtra("draw", "pygraphviz"),
        ImportError,
        "this needs pygraphviz; install it with: pip install 'aicop[draw]'",
    ),
    (
        NothingToWrite("oscal", "a@1", "b@1", ("2 rows: mitigates", "1 row: cites")),
        ValueError,
        "oscal cannot represent any mapping from a@1 to b@1; skipped: 2 rows: mitigates; 1 row: cites",
    ),
    (FileAlreadyExists("a.json"), FileExistsError, "a.json already exists; use --force to overwrite it"),
    (NoCrosswalk("a@1", "a@1"), LookupError, "no mappings from a@1 to a@1; name two different frameworks"),
    (NoCrosswalk("a@1", "b@1"), LookupError, "no mappings from a@1 to b@1; add a table of mappings"),
    (
        NoCrosswalk("a@1", "b@1", ("a@1 -> c@1 -> b@1",)),
        LookupError,
        "no mappings from a@1 to b@1; name the frameworks in between with via, as in: a@1 -> c@1 -> b@1",
    ),
    (
        EditionMismatch("a@1", "a@2"),
        ValueError,
        "the other crosswalk or mapping is for a@2; a@1 is required",
    ),
    (
        AlreadyInLibrary("acme@1", "is already in the library, with other content"),
        ValueError,
        "'acme@1' is already in the library, with other content",
    ),
    (
        NoLibrary("ours", "is a file; name the folder of a library"),
        FileNotFoundError,
        "ours: is a file; name the folder of a library",
    ),
    (
        LibraryWithoutFolder(),
        ValueError,
        "the library has no folder; make one with aicop init FOLDER, and name it with --library FOLDER",
    ),
    (
        UnknownSystem("chta", ("chat", "web"), ("chat",)),
        LookupError,
        "the library has no assessment of 'chta'; did you mean chat?",
    ),
    (
        ChangedOnDisk(("a/verdicts.csv",)),
        OSError,
        "a/verdicts.csv has changed since the assessment was read; nothing was written. Read it again, and repeat the "
        "change",
    ),
    (
        NothingToCheck("chat", "no statement is in scope; name other roles or phases"),
        ValueError,
        "chat: nothing was checked; no statement is in scope; name other roles or phases",
    ),
    (FAULT, ValueError, "x.json: phases[0].title: this field is missing"),
    (Fault("x.json", "", "empty"), ValueError, "x.json: empty"),
    (
        InvalidDocument.from_faults((FAULT, FAULT)),
        ExceptionGroup,
        "x.json: 2 errors\n  x.json: phases[0].title: this field is missing\n"
        "  x.json: phases[0].title: this field is missing",
    ),
    (InvalidDocument.from_faults((Fault("y", "", "z"),)), ValueError, "y: 1 error\n  y: z"),
]


@pytest.mark.parametrize(("error", "kind", "message"), ERRORS, ids=[type(error).__name__ for error, _, _ in ERRORS])
def test_errors_are_values_with_a_message(error: AicopError, kind: type[Exception], message: str) -> None:
    """Each error is an AicopError and a built-in, prints its facts, and is equal after pickling and copying."""
    assert isinstance(error, AicopError)
    assert isinstance(error, kind)
    assert str(error) == message
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 -- our own
        assert twin == error
        assert hash(twin) == hash(error)
        assert str(twin) == message


def test_every_error_is_tested() -> None:
    """Every class of error is among the examples."""
    ours = {kind for kind in AicopError.__subclasses__() if kind.__module__.startswith("aicop.")}
    assert {type(error) for error, _, _ in ERRORS} == ours


def test_errors_differ_by_kind_and_facts() -> None:
    """Errors are equal only if class and facts are."""
    assert InvalidId("a", "b") != InvalidId("a", "c")
    assert InvalidId("a", "b") != UnknownEdition("a", ("b",))
    assert InvalidId("a", "b") != "a"


def test_an_error_can_be_raised_from_another_and_carry_notes() -> None:
    """Frozen errors can have a cause, notes and a traceback."""
    error = InvalidId("a", "b")
    error.add_note("while testing")

    def fail() -> None:
        raise error from KeyError("cause")

    with pytest.raises(InvalidId) as caught:
        fail()
    assert isinstance(caught.value.__cause__, KeyError)
    assert caught.value.__notes__ == ["while testing"]
    assert caught.value.__traceback__ is not None


def test_a_group_of_faults_can_be_split() -> None:
    """Splitting a group, as ``except*`` does, gives groups of the same type."""
    group = InvalidDocument.from_faults((FAULT, Fault("x.json", "", "empty")))
    matched, rest = group.split(lambda error: isinstance(error, Fault) and not error.path)
    assert isinstance(matched, InvalidDocument)
    assert rest is not None
    assert rest.exceptions == (FAULT,)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5.4", "'5.4'"),
        ("5\n4", r"'5\n4'"),
        ("\x1b[31m", r"'\x1b[31m'"),
        ("\u202e5", r"'\u202e5'"),
        ("é\n\u3164\ufe0f", r"'é\n\u3164\ufe0f'"),
        ("\ud800", r"'\ud800'"),
        ("\n" * 60, "'" + r"\n" * 29 + "… (60 characters)"),
        ("x" * 100, "'" + "x" * 58 + "… (100 characters)"),
    ],
)
def test_excerpts_are_short_and_harmless(text: str, shown: str) -> None:
    """Control characters are escaped, and long text is cut."""
    assert excerpt(text) == shown


@pytest.mark.parametrize(("count", "more"), [(100, 0), (101, 0), (102, 1), (1_000, 899)])
def test_the_first_of_very_many_faults_are_shown(count: int, more: int) -> None:
    """The message shows the first faults and counts the rest, and the error has all of them."""
    error = InvalidDocument.from_faults(tuple(Fault("f", str(number), "wrong") for number in range(count)))
    lines = str(error).splitlines()
    assert len(error.faults) == count
    assert lines[0] == f"f: {count:,} errors"
    assert len(lines) == min(count, 101) + 1 + (more > 0)
    assert lines[102:] == ([f"  and {more:,} more"] if more else [])


def test_the_fault_that_ends_the_checks_is_shown() -> None:
    """The final fault, which says that checking stopped, is always in the message."""
    faults = (*(Fault("f", str(number), "wrong") for number in range(MAX_FAULTS)), Fault("f", "x", TOO_MANY_FAULTS))
    assert str(InvalidDocument.from_faults(faults)).endswith(f"\n  f: x: {TOO_MANY_FAULTS}")


def test_count_phrases() -> None:
    """Counts use the plural with s, or the one given."""
    assert [count_phrase(1, "party", "parties"), count_phrase(2, "party", "parties"), count_phrase(0, "row")] == [
        "1 party",
        "2 parties",
        "0 rows",
    ]


def test_messages_are_harmless_and_short() -> None:
    """A message escapes what is foreign in it, is cut in the middle, and says how long it was; the fact is unchanged."""
    name = "\x1b]0;title\x07\nforged\u202e\ud800"
    error = Fault(name, "", "wrong")
    assert str(error) == r"\x1b]0;title\x07\nforged\u202e\ud800: wrong"
    assert error.file == name
    long = Fault("f", "", f"begins {'x' * 9_000_000} ends")
    assert str(long) == f"f: begins {'x' * 490}… (9,000,015 characters) …{'x' * 245} ends"
    found = InvalidDocument.from_faults((Fault(name * 1000, "", name * 1000),) * 1000)
    assert found.message.isprintable()
    whole = str(found)
    assert len(whole) < 100_000
    assert escape_text(whole, keep="\n") == whole
    assert all(line.startswith(("\\x1b", "  \\x1b", "  and ")) for line in whole.split("\n"))
    assert str(AicopError("a\n")) == r"a\n"


@given(st.text(), st.integers(80, 900))
def test_any_text_can_be_shown(text: str, limit: int) -> None:
    """Whatever is shown is printable, can be encoded, and is hardly longer than the limit; plain text is unchanged."""
    shown = display_line(text * 20, limit)
    assert shown.isprintable()
    shown.encode()
    assert len(shown) <= limit + 40
    assert escape_text(shown) == shown
    if text.isprintable() and text.isascii():
        assert escape_text(text) == text


def test_a_long_or_odd_step_of_a_path_is_quoted() -> None:
    """The path of a fault holds no endless or unprintable key."""
    assert join_path("a", "b c") == "a.b c"
    assert join_path("a", "b\n") == r"a.'b\n'"
    assert join_path("a", "b" * 1000) == f"a.'{'b' * 58}… (1000 characters)"
