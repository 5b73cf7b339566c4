"""The profile as lines: organization, systems, people and checklists, with their facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assess.display.text.cells import width_of
from assess.display.text.fact_questions import fact_question, is_fact_of_every_system
from assess.display.text.names import EXPOSURES, role_names_text
from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    StyledLine,
    dash_line,
    row_line,
    styled_line,
    total_count_line,
)
from assess.display.text.wrap import WIDEST, fit_width, place_at_both_ends, wrap_text
from assess.engine.kinds.wording import HOSTING_NAMES, format_fact_value
from assess.engine.punctuation import colon_sign, enumeration_comma_sign
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, plural_translator, translator
from assess.model.base import pick_text
from assess.model.checklist import Checklist, FactDef
from assess.model.config import Config, Grade, System
from assess.workspace import SheetName
from assess.workspace.answers.change_effects import Effect
from assess.workspace.setup.remove_entries import PersonUses

_TEXT_SHOWN = 40
"""Cells of a fact's value in the details."""


class ProfileRow(NamedTuple):
    """A row that can be chosen: its kind, id and text."""

    kind: str
    id: str
    text: str
    hint: str = ""


class ProfileGroup(NamedTuple):
    """Rows under a heading."""

    heading: str
    rows: tuple[ProfileRow, ...]


def fact_definitions_of_round(
    checklists: Mapping[str, Checklist], round_sheets: Collection[SheetName], for_systems: bool
) -> dict[str, FactDef]:
    """Return the facts that the checklists of a scope define, by name.

    A checklist that was taken out of the round stays pinned, and asks nothing.
    """
    scope = "system" if for_systems else "organization"
    asking = {sheet.checklist for sheet in round_sheets}
    return {
        name: fact
        for key, checklist in checklists.items()
        if checklist.scope == scope and key in asking
        for name, fact in checklist.profile.items()
    }


def list_unanswered_profile_questions(
    config: Config,
    checklists: Mapping[SheetName, Checklist],
    missing_facts: Mapping[SheetName, Collection[str]],
    lang: Lang,
) -> list[str]:
    """Return the unanswered profile questions of these sheets' checklists, without repeats.

    `missing_facts` are those that the conditions of each sheet lack: the grade of a system is
    named only there. A question about a system begins with its name.
    """
    questions: dict[tuple[str, str], str] = {}
    for sheet, system_id, name in _unanswered_facts(config, checklists, missing_facts):
        prefix = ""
        if system_id:
            prefix = pick_text(config.systems[system_id].name, lang) + colon_sign(lang)
        question = fact_question(name, checklists[sheet].profile, lang)
        questions[system_id, name] = prefix + question
    return list(questions.values())


def find_form_name_of_unanswered_facts(
    config: Config,
    checklists: Mapping[SheetName, Checklist],
    missing_facts: Mapping[SheetName, Collection[str]],
) -> str:
    """Return the name of the first form of the profile that lacks facts; '' where none does."""
    facts = _unanswered_facts(config, checklists, missing_facts)
    for _sheet, system_id, name in facts:
        form = "system" if is_fact_of_every_system(name) else "facts"
        return f"{form} {system_id}".strip()
    return ""


def _unanswered_facts(
    config: Config,
    checklists: Mapping[SheetName, Checklist],
    missing_facts: Mapping[SheetName, Collection[str]],
) -> Iterator[tuple[SheetName, str, str]]:
    """Yield sheet, system and name of each fact that is not given; the system is '' for the unit.

    A fact of every system, such as its grade, is one only where a condition of the sheet lacks it.
    """
    for sheet, checklist in checklists.items():
        system_id = sheet.system if sheet.system in config.systems else ""
        profile = config.systems[system_id].profile if system_id else config.profile
        for name in checklist.profile:
            if name not in profile:
                yield sheet, system_id or "", name
        if system_id:
            for name in filter(is_fact_of_every_system, missing_facts.get(sheet, ())):
                yield sheet, system_id, name


