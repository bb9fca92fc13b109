"""
Measure 1,000 systems with 88 verdicts each: loaded from a folder, rolled up by principle, and checked by a gate.

The systems are made up and seeded. Each has rows for all statements, and every second row names evidence.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from aicop import Library, load
from aicop.assessment import (
    Assessment,
    Rule,
    Verdict,
    check,
    dumps_evidence,
    dumps_verdicts,
    load_all,
)
from aicop.model import Evidence, System, VerdictRow
from aicop.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

ON = "2026-11-30"
LIMIT = 5.0
"""The budget for everything, in seconds."""
_VERDICTS = [Verdict.PASS] * 6 + [Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.NOT_ASSESSED, Verdict.NOT_APPLICABLE]


def _rows(rng: random.Random, number: int, keys: list, digests: Assessment) -> Iterator[VerdictRow]:  # type: ignore[type-arg]
    for place, key in enumerate(keys):
        verdict = rng.choice(_VERDICTS)
        yield VerdictRow(
            key=key,
            verdict=verdict,
            reason="The system has no such part." if verdict is Verdict.NOT_APPLICABLE else None,
            evidence=[f"EV-{number}-{place % 10}"] if place % 2 else [],
            owner=f"Team {rng.randrange(40)}",
            assessor=f"Assessor {rng.randrange(20)}",
            assessed=f"2026-{rng.randrange(1, 12):02}-{rng.randrange(1, 29):02}",
            due="2027-06-30" if verdict is Verdict.FAIL else None,
            note=f"Note {number}, {place}: looked at the records of the system and its configuration.",
            digest=digests.digest(key),
        )


def write(folder: Path, systems: int) -> None:
    """Write a library with assessments of made-up systems."""
    rng = random.Random(304223)  # noqa: S311 -- repeatable, not secret
    code = load("uk-ai-cop")
    (folder / "aicop.toml").write_text("", encoding="utf-8")
    facts = System(
        name="s", title="S", edition=code.id, roles=[Role.DEVELOPER, Role.SYSTEM_OPERATOR, Role.DATA_CUSTODIAN]
    )
    one = Assessment(system=facts, catalogue=code)
    keys = list(one.statements)
    for number in range(systems):
        home = folder / "assessments" / f"system-{number:04}"
        home.mkdir(parents=True)
        toml = f'system = "{home.name}"\ntitle = "System {number}"\nedition = "{code.id}"\n'
        roles = ", ".join(f'"{role}"' for role in facts.roles)
        (home / "assessment.toml").write_text(f"{toml}roles = [{roles}]\n", encoding="utf-8")
        (home / "verdicts.csv").write_text(dumps_verdicts(_rows(rng, number, keys, one)), encoding="utf-8")
        evidence = [
            Evidence(id=f"EV-{number}-{place}", title=f"Record {place}", location="https://example.org/record")
            for place in range(10)
        ]
        (home / "evidence.csv").write_text(dumps_evidence(evidence), encoding="utf-8")


def main() -> None:
    """Print the time of each step, and of all of them against the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--systems", type=int, default=1_000)
    systems = parser.parse_args().systems
    with tempfile.TemporaryDirectory() as scratch:
        write(Path(scratch), systems)
        library = Library.open(scratch)
        start = time.process_time()
        found = load_all(library)
        loaded = time.process_time()
        shall = sum(unit.shall is not None for one in found for unit in one.status(ON, "principle").units)
        rolled = time.process_time()
        broken = sum(len(check(one, list(Rule), ON).findings) for one in found)
        checked = time.process_time()
    rows = sum(len(one.verdicts) for one in found)
    print(f"{systems:,} systems, {rows:,} verdicts, {shall:,} units with requirements, {broken:,} findings")
    print(f"loaded {loaded - start:.2f} s, rolled up {rolled - loaded:.2f} s, checked {checked - rolled:.2f} s")
    print(f"together {checked - start:.2f} s (budget: {LIMIT:.0f} s for 1,000 systems)")


if __name__ == "__main__":
    main()
