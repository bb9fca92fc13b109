"""Pydantic models for all files, validation that reports the location of faults, and the JSON Schemas."""

from __future__ import annotations

from aicop._lazy import attach

# Type checkers read the first branch. `typing` is not imported for the constant, because that would be slow.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.schema.published import FILES, RECORDS, json_schema
else:
    __getattr__, __dir__ = attach(__name__, {"published": ("FILES", "RECORDS", "json_schema")})

__all__ = ["FILES", "RECORDS", "json_schema"]
