"""Decode YAML text into values of the model, with every problem and its position."""
