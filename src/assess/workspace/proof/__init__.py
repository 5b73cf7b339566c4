"""What a report stands on: the closing of its round."""
