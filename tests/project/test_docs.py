"""Documentation: its examples are run, and its links are followed."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import aicop
from aicop import Catalogue
from aicop.graph import graph
from aicop.interop.registry import dumps
from aicop.relations import COMPOSITION, READING, SYMBOL, Scheme, word_for
from aicop.vocabulary import HARD, DependencyKind, Relation


def test_the_figures_of_the_documentation_hold(code: Catalogue) -> None:
    """The counts on the page of dependencies are those of the shipped graph."""
    found = graph(code)
    page = (Path(__file__).parent.parent.parent / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
    for kind in DependencyKind:
        count = sum(item.kind is kind for item in found.dependencies)
        assert re.search(rf"^\| {kind} \| .* \| {count} \|$", page, re.MULTILINE), kind
    knots = [knot for knot in nx.strongly_connected_components(found.to_networkx()) if len(knot) > 1]
    soft = sum(item.kind not in HARD for item in found.dependencies)
    assert [len(knot) for knot in knots] == [43]
    assert (
        "43 provisions are connected\n"
        f"by cycles, and {len(found.order().unmet)} of {soft} soft dependencies are not respected" in page
    )
    waves = [len(found.waves(kinds=kinds)) for kinds in (None, DependencyKind)]
    assert f"the 72 provisions into {waves[0]} waves" in page
    assert f"the provisions into {waves[1]} waves" in page
    [unmet] = found.critical_path().unmet
    assert f"this is one: {unmet.prerequisite.number} {unmet.kind} {unmet.dependant.number}." in page
    stated = sum(item.stated for item in found.handovers())
    assert (len(found.handovers()), stated) == (44, 28)
    assert [item.number for item, _ in found.central(4)] == ["3.1", "2.1", "8.1", "5.1"]


ROOT = Path(__file__).parent.parent.parent
AT_THE_TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
PAGES = sorted([*(ROOT / name for name in AT_THE_TOP), *ROOT.glob("docs/**/*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
# Commands that set up an environment are not run; another test checks that the make targets exist.
SETTING_UP = ("make ", "pip ")


@pytest.mark.parametrize("name", NAMES)
def test_python_examples_print_what_the_page_shows(name: str) -> None:
    """The interactive examples of a page, run in one session, print what the page shows."""
    page = (ROOT / name).read_text(encoding="utf-8")
    flags = doctest.ELLIPSIS | doctest.REPORT_NDIFF
    test = doctest.DocTestParser().get_doctest(page, {}, name, name, 0)
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=flags).run(test, out=failures.append)
    assert not failures, "".join(failures)


IN_ORDER = ("docs/tutorial/gate.md",)
"""Pages whose commands build on each other: they are run in order, in an empty folder."""


def console_blocks(names: list[str]) -> list[tuple[str, str, str]]:
    """Return the page, command and output of every console block of some pages."""
    found = []
    for name in names:
        for block in re.findall(r"```console\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                found.append((name, command, output))
    return found


@pytest.mark.parametrize(
    ("name", "command", "output"),
    [
        block
        for block in console_blocks([one for one in NAMES if one not in IN_ORDER])
        if not block[1].startswith(SETTING_UP)
    ],
    ids=lambda value: value[:40],
)
def test_console_examples_print_what_the_page_shows(name: str, command: str, output: str) -> None:
    """A command prints what the page shows, standard output and standard error together."""
    assert printed(command, ROOT) == output, name


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_tutorial_can_be_followed(name: str, tmp_path: Path) -> None:
    """The commands of a page, run in order in an empty folder, print what the page shows."""
    variables: dict[str, str] = {}
    steps = console_blocks([name])
    assert len(steps) > 10
    for _, command, output in steps:
        # A shell of its own forgets its variables.
        if command.startswith("export "):
            key, _, value = command.removeprefix("export ").partition("=")
            variables[key] = value
        else:
            assert printed(command, tmp_path, variables) == output


def printed(command: str, folder: Path, variables: dict[str, str] | None = None) -> str:
    """Return what a command prints in a folder, standard output and standard error together."""
    scripts = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": scripts + os.pathsep + os.environ["PATH"], "COLUMNS": "100"}
    done = subprocess.run(  # noqa: S602 -- our own pages
        command,
        shell=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment | (variables or {}),
        cwd=folder,
    )
    return done.stdout


def test_the_make_targets_on_the_pages_exist() -> None:
    """Every make target that a page names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set()
    for name in NAMES:
        page = (ROOT / name).read_text(encoding="utf-8")
        for line in re.findall(r"(?:^\$ |`)make ([^`\n]+)", page, re.MULTILINE):
            named |= {word for word in line.split() if "=" not in word}
    assert named >= {"tour", "test", "newest", "oldest", "bench"}
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, as Git hosts and the site generate them."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(path: Path) -> list[str]:
    """Return the relative links of a page that lead to no file, or to no heading of a page."""
    found = []
    page = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)):
        if "://" not in link:
            file, _, anchor = link.partition("#")
            target = path.parent / file if file else path
            if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
                found.append(link)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_links_resolve(name: str) -> None:
    """Relative links lead to files and headings that exist."""
    assert broken_links(ROOT / name) == []


