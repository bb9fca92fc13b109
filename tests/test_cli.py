"""The command line, run as a person or a pipeline runs it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from aicop import __main__, _resources, cli, manifest
from aicop.catalogue import shipped
from aicop.cli import output
from aicop.cli.output import OutputFormat
from aicop.errors import MissingData

if TYPE_CHECKING:
    from pathlib import Path

Outcome = tuple[int, str, str]


@pytest.fixture
def aicop(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs the command line and gives exit code, output and errors."""
    return Run(capsys)


class Run:
    """The command line in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Outcome:
        """Run it."""
        with pytest.raises(SystemExit) as caught:
            cli.run(list(arguments))
        out, err = self.capsys.readouterr()
        return int(caught.value.code or 0), out, err

    def rows(self, *arguments: str) -> list[dict[str, str]]:
        """Run it for CSV and give the rows."""
        code, out, _ = self(*arguments, "--format", "csv")
        assert code in {0, 1}
        return list(csv.DictReader(io.StringIO(out)))


COMMANDS = [
    ("editions",),
    ("show", "uk-ai-cop:5.4.1"),
    ("show", "EN 304 223 5.2.1-4"),
    ("show", "uk-ai-cop:P10"),
    ("show", "P2", "--edition", "etsi-en-304-223"),
    ("show", "EN 304 223 secure design"),
    ("show", "uk-ai-cop:secure-design"),
    ("list", "--modality", "may"),
    ("duties", "--role", "developer"),
    ("counterpart", "uk-ai-cop:8.3", "--to", "etsi-en-304-223"),
    ("counterpart", "uk-ai-cop:secure-design", "--to", "etsi-en-304-223"),
    ("counterpart", "uk-ai-cop:8.3", "--to", "uk-ai-cop"),
    ("compare", "uk-ai-cop", "etsi-en-304-223"),
    ("scope", "--creates-or-adapts", "--uses"),
    ("graph", "order"),
    ("graph", "waves", "--kind", "refines", "--kind", "refers"),
    ("graph", "impact", "5.1", "uk-ai-cop:3.1"),
    ("graph", "cycles", "--edition", "etsi-en-304-223"),
    ("graph", "handovers"),
    ("graph", "why", "5.1", "10.3"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", list(OutputFormat))
def test_every_command_prints_every_format(aicop: Run, command: tuple[str, ...], form: OutputFormat) -> None:
    """JSON is JSON, CSV is CSV, and nothing is coloured or wrapped when piped."""
    code, out, _ = aicop(*command, "--format", form)
    assert code == 0
    assert out.endswith("\n")
    assert "\x1b" not in out
    if form is OutputFormat.JSON:
        assert json.loads(out)
    if form is OutputFormat.CSV:
        rows = list(csv.reader(io.StringIO(out)))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1
    if form is OutputFormat.MARKDOWN and command[0] != "duties":
        assert {line.count(" | ") for line in out.splitlines()} == {out.splitlines()[0].count(" | ")}


def test_editions_are_listed(aicop: Run) -> None:
    """Three, each with 72 provisions."""
    rows = aicop.rows("editions")
    assert [(row["edition"], row["provisions"]) for row in rows] == [
        ("uk-ai-cop@2025-01", "72"),
        ("etsi-ts-104-223@1.1.1", "72"),
        ("etsi-en-304-223@2.1.1", "72"),
    ]


def test_a_provision_is_shown_whole(aicop: Run) -> None:
    """Statements, pointers with the suspected erratum, guidance, source and counterparts."""
    _, out, _ = aicop("show", "EN 304 223 5.2.1-4")
    for part in (
        "pointer to clause 5.2.3",
        "Our reading: Probably clause 5.2.2",
        "guide: threats",
        "uk-ai-cop@2025-01:5.4",
    ):
        assert part in out
    _, out, _ = aicop("show", "uk-ai-cop:8.3", "--format", "json")
    record = json.loads(out)
    assert [statement["modality"] for statement in record["statements"]] == ["should", "may"]
    assert record["id"] == "uk-ai-cop@2025-01:8.3"
    assert record["source"]["grade"] == "direct"


def test_principles_and_phases_are_shown(aicop: Run) -> None:
    """With what the publication says of them."""
    assert "no such line is printed" in aicop("show", "uk-ai-cop:P10")[1]
    assert "operation and monitoring" in aicop("show", "EN 304 223 secure maintenance")[1]


def test_statements_and_elements_of_other_frameworks_are_shown(aicop: Run) -> None:
    """With what they stand under and what is known of their list."""
    _, out, _ = aicop("show", "AC-2(1)")
    assert "Automated System Account Management" in out
    assert "nist-sp-800-53@5.2.0:AC-2" in out
    assert "requirement" in out
    assert "audit trail" in aicop("show", "uk-ai-cop:2.3#1")[1]
    assert json.loads(aicop("show", "LLM06:2025", "-f", "json")[1])["title"] == "Excessive Agency"


def test_selections_reach_the_command_line(aicop: Run) -> None:
    """All of them in one call."""
    rows = aicop.rows(
        *("list", "--edition", "etsi-en-304-223", "--duty-holder", "developer", "--counterparty", "system operator"),
        *("--applies-to", "developer", "--modality", "should", "--phase", "secure-development", "--principle", "9"),
        *("--threat", "untested-release", "--measure", "testing and evaluation"),
    )
    assert rows == []
    rows = aicop.rows("list", "--duty-holder", "developer", "--counterparty", "system operator", "--principle", "P9")
    assert [row["key"] for row in rows] == [f"uk-ai-cop@2025-01:{n}" for n in ("9.1", "9.3", "9.4", "9.4.1")]


def test_duties_are_a_checklist(aicop: Run) -> None:
    """By phase, then by strength; End-users have one."""
    rows = aicop.rows("duties", "--role", "System Operators")
    places = [
        ("Secure Design", "Secure Development", "Secure Deployment", "Secure Maintenance", "Secure End of Life").index(
            row["phase"]
        )
        for row in rows
    ]
    assert places == sorted(places)
    strengths = [
        (place, ["shall", "should", "may"].index(row["modality"])) for place, row in zip(places, rows, strict=True)
    ]
    assert strengths == sorted(strengths)
    code, out, _ = aicop("duties", "--role", "end-user", "--format", "markdown")
    assert code == 0
    assert out.startswith(
        "# Duties of the End-user in uk-ai-cop@2025-01\n\n## Secure Development: shall\n\n- [ ] uk-ai-cop@2025-01:5.4 "
    )
    assert out.count("- [ ]") == 1


def test_comparisons_can_be_narrowed(aicop: Run) -> None:
    """To one kind, to what needs a person's eye, to both, or not at all."""
    pair = ("compare", "uk-ai-cop", "etsi-en-304-223")
    assert len(aicop.rows(*pair)) == 25
    assert len(aicop.rows(*pair, "--all")) == 85
    assert len(aicop.rows(*pair, "--review")) == 10
    assert [row["old"] for row in aicop.rows(*pair, "--kind", "strength")] == ["uk-ai-cop@2025-01:8.3"]
    assert len(aicop.rows(*pair, "--kind", "spelling")) == 9
    assert [row["old"] for row in aicop.rows(*pair, "--kind", "spelling", "--review")] == ["uk-ai-cop@2025-01:5.4"]
    assert aicop(*pair)[2] == "72 provisions, 55 identical; 10 items need a person's eye.\n"


