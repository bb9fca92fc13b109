"""Verdicts through a crosswalk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop import Library, UnknownKey
from aicop.assessment import State, Verdict, load, relevant, towards, without_relevance
from aicop.errors import InvalidDocument, NoCrosswalk
from aicop.ids import JointId
from aicop.model import ControlRow, Evidence
from tests.assessment.examples import CODE, ON, assessment, verdict
from tests.library.examples import write

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.assessment import Assessment

# acme@1: AC-1 and AC-2 together intersect 6.1, LG-1 intersects 12.1#1, nothing was found for AC-1.
TOML = 'system = "chat"\ntitle = "Chat"\nedition = "uk-ai-cop@2025-01"\nroles = ["Developer", "System Operator"]\n'
CONTROLS = (
    "key,verdict,evidence,assessed,Ticket\n"
    "acme:AC-1,pass,EV-1,2026-06-01,T-1\n"
    "Acme list LG-1,fail,,2026-06-01,\n"
    "acme@1:AC-2,,EV-1|EV-2,,\n"
    "ISO 42001 A.4.2,pass,,,\n"
)
EVIDENCE = "id,title\nEV-1,List\nEV-2,Logs\n"


@pytest.fixture
def home(tmp_path: Path) -> Library:
    """Return a library with own controls, mappings, and verdicts on controls."""
    files = {
        "assessments/chat/assessment.toml": TOML,
        "assessments/chat/controls.csv": CONTROLS,
        "assessments/chat/evidence.csv": EVIDENCE,
        "assessments/chat/verdicts.csv": "key,verdict\n6.1,pass\n12.1#1,fail\n",
    }
    return Library.open(write(tmp_path, **files))


def read(about: Library) -> Assessment:
    """Return the assessment."""
    return load(about, "chat")


def test_verdicts_on_controls_are_read(home: Library) -> None:
    """Keys may be written in any way that the library reads, and columns of the user's own are kept."""
    rows = read(home).controls
    assert [(str(row.key), row.verdict, row.evidence, row.extra) for row in rows] == [
        ("acme@1:AC-1", Verdict.PASS, ("EV-1",), (("Ticket", "T-1"),)),
        ("acme@1:LG-1", Verdict.FAIL, (), (("Ticket", ""),)),
        ("acme@1:AC-2", Verdict.NOT_ASSESSED, ("EV-1", "EV-2"), (("Ticket", ""),)),
        ("iso-iec-42001@2023:A.4.2", Verdict.PASS, (), (("Ticket", ""),)),
    ]


BAD = [
    ("key\nacme:AC-9\n", "line 2, column 'key'"),
    ("key\nacme:AC-1\nacme@1:AC-1\n", "line 3: acme@1:AC-1 already has a verdict at line 2; keep one"),
    ("key\nuk-ai-cop:5.1\n", "its verdict belongs in verdicts.csv"),
    ("key,evidence\nacme:AC-1,EV-12\n", "there is no evidence 'EV-12'; did you mean EV-2?"),
    ("key,verdict\nacme:AC-1,not applicable\n", "needs a reason"),
    ("key,verdict\nacme:AC-1,passed\n", "did you mean 'pass'?"),
]


@pytest.mark.parametrize(("table", "problem"), BAD, ids=[item[1] for item in BAD])
def test_faults_of_controls_have_their_place(home: Library, table: str, problem: str) -> None:
    """They are reported like those of verdicts."""
    assert home.folder is not None
    (home.folder / "assessments" / "chat" / "controls.csv").write_text(table, encoding="utf-8")
    with pytest.raises(InvalidDocument) as caught:
        read(home)
    assert "assessments/chat/controls.csv: line" in str(caught.value)
    assert problem in str(caught.value)


