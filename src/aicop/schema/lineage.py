"""Model for rows of lineage files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from aicop.ids import NUMBER
from aicop.schema.base import StrictSchema
from aicop.schema.types import Text
from aicop.vocabulary import Change, Grade


class LineageRowSchema(StrictSchema):
    """A row of ``data/lineage/<old>--<new>.tsv``; `changes` lists kinds, most significant first, separated by "; "."""

    old: Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER})$")]
    new: Annotated[str, StringConstraints(pattern=rf"^(?:P[1-9][0-9]?|{NUMBER})$")]
    changes: Annotated[str, StringConstraints(pattern=rf"^(?:{'|'.join(Change)})(?:; (?:{'|'.join(Change)}))*$")]
    grade: Grade
    note: Text | Literal[""] = ""
    review: Text | Literal[""] = ""
