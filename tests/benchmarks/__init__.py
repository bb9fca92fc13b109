"""The benchmarks: how they measure, and what they print."""
