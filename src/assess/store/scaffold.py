"""The texts of a new sheet and of a new checklist."""

from __future__ import annotations

import re

from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.locations import PROGRAM_DATA
from assess.model.base import is_valid_id
from assess.model.formats import Format
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.writing.edit import apply_edits
from assess.store.yaml.writing.format_numbers import text_with_lowest_format_number


def empty_sheet_text(
    *,
    checklist_id: str,
    version: str,
    digest: str,
    scope_type_and_id: tuple[str, str],
    round_id: str,
) -> str:
    """Return the text of a sheet without answers; its scope is (organization|system, id)."""
    edits = [
        FieldEdit(("checklist", "id"), checklist_id),
        FieldEdit(("checklist", "version"), version),
        FieldEdit(("checklist", "digest"), digest),
        FieldEdit(("scope", scope_type_and_id[0]), scope_type_and_id[1]),
        FieldEdit(("round",), round_id),
    ]
    return text_with_lowest_format_number(
        apply_edits(f"format: {Format('sheet', 1)}\n", edits), "sheet"
    )


def checklist_skeleton_text(checklist_id: str, year: int, lang: Lang) -> str:
    """Return the text of a commented first checklist, which lint accepts without problems.

    Raises:
        UsageError: the id is not made of lower-case letters, digits and hyphens.
    """
    _ = translator(lang)
    if not is_valid_id(checklist_id):
        message = _("{id} is no id: lower-case letters, digits and hyphens").format(id=checklist_id)
        raise UsageError(message)
    text = (PROGRAM_DATA / "checklist-skeleton.yaml").read_text("utf-8")
    prefix = re.sub(r"[^A-Z]", "", checklist_id.upper())[:3] or "OWN"
    return (
        text.replace("@ID@", checklist_id)
        .replace("@PREFIX@", prefix)
        .replace("@VERSION@", f"{year}.1")
    )
