"""Generic reading and writing of files: strict parsers, atomic writes and escaping."""
