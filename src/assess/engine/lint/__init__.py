"""Lint: everything that is wrong in the five files beyond their form, all at once.

Each rule has an id (the problem's code), see `engine.rulebook`. Problems carry a `path`; the store
finds the line. Nothing here raises, and everything is linear in the size of the file.
"""

from __future__ import annotations

from assess.engine.lint.checklist import lint_checklist
from assess.engine.lint.config import lint_config
from assess.engine.lint.office import lint_office, lint_receipts
from assess.engine.lint.outside_findings import lint_outside_findings
from assess.engine.lint.register import lint_register
from assess.engine.lint.sheet import lint_sheet

__all__ = [
    "lint_checklist",
    "lint_config",
    "lint_office",
    "lint_outside_findings",
    "lint_receipts",
    "lint_register",
    "lint_sheet",
]
