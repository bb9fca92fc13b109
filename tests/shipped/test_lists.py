"""The shipped frameworks, checked against counts made in the publications."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from aicop import editions
from aicop import load as load_edition
from aicop.errors import InvalidDocument
from aicop.frameworks import available, load
from aicop.ids import ControlId
from aicop.keys import parse
from aicop.keys.control_index import control_index, fold, rows_of
from aicop.manifest import framework_entries
from aicop.schema.check import check_object
from aicop.schema.check_table import check_table
from aicop.schema.framework import FrameworksSchema, ListedControlSchema
from aicop.vocabulary import FrameworkStatus, LicenceClass, Nature

DATA = Path(__file__).parent.parent.parent / "data" / "frameworks"
EDITIONS = [str(item.id) for item in available()]

COUNTS = {
    "nist-ai-rmf@1.0": {"function": 4, "category": 19, "subcategory": 72},
    "nist-ai-600-1@2024-07": {"group": 1, "risk": 12, "ai_rmf_subcategory": 49, "suggested_action": 212},
    "nist-csf@2.0": {"function": 6, "category": 22, "subcategory": 106},
    "nist-sp-800-53@5.2.0": {"family": 20, "control": 300, "enhancement": 714},
    "nist-ssdf@1.1": {"group": 4, "practice": 19, "task": 42},
    "nist-ssdf@1.2-ipd": {"group": 4, "practice": 21, "task": 49},
    "nist-sp-800-218a@2024-07": {"group": 4, "practice": 20, "task": 48},
    "nist-ir-8596@2025-12-iprd": {"focus_area": 3, "function": 6, "category": 22, "subcategory": 106},
    "nist-ai-100-2@2025": {"objective": 5, "attack": 23},
    "iso-iec-42001@2023": {"clause": 43, "objective": 11, "control": 38},
    "iso-iec-27001@2022": {"clause": 41, "item": 3, "theme": 4, "control": 93},
    "iso-iec-22989@2022": {"stage": 8, "role": 10},
    "owasp-llm-top10@2026": {"risk": 10},
    "owasp-llm-top10@2025": {"risk": 10},
    "owasp-agentic-top10@2026": {"risk": 10},
    "owasp-ml-top10@2023": {"risk": 10},
    "owasp-aisvs@1.0": {"chapter": 12, "section": 44, "requirement": 191},
    "owasp-ai-exchange@2026-08-22": {
        "group": 4,
        "control_group": 3,
        "control": 55,
        "threat_group": 8,
        "threat": 25,
    },
    "mitre-atlas@2026.07": {"tactic": 16, "technique": 101, "subtechnique": 77, "mitigation": 37},
    "mitre-atlas@5.6.1": {"mitigation": 35, "technique": 46, "subtechnique": 29},
    "mitre-atlas@5.0.1": {"mitigation": 14, "technique": 20, "subtechnique": 8},
    "eu-ai-act@2024": {"chapter": 13, "article": 113, "paragraph": 83, "point": 62, "annex": 13, "role": 6},
    "eu-ai-act@2026-07": {"chapter": 13, "article": 119, "paragraph": 84, "point": 64, "annex": 14, "role": 6},
    "eu-cra@2024": {"annex": 2, "part": 2, "requirement": 23, "item": 9, "article": 4},
    "ncsc-guidelines-secure-ai@2023": {"section": 4, "guideline": 17},
    "ncsc-caf@4.0": {"objective": 4, "principle": 14, "contributing_outcome": 41},
    "cyber-essentials@3.3": {"technical_control": 5},
    "uk-software-security-cop@2025": {"theme": 4, "principle": 14},
    "uk-cyber-governance-cop@2025": {"principle": 5, "action": 22},
    "etsi-en-303-645@3.1.3": {"clause": 15, "provision": 78},
    "google-saif@2025": {"group": 2, "risk": 15, "control": 23},
    "cosai-risk-map@2026-08-19": {"control_category": 6, "risk": 36, "control": 35, "persona": 10},
    "stride@1999": {"threat_category": 6},
    "bsi-aic4@2021": {"area": 8, "criterion": 40},
    "anssi-genai@1.0": {"section": 9, "recommendation": 35},
    "singapore-csa-ai@2024": {"stage": 5, "guideline": 14},
    "cisa-deploying-ai-securely@2024": {"section": 3, "practice": 15},
    "cisa-ai-data-security@2025": {"best_practice": 10},
    "cited-documents@2025-01": {"document": 143, "part": 3},
}


def test_the_counts_are_those_of_the_publications() -> None:
    """Elements per kind are as counted in the publications, without withdrawn ones."""
    assert {key: dict(Counter(item.kind for item in load(key).controls)) for key in EDITIONS} == COUNTS


def test_every_list_has_its_file_and_every_file_its_list() -> None:
    """Every registered list has a file, and every file is registered."""
    assert {path.name for path in DATA.iterdir()} == {f"{key}.tsv" for key in EDITIONS}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_list_is_valid(edition: str) -> None:
    """The file is valid, ids are unique in any spelling, parents and replacements exist, and kinds have a nature."""
    name = f"{edition}.tsv"
    assert check_table(ListedControlSchema, (DATA / name).read_bytes(), name)
    entry = next(item for item in framework_entries() if str(item.id) == edition)
    rows = rows_of(entry.id)
    ids = {row["id"] for row in rows}
    assert len({fold(row["id"]) for row in rows}) == len(rows)
    assert {row["parent"] for row in rows} - {""} <= ids
    assert set(entry.data["natures"]) == {row["kind"] for row in rows} >= set(entry.data.get("apart", ()))
    mixed = {item.kind for item in load(edition).controls if item.nature is Nature.HEADING}
    assert mixed <= {"group"}
    for row in rows:
        assert {heir for heir in (row.get("replaced_by") or "").split("; ") if heir} <= ids


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_id_can_be_parsed(edition: str) -> None:
    """Every id is parsed from its key, and from its lower-case number with the edition."""
    entry = next(item for item in framework_entries() if str(item.id) == edition)
    for name in control_index(entry.id).ids:
        key = ControlId(entry.id, name)
        assert parse(str(key)) == key
        assert ControlId.parse(str(key)) == key
        assert parse(name.lower(), edition) == key


def test_no_title_is_made_up() -> None:
    """Elements that a publication prints without a title, such as subcategories, have none."""
    assert all(item.title is None for item in load("nist-csf").controls if item.kind == "subcategory")
    assert all(item.title is None for item in load("owasp-aisvs").controls if item.kind == "requirement")
    assert all(item.title for item in load("nist-sp-800-53").controls)


def test_natures_distinguish_risks_from_requirements() -> None:
    """Elements that require nothing, such as risks, roles and stages, have a nature of their own."""
    assert {item.nature for item in load("owasp-llm-top10").controls} == {Nature.RISK}
    assert load("AI Act")["provider"].nature is Nature.ROLE
    assert load("iso-iec-22989")["retirement"].nature is Nature.STAGE
    assert load("mitre-atlas")["AML.M0005"].nature is Nature.MITIGATION
    assert load("mitre-atlas")["AML.T0051"].nature is Nature.TECHNIQUE


def test_the_amended_act_differs_where_the_amending_regulation_changed_it() -> None:
    """Ids, headings and notes of the two editions of the AI Act, as counted in the list of 43 amending points."""
    old, new = ({item.id.local: item for item in load(f"eu-ai-act@{label}").controls} for label in ("2024", "2026-07"))
    gone = ["Art.10(5)", *(f"Art.10(5)({letter})" for letter in "abcdef")]
    parts = ["(1)", *(f"(1)({letter})" for letter in "abcdef"), "(2)", "(2)(a)", "(2)(b)"]
    articles = ["Art.60a", "Art.75a", "Art.75b", "Art.75c", "Art.75d"]
    assert [key for key in old if key not in new] == gone
    assert [key for key in new if key not in old] == [
        "Art.4a",
        *(f"Art.4a{part}" for part in parts),
        *articles,
        "Annex XIV",
    ]
    assert (len(old), len(new)) == (290, 300)
    both = [key for key in new if key in old]
    assert both == [key for key in old if key in new]
    assert [key for key in both if old[key].title != new[key].title] == ["Art.75", "Art.77"]
    assert {(old[key].kind, old[key].nature) == (new[key].kind, new[key].nature) for key in both} == {True}
    # The text of the amended act is the law in force, so nothing in it has a note.
    assert load("eu-ai-act@2026-07").amended == ()
    notes = {key: item.amended for key, item in old.items() if item.amended}
    assert [
        key for key, note in notes.items() if note.startswith("Deleted by Regulation (EU) 2026/1744 since ")
    ] == gone
    changed = {key: kind for key in notes if key not in gone for kind in [old[key].kind]}
    assert Counter(changed.values()) == {"article": 36, "paragraph": 6, "annex": 2}
    assert [key for key in changed if changed[key] == "paragraph"] == [
        *("Art.10(1)", "Art.10(6)", "Art.11(1)", "Art.17(2)", "Art.50(7)", "Art.72(3)")
    ]
    assert all(notes[key].startswith("Changed by Regulation (EU) 2026/1744 since 27 July 2026") for key in changed)
    moved = {key: key.replace("Art.10(5)", "Art.4a(1)") for key in gone}
    assert {f" {home.replace('Art.', 'Article ')}." in f" {notes[key]}" for key, home in moved.items()} == {True}


def test_the_act_without_an_edition_is_the_one_that_mappings_refer_to() -> None:
    """The bare name and bare ids mean the text of 2024; an id that only the amended act has is found there."""
    assert str(load("AI Act").id) == "eu-ai-act@2024"
    assert str(parse("Art.15(4)")) == "eu-ai-act@2024:Art.15(4)"
    assert str(parse("Article 4a(1)(c)")) == "eu-ai-act@2026-07:Art.4a(1)(c)"
    assert str(parse("EU AI Act of July 2026 Art.15(4)")) == "eu-ai-act@2026-07:Art.15(4)"
    listed = {str(item.id): item.status for item in available()}
    assert (listed["eu-ai-act@2024"], listed["eu-ai-act@2026-07"]) == ("superseded", "current")


def test_every_current_edition_has_the_day_on_which_it_was_checked() -> None:
    """No day is later than the newest reading of a source, and nothing else claims to have been checked."""
    listed = [*((item.status.value, item.checked) for item in available())]
    listed += ((item.status.value, item.checked) for item in (load_edition(one).edition for one in editions()))
    alive = {FrameworkStatus.CURRENT.value, FrameworkStatus.LIVING.value}
    days = [day for status, day in listed if status in alive]
    assert {day for status, day in listed if status not in alive} == {None}
    folder = DATA.parent
    read = {
        day
        for path in (*folder.glob("*.json"), *folder.glob("editions/*.json"), *folder.glob("guidance/*.json"))
        for day in re.findall(r'"read": "([0-9-]{10})"', path.read_text(encoding="utf-8"))
    }
    assert all(day is not None and day in read for day in days)
    # The day is that on which the source of the list was read: nobody looks for an edition without reading something.
    assert {
        str(item.id) for item in available() if item.checked not in {None, item.source and item.source.read}
    } == set()


def test_a_status_without_its_day_is_refused() -> None:
    """The file of frameworks needs a day for what is current or living, and only for that."""
    name = "frameworks.json"
    entries = json.loads((DATA.parent / name).read_text(encoding="utf-8"))["frameworks"]
    for fields in ({"status": "current", "checked": None}, {"status": "superseded"}, {"status": "draft"}):
        wrong = {"frameworks": [{k: v for k, v in (entries[0] | fields).items() if v is not None}]}
        with pytest.raises(InvalidDocument) as caught:
            check_object(FrameworksSchema, wrong, name)
        [fault] = caught.value.faults
        assert fault.problem.endswith(
            "the day on which it was checked with the status current or living, and with no other"
        )


def test_frameworks_are_listed_with_their_licence() -> None:
    """Frameworks of every class of licence ship, and drafts are marked as drafts."""
    listed = {str(item.id): item for item in available()}
    assert {item.licence_class for item in listed.values()} == set(LicenceClass)
    drafts = {key for key, item in listed.items() if item.status is FrameworkStatus.DRAFT}
    assert drafts == {"nist-ssdf@1.2-ipd", "nist-ir-8596@2025-12-iprd", "owasp-ml-top10@2023"}
