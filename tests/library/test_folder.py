"""Reading the folder of a library."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest

from aicop import catalogue, graph
from aicop.errors import InvalidDocument, NoLibrary, UnknownKey
from aicop.library import Library
from aicop.library.locate import SETTINGS as SETTINGS_FILE
from aicop.library.template import FILES, write_template
from aicop.vocabulary import Basis
from tests.examples import derived_edition, mini_edition
from tests.library.examples import CONTROLS, ROWS, SETTINGS, write
from tests.library.test_library import derived

if TYPE_CHECKING:
    from pathlib import Path


def faults(folder: Path) -> list[tuple[str, str, str]]:
    """Return the faults of a folder as file, place and problem."""
    with pytest.raises(InvalidDocument) as caught:
        Library.open(folder)
    assert str(caught.value).startswith(f"{folder}: ")
    return [(fault.file, fault.path, fault.problem) for fault in caught.value.faults]


def test_a_folder_is_read(tmp_path: Path) -> None:
    """Frameworks, joint mappings, rows without a find, settings and columns of your own are all there."""
    library = Library.open(write(tmp_path))
    own = library.framework("acme")
    assert library.folder == tmp_path
    assert own.edition.title == "Acme controls"
    assert [(str(item.id), item.kind, item.parent and item.parent.local) for item in own.controls] == [
        ("acme@1:Access", "domain", None),
        ("acme@1:AC-1", "control", "Access"),
        ("acme@1:AC-2", "control", "Access"),
        ("acme@1:Logging", "domain", None),
        ("acme@1:LG-1", "control", "Logging"),
    ]
    assert dict(own["LG-1"].extra) == {"Owner": "Operations"}
    assert str(library.parse("Acme list LG-1")) == "acme@1:LG-1"
    found = {str(row.source): row for row in library.own_mappings()}
    assert set(found) == {"acme@1:AC-1|acme@1:AC-2", "acme@1:LG-1", "acme@1:AC-1"}
    assert str(found["acme@1:LG-1"].target) == "uk-ai-cop@2025-01:12.1#1"
    assert (found["acme@1:LG-1"].author, found["acme@1:LG-1"].date) == ("Team", "2026-11-01")
    assert found["acme@1:AC-1"].target is None
    assert str(found["acme@1:AC-1"].searched) == "uk-ai-cop@2025-01"
    assert [item.name for item in library.mapping_sets()][-1] == "mappings/ours.csv"


FOLDER_FAULTS: dict[str, tuple[dict[str, bytes], list[tuple[str, str, str]]]] = {
    "compressed": (
        {"frameworks/b@1.csv.gz": b"\x1f\x8b", "aicop.toml": b'[framework."b@1"]\nkind = "control"\n'},
        [
            (
                "frameworks/b@1.csv.gz",
                "",
                "files in frameworks end in .csv, .tsv, .xlsx, .json; this one is compressed; unpack it",
            )
        ],
    ),
    "another type": (
        {"mappings/b.ods": b""},
        [("mappings/b.ods", "", "files in mappings end in .csv, .tsv, .xlsx; convert or remove it")],
    ),
    "compressed under the name of a table": (
        {"frameworks/b@1.csv": b"\x1f\x8b\x08"},
        [("frameworks/b@1.csv", "", "is compressed with gzip; decompress it first")],
    ),
    "text under the name of a workbook": (
        {"frameworks/b@1.xlsx": b"id,kind\nA,x\n"},
        [
            (
                "frameworks/b@1.xlsx",
                "",
                "is not a workbook, although its name ends in .xlsx; save it as .xlsx in a spreadsheet, or name it .csv"
                " if it is text",
            )
        ],
    ),
    "statement in a dependency": (
        {
            "dependencies/uk-ai-cop@2025-01.csv": b"prerequisite,dependant,kind,basis,confidence,rationale\n"
            b"5.1#1,9.1,requires,editorial,9,Ours.\n"
        },
        [
            (
                "dependencies/uk-ai-cop@2025-01.csv",
                "line 2, column 'prerequisite'",
                "'5.1#1' is not valid in this field; expected the number of a provision, such as 5.1, or P and the number"
                " of a principle, such as P5",
            )
        ],
    ),
    "edition under another name": (
        {"editions/acme-code@2027.json": json.dumps(mini_edition() | {"document": "nord", "edition": "2026"}).encode()},
        [
            (
                "editions/acme-code@2027.json",
                "",
                "holds nord@2026, but is named after acme-code@2027; rename it to nord@2026.json",
            )
        ],
    ),
}


@pytest.mark.parametrize(("files", "expected"), FOLDER_FAULTS.values(), ids=FOLDER_FAULTS)
def test_faults_say_what_to_do(tmp_path: Path, files: dict[str, bytes], expected: list[tuple[str, str, str]]) -> None:
    """A fault of a file says what the file is, or is to be, and how to mend it."""
    (tmp_path / SETTINGS_FILE).write_text("", "utf-8")
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert faults(tmp_path) == expected


def test_a_table_may_have_a_title(tmp_path: Path) -> None:
    """The settings of frameworks and of mappings may state the line of the header."""
    settings = "\n".join(
        f"{line}\nheader = 3" if line.startswith(("title", "source")) else line for line in SETTINGS.split("\n")
    )
    titled = {"frameworks/acme@1.csv": f"Ours\n\n{CONTROLS}", "mappings/ours.csv": f"Ours\n\n{ROWS}"}
    opened = Library.open(write(tmp_path / "titled", **{"aicop.toml": settings, **titled}))
    assert opened == Library.open(write(tmp_path / "good"))
    advice = "this is not the header, which seems to be in line 3; delete what is above it, or set header = 3"
    found = faults(write(tmp_path / "wrong", **titled))
    assert [item[:2] for item in found] == [("frameworks/acme@1.csv", "line 1"), ("mappings/ours.csv", "")]
    assert advice in found[0][2]
    assert found[1][2] == "not checked, because frameworks/acme@1.csv has faults; correct these first"


def test_rows_that_refer_to_a_file_with_faults_are_not_checked(tmp_path: Path) -> None:
    """Without settings for the sides too, one fault says why, and the other rows are read."""
    rows = (
        "source,relationship,target,rationale,confidence,author,date\n"
        "acme@1:AC-1,intersects-with,uk-ai-cop:5.1,Why.,5,We,2026-11-01\n"
        "uk-ai-cop:5.2|acme:AC-1,intersects-with,iso-iec-42001:A.4.2,Why.,5,We,2026-11-01\n"
        "uk-ai-cop:5.1,intersects-with,nothing:4,Why.,5,We,2026-11-01\n"
        "uk-ai-cop:5.1,intersects-with,acme:LG-1,=1,5,We,2026-11-01\n"
        "uk-ai-cop:5.1,intersects-with,iso-iec-42001:A.4.2,Why.,5,We,2026-11-01\n"
    )
    files = {"aicop.toml": "", "frameworks/acme@1.csv": "Name\nx\n", "mappings/ours.csv": rows}
    found = faults(write(tmp_path, **files))
    assert (
        "mappings/ours.csv",
        "",
        "3 rows not checked, because frameworks/acme@1.csv has faults; correct these first",
    ) in found
    assert not [item for item in found if item[1].startswith(("line 2", "line 3", "line 5"))]
    # What is not named as a file with faults is checked as before.
    assert [item[1] for item in found if item[1].startswith("line 4")] == ["line 4, column 'target'"]
    library = Library.open(tmp_path, skip_invalid=True)
    assert len(library.own_mappings()) == 1


def test_a_folder_opened_twice_is_equal(tmp_path: Path) -> None:
    """Two readings are equal and have one digest, wherever the folder is."""
    one, other = (Library.open(write(tmp_path / name)) for name in ("a", "b"))
    assert one == other
    assert one.digest == other.digest


def test_a_lineage_of_yours_is_read(tmp_path: Path) -> None:
    """A table between two editions of yours, and one in a file with a name that is none of a document."""
    newer = mini_edition() | {"edition": "2"}
    numbers = [item.number for item in catalogue.loads(json.dumps(newer))]
    table = "old,new,changes,grade\n" + "".join(f"{item},{item},identical,direct\n" for item in numbers)
    files = {
        "editions/mini-code@1.json": json.dumps(mini_edition()),
        "editions/mini-code@2.json": json.dumps(newer),
        "lineage/mini-code@1--mini-code@2.csv": table,
    }
    library = Library.open(write(tmp_path, **files))
    assert str(library.counterpart("mini-code@1:1.1", "mini-code@2")) == "mini-code@2:1.1"
    assert repr(library).endswith("2 editions, 1 framework, 3 mappings, 1 lineage>")
    write(tmp_path, **{"dependencies/Mini.csv": "prerequisite\n"})
    assert [(file, "<document>@<edition>" in problem) for file, _, problem in faults(tmp_path)] == [
        ("dependencies/Mini.csv", True)
    ]


@pytest.mark.parametrize("name", ["aicop.toml", "mappings/", "frameworks/"])
def test_one_part_makes_a_folder_a_library(tmp_path: Path, name: str) -> None:
    """A library with nothing in it is what ships."""
    if name.endswith("/"):
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_text("")
    assert Library.open(tmp_path) == Library()


NO_LIBRARY: list[tuple[str, str, str]] = [
    ("a folder that does not exist", "absent", "there is no such folder; correct its name, or make it with aicop init"),
    (
        "any folder",
        ".",
        "is no library: it has no aicop.toml and none of the folders editions, frameworks, lineage, dependencies, "
        "mappings; make one with aicop init",
    ),
    ("a part of a library", "ours/mappings", "is no library, but a folder in one; name {folder}/ours"),
    ("a file", "ours/aicop.toml", "is a file; name the folder of a library"),
]


@pytest.mark.parametrize(("name", "advice"), [item[1:] for item in NO_LIBRARY], ids=[item[0] for item in NO_LIBRARY])
def test_what_is_no_library_is_refused(tmp_path: Path, name: str, advice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong folder is not an empty library; the error names the right one, and the variable that names the folder."""
    write(tmp_path / "ours")
    folder = str(tmp_path / name)
    said = advice.format(folder=tmp_path)
    with pytest.raises(FileNotFoundError) as caught:
        Library.open(folder)
    assert caught.value == NoLibrary(folder, said)
    monkeypatch.setenv("AICOP_LIBRARY", folder)
    with pytest.raises(NoLibrary) as caught:
        Library.find()
    assert caught.value.advice == f"{said} (the environment variable AICOP_LIBRARY names it)"


