"""
Measure search, keys and editions viewed as frameworks at 1,000, 10,000 and 100,000 items, and print a table.

Time may grow by the factor 250 from 1,000 to 100,000, since n log n grows by 167. Each time is the least of several.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aicop.catalogue.shipped import build
from aicop.cli.check import check
from aicop.frameworks import Framework, available, from_catalogue, load, loads
from aicop.manifest import editions
from aicop.search import search

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.catalogue import Catalogue

SEED, SIZES, RUNS = 304223, (1_000, 10_000, 100_000), 5
SYLLABLES = ("ba", "co", "di", "fu", "ge", "hil", "jo", "kan", "lem", "mur", "nas", "pol", "quo", "rin", "sta", "tev")


def words(count: int) -> list[str]:
    """Return made-up words of two to five syllables, which are repeatable."""
    chance = random.Random(SEED)  # noqa: S311 -- repeatable, not secret
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(count)]


def framework(size: int) -> Framework:
    """Make a framework whose elements have titles of five words from a vocabulary half as large as the framework."""
    chance = random.Random(SEED)  # noqa: S311 -- repeatable, not secret
    known = words(size // 2)
    rows = (f"C-{item},control,{' '.join(chance.choices(known, k=5))}" for item in range(size))
    return loads("\n".join(["id,kind,title", *rows, ""]), "f.csv", framework="made-up", edition="1", title="Made up")


def catalogue(size: int) -> Catalogue:
    """Make an edition of this many provisions, ten in each principle and ten principles in each phase."""
    said = {
        "modality": "shall",
        "duty_holders": ["Developer"],
        "attribution": "stated",
        "as_printed": "x",
        "action": "x",
    }
    numbers = itertools.count(1)

    def principle() -> dict[str, Any]:
        number = next(numbers)
        provisions = [
            {"number": f"{number}.{place}", "title": "x", "source": "s", "statements": [said]} for place in range(1, 11)
        ]
        return {"number": number, "title": "x", "source": "s", "provisions": provisions}

    def slug(number: int) -> str:
        return "-".join(SYLLABLES[int(digit)] for digit in str(number))

    phases = [
        {"slug": slug(phase), "title": "x", "source": "s", "principles": [principle() for _ in range(10)]}
        for phase in range(size // 100)
    ]
    facts = dict.fromkeys(("title", "publisher", "force", "address", "licence", "ships"), "x")
    facts |= {"document": "made-up", "edition": "1", "status": "current", "source": "s"}
    source = {"key": "s", "document": "x", "locator": "x", "grade": "judgement", "read": "2026-11-22"}
    return build(facts | {"sources": [source], "phases": phases})


def keys(size: int, *, literal: bool) -> str:
    """Return lines of keys of everything that ships: as they are written, or each in one of six other spellings."""
    chance = random.Random(SEED)  # noqa: S311 -- repeatable, not secret
    known = [key for item in (*editions(), *(entry.id for entry in available())) for key in load(item)]

    def line() -> str:
        key = chance.choice(known)
        name, local = key.edition.document, key.local
        return chance.choice(
            (
                f"{name.upper()} {local}",
                f"{name.replace('-', ' ')}: {local.lower()}",
                f" {key} ",
                f"{str(key.edition).upper()}:{local}",
                f"{name.replace('-', ' ').upper()} {local}",
                f'"{name}, {local}"',
            )
        )

    return "".join(f"{chance.choice(known) if literal else line()}\n" for _ in range(size))


def check_file(path: Path) -> None:
    """Run ``aicop check`` in this process."""
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet), contextlib.suppress(SystemExit):
        check.main([str(path)], standalone_mode=False)


def seconds(work: Callable[[], object]) -> float:
    """Return the least time of several runs."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def figures(size: int, folder: Path) -> dict[str, float]:
    """Return the time of each kind of work, in seconds."""
    made, edition = framework(size), catalogue(size)
    literal, spelt = folder / "literal.txt", folder / "spelt.txt"
    literal.write_text(keys(size, literal=True), encoding="utf-8")
    spelt.write_text(keys(size, literal=False), encoding="utf-8")
    common, *_ = words(1)
    begin = time.perf_counter()
    search(common, [made])
    first = time.perf_counter() - begin
    begin = time.perf_counter()
    search(f"{common}zz", [made])
    first_near = time.perf_counter() - begin
    return {
        "`search`, first in a framework": first,
        "`search`, again": seconds(lambda: search(common, [made])),
        "`search`, first misspelt word": first_near,
        "`search`, misspelt word again": seconds(lambda: search(f"{common}zz", [made])),
        "`from_catalogue`": seconds(lambda: from_catalogue(edition)),
        "`aicop check`, keys as they are written": seconds(lambda: check_file(literal)),
        "`aicop check`, other spellings": seconds(lambda: check_file(spelt)),
    }


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        found = [figures(size, Path(folder)) for size in SIZES]
    print(f"| what | {' | '.join(f'{size:,}' for size in SIZES)} | times | at most |\n| --- {'| --- ' * 5}|")
    for what in found[0]:
        times = [figure[what] for figure in found]
        cells = " | ".join(f"{value * 1000:.2f} ms" for value in times)
        print(f"| {what} | {cells} | {times[-1] / times[0]:.0f} | 250 |")


if __name__ == "__main__":
    main()
