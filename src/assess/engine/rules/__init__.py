"""The lint rules: ids, messages, hints and severities."""
