"""Changed files that are not committed: empty ones, and ones with Windows line ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import PurePosixPath

from assess.errors import FilesError
from assess.file_bytes import read_start_of_regular_file
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.problem import Problem
from assess.store.file_types import is_merged_by_meaning
from assess.store.files import MAX_FILE, is_empty_or_nul_bytes
from assess.store.git.setup.attribute_lines import RULE_FILES
from assess.store.yaml.reading.problem_words import find_bad_character_problems
from assess.workspace.core.workspace import Workspace


def refuse_crlf_and_empty_files(workspace: Workspace, paths: Iterable[str]) -> None:
    """Refuse Windows line ends, of which git would store other bytes, and files without content.

    Raises:
        FilesError: names the files, with what repairs each of them.
    """
    problems = []
    for path in paths:
        is_rules = PurePosixPath(path).name in RULE_FILES
        if is_rules or is_merged_by_meaning(path):
            with contextlib.suppress(OSError):
                data = read_start_of_regular_file(workspace.root / path, MAX_FILE, os.O_NOFOLLOW)
                problems += _crlf_and_empty_file_problems(
                    data, path, workspace.lang, may_be_empty=is_rules
                )
    if problems:
        _ = translator(workspace.lang)
        raise FilesError(_("files can't be read; nothing was committed"), problems)


def _crlf_and_empty_file_problems(
    data: bytes, path: str, lang: Lang, *, may_be_empty: bool
) -> list[Problem]:
    if is_empty_or_nul_bytes(data) and not may_be_empty:
        _ = translator(lang)
        message = _("the file is empty, and git has no earlier version of it")
        hint = f"rm {quote_for_shell(path)}"
        return [Problem(path, "empty-file", message, hint, line=1, column=1)]
    problems = find_bad_character_problems(data.decode("utf-8", "replace"), path, lang)
    return [problem for problem in problems if problem.code == "crlf"]