def group_profile_rows(
    config: Config,
    checklists: Mapping[str, Checklist],
    round_sheets: Collection[SheetName],
    lang: Lang,
) -> list[ProfileGroup]:
    """Return all rows of the profile."""
    _ = translator(lang)
    unit_facts = fact_definitions_of_round(checklists, round_sheets, for_systems=False)
    unit = [
        ProfileRow(
            "organization",
            "",
            pick_text(config.organization.name, lang),
            _("id {id}").format(id=config.organization.id),
        ),
        ProfileRow(
            "facts", "", _("Facts"), _answered_facts_count_text(unit_facts, config.profile, lang)
        ),
        ProfileRow("report", "", _("Report"), _addressee_and_marking_text(config, lang)),
    ]
    return [
        ProfileGroup(_("The unit"), tuple(unit)),
        ProfileGroup(_("Systems"), tuple(_system_rows(config, checklists, round_sheets, lang))),
        ProfileGroup(_("People"), tuple(_person_rows(config, lang))),
        ProfileGroup(
            _("Checklists"), tuple(_checklist_rows(config, checklists, round_sheets, lang))
        ),
    ]


def _answered_facts_count_text(
    defined: Mapping[str, FactDef], profile: Mapping[str, Any], lang: Lang
) -> str:
    _ = translator(lang)
    if not defined:
        return _("nothing is asked")
    answered = sum(name in profile for name in defined)
    return _("{given} of {count} given").format(given=answered, count=len(defined))


def _addressee_and_marking_text(config: Config, lang: Lang) -> str:
    settings = config.report
    return "  ".join(
        filter(None, (pick_text(settings.addressee, lang), pick_text(settings.marking, lang)))
    )


def _system_rows(
    config: Config,
    checklists: Mapping[str, Checklist],
    round_sheets: Collection[SheetName],
    lang: Lang,
) -> Iterator[ProfileRow]:
    _ = translator(lang)
    defined = fact_definitions_of_round(checklists, round_sheets, for_systems=True)
    for key, system in config.systems.items():
        yield ProfileRow(
            "system", key, pick_text(system.name, lang), system_properties_text(system, lang)
        )
        yield ProfileRow(
            "facts",
            key,
            "  " + _("Facts"),
            _answered_facts_count_text(defined, system.profile, lang),
        )
    yield ProfileRow("new_system", "", _("+ a system"))


def system_properties_text(system: System, lang: Lang) -> str:
    """Return grade, exposure and hosting of a system."""
    _ = translator(lang)
    parts = [grade_text(system.grade) if system.grade else _("no grade yet")]
    parts += [_(EXPOSURES[system.exposure])] if system.exposure else []
    parts += [_(HOSTING_NAMES[system.hosting])] if system.hosting else []
    return "  ".join(parts)


def grade_text(grade: Grade) -> str:
    """Return a grade in its usual notation: S2A3G3."""
    return f"S{grade.s}A{grade.a}G{grade.level}"


def _person_rows(config: Config, lang: Lang) -> Iterator[ProfileRow]:
    _ = translator(lang)
    for key, person in config.people.items():
        yield ProfileRow("person", key, person.name, role_names_text(person.roles, lang))
    yield ProfileRow("new_person", "", _("+ a person"))


def _checklist_rows(
    config: Config,
    checklists: Mapping[str, Checklist],
    round_sheets: Collection[SheetName],
    lang: Lang,
) -> Iterator[ProfileRow]:
    _ = translator(lang)
    for key, checklist in checklists.items():
        sheets = [name for name in round_sheets if name.checklist == key]
        systems = [_system_name(config, name.system, lang) for name in sheets if name.system]
        usage = _("in the round") if sheets else _("not in the round")
        if systems:
            usage = enumeration_comma_sign(lang).join(systems)
        yield ProfileRow(
            "checklist", key, pick_text(checklist.title, lang), f"{checklist.version}  {usage}"
        )
    yield ProfileRow("new_checklist", "", _("+ a checklist of the library"))


def _system_name(config: Config, system: str, lang: Lang) -> str:
    return pick_text(config.systems[system].name, lang) if system in config.systems else system