def test_a_cell_wins_over_the_file_and_this_over_the_defaults(tmp_path: Path) -> None:
    """Author and date come from the nearest place that states them."""
    settings = SETTINGS.replace('source = "acme@1"', 'source = "acme@1"\nauthor = "File"\ndate = "2026-10"')
    table = "source,relationship,target,rationale,confidence,author\nAC-1,intersects-with,6.1,Why.,7,Cell\nLG-1,intersects-with,12.1,Why.,7,\n"
    library = Library.open(write(tmp_path, **{"aicop.toml": settings, "mappings/ours.csv": table}))
    assert [(row.author, row.date) for row in library.own_mappings()] == [("Cell", "2026-10"), ("File", "2026-10")]


@pytest.mark.parametrize(
    ("more", "basis", "expected"),
    [
        ("", "imported", (None, None)),
        ("", "derived", (None, None)),
        ("", "own", ("Acme security team", "2026-11")),
        ("", "", ("Acme security team", "2026-11")),
        ('\nbasis = "imported"', "", (None, None)),
        ('\nauthor = "File"', "imported", ("File", None)),
    ],
)
def test_the_defaults_are_not_those_of_imported_rows(
    tmp_path: Path, more: str, basis: str, expected: tuple[str | None, str | None]
) -> None:
    """A row that somebody else made, or that was derived, keeps what it does not state; the file may state it."""
    settings = '[defaults]\nauthor = "Acme security team"\ndate = "2026-11"\n[mappings."ours.csv"]\nsource = "acme@1"'
    table = (
        f"source,relationship,target,rationale,confidence,basis\nAC-1,intersects-with,uk-ai-cop:6.1,Why.,7,{basis}\n"
    )
    files = {
        "aicop.toml": settings + more,
        "mappings/ours.csv": table,
        "frameworks/acme@1.csv": "id,kind\nAC-1,control\n",
    }
    [row] = Library.open(write(tmp_path, **files)).own_mappings()
    assert (row.author, row.date) == expected


