"""The page of a unit: how it stands in a roll-up, without another unit's name or figures."""
