"""
Measure how the time of questions about crosswalks grows with their size, and print a table.

Two made-up frameworks have as many elements as the crosswalk between them has rows. In one shape, they have families of
about ten controls; in the other, all controls belong to one family. Times are the least of several runs, in CPU time.
The garbage collector does not visit what was made before, which would make the time depend on the sizes of the others.
All of it takes about half an hour; ``--sizes 1000 10000`` takes a minute.
"""

from __future__ import annotations

import argparse
import functools
import gc
import random
import time
from typing import TYPE_CHECKING

import attrs

from aicop.crosswalk import Crosswalk, find_contradictions
from aicop.frameworks import Framework, loads
from aicop.model import Mapping
from aicop.vocabulary import Predicate, Relation

if TYPE_CHECKING:
    from collections.abc import Callable

SEED, SIZES, RUNS, LONG, LIMIT = 20261129, (1_000, 10_000, 100_000), 5, 5, 250
FEW = 10
"""Elements of a family, in the shape of many families."""


def framework(name: str, size: int, families: int) -> Framework:
    """Make families of controls. Every family is the union of its controls, so that all of propagation is at work."""
    lines = [f"F-{number},,family" for number in range(families)]
    lines += [f"C-{number},F-{number % families},control" for number in range(size - families)]
    table = "\n".join(["id,parent,kind", *lines, ""])
    return attrs.evolve(loads(table, "s.csv", framework=name, edition="1", title=name), unions=True)


def rows(chance: random.Random, source: Framework, target: Framework, count: int) -> list[Mapping]:
    """Make rows between any two elements, with any relation: most of them contradict others in a small framework."""
    words = [Predicate(item.value) for item in Relation]
    ones, others = tuple(source), tuple(target)
    return [
        Mapping(
            source=chance.choice(ones), predicate=chance.choice(words), target=chance.choice(others),
            rationale="Made up.", remainder="the rest", confidence=7, author="Somebody", date="2026-11-29", set="own",
        )
        for _ in range(count)
    ]  # fmt: skip


def pairs(made: Crosswalk, chance: random.Random) -> None:
    """Ask about as many pairs as there are rows, of a crosswalk that has not been asked yet."""
    fresh = Crosswalk.from_mappings(made.mappings, made.source, made.target)
    ones, others = tuple(made.source), tuple(made.target)
    for _ in made.mappings:
        fresh.relations_between(chance.choice(ones), chance.choice(others))


def at_level(made: Crosswalk) -> object:
    """Move a crosswalk to the level of its families, and read it: nothing is computed before."""
    return tuple(made.at_level())


def questions(size: int, families: int) -> dict[str, Callable[[], object]]:
    """Return what is measured, each as a function."""
    chance = random.Random(SEED)  # noqa: S311 -- made-up rows
    ends = framework("a", size, families), framework("b", size, families)
    sparse = rows(chance, *ends, size)
    made = Crosswalk.from_mappings(sparse, *ends)
    asked: dict[str, Callable[[], object]] = {
        "coverage": made.coverage,
        "gaps": made.gaps,
        "at_level": functools.partial(at_level, made),
        "relations_between, of as many pairs as rows": functools.partial(pairs, made, chance),
        "find_contradictions": functools.partial(find_contradictions, sparse, ends),
    }
    if families > 1:
        small = framework("a", size // FEW, families // FEW), framework("b", size // FEW, families // FEW)
        dense = rows(chance, *small, size)
        asked["find_contradictions, ten rows for each element"] = functools.partial(find_contradictions, dense, small)
    return asked


def seconds(work: Callable[[], object]) -> float:
    """Return the least CPU time of several runs."""
    times: list[float] = []
    # One run is enough where it takes long.
    while len(times) < RUNS and sum(times) < LONG:
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="how many elements and rows")
    sizes = parser.parse_args().sizes
    heads = [f"{size:,} rows" for size in sizes]
    print(f"| question | shape | {' | '.join(heads)} | last / first (at most {LIMIT} from 1,000 to 100,000) |")
    print(f"|{' --- |' * (len(heads) + 3)}")
    for shape, families in (("families of ten", None), ("one family", 1)):
        made = [questions(size, families or size // FEW) for size in sizes]
        gc.collect()
        gc.freeze()
        for question in made[0]:
            times = [seconds(asked[question]) for asked in made]
            cells = " | ".join(f"{figure:.3f} s" for figure in times)
            print(f"| {question} | {shape} | {cells} | {times[-1] / times[0]:.0f} |", flush=True)


if __name__ == "__main__":
    main()
