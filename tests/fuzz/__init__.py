"""Fuzzing of every reader: `make fuzz` runs it, and the tests here keep it honest."""
