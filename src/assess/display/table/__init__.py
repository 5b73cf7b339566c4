"""Tables: the grid of their rows, rows from spreadsheets and from the profile; pure."""