def test_every_part_of_a_folder_is_read(tmp_path: Path) -> None:
    """Editions, full and derived, lineages, dependencies, artefacts and tables with tabs are read too."""
    dependencies = (
        "prerequisite\tdependant\tkind\tbasis\tconfidence\trationale\n1.1\t6.9\tinforms\teditorial\t5\tOurs.\n"
    )
    artefacts = {
        "edition": "uk-ai-cop@2025-01",
        "source": {"key": "own", "document": "Ours", "locator": "all", "grade": "direct", "read": "2026-11-01"},
        "artefacts": [
            {"key": "acme-list", "title": "List", "kind": "record", "definition": "A list.", "evidence": ["the list"]}
        ],
        "flows": [{"provision": "1.1", "produces": ["acme-list"]}],
    }
    library = Library.open(
        write(
            tmp_path,
            **{
                "editions/mini-code@1.json": json.dumps(mini_edition()),
                "editions/acme-code@1.json": derived(),
                "dependencies/acme-code@1.tsv": dependencies,
                "dependencies/uk-ai-cop@2025-01.json": json.dumps(artefacts),
                "README.md": "Ours.",
                "frameworks/.keep": "",
            },
        )
    )
    assert [str(edition) for edition in library.editions()[3:]] == ["acme-code@1", "mini-code@1"]
    pairs = {(item.prerequisite.number, item.dependant.number) for item in library.graph("acme-code").dependencies}
    assert ("1.1", "6.9") in pairs
    assert "acme-list" in {item.key for item in library.graph("uk-ai-cop").artefacts}


