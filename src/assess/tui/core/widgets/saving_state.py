"""The state of saving, as the head line of each screen shows it."""

from __future__ import annotations

from assess.display.text.styled import LinePart
from assess.i18n import Lang, translator
from assess.tui.core.shell import AppShell


def saving_state(shell: AppShell, lang: Lang) -> LinePart:
    """Return what is not saved, or when something was saved last; empty before that."""
    _ = translator(lang)
    count = shell.saver.unwritten_job_count
    if shell.saver.error is not None:
        return LinePart(_("! {count} not saved").format(count=count), "bad")
    if count:
        return LinePart(_("saving"), "dim")
    if shell.drafts.troubles:
        return LinePart(_("! draft not stored"), "bad")
    if shell.saver.saved_at is None:
        return LinePart("")
    return LinePart(_("saved {time}").format(time=shell.saver.saved_at.strftime("%H:%M")), "good")
