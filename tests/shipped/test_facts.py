"""The shipped editions, checked against a table made from the sources and not from the data."""

from __future__ import annotations

import csv
import itertools
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from aicop import Catalogue, Modality, Role, editions, load
from aicop.catalogue.faults import edition_faults
from aicop.ids import clause_order
from aicop.schema.check import check_json
from aicop.schema.check_table import check_table
from aicop.schema.dependencies import ArtefactsSchema, DependencyRowSchema
from aicop.schema.edition import EditionSchema
from aicop.schema.framework import FrameworksSchema
from aicop.schema.guidance import GuidanceSchema, ThreatsSchema
from aicop.schema.lineage import LineageRowSchema
from aicop.schema.manifest import ManifestSchema
from aicop.schema.mapping import MappingSetsSchema
from aicop.vocabulary import Attribution, Event, Grade, MeasureKind, RemarkKind, Scenario

if TYPE_CHECKING:
    from pydantic import BaseModel

DATA = Path(__file__).parent.parent.parent / "data"
EDITIONS = [str(edition) for edition in editions()]

with (Path(__file__).parent / "expected.tsv").open(encoding="utf-8", newline="") as table:
    EXPECTED = list(csv.DictReader(table, delimiter="\t"))


@pytest.fixture(params=EDITIONS)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    """Return each shipped edition in turn."""
    return load(request.param)


# Positions of drawings are no facts; `tests/graph/test_positions.py` compares them with the graphs.
FACTS = [path for path in sorted(DATA.rglob("*.json")) if path.parent.name != "positions"]


@pytest.mark.parametrize("name", [str(path.relative_to(DATA)) for path in FACTS])
def test_every_json_file_is_valid(name: str) -> None:
    """Shipped JSON, which is trusted at run time, passes the strict checks for users' files."""
    kinds: dict[str, type[BaseModel]] = {"editions": EditionSchema, "guidance": GuidanceSchema}
    alone: dict[str, type[BaseModel]] = {
        "artefacts.json": ArtefactsSchema,
        "threats.json": ThreatsSchema,
        "mappings.json": MappingSetsSchema,
        "frameworks.json": FrameworksSchema,
        "manifest.json": ManifestSchema,
    }
    model = kinds.get(Path(name).parent.name) or alone[name]
    check_json(model, (DATA / name).read_bytes(), name)


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("editions/*.json")))
def test_every_edition_is_consistent(name: str) -> None:
    """No number is repeated or out of place, and every reference leads somewhere."""
    data = json.loads((DATA / "editions" / name).read_bytes())
    guide = data.get("guidance")
    entries = json.loads((DATA / "guidance" / f"{guide}.json").read_bytes())["entries"] if guide else ()
    assert list(edition_faults(data, name, {item["number"] for item in entries})) == []


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("lineage/*.tsv")))
def test_every_lineage_table_is_valid(name: str) -> None:
    """Each has ninety-one valid rows: thirteen principles, seventy-two provisions, and six statements."""
    assert len(check_table(LineageRowSchema, (DATA / "lineage" / name).read_bytes(), name)) == 91


def test_the_dependencies_are_valid() -> None:
    """The table of dependencies has one hundred and five valid rows."""
    content = (DATA / "dependencies" / "uk-ai-cop@2025-01.tsv").read_bytes()
    assert len(check_table(DependencyRowSchema, content, "dependencies")) == 105


# What the sentence of the duty prints as its purpose, as a condition or as its verb: a part of the statement.
IN_THE_STATEMENT = {
    ("1.1", 1): (None, "training programme"),
    ("2.3", 1): (None, "in support of data preparation, security audits and incident response"),
    ("2.6", 1): ("the AI system will interact", "these permissions have been assessed for risk"),
    ("3.2", 1): ("cannot resolve", "so that they can include them"),
    ("3.2", 2): ("cannot resolve", "so that these know of the threats"),
    ("6.2", 1): ("they offer an API", "mitigate attacks"),
    ("8.1.2", 1): ("other stakeholders", "can check that a component is genuine"),
    ("8.2.1", 1): ("training data comes from public sources", "source"),
    ("9.3", 1): (None, "as an input to testing and evaluation of their own"),
    ("11.2", 1): (None, "security testing and evaluation again, which helps to protect users"),
    ("12.1", 1): (None, "in support of security compliance"),
    ("12.2", 1): (None, "to detect anomalies"),
    ("12.4", 1): (None, "so that sudden or gradual changes"),
}
# Where another sentence, or a clause that only gives the reason, explains the duty.
REMARKS = {"1.2.1", "3.4", "5.2", "6.3", "8.2", "8.2.1", "13.1"}


