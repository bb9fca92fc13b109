"""Tests of `aicop.model`."""