def test_evidence_is_relevant_through_a_mapping(home: Library) -> None:
    """A statement has what is mapped to it, with relationship, strength and remainder, and no verdict follows."""
    about = read(home)
    [found] = [item for item in relevant(about, home, "12.1#1") if item.row.key.edition.document == "acme"]
    assert (str(found.row.key), found.row.verdict, found.joint, found.evidence) == (
        "acme@1:LG-1",
        Verdict.FAIL,
        False,
        (),
    )
    assert (found.claim.says, str(found.claim.source)) == ("intersects-with", "uk-ai-cop@2025-01:12.1#1")
    # The state is that of the statement's own verdict, whatever its controls say.
    assert about.state("12.1#1", ON).state is State.FAIL
    assert assessment(controls=about.controls).state("12.1#1", ON).state is State.NOT_ASSESSED


def test_joint_mappings_count_as_joint(home: Library) -> None:
    """Each member that has a row is relevant together with the others, and says so."""
    found = [item for item in relevant(read(home), home, "6.1") if item.row.key.edition.document == "acme"]
    assert [(str(item.row.key), item.joint, [one.id for one in item.evidence]) for item in found] == [
        ("acme@1:AC-1", True, ["EV-1"]),
        ("acme@1:AC-2", True, ["EV-1", "EV-2"]),
    ]
    joint = JointId([home.parse("acme@1:AC-1"), home.parse("acme@1:AC-2")])
    assert {item.claim.target for item in found} == {joint}
    assert [item.left_open for item in found] == [item.claim.remainder for item in found]
    # The provision has one statement, which its mappings are about as well.
    assert [item.row.key for item in relevant(read(home), home, "6.1#1")][:2] == [item.row.key for item in found]


def test_other_frameworks_count_as_own_controls_do(home: Library) -> None:
    """Mappings that ship relate a control of ISO/IEC 42001 to provisions; the crosswalk names the same pairs."""
    key = home.parse("ISO 42001 A.4.2")
    walk = home.crosswalk("iso-iec-42001", "uk-ai-cop")
    expected = {str(claim.target) for claim in walk[key] if claim.relations is not None and claim.target is not None}
    assert expected
    about = read(home)
    found = {
        str(item.claim.source) for provision in CODE for item in relevant(about, home, provision) if item.row.key == key
    }
    assert expected <= found


def test_nothing_is_relevant_without_a_mapping(home: Library) -> None:
    """A control that no mapping relates to a provision is named, rather than left out in silence."""
    assert home.folder is not None
    about = read(home)
    assert relevant(about, home, "13.1") == ()
    assert without_relevance(about, home) == ()
    other = ControlRow(key=home.parse("acme@1:AC-1"))
    alone = Library.open(
        write(
            home.folder,
            **{
                "mappings/ours.csv": "source,relationship,target,strength,confidence,rationale\nAC-1,no-relationship,6.1,0,7,No.\nAC-1,nothing-found,,0,6,None.\n"
            },
        )
    )
    rows = assessment(controls=(other,))
    assert relevant(rows, alone, "6.1") == ()
    assert without_relevance(rows, alone) == (other,)
    # Without any mapping to the framework there is no crosswalk at all.
    (home.folder / "mappings" / "ours.csv").write_text(
        "source,relationship,target,confidence,rationale\n", encoding="utf-8"
    )
    unmapped = Library.open(home.folder)
    assert relevant(rows, unmapped, "6.1") == ()
    assert without_relevance(rows, unmapped) == (other,)


def test_what_follows_in_the_hierarchies_is_relevant(home: Library) -> None:
    """A mapping of a whole says something about its parts, if it certainly does: a subset of a part is one of the whole."""
    assert home.folder is not None
    table = (
        "source,relationship,target,strength,confidence,rationale,reverse_strength\nAC-1,superset-of,P6,5,7,All.,10\n"
    )
    about = Library.open(write(home.folder, **{"mappings/ours.csv": table}))
    [found] = relevant(assessment(controls=(ControlRow(key=about.parse("acme:AC-1")),)), about, "6.1")
    assert (found.claim.says, found.claim.derived) == ("subset-of", True)


