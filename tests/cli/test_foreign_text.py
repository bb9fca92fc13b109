"""Names from files in messages and tables: none acts on the terminal, forges a line, or cannot be printed."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from aicop import catalogue, frameworks, mappings
from aicop.crosswalk import Crosswalk
from aicop.errors import AicopError, escape_text
from aicop.interop import formats
from aicop.interop.common.format import ImportOptions
from tests.cli.runner import write
from tests.examples import A, B, mini_edition, row
from tests.library.examples import CONTROLS, ROWS, SETTINGS
from tests.library.examples import write as write_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.runner import Run

# Sets the title of a terminal, colours it, turns the direction of text, hides, and begins a new line in five ways.
NASTY = "\x1b]0;title\x07\x1b[31m\u202e\u200b\u3164\ufe0f\x85\u2028\r\x0b\nFORGED: all is well"


def assert_harmless(text: str) -> None:
    """Fail if a text has a character that a terminal obeys or does not show, or a line that is not ours."""
    text.encode()
    assert escape_text(text, keep="\n") == text
    assert not any(line.lstrip().startswith("FORGED") for line in text.split("\n"))


def assert_message(text: str) -> None:
    """Fail if a message is harmful, or has an endless line."""
    assert_harmless(text)
    assert all(len(line) < 1000 for line in text.split("\n"))


MOST = 25
"""How many places of a document are tried: in each, one."""


def places(pattern: str, text: str) -> list[re.Match[str]]:
    """Return where a pattern occurs in a text, without repetitions, and not more often than `MOST`."""
    found = list({match[0]: match for match in re.finditer(pattern, text)}.values())
    return found[:: len(found) // MOST + 1]


def nasty_json(text: str) -> Iterator[str]:
    """Yield a JSON or YAML document with a nasty piece in each of its strings, and with half a character in each."""
    for found in places(r'(?<=")(?:[^"\\]|\\.)+(?=")', text):
        for piece in (json.dumps(NASTY)[1:-1], r"\ud800", "x" * 2_000):
            yield text[: found.end()] + piece + text[found.end() :]


def nasty_table(text: str) -> Iterator[str]:
    """Yield a table with a nasty piece in each of its words, as it is and in quotes."""
    for found in places(r"[^\s,;|]+", text):
        for piece in (NASTY.replace("\n", "").replace("\r", ""), "x" * 2_000):
            yield text[: found.end()] + piece + text[found.end() :]
        for piece in (NASTY, "x" * 2_000):
            yield f'{text[: found.start()]}"{found[0]}{piece}"{text[found.end() :]}'


def nasty(text: str) -> Iterator[str]:
    """Yield a document, in whatever form it is, with a nasty piece at each place."""
    yield from nasty_json(text) if text.lstrip().startswith("{") else nasty_table(text)


READ = [item.name for item in formats.formats() if item.reads]
SMALL = Crosswalk.from_mappings([row(A.key("X-1"), "intersects-with", B.key("Y-2"))], A, B)
OPTIONS = ImportOptions(frameworks=(A, B), source="a@1", target="b@1")


def small(name: str) -> str:
    """Return a small file in a format."""
    content = formats.dumps(name, SMALL if "crosswalk" in formats.format_of(name).reads else A)
    return content.decode()


TABLE = (
    "source,relationship,target,strength,author,date,confidence,rationale\nX-1,intersects-with,6.1,4,T,2026-01,7,Why\n"
)
FRAMEWORK = json.dumps(
    {
        "framework": "a",
        "edition": "1",
        "title": "T",
        "publisher": "P",
        "controls": [
            {
                "id": "1",
                "kind": "k",
                "nature": "requirement",
                "title": "T",
                "aliases": ["one"],
                "extra": {"Owner": "Ann"},
            }
        ],
    }
)
READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "framework": (FRAMEWORK, lambda text: frameworks.loads(text, "f.json")),
    "framework table": (
        "id,parent,kind,title,aliases,Owner\n1,,k,One,uno,Ann\n",
        lambda text: frameworks.loads(text, "f.csv", framework="a", edition="1", title="T", columns={"Owner": "extra"}),
    ),
    "mappings": (TABLE, lambda text: mappings.loads(text, "m.csv", frameworks=[A], target_edition="uk-ai-cop")),
    "edition": (json.dumps(mini_edition()), lambda text: catalogue.loads(text, "e.json")),
} | {
    name: (small(name), lambda text, name=name: formats.loads(text.encode(errors="replace"), "f", OPTIONS, name=name))  # type: ignore[misc]
    for name in READ
}


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_gives_harmless_messages(reader: str) -> None:
    """Wherever a name in a document is nasty, the message can be printed and has only lines of ours."""
    text, read = READERS[reader]
    read(text)
    refused = 0
    for document in nasty(text):
        try:
            read(document)
        except AicopError as error:
            refused += 1
            assert_message(str(error))
    assert refused


def run_harmless(aicop: Run, *arguments: str) -> int:
    """Run a command, and fail if anything that it prints is not harmless."""
    code, out, err = aicop(*arguments)
    assert code in {0, 1, 2, 3}
    assert_harmless(out.replace("\t", " "))
    assert_message(err)
    return code


SAMPLES = {
    "import.json": FRAMEWORK,
    "import.csv": TABLE,
    "import.tsv": TABLE.replace(",", "\t"),
    "check.csv": "key,b\nuk-ai-cop:5.1,2\n",
    "check.txt": "uk-ai-cop:5.1\n",
    "check.json": '[{"key": "uk-ai-cop:5.1"}, "x"]',
}


@pytest.mark.parametrize("name", SAMPLES)
def test_commands_print_nothing_harmful(aicop: Run, tmp_path: Path, name: str) -> None:
    """What commands print of a document with nasty names is harmless, whether they read it or refuse it."""
    command = name.partition(".")[0]
    for document in nasty_json(SAMPLES[name]) if name.endswith("json") else nasty_table(SAMPLES[name]):
        run_harmless(aicop, command, write(tmp_path, name, document))


FILES = {
    "aicop.toml": SETTINGS,
    "frameworks/acme@1.csv": CONTROLS,
    "mappings/ours.csv": ROWS,
}
COMMANDS = (
    ("library", "show"),
    ("show", "acme:AC-1"),
    ("crosswalk", "acme", "uk-ai-cop"),
    ("coverage", "uk-ai-cop", "acme"),
    ("frameworks",),
    ("export", "markdown", "acme"),
)


@pytest.mark.parametrize("name", FILES)
def test_libraries_print_nothing_harmful(aicop: Run, tmp_path: Path, name: str) -> None:
    """What is printed of a library with a nasty name in a file is harmless, whether faults are skipped or not."""
    for number, document in enumerate(nasty_table(FILES[name])):
        folder = write_library(tmp_path, **{name: document})
        command = COMMANDS[number % len(COMMANDS)]
        run_harmless(aicop, *command, "--library", str(folder), *("--skip-invalid",) * (number % 4 > 0))


NAMES = ["\x1b[31mx\nFORGED", "\udcff", "\u202e", "x" * 200]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_of_files_are_harmless(aicop: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Names of files and folders are shown escaped, in faults and in notes about what was written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text("a,b\n1,2\n")
    folder = f"{name}.d"
    for part in ("frameworks", "mappings", "lineage", "editions"):
        (tmp_path / folder / part).mkdir(parents=True)
        for suffix in (".csv", ".json", ".odd"):
            (tmp_path / folder / part / f"{name}{suffix}").write_text("a,b\n1,2\n")
    for arguments in (
        ("check", name),
        ("check", f"no{name}"),
        ("import", name),
        ("import", name, "--as", name),
        ("show", name),
        (name,),
        ("show", f"--{name}"),
        ("editions", "-o", f"{name}.out"),
        ("editions", "-o", f"{name}.out"),
        ("editions", "-f", name),
        ("editions", "--columns", name),
        ("library", "show", "--library", folder),
        ("library", "show", "--library", folder, "--skip-invalid"),
        ("library", "show", "--library", f"no{name}"),
        ("init", f"{name}.new"),
        ("init", f"{name}.new"),
        ("graph", "critical-path", "--weight", name),
        ("graph", "draw", "json", "--date", name),
        ("frameworks", "--library", f"{name}.new"),
    ):
        run_harmless(aicop, *arguments)


def test_workbooks_are_harmless(aicop: Run, tmp_path: Path) -> None:
    """Names of sheets, headers and cells of a workbook are shown escaped."""
    # XLSX itself cannot hold most control characters.
    piece = "\u202e\u200b\u3164\x85\u2028\nFORGED"
    for place in ("A1", "B1", "A2", "B2", "sheet"):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for line in (("key", "b"), ("uk-ai-cop:5.1", "2")):
            sheet.append(line)
        if place == "sheet":
            sheet.title = piece.replace("\n", "")[:30]
        else:
            sheet[place] = f"{sheet[place].value}{piece}"
        book.save(tmp_path / "a.xlsx")
        for command in ("check", "import"):
            run_harmless(aicop, command, str(tmp_path / "a.xlsx"))
        with pytest.raises(AicopError) as caught:
            mappings.loads(tmp_path / "a.xlsx", choices=mappings.TableChoices(sheet="none"))
        assert_message(str(caught.value))


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_data_is_printed_as_it_is(aicop: Run, tmp_path: Path, form: str) -> None:
    """JSON and CSV hold a cell with control characters unchanged; Markdown, which people read, escapes it."""
    key = "x\x1b[31m\x85\u202e"
    _, out, _ = aicop("check", write(tmp_path, "keys.txt", key), "--format", form, "--columns", "key")
    if form == "markdown":
        assert out.splitlines()[-1] == r"| x\\x1b\[31m\\x85\\u202e |"
    elif form == "csv":
        assert next(csv.DictReader(io.StringIO(out)))["key"] == key
    else:
        assert json.loads(out)[0]["key"] == key
        assert_harmless(out)


def test_long_texts_in_tables_are_cut(aicop: Run, tmp_path: Path) -> None:
    """A table shows the beginning and the end of a very long cell, and says how long it is."""
    _, out, _ = aicop("check", write(tmp_path, "keys.txt", "9." * 5_000_000), "--columns", "key", "-f", "cards")
    # The lines are as long as the terminal is wide.
    assert "(10,000,000characters)" in "".join(out.split())
    assert len(out) < 20_000
