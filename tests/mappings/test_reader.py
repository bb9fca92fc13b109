"""Files of mappings: read line by line, in bounded memory."""

from __future__ import annotations

import csv
import io
import itertools
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aicop.errors import MAX_FAULTS, InvalidDocument
from aicop.frameworks import loads as own_framework
from aicop.mappings import loads, stream
from aicop.vocabulary import Knowledge, MappingBasis, Predicate
from tests.examples import A, B, row
from tests.mappings.examples import FILE, GOOD, NEEDED, OWN, RECORDS, faults, same, table, told
from tests.mappings.test_check import CONFIDENCE, STRENGTHS
from tests.strategies import lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aicop.model import Mapping


def test_a_table_gives_its_rows_in_order() -> None:
    """Every column is a field of the record, an empty cell is None, and a row without a basis is its user's own."""
    assert loads(GOOD, FILE, frameworks=OWN) == RECORDS


def test_mappings_are_given_one_at_a_time() -> None:
    """A stream gives what the tuple holds."""
    assert tuple(stream(GOOD, FILE, frameworks=iter(OWN))) == RECORDS


def test_a_text_without_a_name_is_read() -> None:
    """Its mappings belong to a set that is called after nothing."""
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


def test_a_file_of_nothing_but_a_header_holds_nothing() -> None:
    """It is a table without rows."""
    assert loads(table(), FILE) == ()


HEADERS: list[tuple[str, str, list[tuple[str, str]]]] = [
    (
        "unknown, repeated, missing",
        "subject_id\tpredicate\tsubject_id\tobject_id\tconfidence\tzzz\tcomment\n",
        [
            ("line 1", "the column 'subject_id' appears more than once"),
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
    rest = [(f"line {MAX_FAULTS + 1}", f"{MAX_FAULTS} errors or more so far; the rest was not checked")]
    assert found == told(listed + rest * stopped)


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
@settings(max_examples=50)
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


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """As the shell gives one for the output of a command."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(path.write_text, table({}), encoding="utf-8")
        assert loads(path, FILE, frameworks=OWN) == loads(table({}), FILE, frameworks=OWN)
        written.result()
