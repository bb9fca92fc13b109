"""Model for the file that lists the editions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from aicop.schema.base import StrictSchema
from aicop.schema.types import EditionLabel, Slug, Text


class NotCarriedSchema(StrictSchema):
    edition: EditionLabel
    note: Text


class DocumentEntrySchema(StrictSchema):
    key: Slug
    names: tuple[Text, ...]
    issuers: tuple[Text, ...] = ()
    editions: Annotated[tuple[EditionLabel, ...], Field(min_length=1)]
    not_carried: tuple[NotCarriedSchema, ...] = ()


class ManifestSchema(StrictSchema):
    """
    The known documents and editions, and the names that people write for them: ``data/manifest.json``.

    Any of the `issuers` may stand before a name, or instead of the issuer with which a name begins.
    """

    documents: tuple[DocumentEntrySchema, ...]
    guides: tuple[Text, ...]
