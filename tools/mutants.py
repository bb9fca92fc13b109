"""
Run the tests on changed modules, and list the changes that no test notices.

    python tools/mutants.py [--sample N] [--seed N] [--jobs N] [--kind KIND] [PACKAGE ...]

Each changed module is run in a process forked from one that has imported the libraries, by an import hook; no file is
changed. All tests of the package are run until one fails: first those that run the changed lines, beginning with the
file that mirrors the module. Changes that cannot make a difference are argued in ``tools/mutants.tsv``, which has a
reason for each.
"""

from __future__ import annotations

import argparse
import csv
import importlib.abc
import importlib.util
import itertools
import multiprocessing
import os
import random
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import coverage

# What takes long to import and is not tested; every process has it from the beginning.
import hypothesis.strategies
import networkx as nx
import pydantic
import pytest

from mutation import KINDS, Mutant, mutants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType

_PRELOADED = (hypothesis.strategies, nx, pydantic)
ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "aicop"
ARGUED = Path(__file__).with_suffix(".tsv")
TESTS = {
    "relations": ("tests/test_relations.py",),
    "ids": ("tests/test_ids.py",),
    "keys": ("tests/keys",),
    "lineage": ("tests/lineage",),
    "graph": ("tests/graph",),
    "crosswalk": ("tests/crosswalk",),
}
"""The packages and modules that are changed, each with the tests that have to notice it on their own."""
_FREE_SECONDS = 20
_SLOWER = 4
"""A test of a changed module may take this many times its usual time, and some seconds more, of processor time."""
_MAX_MEMORY = 4 * 2**30
_OPTIONS = (
    *(
        "-x",
        "-q",
        "--tb=no",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:cov",
        "-p",
        "no:xdist",
        "--hypothesis-profile=mutants",
    ),
    # Hypothesis is imported before pytest can rewrite its asserts.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


class Target(NamedTuple):
    """A change, and the module that it is made to."""

    package: str
    path: Path
    mutant: Mutant

    @property
    def file(self) -> str:
        """The path of the module within the package."""
        return self.path.relative_to(SOURCE).as_posix()

    @property
    def key(self) -> tuple[str, str, str]:
        """What identifies the change in the file of arguments, whatever its line."""
        return self.file, self.mutant.function, self.mutant.change

    def __str__(self) -> str:
        found = self.mutant
        return f"src/aicop/{self.file}:{found.line} [{found.kind}] {found.function}: {found.change}"


class Baseline(NamedTuple):
    """What the tests of a package do when nothing is changed."""

    seconds: float
    """The processor time of all of them."""
    tests: dict[Path, dict[int, frozenset[str]]]
    """For each line of each module, the tests that run it; the empty name stands for imports."""
    durations: dict[str, float]


class _Recorder:
    """A plugin of pytest that notes which lines each test runs, and how long it takes."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self._measured = measured
        self.durations: dict[str, float] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._measured.switch_context(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.durations[report.nodeid] = self.durations.get(report.nodeid, 0.0) + report.duration


class _Order:
    """A plugin of pytest that runs the tests first that most likely notice a change, each for a limited time."""

    def __init__(self, target: Target, known: Baseline) -> None:
        lines = known.tests.get(target.path, {})
        self._reaching = frozenset[str]().union(*(lines.get(line, ()) for line in target.mutant.lines))
        self._durations = known.durations
        self._mirror = f"test_{target.path.name}"

    def _place(self, item: pytest.Item) -> tuple[bool, bool, float]:
        reaches = item.nodeid in self._reaching
        return not reaches, item.path.name != self._mirror, self._durations.get(item.nodeid, 0.0)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=self._place)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        # A change may make an endless loop.
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = time.process_time() + self._durations.get(nodeid, 0.0) * _SLOWER + _FREE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (min(int(seconds), most), most))


class _Hook(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed syntax tree."""

    def __init__(self, name: str, path: Path, code: CodeType) -> None:
        self._name, self._path, self._code = name, path, code

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:  # noqa: ARG002 -- the protocol
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def create_module(self, spec: ModuleSpec) -> None:  # noqa: ARG002 -- the protocol
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)  # noqa: S102 -- the module itself


