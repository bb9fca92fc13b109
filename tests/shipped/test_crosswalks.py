"""The shipped mappings: facts that they must satisfy, and what follows from them."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop import frameworks, load, mappings
from aicop.crosswalk import crosswalk, find_contradictions
from aicop.crosswalk.ends import members_of
from aicop.ids import JointId, StatementId
from aicop.lineage import compare
from aicop.mappings import loads, sets
from aicop.vocabulary import Change, Coverage, Knowledge, MappingBasis, Predicate

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.frameworks import Framework
    from aicop.ids import Key

ROOT = Path(__file__).parent.parent.parent
FILES = ROOT / "data" / "mappings"
SETS = {item.name: item for item in sets()}

# Counted in the publications, not in the data.
COUNTS = {
    "nist-csf@2.0--nist-sp-800-53@5.2.0": 740,
    "nist-csf@2.0--iso-iec-27001@2022": 333,
    "nist-csf@2.0--nist-ssdf@1.1": 33,
    "nist-csf@2.0--owasp-llm-top10@2025": 169,
    "nist-csf@2.0--uk-cyber-governance-cop@2025": 60,
    "nist-sp-800-53@5.2.0--iso-iec-27001@2022": 439,
    "nist-ai-rmf@1.0--iso-iec-42001@2023": 280,
    "mitre-atlas@5.6.1--mitre-atlas@5.6.1": 244,
    "owasp-llm-top10@2025--owasp-llm-top10@2026": 10,
    "eu-ai-act@2024--eu-ai-act@2026-07": 244,
    "cosai-risk-map@2026-08-19--mitre-atlas@5.0.1": 55,
    "cosai-risk-map@2026-08-19--nist-ai-rmf@1.0": 15,
    "cosai-risk-map@2026-08-19--owasp-llm-top10@2025": 33,
    "cosai-risk-map@2026-08-19--stride@1999": 37,
    "cosai-risk-map@2026-08-19--iso-iec-22989@2022": 6,
    "owasp-ai-exchange@2026-08-22--uk-ai-cop@2025-01": 37,
    "ncsc-guidelines-secure-ai@2023--uk-ai-cop@2025-01": 11,
    "uk-ai-cop@2025-01--cited-documents@2025-01": 83,
    "etsi-en-304-223@2.1.1--cited-documents@2025-01": 73,
    "etsi-en-304-223@2.1.1--iso-iec-22989@2022": 5,
    "etsi-en-304-223@2.1.1--eu-ai-act@2024.roles": 3,
    # Principles and provisions.
    "uk-ai-cop@2025-01--etsi-ts-104-223@1.1.1": 13 + 72,
    "uk-ai-cop@2025-01--etsi-en-304-223@2.1.1": 13 + 72,
    "etsi-ts-104-223@1.1.1--etsi-en-304-223@2.1.1": 13 + 72,
}
# Made from the editions or from two published texts: ours, since no publisher compared them.
COMPARED = {
    "uk-ai-cop@2025-01--etsi-ts-104-223@1.1.1",
    "uk-ai-cop@2025-01--etsi-en-304-223@2.1.1",
    "etsi-ts-104-223@1.1.1--etsi-en-304-223@2.1.1",
    "owasp-llm-top10@2025--owasp-llm-top10@2026",
    "eu-ai-act@2024--eu-ai-act@2026-07",
}
JUDGED = {
    "iso-iec-27001@2022",
    "iso-iec-42001@2023",
    "nist-csf@2.0",
    "nist-ai-rmf@1.0",
    "owasp-llm-top10@2025",
    "owasp-llm-top10@2026",
    "owasp-agentic-top10@2026",
    "mitre-atlas@2026.07",
    "eu-ai-act@2024",
}
EDITORIAL = [f"uk-ai-cop@2025-01--{target}" for target in sorted(JUDGED)]


def test_published_sets_have_as_many_rows_as_the_publications() -> None:
    """Sets have as many rows as were counted in the publications, including those derived from the editions."""
    whole = {name: [row for row in mappings.load(name) if not isinstance(row.source, StatementId)] for name in COUNTS}
    assert {name: len(rows) for name, rows in whole.items()} == COUNTS


def test_every_set_is_counted_or_editorial() -> None:
    """Every set is counted, editorial, or the references of the Guide, whose number follows from the guidance."""
    guide = "uk-ai-cop@2025-01--cited-documents@2025-01.guide"
    assert set(SETS) == {*COUNTS, *EDITORIAL, guide}
    named = {
        (item.id.number, reference.document)
        for item in load("uk-ai-cop").values()
        if item.guidance
        for reference in item.guidance.references
    }
    assert len(mappings.load(guide)) == len(named)


def test_every_file_is_registered() -> None:
    """Every file is registered, and every registered set can be loaded."""
    assert {path.name.removesuffix(".tsv") for path in FILES.iterdir()} <= set(SETS)
    for name in SETS:
        assert mappings.load(name)


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_a_shipped_file_is_valid(path: Path) -> None:
    """A shipped file passes the checks for users' files, and reads as the same rows."""
    item = SETS[path.name.removesuffix(".tsv")]
    with path.open(encoding="utf-8", newline="") as table:
        header = next(csv.reader(table, delimiter="\t"))
    confident = {row.confidence for row in mappings.load(item.name) if row.confidence is not None}
    facts: dict[str, Any] = {"author": item.author, "date": item.date, "basis": item.basis.value}
    shared = {"rationale": mappings.load(item.name)[0].rationale or "", "confidence": str(min(confident))}
    read = loads(path, **facts | shared)
    assert {(row.source, row.target, row.predicate) for row in read} == {
        (row.source, row.target, row.predicate) for row in mappings.load(item.name)
    }
    assert {row.source_edition for row in read} == {item.source}
    assert {row.target.edition for row in read if row.target} == {item.target}
    assert header[0] == "source"


