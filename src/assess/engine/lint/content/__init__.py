"""Content rules: what makes a checklist good, beyond what makes it work.

`lint_content` judges one checklist, `lint_library` several against each other. Both are pure: the
tables they hold clauses, cases, cross-references and terms against are an argument. Each rule has
an id, see rules.py and docs/lint-rules.md; an item can silence one with a reason.
"""

from __future__ import annotations

from assess.engine.lint.content.checks import lint_content
from assess.engine.lint.content.library import lint_library
from assess.engine.lint.content.tables import Tables

__all__ = ["Tables", "lint_content", "lint_library"]
