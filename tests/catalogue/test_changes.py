"""The lineage from the base of a derived edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aicop import Catalogue, PrincipleId, load
from aicop.catalogue import derived_lineage
from aicop.ids import StatementId
from aicop.vocabulary import Change, Grade
from tests.catalogue.test_derived import MAY, changed, derive
from tests.examples import plain_provision, plain_statement

if TYPE_CHECKING:
    from aicop.model import LineageRow

BEGIN, TELL = plain_statement("shall", "Developer", "begin"), plain_statement("shall", "Developer", "tell")
OTHER, MORE = plain_statement("shall", "Developer", "warn"), plain_statement("shall", "Developer", "help")
LISTEN = plain_statement(
    "should",
    "System Operator",
    "listen",
    counterparties=[{"role": "Developer", "party": "Developers", "capacity": "source", "attribution": "stated"}],
)


def ends(rows: tuple[LineageRow, ...]) -> list[tuple[str | None, str | None, str]]:
    """Return both ends of each row without their editions, and the changes."""
    return [
        (row.old.local if row.old else None, row.new.local if row.new else None, "; ".join(row.changes)) for row in rows
    ]


def statements(rows: tuple[LineageRow, ...]) -> list[tuple[str | None, str | None, str]]:
    """Return the ends and changes of the rows of statements."""
    return ends(tuple(row for row in rows if isinstance(row.old or row.new, StatementId)))


def test_a_lineage_states_what_is_inherited_changed_dropped_and_own(mini: Catalogue) -> None:
    """Rows are in printed order; changed and dropped provisions have their texts in both directions."""
    sources = [
        {"key": key, "document": "D", "locator": "L", "grade": grade, "read": "2026-11-29"}
        for key, grade in (("file", "direct"), ("call", "second-hand"))
    ]
    found = derive(
        mini,
        sources=sources,
        changed=[
            changed("1.1", ["spelling", "wording"], title="T", reverse_note="Back.", source="call"),
            changed("1.2", ["footnote"], footnotes=[1]),
        ],
        dropped=[{"number": "2.1", "reason": "Not needed."}],
        own=[plain_provision("1.1.2", MAY, principle=1, parent="1.1", source="call")],
    )
    rows = derived_lineage(found)
    assert ends(rows) == [
        ("P1", "P1", "identical"),
        ("1.1", "1.1", "wording; spelling"),
        ("1.1.1", "1.1.1", "identical"),
        (None, "1.1.2", "added"),
        ("1.2", "1.2", "footnote"),
        ("P2", "P2", "identical"),
        ("2.1", None, "removed"),
        ("2.10", "2.10", "identical"),
    ]
    assert {str(row.old.edition) for row in rows if row.old} == {"mini-code@1"}
    assert {str(row.new.edition) for row in rows if row.new} == {"acme-code@2026"}
    assert [(row.note, row.reverse_note) for row in rows if row.note] == [
        ("1.1 changed.", "Back."),
        ("1.2 changed.", None),
        ("Not needed.", "Not in acme-code@2026: Not needed."),
    ]
    second = {row.new.local if row.new else None for row in rows if row.grade is Grade.SECOND_HAND}
    assert second == {"1.1", "1.1.2"}
    assert {row.grade for row in rows} == {Grade.DIRECT, Grade.SECOND_HAND}
    assert not any(row.review for row in rows)
    assert derived_lineage(found, mini) == rows


STATEMENTS: list[tuple[str, list[dict[str, Any]], list[str], list[tuple[str | None, str | None, str]]]] = [
    ("the same in another order of fields", [TELL, LISTEN], ["wording"], []),
    ("all differ", [OTHER, MAY], ["wording", "scope of duty", "strength"], []),
    (
        "one of two differs, with its verb",
        [TELL, LISTEN | {"modality": "may"}],
        ["strength"],
        [("1.2#1", "1.2#1", "identical"), ("1.2#2", "1.2#2", "strength")],
    ),
    (
        "one of two differs, but not in its verb",
        [OTHER, LISTEN],
        ["wording", "strength"],
        [("1.2#1", "1.2#1", "wording"), ("1.2#2", "1.2#2", "identical")],
    ),
    (
        "one was removed",
        [LISTEN],
        ["scope of duty"],
        [("1.2#1", None, "removed"), ("1.2#2", "1.2#1", "identical")],
    ),
    (
        "one was added between",
        [TELL, OTHER, LISTEN],
        ["scope of duty"],
        [("1.2#1", "1.2#1", "identical"), (None, "1.2#2", "added"), ("1.2#2", "1.2#3", "identical")],
    ),
    (
        "one became two",
        [OTHER, MORE, LISTEN],
        ["wording"],
        [("1.2#1", "1.2#1", "wording"), ("1.2#1", "1.2#2", "wording"), ("1.2#2", "1.2#3", "identical")],
    ),
    (
        "no statement is the same, with another count and only the verb as a change",
        [OTHER, MORE, MAY],
        ["strength"],
        [(f"1.2#{old}", f"1.2#{new}", "strength") for old in (1, 2) for new in (1, 2, 3)],
    ),
    (
        "one changed and one was added, with only the verb as a change",
        [OTHER, LISTEN, MORE],
        ["strength"],
        [("1.2#1", "1.2#1", "strength"), ("1.2#2", "1.2#2", "identical"), (None, "1.2#3", "added")],
    ),
]


@pytest.mark.parametrize(
    ("after", "kinds", "expected"), [row[1:] for row in STATEMENTS], ids=[r[0] for r in STATEMENTS]
)
def test_statements_have_rows_if_only_some_of_them_differ(
    mini: Catalogue, after: list[dict[str, Any]], kinds: list[str], expected: list[tuple[str | None, str | None, str]]
) -> None:
    """Statements are identical, changed, added, removed, or to be reviewed if it is not clear which became which."""
    rows = derived_lineage(derive(mini, changed=[changed("1.2", kinds, statements=after)]))
    assert statements(rows) == expected
    unclear = {row.old for row in rows if row.review}
    counted = [row.old for row in rows if isinstance(row.old, StatementId) and row.new]
    assert unclear == {item for item in counted if counted.count(item) > 1}


def test_a_chain_has_one_lineage_for_each_step() -> None:
    """The lineage of an edition in a chain has the differences from its own base alone."""
    code = load("uk-ai-cop")
    first = derive(code, dropped=[{"number": "13.2", "reason": "R"}])
    second = derive(first, edition="2027", changed=[changed("1.1", ["wording"], title="T")])
    rows = derived_lineage(second, first)
    assert [(str(row.old), str(row.new)) for row in rows if row.changes != (Change.IDENTICAL,)] == [
        ("acme-code@2026:1.1", "acme-code@2027:1.1")
    ]
    assert len(rows) == 13 + 71


def test_an_edition_that_is_not_based_on_the_other_is_refused(mini: Catalogue, code: Catalogue) -> None:
    """The two editions must be a derived edition and its base."""
    with pytest.raises(ValueError, match=r"^mini-code@1 is not based on another edition$"):
        derived_lineage(mini)
    with pytest.raises(ValueError, match=r"^acme-code@2026 is not based on uk-ai-cop@2025-01$"):
        derived_lineage(derive(mini), code)


@given(
    st.sets(st.sampled_from(["1.1.1", "1.2", "2.1"])),
    st.sets(st.sampled_from(["1.1", "2.10"])),
    st.lists(st.sampled_from([BEGIN, TELL, LISTEN, OTHER, MORE]), min_size=1, max_size=4),
    st.integers(0, 3),
)
def test_every_item_of_both_editions_has_its_rows(
    mini: Catalogue, dropped: set[str], altered: set[str], after: list[dict[str, Any]], count: int
) -> None:
    """Each principle and provision is in one row; if one statement of a provision has a row, all of them have."""
    kinds = ["wording", "strength", "scope of duty"]
    found = derive(
        mini,
        dropped=[{"number": number, "reason": "R"} for number in sorted(dropped)],
        changed=[changed(number, kinds, statements=after) for number in sorted(altered)],
        own=[plain_provision(f"2.{11 + place}", MAY, principle=2) for place in range(count)],
    )
    rows = derived_lineage(found)
    for side, catalogue in (("old", mini), ("new", found)):
        items = [getattr(row, side) for row in rows if getattr(row, side)]
        wholes = [item for item in items if not isinstance(item, StatementId)]
        assert sorted(map(str, wholes)) == sorted(map(str, [*(item.id for item in catalogue.principles), *catalogue]))
        parts = {item for item in items if isinstance(item, StatementId)}
        for item in {part.provision for part in parts}:
            assert {part.ordinal for part in parts if part.provision == item} == {
                one.ordinal for one in catalogue[item].statements
            }
    for row in rows:
        assert (row.old is None) == (row.changes == (Change.ADDED,))
        assert (row.new is None) == (row.changes == (Change.REMOVED,))
        if isinstance(row.old, StatementId) and isinstance(row.new, StatementId):
            one = mini[row.old.provision].statements[row.old.ordinal - 1]
            other = found[row.new.provision].statements[row.new.ordinal - 1]
            same = (one.action, one.modality, one.duty_holders) == (other.action, other.modality, other.duty_holders)
            assert same or row.changes != (Change.IDENTICAL,)
        elif isinstance(row.old, PrincipleId):
            assert row.changes == (Change.IDENTICAL,)
