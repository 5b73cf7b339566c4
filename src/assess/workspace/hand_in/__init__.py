"""Hand-ins: the file that a unit gives to its higher body is made and read."""
