"""The merge driver that git starts: `assess merge-driver %O %A %B %P`.

Git takes exit code 0 for merged, 1 to 128 for a conflict in what stands in %A, and anything above
for a failure that stops the merge with nothing changed. So whatever goes wrong here ends in 130.
`--conflict CODE` chooses the code of a conflict, so that the shell command of the driver
(store.git.setup.local_settings) can tell one from an `assess` that did not start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

from assess.errors import FilesError
from assess.harmless import escape_unprintable_characters
from assess.i18n import Lang, language_from_environment, translator
from assess.merging.explain import describe_unsettled_merge
from assess.merging.texts import Versions, merge_bytes_by_meaning_or_lines

FAILED: Final = 130
CHOSEN: Final = "--conflict"


def run_merge_driver(words: Sequence[str]) -> int:
    """Merge the files that `words` name (base, ours, theirs, path) into ours."""
    lang = language_from_environment(os.environ)
    clash, files = (int(words[1]), words[2:]) if words[0] == CHOSEN else (1, words)
    try:
        return clash if _merge_files_and_is_unsettled(files, lang) else 0
    except Exception as error:  # noqa: BLE001  # git must be told, whatever it was
        _ = translator(lang)
        message = _("assess: the merge was stopped, nothing was changed: {error}")
        text = escape_unprintable_characters(message.format(error=_describe_merge_error(error)))
        print(text, file=sys.stderr)  # noqa: T201  # git shows what the driver prints
        return FAILED


def _describe_merge_error(error: Exception) -> str:
    """Return what went wrong; of files that can't be used, what is wrong in the first one."""
    if isinstance(error, FilesError):
        return str(error.problems[0])
    return str(error) or type(error).__name__


def _merge_files_and_is_unsettled(words: Sequence[str], lang: Lang) -> bool:
    """Merge, and return whether something is left to be decided."""
    base, ours, theirs = words[:3]
    name = words[3] if len(words) > 3 else ours  # noqa: PLR2004  # %P came with git 2.x
    outcome = merge_bytes_by_meaning_or_lines(
        Versions(_read_bytes(base), _read_bytes(ours), _read_bytes(theirs)), name, lang
    )
    with open(ours, "wb") as stream:  # noqa: PTH123  # pathlib costs 3 ms of 100
        stream.write(outcome.data)
    for line in describe_unsettled_merge(outcome, name, lang):
        print(escape_unprintable_characters(line), file=sys.stderr)  # noqa: T201  # git shows what the driver prints
    return outcome.unsettled


def _read_bytes(path: str) -> bytes:
    with open(path, "rb") as stream:  # noqa: PTH123  # as above
        return stream.read()
