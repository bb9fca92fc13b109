"""Tests of `aicop.applicability`."""