@pytest.mark.parametrize("name", SETS)
def test_every_row_has_author_rationale_and_confidence(name: str) -> None:
    """Every row has rationale, basis, confidence, author, date and current digests, and its ids exist."""
    rows = mappings.load(name)
    for row in rows:
        assert row.rationale
        assert row.author == SETS[name].author
        assert row.basis is SETS[name].basis
        assert row.confidence is not None
        assert 0 <= row.confidence <= 10
        assert row.date == SETS[name].date
        assert (row.source_digest is None) == (row.source is None)
        assert (row.target_digest is None) == (row.target is None)
    ends = SETS[name].source, SETS[name].target
    found = crosswalk(*ends)
    assert found.suspects() == ()
    for row in rows:
        for key, framework in ((row.source, found.source), (row.target, found.target)):
            assert key is None or all(one in framework for one in members_of(key))
    assert len({(row.source, row.target) for row in rows}) == len(rows)


def test_published_means_that_somebody_else_published_it() -> None:
    """What aicop's editors wrote is editorial, and what the Guide or another publisher states is not theirs."""
    ours = {name for name, item in SETS.items() if item.author == "aicop editors"}
    assert ours == {*EDITORIAL, *COMPARED}
    assert {name for name, item in SETS.items() if item.basis is MappingBasis.EDITORIAL} == ours


def test_the_amended_act_is_reached_through_the_act_of_2024() -> None:
    """Each row of the Code into the Act leads on to where its provision is now, as strong as before."""
    moved = {row.source: row for row in mappings.load("eu-ai-act@2024--eu-ai-act@2026-07")}
    act = frameworks.load("eu-ai-act@2024")
    # Left out: changed articles and annexes without parts in the list, and the chapters around changed articles.
    left = {key for key in act if key not in moved}
    assert {act[key].kind for key in left} == {"chapter", "article", "annex"}
    assert all(act[key].amended for key in left if act[key].kind != "chapter")
    there = crosswalk("uk-ai-cop", "eu-ai-act@2026-07", via="eu-ai-act@2024")
    assert there.claims_with_warnings() == ()
    for row in mappings.load("uk-ai-cop@2025-01--eu-ai-act@2024"):
        if row.source is not None and row.target is not None:
            onward = moved[row.target]
            assert onward.predicate is Predicate.EQUAL
            assert onward.target is not None
            assert (row.target.local == onward.target.local) is not row.target.local.startswith("Art.10(5)")
            [claim] = there.claims_between(row.source, onward.target)
            assert (claim.says, claim.strength) == (row.predicate.value, row.strength)


