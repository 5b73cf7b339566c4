"""The start of git commands with limits and flushed writes, and the reading of objects."""
