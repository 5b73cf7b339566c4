"""The table of all lint rules, by kind of file and code.

Each rule stands in the file of its check: a new rule changes that file alone. This module joins the
tables. Within a kind of file a code belongs to one rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.engine.lint.checklist import CHECKLIST_RULES
from assess.engine.lint.config import CONFIG_RULES
from assess.engine.lint.content.checks import CONTENT_RULES
from assess.engine.lint.office import OFFICE_RULES, RECEIPT_RULES
from assess.engine.lint.outside_findings import OUTSIDE_FINDING_RULES
from assess.engine.lint.register import REGISTER_RULES
from assess.engine.lint.sheet import SHEET_RULES
from assess.engine.lint.thresholds import THRESHOLD_RULES
from assess.engine.rulebook import LintRule
from assess.model.formats import FileKind

LINT_RULES: Final[Mapping[FileKind, Mapping[str, LintRule]]] = {
    "checklist": {**CHECKLIST_RULES, **CONTENT_RULES},
    "sheet": SHEET_RULES,
    "config": CONFIG_RULES,
    "register": REGISTER_RULES,
    "findings": OUTSIDE_FINDING_RULES,
    "office": OFFICE_RULES,
    "receipts": RECEIPT_RULES,
    "thresholds": THRESHOLD_RULES,
}
