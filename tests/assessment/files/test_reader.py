"""Assessments in the folder of a library."""

from __future__ import annotations

import errno
import hashlib
from typing import TYPE_CHECKING

import pytest

from aicop import Library
from aicop.assessment import FileState, Verdict, load, load_all, systems
from aicop.errors import InvalidDocument, LibraryWithoutFolder, UnknownSystem
from aicop.vocabulary import Role

if TYPE_CHECKING:
    from pathlib import Path

TOML = """system = "{name}"
title = "Chat assistant"
edition = "uk-ai-cop@2025-01"
roles = ["Developer", "System Operator"]
"""


def library(folder: Path, **systems: dict[str, str]) -> Library:
    """Return a library with the files of some systems; each has an ``assessment.toml`` unless it gives one."""
    (folder / "aicop.toml").write_text("", encoding="utf-8")
    for name, files in systems.items():
        home = folder / "assessments" / name
        home.mkdir(parents=True)
        for file, text in ({"assessment.toml": TOML.format(name=name)} | files).items():
            (home / file).write_text(text, encoding="utf-8")
    return Library.open(folder)


def faults(about: Library, *names: str) -> list[tuple[str, str, str]]:
    """Return the file, place and problem of every fault."""
    with pytest.raises(InvalidDocument) as caught:
        load_all(about, names or None)
    return [(fault.file.removeprefix("assessments/"), fault.path, fault.problem) for fault in caught.value.faults]


def test_an_assessment_is_read(tmp_path: Path) -> None:
    """Keys may be written in any way that the edition reads, and columns of the user's own are kept."""
    verdicts = (
        "key,role,verdict,evidence,reason,Ticket\n"
        "5.1,,pass,EV-1| EV-2,,AB-1\n"
        'UK 8.3#2,Developer,not applicable,,"No log, is kept.",\n'
        "uk-ai-cop@2025-01:6.4#1,,,,,\n"
    )
    evidence = "id,title,sha256,Where from\nEV-1,Asset list,,wiki\nEV-2,Second,,\n"
    history = "key,verdict,recorded,by\n5.1,fail,2026-01-02,Ann\n"
    files = {"verdicts.csv": verdicts, "evidence.csv": evidence, "history.csv": history}
    about = library(tmp_path, chat=files)
    found = load(about, "chat")
    assert [(str(row.key), row.role, row.verdict, row.evidence, row.reason) for row in found.verdicts] == [
        ("uk-ai-cop@2025-01:5.1#1", None, Verdict.PASS, ("EV-1", "EV-2"), None),
        ("uk-ai-cop@2025-01:6.4#1", None, Verdict.NOT_ASSESSED, (), None),
        ("uk-ai-cop@2025-01:8.3#2", Role.DEVELOPER, Verdict.NOT_APPLICABLE, (), "No log, is kept."),
    ]
    assert found.verdicts[0].extra == (("Ticket", "AB-1"),)
    assert [(item.id, item.extra) for item in found.evidence] == [
        ("EV-1", (("Where from", "wiki"),)),
        ("EV-2", (("Where from", ""),)),
    ]
    assert [(item.row.verdict, item.recorded, item.by) for item in found.history] == [
        (Verdict.FAIL, "2026-01-02", "Ann")
    ]
    assert found.folder == tmp_path / "assessments" / "chat"


def test_an_assessment_may_have_no_tables(tmp_path: Path) -> None:
    """A new assessment has only its facts."""
    toml = TOML.format(name="chat") + 'owner = "Ann"\nunit = "Retail"\nfacts = ["develops-models"]\n'
    found = load(library(tmp_path, chat={"assessment.toml": toml}), "chat")
    assert (found.verdicts, found.evidence, found.history) == ((), (), ())
    assert (found.system.owner, found.system.unit, found.system.facts) == ("Ann", "Retail", ("develops-models",))


def test_all_systems_share_one_pool_of_evidence(tmp_path: Path) -> None:
    """A verdict may name the evidence of another system; systems are in alphabetical order."""
    about = library(
        tmp_path,
        web={"verdicts.csv": "key,verdict,evidence\n5.1,pass,EV-9\n"},
        chat={"evidence.csv": "id,title\nEV-9,List\n"},
    )
    assert systems(about) == ("chat", "web")
    chat, web = load_all(about)
    assert (chat.system.name, web.verdicts[0].evidence, list(web.pool)) == ("chat", ("EV-9",), ["EV-9"])


