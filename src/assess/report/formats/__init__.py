"""A report in other forms than PDF."""
