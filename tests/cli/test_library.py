"""Which library the commands use, and what they say about it."""

from __future__ import annotations

import csv
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicop.library.template import FILES
from tests.cli.examples import FRAMEWORK, HEADER, TO_CODE, library, mappings, row
from tests.cli.test_options import COMMANDS, options
from tests.library.examples import CONTROLS, ROWS, SETTINGS

if TYPE_CHECKING:
    from tests.cli.runner import Run

WITHOUT_LIBRARY = ("formats", "init")
"""The commands that need no library."""
OF_A_SYSTEM = "assess "
"""The beginning of the commands that ask about a system of a library, and so have no answer without one."""
CALLS = {
    "editions": (),
    "edition": ("uk-ai-cop",),
    "show": ("uk-ai-cop:5.1",),
    "list": ("--modality", "may"),
    "duties": ("--role", "end-user"),
    "threats": (),
    "counterpart": ("uk-ai-cop:5.1", "--to", "etsi-en-304-223"),
    "compare": ("uk-ai-cop", "etsi-en-304-223"),
    "applies": ("--uses",),
    "check": ("keys.txt",),
    "search": ("inventory", "--limit", "2"),
    "frameworks": (),
    "map": ("uk-ai-cop:5.1", "--to", "iso-iec-42001"),
    "crosswalk": ("uk-ai-cop", "iso-iec-42001"),
    "coverage": ("uk-ai-cop", "iso-iec-42001"),
    "gaps": ("uk-ai-cop", "iso-iec-42001", "--in", "P6"),
    "explain": ("uk-ai-cop:5.1", "ISO 42001 A.4.2"),
    "consistency": (),
    "graph order": (),
    "graph waves": (),
    "graph impact": ("5.1",),
    "graph critical-path": (),
    "graph why": ("5.1", "10.3"),
    "graph cycles": (),
    "graph handovers": (),
    "graph draw": ("dot",),
    "library show": (),
    "library upgrade": ("etsi-ts-104-223", "--to", "etsi-en-304-223"),
    "library review": (),
    "export": ("csv", "nist-csf"),
    "import": ("theirs.csv", "--as", "theirs@1"),
}
"""For each command that uses a library, arguments that ask for nothing of the user's own."""
ACME = {"aicop.toml": SETTINGS, "frameworks/acme@1.csv": CONTROLS, "mappings/ours.csv": ROWS}


def call(name: str) -> tuple[str, ...]:
    """Return a command with its arguments."""
    return (*name.split(), *CALLS[name])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a library; the working directory is a folder below it with the files of `CALLS`."""
    _, name = library(tmp_path, ACME)
    below = Path(name) / "reports" / "2026"
    below.mkdir(parents=True)
    (below / "keys.txt").write_text("uk-ai-cop:5.1\n", encoding="utf-8")
    (below / "theirs.csv").write_text("id,kind\nA,control\n", encoding="utf-8")
    monkeypatch.chdir(below)
    return Path(name)


def test_every_command_uses_a_library() -> None:
    """All commands take --library and --skip-invalid, except those that need no library, and have a call below."""
    for name, command in COMMANDS.items():
        assert ({"--library", "--skip-invalid"} <= set(options(command))) == (name not in WITHOUT_LIBRARY), name
    # The server answers a program and not a person; tests/mcp asks it. A page is not printed; test_exploring.py reads it.
    needless = {
        name for name in COMMANDS if name in {*WITHOUT_LIBRARY, "mcp", "explore"} or name.startswith(OF_A_SYSTEM)
    }
    assert set(CALLS) == set(COMMANDS) - needless


@pytest.mark.parametrize("name", CALLS)
def test_the_library_that_is_found_is_named(aicop: Run, folder: Path, name: str) -> None:
    """Below aicop.toml every command names the folder first; with --library none or a folder it does not."""
    code, out, err = aicop(*call(name))
    assert code == 0
    assert err.splitlines()[0] == f"Library: {folder}."
    # Named, the library gives the same answer; only the line about the folder is gone.
    assert aicop(*call(name), "--library", str(folder)) == (code, out, err.partition("\n")[2])


@pytest.mark.parametrize("name", CALLS)
def test_without_the_library_the_answer_is_that_of_what_ships(
    aicop: Run, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--library none` answers below aicop.toml as commands do anywhere else."""
    inside = aicop(*call(name), "--library", "none")
    outside = folder.parent
    for file in ("keys.txt", "theirs.csv"):
        (outside / file).write_bytes(Path(file).read_bytes())
    monkeypatch.chdir(outside)
    assert aicop(*call(name)) == inside
    assert "Library" not in inside[2]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("place", ["option", "variable"])
