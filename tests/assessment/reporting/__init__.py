"""Tests of `aicop.assessment.reporting`."""
