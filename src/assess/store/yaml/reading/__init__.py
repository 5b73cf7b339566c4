"""From YAML text to values of the model, with every problem and its position."""
