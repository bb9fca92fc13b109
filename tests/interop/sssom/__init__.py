"""Tests of `aicop.interop.sssom`."""
