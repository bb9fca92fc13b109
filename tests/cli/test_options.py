"""Options, which mean the same for every command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest

from aicop import load
from aicop.cli.app import app
from tests.cli.runner import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.runner import Run


def every_command(group: click.Group = app, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield each command with its full name, including those of groups in groups."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


COMMANDS = dict(every_command())


def options(command: click.Command) -> dict[str, click.Option]:
    """Return the options of a command, keyed by each of their names."""
    return {name: one for one in command.params if isinstance(one, click.Option) for name in one.opts}


WRITING = ("assess init", "assess record", "assess evidence add", "init")
"""The commands that write into a library, and print nothing."""
DOCUMENTS = ("assess questionnaire", "assess report", "assess soa", "explore")
"""The commands that write a document, which has one form or that of the ending of the file."""
UNPRINTED = (
    "assess badge",
    "assess check",
    "assess export",
    "export",
    "graph draw",
    "import",
    "mcp",
    *DOCUMENTS,
    *WRITING,
)
"""The commands that print no rows and no record, or print them in a way of their own."""
RECORDS = ("edition", "show", "library show")
"""The commands that print one thing."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_the_output_options(name: str) -> None:
    """All that print an answer take --output, --force and --format; those with rows also take --columns."""
    found = options(COMMANDS[name])
    assert ({"--output", "-o"} <= set(found)) == (name not in {"import", "mcp", *WRITING})
    assert ("--force" in found) == (name not in {"mcp", *WRITING})
    assert ("--format" in found) == (
        name not in {"assess badge", "assess export", *DOCUMENTS, "export", "graph draw", "mcp", *WRITING}
    )
    assert ("--columns" in found) == (name not in {*UNPRINTED, *RECORDS})


@pytest.mark.parametrize("option", ["--role", "--modality", "--kind", "--phase", "--via", "--in", "--of", "--author"])
def test_filters_can_be_repeated_everywhere(option: str) -> None:
    """No command takes only the last value of a repeated filter."""
    having = [found[option] for found in map(options, COMMANDS.values()) if option in found]
    assert having
    assert all(one.multiple for one in having)


def test_short_options_are_consistent() -> None:
    """Each short name stands for the same long name on every command."""
    meanings: dict[str, set[str]] = {}
    for command in COMMANDS.values():
        for one in command.params:
            if isinstance(one, click.Option):
                for short in (name for name in one.opts if not name.startswith("--")):
                    meanings.setdefault(short, set()).update(set(one.opts) - {short})
    assert meanings == {"-e": {"--edition"}, "-f": {"--format"}, "-o": {"--output"}, "-k": {"--kind"}}


BOTH = ("--role", "developer", "--role", "system operator")


def expected_statements() -> int:
    """Count the statements that bind either role, without `Catalogue.select`."""
    return sum(
        not {"Developer", "System Operator"}.isdisjoint(map(str, statement.duty_holders))
        for provision in load("uk-ai-cop").values()
        for statement in provision.statements
    )


@pytest.mark.parametrize(
    "command", [("list",), ("duties",), ("export", "csv", "uk-ai-cop"), ("export", "oscal", "uk-ai-cop")], ids=" ".join
)
def test_repeated_roles_are_combined_and_named(aicop: Run, command: tuple[str, ...]) -> None:
    """Lists, checklists and exports include what binds any of the roles, and the footer names them."""
    code, out, err = aicop(*command, *BOTH)
    assert (code, bool(out)) == (0, True)
    count = expected_statements()
    assert count > max(len(records(aicop, "list", "--role", role)) for role in ("developer", "system operator"))
    counted, *more = err.splitlines()
    assert counted.startswith(f"{count} of 88 statements")
    assert counted.endswith("Filter: role Developer or System Operator.")
    # Who reads the holders is told what the notes in brackets mean.
    assert (more != []) == (command == ("list",))
    assert all("carried over: " in line and "implied: " in line for line in more)
    if command[0] in {"list", "duties"}:
        assert len(records(aicop, *command, *BOTH)) == count


