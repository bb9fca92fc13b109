"""Models for rows of lineage files."""

from __future__ import annotations

from typing import Literal

from aicop.schema.base import StrictSchema
from aicop.schema.types import Changes, ItemNumber, Text
from aicop.vocabulary import Grade


class LineageRowSchema(StrictSchema):
    """
    A row of ``data/lineage/<old>--<new>.tsv``.

    `old` and `new` are numbers of provisions, statements such as ``2.7#1``, or principles such as ``P5``. An empty
    `old` means that the item was added, an empty `new` that it was removed. Repeats of one side mean that an item was
    split or merged. `changes` lists kinds, most significant first, separated by "; ".
    """

    old: ItemNumber | Literal[""] = ""
    new: ItemNumber | Literal[""] = ""
    changes: Changes
    grade: Grade
    note: Text | Literal[""] = ""
    reverse_note: Text | Literal[""] = ""
    review: Text | Literal[""] = ""
    reverse_review: Text | Literal[""] = ""


class OwnLineageRowSchema(LineageRowSchema):
    """A row of a user's table, whose ids and kinds of change are checked by the reader of lineages, with advice."""

    old: Text | Literal[""] = ""
    new: Text | Literal[""] = ""
    changes: Text | Literal[""] = ""