def test_every_editorial_crosswalk_has_a_method() -> None:
    """The nine editorial crosswalks each have a page that describes how they were judged."""
    for name in EDITORIAL:
        method = SETS[name].method
        assert method is not None
        assert (ROOT / method).is_file()


@pytest.mark.parametrize("name", EDITORIAL)
def test_an_editorial_crosswalk_accounts_for_all_provisions(name: str) -> None:
    """Each of the 72 provisions is related to something or has a not-found row, and never both."""
    rows = [row for row in mappings.load(name) if row.source is not None]
    provisions = {str(item.id.number) for item in load("uk-ai-cop").values()}
    unrelated = {Predicate.NOTHING, Predicate.NONE}
    related = {str(row.source).partition(":")[2].partition("#")[0] for row in rows if row.predicate not in unrelated}
    unfound = {str(row.source).partition(":")[2] for row in rows if row.predicate is Predicate.NOTHING}
    assert related | unfound == provisions
    assert not related & unfound
    report = crosswalk(SETS[name].source, SETS[name].target).coverage()
    assert sum(report.counts.values()) == 72
    assert not report.of(Coverage.UNSEEN)
    assert not report.of(Coverage.OPEN)


@pytest.mark.parametrize("name", EDITORIAL)
def test_editorial_rows_keep_the_rules_of_the_procedure(name: str) -> None:
    """At most four controls per provision, distinct rationales, and confidence within what the evidence allows."""
    rows = mappings.load(name)
    related = [row for row in rows if row.predicate not in {Predicate.NOTHING, Predicate.NONE}]
    for provision in {str(row.source).partition("#")[0] for row in related}:
        single = [row for row in related if not isinstance(row.target, JointId)]
        assert len({row.target for row in single if str(row.source).partition("#")[0] == provision}) <= 4
    assert len({row.rationale for row in rows}) == len(rows)
    most = {Knowledge.TEXT: 10, Knowledge.CONTENT: 7, Knowledge.TITLE: 5}
    for row in rows:
        assert (row.strength is None) == (row.source is None)
        assert row.knowledge is not None
        assert row.confidence is not None
        assert row.rationale is not None
        assert row.confidence <= most[row.knowledge] or not SETS[name].target.document.startswith("iso-iec")
        assert bool(row.remainder) == (0 < (row.strength or 0) < 10)
        assert bool(row.reverse_remainder) == (0 < (row.reverse_strength or 0) < 10)
        assert 40 <= len(row.rationale) <= 500
    if "owasp" in name:
        assert {row.predicate for row in rows} == {Predicate.MITIGATES, Predicate.NOTHING}


# Words that have a meaning only in one direction, or only for readers of the method.
PRIVATE = re.compile(r"\b(?:target|forward|backward|limb|R[1-8]|judge [AB])\b", re.IGNORECASE)
MOST_PROVISIONS = 8


@pytest.mark.parametrize("name", EDITORIAL)
def test_editorial_rationales_are_sentences_that_hold_in_both_directions(name: str) -> None:
    """A rationale is made of whole sentences, and neither names a direction nor refers to the method."""
    for row in mappings.load(name):
        said = row.rationale or ""
        assert not PRIVATE.search(said), said
        assert said[0].isupper() or said[0].isdigit(), said
        assert said.endswith("."), said
        settled = row.settlement or ""
        assert not re.search(r"\bR[1-8]\b", settled), settled


