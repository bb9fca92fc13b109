"""What changed in an assessment, written into its folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Library
from aicop.assessment import Assessment, ChangedOnDisk, Verdict, load, load_all, record, recorded, save
from aicop.errors import InvalidDocument, LibraryWithoutFolder
from aicop.model import ControlRow, Evidence, VerdictRow
from tests.assessment.examples import assessment, verdict
from tests.assessment.files.test_reader import TOML, library

if TYPE_CHECKING:
    from aicop.ids import StatementId

KEYS = list(assessment().statements)
ROWS = "key,verdict,note,Ticket\n5.2,pass,Old,AB-1\n5.1,fail,,\n"
EVIDENCE = "id,title,Where\nEV-1,List,wiki\n"


def text(folder: Path, name: str, system: str = "chat") -> str:
    """Return the content of a file of a system."""
    return (folder / "assessments" / system / name).read_text(encoding="utf-8")


def keep(before: Assessment, after: Assessment, day: dt.date | str = "2026-06-02", by: str = "Ann") -> Assessment:
    """Save a change with its history, and return the assessment as it then is on the disk."""
    save([recorded(before, after, day, by)])
    assert before.folder is not None
    return load(Library.open(before.folder.parent.parent), before.system.name)


def files(folder: Path) -> dict[str, bytes]:
    """Return the content of all files in a folder, by path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_changed_is_written_and_appended_to_the_history(tmp_path: Path) -> None:
    """Verdicts are in printed order with columns of the user's own, and only those that changed are in the history."""
    before = load(library(tmp_path, chat={"verdicts.csv": ROWS, "evidence.csv": EVIDENCE}), "chat")
    after = keep(before, record(before, "5.1", "pass", "2026-06-01", evidence=["EV-1"]))
    header, first, second = text(tmp_path, "verdicts.csv").splitlines()
    assert header.endswith("review_reason,digest,Ticket")
    digest = before.digest(before.statement_key("5.1"))
    assert first == f"uk-ai-cop@2025-01:5.1#1,,pass,,EV-1,,,2026-06-01,,,,,,,{digest},"
    assert second == "uk-ai-cop@2025-01:5.2#1,,pass,,,,,,,,,,Old,,,AB-1"
    # The row was changed by hand before, so that it comes first as it was.
    by_hand, row = text(tmp_path, "history.csv").splitlines()[1:]
    assert by_hand.startswith("uk-ai-cop@2025-01:5.1#1,,fail,,,")
    assert row.startswith("uk-ai-cop@2025-01:5.1#1,,pass,,EV-1,")
    assert row.endswith(",2026-06-02,Ann,")
    # The evidence has not changed, so its file is as it was.
    assert text(tmp_path, "evidence.csv") == EVIDENCE
    assert after.verdicts == record(before, "5.1", "pass", "2026-06-01", evidence=["EV-1"]).verdicts
    assert (after.origin.line(after.verdicts[0]), after.origin.line(after.verdicts[1])) == (2, 3)


def test_an_assessment_that_did_not_change_is_not_written(tmp_path: Path) -> None:
    """Saving what was read leaves every file as it is, whatever its order, separators and spelling are."""
    about = library(tmp_path, chat={"verdicts.csv": "verdict;key\npass;5.2\nfail;UK 5.1\n", "evidence.csv": EVIDENCE})
    before = files(tmp_path)
    found = load(about, "chat")
    assert save([found]) == ()
    assert files(tmp_path) == before


def test_saving_can_go_on(tmp_path: Path) -> None:
    """What was saved can be read, changed and saved again; each change is one row of the history, in order."""
    about = load(library(tmp_path, chat={}), "chat")
    for number, said in enumerate(("pass", "fail", "inconclusive"), start=1):
        about = keep(about, record(about, "5.1", said, f"2026-06-0{number}"), dt.date(2026, 6, number))
    assert [(item.row.verdict.value, item.recorded) for item in about.history] == [
        ("pass", "2026-06-01"),
        ("fail", "2026-06-02"),
        ("inconclusive", "2026-06-03"),
    ]


