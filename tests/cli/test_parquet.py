"""The command ``aicop export parquet``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.interop.test_parquet import ROWS, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.runner import Run


COMMANDS = [
    (("uk-ai-cop",), "provisions"),
    (("stride",), "elements"),
    (("uk-ai-cop", "iso-iec-42001"), "claims"),
    (("uk-ai-cop", "--table", "statements"), "statements"),
    (("uk-ai-cop", "--table", "dependencies"), "dependencies"),
    (("stride", "--table", "elements"), "elements"),
    (("uk-ai-cop", "iso-iec-42001", "--table", "gaps"), "gaps"),
    (("uk-ai-cop", "etsi-en-304-223", "--table", "lineage"), "lineage"),
]


@pytest.mark.parametrize(("arguments", "name"), COMMANDS, ids=lambda item: item if isinstance(item, str) else "")
def test_a_table_is_exported(aicop: Run, tmp_path: Path, arguments: tuple[str, ...], name: str) -> None:
    """The command writes the table that was asked for, or that of the object."""
    path = tmp_path / "t.parquet"
    code, out, _ = aicop("export", "parquet", *arguments, "-o", str(path))
    assert (code, out) == (0, "")
    assert read(path.read_bytes()).to_pylist() == ROWS[name]


WRONG = [
    (("parquet", "uk-ai-cop", "--table", "gaps"), "the table gaps is about two editions or frameworks; name a TARGET"),
    (("parquet", "uk-ai-cop", "stride", "--table", "elements"), "the table elements has no target; leave out stride"),
    (("parquet", "uk-ai-cop", "--table", "rows"), "'rows' is not a table; use one of: provisions, statements, "),
    (("csv", "uk-ai-cop", "--table", "statements"), "'csv' is not a format with several tables; use parquet"),
    (
        ("parquet", "uk-ai-cop", "--table", "statements", "--role", "developer"),
        "a table is written whole; leave out --table",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=range(len(WRONG)))
def test_a_table_that_makes_no_sense_is_refused(aicop: Run, arguments: tuple[str, ...], message: str) -> None:
    """The message says what to change."""
    code, _, err = aicop("export", *arguments)
    assert code == 2
    assert message in " ".join(err.split())


def test_a_parquet_file_is_not_for_a_terminal(aicop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes to a file or a pipe."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, _, err = aicop("export", "parquet", "stride")
    assert code == 2
    assert "a Parquet file cannot be shown in a terminal; name a file with --output" in " ".join(err.split())
