"""Tests of `aicop.cli.crosswalk`."""
