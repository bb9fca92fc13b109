"""Markdown exports."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest
from hypothesis import given

from aicop import Catalogue, load
from aicop.interop import csv, markdown
from aicop.interop.columns import WORK, Column
from aicop.interop.worksheets import Table
from tests.examples import A
from tests.interop import generated
from tests.interop.examples import SMALL
from tests.interop.snapshots import same_as_snapshot


@pytest.mark.parametrize("name", ["edition", "framework", "crosswalk"])
def test_markdown_matches_its_snapshot(name: str, mini: Catalogue) -> None:
    """An edition, a framework and a crosswalk are written byte for byte as before."""
    items: dict[str, Any] = {"edition": mini, "framework": A, "crosswalk": SMALL}
    same_as_snapshot(f"table-{name}.md", markdown.dumps(items[name]))


def test_an_edition_is_a_checklist_with_boxes(mini: Catalogue) -> None:
    """An edition has a section per phase, a table per principle and a box per statement."""
    text = markdown.dumps(mini)
    assert text.startswith("# The Mini Code\n\n- **Edition**: `mini-code@1`\n")
    assert re.findall("^#+ .*$", text, re.MULTILINE) == [
        "# The Mini Code",
        "## Secure Start",
        "### Principle 1: Begin well",
        "## Secure Stop",
        "### Principle 2: End well",
        "## How to read it",
    ]
    assert "Primarily applies to: Developer.\n" in text
    assert "|  | Key | Title | Duty holder | Verb | Action | Condition | Counterparties |\n" in text
    assert (
        "| ☐ | `mini-code@1:1.2#2` | Title of 1.2 | System Operator | should | listen |  | Developers (source) |\n"
        in text
    )
    assert text.count("| ☐ |") == 6
    assert markdown.dumps(load("uk-ai-cop")).count("| ☐ |") == 88


def test_a_framework_has_a_table_for_each_family() -> None:
    """Each family has a table of its own, and so has a top-level element without children."""
    text = markdown.dumps(A)
    assert re.findall("^#+ .*$", text, re.MULTILINE) == [
        "# Framework a",
        "## X",
        "## Y",
        "## Risk",
        "## How to read it",
    ]
    assert (
        "## Y\n\n| Id | Parent | Kind | Nature |\n| --- | --- | --- | --- |\n"
        "| Y-1 | Y | control | requirement |\n| Y-2 | Y | control | requirement |\n" in text
    )
    assert "## Risk\n\n| Id | Kind | Nature |\n| --- | --- | --- |\n| R | risk | risk |\n" in text


def test_a_family_has_its_title_and_words() -> None:
    """A family has its title, words and all descendants, and words like a list marker are escaped."""
    rows = [
        "id,parent,kind,title,words",
        "F,,family,First,1. Say so.",
        "F-1,F,control,,",
        "F-1.1,F-1,part,Deep,",
        "F-2,F,control,,",
        "",
    ]
    (item,) = csv.loads("\n".join(rows), "own@1.csv").frameworks
    text = markdown.dumps(item)
    assert "## F First\n\n1\\. Say so.\n\n| Id | Parent | Kind | Title | Nature |\n" in text
    assert re.findall(r"^\| (F\S*) \| (\S*) \|", text, re.MULTILINE) == [
        ("F-1", "F"),
        ("F-1.1", "F-1"),
        ("F-2", "F"),
    ]


def test_a_crosswalk_has_coverage_mappings_and_gaps() -> None:
    """Coverage comes first with its denominator, and empty columns are left out."""
    text = markdown.dumps(SMALL)
    assert re.findall("^#+ .*$", text, re.MULTILINE) == [
        "# Framework a mapped to Framework b",
        "## Coverage",
        "## Mappings",
        "## Gaps",
        "## How to read it",
    ]
    assert "| covered | 1 | 1 | 0 | 0 | 0 | 0 | 5 controls and risks of `a@1`, mapped to `b@1` | X-1 |\n" in text
    assert "Source title" not in text
    reading = text.partition("## How to read it\n")[2]
    assert reading.startswith("\n| Column | Value | Explanation |\n| --- | --- | --- |\n| Coverage |  | How far")
    assert reading.count("\n| Coverage |") == reading.count("\n| Strength |") - 1 == 1
    assert "|  | subset-of | The target asks all that the source asks, and more. |\n" in reading


def test_columns_that_are_not_shown_are_not_explained(mini: Catalogue) -> None:
    """Empty columns, and those of an edition that become headings, have no explanation."""
    for text, hidden in (
        (markdown.dumps(mini), ["Principle", "Phase", *WORK]),
        (markdown.dumps(SMALL), ["Source title"]),
    ):
        reading = text.partition("## How to read it\n")[2]
        assert [name for name in hidden if f"\n| {name} |" in reading] == []


def test_a_users_columns_are_explained() -> None:
    """A user's column is explained under its heading; one without an explanation is not listed."""
    columns = (Column(name="a", heading="A | b", explanation="One.", values=(("x_y", "Two."),)), "c")
    text = markdown.dumps(Table(name="T", columns=columns, rows=[(1, 2)]))
    assert text.endswith("| --- | --- | --- |\n| A \\| b |  | One. |\n|  | x\\_y | Two. |\n")


