"""Files that programs leave in the workspace, and that git is told to ignore.

Any other ignored file counts like all files: a commit refuses it by name, or has it. Otherwise
nobody would notice that the only copy of a file is in the folder.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

from assess import locations
from assess.errors import FilesError
from assess.file_bytes import read_start_of_regular_file
from assess.i18n import Lang
from assess.store.file_types import is_leftover_of_other_program, is_merged_by_meaning
from assess.store.files import MAX_REPORT, read_utf8_file
from assess.store.git.setup.attribute_lines import RULE_FILES
from assess.store.yaml.reading.decode import decode_yaml

_EVIDENCE = f"{locations.EVIDENCE}/"


def filter_out_new_ignored_junk(
    root: Path, paths: Sequence[str], paths_in_last_commit: Container[str], lang: Lang
) -> list[str]:
    """Return changed files without new junk that git is told to ignore and the register lacks.

    Git is asked only where there are unregistered files.
    """
    new_files = [
        path
        for path in paths
        if path not in paths_in_last_commit and _is_junk_of_other_program(path)
    ]
    registered = _read_registered_paths(root, lang) if new_files else None
    if registered is None:
        return list(paths)
    from assess.store.git.commit.left_out_files import list_ignored_untracked_files  # noqa: PLC0415  # 2 ms at every start; few folders have such files

    strays = [path for path in new_files if path not in registered]
    readable = bool(strays) and _are_ignore_rules_plain_files(root, strays)
    ignored = list_ignored_untracked_files(root, strays) if readable else frozenset()
    return [path for path in paths if path not in ignored]


def select_new_files_committed_though_ignored(
    root: Path, new_files: Sequence[str], lang: Lang
) -> list[str]:
    """Return the new files that are committed even where git is told to ignore them.

    They are what the program itself reads, its reports, the files of git's rules in which it writes
    lines, and the evidence that the register names.
    """
    forced = [
        path
        for path in new_files
        if is_merged_by_meaning(path)
        or path in RULE_FILES
        or _is_unchanged_report_of_program(root, path)
    ]
    evidence = {path for path in new_files if path.startswith(_EVIDENCE)} - set(forced)
    registered = _read_registered_paths(root, lang) if evidence else None
    return [*forced, *sorted(evidence & (registered or frozenset()))]


def _is_unchanged_report_of_program(root: Path, path: str) -> bool:
    """Return whether a file of reports/ is as this program made it."""
    if not path.startswith(f"{locations.REPORTS}/"):
        return False
    from assess.store.report_seal import is_unchanged_report  # noqa: PLC0415  # 1 ms at every start; for new files only

    return is_unchanged_report(read_start_of_regular_file(root / path, MAX_REPORT, os.O_NOFOLLOW))


def _is_junk_of_other_program(path: str) -> bool:
    """Return whether a file is junk by its name, and none of the workspace's YAML files."""
    return is_leftover_of_other_program(path) and not is_merged_by_meaning(path)


def _are_ignore_rules_plain_files(root: Path, paths: Iterable[str]) -> bool:
    """Return whether git would read only ordinary files to learn whether it ignores `paths`.

    It would wait for ever at a pipe; a commit refuses such a file by name.
    """
    parents = {path.rpartition("/")[0] for path in paths}
    folders = {folder for parent in parents for folder in (Path(parent), *Path(parent).parents)}
    rules = [root / folder / ".gitignore" for folder in folders]
    return all(rule.is_file() for rule in rules if rule.exists() or rule.is_symlink())


def _read_registered_paths(root: Path, lang: Lang) -> frozenset[str] | None:
    """Return the files that the register names; None where it can't be read."""
    if not (root / locations.REGISTER).exists():
        return frozenset()
    try:
        text = read_utf8_file(root / locations.REGISTER, lang)
    except FilesError:
        return None
    register = decode_yaml(text, "register", locations.REGISTER, lang).value
    if register is None:
        return None
    rows = register.evidence.values()
    return frozenset(f"{_EVIDENCE}{row.file.path}" for row in rows if row.file is not None)
