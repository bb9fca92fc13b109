"""The data of a page: what is in it, what is left out, and that its figures are those of the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

from aicop.assessment import Assessment, FileState, load, next_steps
from aicop.catalogue import load as load_edition
from aicop.catalogue import loads as loads_edition
from aicop.catalogue import responsibility_matrix
from aicop.frameworks import loads
from aicop.library.library import Library
from aicop.mappings import loads as loads_mappings
from aicop.report.explorer.data import choose, page_data
from aicop.vocabulary import Role
from tests.examples import mini_edition

ACME = Library.open(Path(__file__).parents[3] / "docs" / "examples" / "acme")
CODE = "uk-ai-cop@2025-01"
DAY = "2026-11-30"


def page(library: Library | None = None, **options: Any) -> dict[str, Any]:  # noqa: ANN401 -- the options of a page
    """Return the data of a page with these options."""
    every: dict[str, Any] = {"editions": None, "frameworks": None, "assessments": (), "on": None}
    every |= {"evidence": False, "wording": ()} | options
    return page_data(choose(Library() if library is None else library, **every))


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """Return the data of the page of everything that ships."""
    return page()


def text(data: dict[str, Any], place: int | None) -> str | None:
    """Return the text at a place."""
    return None if place is None else data["texts"][place]


def test_provisions_are_those_of_the_edition(whole: dict[str, Any]) -> None:
    """Provisions and statements have their keys, holders and verbs, in printed order."""
    catalogue = load_edition("uk-ai-cop")
    edition = whole["editions"][0]
    assert [item["key"] for item in edition["provisions"]] == [str(key) for key in catalogue]
    [first, *_] = catalogue["8.3"].statements
    said = next(item for item in edition["provisions"] if item["number"] == "8.3")["statements"][0]
    assert (said["key"], said["who"], said["modality"]) == (f"{CODE}:8.3#1", first.who, first.modality.value)
    guide = whole["guides"][next(item for item in edition["provisions"] if item["number"] == "8.3")["guidance"]]
    assert guide["number"] == "8.3"
    assert set(guide["threats"]) <= whole["threats"].keys()


@pytest.mark.parametrize(("source", "target"), [("uk-ai-cop", "nist-csf"), ("etsi-en-304-223", "owasp-llm-top10@2025")])
def test_claims_are_those_of_the_crosswalk(whole: dict[str, Any], source: str, target: str) -> None:
    """Each claim has its words in both directions, its figures, and its paths over mappings."""
    walk = Library().crosswalk(source, target)
    ends = str(walk.source.id), str(walk.target.id)
    [row] = [item for item in whole["crosswalks"] if (item["source"], item["target"]) == ends]
    found = [
        (
            *(text(whole, place) for place in claim[:4]),
            *claim[4:7],
            *(text(whole, place) for place in claim[8:10]),
            claim[11],
        )
        for claim in row["claims"]
    ]
    back = {(claim.target, claim.source): claim.says for claim in walk.inverse().claims()}
    assert found == [
        (
            None if claim.source is None else str(claim.source),
            None if claim.target is None else str(claim.target),
            claim.says,
            back[claim.source, claim.target],
            claim.strength,
            claim.reverse_strength,
            claim.confidence,
            claim.remainder,
            claim.reverse_remainder,
            len(claim.paths),
        )
        for claim in walk.claims()
    ]
    for report, known in zip(row["coverage"], (walk.coverage(), walk.inverse().coverage()), strict=True):
        assert report["counts"] == {name.value: count for name, count in known.counts.items()}
    rationales = {item.rationale for item in walk.mappings}
    steps = [step for claim in row["claims"] for path in claim[10] for step in path if isinstance(step, int)]
    used = [whole["mappings"][~step if step < 0 else step] for step in steps]
    assert {text(whole, item[10]) for item in used} <= rationales


def test_links_read_differently_in_reverse(whole: dict[str, Any]) -> None:
    """A measure mitigates a risk, which is mitigated by the measure."""
    [row] = [
        item for item in whole["crosswalks"] if item["target"] == "owasp-llm-top10@2025" and item["source"] == CODE
    ]
    words = {(text(whole, claim[2]), text(whole, claim[3])) for claim in row["claims"]}
    assert ("mitigates", "is mitigated by") in words


def test_the_matrix_is_that_of_the_api(whole: dict[str, Any]) -> None:
    """The cells of the responsibility matrix are those of the API."""
    rows = responsibility_matrix(load_edition("uk-ai-cop")).rows
    found = whole["matrices"][0]["rows"]
    assert [row["words"] for row in found] == [[list(row.words(role)) for role in Role] for row in rows]
    assert [row["others"] for row in found] == [list(row.other_words) for row in rows]


def test_lineages_read_in_both_directions(whole: dict[str, Any]) -> None:
    """A row of a lineage has its changes and notes."""
    [found] = [item for item in whole["lineages"] if (item["old"], item["new"]) == (CODE, "etsi-en-304-223@2.1.1")]
    known = Library().compare("uk-ai-cop", "etsi-en-304-223")
    assert found["counts"] == {"rows": len(known.rows), "changed": len(known.changed), "review": len(known.review)}
    assert [row[4] and whole["texts"][row[4]] for row in found["rows"]] == [row.note for row in known.rows]


def test_editions_without_a_lineage_are_not_compared() -> None:
    """An edition of one's own that no lineage connects has no comparison."""
    library = Library().with_edition(loads_edition(mini_edition()))
    data = page(library, editions=["uk-ai-cop", "mini-code"], frameworks=[])
    assert data["lineages"] == []
    assert [item["key"] for item in data["editions"]] == [CODE, "mini-code@1"]


