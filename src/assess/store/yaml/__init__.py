"""YAML text and values: read with positions, written surgically, merged in rows."""
