"""Models for rows of mapping files, and for the file of the mapping sets that ship."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from aicop.schema.base import StrictSchema
from aicop.schema.types import TEN, TENTHS, Date, EditionKey, ShortDigest, Text
from aicop.vocabulary import Knowledge, MappingBasis, Predicate


class MappingRowSchema(StrictSchema):
    """
    A row of a crosswalk. The columns are slots of SSSOM; those from `strength` on are our extensions.

    `subject_id` and `object_id` are keys as `aicop.parse` reads them. `confidence` is 0 to 1 with one decimal, as in
    SSSOM. `strength` is 0 to 10.
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
    """A row of a crosswalk in another format, which may omit the author, date, rationale and confidence."""

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
    The mapping sets that ship: ``data/mappings.json``.

    Author, basis, date, confidence and comment are the defaults for rows of the set that have no value of their own.
    """

    sets: tuple[MappingSetSchema, ...]
