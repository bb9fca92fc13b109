"""
Measure crosswalks at scale, each figure as a ratio or against a budget within this run, and print a table.

``--peers PYTHON`` also runs semra and sssom-py, from an environment of their own, on the same rows.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk import Crosswalk, crosswalk, find_contradictions
from aicop.crosswalk.algebra.matrix import RelationMatrix, compose, intersect, inverse
from aicop.frameworks import Framework, loads
from aicop.mappings import loads as load_mappings
from aicop.mappings import stream
from aicop.mappings.shipped import rows as shipped_rows
from aicop.relations import MASK, RelationSet
from aicop.vocabulary import Predicate, Relation
from child_processes import ChildProcesses, ProcessFailed, interpreter_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aicop.model import Mapping
SEED, ROWS, STANDARDS, CONTROLS = 20261122, 10_000, 5, 600
RUNS = 7
FRAMES = """
import json, sys, pandas, polars
rows = json.load(open(sys.argv[1], encoding="utf-8"))
print(pandas.DataFrame(rows).shape, polars.DataFrame(rows).shape)
"""
WORDS = {Relation.EQUAL: "equal", Relation.SUBSET: "subset", Relation.SUPERSET: "superset"}
SKOS = {Relation.EQUAL: "skos:exactMatch", Relation.SUBSET: "skos:broadMatch", Relation.SUPERSET: "skos:narrowMatch"}
# semra accepts only prefixes that Bioregistry knows, with ids of their shape, so the rows get other names.
PREFIXES = {"s0@1": "doid", "s1@1": "mondo", "s2@1": "efo", "s3@1": "hp", "s4@1": "mp"}
COLUMNS = (
    "source",
    "relationship",
    "target",
    "author",
    "date",
    "confidence",
    "rationale",
    "strength",
)

SSSOM = """
import sys, time
from sssom.parsers import parse_sssom_table
begin = time.perf_counter()
found = parse_sssom_table(sys.argv[1])
print(time.perf_counter() - begin, len(found.df))
"""
SEMRA = """
import sys, time
import semra
from semra import Mapping, Reference
from semra.inference import infer_chains, infer_reversible
words = {"equal": semra.EXACT_MATCH, "subset": semra.BROAD_MATCH, "superset": semra.NARROW_MATCH}
rows = []
for line in open(sys.argv[1], encoding="utf-8"):
    one, word, other = line.split()
    if word in words:
        left, right = (Reference(prefix=end.split(":")[0], identifier=end.split(":")[1]) for end in (one, other))
        rows.append(Mapping(subject=left, predicate=words[word], object=right))
begin = time.perf_counter()
found = infer_chains(infer_reversible(rows, progress=False), progress=False)
print(time.perf_counter() - begin, len(rows), len(found))
"""


def standard(number: int) -> Framework:
    """Return a framework of flat controls."""
    table = "\n".join(["id,kind", *(f"C-{item},control" for item in range(CONTROLS)), ""])
    return loads(table, "s.csv", framework=f"s{number}", edition="1", title=f"Standard {number}")


def relation(one: int, other: int) -> Relation:
    """Return the relation of two sets, given as bits."""
    if one == other:
        return Relation.EQUAL
    if not one & other:
        return Relation.NONE
    if one | other == other:
        return Relation.SUBSET
    return Relation.SUPERSET if one | other == one else Relation.INTERSECTS


def facts(chance: random.Random, standards: int, count: int = ROWS) -> Iterator[tuple[str, Relation, str]]:
    """
    Yield true rows between controls, each of which stands for a set of one to four of twelve bits.

    Half of the pairs share something by construction, as pairs that somebody maps do.
    """
    sets = {
        f"s{number}@1:C-{item}": sum(1 << bit for bit in chance.sample(range(12), chance.choice([1, 2, 3, 4])))
        for number in range(standards)
        for item in range(CONTROLS)
    }
    keys = list(sets)
    seen: set[tuple[str, str]] = set()
    while len(seen) < count:
        one, other = chance.sample(keys, 2)
        if one.partition(":")[0] >= other.partition(":")[0] or (one, other) in seen or (other, one) in seen:
            continue
        stated = relation(sets[one], sets[other])
        # Mapped pairs usually overlap and random sets often do not, so half of the disjoint pairs are dropped.
        if stated is Relation.NONE and chance.random() < 1 / 2:
            continue
        seen.add((one, other))
        yield one, stated, other


def strength(stated: Relation) -> int:
    """Return a strength that the relation allows."""
    return {Relation.EQUAL: 10, Relation.SUBSET: 10, Relation.NONE: 0}.get(stated, 5)


def write(path: Path, rows: list[tuple[str, Relation, str]]) -> None:
    """Write rows as a user's mapping file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        table.writerow(COLUMNS)
        for one, stated, other in rows:
            comment = f"What {one} has people do is evidence for a part of {other}; made up for a measurement."
            table.writerow((one, stated, other, "Somebody", "2026-11-22", "7", comment, strength(stated)))


