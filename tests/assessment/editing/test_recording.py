"""Verdicts and evidence, recorded in a copy of an assessment."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop import Library, UnknownKey
from aicop.assessment import Verdict, collect, link, load, record, record_control
from aicop.assessment.editing.recording import statement_of
from aicop.assessment.files.location import is_address, is_inside
from aicop.errors import InvalidDocument, LibraryWithoutFolder, UnknownTerm
from aicop.frameworks import digest
from aicop.ids import ControlId
from aicop.model import ControlRow, Evidence, VerdictRow
from aicop.vocabulary import Role
from tests.assessment.examples import assessment, system, verdict
from tests.assessment.files.test_reader import library

if TYPE_CHECKING:
    from aicop.assessment import Assessment

DAY = "2026-06-15"


def only(about: Assessment) -> VerdictRow:
    """Return the only verdict."""
    [row] = about.verdicts
    return row


def test_a_verdict_has_its_day_and_the_digest_of_the_statement() -> None:
    """A provision with one statement means it, and the words of a verdict are read as terms are."""
    about = assessment()
    row = only(record(about, "5.1", "Not-Applicable", DAY, reason="No assets.", role="developers"))
    assert row == VerdictRow(
        key=about.statement_key("5.1#1"),
        role=Role.DEVELOPER,
        verdict=Verdict.NOT_APPLICABLE,
        reason="No assets.",
        assessed=DAY,
        digest=about.digest(about.statement_key("5.1#1")),
    )


def test_a_statement_that_is_not_assessed_has_no_day() -> None:
    """Taking a verdict back removes its day and its digest."""
    row = only(record(record(assessment(), "5.1", "pass", DAY), "5.1", "not assessed", DAY))
    assert (row.verdict, row.assessed, row.digest) == (Verdict.NOT_ASSESSED, None, None)


KEPT: list[tuple[dict[str, Any], str, dict[str, Any], dict[str, Any]]] = [
    # What the row says, the new verdict, what is given, what of the row is then different.
    ({"owner": "Ann", "note": "N", "due": "2026-01-01", "evidence": ("EV-1",)}, "fail", {}, {}),
    ({"owner": "Ann", "evidence": ("EV-1",)}, "pass", {"owner": "Bob", "evidence": ["EV-2"]}, {"owner": "Bob", "evidence": ("EV-2",)}),
    ({"evidence": ("EV-1",)}, "pass", {"evidence": []}, {"evidence": ()}),
    ({}, "pass", {"evidence": ["EV-2", "EV-1", "EV-2"]}, {"evidence": ("EV-2", "EV-1")}),
    ({"owner": "Ann", "note": "N"}, "pass", {"owner": "", "note": ""}, {"owner": None, "note": None}),
    ({"said": "fail", "accepted_by": "C", "accepted_until": "2027-01-01"}, "fail", {}, {}),
    ({"said": "fail", "accepted_by": "C", "accepted_until": "2027-01-01"}, "pass", {}, {"accepted_by": None, "accepted_until": None}),
    ({"said": "not applicable", "reason": "R"}, "pass", {}, {"reason": None}),
    ({"said": "not applicable", "reason": "R"}, "not applicable", {}, {}),
    ({"said": "pass", "reason": "In scope."}, "fail", {}, {}),
    ({"review": "2026-06-15"}, "pass", {}, {"review": None}),
    ({"review": "2026-06-16"}, "pass", {}, {}),
    ({"review": "2026-06-01"}, "pass", {"review": "2027-06-01"}, {"review": "2027-06-01"}),
    ({"review_reason": "The text has changed."}, "pass", {}, {"review_reason": None}),
    ({"extra": (("Ticket", "AB-1"),)}, "pass", {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("old", "said", "given", "changed"), KEPT)
def test_the_rest_of_a_row_stays(
    old: dict[str, Any], said: str, given: dict[str, Any], changed: dict[str, Any]
) -> None:
    """Cells that are not given stay, except for what belonged to the verdict before."""
    before = verdict("5.1#1", **({"said": "inconclusive"} | old))
    row = only(record(assessment(before), "5.1", said, DAY, **given))
    cells = {name: value for name, value in old.items() if name != "said"} | changed
    assert {name: getattr(row, name) for name in cells} == cells
    assert row.verdict.value == said


def test_a_verdict_for_one_role_leaves_the_others() -> None:
    """Each role has a row of its own beside that of all roles."""
    found = record(record(assessment(verdict("5.1#1")), "5.1", "fail", DAY, role="Developer"), "5.1", "pass", DAY)
    assert [(row.role, row.verdict.value) for row in found.verdicts] == [(None, "pass"), (Role.DEVELOPER, "fail")]


def test_wrong_verdicts_are_refused() -> None:
    """Unknown keys, words and days are errors, and so is what no row may say."""
    about = assessment(system=system(roles=(Role.DEVELOPER,)))
    for key in ("8.3", "99.1", "P5"):
        with pytest.raises(UnknownKey):
            record(about, key, "pass", DAY)
    with pytest.raises(UnknownTerm, match="'passed' is not a verdict; did you mean pass"):
        record(about, "5.1", "passed", DAY)
    with pytest.raises(ValueError, match="tomorrow"):
        record(about, "5.1", "fail", DAY, due="tomorrow")
    with pytest.raises(InvalidDocument):
        record(about, "5.1", "not applicable", DAY)
    with pytest.raises(InvalidDocument):
        record(about, "5.1", "pass", DAY, role="End-user")


def test_verdicts_on_other_frameworks_are_kept_apart() -> None:
    """A verdict on a control is a row of its own table, with the digest of the control, and none on a statement."""
    about = Library()
    found = record_control(
        assessment(), about, "nist-csf:PR.DS-01", "not applicable", DAY, reason="R", evidence=["EV-1"]
    )
    framework = about.framework("nist-csf")
    row = ControlRow(
        key=ControlId(framework.id, "PR.DS-01"),
        verdict=Verdict.NOT_APPLICABLE,
        reason="R",
        evidence=["EV-1"],
        assessed=DAY,
        digest=digest(framework["PR.DS-01"]),
    )
    assert (found.controls, found.verdicts) == ((row,), ())
    [row] = record_control(found, about, "nist-csf:PR.DS-01", "pass", DAY, owner="Ann", evidence=[]).controls
    assert (row.verdict, row.reason, row.evidence, row.owner) == (Verdict.PASS, None, (), "Ann")
    with pytest.raises(UnknownKey):
        record_control(found, about, "nist-csf:PR.DS-99", "pass", DAY)
    with pytest.raises(InvalidDocument) as caught:
        record_control(found, about, "uk-ai-cop:5.1", "pass", DAY)
    assert "belongs in verdicts.csv" in str(caught.value)


def test_a_key_is_one_of_the_edition_or_of_another_framework() -> None:
    """A bare number is one of the edition that is assessed."""
    about = assessment()
    assert statement_of(about, Library(), "5.1") == about.statement_key("5.1#1")
    assert statement_of(about, Library(), "UK 8.3#2") == about.statement_key("8.3#2")
    assert statement_of(about, Library(), "nist-csf:PR.DS-01") is None
    # Another edition of the Code is another framework.
    assert statement_of(about, Library(), "etsi-en-304-223:5.2.1-1") is None
    for key in ("8.3", "P5", "5.99"):
        with pytest.raises(UnknownKey):
            statement_of(about, Library(), key)


def test_evidence_is_linked_to_every_row_of_a_statement(tmp_path: Path) -> None:
    """Rows keep their verdicts and name the evidence last, once; a statement without a row gets one."""
    about = library(tmp_path, chat={"verdicts.csv": "key,role,verdict\n5.1,,pass\n5.1,Developer,fail\n"})
    item = Evidence(id="EV-1", title="List")
    found = load(about, "chat")
    for _ in range(2):
        found = link(found, about, item, ["5.1", "5.2", "nist-csf:PR.DS-01"])
    assert [(row.key.local, row.verdict.value, row.evidence) for row in found.verdicts] == [
        ("5.1#1", "pass", ("EV-1",)),
        ("5.1#1", "fail", ("EV-1",)),
        ("5.2#1", "not assessed", ("EV-1",)),
    ]
    assert [(row.key.local, row.evidence) for row in found.controls] == [("PR.DS-01", ("EV-1",))]
    assert found.evidence == (item,)
    with pytest.raises(UnknownKey, match="has 2 statements"):
        link(found, about, item, ["8.3"])


def test_evidence_of_another_system_can_be_linked(tmp_path: Path) -> None:
    """It stays in the file of the other system; another piece of evidence cannot have its id."""
    about = library(tmp_path, chat={}, web={"evidence.csv": "id,title\nEV-1,Of web\n"})
    found = load(about, "chat")
    linked = link(found, about, found.pool["EV-1"], ["5.1"])
    assert (linked.evidence, only(linked).evidence) == ((), ("EV-1",))
    with pytest.raises(InvalidDocument) as caught:
        link(found, about, Evidence(id="EV-1", title="Of chat"), ["5.1"])
    assert "'EV-1' is that of another system" in str(caught.value)


def test_files_are_collected_with_path_and_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path is that in the library, wherever the command runs; the id is the next one, and the title the name."""
    about = library(tmp_path, chat={"evidence.csv": "id,title\nEV-9,A\nEV-10x,B\nOther,C\n"})
    found = load(about, "chat")
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.txt").write_bytes(b"content")
    monkeypatch.chdir(tmp_path / "logs")
    item = collect(found, about, "a.txt", DAY, kind="record", valid_until="2027-01-01", artefact="asset-inventory")
    assert item == Evidence(
        id="EV-10",
        title="a.txt",
        kind="record",
        location="logs/a.txt",
        sha256=hashlib.sha256(b"content").hexdigest(),
        collected=DAY,
        valid_until="2027-01-01",
        artefact="asset-inventory",
    )
    named = collect(found, about, Path("a.txt"), DAY, id="X.1", title="T", note="N")
    assert (named.id, named.title, named.note) == ("X.1", "T", "N")
    # The same file with the same content is the same evidence; once it has changed, it is another piece.
    linked = link(found, about, item, [])
    assert collect(linked, about, "a.txt", "2026-07-01") is item
    assert collect(linked, about, "a.txt", "2026-07-01", id="EV-10", kind="record") is item
    assert collect(linked, about, "a.txt", "2026-07-01", id="EV-11").id == "EV-11"
    Path("a.txt").write_bytes(b"other")
    assert collect(linked, about, "a.txt", "2026-07-01").id == "EV-11"


