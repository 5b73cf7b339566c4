"""Whether a report is what the repository gives."""
