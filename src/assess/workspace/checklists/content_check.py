"""Checks for authors of checklists: content rules, coverage, differences.

Only the authors' commands need this module, so `assess.workspace` does not import it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_type_hints

from assess.engine.lint.checklist import lint_checklist
from assess.engine.lint.content import (
    ContentTables,
    lint_agreement_between_checklists,
    lint_content_quality,
)
from assess.engine.lint.content.coverage import Coverage, count_coverage
from assess.engine.upgrade.checklist_diff import ChecklistDiff, diff_checklists
from assess.errors import FilesError
from assess.i18n import Lang
from assess.model.checklist import Checklist
from assess.model.conflict import Conflict
from assess.problem import Problem
from assess.store import shipped_files
from assess.store.files import read_utf8_file
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.reading.positions import locate_problems
from assess.workspace.core.library import (
    find_checklist_file,
    read_checklist_file,
    read_library_checklists,
)
from assess.workspace.core.program_data import read_data_file


def lint_checklists(paths: Iterable[Path], lang: Lang) -> list[Problem]:
    """Return the problems of checklist files with positions, including those of content rules.

    The files are compared with each other, and with the library's definitions of facts and bases.
    """
    problems: list[Problem] = []
    loaded = {str(path): _read_checklist_or_add_problems(path, problems, lang) for path in paths}
    files = {
        file: checklist_file
        for file, checklist_file in loaded.items()
        if checklist_file is not None
    }
    values = {file: checklist_file.value for file, checklist_file in files.items()}
    between = lint_agreement_between_checklists(
        values, lang, _other_library_checklists(values.values(), lang)
    )
    for file, checklist_file in files.items():
        problems += locate_problems(
            checklist_file.text,
            [
                *lint_checklist(
                    checklist_file.value, lang, file=file, conflicts=checklist_file.conflicts
                ),
                *lint_content_quality(
                    checklist_file.value, load_content_rule_tables(), lang, file=file
                ),
                *(problem for problem in between if problem.file == file),
            ],
        )
    return problems


class _ChecklistFile(NamedTuple):
    text: str
    value: Checklist
    conflicts: tuple[Conflict, ...]


def _read_checklist_or_add_problems(
    path: Path, problems: list[Problem], lang: Lang
) -> _ChecklistFile | None:
    try:
        text = read_utf8_file(path, lang)
    except FilesError as error:
        problems += error.problems
        return None
    loaded = decode_yaml(text, "checklist", str(path), lang)
    problems += loaded.problems
    return None if loaded.value is None else _ChecklistFile(text, loaded.value, loaded.conflicts)


def _other_library_checklists(checklists: Iterable[Checklist], lang: Lang) -> list[Checklist]:
    """Return the checklists of the library whose ids are not among these checklists."""
    ids = {checklist.id for checklist in checklists}
    return [
        read_checklist_file(path, lang)
        for name, path in shipped_files.list_library_files_by_id().items()
        if name not in ids
    ]


@cache
def load_content_rule_tables() -> ContentTables:
    """Return the tables for content rules that the program includes."""
    return ContentTables(
        **{
            name: read_data_file(f"{name}.yaml", kind)
            for name, kind in get_type_hints(ContentTables).items()
            if name in ContentTables.__struct_fields__
        }
    )


def compute_coverage_by_library(lang: Lang) -> Coverage:
    """Return which clauses, cases and obligations the items of the library cover."""
    return count_coverage(read_library_checklists(lang), load_content_rule_tables())


def compare_checklists(old: str, new: str, lang: Lang) -> ChecklistDiff:
    """Return the changes between two checklists, each a file or an id of the library.

    Raises:
        UnknownIdError: the library has no such checklist.
        FilesError: a checklist can't be read; holds the problems.
    """
    before, after = (
        read_checklist_file(find_checklist_file(source, lang), lang) for source in (old, new)
    )
    return diff_checklists(before, after)
