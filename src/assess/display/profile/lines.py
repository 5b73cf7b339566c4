"""The profile as lines: organization, systems, people, checklists, with their facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assess.display.text.names import EXPOSURES, HOSTINGS, role_names
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, Part, in_all, line, rule
from assess.display.text.wrap import WIDEST, fit, spread, width_of, wrap
from assess.engine.kinds.wording import plain
from assess.engine.punctuation import colon, comma
from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.checklist import Checklist, FactDef
from assess.model.config import Config, Grade, System
from assess.workspace import SheetName
from assess.workspace.answers.change_effects import Effect
from assess.workspace.setup.remove_entries import Uses

_TEXT_SHOWN = 40
"""Cells of a fact's value in the details."""


class Row(NamedTuple):
    """A line to choose: what kind of thing it is, its id, and its words."""

    kind: str
    id: str
    text: str
    hint: str = ""


class Group(NamedTuple):
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


def facts_defined(checklists: Mapping[str, Checklist], system: bool) -> dict[str, FactDef]:
    """Return the facts that the pinned checklists of a scope ask for, by name."""
    scope = "system" if system else "organization"
    return {
        name: fact
        for one in checklists.values()
        if one.scope == scope
        for name, fact in one.profile.items()
    }


def facts_lacking(config: Config, asked: Mapping[SheetName, Checklist], lang: Lang) -> list[str]:
    """Return the questions of these sheets' checklists that nobody has answered, each once.

    One about a system begins with its name.
    """
    found: dict[tuple[str | None, str], str] = {}
    for sheet, checklist in asked.items():
        system = config.systems.get(sheet.system or "")
        held, whose = config.profile, ""
        if system is not None:
            held, whose = system.profile, pick(system.name, lang) + colon(lang)
        for name, fact in checklist.profile.items():
            if name not in held:
                found[sheet.system, name] = whose + pick(fact.question, lang)
    return list(found.values())


def groups_of(
    config: Config,
    checklists: Mapping[str, Checklist],
    listed: Collection[SheetName],
    lang: Lang,
) -> list[Group]:
    """Return all rows of the profile; `listed` are the sheets of the round."""
    _ = translator(lang)
    own = facts_defined(checklists, system=False)
    unit = [
        Row("organization", "", pick(config.organization.name, lang), config.organization.id),
        Row("facts", "", _("Facts"), _given(own, config.profile, lang)),
        Row("report", "", _("Report"), _addressee(config, lang)),
    ]
    return [
        Group(_("The unit"), tuple(unit)),
        Group(_("Systems"), tuple(_system_rows(config, checklists, lang))),
        Group(_("People"), tuple(_person_rows(config, lang))),
        Group(_("Checklists"), tuple(_checklist_rows(config, checklists, listed, lang))),
    ]


def _given(defined: Mapping[str, FactDef], held: Mapping[str, Any], lang: Lang) -> str:
    _ = translator(lang)
    if not defined:
        return _("nothing is asked")
    given = sum(name in held for name in defined)
    return _("{given} of {count} given").format(given=given, count=len(defined))


def _addressee(config: Config, lang: Lang) -> str:
    settings = config.report
    return "  ".join(filter(None, (pick(settings.addressee, lang), pick(settings.marking, lang))))


def _system_rows(config: Config, checklists: Mapping[str, Checklist], lang: Lang) -> Iterator[Row]:
    _ = translator(lang)
    defined = facts_defined(checklists, system=True)
    for key, one in config.systems.items():
        yield Row("system", key, pick(one.name, lang), system_text(one, lang))
        yield Row("facts", key, "  " + _("Facts"), _given(defined, one.profile, lang))
    yield Row("new_system", "", _("+ a system"))


def system_text(one: System, lang: Lang) -> str:
    """Return grade, exposure and place of a system."""
    _ = translator(lang)
    parts = [grade_text(one.grade) if one.grade else _("no grade yet")]
    parts += [_(EXPOSURES[one.exposure])] if one.exposure else []
    parts += [_(HOSTINGS[one.hosting])] if one.hosting else []
    return "  ".join(parts)


def grade_text(grade: Grade) -> str:
    """Return a grade as it is written: S2A3G3."""
    return f"S{grade.s}A{grade.a}G{grade.level}"


def _person_rows(config: Config, lang: Lang) -> Iterator[Row]:
    _ = translator(lang)
    for key, one in config.people.items():
        yield Row("person", key, one.name, role_names(one.roles, lang))
    yield Row("new_person", "", _("+ a person"))


