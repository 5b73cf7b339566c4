"""The changes between two checklists, as text for people and JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable

from assess.engine.finding_name import item_label_and_title
from assess.engine.upgrade.checklist_diff import ChangedField, ChecklistDiff, ItemDiff, WordMark
from assess.i18n import Lang, translator
from assess.model.item import Item

MARKS = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
"""Forms of the pieces of a reworded text, as in `git diff --word-diff`."""


def diff_as_text(diff: ChecklistDiff, lang: Lang) -> str:
    """Return the changes as text, with a block for each item."""
    _ = translator(lang)
    if diff.is_empty:
        return _("nothing changed")
    lines = [_changed_field_line(change) for change in diff.head]
    lines += [f"+ {_added_item_line(item, lang)}" for item in diff.added]
    lines += [f"- {item.id}  {item_label_and_title(item, lang)}" for item in diff.removed]
    for item_diff in diff.items:
        lines += [
            "",
            f"~ {item_diff.item.id}  {item_label_and_title(item_diff.item, lang)}",
            *_item_diff_lines(item_diff, lang),
        ]
    return "\n".join(lines)


def diff_as_json(diff: ChecklistDiff) -> str:
    """Return the changes as JSON, items by id."""
    plain = {
        "head": [change._asdict() for change in diff.head],
        "added": [item.id for item in diff.added],
        "removed": [item.id for item in diff.removed],
        "items": [
            {
                "id": item_diff.item.id,
                "reworded": [
                    {"field": each.field, "lang": each.lang, "text": _format_word_marks(each.marks)}
                    for each in item_diff.reworded
                ],
                "changed": [each._asdict() for each in item_diff.changed],
                "moved": item_diff.moved._asdict() if item_diff.moved else None,
                "stale": item_diff.stale,
            }
            for item_diff in diff.items
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _added_item_line(item: Item, lang: Lang) -> str:
    _ = translator(lang)
    line = f"{item.id}  {item_label_and_title(item, lang)}"
    if item.supersedes:
        line += "  " + _("(supersedes {names})").format(names=", ".join(item.supersedes))
    return line


def _item_diff_lines(item_diff: ItemDiff, lang: Lang) -> Iterable[str]:
    _ = translator(lang)
    if item_diff.moved is not None and item_diff.moved.old != item_diff.moved.new:
        yield "  " + _("moved from section {old} to {new}").format(**item_diff.moved._asdict())
    elif item_diff.moved is not None:
        yield "  " + _("moved within section {new}").format(new=item_diff.moved.new)
    for each in item_diff.reworded:
        for line in _format_word_marks(each.marks).split("\n"):
            if "[-" in line or "{+" in line:
                yield f"  {each.field}.{each.lang}: {line}"
    for field in item_diff.changed:
        yield f"  {_changed_field_line(field)}"
    stale = ", ".join(item_diff.stale)
    yield "  " + (
        _("fingerprint changes: answers become stale ({langs})").format(langs=stale)
        if item_diff.stale
        else _("fingerprint stays: answers stay current")
    )


def _changed_field_line(change: ChangedField) -> str:
    return f"{change.field}: {change.old or '—'} → {change.new or '—'}"


def _format_word_marks(marks: Iterable[WordMark]) -> str:
    return "".join(MARKS[kind].format(text) for kind, text in marks)
