"""How git is started: plumbing, limits, flushed writes, and what is read from objects."""
