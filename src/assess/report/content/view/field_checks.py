"""Answers that do not fit together, by the field checks of the checklists (勾稽)."""

from __future__ import annotations

from typing import Final

from assess.engine.field_checks.judge import list_broken_checks
from assess.engine.field_checks.words import check_mismatch_and_meaning_text
from assess.i18n import translator
from assess.report.content.inputs import ReportInputs
from assess.report.content.view.remarks import sheet_title
from assess.report.content.view.words import PUNCTUATION

MOST_LINES: Final = 20
"""Broken checks that a document lists; it counts the others."""


def list_broken_check_texts(inputs: ReportInputs) -> tuple[str, ...]:
    """Return a line for each broken check, with its sheet if there are several; of many a count."""
    _, lang = translator(inputs.lang), inputs.lang
    texts = [
        (sheet_inputs, check_mismatch_and_meaning_text(broken, lang))
        for sheet_inputs in inputs.sheets
        for broken in list_broken_checks(sheet_inputs.assessment)
    ]
    colon = PUNCTUATION[lang]["colon"]
    lines = [
        f"{sheet_title(sheet_inputs, lang)}{colon}{text}" if len(inputs.sheets) > 1 else text
        for sheet_inputs, text in texts[:MOST_LINES]
    ]
    if len(texts) > MOST_LINES:
        lines.append(_("… and {count} more").format(count=len(texts) - MOST_LINES))
    return tuple(lines)
