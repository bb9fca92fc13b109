"""The commands of `aicop graph`."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.runner import Run


def test_the_graph_answers_on_the_command_line(aicop: Run) -> None:
    """The commands give order and paths."""
    code, out, err = aicop("graph", "order", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["place"] for row in rows] == [str(place) for place in range(1, 73)]
    assert (
        "This order does not meet 24 soft dependencies, which lie on cycles: 8.1.1 informs 2.4, 3.2 triggers 3.1, "
        in err
    )
    assert aicop("graph", "order", "--kind", "refines")[2] == (
        "72 provisions and 21 dependencies of uk-ai-cop@2025-01. Filter: kind refines.\n"
    )
    assert aicop("graph", "why", "9.1", "1.1")[1] == "1.1 does not depend on 9.1.\n"


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("dot", 'digraph "uk-ai-cop'),
        ("mermaid", "flowchart LR"),
        ("graphml", "<graphml"),
        ("json", "{\n"),
        ("svg", "<svg"),
    ],
)
def test_the_graph_is_drawn_in_every_format(aicop: Run, form: str, begins: str) -> None:
    """Every format draws the provisions of the chosen phase and role, and no others."""
    code, out, _ = aicop("graph", "draw", form, "--phase", "secure-deployment", "--role", "developer")
    assert code == 0
    assert begins in out[:300]
    for number in ("10.1", "10.2", "10.3"):
        assert number in out
    assert "10.2.1" not in out
    assert "9.1" not in out


def test_a_drawing_names_its_filters_and_its_date(aicop: Run) -> None:
    """A drawing names its filters and the date given; it has no date unless one is given."""
    command = ("graph", "draw", "mermaid", "--role", "developers", "--role", "end-user", "--kind", "refines")
    out = aicop(*command, "--date", "2026-11-29")[1]
    assert "Roles: Developer, End-user" in out
    assert "Kinds: refines" in out
    assert "2026-11-29" in out
    assert "20" not in aicop(*command)[1].partition("uk-ai-cop@2025-01")[2].splitlines()[0]
    code, out, err = aicop(*command, "--date", "29.11.2026")
    assert (code, out) == (2, "")
    assert "'29.11.2026' is not an ISO date such as 2026-11-29." in " ".join(err.split())


def test_handovers_say_whether_they_are_stated(aicop: Run) -> None:
    """Twenty-eight handovers are stated in the Code, and sixteen follow from it."""
    rows = aicop.rows("graph", "handovers")
    assert [row["stated"] for row in rows] == ["yes"] * 28 + ["no"] * 16


def test_graph_mistakes_are_reported(aicop: Run) -> None:
    """Mistakes in `graph` commands have the same messages and exit codes as elsewhere."""
    assert (
        aicop("graph", "draw", "png")[2]
        == "aicop: 'png' is not a drawing format; use one of: svg, dot, mermaid, graphml, json\n"
    )
    assert aicop("graph", "impact", "5.9")[0] == 2
    assert aicop("graph", "order", "--kind", "needs")[2].startswith(
        "aicop: 'needs' is not a dependency kind; use one of: refines, "
    )
