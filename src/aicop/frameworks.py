"""Other catalogues, at the level of ids, hierarchy and short titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.catalogue import hierarchy_faults
from aicop.errors import InvalidDocument
from aicop.structure import framework

if TYPE_CHECKING:
    from aicop.model import Framework


def loads(content: bytes | str, file: str = "<text>.json", **facts: str) -> Framework:
    r"""
    Read a framework that a user brings: another standard, or an organisation's own control library.

    *file* ends in ``.json``, ``.tsv`` or ``.csv``. A table has the columns ``id``, ``kind`` and, where wanted,
    ``parent`` and ``title``; the framework's own key, edition and title are then given in *facts*.

    >>> loads("id,kind\nA-1,control\n", "own.csv", framework="own", edition="1", title="Our controls").controls[0].id
    'A-1'

    Raises:
        InvalidDocument: with all faults of form, or with every repeated id, missing parent and circle.
    """
    from aicop.gate import check_framework

    data = check_framework(content, file, **facts)
    table = not file.lower().endswith(".json")
    rows = (
        (
            item["id"],
            item.get("parent"),
            f"line {i + 2}" if table else f"controls[{i}].id",
            f"line {i + 2}" if table else f"controls[{i}].parent",
        )
        for i, item in enumerate(data["controls"])
    )
    if faults := tuple(hierarchy_faults(rows, file, "control")):
        raise InvalidDocument.from_faults(faults)
    return framework(data)