def test_what_does_not_exist_is_an_error(home: Library) -> None:
    """An unknown key, a principle and a framework without mappings are refused."""
    about = read(home)
    for key in ("99.1", "P6"):
        with pytest.raises(UnknownKey):
            relevant(about, home, key)
    with pytest.raises(NoCrosswalk):
        towards(assessment(), Library().with_framework(home.framework("acme")), "acme", ON)


def test_verdicts_count_towards_another_framework(home: Library) -> None:
    """For each control there is what passes and what is open of the provisions mapped to it; none of them passes."""
    found = towards(read(home), home, "acme", ON)
    rows = [
        (str(item.claim.source), str(item.claim.target), item.in_scope, item.passed, item.open, item.should, item.shall)
        for item in found.contributions
    ]
    assert [row[:5] for row in rows] == [
        ("acme@1:AC-1|acme@1:AC-2", "uk-ai-cop@2025-01:6.1", 1, 1, 0),
        ("acme@1:LG-1", "uk-ai-cop@2025-01:12.1#1", 1, 0, 1),
    ]
    assert {row[5] or row[6] for row in rows} == {State.PASS, State.FAIL}
    assert [item.left_open for item in found.contributions] == [None, None]
    # The domains are requirements as well, because their controls are.
    assert (found.system, str(found.edition), str(found.framework), found.on) == (
        "chat",
        "uk-ai-cop@2025-01",
        "acme@1",
        ON,
    )
    assert (found.elements, [str(key) for key in found.not_mapped], found.not_found) == (
        5,
        ["acme@1:Access", "acme@1:Logging"],
        (),
    )


def test_denominators_add_up_for_what_ships() -> None:
    """Towards the AI Act, each requirement is mapped, judged without a counterpart, or not mapped."""
    about = assessment(*(verdict(str(key)) for key in assessment().statements))
    found = towards(about, Library(), "eu-ai-act@2024", ON)
    mapped = {
        key
        for item in found.contributions
        for key in ([item.claim.source] if not isinstance(item.claim.source, JointId) else item.claim.source.members)
    }
    assert len(mapped) + len(found.not_found) + len(found.not_mapped) == found.elements
    for item in found.contributions:
        assert item.in_scope == item.passed
        assert item.open == 0


def test_principles_and_roles_count_their_statements(home: Library) -> None:
    """A control that is mapped to a principle has all its statements; one that is mapped to a role has none."""
    assert home.folder is not None
    table = (
        "source,relationship,target,strength,confidence,rationale,reverse_strength\n"
        "AC-1,intersects-with,P6,5,7,Why.,\nAC-2,associated-with,uk-ai-cop:Developer,,7,Why.,\n"
    )
    about = Library.open(write(home.folder, **{"mappings/ours.csv": table}))
    found = towards(assessment(verdict("6.1#1")), about, "acme", ON)
    expected = sum(len(item.statements) for item in CODE.values() if str(item.principle).endswith(":P6"))
    assert [(item.in_scope, item.passed, item.open) for item in found.contributions] == [
        (expected, 1, expected - 1),
        (0, 0, 0),
    ]


def test_rows_and_evidence_of_controls_survive_in_memory() -> None:
    """A row replaces the one of the same element; evidence replaces its own."""
    key = Library().parse("nist-csf:PR.DS-01")
    about = assessment().with_controls([ControlRow(key=key)]).with_controls([ControlRow(key=key, verdict=Verdict.PASS)])
    assert [row.verdict for row in about.controls] == [Verdict.PASS]
    more = (
        assessment(pool={})
        .with_evidence([Evidence(id="EV-1", title="A")])
        .with_evidence([Evidence(id="EV-1", title="B")])
    )
    assert ([item.title for item in more.evidence], more.pool["EV-1"].title) == (["B"], "B")