def test_web_addresses_are_taken_as_they_are(tmp_path: Path) -> None:
    """An address has no digest, and is its own title."""
    about = library(tmp_path, chat={})
    item = collect(load(about, "chat"), about, "https://example.org/a?b=c", DAY)
    assert (item.id, item.title, item.location, item.sha256) == (
        "EV-1",
        item.location,
        "https://example.org/a?b=c",
        None,
    )


def test_what_cannot_be_evidence_is_refused(tmp_path: Path) -> None:
    """A file outside the library, one that does not exist, and an id that is taken."""
    inside = tmp_path / "library"
    inside.mkdir()
    about = library(inside, chat={"evidence.csv": "id,title\nEV-1,A\n"})
    found = load(about, "chat")
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    for name in (tmp_path / "secret.txt", inside / ".." / "secret.txt"):
        with pytest.raises(InvalidDocument) as caught:
            collect(found, about, name, DAY)
        assert "copy the file into it" in str(caught.value)
    for name in (inside / "none.txt", tmp_path / "none.txt"):
        with pytest.raises(FileNotFoundError, match="none"):
            collect(found, about, name, DAY)
    with pytest.raises(InvalidDocument):
        collect(found, about, "https://example.org", DAY, id="EV-1")
    with pytest.raises(LibraryWithoutFolder):
        collect(found, Library(), "https://example.org", DAY)


