"""Tests of `aicop.library`."""
