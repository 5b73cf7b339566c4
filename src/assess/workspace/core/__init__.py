"""A workspace as it is read and written: its files, sheets, checks, conflicts and provenance."""
