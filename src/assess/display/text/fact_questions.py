"""What a fact is called where somebody reads it: the question of the profile, or of a system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from assess.i18n import N_, Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import FactDef

_SYSTEM: Final[Mapping[str, str]] = {
    "system.level": N_("grade of the system"),
    "system.s": N_("Grade S (business information)"),
    "system.a": N_("Grade A (system services)"),
    "system.exposure": N_("Reached from"),
    "system.hosting": N_("Runs in"),
}
"""The facts that every system has, as the form of a system calls them."""

_ORGANIZATION: Final = "organization."


def is_fact_of_every_system(name: str) -> bool:
    """Return whether a fact is one that the form of every system asks for, such as its grade."""
    return name in _SYSTEM


def fact_question(name: str, profile: Mapping[str, FactDef], lang: Lang) -> str:
    """Return the question of a fact; `profile` has those that are known. Without one its name."""
    fact = profile.get(name) or profile.get(name.removeprefix(_ORGANIZATION))
    if fact is not None:
        return pick_text(fact.question, lang)
    return translator(lang)(_SYSTEM[name]) if name in _SYSTEM else name


def join_fact_questions(names: Iterable[str], profile: Mapping[str, FactDef], lang: Lang) -> str:
    """Return the questions of facts, in quotation marks where there are several.

    A question mark before a comma would be wrong in both languages, and GB/T 15834-2011 puts no
    enumeration comma between quotations.
    """
    questions = [fact_question(name, profile, lang) for name in names]
    if len(questions) <= 1:
        return "".join(questions)
    return ("" if lang == "zh" else ", ").join(f"“{question}”" for question in questions)
