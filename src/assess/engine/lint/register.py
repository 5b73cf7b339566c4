"""Lint of the evidence register; where its files lie and what they hold is for the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from assess import locations
from assess.engine.lint.common import COMMON_RULES, lint_undecided_conflicts, lint_unknown_person
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import N_, Lang
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.problem import Problem

REGISTER_RULES: Final[Mapping[str, LintRule]] = {
    **COMMON_RULES,
    "evidence-expired": LintRule(
        N_("the evidence expired on {limit}"), N_("attach a newer one"), "warning"
    ),
    "evidence-dates": LintRule(N_("the evidence expires before it takes effect")),
    "evidence-file-twice": LintRule(
        N_("the same file is registered twice, first as “{given}”"),
        N_("one row is enough: many answers may cite it"),
        "warning",
    ),
}


def lint_register(
    register: Register,
    config: Config,
    today: date,
    lang: Lang,
    *,
    file: str = locations.REGISTER,
    conflicts: Iterable[Conflict] = (),
) -> list[Problem]:
    """Return what is wrong in the register on a given day."""
    out = ProblemCollector(file, lang, REGISTER_RULES)
    lint_undecided_conflicts(out, conflicts)
    first: dict[str, str] = {}
    for row_id, row in register.evidence.items():
        path = ("evidence", row_id)
        lint_unknown_person(out, config, row.by, (*path, "by"))
        if row.expires is not None and row.effective is not None and row.expires < row.effective:
            out.add_broken_rule("evidence-dates", (*path, "expires"))
        elif row.expires is not None and row.expires < today:
            out.add_broken_rule("evidence-expired", (*path, "expires"), limit=row.expires)
        if row.file is not None and first.setdefault(row.file.sha256, row_id) != row_id:
            out.add_broken_rule(
                "evidence-file-twice", (*path, "file"), given=first[row.file.sha256]
            )
    return out.problems
