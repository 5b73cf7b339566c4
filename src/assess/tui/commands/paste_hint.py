"""The message for a paste where no field takes it: it names the key that opens a text."""

from __future__ import annotations

from collections.abc import Mapping

from assess.i18n import N_, Lang, translator
from assess.tui.commands.registry import Scope, key_names_text, list_commands

_NOWHERE = N_("nothing can be pasted here")
_WAYS: Mapping[Scope, tuple[str, str]] = {
    "overview": ("search", N_("nothing can be pasted here; to search press {key} first")),
    "walk": ("note", N_("nothing can be pasted here; to write a note press {key} first")),
    "review": ("give_back", N_("nothing can be pasted here; to return it press {key} first")),
    "board": ("plan", N_("nothing can be pasted here; to write a plan press {key} first")),
    "evidence": ("edit", N_("nothing can be pasted here; to change the line press {key} first")),
    "profile": ("edit", N_("nothing can be pasted here; to change the line press {key} first")),
    "form": ("next_field", N_("nothing can be pasted here; {key} leads on")),
}
"""For each screen: the command that opens a text, and the message with its key."""


def paste_refused_text(scope: Scope, lang: Lang) -> str:
    """Return the message of a screen that does not take a paste."""
    _ = translator(lang)
    if scope not in _WAYS:
        return _(_NOWHERE)
    wanted, words = _WAYS[scope]
    command = next(each for each in list_commands(scope) if each.id == wanted)
    return _(words).format(key=key_names_text(command, lang).split()[0])
