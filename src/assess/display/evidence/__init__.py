"""The evidence register, as plain values."""
