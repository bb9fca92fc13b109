"""The commands of ``aicop assess``."""
