"""The last screen of a round, as plain values."""
