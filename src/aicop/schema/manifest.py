"""The file that lists which editions ship."""

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
    editions: Annotated[tuple[EditionLabel, ...], Field(min_length=1)]
    not_carried: tuple[NotCarriedSchema, ...] = ()


class ManifestSchema(StrictSchema):
    """Which documents and editions there are, and how people write them: ``data/manifest.json``."""

    documents: tuple[DocumentEntrySchema, ...]
    guides: tuple[Text, ...]
