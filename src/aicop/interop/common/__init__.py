"""Code shared by the formats: the format protocol, identifiers, rows, and merging of mappings."""
