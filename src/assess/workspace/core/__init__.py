"""Reading and writing a workspace: files, sheets, checks, conflicts and provenance."""
