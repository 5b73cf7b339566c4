"""The figures of a roll-up as tables of typed cells, in Chinese and in English."""
