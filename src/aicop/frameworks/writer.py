"""Write frameworks as JSON that `aicop.frameworks.loads` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.files.json_text import dump_json

if TYPE_CHECKING:
    from aicop.frameworks.framework import Framework


def dumps(item: Framework) -> str:
    """
    Return a framework as JSON that `aicop.frameworks.loads` reads.

    Withdrawn elements are not written. The only facts about the edition that are written are its key, title and
    publisher.
    """
    facts = {
        "framework": item.id.document,
        "edition": item.id.label,
        "title": item.edition.title,
        "publisher": item.edition.publisher,
    }
    controls = [
        {
            "id": one.id.local,
            "parent": None if one.parent is None else one.parent.local,
            "kind": one.kind,
            "title": one.title,
            "nature": one.nature.value,
            "words": one.words,
        }
        for one in item.controls
    ]
    # Absent fields are left out rather than written as null.
    said = [{name: value for name, value in one.items() if value is not None} for one in controls]
    whole = {name: value for name, value in facts.items() if value is not None} | {"controls": said}
    return dump_json(whole)
