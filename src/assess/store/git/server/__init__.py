"""What a server checks before it takes a push."""