def test_wording_of_your_own_is_left_out_unless_it_is_named() -> None:
    """The words of elements of your frameworks are shown only if the framework is named; titles always are."""
    rows = [
        {"id": "A-1", "kind": "control", "nature": "requirement", "title": "One", "words": "Secret words."},
        {"id": "A-2", "kind": "control", "nature": "requirement", "title": "Two"},
    ]
    library = Library().with_framework(loads(rows, framework="mine", edition="1", title="Mine"))
    without = page(library, editions=[], frameworks=["mine"])
    named = page(library, editions=[], frameworks=["mine"], wording=["mine"])
    assert [item[4:6] for item in without["frameworks"][0]["elements"]] == [["One", None], ["Two", None]]
    assert [item[4:6] for item in named["frameworks"][0]["elements"]] == [["One", "Secret words."], ["Two", None]]
    assert "the wording of 1 element of mine@1" in without["left_out"]
    assert "the wording" not in str(named["left_out"])


def test_a_framework_without_words_leaves_none_out() -> None:
    """Nothing is said of wording that does not exist."""
    rows = [{"id": "A-1", "kind": "control", "nature": "requirement", "title": "One"}]
    library = Library().with_framework(loads(rows, framework="mine", edition="1", title="Mine"))
    assert "wording" not in str(page(library, editions=[], frameworks=["mine"])["left_out"])


def test_parts_of_frameworks_are_steps_of_paths() -> None:
    """A derived claim that leads over a part and its whole says so."""
    data = page(editions=["etsi-en-304-223"], frameworks=["owasp-llm-top10@2025", "owasp-llm-top10@2026"])
    steps = [step for row in data["crosswalks"] for claim in row["claims"] for path in claim[10] for step in path]
    parts = [step for step in steps if isinstance(step, list)]
    assert parts
    assert all(text(data, one) and text(data, other) for one, other, _ in parts)


def test_warnings_follow_a_claim() -> None:
    """A claim about a text that was changed later has its warnings."""
    data = page(editions=["uk-ai-cop"], frameworks=["eu-ai-act@2024"])
    warned = [claim for claim in data["crosswalks"][0]["claims"] if len(claim) > 12]
    assert len(warned) == len(Library().crosswalk("uk-ai-cop", "eu-ai-act@2024").claims_with_warnings())


def test_sets_count_what_is_known_of_their_rows() -> None:
    """A set says how many rows state a confidence, and which; sets of others are left out."""
    data = page(editions=["uk-ai-cop"], frameworks=["nist-csf"])
    [found] = [item for item in data["sets"] if item is not None]
    rows = Library().mappings(found["name"])
    assert sum(found["confidence"].values()) == found["rows"] == len(rows)
    assert found["settled"] == sum(row.settlement is not None for row in rows)
    assert len(data["sets"]) == len(Library().mapping_sets())