def test_a_table_is_written_under_its_name() -> None:
    """A table is written under its name, with boxes if it is a checklist and "None." if it has no rows."""
    table = Table(name="T #1", columns=("a", "b"), rows=[(0, "x"), (None, "y|z")], about=[("Of", "m")])
    assert markdown.dumps(table) == (
        "# T \\#1\n\n- **Of**: m\n\n## T \\#1\n\n| a | b |\n| --- | --- |\n| 0 | x |\n|  | y\\|z |\n"
    )
    assert markdown.dumps(attrs.evolve(table, rows=())).endswith("## T \\#1\n\nNone.\n")
    boxed = Table(name="C", columns=("Key", *WORK), rows=[("k@1:1", None, None, None, None)])
    assert markdown.dumps(boxed).endswith("|  | Key |\n| --- | --- |\n| ☐ | `k@1:1` |\n")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a_b*c `d` [e](f) <g> #h & ~i~", r"a\_b\*c \`d\` \[e\](f) \<g\> \#h \& \~i\~"),
        ("etsi-en-304-223@2.1.1:5.1.1-2", "`etsi-en-304-223@2.1.1:5.1.1-2`"),
        ("nist-ai-rmf@1.0:GOVERN 1.1", "`nist-ai-rmf@1.0:GOVERN 1.1`"),
        ("of nist-csf@2.0, by x@1.", "of `nist-csf@2.0`, by `x@1`."),
        ("a@1:x|y", r"a@1:x\|y"),
        ("a@1:x`y", "``a@1:x`y``"),
        ("a@1:x``y`", "``` a@1:x``y` ```"),
        ("see https://example.org/a_b, now", "see <https://example.org/a_b>, now"),
        ("tab\there", r"tab\\there"),
        ("two\nlines", r"two\\nlines"),
        ("(me@home),", "`(me@home`),"),
    ],
)
def test_text_is_escaped(text: str, safe: str) -> None:
    """No text becomes markup or a mail address, and no cell ends early."""
    table = Table(name="T", columns=("a",), rows=[(text,)])
    assert markdown.dumps(table).splitlines()[-1] == f"| {safe} |"


@given(generated.texts)
def test_every_text_is_one_cell(text: str) -> None:
    """Every bar in a text is escaped."""
    table = Table(name="T", columns=("a", "b"), rows=[(text, "end")])
    line = markdown.dumps(table).splitlines()[-1]
    assert re.findall(r"(?:^|[^\\])(?:\\\\)*(\|)", line) == ["|"] * 3


@pytest.mark.parametrize("text", ["x" * 50_000 + " a@b", "http://" + "." * 50_000 + " a@b", "a@b" * 20_000])
def test_very_long_words_are_written(text: str) -> None:
    """Very long words are escaped in linear time; quadratic time would take minutes."""
    (item,) = csv.loads(f"id,kind,title\nA,control,{text}\n", "own@1.csv").frameworks
    assert text[:20].replace("http://", "")[:5] in markdown.dumps(item)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("see https://a.org/x_y, or b@c.org.", "see <https://a.org/x_y>, or `b@c.org`."),
        ("(https://a.org)", "(<https://a.org>)"),
        ("http:// is no address", "http:// is no address"),
        ("a|b@c", "a\\|b@c"),
        ("x<https://a.org>y", "x\\<<https://a.org>\\>y"),
    ],
)
def test_addresses_are_escaped(text: str, safe: str) -> None:
    """Web addresses become links and mail addresses become code."""
    table = Table(name="T", columns=["A"], rows=[(text,)])
    assert f"| {safe} |" in markdown.dumps(table)
