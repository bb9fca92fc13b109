"""Tables that CSV, Markdown and XLSX share."""

from __future__ import annotations

import json
import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, EditionId, frameworks
from aicop.catalogue import loads
from aicop.crosswalk import Crosswalk, crosswalk
from aicop.errors import UnknownTerm
from aicop.interop import worksheets as sheets
from aicop.interop.columns import NOT_JUDGED, WORK
from aicop.model import Statement
from aicop.vocabulary import Attribution, Coverage, Joiner, MappingBasis, Modality, Role
from tests.examples import A, B, derived_edition, row
from tests.interop.examples import SMALL


def test_a_checklist_has_a_row_for_each_statement(mini: Catalogue) -> None:
    """A provision with one statement has its own key, and the columns to fill in are empty."""
    table = sheets.checklist(mini)
    assert table.names[-4:] == WORK == ("Status", "Evidence", "Owner", "Notes")
    assert [line[: -len(WORK)] for line in table.rows] == [
        ("mini-code@1:1.1", "1 Begin well", "Title of 1.1", "Secure Start", "Developer", "shall", "begin", None, None),
        (
            *("mini-code@1:1.1.1", "1 Begin well", "Title of 1.1.1", "Secure Start", "Developer", "should"),
            *("begin early", None, None),
        ),
        ("mini-code@1:1.2#1", "1 Begin well", "Title of 1.2", "Secure Start", "Developer", "shall", "tell", None, None),
        (
            *("mini-code@1:1.2#2", "1 Begin well", "Title of 1.2", "Secure Start", "System Operator", "should"),
            *("listen", None, "Developers (source)"),
        ),
        ("mini-code@1:2.1", "2 End well", "Title of 2.1", "Secure Stop", "End-user", "may", "stop", None, None),
        ("mini-code@1:2.10", "2 End well", "Title of 2.10", "Secure Stop", "End-user", "can", "go on", None, None),
    ]
    assert {line[-len(WORK) :] for line in table.rows} == {(None, None, None, None)}
    assert {len(line) for line in table.rows} == {len(table.columns)}


def test_responsibilities_have_a_row_for_each_provision(mini: Catalogue) -> None:
    """Each role has a column with its verbs and capacities; the rest is empty."""
    table = sheets.responsibilities(mini)
    assert table.names == ("Key", "Title", "Phase", *(role.value for role in Role), "Others")
    assert [(row[0], *row[3:6], row[6]) for row in table.rows] == [
        ("mini-code@1:1.1", "shall", None, None, None),
        ("mini-code@1:1.1.1", "should", None, None, None),
        ("mini-code@1:1.2", "shall #1; source #2", "should #2", None, None),
        ("mini-code@1:2.1", None, None, None, "may"),
        ("mini-code@1:2.10", None, None, None, "can"),
    ]
    assert {row[2] for row in table.rows} == {"Secure Start", "Secure Stop"}
    assert table.about == sheets.checklist(mini).about


def test_a_checklist_describes_its_edition(mini: Catalogue) -> None:
    """The cover has title, key, publisher, licence, source and the numbers of elements."""
    assert dict(sheets.checklist(mini).about) == {
        "Title": "The Mini Code",
        "Edition": "mini-code@1",
        "Publisher": "Nobody",
        "Status": "current",
        "Web address": "https://example.org/mini",
        "Licence": "CC0",
        "Source": "The Mini Code, all of it (direct; read on 2026-11-22).",
        "Legal status": "None.",
        "Data quality": "Provisions by how they are known: 5 direct. Direct means that the publication was read.",
        "Extent": "Everything.",
        "Contents": ("The whole edition: 2 principles; 5 provisions, of which 1 is a sub-provision; 6 statements."),
    }


def test_a_checklist_of_a_derived_edition_omits_what_is_not_stated(mini: Catalogue) -> None:
    """The legal status, licence and address of the base are not those of the derived edition."""
    found = loads(json.dumps(derived_edition()), load={"mini-code@1": mini}.__getitem__)
    whole, bare = (dict(sheets.checklist(item).about) for item in (mini, found))
    assert whole.keys() - bare.keys() == {"Web address", "Licence", "Legal status", "Extent"}
    assert (bare["Publisher"], bare["Contents"]) == ("ACME", whole["Contents"])


