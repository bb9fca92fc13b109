"""What the pages say in words about the data that ships, where no executed example shows it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from aicop import Catalogue, frameworks, load, mappings
from aicop.crosswalk import crosswalk
from aicop.frameworks import available
from aicop.graph import graph
from aicop.ids import JointId
from aicop.mappings import sets
from aicop.vocabulary import Coverage, FrameworkStatus, Predicate

DOCS = Path(__file__).parent.parent.parent / "docs"
OURS = "uk-ai-cop@2025-01--"
JUDGED = [
    item for item in sets() if (DOCS.parent / "data" / "mappings" / f"{item.name}.tsv").exists() and OURS in item.name
]


def says(page: str, sentence: str) -> bool:
    """Return whether a page has a sentence, wherever its lines break."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return sentence in re.sub(r"\s+", " ", text)


def test_cycles_and_handovers_are_as_many_as_the_page_says(code: Catalogue) -> None:
    """The page of dependencies counts the cycles, those of two provisions, and the handovers that are inferred."""
    page, found = "reference/dependencies.md", graph(code)
    cycles = found.cycles()
    pairs = [{item.number for item in cycle} for cycle in cycles if len(cycle) == 2]
    assert says(page, f"lists the {len(cycles)} chordless cycles")
    assert len(pairs) == 9
    assert says(page, "Nine of them are pairs")
    for one, other in pairs:
        assert says(page, f"| {one}, {other} |") or says(page, f"| {other}, {one} |")
    handovers = found.handovers()
    stated = sum(item.stated for item in handovers)
    assert says(page, f"lists {len(handovers)} cases")
    assert says(page, f"A provision states {stated} of them")
    assert says(page, f"The other {len(handovers) - stated} are inferred")


def test_the_three_editions_have_the_same_waves() -> None:
    """The suspect references of the European Standard decide no plan."""
    assert says("reference/dependencies.md", "Therefore the three editions have the same waves.")
    sizes = {
        tuple(len(wave.members) for wave in graph(load(edition)).waves())
        for edition in ("uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223")
    }
    assert len(sizes) == 1


def test_the_drawing_on_the_page_is_that_of_the_code(code: Catalogue) -> None:
    """The drawing shows as many provisions and dependencies as there are."""
    drawing = (DOCS / "reference" / "dependencies.svg").read_text(encoding="utf-8")
    [title] = re.findall(r"<title>(Dependencies between .*?)</title>", drawing)
    assert title.endswith(f"· 72 provisions · {len(graph(code).dependencies)} dependencies")


def test_which_sets_search_the_code_for_a_control() -> None:
    """Six sets say for which controls nothing was found in the Code, and three risk lists have no such control."""
    page = "reference/crosswalks.md"
    assert says(
        page,
        "Our sets to ISO/IEC 27001 and 42001, the CSF, the AI RMF, ATLAS and the AI Act have a row for each control for "
        "which nothing in the Code was found.",
    )
    assert says(page, "The sets to the OWASP lists have no such rows, since some provision mitigates each risk.")
    rows = {item.target: mappings.load(item.name) for item in JUDGED}
    unfound = {target: {row.target for row in found if row.source is None} for target, found in rows.items()}
    assert {target.document for target, keys in unfound.items() if keys} == {
        *("iso-iec-27001", "iso-iec-42001", "nist-csf", "nist-ai-rmf", "mitre-atlas", "eu-ai-act"),
    }
    for target, keys in unfound.items():
        mitigated = {row.target for row in rows[target] if row.predicate is Predicate.MITIGATES}
        assert keys or mitigated == {item.id for item in frameworks.load(target).controls}


def test_only_what_was_not_compared_is_not_reviewed() -> None:
    """From a framework to the Code, controls without a find are reviewed, and only what is out of scope is not."""
    page = "reference/crosswalks.md"
    assert says(page, "such a control is *reviewed, not covered*")
    assert says(
        page,
        "Only elements that were not compared are *not reviewed*: the tactics and techniques of ATLAS, and the articles "
        "and annexes of the AI Act that are [out of scope](../explanation/methods/eu-ai-act.md).",
    )
    unseen: dict[str, set[str]] = {}
    for item in JUDGED:
        framework = frameworks.load(item.target)
        report = crosswalk(item.target, item.source).coverage()
        scope = {key for known in Coverage for key in report.of(known)}
        unfound = {row.target for row in mappings.load(item.name) if row.source is None}
        assert unfound & scope <= set(report.of(Coverage.NOT_COVERED))
        unseen[item.target.document] = {framework[key].kind for key in report.of(Coverage.UNSEEN)}
    assert {document: kinds for document, kinds in unseen.items() if kinds} == {
        "mitre-atlas": {"tactic", "technique", "subtechnique"},
        "eu-ai-act": {"article", "annex"},
    }


def test_which_frameworks_are_not_current_without_an_edition() -> None:
    """The name alone means an edition that was superseded for MITRE ATLAS and the AI Act, and for no other."""
    assert says("reference/frameworks.md", "which for MITRE ATLAS and the AI Act is not the current one")
    entries = {item.id: item for item in available()}
    bare = {frameworks.load(item.document).id for item in entries}
    assert {item.document for item in bare if entries[item].status is FrameworkStatus.SUPERSEDED} == {
        "mitre-atlas",
        "eu-ai-act",
    }


