"""Tests of the project as a whole: its layers, public names and documentation."""
