"""Reading and writing files whatever their content: strict parsers, atomic writes and escaping."""
