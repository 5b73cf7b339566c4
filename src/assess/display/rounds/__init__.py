"""The words about rounds: closing one, and starting the next."""
