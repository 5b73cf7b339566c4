"""Write values and edits as YAML text, a field per line, without changing other lines."""
