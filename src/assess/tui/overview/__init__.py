"""The overview of a round."""
