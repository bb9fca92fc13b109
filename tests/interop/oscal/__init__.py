"""Tests of `aicop.interop.oscal`."""
