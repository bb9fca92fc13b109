"""The command `crosswalk`."""

from __future__ import annotations

import functools
import itertools
import json
from typing import TYPE_CHECKING

import pytest

from aicop.crosswalk import Crosswalk
from aicop.crosswalk import crosswalk as find_crosswalk
from tests.cli.examples import SAYS, TO_ACT, TO_ISO, bare, mapped, printed
from tests.cli.runner import Run, records

if TYPE_CHECKING:
    from collections.abc import Iterator

TURNED = {"subset-of": "superset-of", "superset-of": "subset-of", "mitigates": "is mitigated by"}
COLUMNS = ["source", "relationship", "target", "target_title", "strength", "remainder", "confidence", "basis", "author"]


def test_a_table_is_shorter_than_the_other_formats(aicop: Run) -> None:
    """Rationale, date and title of the source are left out of the table and kept in the formats for programs."""
    pair = ("crosswalk", "uk-ai-cop", "iso-iec-42001")
    heading = aicop(*pair)[1].splitlines()[0]
    assert heading.split("  ")[0].strip() == "source"
    assert [name for name in ("rationale", "date", "suspect", "source title") if name in heading] == []
    first = records(aicop, *pair)[0]
    assert set(COLUMNS) < set(first)
    assert first["rationale"] == mapped(TO_ISO)[0]["rationale"]
    assert (first["date"], first["paths"], first["suspect"]) == ("2026-11-30", 1, False)


def test_a_crosswalk_is_printed_as_it_was_made(aicop: Run) -> None:
    """Every row of the file is printed once, with the figures of both directions, confidence and rationale."""
    figures = ("strength", "reverse_strength")
    made = {
        (
            row["source"] or None,
            SAYS.get(row["relationship"], row["relationship"]),
            row["target"] or None,
            *(int(row[name]) if row[name] else None for name in figures),
            row["remainder"] or None,
            row["reverse_remainder"] or None,
            int(row["confidence"]),
            row["rationale"],
        )
        for row in mapped(TO_ISO)
    }
    fields = (
        *("source", "relationship", "target", *figures),
        *("remainder", "reverse_remainder", "confidence", "rationale"),
    )
    rows = records(aicop, "crosswalk", "uk-ai-cop", "iso-iec-42001")
    assert len(rows) == len(made) == 170
    assert {tuple(row[name] for name in fields) for row in rows} == made
    assert {(row["basis"], row["author"]) for row in rows} == {("editorial", "aicop editors")}


def test_a_crosswalk_can_be_inverted(aicop: Run) -> None:
    """Inverted, subset and superset swap, as do the figures of both directions, and what was found for nothing stays."""
    made = sorted(
        (
            row["target"],
            SAYS.get(row["relationship"], TURNED.get(row["relationship"], row["relationship"])),
            row["source"],
            *(row[name] for name in ("strength", "remainder", "reverse_strength", "reverse_remainder")),
        )
        for row in mapped(TO_ACT)
    )
    rows = [row for row in aicop.rows("crosswalk", "eu-ai-act", "uk-ai-cop") if row["author"] == "aicop editors"]
    columns = ("source", "relationship", "target", "reverse_strength", "reverse_remainder", "strength", "remainder")
    assert sorted(tuple(row[name] for name in columns) for row in rows) == made


def test_a_mitigation_is_inverted_from_the_risk(aicop: Run) -> None:
    """From a list of risks to the Code, the relationship is "is mitigated by"."""
    found = records(aicop, "crosswalk", "owasp-agentic-top10", "uk-ai-cop")
    made = mapped("uk-ai-cop@2025-01--owasp-agentic-top10@2026")
    assert {row["relationship"] for row in made} == {"mitigates", "nothing-found"}
    assert len(found) == len(made)
    assert {(row["relationship"], row["source"] is None) for row in found} == {
        ("is mitigated by", False),
        ("nothing found", True),
    }


def _chain(parents: dict[str, str], start: str) -> Iterator[str]:
    """Yield an element and everything above it, then the empty text."""
    yield start
    while start:
        start = parents[start]
        yield start


