"""Acceptance of exports by the tools of other formats, run in a separate environment."""
