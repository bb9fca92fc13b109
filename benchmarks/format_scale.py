"""
Measure formats as ratios within one run: writing against ``json.dumps``, reading against other tools.

``--peers PYTHON`` names an interpreter with aicop, compliance-trestle and oscal; each reads in fresh processes.
"""

from __future__ import annotations

import argparse
import csv
import functools
import io
import json
import statistics
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

import aicop
from aicop import frameworks
from aicop.crosswalk import crosswalk
from aicop.interop import formats
from aicop.mappings import stream
from child_processes import ChildProcesses, interpreter_path

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 15
TEXT = [item.name for item in formats.formats() if item.suffix != ".xlsx" and "edition" in item.writes]
ROWS = 1_000_000


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of some runs after a warm-up, in milliseconds."""
    times = []
    # The first run warms up and is not counted.
    for _ in range(runs + 1):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times[1:])


def content(name: str, text: str) -> Any:  # noqa: ANN401 -- plain data
    """Return the content of a file as plain data."""
    if name == "ciso-assistant":
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe
    if name in {"csv", "markdown"}:
        # A Markdown document shows the checklist too, so both are compared with its rows.
        return list(csv.reader(io.StringIO(formats.dumps("csv", aicop.load("uk-ai-cop")).decode())))
    return json.loads(text)


def writing() -> None:
    """Print the time of writing an edition relative to json.dumps of the same content, plain and indented."""
    catalogue = aicop.load("uk-ai-cop")
    for name in TEXT:
        write = functools.partial(formats.dumps, name, catalogue) if name != "registry" else _registry
        text = write().decode()
        held = content(name, text)
        taken = median(write)
        plain = median(functools.partial(json.dumps, held))
        lined = median(functools.partial(json.dumps, held, indent=2, ensure_ascii=False))
        print(f"{name:15} {taken:7.1f} ms   {taken / plain:5.1f} x json.dumps   {taken / lined:4.1f} x with indent=2")


def _registry() -> bytes:
    from aicop.interop import registry

    return registry.dumps(aicop.load("uk-ai-cop")).encode()


READERS = {
    "aicop": """
from pathlib import Path
from aicop.interop import oscal
from aicop.interop.oscal import catalog_reader
from aicop.mappings import check
read = lambda: oscal.loads(Path(sys.argv[1]).read_bytes())
""",
    "trestle": """
from pathlib import Path
from trestle.oscal.catalog import Catalog
read = lambda: Catalog.oscal_read(Path(sys.argv[1]))
""",
    "oscal": """
from oscal import OSCAL
read = lambda: OSCAL.load(sys.argv[1])
""",
}
TIMED = """
import sys, time
{reader}
for _ in range(2):
    begin = time.perf_counter()
    read()
    print((time.perf_counter() - begin) * 1000)
"""


def cut(text: str, count: int) -> str:
    """Return an OSCAL catalogue cut to its first *count* controls in force, with their full depth and text."""
    whole = json.loads(text)

    def kept(item: dict[str, Any]) -> dict[str, Any]:
        nonlocal count
        found = []
        for one in item.get("controls", ()):
            if count and not any(prop.get("value") == "withdrawn" for prop in one.get("props", ())):
                count -= 1
                found.append(kept(one))
        rest = {name: value for name, value in item.items() if name != "controls"}
        return rest | ({"controls": found} if found else {})

    whole["catalog"]["groups"] = [kept(group) for group in whole["catalog"]["groups"] if count]
    return json.dumps(whole, indent=2)


def reading(peers: str, given: str) -> None:
    """Print the time of reading a catalogue of 370 controls, without imports, for a first and a second read."""
    python = interpreter_path(peers)
    with tempfile.TemporaryDirectory() as folder:
        processes = ChildProcesses(Path(folder))
        path = Path(folder) / "catalog.json"
        path.write_text(cut(Path(given).read_text(encoding="utf-8"), 370), encoding="utf-8")
        for name, reader in READERS.items():
            command = (python, "-c", TIMED.format(reader=reader), str(path))
            runs = [[float(line) for line in processes.output(*command).split()[-2:]] for _ in range(7)]
            first, again = (statistics.median(times) for times in zip(*runs, strict=True))
            print(f"{name:8} reads {path.stat().st_size / 1e6:.1f} MB in {first:.0f} ms, once more in {again:.0f} ms")


def tables() -> None:
    """Print the time and memory of streaming a long table of mappings."""
    source, target = frameworks.load("nist-sp-800-53"), frameworks.load("iso-iec-27001")
    ones, others = list(source), list(target)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.csv"
        with path.open("w", encoding="utf-8") as out:
            out.write("source,relationship,target,author,date,confidence,rationale\n")
            for i in range(ROWS):
                one, other = ones[i % len(ones)], others[i // len(ones) % len(others)]
                out.write(
                    f"{one},intersects-with,{other},maker {i // (len(ones) * len(others))},2026-01-01,5,Because.\n"
                )
        begin = time.perf_counter()
        count = sum(1 for _ in stream(path))
        taken = time.perf_counter() - begin
        with path.open("rb") as read:
            begin = time.perf_counter()
            sum(1 for _ in csv.DictReader(io.TextIOWrapper(read, encoding="utf-8")))
            plain = time.perf_counter() - begin
        print(f"csv, {count:,} rows: {taken:.1f} s, {taken / plain:.1f} x csv.DictReader")
        tracemalloc.start()
        sum(1 for _ in zip(stream(path), range(ROWS // 10), strict=False))
        print(f"  memory at its highest: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")


def crosswalks() -> None:
    """Print the time of writing the largest shipped crosswalk in each format that holds it."""
    found = crosswalk("uk-ai-cop", "iso-iec-42001")
    for item in formats.formats():
        if "crosswalk" in item.writes:
            taken = median(functools.partial(formats.dumps, item.name, found), 3)
            print(f"{item.name:15} {len(found.mappings)} rows {taken:7.0f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="an interpreter with aicop, compliance-trestle and oscal")
    parser.add_argument("--catalogue", help="an OSCAL catalogue of more than 370 controls, to be cut and read")
    asked = parser.parse_args()
    writing()
    crosswalks()
    if asked.peers and asked.catalogue:
        reading(asked.peers, asked.catalogue)
    tables()


if __name__ == "__main__":
    main()