def test_files_of_evidence_are_compared_with_their_digests(tmp_path: Path) -> None:
    """A file is present, missing or changed; web addresses are never fetched, and nothing is looked for if not asked."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "a.txt").write_text("content", encoding="utf-8")
    right, wrong = hashlib.sha256(b"content").hexdigest(), "0" * 64
    rows = [
        ("same", "a.txt", right),
        ("changed", "a.txt", wrong),
        ("undated", "a.txt", ""),
        ("missing", "b.txt", ""),
        ("folder", "logs", ""),
        ("folder-with-digest", "logs", right),
        ("web", "https://example.org/a", right),
        ("none", "", ""),
    ]
    table = "id,title,location,sha256\n" + "".join(f"{name},T,{place},{digest}\n" for name, place, digest in rows)
    about = library(tmp_path, chat={"evidence.csv": table})
    assert {name: state.value for name, state in load(about, "chat").files.items()} == {
        "same": "present",
        "changed": "changed",
        "undated": "present",
        "missing": "missing",
        "folder": "present",
        "folder-with-digest": "missing",
        "web": "not checked",
        "none": "not checked",
    }
    assert set(load(about, "chat", check_files=False).files.values()) == {FileState.NOT_CHECKED}


def test_verdicts_are_inherited_from_other_systems(tmp_path: Path) -> None:
    """The systems that are named are loaded as well, each once."""
    inherits = TOML.format(name="chat") + 'inherits = ["cloud", "tools"]\n'
    about = library(
        tmp_path,
        chat={"assessment.toml": inherits},
        cloud={"verdicts.csv": "key,verdict\n5.1,pass\n"},
        tools={"assessment.toml": TOML.format(name="tools") + 'inherits = ["cloud"]\n'},
    )
    found = load(about, "chat")
    assert [one.system.name for one in found.bases] == ["cloud", "tools"]
    assert found.bases[1].bases == (found.bases[0],)
    assert found.state("5.1", "2026-06-30").inherited_from == "cloud"


BAD: list[tuple[str, dict[str, str], list[tuple[str, str, str]]]] = [
    (
        "unknown key",
        {"verdicts.csv": "key,verdict\n99.1,pass\n8.3,pass\nuk-ai-cop:P5,pass\n"},
        [
            ("chat/verdicts.csv", "line 2, column 'key'", "99.1"),
            ("chat/verdicts.csv", "line 3, column 'key'", "8.3#1"),
            ("chat/verdicts.csv", "line 4, column 'key'", "P5"),
        ],
    ),
    (
        "two verdicts",
        {"verdicts.csv": "key,role,verdict\n5.1,,pass\n5.1#1,,fail\n5.1,Developer,fail\n"},
        [("chat/verdicts.csv", "line 3", "already has a verdict at line 2; keep one")],
    ),
    (
        "no date, unknown words",
        {"verdicts.csv": "key,verdict,due\n5.1,passed,2026-02-30\n"},
        [
            ("chat/verdicts.csv", "line 2, column 'verdict'", "did you mean 'pass'?"),
            ("chat/verdicts.csv", "line 2, column 'due'", "2026-02-30"),
        ],
    ),
    (
        "evidence that is not there",
        {"verdicts.csv": "key,verdict,evidence\n5.1,pass,EV-1|NO\n", "evidence.csv": "id,title\nEV-11,T\n"},
        [
            ("chat/verdicts.csv", "line 2, column 'evidence'", "did you mean EV-11?"),
            ("chat/verdicts.csv", "line 2, column 'evidence'", "add it to evidence.csv"),
        ],
    ),
    (
        "a reason is missing",
        {"verdicts.csv": "key,verdict\n5.1,not applicable\n"},
        [("chat/verdicts.csv", "line 2, column 'reason'", "a statement that is not applicable needs a reason")],
    ),
    (
        "roles",
        {"verdicts.csv": "key,role,verdict\n5.4#1,Affected Entity,pass\n5.4#1,End-user,pass\n"},
        [
            ("chat/verdicts.csv", "line 2, column 'role'", "does not bind the Affected Entity"),
            ("chat/verdicts.csv", "line 3, column 'role'", "the system does not hold the role End-user"),
        ],
    ),
    (
        "accepted risks",
        {
            "verdicts.csv": "key,verdict,accepted_by,accepted_until\n5.1,fail,CISO,\n5.2,fail,,2026-12-31\n5.3,pass,A,2026-12-31\n"
        },
        [
            ("chat/verdicts.csv", "line 2, column 'accepted_until'", "needs a person and an end date"),
            ("chat/verdicts.csv", "line 3, column 'accepted_by'", "needs a person and an end date"),
            ("chat/verdicts.csv", "line 4, column 'accepted_by'", "only the risk of a fail can be accepted"),
        ],
    ),
    (
        "a column without a name",
        {"verdicts.csv": "key,,veridct\n5.1,x,pass\n"},
        [
            ("chat/verdicts.csv", "line 1", "a column has no name"),
            ("chat/verdicts.csv", "line 1", "did you mean verdict?"),
        ],
    ),
    (
        "nearly a column",
        {"verdicts.csv": "key,verdict,evidances\n5.1,pass,x\n"},
        [("chat/verdicts.csv", "line 1", "did you mean evidence?")],
    ),
    (
        "repeated evidence",
        {"evidence.csv": "id,title\nEV-1,A\nEV-1,B\n"},
        [("chat/evidence.csv", "line 3, column 'id'", "already at assessments/chat/evidence.csv, line 2")],
    ),
    (
        "a half-written table",
        {"verdicts.csv": 'key,verdict,note\n5.1,pass,"never closed\n'},
        [("chat/verdicts.csv", "line", "not a table")],
    ),
    (
        "facts",
        {"assessment.toml": 'system = "Chat"\nedition = "uk-ai-cop@2025-01"\nroles = ["Janitor"]\n'},
        [
            ("chat/assessment.toml", "system", "lower case"),
            ("chat/assessment.toml", "title", "missing"),
            ("chat/assessment.toml", "roles[0]", "must be one of"),
        ],
    ),
    ("no TOML", {"assessment.toml": "system = \n"}, [("chat/assessment.toml", "line 1, column", "not TOML")]),
    (
        "another name",
        {"assessment.toml": TOML.format(name="web")},
        [("chat/assessment.toml", "system", "is 'web', but the folder is 'chat'; use one name")],
    ),
    (
        "an edition that does not exist",
        {"assessment.toml": TOML.format(name="chat").replace("2025-01", "2024")},
        [("chat/assessment.toml", "edition", "uk-ai-cop@2024")],
    ),
    (
        "inheritance",
        {"assessment.toml": TOML.format(name="chat") + 'inherits = ["chat", "chatt"]\n'},
        [
            ("chat/assessment.toml", "inherits[0]", "the systems form a circle: chat inherits from chat"),
            ("chat/assessment.toml", "inherits[1]", "did you mean chat?"),
        ],
    ),
]


@pytest.mark.parametrize(("files", "expected"), [item[1:] for item in BAD], ids=[item[0] for item in BAD])
def test_every_fault_has_its_place(tmp_path: Path, files: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    """All faults of all files are reported at once, and nothing is loaded."""
    found = faults(library(tmp_path, chat=files))
    assert len(found) == len(expected)
    for (file, place, problem), (name, where, said) in zip(found, expected, strict=True):
        assert file == name
        assert where in place
        assert said in problem


def test_faults_of_all_files_are_reported_together(tmp_path: Path) -> None:
    """A fault in one file does not hide those of another, also of a system that is inherited from."""
    about = library(
        tmp_path,
        chat={"assessment.toml": TOML.format(name="chat") + 'inherits = ["web"]\n', "verdicts.csv": "key\n99.1\n"},
        web={"verdicts.csv": "key\n98.1\n", "evidence.csv": "id\nEV-1\n"},
    )
    assert [file for file, _, _ in faults(about, "chat")] == [
        "web/evidence.csv",
        "web/verdicts.csv",
        "chat/verdicts.csv",
    ]


MIXED = [
    (
        "a word, an unknown key and a statement twice",
        {
            "verdicts.csv": "key,role,verdict,reason,due,evidence\n5.1,,pas,,,\n9.9.9,,fail,,2026-02-30,EV-9\n"
            "5.1,,pass,,,\n5.2,,not applicable,,,\n5.3,,pass,,,,x\n,,not applicable,,,\n"
        },
        [
            ("verdicts.csv", "line 2, column 'verdict'", "did you mean 'pass'?"),
            ("verdicts.csv", "line 3, column 'due'", "'2026-02-30'"),
            ("verdicts.csv", "line 3, column 'key'", "'9.9.9'"),
            ("verdicts.csv", "line 3, column 'evidence'", "there is no evidence 'EV-9'"),
            ("verdicts.csv", "line 4", "5.1#1 already has a verdict at line 2; keep one"),
            ("verdicts.csv", "line 5, column 'reason'", "needs a reason"),
            ("verdicts.csv", "line 6", "7 cells where the header has 6"),
            ("verdicts.csv", "line 7, column 'key'", "missing"),
            ("verdicts.csv", "line 7, column 'reason'", "needs a reason"),
        ],
    ),
    (
        "what may follow from another fault",
        {
            "verdicts.csv": "key,role,verdict,reason,accepted_by,accepted_until\n"
            "5.1,nobody,pass,,,\n5.1,,fail,,,\n5.2,,pas,,CISO,2026-12-31\n5.3,,fail,,CISO,soon\n"
            f"5.4,,not applicable,{chr(0)},,\n"
        },
        [
            ("verdicts.csv", "line 2, column 'role'", "'nobody'"),
            ("verdicts.csv", "line 4, column 'verdict'", "did you mean 'pass'?"),
            ("verdicts.csv", "line 5, column 'accepted_until'", "'soon'"),
            ("verdicts.csv", "line 6, column 'reason'", "U+0000"),
        ],
    ),
    (
        "a column that is misspelt",
        {"verdicts.csv": "key,verdict,reasn\n5.1,not applicable,No.\n99.1,pass,\n5.1,pass,\n"},
        [
            ("verdicts.csv", "line 1", "unknown column 'reasn'; did you mean reason?"),
            ("verdicts.csv", "line 3, column 'key'", "'99.1'"),
            ("verdicts.csv", "line 4", "already has a verdict at line 2"),
        ],
    ),
    (
        "controls and the history",
        {
            "controls.csv": "key,verdict\nISO 42001 A.4.2,pas\nISO 42001 A.4.2,pass\nISO 42001 A.99,pass\n",
            "history.csv": "key,verdict,recorded,by\n5.1,pas,2026-01-01,Ann\n99.1,pass,2026-01-01,Ann\n",
        },
        [
            ("controls.csv", "line 2, column 'verdict'", "did you mean 'pass'?"),
            ("controls.csv", "line 3", "already has a verdict at line 2"),
            ("controls.csv", "line 4, column 'key'", "A.99"),
            ("history.csv", "line 2, column 'verdict'", "did you mean 'pass'?"),
            ("history.csv", "line 3, column 'key'", "'99.1'"),
        ],
    ),
    (
        "evidence with a fault is still evidence",
        {
            "evidence.csv": "id,title,collected\nEV-1,A,soon\nEV-1,B,2026-01-01\n",
            "verdicts.csv": "key,verdict,evidence\n5.1,pass,EV-1\n5.2,pass,EV-2\n",
        },
        [
            ("evidence.csv", "line 2, column 'collected'", "'soon'"),
            ("evidence.csv", "line 3, column 'id'", "already at"),
            ("verdicts.csv", "line 3, column 'evidence'", "there is no evidence 'EV-2'; did you mean EV-1?"),
        ],
    ),
    (
        "evidence whose id is not known",
        {
            "evidence.csv": "id,title\nEV 1,A\n",
            "verdicts.csv": "key,verdict,evidence\n5.1,pass,EV-1\n99.1,pass,\n",
            "controls.csv": "key,verdict,evidence\nISO 42001 A.4.2,pass,EV-2\n",
        },
        [("evidence.csv", "line 2, column 'id'", "'EV 1'"), ("verdicts.csv", "line 3, column 'key'", "'99.1'")],
    ),
    (
        "evidence of which a row is not readable",
        {"evidence.csv": "id,title\nEV-1,A,x\n", "verdicts.csv": "key,verdict,evidence\n5.1,pass,EV-1\n"},
        [("evidence.csv", "line 2", "3 cells where the header has 2")],
    ),
    (
        "evidence that is no text",
        {"evidence.csv": "\0\1", "verdicts.csv": "key,verdict,evidence\n5.1,pass,EV-1\n99.1,pass,\n"},
        [
            ("evidence.csv", "line 1", "the column 'id' is missing"),
            ("evidence.csv", "line 1", "the column 'title' is missing"),
            ("verdicts.csv", "line 3, column 'key'", "'99.1'"),
        ],
    ),
    (
        "facts and verdicts",
        {
            "assessment.toml": 'system = "chat"\nedition = "uk-ai-cop@2025-01"\nroles = ["Janitor"]\n'
            'inherits = ["chatt"]\nowner = 2026-01-01\n',
            "verdicts.csv": "key,role,verdict\n5.1,,pas\n99.1,,pass\n2.1,Data Custodian,pass\n",
        },
        [
            ("assessment.toml", "title", "missing"),
            ("assessment.toml", "roles[0]", "must be one of"),
            ("assessment.toml", "inherits[0]", "did you mean chat?"),
            ("verdicts.csv", "line 2, column 'verdict'", "did you mean 'pass'?"),
            ("verdicts.csv", "line 3, column 'key'", "'99.1'"),
            ("verdicts.csv", "line 4, column 'role'", "2.1#1 does not bind the Data Custodian"),
        ],
    ),
    (
        "an edition that is not known",
        {
            "assessment.toml": TOML.format(name="chat").replace("2025-01", "2024"),
            "verdicts.csv": "key,verdict\n99.1,pas\n",
        },
        [("assessment.toml", "edition", "uk-ai-cop@2024"), ("verdicts.csv", "line 2, column 'verdict'", "'pas'")],
    ),
    (
        "no TOML",
        {"assessment.toml": "system = \n", "verdicts.csv": "key,verdict\n99.1,pas\n"},
        [("assessment.toml", "line 1, column 10", "not TOML"), ("verdicts.csv", "line 2, column 'verdict'", "'pas'")],
    ),
]


@pytest.mark.parametrize(("files", "expected"), [item[1:] for item in MIXED], ids=[item[0] for item in MIXED])
def test_a_fault_hides_no_other_and_makes_none(
    tmp_path: Path, files: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    """Faults of words, keys, and rows together are reported at once, but not what only follows from another fault."""
    found = faults(library(tmp_path, chat=files))
    assert [(file, place) for file, place, _ in found] == [(f"chat/{name}", place) for name, place, _ in expected]
    assert all(said in problem for (_, _, problem), (_, _, said) in zip(found, expected, strict=True))


def test_a_system_that_cannot_be_read_is_not_inherited_from(tmp_path: Path) -> None:
    """Only the faults of the system itself are reported, and none of what would follow from them."""
    about = library(
        tmp_path,
        chat={"assessment.toml": TOML.format(name="chat") + 'inherits = ["web"]\n'},
        web={"assessment.toml": "system"},
    )
    assert [file for file, _, _ in faults(about, "chat")] == ["web/assessment.toml"]


def test_a_circle_of_systems_is_named(tmp_path: Path) -> None:
    """Inheritance may not come back to where it began; another edition cannot be inherited from."""
    about = library(
        tmp_path,
        one={"assessment.toml": TOML.format(name="one") + 'inherits = ["two"]\n'},
        two={"assessment.toml": TOML.format(name="two") + 'inherits = ["one"]\n'},
        etsi={
            "assessment.toml": TOML.format(name="etsi").replace("uk-ai-cop@2025-01", "etsi-en-304-223@2.1.1")
            + 'inherits = ["web"]\n'
        },
        web={},
    )
    assert [problem for _, _, problem in faults(about, "one")] == [
        "the systems form a circle: one inherits from two inherits from one"
    ]
    [(_, place, problem)] = faults(about, "etsi")
    assert (place, problem) == (
        "inherits[0]",
        "web is assessed against uk-ai-cop@2025-01, not etsi-en-304-223@2.1.1; upgrade one of them",
    )


def test_a_system_must_exist(tmp_path: Path) -> None:
    """An unknown system is an error with the nearest name, and so is a library without a folder or systems."""
    about = library(tmp_path, chat={})
    with pytest.raises(UnknownSystem, match="did you mean chat"):
        load(about, "chta")
    with pytest.raises(UnknownSystem, match="no assessment of 'x'; "):
        load(about, "x")
    with pytest.raises(LibraryWithoutFolder):
        load(Library(), "chat")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UnknownSystem, match="make one with aicop assess init"):
        load(library(empty), "chat")


def test_a_folder_with_tables_needs_its_facts(tmp_path: Path) -> None:
    """A gate must not pass because the file with the facts was lost; what only follows from that is not reported."""
    inheriting = {
        "assessment.toml": TOML.format(name="chat") + 'inherits = ["lost"]\n',
        "verdicts.csv": "key,verdict,evidence\n5.1,pass,EV-9\n",
    }
    about = library(tmp_path, chat=inheriting, lost={"verdicts.csv": "key,verdict\n5.1,fail\n", "evidence.csv": "id\n"})
    (tmp_path / "assessments" / "lost" / "assessment.toml").unlink()
    (tmp_path / "assessments" / "notes").mkdir()
    (tmp_path / "assessments" / "README.md").write_text("Ours.", encoding="utf-8")
    said = "is missing, although the folder has verdicts.csv; restore it, or move the folder elsewhere"
    for names in ((), ("chat",), ("lost",)):
        assert faults(about, *names) == [("lost/assessment.toml", "", said)]


def test_a_link_to_nothing_is_a_fault(tmp_path: Path) -> None:
    """A table that is a broken link is not taken for one that does not exist."""
    about = library(tmp_path, chat={})
    (tmp_path / "assessments" / "chat" / "verdicts.csv").symlink_to(tmp_path / "nowhere.csv")
    with pytest.raises(InvalidDocument) as caught:
        load(about, "chat")
    assert "chat/verdicts.csv: is a link to a file that does not exist" in str(caught.value)


def test_only_evidence_that_is_asked_for_is_looked_at(tmp_path: Path) -> None:
    """The files of other systems are not read, unless a verdict names them."""
    table = "id,title,location\n{0}-1,T,{0}.txt\n"
    about = library(
        tmp_path,
        chat={"verdicts.csv": "key,verdict,evidence\n5.1,pass,web-1\n", "evidence.csv": table.format("chat")},
        web={"evidence.csv": table.format("web")},
        other={"evidence.csv": table.format("other")},
    )
    assert dict(load(about, "chat").files) == {"chat-1": FileState.MISSING, "web-1": FileState.MISSING}


def test_a_column_of_the_user_cannot_be_there_twice(tmp_path: Path) -> None:
    """Only one of two columns with the same name could be kept, so they are a fault."""
    assert faults(library(tmp_path, chat={"verdicts.csv": "key,Ticket,Ticket\n5.1,a,b\n"})) == [
        ("chat/verdicts.csv", "line 1", "the column 'Ticket' appears more than once")
    ]


def test_a_table_may_have_no_rows(tmp_path: Path) -> None:
    """A header alone is a table."""
    assert (
        load(library(tmp_path, chat={"verdicts.csv": "key,verdict\n", "evidence.csv": "id,title\n"}), "chat").verdicts
        == ()
    )


def test_a_name_that_no_file_can_have_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is too long for the file system is no error; one that cannot be looked at is."""
    about = library(tmp_path, chat={"evidence.csv": f"id,title,location\nEV-1,T,{'x' * 300}.csv\n"})
    assert load(about, "chat").files["EV-1"] is FileState.MISSING
    look = type(tmp_path).is_file

    def refuse(path: Path) -> bool:
        if path.name.startswith("xxx"):
            raise PermissionError(errno.EACCES, "no")
        return look(path)

    monkeypatch.setattr(type(tmp_path), "is_file", refuse)
    with pytest.raises(PermissionError):
        load(about, "chat")