def test_a_chain_of_untyped_pairs_proves_nothing(aicop: Run) -> None:
    """Pairs meet at a control, or at a control of a family, and every one has the relationship "nothing is known"."""
    # Join the two files without the library. NIST's families consist of their controls and enhancements.
    parents = {row["id"]: row["parent"] for row in printed("frameworks/nist-sp-800-53@5.2.0.tsv")}

    def within(key: str) -> set[str]:
        *_, family = itertools.takewhile(bool, _chain(parents, bare(key)))
        return {bare(key), family}

    first, second = mapped("nist-csf@2.0--nist-sp-800-53@5.2.0"), mapped("nist-sp-800-53@5.2.0--iso-iec-27001@2022")
    pairs = [
        (one, other)
        for one in first
        for other in second
        if bare(one["target"]) in within(other["source"]) or bare(other["source"]) in within(one["target"])
    ]
    joined = {(one["source"], other["target"]) for one, other in pairs}
    ends = [{(row["source"], row["target"]) for row in rows} for rows in zip(*pairs, strict=True)]
    left = [
        sum((row["source"], row["target"]) not in met for row in rows)
        for rows, met in zip((first, second), ends, strict=True)
    ]
    command = ("crosswalk", "nist-csf", "iso-iec-27001", "--via", "nist-sp-800-53")
    code, out, err = aicop(*command, "--format", "json")
    rows = json.loads(out)
    assert (code, err.splitlines()) == (
        0,
        [
            "744 mappings from nist-csf@2.0 to iso-iec-27001@2022 through nist-sp-800-53@5.2.0.",
            "Nothing follows for 744 of these pairs.",
            f"Left out: {left[0]} mappings: the element of nist-sp-800-53@5.2.0 is not mapped to iso-iec-27001@2022.",
            f"Left out: {left[1]} mappings: the element of nist-sp-800-53@5.2.0 is not mapped to nist-csf@2.0.",
        ],
    )
    assert {(row["source"], row["target"]) for row in rows} == joined
    assert len(rows) == len(joined) == 744
    assert {row["relationship"] for row in rows} == {"nothing is known"}


def test_typed_relations_compose(aicop: Run) -> None:
    """What equals a provision of the Code has its relationships, with the confidence of the weaker row."""
    rows = aicop.rows("crosswalk", "etsi-en-304-223", "iso-iec-42001", "--via", "uk-ai-cop")
    found = {bare(row["target"]): row for row in rows if row["source"] == "etsi-en-304-223@2.1.1:5.2.1-1"}
    assert sorted(found) == ["A.4.2", "A.4.3", "A.4.4", "A.4.5"]
    row = found["A.4.2"]
    assert (row["relationship"], row["confidence"], row["strength"], row["paths"]) == ("intersects-with", "6", "6", "1")
    assert row["basis"] == "editorial"


def test_another_edition_is_used_without_being_asked_for(aicop: Run) -> None:
    """The standard has no mappings to the framework of NIST, so those of the Code are used, and the footer says so."""
    pair = ("crosswalk", "etsi-en-304-223", "nist-ai-rmf")
    code, out, err = aicop(*pair, "--format", "csv")
    assert (code, out) == aicop(*pair, "--via", "uk-ai-cop", "--format", "csv")[:2]
    assert " from etsi-en-304-223@2.1.1 to nist-ai-rmf@1.0 through uk-ai-cop@2025-01.\n" in err


def test_several_stops_are_composed_in_order(aicop: Run) -> None:
    """The standard reaches the early list of risks through the Code and then the later list."""
    rows = aicop.rows(
        *("crosswalk", "etsi-en-304-223", "owasp-llm-top10@2025"),
        *("--via", "uk-ai-cop", "--via", "owasp-llm-top10@2026"),
    )
    stops = ("etsi-en-304-223", "uk-ai-cop", "owasp-llm-top10@2026", "owasp-llm-top10@2025")
    composed = functools.reduce(Crosswalk.compose, (find_crosswalk(*step) for step in itertools.pairwise(stops)))
    assert [(row["source"], row["target"]) for row in rows] == [
        (str(claim.source or ""), str(claim.target or "")) for claim in composed.claims()
    ]
    # A control that mitigates a risk is not known to mitigate one that only corresponds to it.
    assert [row for row in rows if row["relationship"] == "mitigates"] == []


# Filters, and the number of rows that they leave.
FILTERS = [
    (("uk-ai-cop", "cited-documents", "--basis", "published"), 83),
    (("uk-ai-cop", "cited-documents", "--basis", "guide"), 275),
    (("uk-ai-cop", "cited-documents", "--basis", "guide", "--basis", "published"), 358),
    (("uk-ai-cop", "cited-documents", "--basis", "Guide", "--relationship", "cites"), 275),
    (("uk-ai-cop", "iso-iec-42001", "--author", "aicop editors"), 170),
    (("nist-sp-800-53", "iso-iec-27001", "--since", "2023-10-12"), 439),
    (("nist-sp-800-53", "iso-iec-27001", "--since", "2023-10"), 439),
    (("nist-sp-800-53", "iso-iec-27001", "--since", "2023-10-13"), 0),
]


