"""How a crosswalk came about: mappings, and what was made of them, as records."""
