"""The kinds of answers: how a value of each is checked, read, parsed and worded."""