def test_comments_and_empty_columns_of_the_user_are_kept(tmp_path: Path) -> None:
    """Lines above the header stay, and so does a column in which no row has a cell yet."""
    table = "# Our assessment.\n# Ask Ann.\nkey,verdict,Ticket\n"
    about = load(library(tmp_path, chat={"verdicts.csv": table}), "chat")
    found = keep(about, record(about, "5.1", "pass", "2026-06-01"))
    first, second, header, _ = text(tmp_path, "verdicts.csv").splitlines()
    assert (first, second, header.endswith(",Ticket")) == ("# Our assessment.", "# Ask Ann.", True)
    assert found.origin.line(found.verdicts[0]) == 4
    [again] = found.verdicts
    assert again.extra == (("Ticket", ""),)


def test_evidence_and_controls_are_written(tmp_path: Path) -> None:
    """Rows that are added to these tables are written, without a history of their own."""
    about = library(tmp_path, chat={"evidence.csv": EVIDENCE})
    key = about.parse("nist-csf:PR.DS-01")
    found = load(about, "chat").with_evidence([Evidence(id="EV-2", title="Second")])
    found = found.with_controls([ControlRow(key=key, verdict=Verdict.PASS, evidence=["EV-2"])])
    save([found])
    assert text(tmp_path, "evidence.csv").splitlines()[1:] == ["EV-1,,List,,,,,,,wiki", "EV-2,,Second,,,,,,,"]
    assert text(tmp_path, "controls.csv").splitlines()[1:] == [f"{key},pass,,EV-2,,,,,"]
    assert not (tmp_path / "assessments" / "chat" / "history.csv").exists()
    again = load(Library.open(tmp_path), "chat")
    assert (again.controls, [item.id for item in again.evidence]) == (found.controls, ["EV-1", "EV-2"])


EDITS = [
    ("chat", "verdicts.csv", "key,verdict\n5.3,pass\n"),
    ("chat", "history.csv", "key,recorded,by\n5.3,2026-01-01,Bob\n"),
    ("chat", "controls.csv", "key\n"),
    ("chat", "assessment.toml", TOML.format(name="chat") + 'owner = "Bob"\n'),
]