def test_the_sets_of_nist_state_no_relation() -> None:
    """The pages say that nothing follows from two sets of NIST, because no row of them states a relation."""
    assert says("how-to/compose.md", "NIST's mappings do not state a relation")
    published = [item for item in sets() if item.author == "NIST"]
    assert published
    assert {row.predicate for item in published for row in mappings.load(item.name)} == {Predicate.RELATED}


@pytest.mark.parametrize(
    ("page", "target", "most", "back", "unfound"),
    [
        (
            *("iso-iec-42001", "iso-iec-42001@2023"),
            {("12.1", "A.6.2.8"): 6, ("5.1", "A.4.2"): 6},
            {("12.1", "A.6.2.8"): 7},
            "39 controls and clauses",
        ),
        (
            *("nist-ai-rmf", "nist-ai-rmf@1.0"),
            {("12.4", "MEASURE 2.4"): 7, ("6.5", "MANAGE 4.1"): 7},
            {("2.1", "MAP 1.4"): 8},
            "26 outcomes",
        ),
        (
            *("mitre-atlas", "mitre-atlas@2026.07"),
            {("8.2.1", "AML.M0025"): 7},
            {("5.4.1", "AML.M0007"): 7},
            "11 mitigations",
        ),
    ],
)
def test_the_results_of_the_methods_are_those_of_the_rows(
    page: str, target: str, most: dict[tuple[str, str], int], back: dict[tuple[str, str], int], unfound: str
) -> None:
    """Only two relations occur in three of the sets, and the pages name the strongest rows in either direction."""
    path = f"explanation/methods/{page}.md"
    assert says(path, "Only two of the five relations occur")
    rows = mappings.load(OURS + target)
    assert {row.predicate for row in rows} - {Predicate.NOTHING} == {Predicate.INTERSECTS, Predicate.NONE}
    strength = {(row.source.local, row.target.local): row.strength or 0 for row in rows if row.source and row.target}
    assert {pair: strength[pair] for pair in most} == most
    strong = {pair for pair, value in strength.items() if value >= 7}
    assert strong == {pair for pair, value in most.items() if value >= 7}
    assert all(says(path, f"{source} to {control}") for source, control in most)
    reverse = {
        (row.source.local, row.target.local): row.reverse_strength or 0 for row in rows if row.source and row.target
    }
    assert {pair: value for pair, value in reverse.items() if value == max(reverse.values())} == back
    assert all(says(path, f"{source} to {control}") for source, control in back)
    assert says(path, f"For {unfound} nothing was found.")
    assert sum(row.source is None for row in rows) == int(unfound.split(maxsplit=1)[0])


def test_the_results_of_the_ai_act_are_those_of_the_rows() -> None:
    """The page names the two pairs that are closest to *superset-of*, and counts what nothing was found for."""
    path = "explanation/methods/eu-ai-act.md"
    rows = mappings.load(f"{OURS}eu-ai-act@2024")
    reverse = {
        (row.source.local, row.target.local): row.reverse_strength or 0 for row in rows if row.source and row.target
    }
    assert {pair: value for pair, value in reverse.items() if value >= 7} == {
        ("4.1", "Art.14(1)"): 7,
        ("4.3", "Art.14(3)(a)"): 7,
    }
    assert says(
        path,
        "No pair is closer to *superset-of* than 4.1 to Art.14(1) and 4.3 to Art.14(3)(a), with reverse strength 7.",
    )
    count = sum(row.source is None for row in rows)
    assert says(path, f"For {count} paragraphs, points and articles nothing was found.")


def test_the_results_of_the_two_sets_for_security_are_those_of_the_rows() -> None:
    """The pages of NIST CSF and ISO/IEC 27001 count relations, joint rows and what nothing was found for."""
    words = (
        (
            "nist-csf@2.0",
            "151 rows state a relation: 144 intersect",
            "Six rows are joint",
            "9 provisions and 57 outcomes",
        ),
        (
            "iso-iec-27001@2022",
            "136 rows state a relation, and all but one intersect",
            "Four rows are joint",
            "7 provisions",
        ),
    )
    counted = {}
    for target, *sentences in words:
        path = f"explanation/methods/{target.partition('@')[0]}.md"
        assert all(says(path, sentence) for sentence in sentences), target
        rows = mappings.load(OURS + target)
        counts = Counter(row.predicate for row in rows)
        counted[target] = (
            tuple(counts[one] for one in (Predicate.INTERSECTS, Predicate.SUBSET, Predicate.SUPERSET, Predicate.EQUAL)),
            sum(isinstance(row.target, JointId) for row in rows),
            sum(row.target is None for row in rows),
            sum(row.source is None for row in rows),
        )
    assert counted == {
        "nist-csf@2.0": ((144, 4, 3, 0), 6, 9, 57),
        "iso-iec-27001@2022": ((135, 1, 0, 0), 4, 7, 73),
    }
    assert says("explanation/methods/iso-iec-27001.md", "For 73 controls and clauses nothing was found.")