@pytest.mark.parametrize("name", [name for name in EDITORIAL if "owasp" not in name])
def test_no_control_is_mapped_from_more_provisions_than_the_method_allows(name: str) -> None:
    """At most eight provisions per control; a risk has no such limit, since each link names a way of its own."""
    provisions: dict[str, set[str]] = {}
    for row in mappings.load(name):
        if row.predicate not in {Predicate.NOTHING, Predicate.NONE} and not isinstance(row.target, JointId):
            provisions.setdefault(str(row.target), set()).add(str(row.source).partition("#")[0])
    assert max(map(len, provisions.values())) <= MOST_PROVISIONS


def _of_kinds(*kinds: str) -> Callable[[Framework], list[Key]]:
    return lambda framework: [item.id for item in framework.controls if item.kind in kinds]


def _leaves(framework: Framework) -> list[Key]:
    return [item.id for item in framework.controls if not framework.children(item.id)]


def _clauses_and_controls(framework: Framework) -> list[Key]:
    """Return the controls of Annex A, and the clauses without clauses below them."""
    kinds = {"clause", "control"}
    return [
        item.id
        for item in framework.controls
        if item.kind in kinds and not any(below.kind in kinds for below in framework.children(item.id))
    ]


def _judged_articles(framework: Framework) -> list[Key]:
    """Return the paragraphs and points of the articles on systems, models, providers and deployers."""
    judged = {9, 10, 11, 12, 13, 14, 15, 16, 17, 26, 50, 53, 55, 72, 73}
    found = ((re.match(r"Art\.([0-9]+)", item.id.local), item.id) for item in framework.controls)
    return [key for match, key in found if match and int(match[1]) in judged]


# The controls in question, by framework; the method pages name them.
CONTROLS: dict[str, Callable[[Framework], list[Key]]] = {
    "iso-iec-27001": _clauses_and_controls,
    "iso-iec-42001": _leaves,
    "nist-csf": _of_kinds("subcategory"),
    "nist-ai-rmf": _of_kinds("subcategory"),
    "mitre-atlas": _of_kinds("mitigation"),
    "eu-ai-act": _judged_articles,
}


def _near(framework: Framework, control: Key) -> set[Key]:
    """Return a control, all that it is a part of, and all its parts."""
    found = {control}
    above = framework[control].parent
    while above is not None:
        found.add(above)
        above = framework[above].parent
    below = [control]
    while below:
        parts = [item.id for item in framework.children(below.pop())]
        found.update(parts)
        below += parts
    return found


@pytest.mark.parametrize("name", [name for name in EDITORIAL if "owasp" not in name])
def test_an_editorial_crosswalk_accounts_for_all_controls(name: str) -> None:
    """Every row states both strengths, and every control in question is related to something or has a not-found row."""
    rows = mappings.load(name)
    for row in rows:
        assert row.source is None or row.target is None or row.reverse_strength is not None
    related = {
        one
        for row in rows
        if row.source is not None and row.target is not None and row.predicate is not Predicate.NONE
        for one in members_of(row.target)
    }
    unfound = {row.target for row in rows if row.source is None}
    assert not related & unfound
    framework = frameworks.load(SETS[name].target)
    for control in CONTROLS[SETS[name].target.document](framework):
        # A part or the whole of it may have a row instead.
        assert _near(framework, control) & (related | unfound), control


