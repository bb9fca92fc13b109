"""
Questionnaires to suppliers as workbooks: questions, a list of answers to choose from, and room for words and evidence.

They are for people to read. A workbook has nothing of what is known of the system itself, because it leaves the house.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from aicop.errors import count_phrase
from aicop.interop.xlsx import measure
from aicop.interop.xlsx.book import Book, sheet_names
from aicop.interop.xlsx.parts import BODY, COVER, HEADER, TO_FILL, cover, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.assessment.reporting.suppliers import Question, Questionnaire
    from aicop.interop.columns import Fact

ANSWERS = ("yes", "partly", "no", "not applicable")
"""The answers to choose from."""
_WIDTHS = {
    "No.": 7,
    "Question": 42,
    "What a helpful answer shows": 32,
    "Answer": 12,
    "In your words": 38,
    "Your evidence": 24,
    "Usual evidence": 22,
    "Relevant to": 11,
}
"""The columns, with their widths in characters."""
_TO_FILL = ("Answer", "In your words", "Your evidence")
_ABOUT_YOU = ("Supplier", "Product or service, with its version", "Answered by", "Function", "Day")
_LABEL_WIDTH, _ANSWER_WIDTH = 36, 90
_LINE_HEIGHT = 24
_SECTION: dict[str, object] = {"bold": True, "bg_color": "#D9E2F3", "border": 1, "border_color": "#D9D9D9"}
_HOW = {
    "How to answer": "Fill in the yellow cells. Choose an answer from the list, and say what it is based on.",
    "Partly": "Choose this if it holds of some of what you supply, and say of what it does not hold.",
    "Not applicable": "Choose this if the question cannot arise for what you supply, and say why.",
    "Evidence": "Name the document and, if you may not send it, where and how we may look at it. An answer without "
    "evidence helps us too.",
    "What we do with it": "Your answers are evidence relevant to our own assessment of the system. They do not decide "
    "it, and they are no statement that anybody or anything is compliant.",
    "Basis": "The questions are editorial: they are in our own words, and not part of the publication. The column "
    "Relevant to names the statement of the publication that a question is about: its provision, and its number in it.",
}


def dumps(questionnaire: Questionnaire) -> bytes:
    """
    Write a questionnaire as a workbook: a cover, a sheet about the supplier, and the questions.

    Raises:
        MissingExtra: XlsxWriter is not installed.
    """
    editions = str(questionnaire.edition)
    book = Book(f"{questionnaire.title}: questions to a supplier", questionnaire.on)
    _, about, listed = sheet_names([COVER, "About you", "Questions"])
    count = count_phrase(len(questionnaire.questions), "question")
    sheets = [(about, "Who answers, and for what"), (listed, count)]
    cover(book, list(_facts(questionnaire)), sheets, editions)
    _about_you(book, about, editions)
    _write(book, listed, questionnaire.questions, f"Questions to a supplier ({count})", editions)
    return book.content()


def _facts(questionnaire: Questionnaire) -> Iterator[Fact]:
    yield "Title", f"Questions to a supplier: {questionnaire.title}"
    if questionnaire.unit is not None:
        yield "Asked by", questionnaire.unit
    yield "Asked on", questionnaire.on
    yield "Publication", f"{questionnaire.edition_title} ({questionnaire.edition})"
    yield from _HOW.items()


def _about_you(book: Book, name: str, editions: str) -> None:
    sheet = book.sheet(name, "Who answers, and for what", editions)
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _ANSWER_WIDTH)
    for row, label in enumerate(_ABOUT_YOU):
        book.text(sheet, (row, 0), label, bold=True, **BODY)
        put(book, sheet, (row, 1), None, **TO_FILL, num_format="@")
        sheet.set_row(row, _LINE_HEIGHT)


def _write(book: Book, name: str, listed: tuple[Question, ...], caption: str, editions: str) -> None:
    sheet = book.sheet(name, caption, editions)
    widths = [float(width) for width in _WIDTHS.values()]
    for place, (heading, width) in enumerate(_WIDTHS.items()):
        book.text(sheet, (0, place), heading, **HEADER)
        sheet.set_column(place, place, width)
    book.fit_row(sheet, 0, zip(_WIDTHS, widths, strict=True), bold=True)
    answer = list(_WIDTHS).index("Answer")
    row = 1
    for section, several in itertools.groupby(listed, lambda item: item.section):
        sheet.merge_range(row, 0, row, len(widths) - 1, "", book.format(**_SECTION))
        book.text(sheet, (row, 0), section, **_SECTION)
        book.fit_row(sheet, row, [(section, sum(widths) / measure.BOLD)])
        row += 1
        for item in several:
            cells = _cells(item)
            for place, heading in enumerate(_WIDTHS):
                look = {**TO_FILL, "num_format": "@"} if heading in _TO_FILL else BODY
                put(book, sheet, (row, place), cells.get(heading), **look)
            sheet.data_validation(
                row,
                answer,
                row,
                answer,
                {
                    "validate": "list",
                    "source": list(ANSWERS),
                    "error_title": "Answer",
                    "error_message": "Choose one of the list, or leave the cell empty.",
                },
            )
            texts = ((cells.get(heading, ""), width) for heading, width in zip(_WIDTHS, widths, strict=True))
            book.fit_row(sheet, row, texts)
            row += 1
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{row}"})


def _cells(item: Question) -> dict[str, str]:
    return {
        "No.": item.id,
        "Question": item.text,
        "What a helpful answer shows": item.helps,
        "Usual evidence": "; ".join(item.evidence),
        "Relevant to": item.statement.local,
    }
