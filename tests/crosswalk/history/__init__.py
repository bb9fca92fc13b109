"""Tests of `aicop.crosswalk.history`."""
