"""Tests of `aicop.keys`."""
