"""Hypothesis strategies for ids and editions."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from aicop import EditionId, PhaseId, PrincipleId, ProvisionId
from tests.examples import mini_edition

small = st.integers(min_value=0, max_value=9999)
slugs = st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8}){0,2}", fullmatch=True)
labels = st.from_regex(r"[0-9]{1,4}([.-][0-9]{1,2}){0,2}", fullmatch=True)
edition_ids = st.builds(EditionId, slugs, labels)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Draw a number of any depth, with or without a hyphen."""
    head = ".".join(map(str, draw(st.lists(small, min_size=1, max_size=4))))
    tail = ".".join(map(str, draw(st.lists(small, max_size=3))))
    return f"{head}-{tail}" if tail else head


provision_ids = st.builds(ProvisionId, edition_ids, numbers())
principle_ids = st.builds(PrincipleId, edition_ids, st.integers(min_value=1, max_value=9999))
phase_ids = st.builds(PhaseId, edition_ids, slugs)

lines = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


@st.composite
def editions(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an edition of the shape of the hand-made one, with drawn words and verbs."""
    data = mini_edition()
    data["title"] = draw(lines)
    for phase in data["phases"]:
        for principle in phase["principles"]:
            principle["title"] = draw(lines)
            for provision in principle["provisions"]:
                provision["title"] = draw(lines)
                provision["footnotes"] = draw(st.lists(st.integers(1, 99), max_size=2))
                for statement in provision["statements"]:
                    statement["modality"] = draw(st.sampled_from(["shall", "should", "may", "can"]))
                    statement["action"] = draw(lines)
    return data