def test_a_filtered_checklist_names_its_filter(mini: Catalogue) -> None:
    """Only statements that match role and verb are listed, and the cover names the filter."""
    table = sheets.checklist(mini, role=Role.DEVELOPER, modality=["shall", "may"])
    assert [line[0] for line in table.rows] == ["mini-code@1:1.1", "mini-code@1:1.2#1"]
    assert table.about[2] == ("Filter", "Duty holder Developer; verb shall or may (2 statements)")


def test_a_checklist_of_a_principle_has_its_statements(mini: Catalogue) -> None:
    """A principle can be given by number or by id."""
    assert sheets.checklist(mini, principle=2) == sheets.checklist(mini, principle="P2")
    assert dict(sheets.checklist(mini, principle=2).about)["Filter"] == "Principle 2 (2 statements)"


def test_an_unknown_role_is_refused(mini: Catalogue) -> None:
    """An unknown role is an error, not an empty checklist."""
    with pytest.raises(UnknownTerm):
        sheets.checklist(mini, role="Wizard")


@pytest.mark.parametrize(
    ("holders", "joiner", "attribution", "text"),
    [
        ([Role.DEVELOPER], None, Attribution.STATED, "Developer"),
        ([Role.DEVELOPER, Role.END_USER], Joiner.OR, Attribution.STATED, "Developer or End-user"),
        (
            [Role.DEVELOPER, Role.SYSTEM_OPERATOR, Role.END_USER],
            Joiner.AND_OR,
            Attribution.IMPLIED,
            "Developer, System Operator and/or End-user (implied)",
        ),
        ([Role.ORGANISATION], None, Attribution.CARRIED_OVER, "Organisation (carried over)"),
    ],
)
def test_duty_holders_have_their_joiner_and_attribution(
    holders: list[Role], joiner: Joiner | None, attribution: Attribution, text: str
) -> None:
    """The joiner is the text's own, and duty holders that the sentence does not name are marked."""
    statement = Statement(
        ordinal=1,
        modality=Modality.SHALL,
        duty_holders=holders,
        joiner=joiner,
        attribution=attribution,
        as_printed=None,
        counterparties=(),
        condition=None,
        action="act",
        remarks=(),
    )
    assert sheets.who(statement) == text


def test_the_code_has_its_88_statements(code: Catalogue, standard: Catalogue) -> None:
    """The Code and the EN each have 88 statements with unique keys."""
    for edition in (code, standard):
        keys = [line[0] for line in sheets.checklist(edition).rows]
        assert len(keys) == len(set(keys)) == 88
        assert dict(sheets.checklist(edition).about)["Contents"] == (
            "The whole edition: 13 principles; 72 provisions, of which 21 are sub-provisions; 88 statements."
        )


def test_controls_are_the_elements_in_printed_order() -> None:
    """Elements are in printed order, in the columns that frameworks are read from."""
    table = sheets.controls(A)
    assert table.names == ("id", "parent", "kind", "title", "nature", "words")
    assert table.headings == ("Id", "Parent", "Kind", "Title", "Nature", "Words")
    assert table.rows == (
        ("X", None, "family", None, "requirement", None),
        ("X-1", "X", "control", None, "requirement", None),
        ("X-2", "X", "control", None, "requirement", None),
        ("Y", None, "family", None, "requirement", None),
        ("Y-1", "Y", "control", None, "requirement", None),
        ("Y-2", "Y", "control", None, "requirement", None),
        ("R", None, "risk", None, "risk", None),
    )
    assert table.about == (
        ("Title", "Framework a"),
        ("Edition", "a@1"),
        ("Status", "own"),
        ("Identifiers", "Those of the publisher."),
        ("Titles", "as given"),
        ("Contents", "7 elements: 2 family, 4 control, 1 risk"),
    )


def test_a_shipped_framework_has_its_note_and_withdrawn_count() -> None:
    """The cover has the framework's note and the number of withdrawn elements."""
    about = dict(sheets.controls(frameworks.load("nist-sp-800-53")).about)
    assert re.fullmatch("[0-9]+ elements that the publisher withdrew; not listed.", about["Withdrawn"])
    assert "moved or dropped" in dict(sheets.controls(frameworks.load("nist-csf")).about)["Note"]


