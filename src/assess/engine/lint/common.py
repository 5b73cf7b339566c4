"""What the linters of all files share: undecided conflicts, people, facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from assess.engine.kinds.reading import read_date, read_number, read_text
from assess.engine.merge.conflict_names import make_conflict_name
from assess.engine.number_text import decimal_text
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.harmless import quote_for_shell
from assess.i18n import N_, Lang, translator
from assess.model.checklist import FactDef
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.problem import TreePath

COMMON_RULES: Final[Mapping[str, LintRule]] = {
    "conflict": LintRule(
        N_("“{field}” was changed on two sides, and nobody has decided yet"),
        N_("decide: assess settle {place} --ours, or --theirs{then}"),
    ),
    "person-unknown": LintRule(
        N_("nobody in assess.yaml has the id “{given}”"),
        N_("add the person with `assess person add`"),
    ),
}


SCOPE_NAMES: Final[Mapping[str, str]] = {
    "organization": N_("the organization"),
    "system": N_("a system"),
}

FACT_FORMS: Final[Mapping[str, str]] = {
    "boolean": N_("true or false"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "text": N_("a text"),
    "date": N_("a date that exists"),
    "choice": N_("one of: {known}"),
}
"""What a value of a fact of each type must be."""


def lint_undecided_conflicts(out: ProblemCollector, conflicts: Iterable[Conflict]) -> None:
    """Note every conflict of a merge that is not decided."""
    seen: Counter[TreePath] = Counter()
    for conflict in conflicts:
        path = (*conflict.path, "conflict", seen[conflict.path])
        seen[conflict.path] += 1
        place = " ".join(map(quote_for_shell, (out.file, *make_conflict_name(conflict))))
        then = _variant_conflict_hint_or_empty(conflict, out.lang)
        out.add_broken_rule("conflict", path, field=conflict.row.field, place=place, then=then)


def _variant_conflict_hint_or_empty(conflict: Conflict, lang: Lang) -> str:
    """Return what to do after two sides accepted a checklist that each had edited differently.

    The merged file is neither of the two, so it is not accepted yet.
    """
    if conflict.path[:1] != ("checklists",) or conflict.row.field != "variant":
        return ""
    _ = translator(lang)
    text = _("; once nothing in the checklist is left to decide: {command}")
    return text.format(command=f"assess checklist accept {conflict.path[1]} --reason …")


def lint_unknown_person(
    out: ProblemCollector, config: Config, person: str | None, path: TreePath
) -> None:
    """Note a person that assess.yaml does not know."""
    if person is not None and person not in config.people:
        near = out.find_similar_names(person, config.people)
        out.add_broken_rule("person-unknown", path, near=near, given=person)


def has_type_of_fact(fact: FactDef, value: Any) -> bool:
    """Return whether a value has the type of the fact (its limits are another matter)."""
    if fact.type == "boolean":
        return isinstance(value, bool)
    if fact.type == "integer":
        return type(value) is int and read_number(value) is not None
    if fact.type == "number":
        return read_number(value) is not None
    if fact.type == "date":
        return read_date(value) is not None
    if fact.type == "choice":
        return value in [option.id for option in fact.options]
    return read_text(value) is not None


def expected_fact_format_text(fact: FactDef, lang: Lang) -> str:
    """Return in words what a value of the fact must be."""
    known = ", ".join(option.id for option in fact.options)
    return translator(lang)(FACT_FORMS[fact.type]).format(known=known)


def limits_text(least: Decimal | None, most: Decimal | None) -> str:
    """Return limits as `0 … 25`; a missing limit is left out."""
    ends = ["" if end is None else decimal_text(end) for end in (least, most)]
    return " … ".join(ends).strip()


def is_number_within_limits(number: Decimal, least: Decimal | None, most: Decimal | None) -> bool:
    """Return whether a number is within limits; a limit may be missing."""
    return (least is None or number >= least) and (most is None or number <= most)