def test_broken_links_are_found(tmp_path: Path) -> None:
    """A missing file and a missing heading are reported; links in code are not followed."""
    page = tmp_path / "page.md"
    page.write_text(
        "# A `b`, c\n[1](#a-b-c) [2](#d) [3](other.md) [4](page.md#a-b-c)\n```\n[5](none.md)\n```\n", "utf-8"
    )
    assert broken_links(page) == ["#d", "other.md"]


def test_every_page_is_in_the_navigation() -> None:
    """Every page of the site is in the table of contents of some page."""
    listed = {"index"}
    for path in (ROOT / "docs").rglob("*.md"):
        for tree in re.findall(
            r"^```\{toctree\}\n(.*?)^```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        ):
            names = [line for line in tree.splitlines() if line and not line.startswith(":")]
            listed |= {(path.parent / name).relative_to(ROOT / "docs").as_posix() for name in names}
    assert {
        path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")
    } == listed


def test_errors_are_all_documented() -> None:
    """The reference lists every class of error and every kind of mistake in a key."""
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    ours = [kind for kind in aicop.AicopError.__subclasses__() if kind.__module__.startswith("aicop.")]
    for error in ours:
        assert f"`{error.__name__}`" in page
    for mistake in aicop.KeyMistake:
        assert f"| {mistake} |" in page


def test_the_data_files_have_a_licence() -> None:
    """NOTICE names every file of the data, alone or by its pattern."""
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    patterns = re.findall(r"data/[\w@*./-]+\.(?:json|tsv)", notice)
    covered = {path for pattern in patterns for path in ROOT.glob(pattern)}
    assert covered >= {path for path in ROOT.glob("data/**/*") if path.suffix in {".json", ".tsv"}}


def test_the_page_of_relations_shows_the_tables_in_use() -> None:
    """Words and compositions on the page are those of the library, row by row."""
    page = (Path(__file__).parent.parent.parent / "docs" / "reference" / "relations.md").read_text(encoding="utf-8")
    # No format of ours has the terms of OWL, so they are only read.
    written = [scheme for scheme in Scheme if any(word_for(one, scheme) for one in Relation)]
    for relation in Relation:
        words = [f"`{word}`" if (word := word_for(relation, scheme)) else "\u2013" for scheme in written]
        assert f"| {READING[relation]} | {' | '.join(words)} |" in page
        row = [
            " ".join(SYMBOL[one] for one in Relation if one in COMPOSITION[relation, other])
            if len(COMPOSITION[relation, other]) < 5
            else "any"
            for other in Relation
        ]
        assert f"| {SYMBOL[relation]} | {' | '.join(row)} |" in page


DOCUMENTED = Path(__file__).parent.parent.parent / "docs" / "reference" / "registry.json"


def test_the_registry_in_the_documentation_is_current() -> None:
    """The registry file in the documentation is the one that the library writes."""
    assert DOCUMENTED.read_text(encoding="utf-8") == dumps()
