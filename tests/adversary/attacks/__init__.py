"""The attacks, a file a kind."""
