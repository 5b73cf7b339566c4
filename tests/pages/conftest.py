"""Samples of these tests are made on the day on which the commands of the pages run."""

from cli.conftest import fixed_clock
from report.conftest import shared_reports

__all__ = ["fixed_clock", "shared_reports"]
