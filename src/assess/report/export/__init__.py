"""Other formats than PDF: HTML, Word, Markdown, JSON, tables."""
