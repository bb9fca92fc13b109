"""Models for rows of mapping files, and for the file of the mapping sets that ship."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from aicop.schema.base import StrictSchema
from aicop.schema.types import TEN, Date, EditionKey, ShortDigests, Text
from aicop.vocabulary import Knowledge, MappingBasis, Predicate

_Ten = Annotated[str, StringConstraints(pattern=TEN)]


class MappingRowSchema(StrictSchema):
    """
    A row of a crosswalk. `source` and `target` are keys as `aicop.parse` reads them.

    `strength`, `reverse_strength` and `confidence` are whole numbers from 0 to 10.
    """

    source: Text | Literal[""] = ""
    relationship: Predicate
    target: Text | Literal[""] = ""
    rationale: Text
    strength: _Ten | Literal[""] = ""
    remainder: Text | Literal[""] = ""
    reverse_strength: _Ten | Literal[""] = ""
    reverse_remainder: Text | Literal[""] = ""
    confidence: _Ten
    basis: MappingBasis
    author: Text
    date: Date
    knowledge: Knowledge | Literal[""] = ""
    settlement: Text | Literal[""] = ""
    source_digest: ShortDigests | Literal[""] = ""
    target_digest: ShortDigests | Literal[""] = ""


class ForeignRowSchema(MappingRowSchema):
    """A row of a crosswalk in another format, which may omit the author, date, rationale and confidence."""

    rationale: Text | Literal[""] = ""
    confidence: _Ten | Literal[""] = ""
    basis: MappingBasis = MappingBasis.IMPORTED
    author: Text | Literal[""] = ""
    date: Date | Literal[""] = ""


class MappingSetSchema(StrictSchema):
    name: Text
    source: EditionKey
    target: EditionKey
    title: Text
    author: Text
    basis: MappingBasis
    date: Date
    confidence: Annotated[int, Field(ge=0, le=10)] | None = None
    rationale: Text | None = None
    licence: Text
    note: Text | None = None
    method: Text | None = None


class MappingSetsSchema(StrictSchema):
    """
    The mapping sets that ship: ``data/mappings.json``.

    Author, basis, date, confidence and rationale are the defaults for rows of the set that have no value of their own.
    """

    sets: tuple[MappingSetSchema, ...]
