"""Write a merged tree into the text of our side."""
