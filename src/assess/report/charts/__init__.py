"""Charts as data: pure functions from figures to SVG elements."""
