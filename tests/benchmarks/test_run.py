"""Tables of budgets, as printed by `make bench` and shown on the page."""

from __future__ import annotations

import re
from pathlib import Path

import attrs

import run
from child_processes import RUNS, ChildProcesses, Figure

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "benchmarks.md"
# Least and median wall time in milliseconds, and millions of instructions, of each program.
FIGURES = dict(
    zip(
        [run.BARE, *(item.arguments for item in run.START_UP)],
        [
            Figure(10, 12, 40),
            Figure(30, 32, 140),
            Figure(11, 13, 75),
            Figure(80, 90, 400),
            Figure(70, 72, 190),
            Figure(50, 58, 290),
            Figure(105, 112, 500),
            Figure(160, 163, 900),
        ],
        strict=True,
    )
)
PEER = Figure(200, 242, 1040)
PRINTED = {run.SECOND_LOAD: "5.04\n", run.LOOK_UP: "90\n30\n", run.MEMORY: "10\n", run.MEMORY_LOADED: "31\n"}


class Recorded(ChildProcesses):
    """Processes that return recorded figures."""

    def __init__(self, *, counted: bool) -> None:
        self.counted = counted

    def measure(self, *commands: tuple[str, ...], runs: int = RUNS) -> list[Figure]:
        """Return the recorded figures, with instructions or without."""
        assert runs == RUNS
        found = [FIGURES.get(command[1:], PEER) for command in commands]
        return found if self.counted else [attrs.evolve(figure, instructions=None) for figure in found]

    def output(self, *command: str) -> str:
        """Return what the program printed."""
        return PRINTED[command[-1]]


def rows(table: str) -> list[list[str]]:
    """Return the cells of a table below its header."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]


def outline(table: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the header of a table, and the measurement and budget of each row."""
    return table.partition("\n")[0], [(row[0], row[-2]) for row in rows(table)]


def test_start_up_is_compared_to_bare_python() -> None:
    """Ratios are judged by instructions, and budgets in milliseconds by the median."""
    assert rows(run.start_up(Recorded(counted=True), "python")) == [
        ["bare Python itself", "10.0 / 12.0 ms", "", "40.0 M", "", "", ""],
        ["`import attrs`", "20.0 / 20.0 ms", "1.00", "100.0 M", "1.00", "", ""],
        ["`import aicop`", "1.0 / 1.0 ms", "0.05", "35.0 M", "0.35", "0.3 times `import attrs`", "no"],
        ["`from aicop import *`: every public name", "70.0 / 78.0 ms", "3.90", "360.0 M", "3.60", "", ""],
        ["`import aicop` and `parse` of one key", "60.0 / 60.0 ms", "3.00", "150.0 M", "1.50", "1.6 times `import attrs`", "yes"],
        ["`import aicop` and first `load`", "40.0 / 46.0 ms", "2.30", "250.0 M", "2.50", "2.4 times `import attrs`", "no"],
        ["`aicop --help`", "95.0 / 100.0 ms", "5.00", "460.0 M", "4.60", "100 ms", "yes"],
        ["`aicop show uk-ai-cop:5.1`", "150.0 / 151.0 ms", "7.55", "860.0 M", "8.60", "150 ms", "no"],
    ]  # fmt: skip


def test_without_valgrind_instructions_are_not_measured() -> None:
    """Without a count of instructions, ratios are judged by wall time."""
    found = rows(run.start_up(Recorded(counted=False), "python"))
    assert [row[3:5] for row in found] == [["not measured", ""], *[["not measured", "not measured"]] * 7]
    assert [row[6] for row in found] == ["", "", "yes", "", "no", "yes", "yes", "no"]


def test_look_up_and_memory_are_measured_inside_a_process() -> None:
    """Second load, look-up and memory are each compared with their budget."""
    assert rows(run.in_process(Recorded(counted=True), "python")) == [
        ["`load` of a second edition", "5.0 ms", "5 ms", "no"],
        ["look-up by id / look-up in a `dict`", "90 / 30 ns = 3.00", "3", "yes"],
        ["memory with one edition loaded, over bare Python", "31.0 - 10.0 = 21.0 MB", "20 MB", "no"],
    ]


def test_peers_are_compared_to_their_own_python() -> None:
    """Figures of aicop are given as a share of each peer's, and only compliance-trestle has a budget."""
    assert rows(run.peers(Recorded(counted=True), "python", "other")) == [
        ["aicop: `import aicop` and first `load`", "40.0 / 46.0 ms", "", "250.0 M", "", "", ""],
        ["compliance-trestle: import, and reading 370 controls", "190.0 / 230.0 ms", "0.20", "1000.0 M", "0.25", "0.2", "no"],
        ["mitreattack-python: import of `mitreattack.stix20`", "190.0 / 230.0 ms", "0.20", "1000.0 M", "0.25", "", ""],
    ]  # fmt: skip


def test_the_page_has_the_tables_that_are_printed() -> None:
    """The page has the headers, measurements and budgets that are printed; figures depend on the machine."""
    processes = Recorded(counted=True)
    printed = [
        run.start_up(processes, "python"),
        run.in_process(processes, "python"),
        run.peers(processes, "python", "other"),
    ]
    # Another command measures the explorer.
    page, _, _ = PAGE.read_text(encoding="utf-8").partition("\n## The explorer\n")
    on_page = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    assert list(map(outline, on_page)) == list(map(outline, printed))
