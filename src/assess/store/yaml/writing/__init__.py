"""From values and edits to YAML text: surgical, one field a line."""
