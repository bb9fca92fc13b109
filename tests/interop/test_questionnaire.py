"""Questionnaires as workbooks."""

from __future__ import annotations

from aicop import Library
from aicop.assessment import questionnaire
from aicop.interop.questionnaire import ANSWERS, dumps
from tests.assessment.examples import ON, assessment, system, verdict
from tests.interop.test_assessment_workbook import opened
from tests.report.examples import HOSTILE, filled

LIBRARY = Library()
ASKED = questionnaire(LIBRARY, filled(), ON)
BOOK = opened(dumps(ASKED))


def test_a_workbook_has_every_question_under_its_section() -> None:
    """Each question has a row with its number, what helps, the usual evidence and its statement."""
    assert BOOK.sheetnames == ["About", "About you", "Questions"]
    head, *lines = [[cell.value for cell in line] for line in BOOK["Questions"].iter_rows()]
    assert head == [
        *("No.", "Question", "What a helpful answer shows", "Answer", "In your words", "Your evidence"),
        *("Usual evidence", "Relevant to"),
    ]
    sections = [line[0] for line in lines if line[1] is None]
    assert sections == list(dict.fromkeys(item.section for item in ASKED.questions))
    rows = [line for line in lines if line[1] is not None]
    assert [(line[0], line[1], line[7]) for line in rows] == [
        (item.id, item.text, item.statement.local) for item in ASKED.questions
    ]
    assert {tuple(line[3:6]) for line in rows} == {(None, None, None)}


def test_answers_are_chosen_from_a_list() -> None:
    """Each question, and no heading, has the list of answers."""
    lists = BOOK["Questions"].data_validations.dataValidation
    assert {item.formula1 for item in lists} == {f'"{",".join(ANSWERS)}"'}
    cells = {f"D{line[0].row}" for line in BOOK["Questions"].iter_rows(min_row=2) if line[1].value is not None}
    assert {str(item.sqref) for item in lists} == cells


def test_a_workbook_prints() -> None:
    """It is one page wide on A4, and repeats its header."""
    sheet = BOOK["Questions"]
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"


def test_the_cover_says_what_answers_are_for() -> None:
    """It names the system, who asks, and that answers decide nothing."""
    about = {line[0].value: line[1].value for line in BOOK["About"].iter_rows()}
    assert about["Title"] == "Questions to a supplier: Chat assistant Text"
    assert (about["Asked by"], about["Asked on"]) == ("Unit Text", ON)
    assert "They do not decide it" in about["What we do with it"]
    assert "editorial" in about["Basis"]
    without = opened(dumps(questionnaire(LIBRARY, assessment(system=system()), ON)))
    assert "Asked by" not in {line[0].value for line in without["About"].iter_rows()}


def test_nothing_of_the_assessment_leaves_the_house() -> None:
    """Verdicts, notes, evidence and owners are not in the workbook."""
    private = "Nobody may know this"
    rows = [verdict("2.7#1", "fail", note=private, owner=private), verdict("7.1#1", evidence=["EV-1"], reason=private)]
    with_verdicts = dumps(questionnaire(LIBRARY, assessment(*rows), ON))
    assert with_verdicts == dumps(questionnaire(LIBRARY, assessment(), ON))


def test_text_of_users_is_no_formula() -> None:
    """A title that looks like a formula stays text."""
    about = assessment(system=system(title="=1+1", unit=HOSTILE.removesuffix("\u202e")))
    book = opened(dumps(questionnaire(LIBRARY, about, ON)))
    assert {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line} <= {"s", "n"}


def test_without_questions_a_workbook_is_whole() -> None:
    """If nothing applies, the workbook says that there are no questions."""
    book = opened(dumps(questionnaire(LIBRARY, assessment(system=system(roles=["Data Custodian"])), ON)))
    assert [line[1].value for line in book["About"].iter_rows() if line[0].value == "Questions"] == ["0 questions"]