def test_purposes_and_conditions_stand_in_the_statement() -> None:
    """A purpose that the sentence of a duty prints is in its action, and only what other sentences say is a remark."""
    for edition in ("uk-ai-cop", "etsi-ts-104-223", "etsi-en-304-223"):
        found = {item.guidance.number: item for item in load(edition).values() if item.guidance}
        for (number, ordinal), (condition, action) in IN_THE_STATEMENT.items():
            said = found[number].statements[ordinal - 1]
            assert action in said.action, number
            assert (condition is None) == (said.condition is None), number
            assert (condition or "") in (said.condition or ""), number
        explained = {
            number
            for number, item in found.items()
            for said in item.statements
            for remark in said.remarks
            if remark.kind is not RemarkKind.EXAMPLE
        }
        assert explained == REMARKS


def test_files_are_named_after_their_edition() -> None:
    """Files have the name of their edition and are formatted as the tools write them."""
    for path in FACTS:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
        if path.parent.name in {"editions", "guidance"}:
            assert path.stem == f"{data['document']}@{data['edition']}"
        if path.name != "manifest.json":
            assert text == json.dumps(data, indent=2, ensure_ascii=False) + "\n", path


def test_numbers_and_order(catalogue: Catalogue) -> None:
    """Each edition has seventy-two provisions in printed order, under its own numbers."""
    column = "uk" if catalogue.id.document == "uk-ai-cop" else "etsi"
    wanted = list(dict.fromkeys(row[column] for row in EXPECTED))
    assert [item.number for item in catalogue] == wanted
    assert sorted(wanted, key=clause_order) == wanted
    assert len(catalogue.principles) == 13
    assert len(catalogue.phases) == 5


def test_phases_principles_and_parents(catalogue: Catalogue) -> None:
    """Each provision has the phase, principle and parent that the sources give it."""
    column = "uk" if catalogue.id.document == "uk-ai-cop" else "etsi"
    etsi = {row["uk"]: row["etsi"] for row in EXPECTED}
    for row in EXPECTED:
        item = catalogue[row[column]]
        assert catalogue.phase(item.phase).title == row["phase"]
        assert item.principle.number == int(row["principle"])
        parent = row["parent"] if column == "uk" else etsi.get(row["parent"], "")
        assert (item.parent.number if item.parent else "") == parent


def test_statements(catalogue: Catalogue) -> None:
    """All eighty-eight statements have the verb, duty holders, attribution and counterparties of the sources."""
    column = "uk" if catalogue.id.document == "uk-ai-cop" else "etsi"
    # What is said of TS 104 223 is that of the EN; see the tests of the lineage.
    verb = "modality" if catalogue.id.document == "uk-ai-cop" else "modality_en"
    seen = 0
    for item in catalogue.values():
        rows = [row for row in EXPECTED if row[column] == item.id.number]
        assert [int(row["ordinal"]) for row in rows] == [s.ordinal for s in item.statements]
        for row, statement in zip(rows, item.statements, strict=True):
            seen += 1
            place = (item.id.number, statement.ordinal)
            assert statement.modality == row[verb], place
            assert statement.attribution == row["attribution"], place
            assert ";".join(statement.duty_holders) == row["holders"], place
            parties = sorted({other.role for other in statement.counterparties if other.role})
            wanted = row["counterparties"]
            assert ";".join(parties) == ("" if wanted == "other" else wanted), place
            assert bool(statement.counterparties) == bool(wanted), place
    assert seen == 88


@pytest.mark.parametrize(
    ("document", "counts"),
    [
        ("uk-ai-cop", {"shall": 59, "should": 28, "may": 1}),
        ("etsi-en-304-223", {"shall": 59, "should": 28, "can": 1}),
    ],
)
def test_verbs(document: str, counts: dict[str, int]) -> None:
    """The eighty-eight verbs are as counted, and the EN turns the Code's one permission into a possibility."""
    found = load(document)
    assert Counter(s.modality.value for item in found.values() for s in item.statements) == counts
    leading = Counter(item.statements[0].modality.value for item in found.values())
    assert leading == {"shall": 49, "should": 23}


