"""The screens of a roll-up: the units of a campaign, a unit's problems, the tables of all units."""
