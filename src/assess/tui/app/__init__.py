"""The app: which screen is shown, external changes, keys in order, settings of a person."""
