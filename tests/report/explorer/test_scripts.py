"""The scripts of the explorer are written for reading."""

from __future__ import annotations

from importlib.resources import files


def test_lines_fit_on_a_screen() -> None:
    """No line of a script is longer than a line of Python may be."""
    folder = files("aicop.report.explorer") / "scripts"
    scripts = [
        file for part in (folder, *folder.iterdir()) if part.is_dir() for file in part.iterdir() if file.is_file()
    ]
    assert len(scripts) > 20
    long = [
        f"{file.name}, line {place}"
        for file in scripts
        for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > 120
    ]
    assert long == []