def _derived(document: str, base: str, **more: object) -> str:
    return json.dumps(derived_edition(base, document=document, edition="1") | more)


def test_a_derived_edition_inherits_dependencies_of_yours(tmp_path: Path) -> None:
    """Those of all editions that it is based on, artefacts included, without those of dropped provisions."""
    header = "prerequisite\tdependant\tkind\tbasis\tconfidence\trationale\n"
    base = header + "5.1\t9.1\tinforms\town\t5\tOurs.\n5.1\t13.2\tinforms\town\t5\tOurs.\n"
    source = {"key": "own", "document": "Ours", "locator": "all", "grade": "direct", "read": "2026-11-01"}
    item = {"key": "acme-list", "title": "List", "kind": "record", "definition": "A list.", "evidence": ["the list"]}
    produced = {"artefacts": [item], "flows": [{"provision": "1.1", "produces": ["acme-list"]}]}
    used = {"artefacts": [], "flows": [{"provision": "13.1", "uses": ["acme-list"]}]}
    files = {
        "editions/a-code@1.json": _derived("a-code", "b-code@1"),
        "editions/b-code@1.json": _derived(
            "b-code", "uk-ai-cop@2025-01", dropped=[{"number": "13.2", "reason": "No."}]
        ),
        "dependencies/uk-ai-cop@2025-01.tsv": base,
        "dependencies/b-code@1.json": json.dumps({"edition": "b-code@1", "source": source, **produced}),
        # It comes first by its name, and uses what the edition that it is based on produces.
        "dependencies/a-code@1.json": json.dumps({"edition": "a-code@1", "source": source, **used}),
    }
    library = Library.open(write(tmp_path, **files))
    for edition in ("uk-ai-cop", "b-code", "a-code"):
        [edge] = library.graph(edition).between("5.1", "9.1")
        assert (edge.prerequisite.edition, edge.basis) == (library.catalogue(edition).id, Basis.OWN)
    assert library.graph("a-code").skipped.dependencies == ()
    assert ("5.1", "13.2") in {
        (item.prerequisite.number, item.dependant.number) for item in library.graph("b-code").skipped.dependencies
    }
    [edge] = library.graph("a-code").between("1.1", "13.1")
    assert [one.key for one in edge.artefacts] == ["acme-list"]
    assert library.graph("b-code").between("1.1", "13.1") == ()


