"""The closing of a round on which a report is based."""
