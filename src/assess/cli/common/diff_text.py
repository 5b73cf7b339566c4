"""What changed between two checklists, as text for people and JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable

from assess.engine.upgrade.checklist_diff import Changed, ChecklistDiff, ItemDiff, Mark
from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.item import Item

MARKS = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
"""How pieces of a reworded text are shown, as `git diff --word-diff` does."""


def as_text(diff: ChecklistDiff, lang: Lang) -> str:
    """Return the changes, an item a block."""
    _ = translator(lang)
    if diff.empty:
        return _("nothing changed")
    lines = [_changed(one) for one in diff.head]
    lines += [f"+ {_added(item, lang)}" for item in diff.added]
    lines += [f"- {item.id}  {pick(item.title, lang)}" for item in diff.removed]
    for one in diff.items:
        lines += ["", f"~ {one.item.id}  {pick(one.item.title, lang)}", *_item(one, lang)]
    return "\n".join(lines)


def as_json(diff: ChecklistDiff) -> str:
    """Return the changes as they are, items by id."""
    plain = {
        "head": [one._asdict() for one in diff.head],
        "added": [one.id for one in diff.added],
        "removed": [one.id for one in diff.removed],
        "items": [
            {
                "id": one.item.id,
                "reworded": [
                    {"field": each.field, "lang": each.lang, "text": _marked(each.marks)}
                    for each in one.reworded
                ],
                "changed": [each._asdict() for each in one.changed],
                "moved": one.moved._asdict() if one.moved else None,
                "stale": one.stale,
            }
            for one in diff.items
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _added(item: Item, lang: Lang) -> str:
    _ = translator(lang)
    line = f"{item.id}  {pick(item.title, lang)}"
    if item.supersedes:
        line += "  " + _("(supersedes {names})").format(names=", ".join(item.supersedes))
    return line


def _item(one: ItemDiff, lang: Lang) -> Iterable[str]:
    _ = translator(lang)
    if one.moved is not None and one.moved.old != one.moved.new:
        yield "  " + _("moved from section {old} to {new}").format(**one.moved._asdict())
    elif one.moved is not None:
        yield "  " + _("moved within section {new}").format(new=one.moved.new)
    for each in one.reworded:
        for line in _marked(each.marks).split("\n"):
            if "[-" in line or "{+" in line:
                yield f"  {each.field}.{each.lang}: {line}"
    for field in one.changed:
        yield f"  {_changed(field)}"
    stale = ", ".join(one.stale)
    yield "  " + (
        _("fingerprint changes: answers become stale ({langs})").format(langs=stale)
        if one.stale
        else _("fingerprint stays: answers stay current")
    )


def _changed(one: Changed) -> str:
    return f"{one.field}: {one.old or '—'} → {one.new or '—'}"


def _marked(marks: Iterable[Mark]) -> str:
    return "".join(MARKS[kind].format(text) for kind, text in marks)
