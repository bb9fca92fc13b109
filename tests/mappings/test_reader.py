"""Files of mappings, read row by row in bounded memory."""

from __future__ import annotations

import csv
import io
import itertools
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicop.errors import MAX_FAULTS, Fault, InvalidDocument
from aicop.frameworks import loads as own_framework
from aicop.ids import JointId
from aicop.library import Library
from aicop.mappings import loads, reader, stream
from aicop.mappings.check import RowChecker
from aicop.mappings.columns import COLUMNS
from aicop.mappings.reader import check_then_yield
from aicop.mappings.resolve import IdResolver
from aicop.vocabulary import Knowledge, MappingBasis, Predicate
from tests.examples import A, B, row
from tests.mappings.examples import FILE, GOOD, NEEDED, OWN, RECORDS, as_faults, faults, same, table
from tests.mappings.test_check import CONFIDENCE, WORDS
from tests.mappings.test_rules import REVERSE, STRENGTHS
from tests.strategies import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aicop.ids import End, Key
    from aicop.model import Mapping


def test_a_table_gives_its_rows_in_order() -> None:
    """Every column is a field, an empty cell is None, and a row without a basis is the user's own."""
    assert loads(GOOD, FILE, frameworks=OWN) == RECORDS


def test_mappings_can_be_streamed() -> None:
    """A stream yields the mappings that `loads` returns."""
    assert tuple(stream(GOOD, FILE, frameworks=iter(OWN))) == RECORDS


