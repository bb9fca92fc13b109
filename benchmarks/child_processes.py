"""
Start Python processes for benchmarks, and measure their wall time and their instructions.

All benchmarks start their processes here. Each process has the same settings, whatever the environment of the benchmark
says: bytecode is cached in a temporary folder of the run, hashes are repeatable, and the working directory is empty.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import time
from pathlib import Path

import attrs

RUNS = 15
# Settings of Python turn caching off or slow a process down, those of coverage instrument it, and those of aicop may
# name a library to read.
REMOVED = ("PYTHON", "COVERAGE_", "COV_CORE_", "AICOP_")
# Without its simulation of caches, cachegrind only counts, in half the time of callgrind. Options from the environment
# and from .valgrindrc, such as --quiet, are ignored.
VALGRIND = ("--command-line-only=yes", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")


@attrs.frozen
class Figure:
    """The cost of a process."""

    least: float
    """The least wall time, in milliseconds."""
    median: float
    """The median wall time, in milliseconds."""
    instructions: float | None
    """Instructions in millions, or None if there is no valgrind to count them."""

    def __sub__(self, other: Figure) -> Figure:
        counted = None
        if self.instructions is not None and other.instructions is not None:
            counted = self.instructions - other.instructions
        return Figure(self.least - other.least, self.median - other.median, counted)


@attrs.frozen
class ProcessFailed(Exception):
    """A process ended with an exit code other than 0."""

    command: tuple[str, ...]
    code: int
    stderr: str

    def __str__(self) -> str:
        return f"{list(self.command)} exited with {self.code}: {self.stderr.strip()}"


@attrs.frozen
class BytecodeNotCached(Exception):
    """A process compiled modules, or read no bytecode at all, although the same command had run before."""

    command: tuple[str, ...]
    sources: tuple[str, ...]
    """The files that were compiled."""

    def __str__(self) -> str:
        return f"{list(self.command)} found no cached bytecode of {', '.join(self.sources) or 'any module'}"


class ChildProcesses:
    """
    Starts and measures Python processes.

    Bytecode is cached in *folder*, which should be temporary. A command is the path of an interpreter and arguments.
    Its first use starts two more processes, which are not measured: one writes caches, one shows that they are read.
    """

    def __init__(self, folder: Path) -> None:
        self.environment = child_environment(folder / "bytecode")
        self._working_directory = folder / "working directory"
        self._working_directory.mkdir()
        self._warm: set[tuple[str, ...]] = set()

    def output(self, *command: str) -> str:
        """
        Return the standard output of a process.

        Raises:
            ProcessFailed: its exit code is not 0.
            BytecodeNotCached: the bytecode of its modules cannot be cached.
        """
        self._warm_up(command)
        return self._run(command).stdout

    def measure(self, *commands: tuple[str, ...], runs: int = RUNS) -> list[Figure]:
        """
        Return the figure of each command, in the given order.

        The commands take turns, so that a change in the speed of the machine affects them all.

        Raises:
            ProcessFailed: an exit code is not 0.
            BytecodeNotCached: the bytecode of a command's modules cannot be cached.
        """
        for command in commands:
            self._warm_up(command)
        rounds = [[self._wall(command) for command in commands] for _ in range(runs)]
        counts = [self.instructions(*command) for command in commands]
        return [
            Figure(min(times), statistics.median(times), None if count is None else count / 1e6)
            for times, count in zip(zip(*rounds, strict=True), counts, strict=True)
        ]

    def instructions(self, *command: str) -> int | None:
        """
        Return how many instructions a process executes, or None if valgrind is not installed.

        Raises:
            ProcessFailed: the process fails, or valgrind cannot run it.
            BytecodeNotCached: the bytecode of its modules cannot be cached.
        """
        valgrind = shutil.which("valgrind")
        if valgrind is None:
            return None
        self._warm_up(command)
        return instruction_count(self._run((valgrind, *VALGRIND, *command)).stderr)

    def _warm_up(self, command: tuple[str, ...]) -> None:
        if command in self._warm:
            return
        self._run(command)
        interpreter, *arguments = command
        read, compiled = bytecode_files(self._run((interpreter, "-v", *arguments)).stderr)
        if compiled or not read:
            raise BytecodeNotCached(command, compiled)
        self._warm.add(command)

    def _wall(self, command: tuple[str, ...]) -> float:
        begin = time.perf_counter()
        self._run(command)
        return (time.perf_counter() - begin) * 1000

    def _run(self, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=self.environment,
            cwd=self._working_directory,
        )
        if done.returncode:
            raise ProcessFailed(command, done.returncode, done.stderr)
        return done


def child_environment(bytecode: Path) -> dict[str, str]:
    """
    Return the environment of a process that caches bytecode in the folder *bytecode*.

    The folder is apart from the source tree, so that caching works where that is read-only, and so that no cache of an
    earlier run is used.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(REMOVED)}
    return kept | {"PYTHONPYCACHEPREFIX": str(bytecode), "PYTHONHASHSEED": "0"}


def interpreter_path(name: str) -> str:
    """
    Return the absolute path of an interpreter, given by its path or by a name on PATH.

    Links are kept: in a virtual environment, the interpreter is a link.

    Raises:
        FileNotFoundError: there is no such program.
    """
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(name)
    return str(Path(found).absolute())


def valgrind_version() -> str | None:
    """Return the version of valgrind, such as ``valgrind-3.19.0``, or None if it is not installed."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return None
    return subprocess.run([valgrind, "--version"], check=True, capture_output=True, text=True).stdout.strip()


def bytecode_files(verbose: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Return the files whose bytecode was read from a cache, and those that were compiled, from what ``python -v`` says.

    It puts quotes around the former only.
    """
    files = [match[2] for match in re.finditer(r"""^# code object from (['"]?)(.+)\1$""", verbose, re.MULTILINE)]
    return (
        tuple(file for file in files if file.endswith(".pyc")),
        tuple(file for file in files if not file.endswith(".pyc")),
    )


def instruction_count(report: str) -> int:
    """
    Return the number of instructions from the report of cachegrind or callgrind.

    Raises:
        ValueError: the report, which is its message, has no count.
    """
    counts: list[str] = re.findall(r"^==\d+== I +refs: +([\d,]+)$", report, re.MULTILINE)
    if not counts:
        raise ValueError(report)
    # A program may print a line of that form too; valgrind's own comes last.
    return int(counts[-1].replace(",", ""))
