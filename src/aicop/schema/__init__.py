"""Pydantic models for all files, validation that reports the location of faults, and the JSON Schemas."""
