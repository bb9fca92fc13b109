"""Drawings in Mermaid, drawn by several of its versions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aicop import catalogue, load
from aicop.graph import DependencyGraph, graph, mermaid
from aicop.manifest import editions
from tests.examples import mini_edition

if TYPE_CHECKING:
    from collections.abc import Iterable

SCRIPT = Path(__file__).with_name("mermaid_texts.mjs")
VERSIONS = {"mermaid-10": "10.9.3", "mermaid-11": "11.4.1", "mermaid": "12.3.0"}
"""The packages of `make foreign`: one that reads labels with Markdown leniently, one that does not, and the newest."""
ODD = (
    "A 'b' \"c\" <d> & e; f, g? h=i % j ^ k",
    "*a* _b_ __c__ **d** ~~e~~ `f`",
    "[a](b) ![c](d) <https://x.org> https://x.org www.x.org a@b.org",
    "# a | b \\n c \\ d $$x^2$$ &amp; #35; #quot;",
    "- a + b 1) c (d) {e} [f] / 5.10 6. fa:fa-car !",
)
"""Titles with all that Markdown and Mermaid could read as something else than text."""


@pytest.fixture(scope="session")
def packages() -> Path:
    """Return the folder with the packages of Node, and fail if they are not installed."""
    folder = Path(os.environ.get("AICOP_NODE_MODULES", "missing"))
    if not (folder / "jsdom").is_dir() or shutil.which("node") is None:
        pytest.fail("AICOP_NODE_MODULES is not set to a folder with jsdom and mermaid, or there is no node")
    return folder


def drawn(packages: Path, name: str, text: str, path: Path) -> dict[str, Any]:
    """Return the texts in a drawing."""
    path.write_text(text, encoding="utf-8")
    command = ["node", str(SCRIPT), str(packages), name, str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)  # noqa: S603 -- it is the tool
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def titles(of: DependencyGraph) -> tuple[list[str], list[str]]:
    """Return the titles of the phases and principles of a graph, and of its provisions, each list sorted."""
    whole = of.catalogue
    inside = {whole[item].principle for item in of.ids}
    principles = [item for item in whole.principles if item.id in inside]
    phases = {whole[item].phase for item in of.ids}
    groups: Iterable[str] = (
        *(item.title for item in whole.phases if item.id in phases),
        *(f"{item.id.number}. {item.title}" for item in principles),
    )
    return sorted(groups), sorted(f"{item.number} {whole[item].title}" for item in of.ids)


@pytest.mark.parametrize("name", VERSIONS)
def test_odd_titles_are_shown_unchanged(name: str, packages: Path, tmp_path: Path) -> None:
    """Nothing in a title is read as Markdown, an icon, a formula or a character reference."""
    data = mini_edition()
    left = iter(ODD)
    for phase in data["phases"]:
        phase["title"] = f"1) {phase['title']}"
        for principle in phase["principles"]:
            principle["title"] = f"- {principle['title']}"
            for provision in principle["provisions"]:
                provision["title"] = next(left)
    found = graph(catalogue.loads(json.dumps(data)))
    texts = drawn(packages, name, mermaid(found), tmp_path / "odd.mmd")
    assert texts["version"] == VERSIONS[name]
    assert (sorted(texts["groups"]), sorted(texts["nodes"])) == titles(found)


@pytest.mark.parametrize("edition", editions(), ids=str)
@pytest.mark.parametrize("name", VERSIONS)
def test_titles_of_every_edition_are_shown(name: str, edition: object, packages: Path, tmp_path: Path) -> None:
    """All titles of a phase are shown, and a caption."""
    whole = graph(load(str(edition)))
    # Version 10 cannot lay out the whole graph, whose groups have dependencies in both directions.
    for number, phase in enumerate(whole.catalogue.phases if name == "mermaid-10" else [None]):
        part = whole if phase is None else whole.subgraph(phase=phase.id)
        texts = drawn(packages, name, mermaid(part), tmp_path / f"{number}.mmd")
        assert (sorted(texts["groups"]), sorted(texts["nodes"])) == titles(part)
        assert texts["title"][0].startswith("Dependencies between provisions: ")


def test_the_old_spelling_is_not_shown(packages: Path, tmp_path: Path) -> None:
    """A label that is not escaped shows an error in the versions before 11.17, which is why labels are escaped."""
    texts = drawn(packages, "mermaid-11", 'flowchart LR\n  a["1. Begin"]\n  b["1#46; Begin"]\n', tmp_path / "old.mmd")
    assert sorted(texts["nodes"]) == ["1. Begin", "Unsupported markdown: list"]
