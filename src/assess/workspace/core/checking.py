"""All problems of a workspace's files at once, with their positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from assess.engine.lint import lint_checklist, lint_config, lint_register, lint_sheet
from assess.errors import FilesError, UsageError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.model.formats import FileKind
from assess.problem import Problem
from assess.store import layout, scaffold
from assess.store.evidence import check_files
from assess.store.files import read_text
from assess.store.yaml.reading.decode import decode
from assess.store.yaml.reading.positions import locate
from assess.workspace.core import closed_sheets, reopening_history
from assess.workspace.core.alike_names import alike_names


class _File(NamedTuple):
    """A file that could be read as text."""

    path: str
    text: str
    value: Any
    """None where the file has errors."""
    conflicts: tuple[Conflict, ...]


def lint(root: Path, only: Iterable[Path], *, today: date, lang: Lang) -> list[Problem]:
    """Return the problems of the workspace's files, or of those in `only`.

    All files are read either way: what one says is held against the others.

    Raises:
        UsageError: one of `only` is not in the workspace.
    """
    wanted = {_place(root, path, lang) for path in only}
    problems = alike_names(root, lang)
    config = _one(root, layout.CONFIG, "config", problems, lang)
    register = _one(root, layout.REGISTER, "register", problems, lang)
    folders = {
        "checklist": sorted((root / "checklists").glob("*.yaml")),
        "sheet": sorted((root / "answers").glob("*/*.yaml")),
    }
    checklists = _many(root, folders["checklist"], "checklist", problems, lang)
    sheets = _many(root, folders["sheet"], "sheet", problems, lang)
    if config is None:
        _ = translator(lang)
        message = _("the workspace has no assess.yaml")
        problems.append(Problem(layout.CONFIG, "file-missing", message, line=1, column=1))
    else:
        standing, changed = closed_sheets.split(
            root, config.value, [one.path for one in sheets], lang
        )
        problems += changed
        if config.value is not None:
            problems += _own(config, reopening_history.unexplained(root, config.value, lang))
        sheets = [one for one in sheets if one.path in standing]
        problems += _semantic(root, config, register, checklists, sheets, today, lang)
    return [one for one in problems if not wanted or _within(one.file, wanted)]


def _place(root: Path, path: Path, lang: Lang) -> str:
    real = path.resolve()
    if not real.is_relative_to(root.resolve()):
        _ = translator(lang)
        message = _("{path} is not in the workspace {root}").format(path=path, root=root)
        raise UsageError(message, "assess lint; assess checklist lint FILE")
    return real.relative_to(root.resolve()).as_posix()


def _within(file: str, wanted: set[str]) -> bool:
    return any(file == path or file.startswith(f"{path}/") or path == "." for path in wanted)


def _one(
    root: Path, path: str, kind: FileKind, problems: list[Problem], lang: Lang
) -> _File | None:
    found = [root / path] if (root / path).exists() else []
    return next(iter(_many(root, found, kind, problems, lang)), None)


def _many(
    root: Path, paths: Iterable[Path], kind: FileKind, problems: list[Problem], lang: Lang
) -> list[_File]:
    files = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        try:
            text = read_text(path, lang, name, links=False)
        except FilesError as error:
            problems += error.problems
            continue
        loaded = decode(text, kind, name, lang)
        problems += loaded.problems
        files.append(_File(name, text, loaded.value, loaded.conflicts))
    return files


def _semantic(
    root: Path,
    config: _File,
    register: _File | None,
    checklists: Iterable[_File],
    sheets: Iterable[_File],
    today: date,
    lang: Lang,
) -> list[Problem]:
    facts: Config | None = config.value
    if facts is None:
        return []
    rows = register.value if register else Register(format="")
    readable = [one for one in checklists if one.value is not None]
    pinned = {Path(one.path).stem: one for one in readable}
    problems = _own(
        config,
        lint_config(
            facts,
            {key: one.value for key, one in pinned.items()},
            rows or Register(format=""),
            lang,
            file=config.path,
            conflicts=config.conflicts,
        ),
    )
    for one in readable:
        found = lint_checklist(one.value, lang, file=one.path, conflicts=one.conflicts)
        problems += _own(one, [problem for problem in found if problem.severity == "error"])
    if rows is None:
        return problems
    if register:
        found = lint_register(
            rows, facts, today, lang, file=register.path, conflicts=register.conflicts
        )
        problems += _own(register, [*found, *check_files(root, rows, lang)])
    for sheet in sheets:
        problems += _sheet(sheet, pinned, facts, rows, today, lang)
    return problems


def _sheet(
    sheet: _File,
    pinned: Mapping[str, _File],
    config: Config,
    register: Register,
    today: date,
    lang: Lang,
) -> list[Problem]:
    value = sheet.value
    if value is None:
        return []
    pin = pinned.get(value.checklist.id)
    if pin is None:
        _ = translator(lang)
        message = _("the checklist {name} is not pinned, or can't be read")
        wrong = message.format(name=value.checklist.id)
        hint = _("write the id that the file is named after, or: assess checklist add {name}")
        hint = hint.format(name=value.checklist.id)
        path = ("checklist", "id")
        return _own(sheet, [Problem(sheet.path, "checklist-missing", wrong, hint, path=path)])
    checklist: Checklist = pin.value
    return _own(
        sheet,
        lint_sheet(
            value,
            checklist,
            config,
            register,
            today,
            lang,
            file=sheet.path,
            digest=scaffold.digest_of(pin.text.encode()),
            conflicts=sheet.conflicts,
        ),
    )


def _own(file: _File, problems: Iterable[Problem]) -> list[Problem]:
    return locate(file.text, problems)
