"""Models for rows of lineage files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from aicop.ids import NUMBER
from aicop.schema.base import StrictSchema
from aicop.schema.types import Text
from aicop.vocabulary import Change, Grade

_Item = Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER}(?:#[1-9][0-9]*)?)$")]
_Changes = Annotated[str, StringConstraints(pattern=rf"^(?:{'|'.join(Change)})(?:; (?:{'|'.join(Change)}))*$")]


class LineageRowSchema(StrictSchema):
    """
    A row of ``data/lineage/<old>--<new>.tsv``.

    `old` and `new` are numbers of provisions, statements such as ``2.7#1``, or principles such as ``P5``. An empty
    `old` means that the item was added, an empty `new` that it was removed. Repeats of one side mean that an item was
    split or merged. `changes` lists kinds, most significant first, separated by "; ".
    """

    old: _Item | Literal[""] = ""
    new: _Item | Literal[""] = ""
    changes: _Changes
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
