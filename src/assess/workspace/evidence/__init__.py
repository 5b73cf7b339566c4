"""The evidence register and its files."""
