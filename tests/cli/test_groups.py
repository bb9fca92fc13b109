"""Commands load on first use, and a misspelt one gets a suggestion."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from aicop.cli.app import app

if TYPE_CHECKING:
    from tests.cli.runner import Run

LISTED = [
    pytest.param(name, module, summary, id=name)
    for commands in app.sections.values()
    for name, (module, summary) in commands.items()
]


@pytest.mark.parametrize(("name", "module", "summary"), LISTED)
def test_the_help_lists_every_command(name: str, module: str, summary: str) -> None:
    """The app's table gives each command's name, its module and a summary that fits in 100 characters."""
    command = app.get_command(click.Context(app), name)
    assert command is not None
    assert command.name == name
    assert len(f"  counterpart  {summary}") <= 100
    # The help of the command itself begins with the same words.
    assert (command.help or "").split()[0] == summary.split(maxsplit=1)[0] or name == "graph"
    assert f"aicop.cli.{module}" in sys.modules


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("shwo",), "No such command 'shwo'. Did you mean show?"),
        (("export",), "Missing argument 'FORMAT'."),
        (("graph", "handover"), "No such command 'handover'. Did you mean handovers?"),
        (("xyzzy",), "No such command 'xyzzy'."),
        (("list", "--editon", "x"), "--edition"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_misspelt_command_gets_a_suggestion(aicop: Run, arguments: tuple[str, ...], message: str) -> None:
    """A misspelt command or a missing argument is reported with exit code 2, and with a suggestion if one is near."""
    code, out, err = aicop(*arguments)
    assert (code, out) == (2, "")
    assert message in " ".join(err.split())
    assert ("Did you mean" in err) == ("Did you mean" in message or "--edition" in message)


def test_help_imports_no_command() -> None:
    """`--help` imports neither the modules of commands nor the libraries that they use."""
    program = (
        "import sys; from aicop.cli.app import run\n"
        "try: run(['--help'])\n"
        "except SystemExit: print(*sorted(name for name in sys.modules if name.startswith('aicop')), *sorted("
        "{'attrs', 'attr', 'pydantic', 'networkx'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    assert done.stderr.split() == [
        *("aicop", "aicop._lazy", "aicop.cli", "aicop.cli.app", "aicop.cli.exit_codes", "aicop.cli.groups")
    ]
    assert "counterpart" in done.stdout


def test_show_imports_no_heavy_library() -> None:
    """A key of the Code needs neither pydantic nor networkx."""
    program = (
        "import sys; from aicop.cli.app import run\n"
        "try: run(['show', 'uk-ai-cop:5.1'])\n"
        "except SystemExit: print(*{'pydantic', 'networkx'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    assert done.stderr.strip() == ""
    assert "inventory" in done.stdout
