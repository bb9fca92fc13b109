"""
Fuzz readers with libFuzzer, guided by the coverage of aicop. Needs atheris, which `make fuzz` installs.

aicop is imported and instrumented once. Each reader is then fuzzed in a process forked from this one, because libFuzzer
ends the process in which it runs.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import random
import resource
import tempfile
import time
import traceback
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import atheris
import attrs

# Nothing of aicop is imported before this block. Only aicop is instrumented: its libraries are not what is tested.
# atheris names each module on standard error.
with contextlib.redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["aicop"]):
    from tests.fuzz.oracle import Finding, judge
    from tests.fuzz.readers import HARNESSES

    # aicop imports much on first use, and reads its data; this is to be instrumented, and must not count as time or
    # memory of an input.
    SEEDS = {name: item.seeds() for name, item in HARNESSES.items()}
    for _name, _contents in SEEDS.items():
        for _content in _contents:
            judge(HARNESSES[_name].read, _content)

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from tests.fuzz.harness import Harness

MAX_INPUT_LENGTH = 20_000
"""The greatest length of an input, in bytes."""
MAX_MEMORY = 512 * 2**20
"""The memory that reading may take beyond what the process has when it begins, in bytes of address space."""
_HANG = 30
"""After this many seconds in one input libFuzzer saves it and ends the process."""
_END = 60
"""The seconds that a process may take to begin and to end, beside those in which it fuzzes."""
_FURTHER = 1 / 2
"""The part of the changes that are made to inputs that reached something new, instead of to seeds."""
_PLAIN = 1 / 10
"""The part of the changes that libFuzzer makes, which knows no structure, but what texts were compared with."""


@attrs.frozen
class Result:
    """What came of fuzzing one reader."""

    inputs: int
    accepted: int
    findings: tuple[tuple[str, Path], ...]
    """What was found, and the file with the input that shows it."""


class _Session:
    """One run over one reader, in a process of its own."""

    def __init__(self, read: Harness, seconds: float, folder: Path, out: Connection) -> None:
        self._read = read.read
        self._folder = folder
        self._out = out
        self._inputs = self._accepted = 0
        self._findings: dict[Finding, Path] = {}
        self._end = time.monotonic() + seconds

    def test(self, content: bytes) -> None:
        """Let the reader read an input, keep what is wrong, and end the process when the time is over."""
        accepted, found = judge(self._read, content)
        self._inputs += 1
        self._accepted += accepted
        if found is not None and found not in self._findings:
            path = self._folder / sha256(content).hexdigest()[:12]
            path.write_bytes(content)
            self._findings[found] = path
        if time.monotonic() > self._end:
            findings = tuple((str(item), path) for item, path in self._findings.items())
            self._out.send(Result(self._inputs, self._accepted, findings))
            # libFuzzer would first tell of its corpus, which is not needed.
            os._exit(0)


def _limit_memory() -> None:
    """Make Python raise a MemoryError, which is a finding, instead of taking all memory of the machine."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + MAX_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _run(name: str, seconds: float, seed: int, folder: Path, out: Connection) -> None:
    """Fuzz a reader; the process ends in here, and what libFuzzer says goes to a log."""
    with (folder / "log").open("wb") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    harness, seeds = HARNESSES[name], SEEDS[name]

    def changed(content: bytes, limit: int, number: int) -> bytes:
        draw = random.Random(number)
        # Changes of changes soon lead to inputs that are refused at once, so that many begin with a seed again.
        base = content if len(content) > 1 and draw.random() < _FURTHER else draw.choice(seeds)
        if draw.random() < _PLAIN:
            return bytes(atheris.Mutate(base, limit))
        try:
            return harness.mutate(base, draw)[:limit]
        # libFuzzer would end without a word.
        except Exception:  # noqa: BLE001
            traceback.print_exc()
            os._exit(1)

    with tempfile.TemporaryDirectory(prefix="fuzz.") as corpus:
        for number, content in enumerate(seeds):
            (Path(corpus) / str(number)).write_bytes(content)
        options = [f"-seed={seed}", f"-timeout={_HANG}", f"-max_len={MAX_INPUT_LENGTH}", f"-artifact_prefix={folder}/"]
        # The limit of memory is that of the process.
        options += ["-rss_limit_mb=0", "-reload=0", "-mutate_depth=1"]
        _limit_memory()
        session = _Session(harness, seconds, folder, out)
        atheris.Setup(["fuzz", *options, corpus], session.test, custom_mutator=changed)
        atheris.Fuzz()


def fuzz(name: str, seconds: float, seed: int, folder: Path) -> Result:
    """Fuzz a reader for some seconds, save the inputs that show something in a folder, and return the result."""
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.iterdir())
    context = multiprocessing.get_context("fork")
    into, out = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(name, seconds, seed, folder, out))
    process.start()
    # Closed here, so that the end of the process ends the pipe.
    out.close()
    result = None
    if into.poll(seconds + _END):
        try:
            result = into.recv()
        except EOFError:
            result = None
    process.join(_END if result is not None else 0)
    process.kill()
    process.join()
    if isinstance(result, Result):
        return result
    # An input took too long or the interpreter broke. libFuzzer has saved the input, except if it was killed too.
    saved = sorted(set(folder.iterdir()) - before - {folder / "log"}) or [folder / "log"]
    return Result(0, 0, tuple((f"the process ended with {process.exitcode}", path) for path in saved))