@pytest.mark.parametrize(("system", "name", "content"), EDITS, ids=[item[1] for item in EDITS])
def test_a_file_that_somebody_else_changed_is_not_overwritten(
    tmp_path: Path, system: str, name: str, content: str
) -> None:
    """If a file is not as it was read, also if it is new, nothing is written, and the error names it."""
    found = load(library(tmp_path, chat={"verdicts.csv": ROWS}), "chat")
    (tmp_path / "assessments" / system / name).write_text(content, encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(ChangedOnDisk, match="has changed since the assessment was read; nothing was written") as caught:
        save([record(found, "5.1", "pass", "2026-06-01")])
    assert caught.value.files == (f"assessments/{system}/{name}",)
    assert files(tmp_path) == before


def test_a_file_that_is_gone_is_a_change(tmp_path: Path) -> None:
    """A file that was read and exists no more is a change as well; several are all named."""
    found = load(library(tmp_path, chat={"verdicts.csv": ROWS, "evidence.csv": EVIDENCE}), "chat")
    for name in ("verdicts.csv", "evidence.csv"):
        (tmp_path / "assessments" / "chat" / name).unlink()
    with pytest.raises(ChangedOnDisk, match=r"evidence\.csv, assessments/chat/verdicts\.csv have changed"):
        save([found])


def test_evidence_of_other_systems_counts_only_for_evidence(tmp_path: Path) -> None:
    """Ids are unique in the library, so new evidence needs the pool that was read; a verdict does not."""
    chat, web = load_all(library(tmp_path, chat={}, web={}))
    save([web.with_evidence([Evidence(id="EV-1", title="Of web")])])
    with pytest.raises(ChangedOnDisk, match=r"assessments/web/evidence\.csv"):
        save([chat.with_evidence([Evidence(id="EV-1", title="Of chat")])])
    save([record(chat, "5.1", "pass", "2026-06-01")])
    assert [one.evidence[0].title for one in load_all(Library.open(tmp_path)) if one.evidence] == ["Of web"]


def test_two_systems_cannot_add_evidence_with_one_id(tmp_path: Path) -> None:
    """What is saved together must have different ids as well."""
    both = load_all(library(tmp_path, chat={}, web={}))
    with pytest.raises(InvalidDocument) as caught:
        save(one.with_evidence([Evidence(id="EV-1", title="T")]) for one in both)
    assert "the evidence EV-1 is that of chat, too" in str(caught.value)
    save(one.with_evidence([Evidence(id=f"EV-{one.system.name}", title="T")]) for one in both)
    assert len(load(Library.open(tmp_path), "chat").pool) == 2


def test_nothing_is_written_if_a_file_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the last of the files fails, the first ones are as they were."""
    found = load(library(tmp_path, chat={"verdicts.csv": ROWS}), "chat")
    before = files(tmp_path)
    replace, done = Path.replace, []

    def failing(self: Path, target: Path) -> Path:
        if self.suffix == ".new":
            done.append(target)
            if len(done) > 1:
                raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="No space left"):
        keep(found, record(found, "5.1", "pass", "2026-06-01"))
    assert files(tmp_path) == before


def odd(about: Assessment, **cells: object) -> Assessment:
    """Return an assessment with a row that was not checked."""
    row = attrs.evolve(about.verdicts[0], **cells)  # type: ignore[arg-type]
    return attrs.evolve(about, verdicts=(row, *about.verdicts[1:]))


BAD = [
    ({"owner": "Ann\nBob"}, "verdicts.csv: line 3, column 'owner'"),
    ({"due": "2026-02-30"}, "column 'due'"),
    ({"owner": " Ann"}, "would be read back as something else"),
    ({"evidence": ("EV-1",)}, "there is no evidence 'EV-1'"),
    ({"verdict": Verdict.NOT_APPLICABLE}, "needs a reason"),
]


@pytest.mark.parametrize(("cells", "problem"), BAD, ids=[item[1] for item in BAD])
def test_rows_that_no_file_can_hold_are_refused(tmp_path: Path, cells: dict[str, object], problem: str) -> None:
    """A record is not checked when it is made, so it is before it is written; nothing is written."""
    found = load(library(tmp_path, chat={"verdicts.csv": ROWS}), "chat")
    before = files(tmp_path)
    with pytest.raises(InvalidDocument) as caught:
        save([odd(found, **cells)])
    assert problem in str(caught.value)
    assert files(tmp_path) == before


def test_who_records_and_when_are_checked(tmp_path: Path) -> None:
    """An empty name and a date that is none are refused."""
    before = load(library(tmp_path, chat={}), "chat")
    after = record(before, "5.1", "pass", "2026-06-01")
    with pytest.raises(InvalidDocument) as caught:
        save([recorded(before, after, "2026-06-02", "")])
    assert "history.csv: line 2, column 'by'" in str(caught.value)
    with pytest.raises(ValueError, match="June"):
        recorded(before, after, "2 June", "Ann")
    assert not (tmp_path / "assessments" / "chat" / "history.csv").exists()


def test_faulty_controls_are_refused(tmp_path: Path) -> None:
    """A verdict on an element of another framework is checked as well."""
    about = library(tmp_path, chat={})
    row = ControlRow(key=about.parse("nist-csf:PR.DS-01"), evidence=["EV-9"])
    found = attrs.evolve(load(about, "chat"), controls=(row,))
    with pytest.raises(InvalidDocument) as caught:
        save([found])
    assert "controls.csv: nist-csf@2.0:PR.DS-01, column 'evidence'" in str(caught.value)


def test_an_assessment_without_a_folder_cannot_be_saved() -> None:
    """Nothing is written for an assessment that was made in memory."""
    with pytest.raises(LibraryWithoutFolder):
        save([assessment(verdict("5.1#1"))])


@given(
    st.lists(
        st.tuples(st.sampled_from(KEYS[:4]), st.sampled_from(["pass", "fail", "inconclusive", "not assessed"])),
        max_size=5,
    )
)
def test_the_history_leads_to_the_verdicts(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[StatementId, str]]
) -> None:
    """The last row of the history for each statement is its verdict, and reading gives what was saved."""
    folder = tmp_path_factory.mktemp("library")
    about = load(library(folder, chat={}), "chat")
    for number, (key, said) in enumerate(drawn, start=1):
        about = keep(about, record(about, key, said, f"2026-06-{number:02}"), f"2026-06-{number:02}")
    last: dict[StatementId, VerdictRow] = {item.row.key: item.row for item in about.history}
    assert sorted(last) == sorted(row.key for row in about.verdicts)
    assert {row.key: row for row in about.verdicts} == last
    assert load(Library.open(folder), "chat") == about
