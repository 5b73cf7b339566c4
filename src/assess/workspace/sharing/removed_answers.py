"""Answers that a commit takes out of sheets; a sheet cut at the end of a line is still valid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assess.engine.history.changes import WorkspaceChanges
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.problem import Problem

_MOST: Final = 3
"""Answers of a sheet that may be taken out in a commit without a warning."""


def warn_of_many_removed_answers(changes: WorkspaceChanges, lang: Lang) -> Iterator[Problem]:
    """Yield a warning for each sheet that lost more answers than a person takes back at a time."""
    _ = translator(lang)
    message = _(
        "{count} answers were taken out of this sheet; was it cut by a power cut or a copy?"
    )
    for sheet in changes.sheets:
        if len(sheet.removed_answers) > _MOST and not sheet.gone:
            text = message.format(count=len(sheet.removed_answers))
            hint = f"git restore -s HEAD~1 {quote_for_shell(sheet.file)}"
            yield Problem(sheet.file, "answers-removed", text, hint, "warning", line=1, column=1)
