"""
Measure start-up, look-up and memory against their budgets, and print the tables of docs/reference/benchmarks.md.

``--python`` names the interpreter to measure, in an environment where aicop is installed. ``--peers`` names one in an
environment with compliance-trestle and mitreattack-python, to compare with.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from child_processes import RUNS, ChildProcesses, interpreter_path, valgrind_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from child_processes import Figure


@attrs.frozen
class StartUp:
    """A command whose start-up is measured, with its budget as a multiple of ``import attrs`` or in milliseconds."""

    what: str
    arguments: tuple[str, ...]
    times: float | None = attrs.field(default=None, kw_only=True)
    milliseconds: float | None = attrs.field(default=None, kw_only=True)


BARE = ("-c", "pass")
FIRST_LOAD = ("-c", "import aicop; aicop.load('uk-ai-cop')")
START_UP = (
    StartUp("`import attrs`", ("-c", "import attrs")),
    StartUp("`import aicop`", ("-c", "import aicop"), times=0.3),
    StartUp("`from aicop import *`: every public name", ("-c", "from aicop import *")),
    StartUp("`import aicop` and `parse` of one key", ("-c", "import aicop; aicop.parse('uk-ai-cop:5.4.1')"), times=1.6),
    StartUp("`import aicop` and first `load`", FIRST_LOAD, times=2.4),
    StartUp("`aicop --help`", ("-m", "aicop", "--help"), milliseconds=100),
    StartUp("`aicop show uk-ai-cop:5.1`", ("-m", "aicop", "show", "uk-ai-cop:5.1"), milliseconds=150),
)
NOT_MEASURED = "not measured"
SECOND_LOAD = """
import time
import aicop
aicop.load("uk-ai-cop")
begin = time.perf_counter()
aicop.load("etsi-en-304-223")
print((time.perf_counter() - begin) * 1000)
"""
LOOK_UPS = 200_000
LOOK_UP = f"""
import timeit
import aicop
catalogue = aicop.load("uk-ai-cop")
key = list(catalogue)[40]
plain = dict(catalogue)
assert catalogue[key] is plain[key]
names = {{"catalogue": catalogue, "plain": plain, "key": key}}
for name in ("catalogue", "plain"):
    print(min(timeit.repeat(f"{{name}}[key]", globals=names, number={LOOK_UPS}, repeat=7)) / {LOOK_UPS} * 1e9)