# Per principle: provisions, leading shall, leading should.
PRINCIPLES = [
    *((5, 4, 1), (9, 8, 1), (7, 5, 2), (5, 1, 4), (7, 6, 1), (6, 5, 1), (6, 6, 0), (6, 3, 3), (6, 2, 4), (5, 4, 1)),
    *((4, 2, 2), (4, 1, 3), (2, 2, 0)),
]


def test_counts_per_principle_and_phase(catalogue: Catalogue) -> None:
    """Provisions and leading verbs per principle and phase are as counted in the sources."""
    found = []
    for principle in catalogue.principles:
        items = [item for item in catalogue.values() if item.principle == principle.id]
        verbs = Counter(item.statements[0].modality for item in items)
        found.append((len(items), verbs[Modality.SHALL], verbs[Modality.SHOULD]))
    assert found == PRINCIPLES
    assert [len(catalogue.select(phase=phase.id)) for phase in catalogue.phases] == [26, 31, 5, 8, 2]
    tops = [item for item in catalogue.values() if item.parent is None]
    assert (len(tops), len(catalogue) - len(tops)) == (51, 21)
    assert sum(bool(catalogue.children(item.id)) for item in tops) == 14


def test_parties(code: Catalogue) -> None:
    """Each role is the stated duty holder of as many provisions as the sources count."""
    named = Counter(
        role
        for item in code.values()
        for role in {
            holder
            for statement in item.statements
            if statement.attribution is Attribution.STATED
            for holder in statement.duty_holders
        }
    )
    assert named == {
        Role.DEVELOPER: 49,
        Role.SYSTEM_OPERATOR: 43,
        Role.DATA_CUSTODIAN: 5,
        Role.ORGANISATION: 4,
        Role.END_USER: 1,
    }


def test_provisions_without_a_named_party(code: Catalogue) -> None:
    """The six provisions that name no party are those that the sources list."""
    unnamed = [item.id.number for item in code.values() if item.statements[0].attribution is not Attribution.STATED]
    assert unnamed == ["1.1.1", "1.2.1", "2.1.1", "3.1.1", "3.2", "8.2.1"]


def test_joiners(code: Catalogue) -> None:
    """Duty holders are joined by "and/or" in three provisions, by "or" in four, and by "and" in the rest."""
    found: dict[str, list[str]] = {"and/or": [], "or": []}
    for item in code.values():
        joiner = item.statements[0].joiner
        if joiner is not None and joiner != "and":
            found[joiner].append(item.id.number)
    assert found == {"and/or": ["2.1", "4.1", "4.3"], "or": ["2.4", "2.7", "13.1", "13.2"]}


# The sources' list of conditional sentences, with differences that annotations explain: 7.2.1, 7.2.2, the second and third
# sentence of 3.2 and the first of 10.3 are read as conditional too; the first of 11.1 ("where possible") is not.
CONDITIONS = [
    *("1.2/2", "2.1/1", "2.1.1/1", "2.4/1", "2.6/1", "2.7/1", "2.7/2", "3.1.1/1", "3.1.2/1", "3.2/1", "3.2/2", "3.2/3"),
    *("3.3/1", "4.1/1", "4.3/1", "5.4.1/1", "5.4.1/2", "5.4.2/1", "6.2/1", "6.3/3", "6.6/1", "7.2/1", "7.2.1/1"),
    *(
        "7.2.2/1",
        "7.3/1",
        "7.4/1",
        "8.1.2/1",
        "8.2/1",
        "8.2.1/1",
        "8.3/2",
        "9.1/1",
        "9.2/1",
        "9.2.1/1",
        "10.1/2",
        "10.2/2",
    ),
    *("10.3/1", "12.3/1", "13.1/1", "13.2/1"),
]


def test_conditions(catalogue: Catalogue) -> None:
    """The same statements are conditional in every edition."""
    found = [
        f"{item.guidance.number}/{statement.ordinal}"
        for item in catalogue.values()
        for statement in item.statements
        if statement.condition and item.guidance
    ]
    assert found == CONDITIONS


