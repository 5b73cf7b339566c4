"""Tables and catalogues; no code."""
