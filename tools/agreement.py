"""
Print tables: how far the two judges of each editorial crosswalk agree, and what the sweep by control changed.

docs/explanation/methods/index.md describes the procedure. Cohen's kappa for "related or not" is computed over all pairs
of a provision and a judged control; that for the relation, over the pairs that both call related and judged at the same
level.
"""

import re
from collections import Counter

from aicop.frameworks import Framework, load
from settle import CODE, FINAL, PAIRS, REVERSED, Row, amended_rows, by_pair, related, sheet, swept

# The articles of the AI Act with requirements for systems, models, providers and deployers.
ARTICLES = frozenset({9, 10, 11, 12, 13, 14, 15, 16, 17, 26, 50, 53, 55, 72, 73})


def in_question(framework: Framework) -> list[str]:
    """Return the ids of the controls that were judged."""
    if framework.id.document == "eu-ai-act":
        found = ((re.match(r"Art\.([0-9]+)", key.local), key.local) for key in framework)
        return [name for match, name in found if match and int(match[1]) in ARTICLES]
    if framework.id.document == "iso-iec-27001":
        # The clauses and controls without clauses below them; lettered items are not judged.
        above = {item.parent for item in framework.controls if item.kind in {"clause", "control"}}
        return [
            item.id.local for item in framework.controls if item.kind in {"clause", "control"} and item.id not in above
        ]
    kinds = {
        "nist-ai-rmf": {"subcategory"},
        "nist-csf": {"subcategory"},
        "mitre-atlas": {"mitigation"},
    }.get(framework.id.document)
    return [
        item.id.local
        for item in framework.controls
        if (item.kind in kinds if kinds else not framework.children(item.id))
    ]


def kappa(pairs: Counter[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of two judges' words, or None if both always use the same word."""
    total = sum(pairs.values())
    same = sum(count for (one, other), count in pairs.items() if one == other) / total
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    chance = sum(first[word] * second[word] for word in first) / total**2
    return None if chance == 1 else (same - chance) / (1 - chance)


def _single(rows: list[Row]) -> list[Row]:
    """Return the rows of one provision and one control; joint rows and controls without a counterpart are left out."""
    return [row for row in rows if row["source"] and "|" not in row["target"]]


def _reverse(pair: str, level: list[tuple[Row, Row]]) -> str:
    """Return how often two readers of the other direction are within 1; "-" if it has none."""
    if pair in FINAL:
        pairs = level
    elif pair in REVERSED:
        one, other = (
            {(row["source"], row["target"]): row for row in sheet(f"{pair}.{reader}") if "FOUND" not in row["note"]}
            for reader in ("reverse-first", "reverse-second")
        )
        pairs = [(one[key], other[key]) for key in one.keys() & other.keys() if key[0]]
    else:
        return "-"
    far = [abs(int(one["reverse_strength"]) - int(other["reverse_strength"])) for one, other in pairs]
    return f"{sum(distance <= 1 for distance in far)} of {len(far)}"


def row(pair: str) -> list[str]:
    """Return the cells of one pair."""
    first, second = (by_pair(_single(sheet(f"{pair}.{judge}"))) for judge in ("first", "second"))
    provisions = [key.local for key in load(CODE).of_kind("provision", "sub-provision")]
    controls = in_question(load(PAIRS[pair]))
    yes = [{key for key, rows in judge.items() if any(map(related, rows))} for judge in (first, second)]
    asked = [(provision, control) for provision in provisions for control in controls]
    assert yes[0] | yes[1] <= set(asked), "a pair out of question was judged"
    words = Counter((str(key in yes[0]), str(key in yes[1])) for key in asked)
    # Compare relations only if both judges wrote one row at the same level.
    level = [
        (one[0], other[0])
        for key in sorted(yes[0] & yes[1])
        if len(one := first[key]) == len(other := second[key]) == 1 and one[0]["source"] == other[0]["source"]
    ]
    relations = Counter((one["predicate"], other["predicate"]) for one, other in level)
    far = [abs(int(one["strength"]) - int(other["strength"])) for one, other in level]
    agreed, of_relation = kappa(words), kappa(relations)
    return [
        PAIRS[pair],
        str(len(asked)),
        str(len(yes[0])),
        str(len(yes[1])),
        str(len(yes[0] & yes[1])),
        "-" if agreed is None else f"{agreed:.2f}",
        f"{sum(count for (one, other), count in relations.items() if one == other)} of {len(level)}",
        "one word" if of_relation is None else f"{of_relation:.2f}",
        f"{sum(distance <= 1 for distance in far)} of {len(far)}",
        _reverse(pair, level),
    ]


HEAD = (
    "framework",
    "pairs in question",
    "first judge",
    "second judge",
    "both",
    "kappa: related",
    "same relation",
    "kappa: relation",
    "strength within 1",
    "reverse strength within 1",
)


def table() -> str:
    """Return the table as Markdown."""
    lines = [HEAD, ["---"] * len(HEAD), *(row(pair) for pair in PAIRS)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


SWEEP = (
    "framework",
    "related before",
    "after",
    "nothing found before",
    "after",
    "dropped",
    "added",
    "relationship or strength changed",
    "reworded",
    "rows on which both judges agreed",
)


def _outcome(row: Row | None) -> tuple[str, str] | None:
    """Return the relationship and strength that a judge of the sweep gives to a pair, or None for no row."""
    return None if row is None or row["decision"] == "drop" else (row["predicate"], row["strength"])


def sweep_row(pair: str) -> list[str]:
    """Return what the sweep changed in one crosswalk; rows that say that nothing was found follow from the others."""
    before = {(row["source"], row["target"]): row for row in amended_rows(pair)}
    after = {(row["source"], row["target"]): row for row in swept(pair, amended_rows(pair))}
    linked = [{key for key, row in rows.items() if related(row)} for rows in (before, after)]
    empty = [sum(not target for _, target in rows) for rows in (before, after)]
    both = {key for key in before.keys() & after.keys() if key[1]}
    changed = {key for key in both if any(before[key][name] != after[key][name] for name in ("predicate", "strength"))}
    words = {key for key in before.keys() & after.keys() if before[key]["rationale"] != after[key]["rationale"]}
    first, second = (
        {(row["source"], row["target"]): row for row in sheet(f"{pair}.{judge}") if row["target"]}
        for judge in ("sweep-first", "sweep-second")
    )
    asked = first.keys() | second.keys()
    agreed = sum(_outcome(first.get(key)) == _outcome(second.get(key)) for key in asked)
    figures = (
        *(len(linked[0]), len(linked[1]), *empty),
        *(
            sum(bool(key[1]) for key in before.keys() - after.keys()),
            sum(bool(key[1]) for key in after.keys() - before.keys()),
        ),
        *(len(changed), len(words - changed)),
    )
    return [PAIRS[pair], *map(str, figures), f"{agreed} of {len(asked)}"]


def sweep_table() -> str:
    """Return what the sweep changed as Markdown."""
    lines = [SWEEP, ["---"] * len(SWEEP), *(sweep_row(pair) for pair in PAIRS if pair not in FINAL)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    print(table(), sweep_table(), sep="\n", end="")
