"""
Measure the budgets, each as a ratio within this run, and print a table.

Times are medians over fresh processes, taken in turn with what they are compared with, so that a drift of the machine's
speed touches both. ``--peers PYTHON`` also measures compliance-trestle and mitreattack-python in that environment.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

RUNS = 15
IMPORT_ATTRS = "import attrs"
IMPORT_AICOP = "import aicop"
EAGER = "from aicop import *"
SECOND_LOAD = """
import time
import aicop
aicop.load("uk-ai-cop")
begin = time.perf_counter()
aicop.load("etsi-en-304-223")
print(time.perf_counter() - begin)
"""
PARSE = "import aicop; aicop.parse('uk-ai-cop:5.4.1')"
LOOK_UP = """
import timeit
import aicop
catalogue = aicop.load("uk-ai-cop")
key = list(catalogue)[40]
plain = dict(catalogue)
assert catalogue[key] is plain[key]
names = {"catalogue": catalogue, "plain": plain, "key": key}
best = [min(timeit.repeat(f"{name}[key]", globals=names, number=200_000, repeat=7)) for name in ("catalogue", "plain")]
print(*best)
"""
MEMORY = """
from pathlib import Path
[line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(line.split()[1]) / 1024)
"""
TRESTLE = """
import sys, time
begin = time.perf_counter()
from pathlib import Path
from trestle.oscal.catalog import Catalog
Catalog.oscal_read(Path(sys.argv[1]))
print(time.perf_counter() - begin)
"""
MITRE = "import mitreattack.stix20"


def run(python: str, program: str, *arguments: str) -> tuple[float, str]:
    """Run a program in a fresh interpreter; give wall time in milliseconds and what it prints."""
    begin = time.perf_counter()
    done = subprocess.run([python, "-c", program, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return (time.perf_counter() - begin) * 1000, done.stdout


def medians(python: str, *programs: str) -> list[float]:
    """Give each program's median wall time over bare Python, all taken in turn."""
    taken: list[list[float]] = [[] for _ in (*programs, "pass")]
    for number in range(RUNS + 1):
        for times, program in zip(taken, (*programs, "pass"), strict=True):
            wall = run(python, program)[0]
            if number:  # the first round warms the caches
                times.append(wall)
    *others, bare = map(statistics.median, taken)
    return [other - bare for other in others]


def printed(program: str) -> list[float]:
    """Give the medians of the numbers that a program prints."""
    rows = [list(map(float, run(sys.executable, program)[1].split())) for _ in range(RUNS)]
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def oscal_catalogue() -> dict[str, Any]:
    """
    Make an OSCAL catalogue like the SP 800-53 HIGH baseline: 370 controls, about 2.2 MB.

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


def peers(python: str, own: float) -> list[tuple[str, str, str]]:
    """Compare with two libraries that do part of the job, in an environment of their own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalog.json"
        file.write_text(json.dumps(oscal_catalogue(), indent=2), encoding="utf-8")
        walls = [run(python, TRESTLE, str(file))[0] for _ in range(RUNS)]
        bare = statistics.median(run(python, "pass")[0] for _ in range(RUNS))
    trestle = statistics.median(walls) - bare
    [mitre] = medians(python, MITRE)
    return [
        (
            "import and load / trestle's import and reading of 370 controls",
            f"{own:.1f} / {trestle:.0f} ms",
            f"{own / trestle:.3f} (at most 0.2)",
        ),
        (
            "import and load / import of mitreattack.stix20",
            f"{own:.1f} / {mitre:.0f} ms",
            f"{own / mitre:.3f} (no budget)",
        ),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON", help="the interpreter of an environment with the peers")
    options = parser.parse_args()
    attrs_, aicop_, eager, whole, key = medians(
        sys.executable, IMPORT_ATTRS, IMPORT_AICOP, EAGER, IMPORT_AICOP + "; aicop.load('uk-ai-cop')", PARSE
    )
    second = printed(SECOND_LOAD)[0] * 1000
    own, plain = printed(LOOK_UP)
    bare, loaded = (
        statistics.median(float(run(sys.executable, before + MEMORY)[1]) for _ in range(5))
        for before in ("", "import aicop; aicop.load('uk-ai-cop')\n")
    )
    rows = [
        ("`import aicop` / `import attrs`", f"{aicop_:.1f} / {attrs_:.1f} ms", f"{aicop_ / attrs_:.2f} (at most 0.3)"),
        (
            "the same with every public name / `import attrs`",
            f"{eager:.1f} / {attrs_:.1f} ms",
            f"{eager / attrs_:.2f} (no budget)",
        ),
        (
            "import and read one key / `import attrs`",
            f"{key:.1f} / {attrs_:.1f} ms",
            f"{key / attrs_:.2f} (at most 1.6)",
        ),
        (
            "import and first `load()` / `import attrs`",
            f"{whole:.1f} / {attrs_:.1f} ms",
            f"{whole / attrs_:.2f} (at most 2.4)",
        ),
        ("`load()` of a second edition", f"{second:.1f} ms", "at most 5 ms"),
        (
            "look-up by id / look-up in a dict",
            f"{own / 200_000 * 1e9:.0f} / {plain / 200_000 * 1e9:.0f} ns",
            f"{own / plain:.2f} (at most 3)",
        ),
        (
            "memory with one edition loaded, over bare Python",
            f"{loaded:.1f} - {bare:.1f} MB",
            f"{loaded - bare:.1f} MB (at most 20)",
        ),
    ]
    if options.peers:
        rows += peers(options.peers, whole)
    print("| what | measured | ratio and budget |\n| --- | --- | --- |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