def test_mappings_of_your_own_are_there() -> None:
    """Mappings of your own have no author who is known to aicop, and are shown like others."""
    rows = [{"source": "mine:A-1", "relationship": "subset-of", "target": "uk-ai-cop:5.1", "rationale": "Same.",
             "confidence": "7", "author": "me", "date": "2026-11-30"}]  # fmt: skip
    framework = loads(
        [{"id": "A-1", "kind": "control", "nature": "requirement"}], framework="mine", edition="1", title="Mine"
    )
    library = Library().with_framework(framework)
    library = library.with_mappings(loads_mappings(rows, frameworks=[framework]))
    data = page(library, editions=["uk-ai-cop"], frameworks=["mine"])
    [row] = data["mappings"]
    assert (text(data, row[0]), row[1], row[6], text(data, row[13])) == ("mine@1:A-1", "subset-of", "own", "me")


@pytest.fixture(scope="module")
def chat() -> Assessment:
    """Return the assessment of the example library."""
    return load(ACME, "chat-assistant")


def small(chat: Assessment, **options: Any) -> dict[str, Any]:  # noqa: ANN401 -- the options of a page
    """Return the data of an assessment on a page."""
    [found] = page(ACME, editions=[], frameworks=[], assessments=[chat], on=DAY, **options)["assessments"]
    assert isinstance(found, dict)
    return found


def test_status_is_that_of_the_api(chat: Assessment) -> None:
    """Units, states and next steps of a page are those of the API at the date."""
    found = small(chat)
    for level, units in found["status"].items():
        known = chat.status(DAY, level).units
        assert [(unit["key"], unit["shall"], unit["should"], unit["in_scope"]) for unit in units] == [
            (unit.key, unit.shall, unit.should, unit.in_scope) for unit in known
        ]
        assert [unit["counts"] for unit in units] == [
            {state: unit.count(state) for state in units[0]["counts"]} for unit in known
        ]
    assert [item["state"] for item in found["states"]] == [state.state.value for state in chat.states(DAY)]
    steps = next_steps(chat, DAY, graph=ACME.graph("uk-ai-cop"))
    assert [item["key"] for item in found["steps"]] == [str(step.key) for step in steps]
    assert found["on"] == DAY


def test_evidence_is_left_out_unless_it_is_named(chat: Assessment) -> None:
    """Neither the table of evidence nor a cell or reason names evidence; only its number is there."""
    without, named = small(chat), small(chat, evidence=True)
    assert without["evidence"] is None
    assert [item["id"] for item in named["evidence"]] == [item.id for item in chat.evidence]
    assert all(row["evidence"] == "" for row in without["rows"])
    data = page(ACME, editions=[], frameworks=[], assessments=[chat], on=DAY)
    assert "the evidence of 1 system" in data["left_out"]
    assert "EV-1" not in str(data)


def test_reasons_that_name_evidence_are_replaced(chat: Assessment) -> None:
    """Of the reasons that name evidence, one sentence is left, and other reasons stay."""
    [row] = [one for one in chat.verdicts if str(one.key).endswith(":5.2#1")]
    later = chat.with_verdicts([attrs.evolve(row, evidence=("EV-1",))])
    later = attrs.evolve(later, files={"EV-1": FileState.CHANGED})
    [whole] = page(ACME, editions=[], frameworks=[], assessments=[later], on="2027-06-01", evidence=True)["assessments"]
    [part] = page(ACME, editions=[], frameworks=[], assessments=[later], on="2027-06-01")["assessments"]
    reasons = [next(one["reasons"] for one in found["states"] if one["key"] == str(row.key)) for found in (whole, part)]
    assert reasons[0][0] == "The evidence EV-1 was valid until 2027-01-31."
    assert reasons[1][0] == "Evidence for it is no longer valid, has changed or is missing."
    assert "has changed" in reasons[0][1]
    assert reasons[0][2:] == reasons[1][1:] == ["The verdict was to be looked at again by 2026-11-01."]


def test_assessments_need_a_date(chat: Assessment) -> None:
    """A status is at a date, so that assessments without one are refused."""
    with pytest.raises(TypeError, match="2026-11-30"):
        page(ACME, assessments=[chat])


def test_one_text_is_a_list_of_one() -> None:
    """One edition, or one framework, needs no list."""
    several = page(editions=["uk-ai-cop"], frameworks=["stride"], wording=["stride"])
    assert page(editions="uk-ai-cop", frameworks="stride", wording="stride") == several
