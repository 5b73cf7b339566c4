"""Two versions side by side: conflicts, and the history of an answer."""