def test_a_text_without_a_name_is_read() -> None:
    """Without a file name, the set gets a default name."""
    assert loads(table({}), frameworks=OWN) == (same(set="<text>.tsv"),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("content", [GOOD, table({}, {"source": "a:Q"})], ids=["good", "bad"])
def test_path_bytes_and_text_give_the_same(tmp_path: Path, content: str, end: str) -> None:
    """Path, bytes and text give the same mappings or faults, with any line ends."""
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
    """A byte order mark before the header or a comment is ignored."""
    assert loads(content, FILE, frameworks=OWN) == RECORDS


def test_facts_fill_empty_cells() -> None:
    """Facts fill empty cells and missing columns, and never override a cell."""
    facts: dict[str, Any] = {
        "author": "they",
        "date": "2026-03",
        "basis": "published",
        "rationale": "As printed.",
    }
    columns = ("source", "relationship", "target", "confidence", "rationale")
    content = table({"rationale": ""}, {"source": "a:X-2"}, columns=columns)
    shared = {"author": "they", "date": "2026-03", "basis": MappingBasis.PUBLISHED}
    assert loads(content, FILE, frameworks=OWN, **facts) == (
        same(**shared, rationale="As printed."),
        same(**shared, source=A.key("X-2")),
    )


def test_a_row_may_have_a_basis_of_its_own() -> None:
    """A row may state its basis, and an empty cell means the user's own judgement."""
    content = table({"basis": "guide"}, {"source": "a:X-2"})
    assert loads(content, FILE, frameworks=OWN) == (same(basis=MappingBasis.GUIDE), same(source=A.key("X-2")))


def test_a_file_with_only_a_header_is_empty() -> None:
    """A table without rows has no mappings."""
    assert loads(table(), FILE) == ()


@pytest.mark.parametrize("word", ["Equal-To", " equal-to ", "EQUAL-TO"])
def test_relationships_may_have_capitals_and_blanks(word: str) -> None:
    """Spreadsheets capitalise words; the mapping is the same."""
    assert loads(table({"relationship": word}), FILE, frameworks=OWN) == (same(),)


@pytest.mark.parametrize("written", ["X-1, X-2", "X-1;X-2", "a:X-1 and a:X-2"])
def test_a_list_of_ids_is_told_how_to_join_them(written: str) -> None:
    """Ids that exist and are separated by other signs are probably meant together."""
    (found,) = faults(table({"source": written}), source_edition="a")
    assert found.problem.endswith(" To map several ids together, join them by '|'.")
    (found,) = faults(table({"source": "X-1, Q"}), source_edition="a")
    assert "join them" not in found.problem


def without(column: str, file: str = "own.tsv") -> str:
    """Return the fault of a header without a column whose value may come from the settings."""
    fact = {"author_label": "author", "mapping_date": "date"}.get(column, column)
    settings = f'set {fact} in [defaults] or in [mappings."{file}"] of aicop.toml'
    return f"the column {column!r} is missing; add it or, in a library, {settings}"


HEADERS: list[tuple[str, str, list[tuple[str, str]]]] = [
    (
        "unknown, repeated, missing",
        "source\trelation\tsource\ttarget\tconfidence\tzzz\trationale\n",
        [
            ("line 1", "the column 'source' appears more than once"),
            ("line 1", "unknown column 'relation'; did you mean relationship?"),
            (
                "line 1",
                "unknown column 'zzz'; remove it or, in a library, set columns = { zzz = \"\" } for this file in aicop.toml",
            ),
            ("line 1", without("author")),
            ("line 1", without("date")),
        ],
    ),
    (
        "one missing and one unknown",
        "source\tArt\ttarget\tconfidence\trationale\tauthor\tdate\n",
        [
            (
                "line 1",
                "the column 'relationship' is missing, and 'Art' is unknown; if it is the relationship, rename it or, in"
                ' a library, set columns = { Art = "relationship" } for this file in aicop.toml',
            ),
        ],
    ),
    (
        "an unknown column is hardly the author",
        "source\trelationship\ttarget\tconfidence\trationale\tzzz\tdate\n",
        [
            (
                "line 1",
                "unknown column 'zzz'; remove it or, in a library, set columns = { zzz = \"\" } for this file in aicop.toml",
            ),
            ("line 1", without("author")),
        ],
    ),
    (
        "below comments",
        f"# One\n# Two\n{table(columns=[*NEEDED, 'strenght'])}",
        [("line 3", "unknown column 'strenght'; did you mean strength?")],
    ),
    (
        "null character",
        table(columns=[*NEEDED, "a\0"]),
        [
            (
                "line 1",
                r"unknown column 'a\x00'; remove it or, in a library, "
                r"""set columns = { "a\u0000" = "" } for this file in aicop.toml""",
            )
        ],
    ),
]


@pytest.mark.parametrize(("content", "expected"), [item[1:] for item in HEADERS], ids=[item[0] for item in HEADERS])
def test_every_fault_of_a_header_is_reported(content: str, expected: list[tuple[str, str]]) -> None:
    """Faults are in the order of the columns, missing ones last."""
    assert faults(content) == as_faults(expected)


ROWS_BELOW_A_WRONG_HEADER: list[tuple[str, Sequence[str], list[str]]] = [
    ("an unknown column", [*NEEDED, "zzz"], ["unknown column 'zzz'", "a@1 has no 'Q'"]),
    (
        "a missing column",
        [name for name in NEEDED if name != "rationale"],
        ["'rationale' is missing", "a@1 has no 'Q'"],
    ),
    ("a repeated column", [*NEEDED, "date"], ["'date' appears more than once", "a@1 has no 'Q'"]),
    (
        "no relationship",
        ["source", "target", "author", "date", "confidence", "rationale"],
        ["'relationship' is", "'Q'"],
    ),
    ("no sides", [name for name in NEEDED if name not in {"source", "target"}], ["'source' is missing", "strength 10"]),
]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [item[1:] for item in ROWS_BELOW_A_WRONG_HEADER],
    ids=[item[0] for item in ROWS_BELOW_A_WRONG_HEADER],
)
def test_the_rows_below_a_wrong_header_are_checked(columns: Sequence[str], expected: list[str]) -> None:
    """A fault of the header hides no fault of a row, and is not repeated for each row."""
    more = {"source": "a:Q"} if "source" in columns else {"strength": "3"}
    found = faults(table(more, columns=columns))
    assert len(found) == len(expected)
    assert all(part in str(item) for part, item in zip(expected, found, strict=True))


THEIRS = ("subject_id", "predicate_id", "object_id", "author_label", "mapping_date", "confidence", "comment")


