"""Tests of the tools that are more than a script."""
