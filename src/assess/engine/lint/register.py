"""Lint of the evidence register; where its files lie and what they hold is for the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assess.engine.lint.common import lint_conflicts, lint_person
from assess.engine.lint.config_rules import REGISTER_RULES
from assess.engine.lint.sheet_rules import COMMON_RULES
from assess.engine.rulebook import Collector
from assess.i18n import Lang
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.problem import Problem


def lint_register(
    register: Register,
    config: Config,
    today: date,
    lang: Lang,
    *,
    file: str = "evidence/register.yaml",
    conflicts: Iterable[Conflict] = (),
) -> list[Problem]:
    """Return what is wrong in the register on a given day."""
    out = Collector(file, lang, COMMON_RULES | REGISTER_RULES)
    lint_conflicts(out, conflicts)
    first: dict[str, str] = {}
    for row_id, row in register.evidence.items():
        path = ("evidence", row_id)
        lint_person(out, config, row.by, (*path, "by"))
        if row.expires is not None and row.effective is not None and row.expires < row.effective:
            out.add_broken_rule("evidence-dates", (*path, "expires"))
        elif row.expires is not None and row.expires < today:
            out.add_broken_rule("evidence-expired", (*path, "expires"), limit=row.expires)
        if row.file is not None and first.setdefault(row.file.sha256, row_id) != row_id:
            out.add_broken_rule(
                "evidence-file-twice", (*path, "file"), given=first[row.file.sha256]
            )
    return out.problems
