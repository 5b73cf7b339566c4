"""Typed values, and the effects of a change of facts."""