# What the rulings decided: (provision, target), and whether the pair is mapped.
RULINGS = [
    # Analysing logs presupposes that they exist.
    ("12.1", "iso-iec-42001@2023:A.6.2.8", True),
    ("12.2", "iso-iec-42001@2023:A.6.2.8", False),
    ("12.1", "eu-ai-act@2024:Art.12(1)", True),
    ("12.2", "eu-ai-act@2024:Art.12(1)", False),
    ("12.1", "mitre-atlas@2026.07:AML.M0024", True),
    ("12.2", "mitre-atlas@2026.07:AML.M0024", False),
    # A new test after a major update is an assessed change.
    ("11.2", "eu-ai-act@2024:Art.9(8)", True),
    ("11.2", "iso-iec-42001@2023:8.2", True),
    ("11.2", "nist-ai-rmf@1.0:MANAGE 4.1", True),
    ("7.4", "nist-ai-rmf@1.0:MANAGE 4.1", False),
    ("7.4", "nist-ai-rmf@1.0:MANAGE 4.2", True),
    # All three put the sources of training data on record.
    *((number, "iso-iec-42001@2023:A.7.3", True) for number in ("8.1.1", "8.2", "8.2.1")),
    *((number, "iso-iec-42001@2023:A.7.5", True) for number in ("8.1.1", "8.2", "8.2.1")),
    *((number, "eu-ai-act@2024:Art.10(2)(b)", True) for number in ("8.1.1", "8.2", "8.2.1")),
    *((number, "mitre-atlas@2026.07:AML.M0025", True) for number in ("8.1.1", "8.2", "8.2.1")),
    *((number, "nist-ai-rmf@1.0:MAP 2.3", True) for number in ("8.1.1", "8.2", "8.2.1")),
    # Training and documents mitigate nothing by themselves.
    ("1.2.2", "owasp-llm-top10@2025:LLM05:2025", False),
    ("1.2.2", "owasp-llm-top10@2026:LLM10:2026", False),
    ("1.2.2", "owasp-agentic-top10@2026:ASI05", False),
    ("7.2", "owasp-llm-top10@2025:LLM03:2025", False),
    ("7.2", "owasp-agentic-top10@2026:ASI04", False),
    # The entry names training of overseers as a remedy.
    ("1.1", "owasp-agentic-top10@2026:ASI09", True),
]


@pytest.mark.parametrize(("provision", "target", "mapped"), RULINGS)
def test_like_cases_get_like_answers(provision: str, target: str, *, mapped: bool) -> None:
    """The rulings of the sweep by control hold in every framework."""
    found = {
        str(row.source).partition(":")[2].partition("#")[0]
        for row in mappings.load(f"uk-ai-cop@2025-01--{target.partition(':')[0]}")
        if str(row.target) == target and row.predicate not in {Predicate.NOTHING, Predicate.NONE}
    }
    assert (provision in found) is mapped


def test_what_a_wider_control_contains_is_a_subset() -> None:
    """Two provisions are contained in the Act, one of them in an article as a whole; the close cases are not."""
    rows = mappings.load("uk-ai-cop@2025-01--eu-ai-act@2024")
    subsets = {(str(row.source), str(row.target)) for row in rows if row.predicate is Predicate.SUBSET}
    assert subsets == {
        ("uk-ai-cop@2025-01:2.2", "eu-ai-act@2024:Art.15"),
        ("uk-ai-cop@2025-01:4.1", "eu-ai-act@2024:Art.14(1)"),
    }
    near = {
        (str(row.source).partition(":")[2], row.target.local): row.strength
        for row in rows
        if row.target and row.strength in {8, 9}
    }
    assert near == {
        ("10.2.1", "Art.13(3)(b)"): 9,
        ("8.2", "Art.11(1)"): 8,
        ("8.2", "Art.53(1)(a)"): 8,
        ("12.4", "Art.72(2)"): 8,
    }


def test_shipped_mappings_are_consistent() -> None:
    """No two authors contradict each other, even through hierarchies."""
    assert find_contradictions() == ()


def _pairs(name: str) -> set[tuple[str, str]]:
    """Return the pairs of a file, read with the csv module alone."""
    with (FILES / f"{name}.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t")
        return {(row["source"], row["target"]) for row in rows}


def test_a_chain_of_untyped_pairs_claims_nothing() -> None:
    """A naive join claims 722 pairs, of which the direct map has 125; the composition says that nothing is known."""
    first, second = _pairs("nist-csf@2.0--nist-sp-800-53@5.2.0"), _pairs("nist-sp-800-53@5.2.0--iso-iec-27001@2022")
    joined = {(one, last) for one, middle in first for other, last in second if middle == other}
    direct = {pair for pair in _pairs("nist-csf@2.0--iso-iec-27001@2022") if ":A." in pair[1]}
    assert (len(joined), len(direct), len(joined & direct)) == (722, 244, 125)
    assert len({one for one, _ in joined}) == 98
    chain = crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53")
    found = {(str(claim.source), str(claim.target)) for claim in chain.claims()}
    # One subcategory is mapped to whole families of SP 800-53, whose controls are mapped further.
    assert joined < found
    assert {one for one, _ in found - joined} == {"nist-csf@2.0:PR.IR-03"}
    assert all(claim.relations is not None and claim.relations.nothing_known for claim in chain.claims())


