"""Tests of `aicop.crosswalk.algebra`."""
