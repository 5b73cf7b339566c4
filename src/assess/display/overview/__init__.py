"""The overview, as plain values."""
