"""Tests of `aicop.interop.common`."""