def test_a_chain_over_the_framework_of_nist_denies_nothing_that_is_certain() -> None:
    """Of the Code through the CSF to ISO/IEC 27001, four pairs overlap for certain; the direct set denies none of them."""
    direct = crosswalk("uk-ai-cop", "iso-iec-27001", via=())
    chain = crosswalk("uk-ai-cop", "iso-iec-27001", via="nist-csf")
    certain = [claim for claim in chain.claims() if claim.relations is not None and claim.relations.overlap_is_certain]
    # What follows from the three rows in which a provision contains an outcome that NIST relates to a control.
    assert {(str(claim.source).partition(":")[2], claim.target.local) for claim in certain if claim.target} == {
        ("2.7#1", "A.5.19"),
        ("2.7#1", "A.5.20"),
        ("2.7#1", "A.5.22"),
        ("5.1", "A.5.9"),
    }
    said = {
        (claim.source, claim.target): [one.says for one in direct.claims_between(claim.source, claim.target)]
        for claim in certain
        if claim.source and claim.target
    }
    assert len(said) == len(certain) == 4
    assert sorted(said.values()) == [[], [], ["intersects-with"], ["intersects-with"]]
    assert chain.combine(direct).contradictory_claims() == ()


def test_composition_does_not_contradict_the_direct_map() -> None:
    """Combining the composition with the direct map gives no contradiction."""
    direct = crosswalk("nist-csf", "iso-iec-27001")
    chain = crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53")
    assert direct.combine(chain).contradictory_claims() == ()


def test_the_european_standard_inherits_the_codes_mappings() -> None:
    """Equal provisions have the same relationships, and nothing is certain for those whose scope changed."""
    for target in JUDGED:
        own, through = crosswalk("uk-ai-cop", target), crosswalk("etsi-en-304-223", target, via="uk-ai-cop")
        for row in compare("uk-ai-cop", "etsi-en-304-223").provisions:
            assert row.old is not None
            assert row.new is not None
            # What is mapped from a statement reaches the other edition through its provision.
            levels = own.at_level(source=["provision", "sub-provision"])
            here = {claim.target: claim.relations for claim in levels[row.old] if claim.relations}
            there = {claim.target: claim.relations for claim in through[row.new] if claim.relations}
            if {Change.REFERENCE, Change.SCOPE, Change.UNKNOWN}.isdisjoint(row.changes):
                assert there == {target: here[target] for target in there}
                assert there.keys() >= {claim.target for claim in own[row.old] if claim.relations}
            else:
                assert there.keys() <= here.keys()
                assert all(relations.certain is None for relations in there.values())


def test_equal_provisions_of_the_standard_are_covered_like_the_codes() -> None:
    """Equal provisions of the standard have the same class of coverage as those of the Code."""
    comparison = compare("uk-ai-cop", "etsi-en-304-223").provisions
    for target in JUDGED:
        own = dict(crosswalk("uk-ai-cop", target).coverage().items)
        through = dict(crosswalk("etsi-en-304-223", target, via="uk-ai-cop").coverage().items)
        for row in comparison:
            assert row.old is not None
            assert row.new is not None
            if {Change.REFERENCE, Change.SCOPE, Change.UNKNOWN}.isdisjoint(row.changes):
                assert through[row.new] is own[row.old]


def test_frameworks_of_the_sets_ship() -> None:
    """Both frameworks of every set ship."""
    for item in SETS.values():
        assert frameworks.load(item.source).id == item.source
        assert frameworks.load(item.target).id == item.target
