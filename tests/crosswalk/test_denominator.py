"""The denominator of coverage."""

from __future__ import annotations

import pytest

from aicop.crosswalk import Crosswalk, crosswalk
from aicop.crosswalk.denominator import check_kinds
from aicop.errors import KeyMistake, UnknownKey, UnknownTerm
from aicop.frameworks import loads
from tests.crosswalk.examples import walk
from tests.examples import B

# Two policies, one of them with a process of two parts, and a role, a stage and a document.
ROWS = [
    "policy-1,,policy,",
    "policy-2,,policy,",
    "process-1,policy-2,work_process,",
    "box-1,process-1,box,",
    "branch-1,process-1,branch,",
    "role-1,,role,role",
    "stage-1,,stage,stage",
    "document-1,,document,document",
]
OWN = loads("\n".join(["id,parent,kind,nature", *ROWS, ""]), "own.csv", framework="own", edition="1", title="Own")


def test_roles_and_stages_are_not_counted() -> None:
    """Roles and stages cannot be covered, so they are not in the denominator."""
    report = crosswalk("eu-ai-act", "uk-ai-cop").coverage()
    assert "roles" not in report.denominator
    assert "eu-ai-act@2024:provider" not in {str(item) for item, _ in report.items}


def test_a_scope_may_name_a_parent() -> None:
    """A family stands for its controls, and a scope that contains nothing to count is refused."""
    found = walk(("X-1", "equal-to", "Y-1"))
    assert [str(item) for item, _ in found.coverage(["X"]).items] == ["a@1:X-1", "a@1:X-2"]
    assert found.coverage(["X", "X-1"]).denominator == "2 controls and risks of a@1 in scope"
    with pytest.raises(UnknownKey) as caught:
        found.coverage(["X-1"], denominator="family")
    advice = "nothing in it is counted; the denominator consists of families."
    assert caught.value == UnknownKey("X-1", KeyMistake.NO_ITEM, advice)


def test_several_kinds_are_listed_in_words() -> None:
    """Plurals are spelt as in English, and the last kind follows "and"."""
    act = crosswalk("eu-ai-act", "uk-ai-cop")
    assert act.coverage().denominator.partition(" ")[2] == "articles, paragraphs, points and annexes of eu-ai-act@2024"
    plurals = {"dish": "dishes", "branch": "branches", "index": "indexes", "process": "processes", "duty": "duties"}
    table = "\n".join(["id,parent,kind", *(f"{kind}-{number},,{kind}" for number in "12" for kind in plurals), ""])
    own = loads(table, "own.csv", framework="own", edition="1", title="Own")
    empty = Crosswalk.from_mappings([], own, B)
    for kind, plural in plurals.items():
        assert empty.coverage(denominator=kind).denominator == f"2 {plural} of own@1"


@pytest.mark.parametrize(
    ("kinds", "scope", "items", "said"),
    [
        (None, None, ["policy-1", "box-1", "branch-1"], "3 policies, boxes and branches of own@1"),
        (None, ["policy-2"], ["box-1", "branch-1"], "2 policies, boxes and branches of own@1 in scope"),
        (None, "policy-1", ["policy-1"], "1 policy or box or branch of own@1 in scope"),
        ("policy", None, ["policy-1", "policy-2"], "2 policies of own@1"),
        ("work_process", None, ["process-1"], "1 work process of own@1"),
        (["box", "work_process"], None, ["process-1", "box-1"], "2 work processes and boxes of own@1"),
        (["box", "work_process"], ["process-1"], ["process-1"], "1 work process or box of own@1 in scope"),
        ("branch", ["process-1", "branch-1"], ["branch-1"], "1 branch of own@1 in scope"),
        ([], None, [], "0 elements of own@1"),
    ],
)
def test_the_kinds_that_are_counted_are_named(
    kinds: str | list[str] | None, scope: str | list[str] | None, items: list[str], said: str
) -> None:
    """By default, elements that have no parts; of one item, every kind that it could be of is named."""
    report = Crosswalk.from_mappings([], OWN, B).coverage(scope, denominator=kinds)
    assert [item.local for item, _ in report.items] == items
    assert report.denominator == said


@pytest.mark.parametrize("kind", ["role", "stage", "document", "policies"])
def test_kinds_that_cannot_be_covered_are_refused(kind: str) -> None:
    """The error names those that can be counted."""
    with pytest.raises(UnknownTerm) as caught:
        Crosswalk.from_mappings([], OWN, B).coverage(denominator=["box", kind])
    assert (caught.value.vocabulary, caught.value.text) == ("kind of element of own@1", kind)
    assert caught.value.known == ("policy", "work_process", "box", "branch")


def test_of_several_unknown_kinds_the_first_in_the_alphabet_is_named() -> None:
    """So that the message is the same each time."""
    unknown = [f"kind-{letter}" for letter in "qwertyuiopasdfghjklzxcvbnm"]
    with pytest.raises(UnknownTerm) as caught:
        check_kinds(OWN, ["box", *unknown])
    assert caught.value.text == "kind-a"


def test_kinds_are_those_of_the_framework() -> None:
    """One or several; all kinds unless only those that are counted are asked for, and None for no choice."""
    assert check_kinds(OWN, None) is None
    assert check_kinds(OWN, "role") == frozenset({"role"})
    assert check_kinds(OWN, ["stage", "box"]) == frozenset({"stage", "box"})
    assert check_kinds(OWN, "box", counted_only=True) == frozenset({"box"})
    for given in ("role", "role1"):
        with pytest.raises(UnknownTerm) as caught:
            check_kinds(OWN, given, counted_only=given == "role")
        known = ("policy", "work_process", "box", "branch", "role", "stage", "document")
        assert caught.value.known == known[: 4 if given == "role" else None]