def test_mappings_list_all_claims() -> None:
    """Every claim is a row; zeros are kept and missing facts are empty."""
    table = sheets.mappings(SMALL)
    assert [(*line[:4], *line[5:8], line[9]) for line in table.rows] == [
        ("a@1:X-1", None, "subset-of", "b@1:X-1", 10, None, NOT_JUDGED, 8),
        ("a@1:X-1", None, "mitigates", "b@1:R", 2, None, None, 5),
        ("a@1:X-2", None, "intersects-with", "b@1:Y-2", 3, "'the rest' | all", NOT_JUDGED, 5),
        ("a@1:Y-1", None, "no-relationship", "b@1:Y-1", 0, None, 0, 0),
        ("a@1:Y-2", None, "nothing found", None, None, None, None, 5),
        ("a@1:R", None, "corresponds to", "b@1:R", None, None, None, None),
    ]
    assert table.rows[0][10:] == ("=cmd, -1 and @all", "own", "we", "2026-01-01")
    assert table.rows[-1][10:] == (None, "own", None, None)
    assert table.columns[-1].name == "Date"


def test_a_strength_that_nobody_judged_is_named_in_both_directions() -> None:
    """A relation without strengths says so on both sides, and so does a pair of which nothing is known."""
    stated = Crosswalk.from_mappings([row(A.key("X-1"), "related-to", B.key("X-1"))], A, B)
    chain = crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53")
    for line in (*sheets.mappings(stated).rows, *sheets.mappings(chain).rows):
        assert (line[5], line[7]) == (NOT_JUDGED, NOT_JUDGED)


def test_rows_that_follow_from_your_own_file_have_no_unknown_author() -> None:
    """The cover says that derived rows come from a rule and not from somebody who is not named."""
    derived = attrs.evolve(row(A.key("X-1"), "equal-to", B.key("X-1")), basis=MappingBasis.DERIVED, author=None)
    about = dict(sheets.mappings(Crosswalk.from_mappings([derived], A, B)).about)
    assert about["Mappings"].startswith("1 row by rule from your own file; basis: derived; ")


def test_a_suspect_claim_is_marked() -> None:
    """A claim is marked if an element changed since it was judged."""
    moved = Crosswalk.from_mappings([row(A.key("X-1"), "equal-to", B.key("X-1"), source_digest="0" * 16)], A, B)
    assert [line[-1] for line in sheets.mappings(moved).rows] == ["yes"]


def test_later_changes_are_marked() -> None:
    """Elements and rows have the notes in a column of their own, and the cover counts them."""
    act = crosswalk("uk-ai-cop", "eu-ai-act@2024")
    elements, rows = sheets.controls(act.target), sheets.mappings(act)
    [deleted] = [line for line in elements.rows if line[0] == "Art.10(5)(c)"]
    assert str(deleted[-1]).endswith("its content is now in Article 4a(1)(c).")
    assert (
        dict(elements.about)["Amended"]
        == "51 elements that a later text deleted or changed; see the column of that name."
    )
    count = sum(line[-1] is not None for line in rows.rows)
    assert dict(rows.about)["Warnings"].startswith(f"A later text deleted or changed elements of {count} mappings; ")
    assert "Warnings" not in dict(sheets.mappings(SMALL).about)


def test_coverage_names_its_denominator() -> None:
    """The five classes have their numbers and ids, and add up to the denominator."""
    table = sheets.coverage(SMALL)
    of_ = "5 controls and risks of a@1, mapped to b@1"
    assert table.rows == (
        ("covered", 1, 1, 0, 0, 0, 0, of_, "X-1"),
        ("partly covered", 1, 0, 0, 1, 0, 0, of_, "X-2"),
        ("open", 1, 0, 0, 0, 0, 1, of_, "R"),
        ("reviewed, not covered", 2, 0, 0, 0, 0, 2, of_, "Y-1, Y-2"),
        ("not reviewed", 0, 0, 0, 0, 0, 0, of_, None),
    )
    assert [line[0] for line in table.rows] == list(Coverage)


