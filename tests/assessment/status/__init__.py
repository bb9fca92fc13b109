"""Tests of `aicop.assessment.status`."""
