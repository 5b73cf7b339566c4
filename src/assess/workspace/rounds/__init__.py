"""Rounds: started, closed, reopened, and answers that came after a closing."""
