"""Tests of `aicop.cli`."""
