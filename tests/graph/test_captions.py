"""Captions of drawings."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import load
from aicop.errors import UnknownKey, UnknownTerm
from aicop.graph import Additions, dot, graph, mermaid, svg
from aicop.graph.captions import Caption, filter_graph
from aicop.vocabulary import DependencyKind, Role
from tests.graph.examples import IDS, WIDE, edge

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE = graph(load("uk-ai-cop"))
TITLE = "Code of Practice for the Cyber Security of AI"


@pytest.mark.parametrize(
    ("filters", "facts"),
    [
        ({}, ["72 provisions", "232 dependencies"]),
        ({"role": "data custodians"}, ["Role: Data Custodian", "5 of 72 provisions", "5 dependencies"]),
        ({"phase": "secure-end-of-life"}, ["Phase: Secure End of Life", "2 of 72 provisions", "0 dependencies"]),
        (
            {"role": ["data custodians", "End-user"], "phase": ["secure-end-of-life", "secure-development"]},
            [
                *("Roles: Data Custodian, End-user", "Phases: Secure Development, Secure End of Life"),
                *("4 of 72 provisions", "4 dependencies"),
            ],
        ),
        ({"kinds": "refines"}, ["Kinds: refines", "72 provisions", "21 dependencies"]),
        ({"kinds": ["refers", "refines"]}, ["Kinds: refines, refers", "72 provisions", "36 dependencies"]),
        ({"kinds": []}, ["Kinds: none", "72 provisions", "0 dependencies"]),
        ({"date": dt.date(2026, 11, 30)}, ["72 provisions", "232 dependencies", "2026-11-30"]),
        (
            {
                "role": Role.DEVELOPER,
                "phase": "Secure Deployment",
                "kinds": [DependencyKind.INFORMS],
                "date": dt.date(2026, 1, 2),
            },
            [
                *("Role: Developer", "Phase: Secure Deployment", "Kinds: informs", "3 of 72 provisions"),
                *("0 dependencies", "2026-01-02"),
            ],
        ),
    ],
)
def test_a_caption_names_edition_filters_and_date(filters: dict[str, Any], facts: list[str]) -> None:
    """Filters have their usual spelling and order, followed by the counts of what is left."""
    _, caption = filter_graph(WHOLE, **filters)
    assert caption.title == TITLE
    assert caption.facts == ("uk-ai-cop@2025-01", *facts)


@given(
    st.sampled_from(Role) | st.none(),
    st.sampled_from([item.id for item in WHOLE.catalogue.phases]) | st.none(),
    st.sets(st.sampled_from(DependencyKind)) | st.none(),
)
def test_filters_are_those_of_a_subgraph(role: Any, phase: Any, kinds: Any) -> None:  # noqa: ANN401 -- drawn
    """Filtering gives the subgraph, and filtering again changes nothing."""
    found, caption = filter_graph(WHOLE, role=role, phase=phase, kinds=kinds)
    assert found == WHOLE.subgraph(role=role, phase=phase, kinds=kinds)
    assert filter_graph(found, role=role, phase=phase, kinds=kinds) == (found, caption)


def test_a_subgraph_is_captioned_with_its_counts() -> None:
    """A graph does not remember its filters, so the caption has only the counts."""
    assert filter_graph(WHOLE.subgraph(role="End-user"))[1].facts[1:] == ("1 of 72 provisions", "0 dependencies")
    found = graph(WIDE, Additions(dependencies=(edge(IDS[0], IDS[1], DependencyKind.INFORMS),)))
    assert filter_graph(found)[1] == Caption("The Mini Code", ("mini-code@1", "12 provisions", "1 dependency"))


@pytest.mark.parametrize("draw", [svg, dot, mermaid])
@pytest.mark.parametrize(
    ("filters", "error"),
    [({"phase": "P1"}, UnknownKey), ({"role": "Wizard"}, UnknownTerm), ({"kinds": "x"}, UnknownTerm)],
)
def test_unknown_filters_are_refused(draw: Callable[..., str], filters: dict[str, str], error: type[Exception]) -> None:
    """Every kind of drawing refuses unknown filters."""
    with pytest.raises(error):
        draw(graph(WIDE), **filters)


@pytest.mark.parametrize("draw", [dot, mermaid])
def test_drawings_as_text_are_titled_and_filtered(draw: Callable[..., str]) -> None:
    """DOT and Mermaid have the caption as title, and only the filtered provisions."""
    text = draw(WHOLE, role="Data Custodian", date=dt.date(2026, 11, 30))
    caption = f"Dependencies between provisions: {TITLE}, uk-ai-cop@2025-01 · Role: Data Custodian · 5 of 72 provisions · 5 dep"
    assert f'"{caption}endencies · 2026-11-30"' in text
    assert "5.4.1 " in text
    assert "1.1 Put AI" not in text


def test_drawings_have_no_date_by_default() -> None:
    """Today's date is in no drawing unless it is given."""
    assert str(dt.date.today()) not in svg(graph(WIDE)) + dot(graph(WIDE)) + mermaid(graph(WIDE))  # noqa: DTZ011 -- any day will do


def test_the_title_of_mermaid_is_yaml() -> None:
    """The title is a JSON string in YAML front matter."""
    first, title, end, begin, *_ = mermaid(graph(WIDE)).splitlines()
    assert (first, end, begin) == ("---", "---", "flowchart LR")
    assert json.loads(title.removeprefix("title: ")) == str(filter_graph(graph(WIDE))[1])