def profile_lines(groups: Sequence[ProfileGroup], cursor: int, width: int) -> DrawnLines:
    """Return the groups with one line for each row."""
    lines: list[StyledLine] = []
    cursor_line = index = 0
    for group in groups:
        lines.append(styled_line(fit_width(" " + group.heading, width), "title"))
        for row in group.rows:
            chosen = index == cursor
            if chosen:
                cursor_line = len(lines)
            hint = _fit_row_hint(row, width)
            text = fit_width(escape_as_single_line(row.text), max(0, width - 4 - width_of(hint)))
            added = row.kind.startswith("new_")
            words = LinePart(f"  {text}", "dim" if added else "plain")
            lines.append(row_line((words, LinePart(hint, "dim")), width, focused=chosen))
            index += 1
    return DrawnLines(lines, cursor_line)


def _fit_row_hint(row: ProfileRow, width: int) -> str:
    """Return the text at the right of a row: as many of its parts as fit."""
    parts = escape_as_single_line(row.hint).split("  ")
    beside = width - 7 - width_of(escape_as_single_line(row.text))
    while len(parts) > 1 and width_of("  ".join(parts)) > beside:
        parts.pop()
    hint, hint_width = "  ".join(parts), max(beside, (width - 4) * 2 // 5)
    return f"  {hint if width_of(hint) <= hint_width else fit_width(hint, hint_width)} "


def full_hint_lines_if_cut(row: ProfileRow, width: int) -> list[StyledLine]:
    """Return the whole text at the right of a row if the row shows only a part."""
    hint = escape_as_single_line(row.hint)
    if _fit_row_hint(row, min(width, WIDEST)).strip() == hint:
        return []
    return [dash_line(width), *(styled_line(" " + piece) for piece in wrap_text(hint, width - 2))]


def fact_value_lines(
    defined: Mapping[str, FactDef],
    profile: Mapping[str, Any],
    lang: Lang,
    width: int,
    max_facts: int = 8,
) -> list[StyledLine]:
    """Return the facts with their values; facts that are not given come first."""
    order = sorted(defined, key=lambda name: name in profile)
    lines: list[StyledLine] = [dash_line(width)]
    for name in order[:max_facts]:
        fact_words = escape_as_single_line(
            format_fact_value(defined[name], profile.get(name), lang)
        )
        question = escape_as_single_line(pick_text(defined[name].question, lang))
        text = place_at_both_ends(
            " " + question,
            "  " + fit_width(fact_words, min(len(fact_words) * 2, _TEXT_SHOWN)).rstrip() + " ",
            width,
        )
        lines.append((LinePart(text, "plain" if name in profile else "warn"),))
    if len(order) > max_facts:
        lines.append(total_count_line(len(order), lang))
    return lines


def person_removal_refusal_text(uses: PersonUses, lang: Lang) -> str:
    """Return which records name a person, and what to do instead of removing the person."""
    _ = translator(lang)
    labels = {
        "answers": _("answers: {count}"),
        "reviews": _("reviews: {count}"),
        "remediation": _("remediation verified or accepted: {count}"),
        "sheets": _("sheets that name or assign: {count}"),
        "evidence": _("evidence registered: {count}"),
    }
    lines = [labels[name].format(count=count) for name, count in uses._asdict().items() if count]
    why = _("The records name this person, so the name has to stay readable:")
    cure = _("Who has left: take away all roles (Enter on the line), and assign the parts anew.")
    return "\n".join((why, *(f"  {text}" for text in lines), "", cure))


def added_and_removed_items_text(
    effects: Sequence[Effect], titles: Mapping[str, str], lang: Lang
) -> str:
    """Return which items a change adds and removes, for a confirmation."""
    _ = translator(lang)
    _n = plural_translator(lang)
    comes = [effect for effect in effects if effect.comes]
    goes = [effect for effect in effects if not effect.comes]
    parts = []
    if comes:
        parts.append(
            _n("{count} item comes:", "{count} items come:", len(comes)).format(count=len(comes))
        )
        parts += [f"  + {effect.item_id} {titles.get(effect.item_id, '')}" for effect in comes]
    if goes:
        answered = sum(effect.answered for effect in goes)
        heading = _n(
            "{count} item goes ({kept} answered; the answers stay on disk):",
            "{count} items go ({kept} answered; the answers stay on disk):",
            len(goes),
        )
        parts.append(heading.format(count=len(goes), kept=answered))
        parts += [f"  - {effect.item_id} {titles.get(effect.item_id, '')}" for effect in goes]
    return "\n".join(parts)
