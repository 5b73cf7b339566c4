"""The last screen of a round: what is missing, the report, the commit."""
