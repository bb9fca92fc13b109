"""Files of any content: strict readers, atomic writing and escaping, one of each."""
