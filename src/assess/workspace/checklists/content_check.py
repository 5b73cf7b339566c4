"""Judging checklists: content rules, coverage, differences; loads the tables they stand on.

Apart from the façade, because only the commands for authors need it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import msgspec

from assess.engine.lint import lint_checklist
from assess.engine.lint.content import Tables, lint_content, lint_library
from assess.engine.lint.content.coverage import Coverage, coverage
from assess.engine.upgrade.checklist_diff import ChecklistDiff, diff_checklists
from assess.errors import FilesError
from assess.i18n import Lang
from assess.model.checklist import Checklist
from assess.model.conflict import Conflict
from assess.problem import Problem
from assess.store import shipped_files
from assess.store.files import read_text
from assess.store.yaml.reading.decode import decode
from assess.store.yaml.reading.positions import locate
from assess.store.yaml.reading.tree import read_tree
from assess.workspace.core.library import library_checklists, read_checklist, source_path


def lint_checklists(paths: Iterable[Path], lang: Lang) -> list[Problem]:
    """Return the problems of checklist files, content rules too, with positions.

    The files are held against each other, and against the library's definitions of facts and bases.
    """
    problems: list[Problem] = []
    loaded = {str(path): _load(path, problems, lang) for path in paths}
    files = {file: one for file, one in loaded.items() if one is not None}
    values = {file: one.value for file, one in files.items()}
    between = lint_library(values, lang, _others(values.values(), lang))
    for file, one in files.items():
        problems += locate(
            one.text,
            [
                *lint_checklist(one.value, lang, file=file, conflicts=one.conflicts),
                *lint_content(one.value, tables(), lang, file=file),
                *(problem for problem in between if problem.file == file),
            ],
        )
    return problems


class _File(NamedTuple):
    text: str
    value: Checklist
    conflicts: tuple[Conflict, ...]


def _load(path: Path, problems: list[Problem], lang: Lang) -> _File | None:
    try:
        text = read_text(path, lang)
    except FilesError as error:
        problems += error.problems
        return None
    loaded = decode(text, "checklist", str(path), lang)
    problems += loaded.problems
    return None if loaded.value is None else _File(text, loaded.value, loaded.conflicts)


def _others(checklists: Iterable[Checklist], lang: Lang) -> list[Checklist]:
    """Return the checklists of the library of which none of these is a version."""
    given = {one.id for one in checklists}
    return [
        read_checklist(path, lang)
        for name, path in shipped_files.library().items()
        if name not in given
    ]


@cache
def tables() -> Tables:
    """Return the tables that content is held against, as they are shipped."""
    return Tables(
        **{
            name: msgspec.convert(_data(f"{name}.yaml"), type=kind)
            for name, kind in get_type_hints(Tables).items()
            if name in Tables.__struct_fields__
        }
    )


def _data(name: str) -> Any:
    text = resources.files("assess.data").joinpath(name).read_text("utf-8")
    return read_tree(text, name, "en").value


def library_coverage(lang: Lang) -> Coverage:
    """Return which clauses, cases and obligations the items of the library cover."""
    return coverage(library_checklists(lang), tables())


def compare(old: str, new: str, lang: Lang) -> ChecklistDiff:
    """Return what changed between two checklists: files, or ids of the library.

    Raises:
        UnknownIdError: the library has no such checklist.
        FilesError: one of them can't be read; holds the problems.
    """
    one, other = (read_checklist(source_path(source, lang), lang) for source in (old, new))
    return diff_checklists(one, other)
