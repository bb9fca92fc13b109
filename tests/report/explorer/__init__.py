"""Tests of `aicop.report.explorer`."""
