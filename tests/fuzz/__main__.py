"""
Fuzz all readers for some minutes, or let a reader read saved inputs again.

    python -m tests.fuzz [--minutes N] [--seed N] [READER ...]
    python -m tests.fuzz --again READER FILE ...

The first needs atheris, the second does not. Inputs that show a fault are saved in ``build/fuzz/<reader>/``.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

SAVED = Path("build") / "fuzz"
COMMAND = f"{os.path.relpath(sys.executable)} -m tests.fuzz"
"""The command that started this."""


def again(name: str, files: list[str]) -> int:
    """Let a reader read files, print what it does with each, and return the number of faults."""
    from tests.fuzz.oracle import judge
    from tests.fuzz.readers import HARNESSES

    count = 0
    for file in files:
        accepted, found = judge(HARNESSES[name].read, Path(file).read_bytes())
        count += found is not None
        print(f"{file}: {found or ('accepted' if accepted else 'refused, as it should be')}")
    return count


def fuzz_all(names: list[str], minutes: float, seed: int) -> int:
    """Fuzz readers one after the other, print a line for each, and return the number of faults."""
    from tests.fuzz.guided import fuzz
    from tests.fuzz.readers import HARNESSES

    names = names or list(HARNESSES)
    total = faults = 0
    print(f"{'reader':16} {'inputs':>9} {'accepted':>9} {'faults':>7}")
    for name in names:
        result = fuzz(name, minutes * 60 / len(names), seed, SAVED / name)
        total, faults = total + result.inputs, faults + len(result.findings)
        print(f"{name:16} {result.inputs:9,} {result.accepted:9,} {len(result.findings):7}", flush=True)
        for problem, path in result.findings:
            print(f"  {problem}\n    {COMMAND} --again {name} {path}", flush=True)
    print(f"{'all':16} {total:9,} {'':9} {faults:7}")
    return faults


def main() -> int:
    """Run the command; return the exit code: 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz the readers of aicop.")
    parser.add_argument("names", nargs="*", metavar="READER", help="the readers; all by default")
    parser.add_argument("--minutes", type=float, default=60, help="minutes for all readers together (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the changes (default: 1)")
    parser.add_argument("--again", metavar="READER", help="let READER read files again, given as arguments")
    asked = parser.parse_args()
    if asked.again is not None:
        return min(again(asked.again, asked.names), 1)
    return min(fuzz_all(asked.names, asked.minutes, asked.seed), 1)


if __name__ == "__main__":
    raise SystemExit(main())
