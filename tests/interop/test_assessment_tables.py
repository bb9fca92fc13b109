"""The tables of reports, and what Markdown, XLSX and CSV make of them."""

from __future__ import annotations

import csv as reader
import io

import attrs

from aicop.assessment import State, report
from aicop.interop import csv, markdown, xlsx
from aicop.interop.assessment_tables import applicability, tables
from aicop.interop.worksheets import Table
from tests.assessment.examples import ON, assessment, verdict
from tests.interop.test_assessment_workbook import opened, rows_of
from tests.report.examples import EMPTY, HOSTILE, LIBRARY, facts, filled

FACTS = facts()
TABLES = {table.name: table for table in tables(FACTS)}


def rows(table: Table) -> list[dict[str, object]]:
    """Return the rows of a table by column."""
    return [dict(zip(table.names, row, strict=True)) for row in table.rows]


def test_a_report_has_a_table_for_each_part() -> None:
    """The tables are in the order of the report; without an earlier date, there are no changes."""
    assert [*TABLES] == [
        "Summary",
        "Marks",
        "Gaps",
        "Accepted risks",
        "Principles",
        "Roles",
        "Not assessed",
        "Out of scope",
        "Not applicable",
        "Evidence",
        "From other frameworks",
        "Changes",
        "Counts at both dates",
        "Who recorded what",
        "All statements",
    ]
    assert {*TABLES} - {table.name for table in tables(facts(since=None))} == {"Changes", "Counts at both dates"}


def test_counts_add_up() -> None:
    """Each row of counts adds up to its total, and the totals to all statements."""
    columns = [state.value.replace(" ", "_") for state in State]
    for name in ("Summary", "Principles", "Roles"):
        for row in rows(TABLES[name]):
            assert sum(int(str(row[column])) for column in columns) == row["all"], row
    *verbs, total = rows(TABLES["Summary"])
    assert sum(int(str(row["all"])) for row in verbs) == total["all"] == 88
    assert [row["statements"] for row in verbs] == [
        "Requirements (shall)",
        "Recommendations (should)",
        "Permissions (may)",
    ]


def test_rows_have_the_facts_of_the_report() -> None:
    """Each table has the rows of its part, with the reasons."""
    gaps = {row["statement"]: row for row in rows(TABLES["Gaps"])}
    assert len(gaps) == len(FACTS.gaps)
    row = gaps["uk-ai-cop@2025-01:5.2#1"]
    assert (row["state"], row["why"]) == ("stale", "The evidence EV-2 was valid until 2026-03-31.")
    assert (row["owner"], gaps["uk-ai-cop@2025-01:8.3#2"]["due"]) == ("Owner Text", "2026-06-01")
    assert gaps["uk-ai-cop@2025-01:8.3#1"]["marks"] == "no evidence, risk accepted".removeprefix("no evidence, ")
    risks = [
        (row["accepted_by"], row["until"], row["on_the_day_of_the_report"]) for row in rows(TABLES["Accepted risks"])
    ]
    assert risks == [("CISO Text", "2026-12-31", "accepted"), ("CISO", "2026-01-31", "ended")]
    [out] = rows(TABLES["Out of scope"])
    assert (out["statement"], out["verdicts_that_do_not_count"]) == ("uk-ai-cop@2025-01:2.5#1", "pass")
    [one] = rows(TABLES["Not applicable"])
    assert (one["reason"], one["decided_by"], one["on"]) == ("Reason Text", "Legal", None)
    register = rows(TABLES["Evidence"])
    assert [(row["evidence"], row["state_of_the_file"], row["of_this_system"]) for row in register] == [
        ("EV-1", "changed", "yes"),
        ("EV-2", "not checked", "yes"),
        ("EV-9", "not checked", "no"),
    ]
    assert register[0]["named_by_the_verdicts_on"] == "5.1#1, iso-iec-42001@2023:A.4.2"
    relevant = rows(TABLES["From other frameworks"])
    assert {row["control"] for row in relevant} == {"iso-iec-42001@2023:A.4.2"}
    assert "iso-iec-42001@2023:A.2.2" in dict(TABLES["From other frameworks"].about)["From other frameworks"]
    history = [(row["verdict_before"], row["verdict"]) for row in rows(TABLES["Who recorded what"])]
    assert history == [("inconclusive", "pass"), (None, "fail")]


def test_all_statements_are_listed_with_their_verdicts() -> None:
    """Verdicts of roles, and inherited ones, are named as such."""
    listed = {str(row["statement"]).partition(":")[2]: row for row in rows(TABLES["All statements"])}
    assert len(listed) == 88
    assert listed["12.1#1"]["verdicts"] == "System Operator: inconclusive"
    assert listed["6.3#1"]["verdicts"] == "pass | inherited from platform"
    assert listed["5.1#1"]["verdicts"] == "pass; Assessor Text; 2026-05-01"
    assert str(listed["7.2#1"]["asks"]).endswith(
        ", when they choose models or components that are not well documented or not secured."
    )