def test_repeated_roles_are_combined_in_coverage(aicop: Run) -> None:
    """A statement that binds both roles is counted once."""
    rows = records(aicop, "coverage", "uk-ai-cop", "iso-iec-42001", "--of", "statement", *BOTH)
    assert sum(row["count"] for row in rows) == expected_statements()


def test_repeated_modalities_are_combined(aicop: Run) -> None:
    """A modality that is given twice counts once."""
    code, out, err = aicop("list", "--modality", "may", "--modality", "should", "--modality", "may", "--format", "json")
    assert (code, {row["modality"] for row in json.loads(out)}) == (0, {"may", "should"})
    assert err.endswith("Filter: modality may or should.\n")


def test_repeated_phases_are_combined_in_drawings(aicop: Run) -> None:
    """A drawing has the provisions of both phases."""
    phases = ("--phase", "secure-deployment", "--phase", "secure-end-of-life")
    found = json.loads(aicop("graph", "draw", "json", *phases)[1])
    keys = {str(match.provision.id) for phase in phases[1::2] for match in load("uk-ai-cop").select(phase=phase)}
    assert {node["id"] for node in found["nodes"]} == keys


def test_handovers_are_those_of_the_roles(aicop: Run) -> None:
    """Handovers are filtered by the role that gives or receives."""
    rows = records(aicop, "graph", "handovers")
    some = records(aicop, "graph", "handovers", "--role", "end-user", "--role", "data custodian")
    roles = {"End-user", "Data Custodian"}
    assert some == [row for row in rows if roles & {row["giver"], row["receiver"]}]
    assert 0 < len(some) < len(rows)


def test_columns_are_chosen_in_any_format(aicop: Run) -> None:
    """Columns appear in the order given, by name or heading, and `all` chooses every one."""
    for names in (("--columns", "title,key"), ("--columns", "title", "--columns", " key")):
        assert [list(row) for row in records(aicop, "list", "--modality", "may", *names)] == [["title", "key"]]
    assert aicop("list", "--modality", "may", "--columns", "duty holders")[1].split() == [
        *("duty", "holders", "------------", "Developer")
    ]
    heading = aicop("editions", "--columns", "all", "--format", "markdown")[1].splitlines()[0]
    assert heading.strip("| ").split(" | ") == [
        "edition",
        "title",
        "publisher",
        "published",
        "status",
        "checked",
        "provisions",
        "address",
    ]
    code, out, err = aicop("editions", "--columns", "adress")
    assert (code, out) == (2, "")
    assert err.startswith("aicop: 'adress' is not a column; did you mean address? Use one of: edition, ")


def test_answers_go_to_a_file(aicop: Run, tmp_path: Path) -> None:
    """`--output` writes the answer as printed, and overwrites an existing file only with `--force`."""
    path = tmp_path / "duties.md"
    command = ("duties", "--role", "end-user", "--format", "markdown")
    printed = aicop(*command)[1]
    code, out, err = aicop(*command, "--output", str(path))
    assert (code, out) == (0, "")
    assert err.startswith(f"Wrote {path}: ")
    assert path.read_text(encoding="utf-8") == printed
    assert aicop(*command, "--output", str(path))[0] == 3
    assert aicop("show", "uk-ai-cop:5.1", "--output", str(path), "--force")[0] == 0
    assert path.read_text(encoding="utf-8") == aicop("show", "uk-ai-cop:5.1")[1]


@pytest.mark.parametrize("answer", [("search", "log", "--limit", "3"), ("map", "uk-ai-cop:5.1"), ("graph", "waves")])
def test_a_footer_names_what_was_counted(aicop: Run, answer: tuple[str, ...]) -> None:
    """The footer with the counts goes to standard error, so that a pipe gets only the answer."""
    code, _, err = aicop(*answer)
    assert code == 0
    assert err.rstrip().endswith((".", ")."))
    assert err[0].isdigit()
