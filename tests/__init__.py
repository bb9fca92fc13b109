"""Tests of aicop."""
