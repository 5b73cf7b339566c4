"""Rules about assess.yaml and the evidence register."""

from __future__ import annotations

from assess.engine.rulebook import Rule
from assess.i18n import N_

CONFIG_RULES: dict[str, Rule] = {
    "listed-checklist": Rule(
        N_("the round lists “{given}”, but no such checklist is pinned"),
        N_("add it with `assess checklist add`"),
    ),
    "listed-system": Rule(
        N_("the round lists “{given}”, but there is no such system"),
        N_("add it with `assess system add`"),
    ),
    "listed-scope": Rule(
        N_("“{given}”: the checklist is for {expected}"),
        N_("write CHECKLIST for the organization, CHECKLIST@SYSTEM for a system"),
    ),
    "listed-twice": Rule(N_("“{given}” is listed twice"), N_("delete one")),
    "from-unknown": Rule(N_("there is no round “{given}” to take suggestions from")),
    "from-itself": Rule(N_("a round can't take suggestions from itself")),
    "tag-missing": Rule(
        N_("the round is closed, but no tag says where to read it"),
        N_("close rounds with `assess round close`"),
        "warning",
    ),
    "signed-unknown": Rule(N_("the evidence register has no row “{given}”")),
    "fact-undefined": Rule(
        N_("no pinned checklist asks for the fact “{given}”"),
        N_("delete it, or correct its name"),
        "warning",
    ),
    "fact-type": Rule(N_("the fact “{given}” must be {form}")),
    "fact-limits": Rule(N_("the fact “{given}” must lie within its limits: {limits}")),
    "fact-differs": Rule(
        N_("the checklists {given} define the fact “{fact}” differently"),
        N_("they must agree on type, limits and options"),
    ),
    "grade-missing": Rule(
        N_("the system has no grade, but the checklist “{given}” asks for it"),
        N_("add `grade` with level, s and a"),
        "warning",
    ),
    "grade-level": Rule(
        N_("level {given} is not the higher of S{s} and A{a}"),
        N_("the level of a system is the higher of the two"),
        "warning",
    ),
}

REGISTER_RULES: dict[str, Rule] = {
    "evidence-expired": Rule(
        N_("the evidence expired on {limit}"), N_("attach a newer one"), "warning"
    ),
    "evidence-dates": Rule(N_("the evidence expires before it takes effect")),
    "evidence-file-twice": Rule(
        N_("the same file is registered twice, first as “{given}”"),
        N_("one row is enough: many answers may cite it"),
        "warning",
    ),
}

FACT_FORMS: dict[str, str] = {
    "boolean": N_("true or false"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "text": N_("a text"),
    "date": N_("a date that exists"),
    "choice": N_("one of: {known}"),
}
