"""The walk through the items of a sheet: its screen, and what keys do there."""
