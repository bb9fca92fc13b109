"""Tests of `aicop.files`."""