def test_columns_of_evidence_that_exists_already_are_not_lost(tmp_path: Path) -> None:
    """What would be left out, such as a last day that a gate is to notice, is refused."""
    evidence = "id,title,location,valid_until\nEV-1,A,https://example.org,2026-12-31\n"
    about = library(tmp_path, chat={"evidence.csv": evidence})
    found = load(about, "chat")
    [item] = found.evidence
    assert collect(found, about, "https://example.org", DAY, title="A", valid_until="2026-12-31") is item
    with pytest.raises(InvalidDocument) as caught:
        collect(found, about, "https://example.org", DAY, valid_until="2027-12-31", note="N")
    [fault] = caught.value.faults
    assert (fault.file, fault.problem) == (
        "https://example.org",
        "is the evidence EV-1 already, with another valid_until and note; change evidence.csv, or choose an id to add "
        "it once more",
    )


LOCATIONS = [
    ("evidence/a.csv", True),
    ("a..b/c", True),
    ("https://example.org/../x", True),
    ("s3://bucket/key", True),
    ("../a", False),
    ("a/../../b", False),
    ("/etc/passwd", False),
    ("C:\\secret", False),
]


@pytest.mark.parametrize(("location", "inside"), LOCATIONS)
def test_locations_do_not_lead_out_of_the_library(tmp_path: Path, location: str, inside: bool) -> None:  # noqa: FBT001 -- what is expected
    """A path of evidence that leaves the folder is a fault of the file, too."""
    assert is_inside(location) == inside
    assert is_address(location) == ("://" in location)
    about = library(tmp_path, chat={"evidence.csv": f"id,title,location\nEV-1,T,{location}\n"})
    if inside:
        assert load(about, "chat").evidence[0].location == location
        return
    with pytest.raises(InvalidDocument) as caught:
        load(about, "chat")
    assert "evidence.csv: line 2, column 'location': must be a path within" in str(caught.value)


def test_one_text_is_a_list_of_one(tmp_path: Path) -> None:
    """The id of one piece of evidence, or one key, is not taken for the list of its characters."""
    about = library(tmp_path, chat={})
    found = assessment()
    assert record(found, "5.1", "pass", DAY, evidence="EV-1") == record(found, "5.1", "pass", DAY, evidence=["EV-1"])
    one = record_control(found, about, "nist-csf:PR.DS-01", "pass", DAY, evidence="EV-1")
    assert one.controls[0].evidence == ("EV-1",)
    item = Evidence(id="EV-7", title="Log")
    assert link(found, about, item, "5.1") == link(found, about, item, ["5.1"])
