"""Documents of a roll-up, made from its tables."""