"""
MEMORY = """
from pathlib import Path
[line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(line.split()[1]) / 1024)
"""
MEMORY_LOADED = "import aicop; aicop.load('uk-ai-cop')\n" + MEMORY
TRESTLE = """
import sys
from pathlib import Path
from trestle.oscal.catalog import Catalog
Catalog.oscal_read(Path(sys.argv[1]))
"""
MITRE = "import mitreattack.stix20"


def oscal_catalogue() -> dict[str, Any]:
    """
    Return an OSCAL catalogue like the SP 800-53 HIGH baseline: 370 controls, about 2.2 MB.

    Each control has parameters, properties, links and nested parts with labels, as there; the words mean nothing.
    """
    prose = "The organisation does this and that, and writes down what it did. "

    def part(key: str, name: str, *inner: dict[str, Any]) -> dict[str, Any]:
        label = [{"name": "label", "value": key, "class": "sp800-53a"}]
        return {"id": key, "name": name, "props": label, "prose": prose} | ({"parts": list(inner)} if inner else {})

    def control(number: int) -> dict[str, Any]:
        key = f"c-{number}"
        items = [part(f"{key}_smt.{item}", "item") for item in "abc"]
        aims = [part(f"{key}_obj.{item}", "assessment-objective") for item in "abc"]
        return {
            "id": key,
            "title": f"Control {number}",
            "params": [{"id": f"{key}_prm_{item}", "label": "a value"} for item in range(2)],
            "props": [{"name": "label", "value": key}, {"name": "sort-id", "value": key}],
            "links": [{"href": f"#c-{other}", "rel": "related"} for other in range(8)],
            "parts": [
                part(f"{key}_smt", "statement", *items),
                part(f"{key}_gdn", "guidance") | {"prose": prose * 8},
                part(f"{key}_obj", "assessment-objective", *aims),
            ],
        }

    metadata = {"title": "Test", "last-modified": "2026-01-01T00:00:00Z", "version": "1", "oscal-version": "1.1.2"}
    groups = [{"id": "g", "title": "Group", "controls": [control(number) for number in range(370)]}]
    return {"catalog": {"uuid": "6f2d8b4e-8f0a-4b6d-9a50-6a1f6a9f7f10", "metadata": metadata, "groups": groups}}


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def ratios(figure: Figure, other: Figure) -> tuple[float, float | None]:
    """Return how many times *other* a figure is: by median wall time, and by instructions if both are counted."""
    if figure.instructions is None or other.instructions is None:
        return figure.median / other.median, None
    return figure.median / other.median, figure.instructions / other.instructions


def cells(figure: Figure, found: tuple[float, float | None] | None = None) -> list[str]:
    """Return the cells of wall time and instructions, each with its ratio, or empty for the reference."""
    by_wall, by_count = ("", "")
    if found is not None:
        by_wall, by_count = (NOT_MEASURED if ratio is None else f"{ratio:.2f}" for ratio in found)
    counted = NOT_MEASURED if figure.instructions is None else f"{figure.instructions:.1f} M"
    return [f"{figure.least:.1f} / {figure.median:.1f} ms", by_wall, counted, by_count]


def verdict(found: float, limit: float) -> str:
    """Return whether a budget is met."""
    return "yes" if found <= limit else "no"


def ratio_verdict(found: tuple[float, float | None], limit: float) -> str:
    """Return whether a budget for a ratio is met, by instructions if counted and otherwise by wall time."""
    by_wall, by_count = found
    return verdict(by_wall if by_count is None else by_count, limit)


START_UP_HEADER = (
    "what, over bare Python",
    "wall time, least / median",
    "times `import attrs`",
    "instructions",
    "times `import attrs`",
    "budget",
    "met",
)


def start_up(processes: ChildProcesses, python: str) -> str:
    """Return the table of start-up."""
    bare, *measured = processes.measure((python, *BARE), *((python, *item.arguments) for item in START_UP))
    figures = [figure - bare for figure in measured]
    rows = [["bare Python itself", *cells(bare), "", ""]]
    for item, figure in zip(START_UP, figures, strict=True):
        found = ratios(figure, figures[0])
        budget = met = ""
        if item.times is not None:
            budget, met = f"{item.times} times `import attrs`", ratio_verdict(found, item.times)
        elif item.milliseconds is not None:
            budget, met = f"{item.milliseconds} ms", verdict(figure.median, item.milliseconds)
        rows.append([item.what, *cells(figure, found), budget, met])
    return table(START_UP_HEADER, rows)


IN_PROCESS_HEADER = ("what", "measured", "budget", "met")


def in_process(processes: ChildProcesses, python: str) -> str:
    """Return the table of what is measured inside a process."""

    def medians(program: str) -> list[float]:
        printed = [map(float, processes.output(python, "-c", program).split()) for _ in range(RUNS)]
        return [statistics.median(numbers) for numbers in zip(*printed, strict=True)]

    [second] = medians(SECOND_LOAD)
    own, plain = medians(LOOK_UP)
    [bare], [loaded] = medians(MEMORY), medians(MEMORY_LOADED)
    rows = [
        ["`load` of a second edition", f"{second:.1f} ms", "5 ms", verdict(second, 5)],
        [
            "look-up by id / look-up in a `dict`",
            f"{own:.0f} / {plain:.0f} ns = {own / plain:.2f}",
            "3",
            verdict(own / plain, 3),
        ],
        [
            "memory with one edition loaded, over bare Python",
            f"{loaded:.1f} - {bare:.1f} = {loaded - bare:.1f} MB",
            "20 MB",
            verdict(loaded - bare, 20),
        ],
    ]
    return table(IN_PROCESS_HEADER, rows)


PEERS_HEADER = (
    "what, over bare Python",
    "wall time, least / median",
    "aicop takes of it",
    "instructions",
    "aicop takes of it",
    "budget",
    "met",
)


def peers(processes: ChildProcesses, python: str, other: str) -> str:
    """Return the table of libraries that do part of the job, in an environment of their own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalog.json"
        file.write_text(json.dumps(oscal_catalogue(), indent=2), encoding="utf-8")
        bare, own, bare_other, trestle, mitre = processes.measure(
            (python, *BARE),
            (python, *FIRST_LOAD),
            (other, *BARE),
            (other, "-c", TRESTLE, str(file)),
            (other, "-c", MITRE),
        )
    own -= bare
    rows = [["aicop: `import aicop` and first `load`", *cells(own), "", ""]]
    for what, figure, limit in (
        ("compliance-trestle: import, and reading 370 controls", trestle - bare_other, 0.2),
        ("mitreattack-python: import of `mitreattack.stix20`", mitre - bare_other, None),
    ):
        found = ratios(own, figure)
        budget, met = ("", "") if limit is None else (str(limit), ratio_verdict(found, limit))
        rows.append([what, *cells(figure, found), budget, met])
    return table(PEERS_HEADER, rows)


def circumstances(processes: ChildProcesses, python: str) -> str:
    """Return a sentence on the machine, the interpreter and the number of runs."""
    version = processes.output(python, "-c", "import platform; print(platform.python_version())").strip()
    return f"Python {version}, {os.cpu_count()} processors, {valgrind_version() or 'no valgrind'}; {RUNS} runs.\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", metavar="PATH", default=sys.executable, help="the interpreter to measure")
    parser.add_argument("--peers", metavar="PATH", help="the interpreter of an environment with the peers")
    options = parser.parse_args()
    python = interpreter_path(options.python)
    with tempfile.TemporaryDirectory() as folder:
        processes = ChildProcesses(Path(folder))
        parts = [circumstances(processes, python), start_up(processes, python), in_process(processes, python)]
        if options.peers:
            parts.append(peers(processes, python, interpreter_path(options.peers)))
    print("\n".join(parts), end="")


if __name__ == "__main__":
    main()
