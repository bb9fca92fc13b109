"""The files of an assessment: read, checked and written."""
