"""The item, its answer and its forms in the walk, as plain values."""
