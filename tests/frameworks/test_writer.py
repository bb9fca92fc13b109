"""Frameworks in aicop's own JSON, and as tables."""

from __future__ import annotations

import json

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, frameworks
from aicop.frameworks import Framework, dumps_table, framework_digest, loads
from aicop.keys.control_index import fold
from tests.frameworks.test_reader import FACTS, TSV, Facts
from tests.interop import generated

NAMES = st.text(st.sampled_from("OwnerCst-_ ()é="), min_size=1, max_size=12).map(str.strip).filter(bool)
# An alias in these characters is no spelling of an id that `generated` draws.
ALIASES = st.text(st.sampled_from("xyzXYZ:/#"), min_size=1, max_size=8).filter(lambda text: fold(text).startswith("x"))


@st.composite
def users_frameworks(draw: st.DrawFn) -> Framework:
    """Draw a framework of a user, with columns of their own, aliases and notes on later changes."""
    base = draw(generated.frameworks())
    columns = draw(st.lists(NAMES, max_size=3, unique=True))
    aliases = iter(draw(st.lists(ALIASES, max_size=6, unique=True)))
    controls = [
        attrs.evolve(
            item,
            extra=[(name, draw(st.just("") | generated.texts)) for name in columns],
            aliases=[one for one, _ in zip(aliases, range(draw(st.integers(0, 2))), strict=False)],
            amended=draw(st.none() | st.just("Deleted since 2027; see AC-9.")),
        )
        for item in base.controls
    ]
    return attrs.evolve(base, controls=controls)


@given(users_frameworks())
def test_a_framework_round_trips(item: Framework) -> None:
    """JSON restores every element in all fields of a user's framework."""
    assert loads(frameworks.dumps(item), "own.json") == item


def facts(item: Framework) -> Facts:
    """Return what a table does not hold."""
    return {"framework": item.id.document, "edition": item.id.label, "title": item.edition.title}


@given(users_frameworks(), st.sampled_from([",", "\t"]))
def test_a_table_round_trips(item: Framework, separator: str) -> None:
    """A table restores every element too, with all own columns, whatever they are called."""
    columns = dict.fromkeys((name for name, _ in item.controls[0].extra), "extra")
    file = "own.csv" if separator == "," else "own.tsv"
    written = dumps_table(item, separator=separator)
    assert loads(written, file, columns=columns, **facts(item)) == item


def test_own_columns_come_out_again() -> None:
    """A company's own columns, in their own names and order, survive being read and written."""
    content = 'id,parent,kind,title,nature,words,Owner,Frequency\nA,,control,,requirement,,IT,"on\nMondays"\nB,,control,,requirement,,,\n'
    own = loads(content, "own.csv", **FACTS)
    assert dumps_table(own) == content
    assert dumps_table(own, separator="\t").splitlines()[1] == "A\t\tcontrol\t\trequirement\t\tIT\ton Mondays"
    assert framework_digest(own) == framework_digest(loads("id,kind\nA,control\nB,control\n", "own.csv", **FACTS))


def test_an_own_column_with_a_name_of_ours_is_marked() -> None:
    """Two columns of one name would not be read, so the user's own is marked."""
    own = loads("No,id,kind\nA,77,control\n", "own.csv", columns={"No": "id", "id": "extra"}, **FACTS)
    assert dumps_table(own).splitlines() == [
        "id,parent,kind,title,nature,words,id (own)",
        "A,,control,,requirement,,77",
    ]


def test_aliases_are_written_if_there_are_any() -> None:
    """The column of aliases is left out if no element has one."""
    assert "aliases" not in dumps_table(loads(TSV, "own.tsv", **FACTS))
    own = loads("id,kind,aliases\nA,control,x | y\nB,control,\n", "own.csv", **FACTS)
    assert [line.rpartition(",")[2] for line in dumps_table(own).splitlines()] == ["aliases", "x|y", ""]


def test_only_commas_and_tabs_separate() -> None:
    """Another separator is refused."""
    with pytest.raises(ValueError, match="';'; use a comma or a tab"):
        dumps_table(loads(TSV, "own.tsv", **FACTS), separator=";")


def test_an_edition_is_written_as_a_framework(code: Catalogue) -> None:
    """The file has the edition's phases, principles, provisions and statements."""
    value = json.loads(frameworks.dumps(frameworks.from_catalogue(code)))
    kinds = [item["kind"] for item in value["controls"]]
    assert [kinds.count(kind) for kind in ("phase", "principle", "provision", "sub-provision", "statement")] == [
        5,
        13,
        51,
        21,
        88,
    ]
