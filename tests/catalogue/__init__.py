"""Tests of `aicop.catalogue`."""
