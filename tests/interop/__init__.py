"""Tests of `aicop.interop`."""
