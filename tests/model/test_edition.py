"""What the records of an edition say of themselves."""

from __future__ import annotations

from html.parser import HTMLParser

import attrs
import pytest

from aicop import Catalogue, Role
from aicop.vocabulary import Event, Joiner


@pytest.mark.parametrize(
    ("holders", "joiner", "who"),
    [
        ((Role.DEVELOPER,), None, "Developer"),
        ((Role.DEVELOPER, Role.SYSTEM_OPERATOR), Joiner.OR, "Developer or System Operator"),
        (
            (Role.DEVELOPER, Role.DATA_CUSTODIAN, Role.SYSTEM_OPERATOR),
            Joiner.AND,
            "Developer, Data Custodian and System Operator",
        ),
    ],
)
def test_duty_holders_are_named_as_a_person_would(
    mini: Catalogue, holders: tuple[Role, ...], joiner: Joiner | None, who: str
) -> None:
    """Commas, and the word before the last."""
    [statement] = mini["1.1"].statements
    assert attrs.evolve(statement, duty_holders=holders, joiner=joiner).who == who


def test_an_edition_was_published_on_the_day_of_that_event(code: Catalogue, mini: Catalogue) -> None:
    """The Code on 31 January 2025; an edition that does not say so, on no day that is known."""
    assert code.edition.published == "2025-01-31"
    assert mini.edition.published is None
    assert Event.PUBLISHED not in {item.event for item in mini.edition.dates}


class Cells(HTMLParser):
    """Takes the text of a page apart by the tags around it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        """Note a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)


def test_a_provision_shows_itself_in_a_notebook_and_foreign_text_stays_text(mini: Catalogue) -> None:
    """One row for each statement under a heading; what looks like markup is shown as it is."""
    provision = mini["1.2"]
    first, second = provision.statements
    hostile = attrs.evolve(
        provision, title="<script>x</script>", statements=(attrs.evolve(first, action="a & <b>"), second)
    )
    page = Cells()
    page.feed(hostile._repr_html_())
    assert page.tags.count("tr") == 3
    assert {"script"}.isdisjoint(page.tags)
    assert "<script>x</script>" in "".join(page.texts)
    assert "a & <b>" in "".join(page.texts)
