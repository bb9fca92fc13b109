"""Tests of `aicop.interop.registry`."""