def test_a_header_in_the_names_of_sssom_is_read() -> None:
    """SSSOM's names mean a confidence of 0 to 1; the mappings are those of a table in aicop's names."""
    digests = {"subject_digest": "0123456789abcdef", "object_digest": "fedcba9876543210", "reverse_strength": "10"}
    rows = [["a:X-1", "equal-to", "b:X-1", "we", "2026-01-01", share, "Why."] for share in ("0.5", "1", "0.0")]
    for number, cells in enumerate(rows):
        cells[3] += str(number)
    content = "".join(
        "\t".join([*cells, *more]) + "\n"
        for cells, more in [(THEIRS, digests), *((cells, digests.values()) for cells in rows)]
    )
    found = loads(content, FILE, frameworks=OWN)
    facts = {"source_digest": "0123456789abcdef", "target_digest": "fedcba9876543210", "reverse_strength": 10}
    assert found == tuple(
        same(author=f"we{number}", confidence=confidence, **facts) for number, confidence in enumerate((5, 10, 0))
    )


def test_faults_name_the_columns_of_the_file() -> None:
    """In a table with SSSOM's names, faults have these names, and a confidence is at most 1."""
    head = "\t".join(THEIRS)
    wrong = "a:Q\tequals\tb:X-1\t\t2026-01-01\t5\tWhy.\n"
    assert faults(f"{head}\n{wrong}") == as_faults(
        [
            (
                "line 2, column 'confidence'",
                "'5' is not valid in this field; expected a number from 0 to 1 with at most one decimal, such as 0.7,"
                " because the columns have SSSOM's names",
            ),
            (
                "line 2, column 'predicate_id'",
                f"{WORDS}, not 'equals'; did you mean 'equal-to'?",
            ),
            ("line 2, column 'author_label'", "this field is missing"),
            ("line 2, column 'subject_id'", "'a:Q': a@1 has no 'Q'."),
        ]
    )
    assert faults("subject_id\tpredicate\tcomment\n") == as_faults(
        [
            ("line 1", "unknown column 'predicate'; did you mean predicate_id?"),
            ("line 1", "the column 'confidence' is missing"),
            ("line 1", without("author_label")),
            ("line 1", without("mapping_date")),
        ]
    )


def test_a_header_that_mixes_both_names_is_a_fault() -> None:
    """The fault gives aicop's name for each of SSSOM's."""
    said = (
        "has both aicop's column names ('source', 'target') and SSSOM's; use one of the two: "
        "'comment' is 'rationale', 'predicate_id' is 'relationship'"
    )
    assert faults("# Ours\nsource\tcomment\tpredicate_id\ttarget\n") == as_faults([("line 2", said)])


@pytest.mark.parametrize(
    ("column", "cell", "hint"),
    [
        ("confidence", "0.7", "; write 7 for 0.7"),
        ("confidence", "1.0", "; write 10 for 1.0"),
        ("strength", "0.75", "; write 8 for 0.75"),
        ("reverse_strength", "0,7", "; write 7 for 0,7"),
        ("confidence", "7.5", ""),
    ],
)
def test_a_share_for_a_number_of_ten_is_explained(column: str, cell: str, hint: str) -> None:
    """A decimal where 0 to 10 is meant gets the number that is probably meant."""
    [fault] = faults(table({column: cell}))
    shown = cell if column != "confidence" else cell.replace(",", ".")
    assert fault.problem == f"'{shown}' is not valid in this field; expected a whole number from 0 to 10{hint}"


def test_a_fact_is_checked_like_a_column() -> None:
    """A fact whose name is no column is a fault with a suggestion."""
    [fault] = faults(table({}), autor="we")
    assert fault.problem.endswith("did you mean author?")


@pytest.mark.parametrize("column", ["author", "rationale"])
def test_an_empty_fact_fills_nothing(column: str) -> None:
    """A cell that only an empty fact could fill is missing."""
    content = table({}, {"source": "a:X-2", column: ""})
    [fault] = faults(content, **{column: ""})  # type: ignore[arg-type]
    assert fault.path == f"line 3, column {column!r}"


def test_a_missing_file_raises_file_not_found(tmp_path: Path) -> None:
    """A missing file raises FileNotFoundError rather than a fault."""
    with pytest.raises(FileNotFoundError):
        loads(tmp_path / FILE)


