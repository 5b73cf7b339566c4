"""Changes as JSON has them: whole texts, scores as everybody sees them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec

from assess.engine.history.changes import Changes, ItemChange, SheetChange
from assess.engine.history.words import clean
from assess.model.base import Text, pick
from assess.model.results import shown


def plain(changes: Changes, lang: Any) -> dict[str, Any]:
    """Return changes as plain values."""
    return {
        "sheets": [_sheet(one, lang) for one in changes.sheets],
        "settings": [
            {
                "file": one.file,
                "path": [str(part) for part in one.path],
                "before": value(one.before),
                "after": value(one.after),
            }
            for one in changes.settings
        ],
        "files": [{"path": clean(one.path, None), "change": one.verb} for one in changes.files],
    }


def _sheet(one: SheetChange, lang: Any) -> dict[str, Any]:
    return {
        "file": one.file,
        "round": one.round,
        "title": _text(one.title, lang),
        "scope": _text(one.scope_name, lang),
        "change": "added" if one.made else "removed" if one.gone else "changed",
        "score": {"before": _score(one.score_before), "after": _score(one.score_after)},
        "findings": {"opened": list(one.opened), "closed": list(one.closed)},
        "items": [_item(item, lang) for item in one.items],
        "settings": [".".join(map(str, setting.path)) for setting in one.settings],
    }


def _item(one: ItemChange, lang: Any) -> dict[str, Any]:
    return {
        "item": one.item,
        "title": _text(one.about.title, lang) if one.about is not None else None,
        "by": one.by,
        "finding": one.finding,
        "result": {"before": one.result_before, "after": one.result_after},
        "risk": {"before": one.risk_before, "after": one.risk_after},
        "fields": [
            {"field": field.name, "before": value(field.before), "after": value(field.after)}
            for field in one.fields
        ],
    }


def _text(text: Text | None, lang: Any) -> str | None:
    return None if text is None else pick(text, lang)


def _score(score: Fraction | None) -> str | None:
    return None if score is None else shown(score)


def value(given: Any) -> Any:
    """Return a value of the model as plain JSON, without what is not there."""
    if isinstance(given, msgspec.Struct):
        pairs = zip(given.__struct_encode_fields__, given.__struct_fields__, strict=True)
        found = {key: value(getattr(given, name)) for key, name in pairs}
        return {key: one for key, one in found.items() if one not in (None, {}, [])}
    if isinstance(given, dict):
        return {str(key): value(one) for key, one in given.items()}
    if isinstance(given, list | tuple):
        return [value(one) for one in given]
    return given if given is None or isinstance(given, bool | int | str) else str(given)
