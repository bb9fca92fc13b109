"""
Settle the two judgements of each editorial crosswalk and write data/mappings; with --check, only compare.

If both judges agree, the first judge's row is kept with the lower confidence of the two. A third reading decides the
rest, and amendments.tsv overrides it. The sweep by control, which was settled in the same way, follows. What was judged
from the side of the controls comes last: reverse strengths, controls for which nothing was found, and rows that the
other direction added or refused. audit.tsv corrects what the audit of a sample found.

The sheets of later crosswalks state both directions, and the last of them is what ships.
"""

import csv
import io
import sys
from pathlib import Path

from aicop.crosswalk.ends import digest_of, end_of, order_of
from aicop.frameworks import load
from aicop.mappings import columns

SHEETS = Path("tools/judgements")
OUT = Path("data/mappings")
CODE = "uk-ai-cop@2025-01"
PAIRS = {
    "iso-iec-42001": "iso-iec-42001@2023",
    "nist-ai-rmf": "nist-ai-rmf@1.0",
    "owasp-llm-top10-2025": "owasp-llm-top10@2025",
    "owasp-llm-top10-2026": "owasp-llm-top10@2026",
    "owasp-agentic-top10-2026": "owasp-agentic-top10@2026",
    "mitre-atlas": "mitre-atlas@2026.07",
    "eu-ai-act": "eu-ai-act@2024",
    "nist-csf": "nist-csf@2.0",
    "iso-iec-27001": "iso-iec-27001@2022",
}
FINAL = ("nist-csf", "iso-iec-27001")
"""The pairs whose last sheet is what ships."""
REVERSED = ("iso-iec-42001", "nist-ai-rmf", "mitre-atlas", "eu-ai-act")
"""The pairs whose other direction was judged later. The mitigation of a risk has none."""
# What a sheet does not say, because it is the same for all rows of a set.
COLUMNS = tuple(name for name in columns.COLUMNS if name not in {"basis", "author", "date"})
# Strengths that differ by this much need a third reading.
FAR = 3
# What the sweep may change.
CELLS = ("predicate", "strength", "remainder", "confidence", "rationale")
Row = dict[str, str]


