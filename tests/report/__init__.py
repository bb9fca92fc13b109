"""Tests of `aicop.report`."""
