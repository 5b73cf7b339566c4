"""Changes as plain values for JSON output: full texts, scores as they are displayed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import msgspec

from assess.engine.history.changes import ItemChange, SheetChange, WorkspaceChanges
from assess.engine.history.words import clean_and_shorten_untrusted_text
from assess.model.base import Text, pick_text
from assess.model.results import format_score


def changes_for_json(changes: WorkspaceChanges, lang: Any) -> dict[str, Any]:
    """Return changes as plain values."""
    return {
        "sheets": [_sheet_change_for_json(sheet, lang) for sheet in changes.sheets],
        "outside": [
            {
                "id": change.id,
                "change": change.turn,
                "source": change.finding.source,
                "fields": [".".join(map(str, field.path)) for field in change.fields],
            }
            for change in changes.outside
        ],
        "settings": [
            {
                "file": setting.file,
                "path": [str(part) for part in setting.path],
                "before": value_for_json(setting.before),
                "after": value_for_json(setting.after),
            }
            for setting in changes.settings
        ],
        "files": [
            {"path": clean_and_shorten_untrusted_text(file.path, None), "change": file.verb}
            for file in changes.files
        ],
    }


def _sheet_change_for_json(sheet: SheetChange, lang: Any) -> dict[str, Any]:
    return {
        "file": sheet.file,
        "round": sheet.round,
        "title": _pick_text_or_none(sheet.title, lang),
        "scope": _pick_text_or_none(sheet.scope_name, lang),
        "change": "added" if sheet.made else "removed" if sheet.gone else "changed",
        "score": {
            "before": _format_score_or_none(sheet.score_before),
            "after": _format_score_or_none(sheet.score_after),
        },
        "findings": {"opened": list(sheet.opened_findings), "closed": list(sheet.closed_findings)},
        "kept_closed": list(sheet.uncounted_answers),
        "items": [_item_change_for_json(item, lang) for item in sheet.items],
        "settings": [".".join(map(str, setting.path)) for setting in sheet.settings],
    }


def _item_change_for_json(change: ItemChange, lang: Any) -> dict[str, Any]:
    return {
        "item": change.item,
        "title": _pick_text_or_none(change.about.title, lang) if change.about is not None else None,
        "by": change.by,
        "finding": change.finding,
        "question": change.question,
        "result": {"before": change.result_before, "after": change.result_after},
        "risk": {"before": change.risk_before, "after": change.risk_after},
        "fields": [
            {
                "field": field.name,
                "before": value_for_json(field.before),
                "after": value_for_json(field.after),
            }
            for field in change.fields
        ],
    }


def _pick_text_or_none(text: Text | None, lang: Any) -> str | None:
    return None if text is None else pick_text(text, lang)


def _format_score_or_none(score: Fraction | None) -> str | None:
    return None if score is None else format_score(score)


def value_for_json(value: Any) -> Any:
    """Return a value of the model as a plain value for JSON, without empty fields."""
    if isinstance(value, msgspec.Struct):
        pairs = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        fields = {key: value_for_json(getattr(value, name)) for key, name in pairs}
        return {key: field for key, field in fields.items() if field not in (None, {}, [])}
    if isinstance(value, dict):
        return {str(key): value_for_json(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [value_for_json(entry) for entry in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
