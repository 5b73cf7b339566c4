"""The district of the demo: an office with made-up units, and what they handed in."""
