"""The circular (通报) of a roll-up: its prose is made from the tables of the same roll-up."""
