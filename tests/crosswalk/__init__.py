"""Tests of `aicop.crosswalk`."""
