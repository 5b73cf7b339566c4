"""Letters of an office to its units, as blocks, Markdown and Word."""