def test_principle_lines(catalogue: Catalogue) -> None:
    """Principle 10 has no "primarily applies to" line; the others name two or three roles, principle 8 one."""
    lines = {item.id.number: item.applies_to for item in catalogue.principles}
    assert lines[10] is None
    assert lines[8] == (Role.DEVELOPER,)
    assert lines[1] == (Role.SYSTEM_OPERATOR, Role.DEVELOPER, Role.DATA_CUSTODIAN)
    assert [number for number, line in lines.items() if line and Role.DATA_CUSTODIAN in line] == [1, 5, 7]


def test_applicability_lines_do_not_decide_who_is_bound(code: Catalogue) -> None:
    """Principle 7's line names Data Custodians, whom none of it binds; 5.4 binds End-users, whom no line names."""
    assert code.select(applies_to="Data Custodian", role="Data Custodian", principle=7) == ()
    assert code.select(applies_to="End-user") == ()
    assert [match.provision.id.number for match in code.select(role="End-user")] == ["5.4"]


def test_citations(code: Catalogue, standard: Catalogue) -> None:
    """The Code has eighty-three pairs by document and the EN seventy-three; principles 10 and 13 cite nothing."""
    assert [len(item.citations) for item in code.principles] == [11, 13, 12, 4, 9, 6, 6, 6, 7, 0, 1, 10, 0]
    assert sum(len({one.document for one in item.citations}) for item in code.principles) == 83
    assert sum(len(item.citations) for item in standard.principles) == 73
    kept = [len({one.document for one in item.citations}) for item in code.principles]
    dropped = [len(one.citations) for one in standard.principles]
    assert [a - b for a, b in zip(kept, dropped, strict=True)] == [2, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0]

    assert code.principle(1).citations[7].printed == "ESLA 2023"


def test_footnotes(code: Catalogue, standard: Catalogue) -> None:
    """The Code has the markers of footnotes 5 to 8, and the EN has none."""
    assert {item.id.number: item.footnotes for item in code.values() if item.footnotes} == {
        "2.1": (5,),
        "2.4": (6,),
        "4.1": (7,),
        "10.1": (8,),
    }
    assert not any(item.footnotes for item in standard.values())


def test_pointers(standard: Catalogue) -> None:
    """The EN has two pointers, each a suspected erratum whose reading swaps their targets."""
    found = {
        item.id.number: [(p.clause, p.principle.number) for p in item.pointers]
        for item in standard.values()
        if item.pointers
    }
    assert found == {"5.2.1-4": [("5.2.3", 7)], "5.2.1-4.1": [("5.2.2", 6)]}
    for number, likely in (("5.2.1-4", "5.2.2"), ("5.2.1-4.1", "5.2.3")):
        [note] = standard[number].pointers[0].annotations
        assert note.erratum
        assert likely in note.reading


def test_suspected_errata_of_the_code(code: Catalogue) -> None:
    """Every erratum that the sources suspect is annotated on its record rather than corrected."""
    on = {item.id.number for item in code.values() if any(note.erratum for note in item.annotations)}
    assert on == {"1.1", "1.2", "1.2.1", "2.2", "3.3", "4.2", "6.3", "8.1.1", "8.2.1", "8.3", "13.1", "13.2"}
    assert [item.id.number for item in code.principles if item.annotations] == [1, 3, 7]
    assert [item.role for item in code.stakeholders if item.annotations] == [Role.AFFECTED_ENTITY]


def test_printing_slips_of_numbers_are_only_in_the_code(standard: Catalogue) -> None:
    """The EN's numbering is consistent, and it corrects the sentence of 13.1."""
    notes = [note.observation for item in standard.values() for note in item.annotations]
    assert not any("number is printed" in note or "word is missing" in note for note in notes)


def test_iso_stages(code: Catalogue, standard: Catalogue) -> None:
    """The EN's note assigns its five phases to four ISO stages; the Code has no such note."""
    stages = [phase.stage for phase in standard.phases]
    assert stages == [
        "design and development",
        "design and development",
        "deployment",
        "operation and monitoring",
        "retirement",
    ]
    assert all(phase.stage is None for phase in code.phases)


