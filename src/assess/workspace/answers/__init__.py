"""Answers typed as words, and the effects of changed facts."""
