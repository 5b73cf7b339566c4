"""Unfinished drafts: their names, their messages, and how to continue them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assess import locations
from assess.display.text.reasons import failed_write_reason_text
from assess.engine.punctuation import colon_sign
from assess.errors import AssessError, WriteError
from assess.i18n import N_, Lang, translator
from assess.tui.core.drafts import DraftKey
from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import AppShell, ListRow

_FORMS: Mapping[str, str] = {
    "note": N_("Note"),
    "not_applicable_many": N_("Reason for several items"),
    "value": N_("Value"),
    "evidence": N_("Evidence"),
    "remediation": N_("Remediation"),
    "mitigation": N_("Mitigation"),
    "risk": N_("Risk"),
    "review": N_("Review"),
}
_SCREEN_FORMS: Mapping[str, str] = {
    "organization": N_("The unit"),
    "report": N_("Report"),
    "facts": N_("Facts"),
    "system": N_("System"),
    "person": N_("Person"),
    "file": N_("Register a file"),
    "paper": N_("Register a paper record"),
    "work": N_("How the work was organised"),
    "suggestions": N_("Suggestions"),
    "people": N_("People"),
    "commit": N_("Save a version"),
}
"""The forms of screens without a sheet. An id may follow."""
_SCREENS: Mapping[str, str] = {
    "evidence": N_("Evidence register"),
    "finish": N_("Finish"),
    "profile": N_("Profile"),
}


def draft_warning(error: OSError, lang: Lang) -> str:
    """Return the message while a draft is in memory only."""
    _ = translator(lang)
    return _("! the draft could not be stored: {why}").format(
        why=failed_write_reason_text(error, lang)
    )


def unwritten_draft_error(key: DraftKey, error: OSError, lang: Lang) -> WriteError:
    """Return the error at the end for a draft that could not be written."""
    _ = translator(lang)
    message = _("the draft of {name} could not be stored: {why}")
    named = draft_label(key, lang)
    return WriteError(
        message.format(name=named, why=failed_write_reason_text(error, lang)), "df -h; ls -ld"
    )


def draft_label(key: DraftKey, lang: Lang) -> str:
    """Return the name of a draft: its item or screen, and its form."""
    _ = translator(lang)
    if not key.sheet:
        form, _space, row = key.form.partition(" ")
        named = f"{_(_SCREEN_FORMS.get(form, form))} {row}".rstrip()
        return _(_SCREENS.get(key.item_id, key.item_id)) + colon_sign(lang) + named
    return f"{key.item_id} {_(_FORMS.get(key.form, key.form))}"


async def list_drafts_of_session(shell: AppShell) -> list[DraftKey]:
    """Return the drafts of the round, without those of sheets outside it."""
    session = shell.session
    try:
        sheets = await asyncio.to_thread(session.workspace.list_sheets, session.round_id)
    except AssessError:
        return []  # the first screen shows the problems of the files
    return shell.drafts.list_drafts_of_round(session.round_id, sheets)


def drafts_notice(drafts: Sequence[DraftKey], lang: Lang) -> str:
    """Return the message at the start about unfinished drafts."""
    _ = translator(lang)
    more = " .." if len(drafts) > 1 else ""
    text = _("! unfinished drafts ({count}), Ctrl+D opens them: {name}")
    return text.format(count=len(drafts), name=draft_label(drafts[0], lang) + more)


def unread_drafts_notice(unread: Sequence[Path], lang: Lang) -> str:
    """Return the message at the start about draft files that were not read."""
    _ = translator(lang)
    more = " .." if len(unread) > 1 else ""
    text = _("! drafts not read, too many or too large ({count}): {folder}/{name}")
    return text.format(count=len(unread), folder=locations.DRAFTS, name=unread[0].name + more)


async def open_or_pick_draft(shell: AppShell, go: Callable[[DraftKey], None]) -> bool:
    """Open the only draft, or let the user choose one; return False without any."""
    drafts = await list_drafts_of_session(shell)
    if len(drafts) == 1:
        go(drafts[0])
    elif drafts:
        lang = shell.session.lang
        _ = translator(lang)
        rows = [
            ListRow(str(index), f"{draft_label(key, lang)}  {key.sheet}".rstrip())
            for index, key in enumerate(drafts)
        ]

        def take_row(value: str | None) -> None:
            if value is not None:
                go(drafts[int(value)])

        shell.dialogs.pick_row(_("Unfinished drafts"), make_row_search(rows), take_row)
    return bool(drafts)