@pytest.mark.parametrize(("arguments", "count"), FILTERS, ids=[" ".join(row[0]) for row in FILTERS])
def test_rows_are_filtered_by_author_basis_and_date(aicop: Run, arguments: tuple[str, ...], count: int) -> None:
    """Repeating an option widens the filter, and different options narrow it."""
    code, out, err = aicop("crosswalk", *arguments, "--format", "json")
    assert (code, len(json.loads(out))) == (0, count)
    assert err.startswith(f"{count} mappings from ")
    assert "Filter: " in err


def test_rows_are_filtered_by_relation_and_confidence(aicop: Run) -> None:
    """The relation is the one in the file, and the confidence is a minimum."""
    made = mapped(TO_ISO)
    pair = ("crosswalk", "uk-ai-cop", "iso-iec-42001")
    for word in ("intersects-with", "no-relationship", "nothing-found"):
        count = sum(row["relationship"] == word for row in made)
        assert count
        assert len(aicop.rows(*pair, "--relationship", word)) == count
    for least in (0, 4, 7, 10):
        sure = [row for row in made if int(row["confidence"]) >= least]
        assert len(aicop.rows(*pair, "--confidence", str(least))) == len(sure)


def test_claims_are_aggregated_to_a_level(aicop: Run) -> None:
    """Principle 5 overlaps A.4.2 and asks for more, as 5.1 does; its strength is unknown."""
    rows = aicop.rows("crosswalk", "uk-ai-cop", "iso-iec-42001", "--level", "principle")
    found = {(bare(row["source"]), bare(row["target"])): row for row in rows}
    row = found["P5", "A.4.2"]
    assert (row["relationship"], row["strength"], row["confidence"]) == ("superset-of or intersects-with", "", "6")
    assert row["rationale"].startswith("uk-ai-cop@2025-01:5.1 is a part of uk-ai-cop@2025-01:P5. | ")


def test_an_aggregated_crosswalk_has_only_rows_of_its_level(aicop: Run) -> None:
    """A provision's row that found nothing is not repeated for its principle; a control's row has no level of the Code."""
    rows = aicop.rows("crosswalk", "uk-ai-cop", "iso-iec-42001", "--level", "principle")
    assert {bare(row["source"])[:1] for row in rows if row["source"]} == {"P"}
    without = [(row["relationship"], row["target"]) for row in rows if not row["source"]]
    assert without == [("nothing found", row["target"]) for row in mapped(TO_ISO) if not row["source"]]
    assert len(without) == 39


def test_rows_of_several_authors_are_merged(aicop: Run, both: tuple[str, ...]) -> None:
    """A merged pair is one row with all its authors and rationales."""
    rows = records(aicop, "crosswalk", "uk-ai-cop", "own-controls", *both, "--merged")
    assert [(bare(row["source"] or ""), row["relationship"], bare(row["target"]), row["paths"]) for row in rows] == [
        ("6.1", "superset-of", "AC-1", 2),
        ("6.1", "intersects-with", "AC-2", 1),
        ("6.2", "intersects-with", "LG-1", 1),
        ("", "nothing found", "LG-1", 1),
    ]
    assert set(rows[0]["author"].split("; ")) == {"Us", "Them"}
    assert set(rows[0]["rationale"].split(" | ")) == {"Why own-controls:AC-1.", "Why uk-ai-cop:6.1."}


def test_mappings_of_changed_law_are_counted(aicop: Run) -> None:
    """The line on standard error counts the rows and names the elements; rows that a filter removes are not in it."""
    amended = [row["id"] for row in printed("frameworks/eu-ai-act@2024.tsv") if row["amended"]]
    counted = []
    for words in ((), ("nothing-found",), ("subset-of",)):
        rows = [row for row in mapped(TO_ACT) if not words or row["relationship"] in words]
        targets = [bare(row["target"]) for row in rows]
        changed = [local for local in amended if local in targets]
        counted.append(sum(target in changed for target in targets))
        chosen = [part for word in words for part in ("--relationship", word)]
        _, _, err = aicop("crosswalk", "uk-ai-cop", "eu-ai-act@2024", *chosen)
        said = (
            f"Warning: a later text deleted or changed {', '.join(changed)} ({counted[-1]} mappings). "
            "See the column warnings.\n"
        )
        assert ("Warning" in err, said in err) == (bool(changed), bool(changed))
    assert counted[0] > counted[1] > counted[2] == 0
