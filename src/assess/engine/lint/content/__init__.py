"""Content rules: what makes a checklist good, beyond what makes it work.

`lint_content_quality` checks one checklist, `lint_agreement_between_checklists` compares several.
Both are pure: the tables of clauses, cases, cross-references and terms are an argument. Each rule
has an id, see rules.py and docs/lint-rules.md; an item can silence a rule with a reason.
"""

from __future__ import annotations

from assess.engine.lint.content.checks import lint_content_quality
from assess.engine.lint.content.library import lint_agreement_between_checklists
from assess.engine.lint.content.tables import ContentTables

__all__ = ["ContentTables", "lint_agreement_between_checklists", "lint_content_quality"]
