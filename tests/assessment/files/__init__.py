"""Tests of `aicop.assessment.files`."""
