"""Tests of `aicop.frameworks`."""