def _silence() -> None:
    with Path(os.devnull).open("w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)


def _measure(package: str, into: Any) -> None:  # noqa: ANN401 -- a pipe
    """Run the tests of a package without a change, in a process of their own, and send back the baseline."""
    _silence()
    # Only the lines of the package are measured, because measuring slows the tests down several times.
    path = SOURCE / package
    include = f"{path}/*" if path.is_dir() else f"{path}.py"
    measured = coverage.Coverage(data_file=None, include=[include], branch=False, config_file=False)
    recorder = _Recorder(measured)
    start = time.process_time()
    measured.start()
    code = pytest.main([*_OPTIONS, *TESTS[package]], plugins=[recorder])
    measured.stop()
    if code != 0:
        into.send(None)
        return
    data = measured.get_data()
    tests = {
        Path(file): {line: frozenset(names) for line, names in data.contexts_by_lineno(file).items()}
        for file in data.measured_files()
    }
    into.send(Baseline(time.process_time() - start, tests, recorder.durations))


def baseline(package: str) -> Baseline:
    """Run the tests of a package without a change."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(package, theirs))
    process.start()
    theirs.close()
    found = ours.recv()
    process.join()
    if found is None:
        message = f"the tests of {package} fail without a change"
        raise SystemExit(message)
    assert isinstance(found, Baseline)
    return found


def _run_tests(target: Target, known: Baseline, seconds: int) -> None:
    """Run tests on a changed module, in a process of their own, whose exit code is theirs."""
    _silence()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    name = ".".join(("aicop", *target.path.relative_to(SOURCE).with_suffix("").parts))
    # A change may make a module that cannot be compiled; then it is noticed.
    code = compile(target.mutant.tree(), str(target.path), "exec")
    sys.meta_path.insert(0, _Hook(name, target.path, code))
    os._exit(int(pytest.main([*_OPTIONS, *TESTS[target.package]], plugins=[_Order(target, known)])))


def survives(target: Target, known: Baseline) -> bool:
    """Return whether all tests of the package pass on a changed module; a test that takes too long does not."""
    # What runs when a module is imported concerns every test, and what is kept in a cache is run by the first alone. So
    # the tests that run the lines are only the first to be run, the fastest before the others.
    seconds = known.seconds * _SLOWER + _FREE_SECONDS
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_run_tests, args=(target, known, int(seconds)))
    process.start()
    # The limit is one of processor time; a process that only waits is ended too.
    process.join(seconds * 10)
    process.kill()
    process.join()
    return process.exitcode == 0


def targets(package: str, kinds: Iterable[str]) -> Iterator[Target]:
    """Yield all changes to the modules of a package, in order."""
    path = SOURCE / package
    wanted = frozenset(kinds)
    modules = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    for module in modules:
        # The file of a package holds only the names that are imported on first use.
        if module.name != "__init__.py":
            for found in mutants(module.read_text(encoding="utf-8")):
                if found.kind in wanted:
                    yield Target(package, module, found)


def argued() -> dict[tuple[str, str, str], str]:
    """Return the reasons why some changes make no difference, by file, function and change."""
    with ARGUED.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["file"], row["function"], row["change"]): row["reason"] for row in rows}


def sampled(every: list[Target], size: int, seed: int) -> list[Target]:
    """Return *size* changes in their order, or all of them if there are no more or the size is 0."""
    if not 0 < size < len(every):
        return every
    places = random.Random(seed).sample(range(len(every)), size)  # noqa: S311 -- repeatable, not secret
    return [every[place] for place in sorted(places)]


def survivors(package: str, chosen: Sequence[Target], jobs: int) -> list[Target]:
    """Return the changes that no test of the package notices, in order."""
    known = baseline(package)
    with ThreadPoolExecutor(jobs) as pool:
        alive = pool.map(survives, chosen, itertools.repeat(known))
        return [target for target, lives in zip(chosen, alive, strict=True) if lives]


def main() -> int:
    """Run the command; return the exit code: 1 if a change survives that is not argued."""
    parser = argparse.ArgumentParser(description="List the changes to modules that no test notices.")
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=f"some of: {', '.join(TESTS)}; all by default")
    parser.add_argument("--sample", type=int, default=50, help="changes in each package; 0 for all (default: 50)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample (default: 1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes (default: one for each processor)")
    parser.add_argument("--kind", action="append", choices=KINDS, help="kinds of changes; all by default")
    asked = parser.parse_args()
    if unknown := set(asked.packages) - TESTS.keys():
        parser.error(f"no package {', '.join(sorted(unknown))}; use: {', '.join(TESTS)}")
    os.chdir(ROOT)
    reasons = argued()
    lost = 0
    print(f"{'package':12} {'changes':>8} {'tried':>6} {'killed':>7} {'argued':>7} {'survived':>9}")
    for package in asked.packages or TESTS:
        every = list(targets(package, asked.kind or KINDS))
        chosen = sampled(every, asked.sample, asked.seed)
        alive = survivors(package, chosen, asked.jobs)
        found = [target for target in alive if target.key not in reasons]
        lost += len(found)
        counts = (len(chosen) - len(alive), len(alive) - len(found), len(found))
        print(f"{package:12} {len(every):8,} {len(chosen):6,} {counts[0]:7,} {counts[1]:7,} {counts[2]:9,}")
        for target in found:
            print(f"  {target}")
        sys.stdout.flush()
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main())