def test_dependencies_that_a_derived_edition_would_inherit_are_checked(tmp_path: Path) -> None:
    """A cycle of an edition's own rows with those of its base is reported, whichever of the two comes first."""
    header = "prerequisite\tdependant\tkind\tbasis\tconfidence\trationale\n"
    library = Library().with_edition(catalogue.loads(_derived("a-code", "uk-ai-cop@2025-01"), "a-code@1.json"))
    there, back = (header + f"{pair}\trequires\town\t5\tOurs.\n" for pair in ("12.1\t1.1", "1.1\t12.1"))
    own, base = (
        graph.loads(rows, library.catalogue(edition), "rows.tsv")
        for rows, edition in ((there, "a-code"), (back, "uk-ai-cop"))
    )
    with pytest.raises(InvalidDocument):
        library.with_dependencies("a-code", own).with_dependencies("uk-ai-cop", base)
    with pytest.raises(InvalidDocument):
        library.with_dependencies("uk-ai-cop", base).with_dependencies("a-code", own)
    files = {"dependencies/gone@1.tsv": there, "dependencies/uk-ai-cop@2025-01.tsv": back}
    [(file, _, _)] = faults(write(tmp_path, **files))
    assert file == "dependencies/gone@1.tsv"


def test_all_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    """Faults of every kind of file come together, each with its file and place."""
    settings = SETTINGS.replace('title = "Acme', 'titel = "Acme')
    write(
        tmp_path,
        **{
            "aicop.toml": settings,
            "frameworks/other@1.csv": "id,kind,parent\nA,control,B\n",
            "frameworks/Bad Name.csv": CONTROLS,
            "frameworks/notes.docx": "x",
            "editions/mini@1.json": "{",
            "lineage/x.csv": "old,new\n",
            "dependencies/uk-ai-cop@2025-01.csv": "prerequisite,dependant,kind,basis,confidence,rationale\n9.9,5.1,informs,editorial,5,X.\n",
            "mappings/more.csv": "source,relationship,target\nuk-ai-cop:99.1,equals,nist-csf:PR.DS-01\n",
        },
    )
    found = faults(tmp_path)
    files = {file for file, _, _ in found}
    assert files >= {
        "aicop.toml",
        "frameworks/other@1.csv",
        "frameworks/Bad Name.csv",
        "frameworks/notes.docx",
        "editions/mini@1.json",
        "lineage/x.csv",
        "dependencies/uk-ai-cop@2025-01.csv",
        "mappings/more.csv",
    }
    assert ("frameworks/other@1.csv", "line 2, column 'parent'", "there is no control B") in [
        (file, place, problem.partition(";")[0]) for file, place, problem in found
    ]
    assert any(file == "aicop.toml" and "titel" in place for file, place, _ in found)


def test_rows_with_faults_can_be_left_out(tmp_path: Path) -> None:
    """With skip_invalid, the good rows are taken, and each row left out is listed with its place."""
    write(
        tmp_path,
        **{
            "frameworks/acme@1.csv": CONTROLS + "AC-1,Access,Again,IT\n",
            "mappings/ours.csv": ROWS
            + "AC-9,intersects-with,6.1,4,7,Unknown.\nLG-1,equal-to,12.1,3,7,Wrong strength.\n",
        },
    )
    assert {(file, place.partition(",")[0]) for file, place, _ in faults(tmp_path)} == {
        ("frameworks/acme@1.csv", "line 5"),
        ("mappings/ours.csv", "line 5"),
        ("mappings/ours.csv", "line 6"),
    }
    library = Library.open(tmp_path, skip_invalid=True)
    assert library == Library.open(write(tmp_path / "good"))
    assert {(fault.file, fault.path.partition(",")[0]) for fault in library.skipped} == {
        ("frameworks/acme@1.csv", "line 5"),
        ("mappings/ours.csv", "line 5"),
        ("mappings/ours.csv", "line 6"),
    }


def test_a_file_that_cannot_be_read_in_part_is_left_out(tmp_path: Path) -> None:
    """With skip_invalid, a file with a wrong header is left out as a whole, and what it would define is unknown."""
    write(tmp_path, **{"mappings/ours.csv": "source,target\nAC-1,6.1\n"})
    library = Library.open(tmp_path, skip_invalid=True)
    assert library.own_mappings() == ()
    assert {fault.file for fault in library.skipped} == {"mappings/ours.csv"}
    assert library.framework("acme").id.document == "acme"
    assert library.skipped_files == ("mappings/ours.csv",)


