"""Tests of `aicop.cli.assess`."""
