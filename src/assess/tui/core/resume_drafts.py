"""Texts that were not finished: what they are called, and how one goes on with them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from assess.display.text.reasons import why_unwritten
from assess.engine.punctuation import colon
from assess.errors import AssessError, WriteError
from assess.i18n import N_, Lang, translator
from assess.tui.core.drafts import DraftKey
from assess.tui.core.shell import ListRow, Shell

_FORMS: Mapping[str, str] = {
    "note": N_("Note"),
    "value": N_("Value"),
    "evidence": N_("Evidence"),
    "remediation": N_("Remediation"),
    "mitigation": N_("Mitigation"),
    "risk": N_("Risk"),
    "review": N_("Review"),
}
_OFFICE: Mapping[str, str] = {
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
    "commit": N_("Commit"),
}
"""The forms of the screens that belong to no sheet; an id may follow."""
_SCREENS: Mapping[str, str] = {
    "evidence": N_("Evidence register"),
    "finish": N_("Finish"),
    "profile": N_("Profile"),
}


def draft_trouble(error: OSError, lang: Lang) -> str:
    """Return what is said while a draft is in memory only."""
    _ = translator(lang)
    return _("! the draft could not be stored: {why}").format(why=why_unwritten(error, lang))


def unwritten_draft(key: DraftKey, error: OSError, lang: Lang) -> WriteError:
    """Return what is said at the end of a draft that was lost."""
    _ = translator(lang)
    message = _("the draft of {name} could not be stored: {why}")
    named = draft_name(key, lang)
    return WriteError(message.format(name=named, why=why_unwritten(error, lang)), "df -h; ls -ld")


def draft_name(key: DraftKey, lang: Lang) -> str:
    """Return what a draft is of: an item or a screen, and its form."""
    _ = translator(lang)
    if not key.sheet:
        form, _space, row = key.form.partition(" ")
        named = f"{_(_OFFICE.get(form, form))} {row}".rstrip()
        return _(_SCREENS.get(key.item_id, key.item_id)) + colon(lang) + named
    return f"{key.item_id} {_(_FORMS.get(key.form, key.form))}"


async def waiting(shell: Shell) -> list[DraftKey]:
    """Return the drafts of the round; those of sheets that are no longer in it stay on disk."""
    session = shell.session
    try:
        sheets = await asyncio.to_thread(session.workspace.sheets, session.round_id)
    except AssessError:
        return []  # the first screen says what is wrong with the files
    return shell.drafts.waiting(session.round_id, sheets)


def notice(found: Sequence[DraftKey], lang: Lang) -> str:
    """Return what is said at the start where drafts wait."""
    _ = translator(lang)
    more = " .." if len(found) > 1 else ""
    said = _("! unfinished drafts ({count}): {name}. Ctrl+D opens them")
    return said.format(count=len(found), name=draft_name(found[0], lang) + more)


async def resume(shell: Shell, go: Callable[[DraftKey], None]) -> bool:
    """Let one of the drafts be chosen where there are several; `go` opens it. False for none."""
    found = await waiting(shell)
    if len(found) == 1:
        go(found[0])
    elif found:
        lang = shell.session.lang
        _ = translator(lang)
        rows = [
            ListRow(str(index), f"{draft_name(key, lang)}  {key.sheet}".rstrip())
            for index, key in enumerate(found)
        ]

        def matching(words: str) -> list[ListRow]:
            return [row for row in rows if words.strip().lower() in row.words.lower()]

        def taken(value: str | None) -> None:
            if value is not None:
                go(found[int(value)])

        shell.pick(_("Unfinished drafts"), matching, taken)
    return bool(found)