LEFT_OUT: list[tuple[str, dict[str, str], list[str], tuple[str, ...]]] = [
    (
        "settings that are not TOML",
        {"aicop.toml": "[defaults\n"},
        ["aicop.toml: line 1"],
        ("aicop.toml", "frameworks/acme@1.csv", "mappings/ours.csv"),
    ),
    (
        "a framework, and the mappings of it",
        {"frameworks/acme@1.csv": "x\n"},
        ["frameworks/acme@1.csv: line 1: ", "mappings/ours.csv: not checked, because frameworks/acme@1.csv has faults"],
        ("frameworks/acme@1.csv", "mappings/ours.csv"),
    ),
    (
        "mappings of a framework that does not exist",
        {"aicop.toml": SETTINGS.replace('source = "acme@1"', 'source = "none"')},
        ['aicop.toml: mappings."ours.csv".source: '],
        ("mappings/ours.csv",),
    ),
    (
        "an edition, and the dependencies in it",
        {"editions/mini@1.json": "{}", "dependencies/mini@1.csv": "prerequisite,dependant,kind,basis\n"},
        ["editions/mini@1.json: ", "dependencies/mini@1.csv: not checked, because editions/mini@1.json has faults"],
        ("editions/mini@1.json", "dependencies/mini@1.csv"),
    ),
]


@pytest.mark.parametrize(
    ("files", "expected", "left_out"), [item[1:] for item in LEFT_OUT], ids=[item[0] for item in LEFT_OUT]
)
def test_a_fault_has_no_follow_on_faults(
    tmp_path: Path, files: dict[str, str], expected: list[str], left_out: tuple[str, ...]
) -> None:
    """What depends on a faulty file is not checked, which one message states; it is left out with that file."""
    library = Library.open(write(tmp_path, **files), skip_invalid=True)
    found = [next((start for start in expected if str(fault).startswith(start)), fault) for fault in library.skipped]
    assert list(dict.fromkeys(found)) == expected
    assert library.skipped_files == left_out


def test_a_lock_file_is_never_suggested(tmp_path: Path) -> None:
    """Files that are ignored are not taken for a misspelt one either."""
    write(tmp_path, **{"mappings/~$ours.csv": "x"})
    (tmp_path / "mappings" / "ours.csv").unlink()
    assert faults(tmp_path) == [("aicop.toml", 'mappings."ours.csv"', "there is no such file in mappings")]