def _checklist_rows(
    config: Config,
    checklists: Mapping[str, Checklist],
    listed: Collection[SheetName],
    lang: Lang,
) -> Iterator[Row]:
    _ = translator(lang)
    for key, one in checklists.items():
        sheets = [name for name in listed if name.checklist == key]
        systems = [_system_name(config, name.system, lang) for name in sheets if name.system]
        said = _("in the round") if sheets else _("not in the round")
        if systems:
            said = comma(lang).join(systems)
        yield Row("checklist", key, pick(one.title, lang), f"{one.version}  {said}")
    yield Row("new_checklist", "", _("+ a checklist of the library"))


def _system_name(config: Config, system: str, lang: Lang) -> str:
    return pick(config.systems[system].name, lang) if system in config.systems else system


def profile_lines(groups: Sequence[Group], cursor: int, width: int) -> Drawn:
    """Return the groups with one line a row."""
    lines: list[Line] = []
    at = index = 0
    for group in groups:
        lines.append(line(fit(" " + group.heading, width), "title"))
        for row in group.rows:
            chosen = index == cursor
            if chosen:
                at = len(lines)
            text = spread(one_line(row.text), _hint(row, width), width - 4)
            added = row.kind.startswith("new_")
            lines.append(
                line(f"  > {text}", "cursor")
                if chosen
                else line(f"    {text}", "dim" if added else "plain")
            )
            index += 1
    return Drawn(lines, at)


def _hint(row: Row, width: int) -> str:
    """Return what stands at the right: as many of its parts as leave room for the words."""
    parts = one_line(row.hint).split("  ")
    beside = width - 7 - width_of(one_line(row.text))
    while len(parts) > 1 and width_of("  ".join(parts)) > beside:
        parts.pop()
    hint, room = "  ".join(parts), max(beside, (width - 4) * 2 // 5)
    return f"  {hint if width_of(hint) <= room else fit(hint, room)} "


def hint_lines(row: Row, width: int) -> list[Line]:
    """Return what stands at the right of a row in full, where there is no room for all of it."""
    hint = one_line(row.hint)
    if _hint(row, min(width, WIDEST)).strip() == hint:
        return []
    return [rule(width), *(line(" " + piece) for piece in wrap(hint, width - 2))]


def facts_lines(
    defined: Mapping[str, FactDef], held: Mapping[str, Any], lang: Lang, width: int, most: int = 8
) -> list[Line]:
    """Return the facts with what is said to them, the ones not yet given first."""
    order = sorted(defined, key=lambda name: name in held)
    lines: list[Line] = [rule(width)]
    for name in order[:most]:
        said = fact_text(defined[name], held.get(name), lang)
        question = one_line(pick(defined[name].question, lang))
        text = spread(
            " " + question, "  " + fit(said, min(len(said) * 2, _TEXT_SHOWN)).rstrip() + " ", width
        )
        lines.append((Part(text, "plain" if name in held else "warn"),))
    if len(order) > most:
        lines.append(in_all(len(order), lang))
    return lines


def fact_text(fact: FactDef, value: Any, lang: Lang) -> str:
    """Return what is said to a fact, as people read it."""
    _ = translator(lang)
    if value is None:
        return _("not given")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    for option in fact.options:
        if option.id == value:
            return pick(option.text, lang)
    return one_line(plain(value))


def uses_text(uses: Uses, lang: Lang) -> str:
    """Return what names a person, and what can be done instead of taking them out."""
    _ = translator(lang)
    said = {
        "answers": _("answers: {count}"),
        "reviews": _("reviews: {count}"),
        "remediation": _("remediation verified or accepted: {count}"),
        "sheets": _("sheets that name or assign: {count}"),
        "evidence": _("evidence registered: {count}"),
    }
    lines = [said[name].format(count=count) for name, count in uses._asdict().items() if count]
    why = _("The records name this person, so the name has to stay readable:")
    cure = _("Who has left: take away all roles (Enter on the line), and assign the parts anew.")
    return "\n".join((why, *(f"  {one}" for one in lines), "", cure))


def effects_text(found: Sequence[Effect], titles: Mapping[str, str], lang: Lang) -> str:
    """Return which items come and which go, as a text to be confirmed."""
    _ = translator(lang)
    comes = [one for one in found if one.comes]
    goes = [one for one in found if not one.comes]
    parts = []
    if comes:
        parts.append(_("{count} items come:").format(count=len(comes)))
        parts += [f"  + {one.item_id} {titles.get(one.item_id, '')}" for one in comes]
    if goes:
        kept = sum(one.answered for one in goes)
        said = _("{count} items go ({kept} answered; the answers stay on disk):")
        parts.append(said.format(count=len(goes), kept=kept))
        parts += [f"  - {one.item_id} {titles.get(one.item_id, '')}" for one in goes]
    return "\n".join(parts)
