"""What people look at, in Chromium; run in a separate environment."""