def test_a_missing_extra_is_a_fault_of_the_file_that_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other files are checked all the same."""
    write(tmp_path, **{"mappings/ours.csv": ROWS + "AC-9,intersects-with,6.1,4,7,Unknown.\n"})
    openpyxl.Workbook().save(tmp_path / "mappings" / "more.xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (_, _, extra), (file, place, _) = sorted(faults(tmp_path))
    assert "aicop[xlsx]" in extra
    assert (file, place) == ("mappings/ours.csv", "line 5, column 'source'")


@pytest.mark.parametrize(
    ("settings", "place", "problem"),
    [
        ("[defaults\n", "line 1", "TOML"),
        ("[defaults]\nbasis = 'guess'\n", "defaults.basis", "must be one of"),
        ("[defaultz]\n", "defaultz", "did you mean defaults"),
        ('[framework."Not a key"]\n', "framework.Not a key", "expected a key, @ and an edition, such as acme@2026"),
        ('[framework."acme"]\n', "framework.acme", "expected a key, @ and an edition, such as acme@2026"),
        ('[framework."acme@1"]\nnames = ["ok", 3]\n', "framework.acme@1.names[1]", "must be text"),
        ("framework = 3\n", "framework", "should be an object"),
        ('[framework."acne@1"]\n', 'framework."acne@1"', "did you mean 'acme@1'"),
        ('[mappings."our.csv"]\n', 'mappings."our.csv"', "did you mean 'ours.csv'"),
        ('[mappings."ours.csv"]\nsource = "acne"\n', 'mappings."ours.csv".source', "acne"),
    ],
)
def test_faults_of_settings_have_places(tmp_path: Path, settings: str, place: str, problem: str) -> None:
    """Wrong TOML, wrong words, and settings of files that do not exist are faults of aicop.toml."""
    found = [fault for fault in faults(write(tmp_path, **{"aicop.toml": settings})) if fault[0] == "aicop.toml"]
    assert any(place in where and problem in what for _, where, what in found), found


def test_a_file_must_hold_what_its_name_says(tmp_path: Path) -> None:
    """A JSON framework or an edition under another file name is a fault, and so are two files for one framework."""
    own = {"framework": "other", "edition": "1", "title": "Other", "controls": [{"id": "A", "kind": "control"}]}
    write(
        tmp_path,
        **{
            "frameworks/another@1.json": json.dumps(own),
            "frameworks/acme@1.json": json.dumps(own | {"framework": "acme"}),
            "editions/wrong.json": json.dumps(mini_edition()),
        },
    )
    assert faults(tmp_path) == [
        ("frameworks/acme@1.json", "", "acme@1 is already in frameworks/acme@1.csv; keep one of the two files"),
        ("frameworks/another@1.json", "", "holds other@1, but is named after another@1; rename it to other@1.json"),
        ("editions/wrong.json", "", "holds mini-code@1, but is named after wrong; rename it to mini-code@1.json"),
    ]


def test_the_template_works_at_once(tmp_path: Path) -> None:
    """The template is a library without faults, with mappings in both directions and a joint one."""
    written = write_template(tmp_path / "new")
    assert [path.relative_to(tmp_path / "new").as_posix() for path in written] == list(FILES)
    library = Library.open(tmp_path / "new")
    assert len(library.framework("acme").of_kind("control")) == 3
    assert [str(claim.target) for claim in library.crosswalk("uk-ai-cop", "acme")["5.1"]] == [
        "acme@2026:AC-1|acme@2026:AC-2"
    ]
    with pytest.raises(FileExistsError):
        write_template(tmp_path / "new")


LINEAGE = "old,new,changes,grade\n"
SECOND = [
    ({"frameworks/acme@1.tsv": "id\n"}, "frameworks/acme@1.tsv", "acme@1 is already in frameworks/acme@1.csv"),
    (
        {"frameworks/mini-code@1.csv": "id,kind\nA,control\n", "editions/mini-code@1.json": json.dumps(mini_edition())},
        "editions/mini-code@1.json",
        "mini-code@1 is already in frameworks/mini-code@1.csv",
    ),
    (
        {"lineage/a@1--b@1.csv": LINEAGE, "lineage/b@1--a@1.tsv": LINEAGE},
        "lineage/b@1--a@1.tsv",
        "the lineage of b@1 and a@1 is already in lineage/a@1--b@1.csv",
    ),
]


@pytest.mark.parametrize(("files", "second", "problem"), SECOND, ids=["framework", "edition", "lineage"])
def test_the_fault_of_a_second_file_names_both(
    tmp_path: Path, files: dict[str, str], second: str, problem: str
) -> None:
    """Two files that hold one framework, edition or lineage are a fault, even if their content is the same."""
    found = [fault for fault in faults(write(tmp_path, **files)) if fault[0] == second]
    assert found == [(second, "", f"{problem}; keep one of the two files")]


def test_a_pair_is_judged_once_by_an_author_in_all_files(tmp_path: Path) -> None:
    """Rows that may not be in one file may not be in two either; the fault names both places."""
    more = (
        "source,relationship,target,strength,confidence,rationale,author\n"
        "AC-2|AC-1,subset-of,6.1,10,7,Another relationship.,\n"
        "AC-1,nothing-found,,0,6,The same.,\n"
        "AC-1,nothing-found,,0,6,By another author.,Others\n"
        "LG-1,superset-of,12.1,3,6,Another pair.,\n"
    )
    settings = SETTINGS + '\n[mappings."second.csv"]\nsource = "acme@1"\ntarget = "uk-ai-cop"\n'
    folder = write(tmp_path, **{"mappings/second.csv": more, "aicop.toml": settings})
    one, other = "acme@1:AC-1", "acme@1:AC-1|acme@1:AC-2"
    assert faults(folder) == [
        (
            "mappings/second.csv",
            "line 2",
            f"{other} is already mapped to uk-ai-cop@2025-01:6.1 in mappings/ours.csv, line 2, by Team; keep one of "
            "the two rows",
        ),
        (
            "mappings/second.csv",
            "line 3",
            f"nothing-found for {one} is already in mappings/ours.csv, line 4, by Team; keep one of the two rows",
        ),
    ]
    library = Library.open(folder, skip_invalid=True)
    assert [len(library.mappings(f"mappings/{name}.csv")) for name in ("ours", "second")] == [3, 2]
    assert len(library.skipped) == 2


def test_names_that_are_nearly_right_are_faults(tmp_path: Path) -> None:
    """A folder or a table that looks like a part of a library is named, and so is a setting for a file in it."""
    files = {
        "mapping/theirs.csv": ROWS,
        "Frameworks/b@1.csv": CONTROLS,
        "Dependencies.csv": "",
        "aicop.tml": "",
        "docs/notes.csv": "",
        "editors/list.md": "",
        "evidence/e.json": "",
        "assessments/a.csv": "",
        "editions.md": "",
        ".mappings/a.csv": "",
        "aicop.toml": SETTINGS + '\n[mappings."theirs.csv"]\nauthor = "We"\n[mappings."other.csv"]\nauthor = "We"\n',
    }
    assert faults(write(tmp_path, **files)) == [
        ("Dependencies.csv", "", "is not read; did you mean a file in the folder dependencies?"),
        ("Frameworks", "", "is not read; did you mean frameworks?"),
        ("aicop.tml", "", "is not read; did you mean aicop.toml?"),
        ("mapping", "", "is not read; did you mean mappings?"),
        (
            "aicop.toml",
            'mappings."theirs.csv"',
            "there is no such file in mappings; it is in mapping, which is not read",
        ),
        ("aicop.toml", 'mappings."other.csv"', "there is no such file in mappings; did you mean 'ours.csv'?"),
    ]


def test_the_case_of_a_folder_may_make_no_difference(tmp_path: Path) -> None:
    """Where two names are the same folder, as on some disks, it is read and no fault."""
    write(tmp_path)
    (tmp_path / "Mappings").symlink_to(tmp_path / "mappings")
    assert len(Library.open(tmp_path).own_mappings()) == len(Library.open(write(tmp_path)).own_mappings())


def test_a_dangling_link_is_a_fault_among_others(tmp_path: Path) -> None:
    """It is reported with its name, and hides nothing else."""
    write(tmp_path, **{"editions/broken@1.json": "[]"})
    (tmp_path / "frameworks" / "gone@1.csv").symlink_to(tmp_path / "nowhere.csv")
    assert faults(tmp_path) == [
        ("frameworks/gone@1.csv", "", "is a link to a file that does not exist; correct or remove it"),
        ("editions/broken@1.json", "", "must be a JSON object, not list"),
    ]
    assert Library.open(tmp_path, skip_invalid=True).skipped_files == (
        "frameworks/gone@1.csv",
        "editions/broken@1.json",
    )


def test_an_id_that_ships_is_reported_with_the_other_faults(tmp_path: Path) -> None:
    """A framework named after one that ships is told so at once, and not after its columns are mended."""
    found = faults(write(tmp_path, **{"frameworks/nist-csf@2.0.csv": "id,kind,titel\nA,control,x\n,control,y\n"}))
    mine = [problem for file, _, problem in found if file == "frameworks/nist-csf@2.0.csv"]
    assert mine[0] == "nist-csf@2.0 already ships with aicop; use another key or edition"
    assert len(mine) > 1


def test_a_dropped_provision_is_explained() -> None:
    """A key of a provision that a derived edition dropped, or one it is based on, says so, with the reason."""
    gone = {"number": "13.2", "reason": "We retire nothing."}
    first = catalogue.loads(_derived("b-code", "uk-ai-cop@2025-01", dropped=[gone]), "b.json")
    second = catalogue.loads(_derived("a-code", "b-code@1"), "a.json", load=lambda _: first)
    library = Library().with_edition(first).with_edition(second)
    for text, edition in (
        ("13.2", "b-code"),
        ("13.2#1", "a-code@1"),
        ("a-code:13.2", None),
        ("b-code@1:13.2", "a-code"),
    ):
        with pytest.raises(UnknownKey) as caught:
            library.parse(text, edition)
        assert caught.value.advice == "b-code@1 dropped uk-ai-cop@2025-01:13.2: We retire nothing."
        assert caught.value.nearest == ("uk-ai-cop@2025-01:13.2",)
    with pytest.raises(UnknownKey, match="principle 4 has the provisions"):
        library.parse("4.9", "a-code")
    assert library.check(["13.2"], "b-code")[0].error is not None