def test_gaps_list_their_remainders() -> None:
    """Each item that is not covered has a row with its remainder."""
    assert sheets.gaps(SMALL).rows == (
        ("a@1:X-2", None, "partly covered", 3, "3-5", "Y-2: 'the rest' | all"),
        ("a@1:Y-1", None, "reviewed, not covered", 0, None, None),
        ("a@1:Y-2", None, "reviewed, not covered", None, None, None),
        ("a@1:R", None, "open", None, None, None),
    )


def test_a_crosswalk_describes_its_mappings() -> None:
    """The cover has authors, bases, licences, dates and coverage."""
    assert sheets.mappings(SMALL).about == (
        ("Title", "Framework a mapped to Framework b"),
        ("Source", "a@1: Framework a; licence: not stated"),
        ("Target", "b@1: Framework b; licence: not stated"),
        (
            "Mappings",
            "6 rows by we, they, an author who is not stated; basis: own, published; licence: not stated; set: own.",
        ),
        ("Mapping dates", "2026-01-01"),
        (
            "Coverage",
            "5 controls and risks of a@1, mapped to b@1: 1 covered, 1 partly covered, 1 open, 2 reviewed, not covered, "
            "0 not reviewed.",
        ),
    )
    shipped = sheets.mappings(crosswalk("uk-ai-cop", "iso-iec-42001")).about
    assert "licence: Apache-2.0; " in dict(shipped)["Mappings"]


def test_a_crosswalk_without_rows_has_no_date() -> None:
    """A crosswalk without rows has no line for mapping dates."""
    assert "Mapping dates" not in dict(sheets.gaps(Crosswalk.from_mappings([], A, B)).about)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("uk-ai-cop", "UK Code of Practice for the Cyber Security of AI"),
        ("iso-iec-42001", "ISO/IEC 42001:2023"),
        ("eu-ai-act", "EU AI Act 2024"),
        ("mitre-atlas@5.6.1", "MITRE ATLAS 5.6.1"),
    ],
)
def test_short_names_are_those_that_people_use(key: str, name: str) -> None:
    """A shipped framework's short name is its usual name, with its edition if needed."""
    assert sheets.short_name(frameworks.load(key)) == name


def test_an_own_framework_is_called_by_its_title() -> None:
    """A user's framework is called by its title, even as an edition of a shipped document."""
    code = frameworks.load("uk-ai-cop")
    own = attrs.evolve(code.edition, id=EditionId("uk-ai-cop", "2025-01-acme"), title="Our version of the Code")
    assert sheets.short_name(A) == "Framework a"
    assert sheets.short_name(attrs.evolve(code, edition=own)) == "Our version of the Code"


def test_a_long_list_of_items_continues_in_the_next_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each row names the class, and only the first has the count, so that the counts still add up."""
    monkeypatch.setattr(sheets, "MAX_LIST_LENGTH", 5)
    of_ = "5 controls and risks of a@1, mapped to b@1"
    rows = [line for line in sheets.coverage(SMALL).rows if line[0] == "reviewed, not covered"]
    assert rows == [
        ("reviewed, not covered", 2, 0, 0, 0, 0, 2, of_, "Y-1"),
        ("reviewed, not covered", *[None] * 7, "Y-2"),
    ]


@given(st.lists(st.text("abc.1", min_size=1, max_size=12)), st.integers(1, 30))
def test_lists_lose_nothing_and_respect_the_limit(ids: list[str], most: int) -> None:
    """Only a single identifier can make a list longer than the limit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "MAX_LIST_LENGTH", most)
        found = list(sheets._lists(ids))
    assert ", ".join(found) == ", ".join(ids)
    assert all(len(text) <= most or ", " not in text for text in found)


def test_filters_may_be_any_iterable(mini: Catalogue) -> None:
    """Lists, sets and iterators of roles in any spelling give the same checklist."""
    tables = [
        sheets.checklist(mini, role=asked)
        for asked in (["End-user", "Developer"], {"Developer", "End-user"}, iter(["end users", "Developers"]))
    ]
    assert tables[0] == tables[1] == tables[2]
    assert dict(tables[0].about)["Filter"].startswith("Duty holder Developer or End-user (")
