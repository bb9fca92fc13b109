"""The file that lists which editions ship."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from aicop.schema.base import Document
from aicop.schema.types import EditionLabel, Slug, Text


class RegisteredEditionDocument(Document):
    edition: EditionLabel
    note: Text


class RegisteredDocument(Document):
    key: Slug
    names: tuple[Text, ...]
    editions: Annotated[tuple[EditionLabel, ...], Field(min_length=1)]
    not_carried: tuple[RegisteredEditionDocument, ...] = ()


class RegisterDocument(Document):
    """Which documents and editions there are, and how people write them: ``data/manifest.json``."""

    documents: tuple[RegisteredDocument, ...]
    guides: tuple[Text, ...]
