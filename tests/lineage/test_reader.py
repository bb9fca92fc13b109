"""Lineage tables of users."""

from __future__ import annotations

import pytest

from aicop.errors import Fault, InvalidDocument
from aicop.files.text import MAX_FILE_SIZE
from aicop.lineage import loads, reader
from aicop.vocabulary import Change, Grade
from tests.lineage.examples import line, pairs, small_edition

OLD = small_edition("acme", "1", {"1.1": 1, "1.2": 2, "2.1": 1})
NEW = small_edition("acme", "2", {"1.1": 1, "1.2": 2, "2.2": 1})
ENDS = (OLD.id, NEW.id)
HEAD = "old,new,changes,grade,note,reverse_note,review,reverse_review"
GOOD = (
    "1.1,1.1,spelling; wording,direct,US.,British.,Look.,",
    "1.2,1.2,identical,direct",
    "2.1,,,direct",
    ",2.2,,direct",
)


def table(*lines: str, head: str = HEAD) -> str:
    """Return a table with a line break after each line."""
    return "".join(f"{line}\n" for line in (head, *lines))


def faults(*lines: str, head: str = HEAD) -> list[str]:
    """Return the faults of a table."""
    with pytest.raises(InvalidDocument) as caught:
        loads(table(*lines, head=head), "x.csv", old=OLD, new=NEW)
    return [str(fault).removeprefix("x.csv: ") for fault in caught.value.faults]


def test_a_table_is_read() -> None:
    """Cells become values, the most significant change comes first, and an empty id means added or removed."""
    first, *_ = rows = loads(table(*GOOD), "x.csv", old=OLD, new=NEW)
    assert first == line(
        ENDS, "1.1", "1.1", Change.WORDING, Change.SPELLING, note="US.", reverse_note="British.", review="Look."
    )
    assert rows[1:] == (line(ENDS, "1.2", "1.2"), line(ENDS, "2.1", ""), line(ENDS, "", "2.2"))
    assert first.grade is Grade.DIRECT


def test_ids_may_be_written_in_any_form() -> None:
    """Full keys and principles are read; columns without content may be missing, and tabs separate too."""
    lines = [
        "acme@1:1.1\tacme:1.1\tidentical\tdirect",
        "P1\tPrinciple 1\twording\tinferred",
        "1.2\t1.2\tidentical\tdirect",
    ]
    lines += ["2.1\t2.2\tscope of duty\tdirect", "P2\tP2\tidentical\tdirect"]
    rows = loads(table(*lines, head="old\tnew\tchanges\tgrade").encode(), "x.tsv", old=OLD, new=NEW)
    assert pairs(rows) == [("1.1", "1.1"), ("P1", "P1"), ("1.2", "1.2"), ("2.1", "2.2"), ("P2", "P2")]


