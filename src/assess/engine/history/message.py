"""The text of a commit, from what it changes, in the language of the workspace.

It names items, results and findings. Notes, texts and reasons stay in the sheets: a commit's text
can't be taken out of a history that was handed on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from assess.engine.finding_name import item_label_and_title
from assess.engine.history.changes import (
    FieldChange,
    ItemChange,
    OutsideChange,
    SheetChange,
    WorkspaceChanges,
)
from assess.engine.history.outside_changes import TURN_NAMES, outside_change_line_for_commit
from assess.engine.history.words import (
    clean_and_shorten_untrusted_text,
    describe_finding_or_risk_change,
    summarize_sheet_change,
)
from assess.engine.kinds.registry import answer_kind
from assess.engine.kinds.wording import translate_code
from assess.engine.punctuation import colon_sign, enumeration_comma_sign, semicolon_sign
from assess.i18n import Lang, plural_translator, translator
from assess.model.answer import Answer
from assess.model.base import pick_text
from assess.model.config import Person

MOST = 60
"""Items of a sheet, settings and files that a commit names one by one."""

SUBJECT = 72
"""Columns of the first line, a Hanzi counting two."""


def commit_message(
    changes: WorkspaceChanges,
    lang: Lang,
    people: Mapping[str, Person] = MappingProxyType({}),
) -> str:
    """Return the first line, and below it a line an item; without a line end at the end.

    `people` give the names of the reviewers.
    """
    body = list(_commit_body_lines(changes, lang))
    subject = _shorten_subject_to_width(_commit_subject(changes, lang, people))
    return "\n".join([subject, "", *body]) if body else subject


def _commit_subject(changes: WorkspaceChanges, lang: Lang, people: Mapping[str, Person]) -> str:
    _ = translator(lang)
    _n = plural_translator(lang)
    sheets = [sheet for sheet in changes.sheets if sheet.items or sheet.made or sheet.gone]
    items = [item for sheet in sheets for item in sheet.items]
    if not sheets:
        if changes.outside:
            return _outside_findings_commit_subject(changes.outside, lang)
        if changes.settings or changes.sheets:
            return _("Change settings and evidence")
        return _("Change files of the workspace") if changes.files else _("Nothing changed")
    parts = []
    answered = sum(_sets_or_reconfirms_answer(item) for item in items)
    # An item that was answered and reviewed since the last commit counts as both.
    reviewed = sum(_adds_or_changes_review(item) for item in items)
    reviewers = dict.fromkeys(filter(None, map(_find_reviewer, items)))
    names = [people[key].name if key in people else key for key in reviewers]
    planned = sum(_changes_remediation_not_answer(item) for item in items)
    removed = sum(item.answer_removed for item in items)
    kinds = (_sets_or_reconfirms_answer, _changes_remediation_not_answer, _adds_or_changes_review)
    rest = sum(
        not (item.answer_removed or any(is_kind(item) for is_kind in kinds)) for item in items
    )
    for count, text in (
        (answered, _("{count} answered")),
        (planned, _n("{count} remediation", "{count} remediations", planned)),
        (reviewed, _("{count} reviewed by {who}") if names else _("{count} reviewed")),
        (rest, _("{count} amended")),
        (removed, _n("{count} answer taken out", "{count} answers taken out", removed)),
    ):
        if count:
            parts.append(text.format(count=count, who=enumeration_comma_sign(lang).join(names)))
    between = "，" if lang == "zh" else ", "
    titles = enumeration_comma_sign(lang).join(
        _clean_sheet_title_or_file(sheet, lang) for sheet in sheets
    )
    return f"{titles}{colon_sign(lang)}{between.join(parts) or _('sheet')}"


def _outside_findings_commit_subject(outside: Sequence[OutsideChange], lang: Lang) -> str:
    """Return how many findings of others were entered, closed and so on."""
    _ = translator(lang)
    turns = Counter(change.turn for change in outside)
    parts = [f"{_(name)} {turns[turn]}" for turn, name in TURN_NAMES.items() if turns[turn]]
    return _("Findings of others") + colon_sign(lang) + enumeration_comma_sign(lang).join(parts)


def _sets_or_reconfirms_answer(item: ItemChange) -> bool:
    changed = "answer" in item.changed_field_names or "fingerprint" in item.changed_field_names
    return changed and not item.answer_removed


def _changes_remediation_not_answer(item: ItemChange) -> bool:
    planned = any(field.startswith("remediation.") for field in item.changed_field_names)
    return (
        planned
        and "answer" not in item.changed_field_names
        and "fingerprint" not in item.changed_field_names
    )


def _adds_or_changes_review(item: ItemChange) -> bool:
    return any(field.name == "review" and field.after is not None for field in item.fields)


def _find_reviewer(item: ItemChange) -> str:
    """Return the id of the person whose review a change adds; '' for none."""
    reviews = (field.after for field in item.fields if field.name == "review" and field.after)
    return next((clean_and_shorten_untrusted_text(review.by or "", 40) for review in reviews), "")


def _clean_sheet_title_or_file(sheet: SheetChange, lang: Lang) -> str:
    return clean_and_shorten_untrusted_text(pick_text(sheet.title, lang) or sheet.file)


def _commit_body_lines(changes: WorkspaceChanges, lang: Lang) -> Iterator[str]:
    for sheet in changes.sheets:
        summary = summarize_sheet_change(sheet, lang)
        if summary or len(changes.sheets) > 1:
            yield f"{_clean_sheet_title_or_file(sheet, lang)} {summary}".rstrip()
        yield from _bullets_and_remainder(
            [_item_summary_line(item, lang) for item in sheet.items[:MOST]], len(sheet.items), lang
        )
    outside = [outside_change_line_for_commit(change, lang) for change in changes.outside[:MOST]]
    yield from _bullets_and_remainder(outside, len(changes.outside), lang)
    names = list(
        dict.fromkeys(".".join(map(str, setting.path[:2])) for setting in changes.settings)
    )
    yield from _bullets_and_remainder(
        [clean_and_shorten_untrusted_text(path) for path in names[:MOST]], len(names), lang
    )
    paths = [clean_and_shorten_untrusted_text(file.path, None) for file in changes.files[:MOST]]
    yield from _bullets_and_remainder(paths, len(changes.files), lang)


def _bullets_and_remainder(lines: Sequence[str], total_count: int, lang: Lang) -> Iterator[str]:
    """Yield `lines` as bullets, then how many of `total_count` are not among them."""
    _ = translator(lang)
    yield from (f"- {text}" for text in lines)
    if total_count > len(lines):
        yield "- " + _("and {count} more").format(count=total_count - len(lines))


def _item_summary_line(item: ItemChange, lang: Lang) -> str:
    title = (
        clean_and_shorten_untrusted_text(item_label_and_title(item.about, lang), None)
        if item.about is not None
        else ""
    )
    changes = _item_changes_text(item, lang)
    return " ".join(
        part
        for part in (item.item, title, changes, describe_finding_or_risk_change(item, lang))
        if part
    )


def _item_changes_text(item: ItemChange, lang: Lang) -> str:
    """Return the changes of an item: answer before and after, remediation and review."""
    texts = (_field_change_text_if_public(item, field, lang) for field in item.fields)
    return semicolon_sign(lang).join(part for part in texts if part)


def _field_change_text_if_public(item: ItemChange, field: FieldChange, lang: Lang) -> str:
    if field.name == "answer":
        sides = [_public_answer_text(item, side, lang) for side in (field.before, field.after)]
        # One text after another: that it changed is all that may be said.
        _ = translator(lang)
        return " → ".join(sides) if sides[0] != sides[1] else _("answer changed")
    if field.after is None:
        return ""
    if field.name == "review":
        _ = translator(lang)
        if field.after.state == "accepted":
            return _("review: accepted")
        return _("review: returned, changed since") if item.is_mended else _("review: returned")
    return translate_code(field.after, lang) if field.name == "remediation.state" else ""


def _public_answer_text(item: ItemChange, answer: Answer | None, lang: Lang) -> str:
    """Return the answer as text, without words that a person typed."""
    _ = translator(lang)
    if answer is None or (answer.status is None and answer.value is None):
        return _("unanswered")
    if answer.status is not None:
        return translate_code(answer.status, lang)
    about = item.about
    text = answer_kind(about).public_text(about, answer.value, lang) if about else None
    return _("answered") if text is None else clean_and_shorten_untrusted_text(text, 40)


def _shorten_subject_to_width(subject: str) -> str:
    width = 0
    for index, sign in enumerate(subject):
        width += 1 if sign < "ᄀ" else 2
        if width > SUBJECT:
            return subject[: index - 1] + "…"
    return subject
