"""Tests of `aicop.graph`."""