def sheet(name: str) -> list[Row]:
    """Read the judgements in one file."""
    with (SHEETS / f"{name}.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def provision(row: Row) -> str:
    """Return the provision of a row, whether the row maps all of it or one statement."""
    return row["source"].partition("#")[0]


def by_pair(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """Group rows by provision and target, without those that have no target."""
    pairs: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["target"]:
            pairs.setdefault((provision(row), row["target"]), []).append(row)
    return pairs


def related(row: Row) -> bool:
    """Return True if a row states a relation."""
    return row["predicate"] not in {"nothing-found", "no-relationship"}


def disputed(first: list[Row], second: list[Row]) -> bool:
    """Return True if a pair needs a third reading."""
    if not first or not second:
        return any(map(related, first or second))
    if len(first) > 1 or len(second) > 1 or first[0]["source"] != second[0]["source"]:
        return True
    one, other = first[0], second[0]
    return one["predicate"] != other["predicate"] or abs(int(one["strength"]) - int(other["strength"])) >= FAR


def known(rows: list[Row]) -> str:
    """Return the weakest knowledge of the target among some rows."""
    return max((row["known"] for row in rows), key=["text", "content", "title"].index)


def settled(pair: str) -> list[Row]:
    """Return the rows of a pair as they ship, without digests."""
    if pair in FINAL:
        return audited(pair, sheet(f"{pair}.final"))
    rows = swept(pair, amended_rows(pair))
    return audited(pair, reversed_rows(pair, rows) if pair in REVERSED else rows)


def audited(pair: str, rows: list[Row]) -> list[Row]:
    """Apply what the audit of a sample found: drop a row, or change its words."""
    found = {(row["source"], row["target"]): row for row in rows}
    for change in sheet("audit"):
        if change["pair"] != pair:
            continue
        key = change["source"], change["target"]
        if change["decision"] == "drop":
            del found[key]
            continue
        cells = {name: change[name] for name in ("remainder", "rationale") if change[name]}
        found[key] = found[key] | cells | ({"settlement": change["note"]} if change["note"] else {})
    return list(found.values())


def reversed_rows(pair: str, rows: list[Row]) -> list[Row]:
    """Return rows with what was judged from the side of the controls."""
    found = {(row["source"], row["target"]): row for row in rows}
    weakest = known(rows)
    for judged in sheet(f"{pair}.reverse"):
        key = judged["source"], judged["target"]
        if judged["note"].startswith("DROP: "):
            # Read from the side of the control, nothing of it is done.
            del found[key]
        elif not judged["source"]:
            found[key] = dict.fromkeys(CELLS, "") | {
                "source": "",
                "target": judged["target"],
                "predicate": "nothing-found",
                "reverse_strength": "0",
                "confidence": "5",
                "rationale": judged["note"],
                "settlement": "",
                "known": weakest,
            }
        else:
            cells = {name: judged[name] for name in ("reverse_strength", "reverse_remainder")}
            said = {} if not judged["note"] or judged["note"].startswith("DOUBT: ") else {"settlement": judged["note"]}
            found[key] = found[key] | cells | said
    if (SHEETS / f"{pair}.reverse-added.tsv").exists():
        for row in sheet(f"{pair}.reverse-added"):
            key = row["source"], row["target"]
            if key in found:
                sys.exit(f"{pair}: the row {key[0]} {key[1]} is already there")
            found[key] = row | {"settlement": "Found from the side of the control."}
    # A near miss has no strength in either direction, and a provision with a row is no longer without a counterpart.
    taken = {provision(row) for row in found.values() if related(row)}
    return [
        row | ({"reverse_strength": "0"} if row["predicate"] == "no-relationship" else {})
        for row in found.values()
        if row["predicate"] != "nothing-found" or row["source"] not in taken or not row["source"]
    ]


def amended_rows(pair: str) -> list[Row]:
    """Return the rows of a pair before the sweep by control."""
    first, second = by_pair(sheet(f"{pair}.first")), by_pair(sheet(f"{pair}.second"))
    third = by_pair(sheet(f"{pair}.third"))
    rows: list[Row] = []
    for key in sorted(first.keys() | second.keys()):
        one, other = first.get(key, []), second.get(key, [])
        if disputed(one, other):
            kept = [row for row in third[key] if row["decision"] == "keep"]
            rows += [row | {"settlement": row["note"], "known": known(one + other)} for row in kept]
        else:
            base = (one or other)[0]
            sure = str(min(int(row["confidence"]) for row in one + other))
            note = "" if one and other else "Only one judge wrote this near miss; the other left the pair out."
            rows.append(base | {"confidence": sure, "settlement": note, "known": known(one + other)})
    taken = {provision(row) for row in rows if related(row)}
    for row in sheet(f"{pair}.first"):
        if row["predicate"] == "nothing-found" and row["source"] not in taken:
            rows.append(row | {"settlement": ""})
    return amended(pair, rows)


def swept(pair: str, rows: list[Row]) -> list[Row]:
    """Apply the sweep by control: drop, add and change rows, and reword them."""
    found = {(row["source"], row["target"]): row for row in rows}
    for change in sheet(f"{pair}.sweep"):
        key = change["source"], change["target"]
        if change["decision"] == "refused":
            continue
        if change["decision"] == "drop":
            del found[key]
            continue
        if (change["decision"] == "add") == (key in found):
            sys.exit(f"{pair}: the row {key[0]} {key[1]} is {'already' if key in found else 'not'} there")
        # A reworded row keeps what was said when it was settled, unless the sweep says more.
        before = found.get(key, {"known": known(rows), "settlement": ""})
        cells = {name: change[name] for name in ("source", "target", *CELLS)}
        found[key] = before | cells | {"settlement": change["note"] or before["settlement"]}
    return list(found.values())


def amended(pair: str, rows: list[Row]) -> list[Row]:
    """Apply the amendments: drop a row, change its cells, or add a row."""
    for change in sheet("amendments"):
        if change["pair"] != pair:
            continue
        cells = {name: cell for name, cell in change.items() if cell and name not in {"pair", "note"}}
        cells["settlement"] = change["note"]
        found = [row for row in rows if (row["source"], row["target"]) == (change["source"], change["target"])]
        if change["predicate"] == "dropped":
            rows.remove(found[0])
        elif found:
            found[0].update(cells)
        elif change["predicate"]:
            alike = [row for row in sheet(f"{pair}.first") if bool(row["target"]) == bool(change["target"])]
            rows.append({"target": "", "remainder": "", "known": known(alike)} | cells)
        else:
            sys.exit(f"{pair}: there is no row {change['source']} {change['target']} to amend")
    taken = {provision(row) for row in rows if related(row)}
    return [row for row in rows if row["predicate"] != "nothing-found" or row["source"] not in taken]


def table(pair: str) -> str:
    """Return the file of a pair, in printed order of the Code and then of the target."""
    source, target = load(CODE), load(PAIRS[pair])
    order, places = order_of(source), order_of(target)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
    writer.writeheader()
    rows = []
    for row in settled(pair):
        subject = end_of(source, f"{CODE}:{row['source']}") if row["source"] else None
        item = end_of(target, row["target"]) if row["target"] else None
        cells = {
            "source": str(subject or ""),
            "relationship": row["predicate"],
            "target": str(item or ""),
            "rationale": row["rationale"],
            "strength": row["strength"],
            "remainder": row["remainder"],
            "reverse_strength": row.get("reverse_strength", ""),
            "reverse_remainder": row.get("reverse_remainder", ""),
            "confidence": row["confidence"],
            "knowledge": row.get("known", ""),
            "settlement": row["settlement"],
            "source_digest": digest_of(source, subject) if subject else "",
            "target_digest": digest_of(target, item) if item else "",
        }
        # In printed order of the Code and then of the target; what has no source comes last.
        place = order(subject) if subject else (len(source),), places(item) if item else (-1,)
        rows.append((place, cells))
    writer.writerows(cells for _, cells in sorted(rows, key=lambda pair: pair[0]))
    return out.getvalue()


def main() -> None:
    """Write the files, or compare them with ``--check``."""
    for pair, target in PAIRS.items():
        path, text = OUT / f"{CODE}--{target}.tsv", table(pair)
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path} is not current: run `make crosswalks`")


if __name__ == "__main__":
    main()
