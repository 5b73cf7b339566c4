"""Changes in words: lines for the screen, Markdown, and the text of a commit.

A line has no line break and no control character, because anybody who can push may have written the
texts. Free texts are shortened; `--json` prints them whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from assess.engine.finding_name import item_label_and_title
from assess.engine.history.changes import (
    FieldChange,
    ItemChange,
    QuestionTurn,
    SettingChange,
    SheetChange,
    WorkspaceChanges,
    fields_as_mapping,
)
from assess.engine.history.outside_changes import outside_change_line_with_number
from assess.engine.history.table_changes import narrow_tables_to_changed_rows
from assess.engine.kinds.values import answer_text
from assess.engine.kinds.wording import format_value_without_exponent, translate_code
from assess.engine.punctuation import enumeration_comma_sign, semicolon_sign
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import N_, Lang, translator
from assess.model.base import Bilingual, pick_text
from assess.model.item import Item
from assess.model.results import format_score

LONGEST = 120
"""Characters of a free text in a line."""

FIELDS: Mapping[str, str] = {
    "answer": N_("answer"),
    "note": N_("note"),
    "evidence": N_("evidence"),
    "mitigation": N_("mitigation"),
    "risk": N_("risk"),
    "remediation.action": N_("remediation: action"),
    "remediation.unit": N_("remediation: unit"),
    "remediation.owner": N_("remediation: owner"),
    "remediation.due": N_("remediation: due date"),
    "remediation.first_due": N_("remediation: first due date"),
    "remediation.state": N_("remediation: state"),
    "remediation.done_on": N_("remediation: done on"),
    "remediation.verified_by": N_("remediation: verified by"),
    "remediation.verified_on": N_("remediation: verified on"),
    "remediation.accepted_by": N_("remediation: risk accepted by"),
    "remediation.reason": N_("remediation: reason"),
    "remediation.budget": N_("remediation: budget"),
    "remediation.people": N_("remediation: people"),
    "remediation.no_due_reason": N_("remediation: why no date"),
    "review": N_("review"),
    "recheck": N_("look again on"),
    "taken_from": N_("taken over from"),
    "fingerprint": N_("wording"),
}
"""The fields of an answer, as people read them."""

_VERBS: Mapping[str, str] = {
    "added": N_("added: {path}"),
    "changed": N_("changed: {path}"),
    "removed": N_("removed: {path}"),
    "unreadable": N_("can't be read at one of the two times: {path}"),
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")


class IndentedLine(NamedTuple):
    """A line of a description: its indentation (0 to 2 steps) and its text."""

    depth: int
    text: str


def indent_and_join_lines(lines: Iterable[IndentedLine]) -> str:
    """Return lines for the screen."""
    return "".join(f"{'  ' * line.depth}{line.text}\n" for line in lines)


def format_lines_as_markdown(lines: Iterable[IndentedLine]) -> str:
    """Return lines as Markdown: a heading a sheet, a list of items, what changed below each."""
    rows = []
    for line in lines:
        words = _MARKDOWN.sub(r"\\\1", line.text)
        rows.append(
            f"\n### {words}\n\n" if line.depth == 0 else f"{'  ' * (line.depth - 1)}- {words}\n"
        )
    return "".join(rows).lstrip("\n")


def clean_and_shorten_untrusted_text(foreign_text: str, max_length: int | None = LONGEST) -> str:
    """Return a text of another author as one line without control characters."""
    cleaned = mark_line_breaks_and_escape(foreign_text)
    return (
        cleaned
        if max_length is None or len(cleaned) <= max_length
        else cleaned[: max_length - 1] + "…"
    )


_QUESTIONS: Mapping[QuestionTurn, str] = {
    "closed": N_("kept, not counted: no answer opens the question"),
    "opened": N_("counts again: the question is open"),
}


def describe_changes(
    changes: WorkspaceChanges, people: Mapping[str, str], lang: Lang
) -> Iterator[IndentedLine]:
    """Yield lines about all changes; `people` maps ids to names."""
    _ = translator(lang)
    for sheet in changes.sheets:
        yield from describe_sheet_change(sheet, people, lang)
    if changes.outside:
        yield IndentedLine(0, _("Findings of others"))
        for change in changes.outside:
            yield IndentedLine(
                1, clean_and_shorten_untrusted_text(outside_change_line_with_number(change, lang))
            )
            yield from (
                IndentedLine(2, _describe_setting_change(field, lang)) for field in change.fields
            )
    if changes.settings:
        yield IndentedLine(0, _("Settings and evidence"))
        yield from (
            IndentedLine(1, _describe_setting_change(setting, lang)) for setting in changes.settings
        )
    if changes.files:
        yield IndentedLine(0, _("Files"))
        for file in changes.files:
            yield IndentedLine(
                1,
                _(_VERBS[file.verb]).format(path=clean_and_shorten_untrusted_text(file.path, None)),
            )


def describe_sheet_change(
    sheet: SheetChange, people: Mapping[str, str], lang: Lang
) -> Iterator[IndentedLine]:
    """Yield what changed in one sheet."""
    yield IndentedLine(
        0, clean_and_shorten_untrusted_text(_sheet_title_scope_and_file(sheet, lang))
    )
    summary = summarize_sheet_change(sheet, lang)
    if summary:
        yield IndentedLine(1, summary)
    for setting in sheet.settings:
        yield IndentedLine(1, _describe_setting_change(setting, lang))
    for item in sheet.items:
        yield from _describe_item_change(item, people, lang)


def summarize_sheet_change(sheet: SheetChange, lang: Lang) -> str:
    """Return the score and the findings opened and closed, in one line; '' where neither moved."""
    _ = translator(lang)
    parts = [_describe_score_change(sheet.score_before, sheet.score_after, lang)]
    if sheet.made:
        parts.append(_("new sheet"))
    if sheet.gone:
        parts.append(_("sheet removed"))
    if sheet.opened_findings:
        parts.append(_("findings opened: {count}").format(count=len(sheet.opened_findings)))
    if sheet.uncounted_answers:
        text = _("kept, question closed: {items}")
        parts.append(text.format(items=enumeration_comma_sign(lang).join(sheet.uncounted_answers)))
    if sheet.closed_findings:
        parts.append(_("findings closed: {count}").format(count=len(sheet.closed_findings)))
    return semicolon_sign(lang).join(part for part in parts if part)


def _describe_score_change(before: Fraction | None, after: Fraction | None, lang: Lang) -> str:
    if before == after:
        return ""
    _ = translator(lang)
    return _("score {before} → {after}").format(
        before=format_score(before), after=format_score(after)
    )


def _sheet_title_scope_and_file(sheet: SheetChange, lang: Lang) -> str:
    scope = pick_text(sheet.scope_name, lang)
    title = pick_text(sheet.title, lang)
    return "  ".join(part for part in (title, scope, sheet.file) if part)


def _describe_item_change(
    item: ItemChange, people: Mapping[str, str], lang: Lang
) -> Iterator[IndentedLine]:
    _ = translator(lang)
    title = (
        clean_and_shorten_untrusted_text(item_label_and_title(item.about, lang), None)
        if item.about
        else ""
    )
    head = f"{item.item} {title}".rstrip()
    turn = describe_finding_or_risk_change(item, lang)
    who = clean_and_shorten_untrusted_text(people.get(item.by, item.by)) if item.by else ""
    yield IndentedLine(1, "  ".join(part for part in (head, turn, who) if part))
    if item.question is not None:
        yield IndentedLine(2, _(_QUESTIONS[item.question]))
    elif not item.fields:
        sentence = _("found otherwise, by a changed rule or fact: {before} → {after}")
        results = (
            translate_code(item.result_before, lang),
            translate_code(item.result_after, lang),
        )
        before, after = (result or _("nothing") for result in results)
        yield IndentedLine(2, sentence.format(before=before, after=after))
    for field in item.fields:
        yield IndentedLine(2, describe_field_change(field, item.about, lang))


def describe_finding_or_risk_change(item_change: ItemChange, lang: Lang) -> str:
    """Return whether a finding was opened or closed, with its risk."""
    _ = translator(lang)
    if item_change.finding == "opened":
        return _("[finding opened, risk {risk}]").format(
            risk=translate_code(item_change.risk_after, lang)
        )
    if item_change.finding == "closed":
        return _("[finding closed]")
    if item_change.risk_after is not None and item_change.risk_before != item_change.risk_after:
        words = {
            "before": translate_code(item_change.risk_before, lang),
            "after": translate_code(item_change.risk_after, lang),
        }
        return _("[risk {before} → {after}]").format(**words)
    return ""


def describe_field_change(field: FieldChange, item: Item | None, lang: Lang) -> str:
    """Return what changed in a field, from what to what."""
    _ = translator(lang)
    label = _(FIELDS[field.name])
    if field.name == "fingerprint":
        return _("{field}: confirmed for another wording of the item").format(field=label)
    sides = [
        _field_value_text(field.name, side, item, lang)
        for side in narrow_tables_to_changed_rows(field.before, field.after)
    ]
    before, after = (
        clean_and_shorten_untrusted_text(side) if side else _("nothing") for side in sides
    )
    return _("{field}: {before} → {after}").format(field=label, before=before, after=after)


def format_field_name_and_value(field: str, value: Any, item: Item | None, lang: Lang) -> str:
    """Return the name and the value of a field."""
    _ = translator(lang)
    value_words = clean_and_shorten_untrusted_text(_field_value_text(field, value, item, lang))
    return _("{field}: {value}").format(field=_(FIELDS[field]), value=value_words)


def _field_value_text(field: str, value: Any, item: Item | None, lang: Lang) -> str:
    """Return one side of a change; '' where nothing is there."""
    if value is None:
        return ""
    if field == "answer":
        value_words = (
            value.status if value.value is None else format_value_without_exponent(value.value)
        )
        return answer_text(item, value, lang) if item is not None else str(value_words)
    if field in _WORDED:
        return _WORDED[field](value, lang)
    if field in _JOINED:
        key, words = _JOINED[field]
        first = getattr(value, key)
        parts = (
            first if key == "id" else translate_code(first, lang),
            _clean_and_quote_text(getattr(value, words), lang),
        )
        return " ".join(part for part in parts if part)
    return _clean_and_quote_text(value, lang) if isinstance(value, str) else str(value)


_WORDED: Mapping[str, Callable[[Any, Lang], str]] = {
    "evidence": lambda rows, lang: enumeration_comma_sign(lang).join(rows),
    "taken_from": lambda source, _lang: str(source.round or source.fact or source.value),
    "remediation.state": translate_code,
}
"""Fields whose values are described by a word of their own."""

_JOINED: Mapping[str, tuple[str, str]] = {
    "risk": ("level", "reason"),
    "review": ("state", "comment"),
    "mitigation": ("id", "note"),
}
"""Fields that are described by a word and a text."""


def _clean_and_quote_text(words: str | None, lang: Lang) -> str:
    if not words:
        return ""
    return (
        f"“{clean_and_shorten_untrusted_text(words)}”"
        if lang == "zh"
        else f'"{clean_and_shorten_untrusted_text(words)}"'
    )


def _describe_setting_change(change: SettingChange, lang: Lang) -> str:
    _ = translator(lang)
    path = ".".join(map(str, change.path))
    sides = (_setting_text_by_name_or_content(side, lang) for side in (change.before, change.after))
    before, after = (
        clean_and_shorten_untrusted_text(side) if side else _("nothing") for side in sides
    )
    sentence = _("{file} {path}: {before} → {after}")
    return sentence.format(
        file=change.file, path=clean_and_shorten_untrusted_text(path), before=before, after=after
    )


def _setting_text_by_name_or_content(value: Any, lang: Lang) -> str:
    """Return a setting in short: a mapping by its name or title, or by what it holds."""
    if value is None or value in ({}, ()):
        return ""
    if isinstance(value, bool):
        _ = translator(lang)
        return _("yes") if value else _("no")
    if isinstance(value, tuple | list):
        return enumeration_comma_sign(lang).join(
            _setting_text_by_name_or_content(element, lang) for element in value
        )
    pairs = fields_as_mapping(value)
    if pairs is None:
        return format_value_without_exponent(value)
    named = value if isinstance(value, Bilingual) else pairs.get("title") or pairs.get("name")
    if named:
        return pick_text(named, lang)
    some = ((key, _setting_text_by_name_or_content(part, lang)) for key, part in pairs.items())
    return enumeration_comma_sign(lang).join(f"{key} {words}" for key, words in some if words)
