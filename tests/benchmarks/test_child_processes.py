"""Processes that benchmarks start: their settings, caches and measurements."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from child_processes import (
    BytecodeNotCached,
    ChildProcesses,
    Figure,
    ProcessFailed,
    bytecode_files,
    instruction_count,
    interpreter_path,
)

# Each setting stops caching, slows a process down, or changes its behaviour.
HOSTILE = {
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPYCACHEPREFIX": "/nowhere",
    "PYTHONOPTIMIZE": "2",
    "PYTHONPROFILEIMPORTTIME": "1",
    "PYTHONVERBOSE": "1",
    "PYTHONDEVMODE": "1",
    "PYTHONTRACEMALLOC": "5",
    "PYTHONHASHSEED": "7",
    "PYTHONPATH": "/nowhere",
    "COVERAGE_PROCESS_START": "/nowhere",
    "AICOP_LIBRARY": "/nowhere",
}
# `colorsys` is a module of the standard library that nothing else imports.
SETTINGS = """
import colorsys, json, os, sys
flags = sys.flags
print(json.dumps({
    "caching is off": sys.dont_write_bytecode,
    "cache": colorsys.__cached__ if os.path.exists(colorsys.__cached__) else None,
    "flags": [flags.optimize, flags.verbose, flags.dev_mode, flags.hash_randomization, len(sys._xoptions)],
    "set": sorted(name for name in os.environ if name.startswith(("PYTHON", "COVERAGE_", "AICOP_"))),
    "files": os.listdir(),
}))
"""


@pytest.fixture
def processes(tmp_path: Path) -> ChildProcesses:
    """Return processes with caches of their own."""
    return ChildProcesses(tmp_path)


@pytest.mark.parametrize("hostile", [{}, HOSTILE], ids=["as it is", "hostile"])
def test_bytecode_is_cached_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hostile: dict[str, str]
) -> None:
    """A process caches bytecode in the run's folder, and no setting of Python, coverage or aicop reaches it."""
    for name, value in hostile.items():
        monkeypatch.setenv(name, value)
    found = json.loads(ChildProcesses(tmp_path).output(sys.executable, "-c", SETTINGS))
    assert Path(found.pop("cache")).is_relative_to(tmp_path)
    assert found == {
        "caching is off": False,
        "flags": [0, 0, False, 0, 0],
        "set": ["PYTHONHASHSEED", "PYTHONPYCACHEPREFIX"],
        "files": [],
    }


def test_a_process_that_compiles_source_is_not_measured(processes: ChildProcesses) -> None:
    """The error names what was compiled, even if other modules are in the cache."""
    processes.output(sys.executable, "-c", "pass")
    processes.environment["PYTHONDONTWRITEBYTECODE"] = "1"
    with pytest.raises(BytecodeNotCached) as caught:
        processes.measure((sys.executable, "-c", "import colorsys"), runs=1)
    [source] = caught.value.sources
    assert str(caught.value).endswith(f"found no cached bytecode of {source}")
    assert Path(source).name == "colorsys.py"


def test_a_cache_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file in place of the cache folder makes the run fail, naming the module without bytecode."""
    (tmp_path / "bytecode").touch()
    with pytest.raises(BytecodeNotCached, match=r"colorsys\.py"):
        ChildProcesses(tmp_path).output(sys.executable, "-c", "import colorsys")


def test_a_process_that_reads_no_bytecode_at_all_is_not_measured(processes: ChildProcesses) -> None:
    """A program that does not report which bytecode it reads is an error."""
    silent = shutil.which("true")
    assert silent
    with pytest.raises(BytecodeNotCached, match="found no cached bytecode of any module"):
        processes.output(silent)


def test_a_failure_carries_the_command_and_its_errors(processes: ChildProcesses) -> None:
    """A failed process is reported with its command, exit code and standard error."""
    command = (sys.executable, "-c", "raise SystemExit('no such thing')")
    with pytest.raises(ProcessFailed) as caught:
        processes.output(*command)
    assert caught.value.args == (command, 1, "no such thing\n")
    assert str(caught.value).endswith("exited with 1: no such thing")


def test_pythons_report_on_bytecode_is_parsed() -> None:
    """Files read from a cache are distinguished from those that were compiled."""
    verbose = (
        "import _frozen_importlib # frozen\n"
        "# /c/it's.cpython-311.pyc matches /a b/it's.py\n"
        '# code object from "/c/it\'s.cpython-311.pyc"\n'
        "# code object from '/c/x.cpython-311.pyc'\n"
        "# code object from /a b/y.py\n"
        "# wrote '/c/y.cpython-311.pyc'\n"
    )
    assert bytecode_files(verbose) == (("/c/it's.cpython-311.pyc", "/c/x.cpython-311.pyc"), ("/a b/y.py",))


CACHEGRIND = """
==15458== Cachegrind, a cache and branch-prediction profiler
==15458== Command: python -c import\\ aicop
==15458==
I refs: 12
==15458==
==15458== I   refs:      1,089,235,303
"""
CALLGRIND = """
==10905== Events    : Ir
==10905== Collected : 639305560
==10905==
==10905== I   refs:      639,305,560
"""


@pytest.mark.parametrize(
    ("report", "count"), [(CACHEGRIND, 1_089_235_303), (CALLGRIND, 639_305_560)], ids=["cachegrind", "callgrind"]
)
def test_the_count_of_instructions_is_read(report: str, count: int) -> None:
    """The count is read from the reports of both tools of valgrind 3.19."""
    assert instruction_count(report) == count


def test_a_report_without_a_count_is_an_error() -> None:
    """A report without a count raises an error rather than giving a figure."""
    with pytest.raises(ValueError, match="Cachegrind"):
        instruction_count("==15458== Cachegrind, a cache and branch-prediction profiler\n")


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind is not installed")
def test_the_count_of_instructions_is_reproducible(processes: ChildProcesses) -> None:
    """Two runs differ by less than 0.1 %, even with VALGRIND_OPTS set, and more work counts more."""
    first = processes.instructions(sys.executable, "-c", "pass")
    processes.environment["VALGRIND_OPTS"] = "--quiet"
    again = processes.instructions(sys.executable, "-c", "pass")
    more = processes.instructions(sys.executable, "-c", "sum(range(10**6))")
    assert first
    assert again == pytest.approx(first, rel=1e-3)
    assert more
    assert more > first + 10**6


def test_without_valgrind_only_wall_time_is_measured(
    processes: ChildProcesses, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without valgrind, a figure has no count of instructions, and neither has a difference of figures."""
    monkeypatch.setenv("PATH", str(tmp_path))
    [found] = processes.measure((sys.executable, "-c", "pass"), runs=3)
    assert 0 < found.least <= found.median
    assert found.instructions is None
    assert found - Figure(1, 2, 3) == Figure(found.least - 1, found.median - 2, None)


def test_figures_are_subtracted_one_by_one() -> None:
    """Figures are subtracted field by field: least, median, instructions."""
    assert Figure(5, 7, 9) - Figure(1, 2, 3) == Figure(4, 5, 6)


def test_an_interpreter_is_found_by_path_or_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path is absolute and a link is kept, because the link makes the virtual environment."""
    link = tmp_path / "bin" / "python"
    link.parent.mkdir()
    link.symlink_to(sys.executable)
    monkeypatch.chdir(tmp_path)
    assert interpreter_path("bin/python") == str(link)
    monkeypatch.setenv("PATH", str(link.parent))
    assert interpreter_path("python") == str(link)
    with pytest.raises(FileNotFoundError):
        interpreter_path("no-such-python")