def test_scope_answers_with_reasons(aicop: Run) -> None:
    """Each with its source and how that is known."""
    rows = aicop.rows("scope", "--research-only", "--edition", "etsi-en-304-223")
    assert [row["answer"] for row in rows] == ["not in scope"]
    assert rows[0]["source"] == "ETSI EN 304 223 V2.1.1, clause 1 (direct)"


def write(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file and give its path."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


CHECKED = [
    ("keys.txt", "uk-ai-cop:5.4.1\r\n\n5.4.1\n", ()),
    ("keys.csv", "id,why\nuk-ai-cop:5.4.1,x\n5.4.1,y\n", ()),
    ("one.csv", "whatever\nuk-ai-cop:5.4.1\n5.4.1\n", ()),
    ("keys.tsv", "a\tkey\nx\tuk-ai-cop:5.4.1\ny\t5.4.1\n", ()),
    ("named.csv", "a,b\nx,uk-ai-cop:5.4.1\ny,5.4.1\n", ("--column", "b")),
    ("keys.json", '["uk-ai-cop:5.4.1", "5.4.1"]', ()),
    ("rows.json", '[{"key": "uk-ai-cop:5.4.1"}, {"key": "5.4.1"}]', ()),
    ("tags.json", '[{"tag": "uk-ai-cop:5.4.1"}, {"tag": "5.4.1"}]', ("--column", "tag")),
    ("json.txt", '["uk-ai-cop:5.4.1", "5.4.1"]', ("--as", "json")),
]


@pytest.mark.parametrize(("name", "content", "options"), CHECKED, ids=[row[0] for row in CHECKED])
def test_keys_are_checked_in_every_kind_of_file(
    aicop: Run, tmp_path: Path, name: str, content: str, options: tuple[str, ...]
) -> None:
    """One verdict a key with its reason, and exit code 1 as one of them is ambiguous."""
    code, out, err = aicop("check", write(tmp_path, name, content), *options, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 1
    assert [(row["key"], row["verdict"], row["id"]) for row in rows] == [
        ("uk-ai-cop:5.4.1", "known", "uk-ai-cop@2025-01:5.4.1"),
        ("5.4.1", "ambiguous", ""),
    ]
    assert "Nearest: uk-ai-cop@2025-01:5.4.1, " in rows[1]["reason"]
    assert err == "2 keys, 1 known, 1 not.\n"


def test_a_list_of_good_keys_passes(aicop: Run, tmp_path: Path) -> None:
    """A known edition settles what was ambiguous."""
    file = write(tmp_path, "keys.txt", "5.4.1\nP5\n")
    code, _, err = aicop("check", file, "--edition", "uk-ai-cop")
    assert (code, err) == (0, "2 keys, 2 known, 0 not.\n")


def test_no_key_of_a_file_is_skipped(aicop: Run, tmp_path: Path) -> None:
    """Odd, empty and short cells get a verdict too."""
    rows = aicop.rows("check", write(tmp_path, "k.csv", "a,key\nx,\ny,\nz,=cmd()\nw,\x1b[31m\nv,@x\n"))
    assert [(row["place"], row["key"], row["verdict"]) for row in rows] == [
        ("line 2", "", "unreadable"),
        ("line 3", "", "unreadable"),
        ("line 4", "'=cmd()", "unreadable"),
        ("line 5", "\\x1b[31m", "unreadable"),
        ("line 6", "'@x", "unreadable"),
    ]


def test_ten_megabytes_in_a_line_are_one_wrong_key(aicop: Run, tmp_path: Path) -> None:
    """And the message stays short."""
    code, out, _ = aicop("check", write(tmp_path, "big.txt", "9." * 5_000_000), "--format", "json")
    [row] = json.loads(out)
    assert code == 1
    assert row["reason"] == "longer than any key, which has at most 200 characters."


REFUSED = [
    ("bad.json", b"[1, ", "line 1, column 5: not JSON: Expecting value"),
    ("object.json", b"{}", "must be a JSON list of keys, or of objects with keys"),
    ("number.json", b"[1.1]", "[0]: a key in quotes was expected; other names go with --column"),
    ("field.json", b'[{"id": "x"}]', "[0]: text under 'key' was expected; other names go with --column"),
    ("latin.txt", b"\xe9", "line 1: byte 0xe9 is not UTF-8; save the file as UTF-8"),
    ("two.csv", b"a,b\n", "line 1: no column is called key or id; name one with --column: a, b"),
    ("null.csv", b'key\n"a\n', ""),
]


@pytest.mark.parametrize(("name", "content", "problem"), REFUSED[:-1], ids=[row[0] for row in REFUSED[:-1]])
def test_files_that_cannot_be_read_are_told(
    aicop: Run, tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    """Exit code 3, nothing on standard output, and the place on standard error."""
    file = write(tmp_path, name, content)
    code, out, err = aicop("check", file)
    assert (code, out) == (3, "")
    assert err == f"aicop: {file}: 1 fault\n  {file}: {problem}\n"


def test_a_column_that_is_not_there_is_told(aicop: Run, tmp_path: Path) -> None:
    """With those that are."""
    code, _, err = aicop("check", write(tmp_path, "k.csv", "a,b\n"), "--column", "c")
    assert code == 3
    assert "there is no column 'c'; name one with --column: a, b" in err


def test_a_cell_too_large_for_csv_is_told(aicop: Run, tmp_path: Path) -> None:
    """The csv module has a limit of its own."""
    code, _, err = aicop("check", write(tmp_path, "k.csv", "key\n" + "9" * 200_000 + "\n"))
    assert code == 3
    assert "not a table: field larger than field limit" in err


def test_a_missing_file_is_told(aicop: Run) -> None:
    """Not with a traceback."""
    code, out, err = aicop("check", "nothing/here.txt")
    assert (code, out) == (3, "")
    assert err == "aicop: [Errno 2] No such file or directory: 'nothing/here.txt'\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "EN 304 223 5.4.1"), "'EN 304 223 5.4.1': 5.4.1 is a UK number; "),
        (("show", "5.4.1"), "'5.4.1': no document is named"),
        (("duties", "--role", "boss"), "'boss' is not a role; use one of: Developer, "),
        (("list", "--edition", "x"), "no edition 'x'; known: uk-ai-cop@2025-01, "),
        (("compare", "uk-ai-cop", "uk-ai-cop"), "no edition 'uk-ai-cop'; an edition is not compared with itself; "),
        (("scope", "--sells-only", "--embeds-or-deploys"), "sells_only and embeds_or_deploys: who only sells"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_mistakes_are_told_in_a_line(aicop: Run, arguments: tuple[str, ...], message: str) -> None:
    """On standard error, with exit code 2."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"aicop: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("show",), ("duties",), ("editions", "--format", "xml")], ids=" ".join
)
def test_wrong_usage_is_told(aicop: Run, arguments: tuple[str, ...]) -> None:
    """By the command-line library, without a traceback."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert "Usage:" in err


def test_a_damaged_installation_is_told(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the file that is missing."""

    def lost(name: str) -> str:
        raise MissingData(f"data/{name}")

    for cached in (manifest.document_entries, manifest.editions, manifest.edition_data, shipped._load):
        cached.cache_clear()
    monkeypatch.setattr(manifest, "read", lost)
    code, out, err = aicop("editions")
    monkeypatch.setattr(manifest, "read", _resources.read)
    assert (code, out) == (3, "")
    assert (
        err == "aicop: data file data/manifest.json is missing from this installation of aicop; reinstall the package\n"
    )


def test_the_script_runs_the_command_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the arguments of the process."""
    monkeypatch.setattr(sys, "argv", ["aicop", "editions"])
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 0
    assert "etsi-en-304-223@2.1.1" in capsys.readouterr().out


def test_a_missing_extra_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setattr(__main__, "find_spec", lambda _: None)
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 3
    assert capsys.readouterr().err == (
        "aicop: the command line needs typer; install it with: pip install 'aicop[cli]'\n"
    )


def process(*arguments: str, **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own."""
    command = [sys.executable, "-m", "aicop", *arguments]
    return subprocess.run(command, check=False, capture_output=True, **more)  # type: ignore[call-overload, no-any-return]  # noqa: S603 -- ours


def test_the_module_runs_and_reads_standard_input() -> None:
    """``python -m aicop`` is the same command."""
    done = process("check", "-", "--format", "csv", input=b"uk-ai-cop:5.4.1\n")
    assert (done.returncode, done.stderr) == (0, b"1 keys, 1 known, 0 not.\n")
    assert done.stdout.splitlines()[1] == b"line 1,uk-ai-cop:5.4.1,known,uk-ai-cop@2025-01:5.4.1,"


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """As with head: exit code 0 and nothing said."""
    command = [sys.executable, "-m", "aicop", "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603 -- ours
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        told = running.stderr.read()
    assert (running.returncode, told) == (0, b"")


def test_a_closed_pipe_ends_quietly_in_this_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The same, where coverage sees it."""
    with (tmp_path / "out").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", Gone(stream))
        with pytest.raises(SystemExit) as caught:
            output.write_out("x")
    assert caught.value.code == 0


class Gone:
    """A stream whose reader has left."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self.stream = stream

    def write(self, _: str) -> None:
        """Fail as a pipe does."""
        raise BrokenPipeError

    def fileno(self) -> int:
        """Give the real number."""
        return self.stream.fileno()


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_without_standard_streams_nothing_is_done(monkeypatch: pytest.MonkeyPatch, closed: str) -> None:
    """Exit code 3 and no traceback."""
    monkeypatch.setattr(sys, closed, None)
    with pytest.raises(SystemExit) as caught:
        cli.run(["editions"])
    assert caught.value.code == 3


def test_standard_input_is_read(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where standard error is no terminal and no file."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"uk-ai-cop:5.4\n")))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert aicop("check", "-")[0] == 0


def test_a_closed_standard_input_is_told(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Like a file that cannot be read."""
    monkeypatch.setattr(sys, "stdin", None)
    assert aicop("check", "-") == (3, "", "aicop: standard input is closed\n")


@pytest.mark.parametrize("encoding", ["cp1252", "latin1", "ascii"])
def test_any_encoding_of_the_output_will_do(encoding: str) -> None:
    """What it lacks is shown escaped."""
    program = "import sys; from aicop import cli; cli.run(['show', 'uk-ai-cop:1.2.2'])"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=False, capture_output=True, env={"PYTHONIOENCODING": encoding})  # noqa: S603 -- ours
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"uk-ai-cop@2025-01:1.2.2" in done.stdout


def test_drawings_go_to_any_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also to one that has no encoding."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    output.write_out_utf8("\u2019")
    assert stream.getvalue() == "\u2019"


@pytest.mark.parametrize("form", ["svg", "dot", "mermaid"])
def test_drawings_are_utf8_whatever_the_locale(form: str) -> None:
    """A file is a file: what is redirected can be read."""
    command = [sys.executable, "-m", "aicop", "graph", "draw", form]
    environment = {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 -- ours
    assert "\u2019" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize(
    "command", [c for c in COMMANDS if c[0] in {"editions", "duties", "list", "compare", "show"}], ids=" ".join
)
def test_no_letter_is_lost_on_a_narrow_terminal(
    aicop: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], width: int
) -> None:
    """Rows that do not fit become cards; what was folded reads as before when put together."""
    rows = json.loads(aicop(*command, "--format", "json")[1])
    values = (
        [str(row[name]) for row in rows for name in ("key", "edition", "old", "title") if name in row]
        if isinstance(rows, list)
        else [rows["title"]]
    )
    monkeypatch.setattr(output, "_width", lambda: width)
    code, out, _ = aicop(*command)
    assert code == 0
    joined = "".join(out.split())
    for value in values:
        assert "".join(value.split()) in joined
    if width >= 60:
        assert max(map(len, out.splitlines())) <= width


def test_many_keys_are_checked_in_time(aicop: Run, tmp_path: Path) -> None:
    """Fifty thousand lines, as a table."""
    file = write(tmp_path, "many.txt", "uk-ai-cop:5.4.1\n" * 50_000)
    code, out, err = aicop("check", file)
    assert (code, err) == (0, "50000 keys, 50000 known, 0 not.\n")
    assert out.count("\n") == 50_002


def test_tables_of_keys_are_read_strictly(aicop: Run, tmp_path: Path) -> None:
    """Blank rows are passed over, odd line breaks stay in their cell, an open quote is told, case does not matter."""
    rows = aicop.rows(
        "check", write(tmp_path, "k.csv", "Key,note\n5.4.1,a\u2028b\n\n5.4.2,x\x0by\n"), "--edition", "uk-ai-cop"
    )
    assert [(row["place"], row["id"]) for row in rows] == [
        ("line 2", "uk-ai-cop@2025-01:5.4.1"),
        ("line 4", "uk-ai-cop@2025-01:5.4.2"),
    ]
    code, _, err = aicop("check", write(tmp_path, "q.csv", 'key\n"5.4.1\n5.4.2\n'))
    assert code == 3
    assert "not a table: unexpected end of data" in err
    rows = aicop.rows("check", write(tmp_path, "k.tsv", 'key\n"5.4.1"\n'), "--edition", "uk-ai-cop")
    assert rows[0]["verdict"] == "known"


def test_records_and_vocabularies_are_shown(aicop: Run) -> None:
    """The edition's record, the threats, the version, and a word where nothing matches."""
    _, out, _ = aicop("edition", "EN 304 223")
    for part in (
        "2025-12-08",
        "scope: research-only",
        "stakeholder: Affected Entity",
        "term: guardrails",
        "ETSI copyright",
    ):
        assert part in out
    assert json.loads(aicop("edition", "uk", "--format", "json")[1])["edition"]["status"] == "current"
    assert {row["key"] for row in aicop.rows("threats")} >= {"data-poisoning", "prompt-injection"}
    assert aicop("--version")[1].startswith("aicop ")
    assert aicop("list", "--phase", "secure-design", "--principle", "13")[2] == "No statement matches.\n"
    assert "guide: measures also from" in aicop("show", "uk-ai-cop:5.4.2")[1]


def test_the_graph_answers_on_the_command_line(aicop: Run, tmp_path: Path) -> None:
    """Order, impact, reasons and own rows."""
    code, out, err = aicop("graph", "order", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["place"] for row in rows] == [str(place) for place in range(1, 73)]
    assert "soft dependencies lie on circles and are not respected by this order: 3.2 triggers 3.1, " in err
    assert aicop("graph", "order", "--kind", "refines")[2] == ""
    first = aicop.rows("graph", "impact", "5.4")[0]
    assert (first["distance"], first["fails"], first["kinds"], first["key"]) == (
        "1",
        "at risk",
        "informs",
        "uk-ai-cop@2025-01:4.4",
    )
    assert aicop("graph", "why", "9.1", "1.1")[1] == "1.1 does not depend on 9.1.\n"
    own = write(
        tmp_path,
        "own.tsv",
        "prerequisite\tdependant\tkind\tbasis\tconfidence\trationale\n9.1\t1.1\trequires\teditorial\t9\tOurs.\n",
    )
    assert (
        aicop("graph", "why", "9.1", "1.1", "--with", own)[1]
        == "9.1 -> 1.1 (requires): Ours. [editorial; confidence 9 of 10]\n"
    )
    assert aicop.rows("graph", "impact", "9.1", "--with", own)[0]["fails"] == "fails too"


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("dot", 'digraph "uk-ai-cop'),
        ("mermaid", "flowchart LR"),
        ("graphml", "<graphml"),
        ("json", "{\n"),
        ("svg", "<svg"),
    ],
)
def test_the_graph_is_drawn_in_every_format(aicop: Run, form: str, begins: str) -> None:
    """With every provision of the phase and role asked for, and no other."""
    code, out, _ = aicop("graph", "draw", form, "--phase", "secure-deployment", "--role", "developer")
    assert code == 0
    assert begins in out[:300]
    for number in ("10.1", "10.2", "10.3"):
        assert number in out
    assert "10.2.1" not in out
    assert "9.1" not in out


def test_handovers_say_whether_they_are_stated(aicop: Run) -> None:
    """Thirty are, sixteen follow."""
    rows = aicop.rows("graph", "handovers")
    assert [row["stated"] for row in rows] == ["stated"] * 30 + ["follows"] * 16


def test_graph_mistakes_are_told_in_a_line(aicop: Run, tmp_path: Path) -> None:
    """Like all others."""
    assert (
        aicop("graph", "draw", "png")[2]
        == "aicop: 'png' is not a format; use one of: dot, mermaid, graphml, json, svg\n"
    )
    assert aicop("graph", "impact", "5.9")[0] == 2
    assert aicop("graph", "order", "--kind", "needs")[2].startswith(
        "aicop: 'needs' is not a dependency kind; use one of: refines, "
    )
    code, _, err = aicop("graph", "order", "--with", write(tmp_path, "own.tsv", "x\n"))
    assert code == 3
    assert "unknown column 'x'" in err


def test_help_and_no_arguments(aicop: Run) -> None:
    """Help says what there is."""
    code, out, _ = aicop("--help")
    assert code == 0
    for command in ("editions", "show", "list", "duties", "counterpart", "compare", "scope", "check"):
        assert command in out