def test_statements_are_read() -> None:
    """A provision may have a row beside those of its statements, or gets one that unites them."""
    lines = [*GOOD[:1], *GOOD[2:], "1.2#1,1.2#1,identical,direct", "1.2#2,1.2#2,strength,direct"]
    rows = loads(table(*lines), "x.csv", old=OLD, new=NEW)
    assert rows[-1] == line(ENDS, "1.2", "1.2", Change.STRENGTH)
    assert rows[:-1] == loads(table(*lines, "1.2,1.2,strength,direct"), "x.csv", old=OLD, new=NEW)[:-1]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Cells.
        (
            (*GOOD, "1.9,1.1,identical,direct"),
            ["line 6, column 'old': '1.9': 1.9 is not a provision of acme@1; "],
        ),
        (
            (*GOOD, "1.1,acme@1:1.1,identical,direct"),
            ["line 6, column 'new': 'acme@1:1.1': names acme@1, but this is acme@2."],
        ),
        (
            (*GOOD, "secure-design,,,direct"),
            ["line 6, column 'old': acme@1:secure-design is not a provision, a statement or a principle"],
        ),
        (
            ("1.1,1.1,wordng,direct", *GOOD[1:]),
            ["line 2, column 'changes': 'wordng' is not a change; "],
        ),
        # Rows.
        ((*GOOD, ",,,direct"), ["line 6: names no item: old and new are both empty"]),
        (
            (*GOOD, "1.1,1.2#1,identical,direct"),
            [
                "line 6: acme@1:1.1 and acme@2:1.2#1 are of different kinds; both must be provisions, statements or principles"
            ],
        ),
        (("1.1,1.1,,direct", *GOOD[1:]), ["line 2: states no change; write identical if nothing changed"]),
        (
            ("1.1,1.1,wording; identical,direct", *GOOD[1:]),
            ["line 2: identical contradicts wording"],
        ),
        (
            ("1.1,1.1,wording; wording,direct", *GOOD[1:]),
            ["line 2: the change wording appears more than once"],
        ),
        (("1.1,1.1,added,direct", *GOOD[1:]), ["line 2: added needs an empty old"]),
        (("1.1,1.1,wording; removed,direct", *GOOD[1:]), ["line 2: removed needs an empty new"]),
        (
            (*GOOD[:2], "2.1,,wording,direct", ",2.2,removed,direct"),
            [
                "line 4: new is empty, so the only change is removed, not wording",
                "line 5: old is empty, so the only change is added, not removed",
            ],
        ),
        ((*GOOD, GOOD[1]), ["line 6: repeats the row for acme@1:1.2 and acme@2:1.2 in line 3"]),
        ((*GOOD, GOOD[2]), ["line 6: repeats the row for acme@1:2.1 and nothing in line 4"]),
        (
            (*GOOD, "1.1,,,direct", ",1.2,,direct"),
            [
                "line 6: acme@1:1.1 is removed here and has a counterpart in another row",
                "line 7: acme@2:1.2 is added here and has a counterpart in another row",
            ],
        ),
        # Items that no row accounts for.
        (
            GOOD[:1],
            [
                "no row names acme@1:1.2; leave new empty if it was removed",
                "no row names acme@1:2.1; leave new empty if it was removed",
                "no row names acme@2:1.2; leave old empty if it was added",
                "no row names acme@2:2.2; leave old empty if it was added",
            ],
        ),
        (
            (*GOOD, "P1,P1,identical,direct"),
            [
                "no row names acme@1:P2; leave new empty if it was removed",
                "no row names acme@2:P2; leave old empty if it was added",
            ],
        ),
        # Statements.
        (
            (*GOOD[:1], *GOOD[2:], "1.2,1.2,strength,direct", "1.2#2,1.2#2,strength,direct"),
            [
                "no row names acme@1:1.2#1, but other statements of acme@1:1.2, or of its counterparts, have rows; "
                "either all or none may have them",
                "no row names acme@2:1.2#1, but other statements of acme@2:1.2, or of its counterparts, have rows; "
                "either all or none may have them",
            ],
        ),
        (
            (*GOOD, "1.2#1,1.2#1,identical,direct", "1.2#2,1.2#2,strength,direct"),
            ["line 7: strength contradicts the row of acme@1:1.2, which says identical"],
        ),
        (
            (*GOOD, "1.2#1,1.2#1,identical,direct", "1.2#2,,,direct", ",1.2#2,,direct"),
            [
                "line 7: removed contradicts the row of acme@1:1.2, which says identical",
                "line 8: added contradicts the row of acme@1:1.2, which says identical",
            ],
        ),
        (
            (
                *("1.1,1.1,scope of duty,direct", "1.2,1.2,scope of duty,direct", *GOOD[2:]),
                *("1.1#1,1.2#1,identical,direct", "1.2#1,1.1#1,identical,direct", "1.2#2,1.2#2,identical,direct"),
            ),
            [
                "line 6: no row says that acme@1:1.1 became acme@2:1.2; add one for the provisions",
                "line 7: no row says that acme@1:1.2 became acme@2:1.1; add one for the provisions",
            ],
        ),
        # All at once: the row with a wrong word names its items nevertheless.
        (
            ("1.1,1.1,wordng,direct", "1.3,1.2,identical,direct", *GOOD[2:], GOOD[3]),
            [
                "line 2, column 'changes': 'wordng' is not a change; ",
                "line 3, column 'old': '1.3': ",
                "line 6: repeats the row for nothing and acme@2:2.2 in line 5",
                "no row names acme@1:1.2; ",
            ],
        ),
    ],
)
def test_faults_are_reported_together(lines: tuple[str, ...], expected: list[str]) -> None:
    """Each fault has its place and what to do; valid rows beside it are not reported."""
    found = faults(*lines)
    assert len(found) == len(expected), found
    for problem, beginning in zip(found, expected, strict=True):
        # Only what other modules add is left out.
        assert problem == beginning or (beginning[-2:] in {": ", "; "} and problem.startswith(beginning))


def test_columns_are_required() -> None:
    """The columns of ids and changes must be there, although their cells may be empty."""
    assert faults("1.1,direct", head="old,grade") == [
        "line 1: the column 'new' is missing",
        "line 1: the column 'changes' is missing",
    ]
    assert faults("1.1,1.1,identical", head="old,new,changes") == ["line 1: the column 'grade' is missing"]
    assert faults("1.1,1.1,identical,directly", head="old,new,changes,grade")[0].startswith("line 2, column 'grade': ")


def test_a_table_has_a_size() -> None:
    """A table over the size limit is refused before it is read."""
    with pytest.raises(InvalidDocument) as caught:
        loads(b" " * (MAX_FILE_SIZE + 1), "x.csv", old=OLD, new=NEW)
    assert caught.value.faults == (Fault("x.csv", "", "larger than 64 MiB"),)


def test_every_column_has_its_field() -> None:
    """Texts for both directions are read, and changes are ordered by how much they matter, not by their words."""
    cells = "1.1,1.1,wording; strength,inferred,note,back,look,look back"
    first, *_ = loads(table(cells, *GOOD[1:]), "x.csv", old=OLD, new=NEW)
    assert first == line(
        ENDS,
        "1.1",
        "1.1",
        Change.STRENGTH,
        Change.WORDING,
        grade=Grade.INFERRED,
        note="note",
        reverse_note="back",
        review="look",
        reverse_review="look back",
    )


def test_a_table_may_be_as_large_as_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is larger is refused."""
    content = table(*GOOD).encode()
    monkeypatch.setattr(reader, "MAX_FILE_SIZE", len(content))
    assert len(loads(content, "x.csv", old=OLD, new=NEW)) == 4
    with pytest.raises(InvalidDocument) as caught:
        loads(content + b"\n", "x.csv", old=OLD, new=NEW)
    assert [fault.problem for fault in caught.value.faults] == ["larger than 0 MiB"]
