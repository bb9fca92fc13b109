"""Tests of `aicop.interop.xlsx`."""
