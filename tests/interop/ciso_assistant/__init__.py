"""Tests of `aicop.interop.ciso_assistant`."""
