"""Drawings in DOT and Mermaid."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop.catalogue import loads as load_edition
from aicop.graph import Additions, dot, graph, mermaid
from aicop.graph.diagrams import _label
from aicop.vocabulary import DependencyKind
from tests.examples import mini_edition
from tests.graph.examples import SNAPSHOTS, edge, four_principles
from tests.interop.snapshots import same_as_snapshot

if TYPE_CHECKING:
    from aicop import Catalogue


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" .-+1"), max_size=20))
def test_a_label_is_restored_from_its_references(text: str) -> None:
    """Every reference in a label stands for a character, and what could be markup is written as one."""
    label = _label(text)
    assert re.fullmatch(r'"(?:[^#"&<>*_`~|\\]|#[0-9]+;)*"', label)
    # A list begins with a number and a dot, or with a sign and a space.
    assert not re.match(r'"(?:[0-9]+[.)] |[-+] )', label)
    assert re.sub(r"#([0-9]+);", lambda found: chr(int(found[1])), label[1:-1]) == text


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("- a", "#45; a"),
        ("+ a-b+c", "#43; a-b+c"),
        ("1. Be 1.1", "1#46; Be 1.1"),
        ("[#]", "#91;#35;#93;"),
        ("a:/b@c", "a#58;#47;b#64;c"),
    ],
)
def test_a_label_is_no_list_and_has_no_markup(text: str, label: str) -> None:
    """A sign at the beginning and a dot after a number would make a list."""
    assert _label(text) == f'"{label}"'


def test_kinds_have_styles_and_titles_are_escaped(mini: Catalogue) -> None:
    """Each kind has its own style in DOT and Mermaid, and titles are escaped."""
    ids = tuple(mini)
    edges = tuple(
        edge(ids[0], ids[number], kind)
        for number, kind in zip((2, 2, 3, 3, 4), DependencyKind, strict=True)
        if kind is not DependencyKind.REFINES
    )
    data = mini_edition()
    data["phases"][0]["principles"][0]["provisions"][0]["title"] = 'A "b" <c> & d'
    found = graph(load_edition(json.dumps(data)), Additions(dependencies=edges))
    styles = [line.partition("[")[2].partition(", tooltip")[0] for line in dot(found).splitlines() if " -> " in line]
    assert len(styles) == len(set(styles)) == 5
    assert sum("dashed" in style for style in styles) == 1
    assert r'label="1.1 A \"b\" <c> & d"' in dot(found)
    drawn = mermaid(found)
    assert '["1.1 A #34;b#34; #60;c#62; #38; d"]' in drawn
    assert 'subgraph p1["1#46; Begin well"]' in drawn
    arrows = [line.split()[1] for line in drawn.splitlines() if line.startswith("  n") and "[" not in line]
    assert len(arrows) == len(set(arrows)) == 5


def test_diagrams_match_their_snapshots() -> None:
    """Phases, principles, provisions and dependencies of each kind, in DOT and in Mermaid."""
    same_as_snapshot("diagram.dot", dot(four_principles()), SNAPSHOTS)
    same_as_snapshot("diagram.mmd", mermaid(four_principles()), SNAPSHOTS)


def test_nodes_of_mermaid_have_names_without_signs(standard: Catalogue) -> None:
    """Numbers in the style of ETSI have a hyphen and dots."""
    drawn = mermaid(graph(standard), phase="secure-development")
    assert '\n      n5_2_1__4_1["5.2.1-4.1 ' in drawn
    assert "\n  n5_2_1__4 ==> n5_2_1__4_1\n" in drawn