def test_nothing_is_half_loaded() -> None:
    """A fault in the last line is raised before the first mapping is yielded."""
    rows = stream(table({}, {"source": "a:X-2"}, {"source": "a:Q"}), FILE, frameworks=OWN)
    with pytest.raises(InvalidDocument) as caught:
        next(rows)
    assert caught.value == InvalidDocument.from_faults(
        as_faults([("line 4, column 'source'", "'a:Q': a@1 has no 'Q'.")])
    )


@pytest.mark.parametrize(("count", "stopped"), [(MAX_FAULTS, False), (MAX_FAULTS + 1, True), (20_000, True)])
def test_after_the_limit_of_faults_the_rest_is_not_checked(count: int, stopped: bool) -> None:  # noqa: FBT001 -- a column
    """The faults of a long file are limited, and the last says that the rest was not checked."""
    found = faults(table(*({"confidence": "11", "author": f"No. {number}"} for number in range(count))))
    listed = [(f"line {number + 2}, column 'confidence'", f"'11' {CONFIDENCE}") for number in range(MAX_FAULTS)]
    rest = [(f"line {MAX_FAULTS + 2}", f"{MAX_FAULTS} errors or more so far; the rest was not checked")]
    assert found == as_faults(listed + rest * stopped)


plain = lines.filter(lambda text: text[0] not in "=+@")
texts = st.lists(plain, min_size=1, max_size=3).map(" ".join)
BARE = ("X", "X-1", "X-2", "Y", "Y-1", "Y-2")
ASKED = list(map(A.key, BARE))


def ends_of(keys: list[Key]) -> st.SearchStrategy[End]:
    """Draw one element, or several taken together."""
    joint = st.lists(st.sampled_from(keys), min_size=2, unique=True).map(JointId) if len(keys) > 1 else st.nothing()
    return st.sampled_from(keys) | joint


def digests_of(end: End | None) -> st.SearchStrategy[str | None]:
    """Draw the digest of one side, which has a part for each id, or none."""
    count = len(end.members) if isinstance(end, JointId) else 1
    one = st.from_regex("[0-9a-f]{16}", fullmatch=True)
    return st.none() | st.lists(one, min_size=count, max_size=count).map("|".join)


@st.composite
def good_rows(draw: st.DrawFn) -> Mapping:
    """Draw a valid row from one small framework to another."""
    predicate = draw(st.sampled_from([*STRENGTHS, Predicate.RELATED, Predicate.MITIGATES, Predicate.CORRESPONDS]))
    sources: list[Key] = [A.key("R")] if predicate is Predicate.CORRESPONDS else list(ASKED)
    targets: list[Key] = list(map(B.key, BARE))
    if predicate in {Predicate.MITIGATES, Predicate.CORRESPONDS}:
        targets = [B.key("R")]
    source: End | None = draw(ends_of(sources))
    target: End | None = draw(st.sampled_from(targets) if isinstance(source, JointId) else ends_of(targets))
    searched = None
    if predicate is Predicate.NOTHING:
        if draw(st.booleans()):
            source, searched = None, A.id
        else:
            target, searched = None, B.id
    return row(
        source,
        predicate,
        target,
        searched=searched,
        rationale=draw(texts),
        strength=draw(st.none() | st.sampled_from(sorted(STRENGTHS.get(predicate, {1, 9})))),
        remainder=draw(st.none() | texts),
        reverse_strength=draw(st.sampled_from([None, *REVERSE.get(predicate, {1, 9})])),
        reverse_remainder=draw(st.none() | texts),
        confidence=draw(st.integers(0, 10)),
        basis=draw(st.sampled_from(MappingBasis)),
        author=draw(texts),
        date=draw(st.dates().map(str) | st.dates().map(lambda day: str(day)[:7])),
        knowledge=draw(st.none() | st.sampled_from(Knowledge)),
        settlement=draw(st.none() | texts),
        source_digest=draw(digests_of(source)),
        target_digest=draw(digests_of(target)),
    )