def best(work: Callable[[], object]) -> float:
    """Return the median time of several runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def peak(work: Callable[[], object]) -> float:
    """Return the peak memory that Python allocates during *work*, in MB."""
    tracemalloc.start()
    kept = work()
    found = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    del kept
    return found


def plain(path: Path) -> int:
    """Read a table with the csv module alone and return the number of rows."""
    with path.open(encoding="utf-8", newline="") as table:
        return sum(1 for _ in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def all_lines(frameworks: list[Framework], mappings: tuple[Mapping, ...]) -> RelationMatrix:
    """Return all rows and their inverses as a relation matrix."""
    pairs = {(row.source_edition, row.target_edition) for row in mappings}
    known = {item.id: item for item in frameworks}
    parts: list[RelationMatrix] = []
    for pair in sorted(pairs):
        some = [row for row in mappings if (row.source_edition, row.target_edition) == pair]
        made = Crosswalk.from_mappings(some, known[pair[0]], known[pair[1]])
        parts.append(made._matrix)  # noqa: SLF001 -- measured apart from what uses it
    there = intersect(*parts)
    return intersect(there, inverse(there))


def renamed(key: str) -> str:
    """Return a key in a form that semra accepts."""
    head, _, number = key.partition(":C-")
    return f"{PREFIXES[head]}:{int(number):07d}"


def last_line(processes: ChildProcesses, python: str, program: str, file: Path) -> str:
    """Return the last line that a program of a peer prints, or why it failed."""
    try:
        output = processes.output(python, "-c", program, str(file))
    except ProcessFailed as error:
        output = f"failed: {str(error).splitlines()[-1]}"
    return output.strip().splitlines()[-1]


def peers(python: str, folder: Path, rows: list[tuple[str, Relation, str]]) -> Iterator[tuple[str, str, str]]:
    """Run the peers on the same rows, in the formats that they read."""
    processes = ChildProcesses(folder)
    short = folder / "semra.txt"
    lines = (f"{renamed(one)} {WORDS.get(stated, 'other')} {renamed(other)}\n" for one, stated, other in rows[:1000])
    short.write_text("".join(lines), encoding="utf-8")
    columns = "seconds; rows that it has a word for; rows after inference"
    yield "semra: inverses and chains of the first 1,000 rows", last_line(processes, python, SEMRA, short), columns
    table = folder / "sssom.tsv"
    with table.open("w", encoding="utf-8") as out:
        out.write("#curie_map:\n")
        out.writelines(f"#  {prefix}: https://example.org/{prefix}/\n" for prefix in PREFIXES.values())
        out.write("#  skos: http://www.w3.org/2004/02/skos/core#\n#  semapv: https://w3id.org/semapv/vocab/\n")
        out.write("#license: https://example.org/licence\n#mapping_set_id: https://example.org/set\n")
        out.write("subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tcomment\n")
        for one, stated, other in rows:
            word = SKOS.get(stated, "skos:relatedMatch")
            out.write(f"{renamed(one)}\t{word}\t{renamed(other)}\tsemapv:ManualMappingCuration\t0.7\tMade up.\n")
    plain_rows = folder / "table.json"
    plain_rows.write_text(json.dumps(crosswalk("uk-ai-cop", "iso-iec-42001").table()), encoding="utf-8")
    frames = last_line(processes, python, FRAMES, plain_rows)
    yield "pandas.DataFrame and polars.DataFrame of `table()`", frames, "rows and columns"
    parsed = last_line(processes, python, SSSOM, table)
    yield f"sssom-py: parse {ROWS:,} rows", parsed, "seconds; rows; overlap has no word there"


def several(folder: Path, rows: list[tuple[str, Relation, str]], frameworks: list[Framework]) -> tuple[Mapping, ...]:
    """Read rows between several standards, one file per pair."""
    pairs: dict[tuple[str, str], list[tuple[str, Relation, str]]] = {}
    for one, stated, other in rows:
        pairs.setdefault((one.partition(":")[0], other.partition(":")[0]), []).append((one, stated, other))
    found: list[Mapping] = []
    for pair, some in pairs.items():
        path = folder / f"{'--'.join(pair)}.tsv"
        write(path, some)
        found += load_mappings(path, frameworks=frameworks)
    return tuple(found)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON", help="the interpreter of an environment with semra and sssom")
    options = parser.parse_args()
    rows = list(facts(random.Random(SEED), STANDARDS))  # noqa: S311 -- made-up rows
    frameworks = [standard(number) for number in range(STANDARDS)]
    with tempfile.TemporaryDirectory() as name:
        mappings = several(Path(name), rows, frameworks)
        path = Path(name) / "rows.tsv"
        write(path, list(facts(random.Random(SEED), 2)))  # noqa: S311 -- made-up rows
        bare = best(lambda: plain(path))
        read = best(lambda: load_mappings(path, frameworks=frameworks))
        text = path.read_text(encoding="utf-8")
        trusted = best(lambda: shipped_rows(text, {"basis": "own"}, "rows"))
        long = Path(name) / "long.tsv"
        write(long, list(facts(random.Random(SEED), 2, 10 * ROWS)))  # noqa: S311 -- made-up rows
        lines = all_lines(frameworks, mappings)
        composed = compose(lines, lines)
        pairs = sum(map(len, composed.values()))
        certain = sum(
            mask in {MASK[RelationSet([item])] for item in Relation}
            for row in composed.values()
            for mask in row.values()
        )
        few = {(one, other) for one, _, other in rows[:1000]}
        short = all_lines(frameworks, tuple(row for row in mappings if (str(row.source), str(row.target)) in few))
        two_steps = best(lambda: compose(short, short))
        composing = best(lambda: compose(lines, lines))
        begin = time.perf_counter()
        found = find_contradictions(mappings, frameworks)
        checking = time.perf_counter() - begin
        wrong = [*mappings, *(_denied(row) for row in mappings[:50])]
        begin = time.perf_counter()
        contradictions = find_contradictions(wrong, frameworks)
        checking_wrong = time.perf_counter() - begin
        held = peak(lambda: load_mappings(path, frameworks=frameworks))
        streamed = peak(lambda: sum(1 for _ in stream(long, frameworks=frameworks)))
        held_long = peak(lambda: load_mappings(long, frameworks=frameworks))
        table = [
            (
                f"read {ROWS:,} rows as what ships is read / csv.DictReader alone",
                f"{trusted:.0f} / {bare:.0f} ms",
                f"{trusted / bare:.1f} (at most 4)",
            ),
            (
                f"read {ROWS:,} rows of a user's through the gate / csv.DictReader alone",
                f"{read:.0f} / {bare:.0f} ms",
                f"{read / bare:.1f} (no budget)",
            ),
            (
                f"compose {2 * ROWS:,} x {2 * ROWS:,} rows (all inverses) into {pairs:,} pairs",
                f"{composing:.0f} ms",
                f"at most 300 ms; {certain:,} pairs have one certain relation",
            ),
            (
                "compose the first 1,000 rows with all inverses",
                f"{two_steps:.1f} ms",
                f"no budget; {sum(map(len, compose(short, short).values())):,} pairs",
            ),
            (
                f"consistency of {ROWS:,} rows over {STANDARDS * CONTROLS:,} controls",
                f"{checking:.2f} s",
                f"at most 5 s; {len(found)} contradictions",
            ),
            (
                "the same with 50 rows denied by another maker",
                f"{checking_wrong:.2f} s",
                f"at most 5 s; {len(contradictions)} rows contradicted",
            ),
            (f"memory of {ROWS:,} rows held", f"{held:.1f} MB", "no budget"),
            (f"memory of {10 * ROWS:,} rows held", f"{held_long:.1f} MB", "no budget"),
            (f"memory of {10 * ROWS:,} rows streamed", f"{streamed:.1f} MB", "no budget"),
        ]
        if options.peers:
            table += peers(interpreter_path(options.peers), Path(name), rows)
    print("| what | measured | ratio and budget |\n| --- | --- | --- |")
    for line in table:
        print(f"| {' | '.join(line)} |")


def _denied(row: Mapping) -> Mapping:
    """Return a row by another author that contradicts *row*."""
    predicate = Predicate.INTERSECTS if row.predicate is Predicate.NONE else Predicate.NONE
    return attrs.evolve(row, predicate=predicate, author="Another")


if __name__ == "__main__":
    main()
