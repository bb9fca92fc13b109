"""Mappings of your own that are carried to another edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop.frameworks import digest
from aicop.ids import JointId
from aicop.library import Library, add, upgrade_mappings
from tests.assessment.upgrades import ENDS, LIBRARY
from tests.examples import row
from tests.library.examples import acme, rows, write

if TYPE_CHECKING:
    from pathlib import Path

    from aicop.frameworks import Framework
    from aicop.ids import End

TABLE = (
    "source,relationship,target,strength\n"
    "AC-1,intersects-with,6.1,4\n"
    "AC-2,intersects-with,2.7#1|2.7#2,5\n"
    "AC-1,intersects-with,2.7#2,5\n"
    "AC-2,intersects-with,P10,5\n"
    "AC-1,nothing-found,,0\n"
)
WHY = (
    "From uk-ai-cop@2025-01 to etsi-en-304-223@2.1.1: reference. The provider is to follow the standard itself instead "
    "of the Code. The document that a provider is held to is another one; contracts and questionnaires may have to name it."
)


def test_mappings_to_the_code_become_mappings_to_the_standard() -> None:
    """Where the duty is the same the digest is renewed; where it changed the settlement says why to judge it again."""
    ours = Library().with_framework(acme())
    code, standard = ours.framework("uk-ai-cop"), ours.framework("etsi-en-304-223")
    given = [attrs.evolve(one, target_digest=_digest(one.target, code)) for one in rows(TABLE)]
    library = ours.with_mappings(given)
    found = upgrade_mappings(library, "uk-ai-cop", "etsi-en-304-223")
    assert (str(found.old), str(found.new)) == ("uk-ai-cop@2025-01", "etsi-en-304-223@2.1.1")
    said = {(str(item.old.source), str(item.old.target and item.old.target.local)): item for item in found.items}
    same = said["acme@1:AC-1", "6.1"]
    assert same.new is not None
    assert (str(same.new.target), same.reason, same.new.settlement) == ("etsi-en-304-223@2.1.1:5.2.2-1", None, None)
    assert same.new.target_digest == digest(standard["5.2.2-1"])
    changed = said["acme@1:AC-1", "2.7#2"]
    assert changed.new is not None
    assert (str(changed.new.target), changed.reason) == ("etsi-en-304-223@2.1.1:5.1.2-7#2", WHY)
    assert changed.new.settlement == f"For review. {WHY}"
    assert changed.new.target_digest == changed.old.target_digest
    joint = said["acme@1:AC-2", "2.7#1|2.7#2"]
    assert joint.new is not None
    assert joint.new.target == JointId([standard.key("5.1.2-7#1"), standard.key("5.1.2-7#2")])
    assert joint.reason == WHY
    principle = said["acme@1:AC-2", "P10"]
    assert principle.reason is not None
    assert "The preamble lost its actor" in principle.reason
    nothing = said["acme@1:AC-1", "None"]
    assert (nothing.new, nothing.reason) == (
        None,
        "Nothing was found in uk-ai-cop@2025-01; etsi-en-304-223@2.1.1 has to be searched.",
    )
    assert len(found.mappings) == 4
    # Of the upgraded mappings, those to judge again are under review.
    reviewed = ours.with_mappings(found.mappings).review()
    assert {str(item.changed) for item in reviewed.items} <= {
        str(item.new.target) for item in (changed, joint) if item.new
    }


def _digest(target: End | None, framework: Framework) -> str | None:
    return None if target is None or isinstance(target, JointId) else digest(framework[target])


def test_what_was_split_merged_or_removed_is_not_carried() -> None:
    """A mapping needs one counterpart that has no other; the reason says what became of the item."""
    old = LIBRARY.framework(ENDS[0])
    keys = {number: old.key(number) for number in ("1.1#1", "1.1#2", "1.3#1", "2.4", "2.5")}
    ours = [row(old.key("2.3"), "equal-to", key) for key in keys.values()]
    library = LIBRARY.with_framework(acme())
    given = [attrs.evolve(one, source=library.framework("acme").key("AC-1")) for one in ours]
    found = upgrade_mappings(library.with_mappings(given), *ENDS)
    assert {item.old.target.local: item.reason for item in found.items if item.old.target} == {
        "1.1#1": None,
        "1.1#2": (
            "code@1:1.1#2 has no counterpart of its own in code@2: it became code@2:1.1#2 and code@2:1.2#1, or shares it "
            "with others."
        ),
        "1.3#1": (
            "code@1:1.3#1 has no counterpart of its own in code@2: it became code@2:1.3#1, or shares it with others."
        ),
        "2.4": "code@1:2.4 has no counterpart of its own in code@2: it was removed.",
        "2.5": None,
    }
    assert len(found.mappings) == 2


def test_upgraded_mappings_are_written_beside_the_old(tmp_path: Path) -> None:
    """They are a file of their own, and nothing else changes."""
    library = Library.open(write(tmp_path))
    found = upgrade_mappings(library, "uk-ai-cop", "etsi-en-304-223")
    before = (tmp_path / "mappings/ours.csv").read_bytes()
    [path] = add(library, mappings=found.mappings, name="standard")
    assert path.name == "standard.tsv"
    again = Library.open(tmp_path)
    assert len(again.own_mappings()) == len(library.own_mappings()) + len(found.mappings)
    assert (tmp_path / "mappings/ours.csv").read_bytes() == before