def test_changes_name_what_is_not_dated() -> None:
    """A verdict that is neither recorded nor dated is named beside the changes."""
    about = assessment(verdict("5.1#1"))
    found = {table.name: table for table in tables(report(LIBRARY, about, ON, since="2026-01-01"))}
    assert dict(found["Changes"].about)["Changes"].endswith("Neither recorded nor dated: 5.1#1.")
    assert [(row["2026-01-01"], row[ON]) for row in rows(found["Changes"])] == [("not assessed", "pass")]


def test_the_head_is_in_the_facts_of_the_first_table() -> None:
    """The facts say what the report is about and how it was made, and the caution comes first."""
    about = dict(TABLES["Summary"].about)
    assert [*about][:2] == ["Title", "Caution"]
    assert (about["Title"], about["Owner"]) == ("Chat assistant Text: Assessment report", "Owner Text")
    assert (about["Git commit"], about["Inherits from"]) == ("not known", "platform")
    known = dict(tables(attrs.evolve(FACTS, commit="0" * 40))[0].about)
    assert known["Git commit"] == f"{'0' * 40}. Changes that were not committed were not looked for."
    empty = dict(tables(EMPTY)[0].about)
    assert (empty["Owner"], empty["Unit"]) == ("not stated", "not stated")
    assert "Inherits from" not in empty
    limited = report(LIBRARY, filled(), ON, role="System Operator")
    assert dict(tables(limited)[0].about)["Limited to"].endswith(f"which are left out: {limited.left_out}")


def test_a_statement_of_applicability_has_every_statement() -> None:
    """Each statement has its scope with the reason; a state only if it is in scope."""
    listed = {str(row["statement"]).partition(":")[2]: row for row in rows(applicability(FACTS))}
    assert len(listed) == 88
    assert (listed["2.5#1"]["applies"], listed["2.5#1"]["state"], listed["2.5#1"]["roles_held"]) == (
        "out of scope",
        None,
        None,
    )
    assert (listed["10.3#1"]["applies"], listed["10.3#1"]["why"]) == ("not applicable", "Reason Text")
    assert (listed["5.2#1"]["applies"], listed["5.2#1"]["state"], listed["5.2#1"]["owner"]) == (
        "in scope",
        "stale",
        "Owner Text",
    )


def test_markdown_has_a_section_for_each_table() -> None:
    """A document has the facts of the whole, then a section for each table with its own, then the columns."""
    text = markdown.dumps(tables(FACTS))
    assert text.startswith("# Chat assistant Text: Assessment report\n\n- **Caution**: This report says")
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert headings == [*TABLES, "How to read it"]
    assert "## Accepted risks\n\nA statement whose risk is accepted still fails.\n\n| Statement |" in text
    assert "## Marks\n\n| Mark |" in text
    assert "## Gaps\n\n0 of " in markdown.dumps(tables(EMPTY))
    assert "## Evidence\n\nWeb addresses are never fetched.\n\nNone.\n" in markdown.dumps(tables(EMPTY))


def test_facts_of_later_tables_that_have_another_name_keep_their_label() -> None:
    """A fact with the name of its table is a paragraph, and any other one is in a list."""
    first = Table(name="One", columns=["a"], rows=[("1",)], about=[("Title", "Both")])
    second = Table(name="Two", columns=["a"], rows=[("2",)], about=[("Two", "1. Text"), ("Other", "Fact")])
    assert markdown.dumps([first, second]) == (
        "# Both\n\n## One\n\n| a |\n| --- |\n| 1 |\n\n## Two\n\n1\\. Text\n\n- **Other**: Fact\n\n| a |\n| --- |\n| 2 |\n"
    )


def test_markdown_escapes_what_people_wrote() -> None:
    """No text becomes markup, and none acts on a terminal."""
    text = markdown.dumps(tables(facts(HOSTILE)))
    assert "<script" not in text.replace("\\<script", "")
    assert "\u202e" not in text


def test_workbooks_have_the_same_rows() -> None:
    """A workbook has a sheet for each table, a cover with the facts, and the day of the report as its date."""
    book = opened(xlsx.dumps(tables(FACTS)))
    assert book.sheetnames == ["About", "Columns", *TABLES]
    assert book.properties.created.date().isoformat() == ON
    assert [row["State"] for row in rows_of(book["Gaps"])] == [step.state.state.value for step in FACTS.gaps]
    # Nothing is to be filled in, so that no cell has the colour for it.
    assert {cell.fill.fgColor.rgb for line in book["Gaps"].iter_rows(min_row=2) for cell in line} == {"00000000"}


def test_a_statement_of_applicability_is_a_csv_file() -> None:
    """CSV has full keys and names of columns in small letters."""
    found = list(reader.DictReader(io.StringIO(csv.dumps(applicability(FACTS)))))
    assert len(found) == 88
    assert found[0]["statement"] == "uk-ai-cop@2025-01:1.1#1"
    assert [*found[0]] == [
        *("statement", "title", "asks", "verb", "applies", "why", "roles_held", "state", "marks", "evidence", "owner"),
    ]
