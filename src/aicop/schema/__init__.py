"""Pydantic models for all files, validation with located faults, and the JSON Schemas."""
