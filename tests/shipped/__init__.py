"""Facts about the data that ships."""
