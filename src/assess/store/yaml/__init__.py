"""YAML text and values: read with positions, edited line by line, merged in rows."""
