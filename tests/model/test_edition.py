"""Properties of the records of an edition."""

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
def test_duty_holders_are_joined_in_words(
    mini: Catalogue, holders: tuple[Role, ...], joiner: Joiner | None, who: str
) -> None:
    """Duty holders are joined by commas and a word before the last."""
    [statement] = mini["1.1"].statements
    assert attrs.evolve(statement, duty_holders=holders, joiner=joiner).who == who


def test_published_is_the_date_of_that_event(code: Catalogue, mini: Catalogue) -> None:
    """`published` is the date of the publication event, or None without one."""
    assert code.edition.published == "2025-01-31"
    assert mini.edition.published is None
    assert Event.PUBLISHED not in {item.event for item in mini.edition.dates}


class Cells(HTMLParser):
    """Collects the tags and texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        """Record a tag."""
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        """Record a text."""
        self.texts.append(data)


def test_a_provision_is_shown_in_notebooks(mini: Catalogue) -> None:
    """The table has one row per statement under a heading, and its text is escaped."""
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
