"""Tests of `aicop.lineage`."""
