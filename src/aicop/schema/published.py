"""The models whose JSON Schema is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.schema.dependencies import ArtefactsDocument, DependencyRowDocument
from aicop.schema.edition import EditionDocument
from aicop.schema.framework import FrameworkDocument, FrameworkRegisterDocument
from aicop.schema.guidance import GuidanceDocument, ThreatsDocument
from aicop.schema.lineage import LineageRowDocument
from aicop.schema.manifest import RegisterDocument
from aicop.schema.mapping import MappingRowDocument, MappingSetsDocument

if TYPE_CHECKING:
    from pydantic import BaseModel


PUBLISHED: tuple[type[BaseModel], ...] = (
    ArtefactsDocument,
    DependencyRowDocument,
    EditionDocument,
    FrameworkDocument,
    FrameworkRegisterDocument,
    GuidanceDocument,
    LineageRowDocument,
    MappingRowDocument,
    MappingSetsDocument,
    RegisterDocument,
    ThreatsDocument,
)
"""The models whose JSON Schema is published under ``docs/reference/schemas/``."""
