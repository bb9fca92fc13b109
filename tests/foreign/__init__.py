"""Acceptance by the tools that read these formats; they live in an environment of their own."""
