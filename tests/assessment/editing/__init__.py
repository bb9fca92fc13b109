"""Tests of `aicop.assessment.editing`."""
