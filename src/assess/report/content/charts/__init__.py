"""Charts as data, drawn as SVG."""
