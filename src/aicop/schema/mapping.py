"""The rows of a mapping file, and the file of the sets that ship."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from aicop.schema.base import StrictSchema
from aicop.schema.types import TEN, TENTHS, Date, EditionKey, ShortDigest, Text
from aicop.vocabulary import Knowledge, MappingBasis, Predicate


class MappingRowSchema(StrictSchema):
    """
    A row of a crosswalk: the columns are slots of SSSOM, those from `strength` on extensions of ours.

    `subject_id` and `object_id` are keys as `aicop.parse` reads them; `confidence` is 0 to 1 with one decimal, as in
    SSSOM; `strength` 0 to 10.
    """

    subject_id: Text
    predicate_id: Predicate
    object_id: Text | Literal[""] = ""
    author_label: Text
    mapping_date: Date
    confidence: Annotated[str, StringConstraints(pattern=TENTHS)]
    comment: Text
    basis: MappingBasis
    strength: Annotated[str, StringConstraints(pattern=TEN)] = ""
    remainder: Text | Literal[""] = ""
    knowledge: Knowledge | Literal[""] = ""
    settlement: Text | Literal[""] = ""
    subject_digest: ShortDigest | Literal[""] = ""
    object_digest: ShortDigest | Literal[""] = ""


class ForeignRowSchema(MappingRowSchema):
    """A row of a crosswalk in another format, which may leave open who says so, when, why and how surely."""

    author_label: Text | Literal[""] = ""
    mapping_date: Date | Literal[""] = ""
    confidence: Annotated[str, StringConstraints(pattern=TENTHS)] | Literal[""] = ""
    comment: Text | Literal[""] = ""
    basis: MappingBasis = MappingBasis.IMPORTED


class MappingSetSchema(StrictSchema):
    name: Text
    source: EditionKey
    target: EditionKey
    title: Text
    author: Text
    basis: MappingBasis
    date: Date
    confidence: Annotated[str, StringConstraints(pattern=TENTHS)] | None = None
    comment: Text | None = None
    licence: Text
    note: Text | None = None
    method: Text | None = None


class MappingSetsSchema(StrictSchema):
    """
    The sets of mappings that ship: ``data/mappings.json``.

    Author, basis, date, confidence and comment hold for the rows of a set that have none of their own.
    """

    sets: tuple[MappingSetSchema, ...]
