"""Files whose names some disks can't hold.

Names may differ only in case, or in how their characters are composed. A disk that treats such
names as equal holds only one of the files; the other is lost when the workspace is copied or cloned
there. Windows takes some names for devices, and a clone fails there.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from assess import locations
from assess.harmless import escape_non_utf8_path_bytes, quote_for_shell
from assess.i18n import Lang, translator
from assess.problem import Problem
from assess.store import layout


def find_names_differing_only_by_case(root: Path, lang: Lang) -> list[Problem]:
    """Return a problem for each file whose name equals another name except for case."""
    _ = translator(lang)
    first: dict[str, str] = {}
    problems = []
    for path in layout.list_workspace_files(root, lang, locations.OWN):
        other = first.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if other != path:
            message = _(
                "the name is that of {other} but for case: some disks hold only one of them"
            )
            hint = _("rename or remove one: mv {path} NEW_NAME").format(path=quote_for_shell(path))
            text = message.format(other=escape_non_utf8_path_bytes(other))
            problems.append(
                Problem(
                    escape_non_utf8_path_bytes(path), "name-alike", text, hint, line=1, column=1
                )
            )
    return problems


def find_names_of_windows_devices(root: Path, lang: Lang) -> list[Problem]:
    """Return a problem for each file in whose path Windows takes a name for a device."""
    _ = translator(lang)
    message = _("on Windows “{name}” is the name of a device: the workspace can't be copied there")
    hint = _("rename it: {path}")
    problems = []
    for path in layout.list_workspace_files(root, lang, locations.OWN):
        names = [name for name in path.split("/") if locations.is_windows_device_name(name)]
        if names:
            shown = escape_non_utf8_path_bytes(path)
            problems.append(
                Problem(
                    shown,
                    "name-device",
                    message.format(name=escape_non_utf8_path_bytes(names[0])),
                    hint.format(path=shown),
                    "warning",
                    line=1,
                    column=1,
                )
            )
    return problems