def written(rows: Sequence[Mapping], delimiter: str) -> str:
    """Return rows as a table; TSV has no quoting and needs none here."""
    listed: list[Sequence[str]] = [COLUMNS]
    for item in rows:
        ends = item.source, item.predicate, item.target, item.rationale
        strengths = item.strength, item.remainder, item.reverse_strength, item.reverse_remainder
        facts = item.confidence, item.basis, item.author, item.date, item.knowledge, item.settlement
        cells = (*ends, *strengths, *facts, item.source_digest, item.target_digest)
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
@settings(max_examples=50)
def test_good_rows_round_trip(rows: list[Mapping], form: tuple[str, str]) -> None:
    """Valid rows written as TSV or CSV are restored."""
    delimiter, file = form
    expected = tuple(attrs.evolve(item, set=file) for item in rows)
    assert loads(written(rows, delimiter), file, frameworks=OWN, source_edition="a", target_edition="b") == expected


@given(st.text(max_size=100) | st.binary(max_size=100), st.sampled_from(["own.tsv", "own.csv"]), st.booleans())
def test_arbitrary_content_is_read_or_raises_faults(content: str | bytes, file: str, headed: bool) -> None:  # noqa: FBT001 -- drawn
    """Arbitrary content, below a header or without one, is empty or raises faults."""
    if headed:
        header = table(delimiter="," if file.endswith("csv") else "\t")
        content = header + content if isinstance(content, str) else header.encode() + content
    try:
        assert loads(content, file, frameworks=OWN) == ()
    except InvalidDocument as error:
        assert {fault.file for fault in error.faults} == {file}


def test_a_long_file_is_not_held_in_memory() -> None:
    """Streaming takes less than half the memory of all records."""
    ids = "id,kind\n" + "".join(f"N-{number},control\n" for number in range(142))
    ours, theirs = (own_framework(ids, "x.csv", framework=name, edition="1", title="Long") for name in ("l", "m"))
    pairs = itertools.islice(itertools.product(ours, theirs), 20_000)
    rows = ({"source": str(one), "target": str(other), "rationale": f"{one} as {other}."} for one, other in pairs)
    content = table(*rows).encode()
    # A tenth of the file is enough to estimate the memory of all records.
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


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """A named pipe, such as a shell provides for the output of a command, can be read."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(path.write_text, table({}), encoding="utf-8")
        assert loads(path, FILE, frameworks=OWN) == loads(table({}), FILE, frameworks=OWN)
        written.result()


ROW = dict(zip(NEEDED, ("a:X-1", "equal-to", "b:X-1", "we", "2026-01-01", "5", "Why."), strict=True)) | {"basis": "own"}
Rows = list[tuple[int, dict[str, str] | Fault]]
FIRST: Rows = [(2, ROW)]
SECOND: dict[str, Rows] = {
    "grows": [(2, ROW), (3, ROW)],
    "shrinks": [],
    "changes": [(2, ROW | {"target": "b:Y-1"})],
    "moves": [(3, ROW)],
    "breaks": [(2, Fault("f", "line 2", "wrong"))],
}


@pytest.mark.parametrize("how", SECOND)
def test_a_file_that_changes_between_the_passes_is_refused(how: str) -> None:
    """No row is yielded that was not checked, if the file changes after the check."""
    passes = iter([FIRST, SECOND[how]])
    rows = check_then_yield(lambda: next(passes), RowChecker(IdResolver(OWN, None, None), "f"), "f")
    found: list[Mapping] = []
    with pytest.raises(InvalidDocument) as caught:
        found.extend(rows)
    assert str(caught.value.faults[0]) == "f: the file changed while it was read; read it again"
    assert len(found) == (how == "grows")


def test_a_pipe_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe is kept in memory, so its content may not be longer than that of a file that is."""
    monkeypatch.setattr(reader, "MAX_FILE_SIZE", 10)
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as opened:
        opened.write(GOOD)
    with pytest.raises(InvalidDocument, match="1 error") as caught:
        loads(Path(f"/dev/fd/{reading}"), frameworks=OWN)
    os.close(reading)
    assert "which is the limit for a pipe" in str(caught.value)


def test_a_default_is_text() -> None:
    """Anything else is refused, and for a library the error names the argument that is meant."""
    library: Any = Library()
    number: Any = 3
    with pytest.raises(TypeError, match=r"^the default 'author' must be text, not int$"):
        loads(GOOD, author=number)
    with pytest.raises(
        TypeError, match=r"^the default 'library' must be text, not Library; pass library\.registry as "
    ):
        loads(GOOD, library=library)
