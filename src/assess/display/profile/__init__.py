"""The profile, as plain values."""
