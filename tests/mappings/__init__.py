"""Tests of `aicop.mappings`."""