def test_a_missing_folder_is_an_error(
    aicop: Run, folder: Path, name: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that does not exist gives exit code 3, its name, and no answer."""
    more = ("--library", "nowhere") if place == "option" else ()
    monkeypatch.setenv("AICOP_LIBRARY", "nowhere" if place == "variable" else str(folder))
    named = " (the environment variable AICOP_LIBRARY names it)" if place == "variable" else ""
    problem = f"there is no such folder; correct its name, or make it with aicop init{named}"
    assert aicop(*call(name), *more) == (3, "", f"aicop: nowhere: {problem}\n")


BAD = {
    "frameworks/acme@1.csv": CONTROLS + ",Access,No id,IT\n",
    "frameworks/notes.docx": "x",
    "mappings/more.csv": "source,relationship,target,confidence,rationale\n"
    "acme@1:LG-1,intersects-with,uk-ai-cop:5.1,7,Why.\n"
    "acme@1:LG-2,intersects-with,uk-ai-cop:5.1,7,Why.\n"
    "acme@1:LG-1,equals,uk-ai-cop:5.2,7,Why.\n",
}
PLACES = [
    "frameworks/notes.docx: ",
    "frameworks/acme@1.csv: line 5, column 'Control ID': ",
    "mappings/more.csv: line 3, column 'source': ",
    "mappings/more.csv: line 4, column 'relationship': ",
]


@pytest.mark.parametrize("name", CALLS)
def test_faults_of_a_library_are_errors_unless_they_are_left_out(aicop: Run, folder: Path, name: str) -> None:
    """Without --skip-invalid nothing is answered; with it, every fault is listed with its place and the answer comes."""
    expected = aicop(*call(name), "--library", str(folder))
    library(folder.parent, BAD)
    code, out, err = aicop(*call(name))
    assert (code, out) == (3, "")
    found, first, *faults = err.splitlines()
    assert (found, first) == (f"Library: {folder}.", f"aicop: {folder}: 4 errors")
    assert sorted(faults) == sorted(faults, key=str)
    assert all(any(line.startswith(f"  {place}") for line in faults) for place in PLACES)
    assert len(faults) == len(PLACES)
    code, out, err = aicop(*call(name), "--skip-invalid")
    assert code == 0
    assert err.splitlines()[:6] == [f"Library: {folder}.", "Left out for 4 faults:", *faults]
    if name not in {"consistency", "frameworks", "library show", "library review"}:
        assert (out, err.splitlines()[6:]) == (expected[1], expected[2].splitlines())


def test_every_fault_that_is_left_out_is_listed(aicop: Run, tmp_path: Path) -> None:
    """However many rows are left out, each is listed, and the other rows count."""
    rows = (row("uk-ai-cop:99", "nothing-found", who=str(one)) for one in range(150))
    own = mappings(tmp_path, row("own-controls:AC-1", "subset-of", "uk-ai-cop:6.1", "10"), *rows)
    code, out, err = aicop("crosswalk", "own-controls", "uk-ai-cop", *own, "--skip-invalid", "--format", "csv")
    first, *lines = err.splitlines()
    assert (code, first) == (0, "Left out for 150 faults:")
    assert [line.partition(", column")[0] for line in lines[:150]] == [
        f"  mappings/own.tsv: line {number}" for number in range(3, 153)
    ]
    assert len(list(csv.DictReader(out.splitlines()))) == 1


def test_the_option_wins_over_the_variable_and_this_over_the_folder(
    aicop: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The three ways to choose a library, in order; only a folder that was found is named."""
    other = tmp_path / "other"
    other.mkdir()
    library(other, FRAMEWORK)
    third = tmp_path / "third"
    third.mkdir()

    def own() -> set[str]:
        return {line.partition(",")[0] for line in aicop("frameworks", "-f", "csv")[1].splitlines()}

    assert "acme@1" in own()
    monkeypatch.setenv("AICOP_LIBRARY", str(other / "library"))
    assert "own-controls@2026" in own()
    assert "acme@1" not in own()
    assert "Library" not in aicop("editions")[2]
    assert "own-controls@2026" not in aicop("frameworks", "--library", str(third), "-f", "csv")[1]
    assert "acme@1" in aicop("frameworks", "--library", str(folder), "-f", "csv")[1]
    monkeypatch.setenv("AICOP_LIBRARY", "none")
    assert "acme@1" not in own()


@pytest.mark.parametrize(
    "arguments", [("init", ""), ("show", "uk-ai-cop:5.1", "--library", ""), ("editions", "--output", "")], ids="-".join
)
def test_an_empty_name_is_a_mistake(
    aicop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """An empty name means neither the working folder nor what ships, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert "the name is empty; name a file or folder" in err
    assert not list(tmp_path.iterdir())


def test_init_makes_a_library_that_works_at_once(aicop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The template is written whole, answers the command that it suggests, and is never overwritten."""
    place = tmp_path / "Größe & Co"
    code, out, err = aicop("init", str(place))
    assert (code, out) == (0, "")
    assert [line.startswith("Wrote ") for line in err.splitlines()] == [True] * len(FILES) + [False]
    suggested = shlex.split(err.splitlines()[-1].removeprefix("Try it: aicop "))
    code, out, _ = aicop(*suggested)
    assert code == 0
    assert "covered" in out
    before = {file: (place / file).read_bytes() for file in FILES}
    code, _, err = aicop("init", str(place))
    assert (code, "already exists; name another folder" in err) == (2, True)
    assert {file: (place / file).read_bytes() for file in FILES} == before
    monkeypatch.chdir(place / "mappings")
    code, out, err = aicop("show", "acme:AC-1")
    assert (code, err) == (0, f"Library: {place}.\n")
    assert [line.split() for line in out.splitlines() if line.startswith(("Owner", "Frequency"))] == [
        ["Owner", "Platform", "team"],
        ["Frequency", "monthly"],
    ]


def test_a_file_without_rows_is_shown(aicop: Run, tmp_path: Path) -> None:
    """A table of mappings that has only its header is listed with no rows."""
    mappings(tmp_path, *TO_CODE)
    own = library(tmp_path, {"mappings/empty.tsv": HEADER})
    code, out, _ = aicop("library", "show", *own)
    assert code == 0
    assert "mappings/empty.tsv (0 rows)" in " ".join(out.split())
    assert "mappings/own.tsv: own-controls@2026 to uk-ai-cop@2025-01 (3 rows)" in " ".join(out.split())
