"""The text of a commit, from what it changes, in the language of the workspace.

It names items, results and findings. Notes, texts and reasons stay in the sheets: a commit's text
can't be taken out of a history that was handed on.
"""

from __future__ import annotations

from collections.abc import Iterator

from assess.engine.history import Changes, ItemChange, SheetChange
from assess.engine.history_words import clean, summary_of, turn_of
from assess.engine.values import scores
from assess.engine.wording import name, value_text
from assess.i18n import Lang, translator
from assess.model.answer import Answer
from assess.model.base import pick
from assess.model.item import Conformity

MOST = 60
"""Items that a commit names one by one."""

SUBJECT = 72
"""Columns of the first line, a Hanzi counting two."""


def message(changes: Changes, lang: Lang) -> str:
    """Return the first line, and below it a line an item; without a line end at the end."""
    body = list(_body(changes, lang))
    subject = _fitted(_subject(changes, lang))
    return "\n".join([subject, "", *body]) if body else subject


def _subject(changes: Changes, lang: Lang) -> str:
    _ = translator(lang)
    sheets = [sheet for sheet in changes.sheets if sheet.items or sheet.made or sheet.gone]
    items = [item for sheet in sheets for item in sheet.items]
    if not sheets:
        if changes.settings or changes.sheets:
            return _("Change settings and evidence")
        return _("Change files of the workspace") if changes.files else _("Nothing changed")
    parts = []
    answered = sum(_is_answered(item) for item in items)
    reviewed = sum(item.names == ("review",) for item in items)
    planned = sum(_is_planned(item) for item in items)
    rest = len(items) - answered - reviewed - planned
    for count, text in (
        (answered, _("{count} answered")),
        (planned, _("{count} remediations")),
        (reviewed, _("{count} reviewed")),
        (rest, _("{count} amended")),
    ):
        if count:
            parts.append(text.format(count=count))
    comma = "，" if lang == "zh" else ", "
    titles = ("、" if lang == "zh" else ", ").join(_title(sheet, lang) for sheet in sheets)
    colon = "：" if lang == "zh" else ": "
    return f"{titles}{colon}{comma.join(parts) or _('sheet')}"


def _is_answered(item: ItemChange) -> bool:
    return "answer" in item.names or "fingerprint" in item.names


def _is_planned(item: ItemChange) -> bool:
    return not _is_answered(item) and any(one.startswith("remediation.") for one in item.names)


def _title(sheet: SheetChange, lang: Lang) -> str:
    return clean(pick(sheet.title, lang) or sheet.file)


def _body(changes: Changes, lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    for sheet in changes.sheets:
        summary = summary_of(sheet, lang)
        if summary or len(changes.sheets) > 1:
            yield f"{_title(sheet, lang)} {summary}".rstrip()
        for item in sheet.items[:MOST]:
            yield f"- {_item(item, lang)}"
        if len(sheet.items) > MOST:
            yield "- " + _("and {count} more").format(count=len(sheet.items) - MOST)
    names = dict.fromkeys(".".join(map(str, one.path[:2])) for one in changes.settings)
    for path in names:
        yield f"- {clean(path)}"
    for file in changes.files:
        yield f"- {clean(file.path, None)}"


def _item(item: ItemChange, lang: Lang) -> str:
    title = clean(pick(item.about.title, lang), None) if item.about is not None else ""
    said = _moved(item, lang)
    return " ".join(part for part in (item.item, title, said, turn_of(item, lang)) if part)


def _moved(item: ItemChange, lang: Lang) -> str:
    """Return from what to what an item that has a degree was answered, or its review went."""
    _ = translator(lang)
    for field in item.fields:
        if field.name == "answer" and item.about is not None and scores(item.about):
            sides = [_answer(item, one, lang) for one in (field.before, field.after)]
            before, after = (side or _("unanswered") for side in sides)
            return f"{before} → {after}"
        if field.name == "review" and field.after is not None:
            return name(field.after.state, lang)
        if field.name == "remediation.state" and field.after is not None:
            return name(field.after, lang)
    return ""


def _answer(item: ItemChange, answer: Answer | None, lang: Lang) -> str:
    if answer is None or item.about is None:
        return ""
    if isinstance(item.about, Conformity) or answer.status is not None:
        return name(answer.status, lang)
    return "" if isinstance(answer.value, list) else clean(value_text(item.about, answer, lang), 40)


def _fitted(subject: str) -> str:
    width = 0
    for at, sign in enumerate(subject):
        width += 1 if sign < "ᄀ" else 2
        if width > SUBJECT:
            return subject[: at - 1] + "…"
    return subject