def test_clauses(standard: Catalogue) -> None:
    """Every ETSI number begins with the clause of its principle, which begins with the clause of its phase."""
    for item in standard.values():
        principle = standard.principle(item.principle)
        assert item.id.number.partition("-")[0] == principle.clause
        assert principle.clause is not None
        assert principle.clause.rpartition(".")[0] == standard.phase(item.phase).clause


def test_the_specification_says_that_it_is_inferred() -> None:
    """Thirty-three provisions of the specification are attested second-hand; the rest are inferred."""
    specification = load("etsi-ts-104-223")
    grades = Counter(item.source.grade for item in specification.values())
    assert grades == {Grade.SECOND_HAND: 33, Grade.INFERRED: 39}
    doubtful = [
        item.id.number
        for item in specification.values()
        if any(note.observation.startswith("The Code and the EN differ here") for note in item.annotations)
    ]
    assert doubtful == ["5.1.2-7", "5.2.1-4", "5.2.1-4.1", "5.2.4-3", "5.5.1-1"]


def test_dates_and_succession() -> None:
    """Dates, status and succession are those that the publications state."""
    code, specification, standard = (load(edition).edition for edition in EDITIONS)
    assert [(item.event, item.date) for item in code.dates] == [(Event.PUBLISHED, "2025-01-31")]
    assert [(item.event, item.date) for item in specification.dates] == [(Event.PUBLISHED, "2025-04")]
    assert [(item.event.name, item.date) for item in standard.dates] == [
        ("ADOPTED", "2025-12-08"),
        ("PUBLISHED", "2025-12"),
        ("ANNOUNCED_BY", "2026-03-31"),
        ("TRANSPOSED_BY", "2026-09-30"),
        ("WITHDRAWN_BY", "2026-09-30"),
    ]
    assert standard.supersedes == ("etsi-ts-104-223@1.1.1",)
    assert (code.status, specification.status, standard.status) == ("current", "superseded", "current")


def test_stakeholders_and_act_roles(catalogue: Catalogue) -> None:
    """Each edition has five stakeholders without Organisation; the EN relates two of them to roles of the AI Act."""
    assert [item.role for item in catalogue.stakeholders] == [role for role in Role if role is not Role.ORGANISATION]
    hints = {item.role: [act.role for act in item.ai_act_roles] for item in catalogue.stakeholders if item.ai_act_roles}
    if catalogue.id.document == "etsi-en-304-223":
        assert hints == {Role.DEVELOPER: ["provider"], Role.SYSTEM_OPERATOR: ["deployer", "provider"]}
    else:
        assert hints == {}


def test_terms() -> None:
    """The EN defines nineteen terms and shares eleven with the Code's fifteen; the TS was not available."""
    code, specification, standard = (load(edition).terms for edition in EDITIONS)
    assert (len(code), len(specification), len(standard)) == (15, 0, 19)
    spelt = {"sanitisation": "sanitization", "application programming interface (api)": "api"}
    shared = {spelt.get(term.name.lower(), term.name.lower()) for term in code} & {
        term.name.lower() for term in standard
    }
    assert len(shared) == 11
    assert {term.name for term in code if spelt.get(term.name.lower(), term.name.lower()) not in shared} == {
        *("Adversarial AI", "Artificial Intelligence", "Explainability", "Inference Attack"),
    }
    for terms in (code, standard):
        assert [term.name.lower() for term in terms] == sorted(term.name.lower() for term in terms)


def test_guidance_is_complete(code: Catalogue) -> None:
    """The Guide's seventy-two entries have ninety-two measures, and each has threats, pages and measures."""
    guides = [item.guidance for item in code.values() if item.guidance]
    assert [guide.number for guide in guides] == [item.number for item in code]
    assert sum(len(guide.measures) for guide in guides) == 92
    assert all(guide.threats and guide.pages and guide.threat_summary for guide in guides)
    for guide in guides:
        assert guide.measures or guide.measures_from
        assert len(set(guide.threats)) == len(guide.threats)
        for target in (guide.threats_from, guide.measures_from, guide.references_from):
            assert target is None or code.get(target)


def test_every_threat_and_kind_of_measure_is_used(code: Catalogue) -> None:
    """Every word of both vocabularies is used in the guidance."""
    guides = [item.guidance for item in code.values() if item.guidance]
    assert {threat for guide in guides for threat in guide.threats} == set(code.threats)
    assert {measure.kind for guide in guides for measure in guide.measures} == set(MeasureKind)


