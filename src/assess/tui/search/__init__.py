"""Search in everything of a round."""
