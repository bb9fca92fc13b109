"""The models of all files, their checks with located faults, and their JSON Schemas."""