def test_stated_non_applicabilities(code: Catalogue) -> None:
    """The measures that the Guide calls not applicable to a scenario are exactly these."""
    stated = {
        (item.id.number, place, none.scenario)
        for item in code.values()
        if item.guidance
        for place, measure in enumerate(item.guidance.measures, start=1)
        for none in measure.not_applicable
    }
    named = {
        ("2.1", 3, Scenario.OPEN_ACCESS),
        ("3.1.2", 2, Scenario.OPEN_ACCESS),
        ("7.1", 3, Scenario.OPEN_ACCESS),
        ("5.3.1", 2, Scenario.FRAUD_DETECTION),
        ("6.2", 1, Scenario.OPEN_ACCESS),
        ("6.2", 3, Scenario.OPEN_ACCESS),
        ("8.1.2", 1, Scenario.CHATBOT),
    }
    assert stated >= named
    # The Guide says "no action taken" for these, which is recorded in the reason.
    assert stated - named == {
        ("12.3", 1, Scenario.CHATBOT),
        ("12.4", 1, Scenario.CHATBOT),
        ("12.4", 1, Scenario.OPEN_ACCESS),
    }


def test_worked_and_not_applicable_scenarios_exclude_each_other(code: Catalogue) -> None:
    """No measure has a worked example for a scenario to which it does not apply."""
    for item in code.values():
        assert item.guidance
        for measure in item.guidance.measures:
            assert not set(measure.scenarios) & {none.scenario for none in measure.not_applicable}


def test_measures_printed_in_the_wrong_row_say_where_they_fit(code: Catalogue) -> None:
    """Log analysis in 12.1 and performance metrics in 12.3 point to the provisions where they belong."""
    fits = {
        (item.id.number, place): measure.fits
        for item in code.values()
        if item.guidance
        for place, measure in enumerate(item.guidance.measures, start=1)
        if measure.fits
    }
    assert fits[("12.1", 3)] == "12.2"
    assert fits[("12.3", 3)] == "12.4"
    assert all(code.get(target) for target in fits.values())


def test_item_level_references(code: Catalogue) -> None:
    """References have the locators that the sources give, in a sample of four."""

    def locators(number: str, document: str) -> list[str | None]:
        guide = code[number].guidance
        assert guide is not None
        return [item.locator for item in guide.references if item.document == document]

    assert any("LLM03" in (text or "") for text in locators("2.4", "owasp-llm-top10"))
    assert any("Excessive Agency" in (text or "") for text in locators("2.6", "owasp-llm-top10"))
    assert any("2.3" in (text or "") for text in locators("5.1", "ncsc-ml-principles"))
    assert any("API4:2019" in (text or "") for text in locators("6.2", "owasp-api-top10"))


def test_every_record_has_a_source(catalogue: Catalogue) -> None:
    """Every record names a source of its edition, and every source is used."""
    used = {catalogue.edition.source, *(item.source for item in catalogue.edition.dates)}
    for records in (
        catalogue.phases,
        catalogue.principles,
        catalogue.values(),
        catalogue.scope,
        catalogue.stakeholders,
        catalogue.terms,
    ):
        used |= {item.source for item in records}
    data = json.loads((DATA / "editions" / f"{catalogue.id}.json").read_text(encoding="utf-8"))
    assert {source.key for source in used} == {item["key"] for item in data["sources"]}


def test_texts_follow_the_house_style(catalogue: Catalogue) -> None:
    """Titles are short phrases without a full stop; actions continue the sentence that the verb begins."""
    for item in catalogue.values():
        assert item.title[0].isupper()
        assert not item.title.endswith(".")
        assert len(item.title) <= 80
        for statement in item.statements:
            assert statement.action[0].islower()
            assert not statement.action.endswith(".")
            # A condition follows the word "when".
            first = (statement.condition or "x").split()[0]
            assert first not in {"when", "where", "if", "before", "during", "for", "in", "on", "choosing"}
    titles = [item.title for item in catalogue.values()]
    assert len(set(titles)) == len(titles)
    for one, other in itertools.pairwise(catalogue.values()):
        assert one.position + 1 == other.position
