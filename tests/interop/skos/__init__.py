"""Tests of `aicop.interop.skos`."""
