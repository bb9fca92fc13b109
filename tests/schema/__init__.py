"""Tests of `aicop.schema`."""
