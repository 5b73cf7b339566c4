"""All problems of a workspace's files, with their positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from assess import locations
from assess.engine.lint.checklist import lint_checklist
from assess.engine.lint.config import lint_config
from assess.engine.lint.outside_findings import lint_outside_findings
from assess.engine.lint.register import lint_register
from assess.engine.lint.sheet import lint_sheet
from assess.errors import FilesError, UsageError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.model.config import Config
from assess.model.conflict import Conflict
from assess.model.evidence import Register
from assess.model.formats import FileKind
from assess.problem import Problem
from assess.store.evidence import find_registered_file_problems
from assess.store.files import read_utf8_file
from assess.store.pinned_digest import digest_with_prefix
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.reading.positions import locate_problems
from assess.workspace.core import closed_sheets, reopening_history
from assess.workspace.core.alike_names import (
    find_names_differing_only_by_case,
    find_names_of_windows_devices,
)
from assess.workspace.core.published_files import find_published_files, seems_published_but_is_not


class _DecodedFile(NamedTuple):
    """A file that was read as text and decoded."""

    path: str
    text: str
    value: Any
    """None where the file has errors."""
    conflicts: tuple[Conflict, ...]


class _DecodedFiles(NamedTuple):
    """The files of a workspace that lint checks, each against the others."""

    config: _DecodedFile | None
    register: _DecodedFile | None
    findings: _DecodedFile | None
    checklists: list[_DecodedFile]
    sheets: list[_DecodedFile]


def lint_workspace(
    root: Path, only_paths: Iterable[Path], *, today: date, lang: Lang
) -> list[Problem]:
    """Return the problems of the workspace's files, or only those of the files in `only_paths`.

    All files are read in both cases, because each file is checked against the others.

    Raises:
        UsageError: a path in `only_paths` is not in the workspace.
    """
    wanted = {_path_in_workspace_or_raise(root, path, lang) for path in only_paths}
    problems = find_names_differing_only_by_case(root, lang)
    problems += find_names_of_windows_devices(root, lang)
    files = _decode_all_files_and_add_problems(root, problems, lang)
    config = files.config
    if config is None:
        problems += _missing_config_problems(problems, lang)
    else:
        open_paths, changed = closed_sheets.separate_and_check_closed_sheets(
            root, config.value, [sheet.path for sheet in files.sheets], lang
        )
        problems += changed
        if config.value is not None:
            problems += _locate_problems(
                config,
                reopening_history.list_unexplained_reopening_warnings(root, config.value, lang),
            )
        sheets = [sheet for sheet in files.sheets if sheet.path in open_paths]
        problems += _lint_decoded_files(files._replace(sheets=sheets), config, today, lang)
        if config.value is not None:
            problems += _find_evidence_problems(root, files.register, lang)
    return [
        problem for problem in problems if not wanted or _is_in_wanted_path(problem.file, wanted)
    ]


def lint_round_files_without_git(root: Path, *, today: date, lang: Lang) -> list[Problem]:
    """Return the problems of the files of a round that stand in a folder of their own.

    Every sheet is checked as one of an open round. Files of evidence are not looked for.
    """
    problems = find_names_of_windows_devices(root, lang)
    files = _decode_all_files_and_add_problems(root, problems, lang)
    if files.config is None:
        return [*problems, *_missing_config_problems(problems, lang)]
    return problems + _lint_decoded_files(files, files.config, today, lang)


def _missing_config_problems(problems: Iterable[Problem], lang: Lang) -> list[Problem]:
    """Return the problem of a missing assess.yaml; none if `problems` has one of this file."""
    if any(problem.file == locations.CONFIG for problem in problems):
        return []
    _ = translator(lang)
    message = _("the workspace has no assess.yaml")
    return [Problem(locations.CONFIG, "file-missing", message, line=1, column=1)]


def _path_in_workspace_or_raise(root: Path, path: Path, lang: Lang) -> str:
    real = path.resolve()
    if not real.is_relative_to(root.resolve()):
        _ = translator(lang)
        message = _("{path} is not in the workspace {root}").format(path=path, root=root)
        raise UsageError(message, "assess lint; assess checklist lint FILE")
    return real.relative_to(root.resolve()).as_posix()


def _is_in_wanted_path(file: str, wanted: set[str]) -> bool:
    return any(file == path or file.startswith(f"{path}/") or path == "." for path in wanted)


def _decode_files_and_add_problems(
    root: Path, paths: Iterable[Path], kind: FileKind, problems: list[Problem], lang: Lang
) -> list[_DecodedFile]:
    files = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        try:
            text = read_utf8_file(path, lang, name, follow_links=False)
        except FilesError as error:
            problems += error.problems
            continue
        loaded = decode_yaml(text, kind, name, lang)
        problems += loaded.problems
        files.append(_DecodedFile(name, text, loaded.value, loaded.conflicts))
    return files


def _decode_all_files_and_add_problems(
    root: Path, problems: list[Problem], lang: Lang
) -> _DecodedFiles:
    def decode_file(path: str, kind: FileKind) -> _DecodedFile | None:
        paths = [root / path] if (root / path).exists() else []
        decoded = _decode_files_and_add_problems(root, paths, kind, problems, lang)
        return next(iter(decoded), None)

    def decode_files(pattern: str, kind: FileKind) -> list[_DecodedFile]:
        paths = sorted(root.glob(pattern))
        return _decode_files_and_add_problems(root, paths, kind, problems, lang)

    return _DecodedFiles(
        config=decode_file(locations.CONFIG, "config"),
        register=decode_file(locations.REGISTER, "register"),
        findings=decode_file(locations.FINDINGS, "findings"),
        checklists=decode_files(locations.PINNED_CHECKLISTS, "checklist"),
        sheets=decode_files(locations.SHEETS, "sheet"),
    )


def _lint_decoded_files(
    files: _DecodedFiles, config: _DecodedFile, today: date, lang: Lang
) -> list[Problem]:
    facts: Config | None = config.value
    if facts is None:
        return []
    register = files.register
    rows = register.value if register else Register(format="")
    readable = [checklist for checklist in files.checklists if checklist.value is not None]
    pinned = {Path(checklist.path).stem: checklist for checklist in readable}
    problems = _locate_problems(
        config,
        lint_config(
            facts,
            {key: checklist.value for key, checklist in pinned.items()},
            rows or Register(format=""),
            lang,
            file=config.path,
            conflicts=config.conflicts,
        ),
    )
    for checklist in readable:
        file_problems = lint_checklist(
            checklist.value, lang, file=checklist.path, conflicts=checklist.conflicts
        )
        problems += _locate_problems(
            checklist,
            [
                *(problem for problem in file_problems if problem.severity == "error"),
                *_find_changed_library_checklist(checklist, facts, lang),
            ],
        )
    if rows is None:
        return problems
    if register:
        file_problems = lint_register(
            rows, facts, today, lang, file=register.path, conflicts=register.conflicts
        )
        problems += _locate_problems(register, file_problems)
    for sheet in files.sheets:
        problems += _lint_sheet(sheet, pinned, facts, rows, today, lang)
    return problems + _lint_findings(files, config, lang)


def _find_evidence_problems(root: Path, register: _DecodedFile | None, lang: Lang) -> list[Problem]:
    """Return what is wrong with the registered files in evidence/."""
    if register is None or register.value is None:
        return []
    return _locate_problems(register, find_registered_file_problems(root, register.value, lang))


def _lint_findings(files: _DecodedFiles, config: _DecodedFile, lang: Lang) -> list[Problem]:
    """Return what is wrong in findings.yaml; none where a file that it is held against is."""
    findings, register = files.findings, files.register
    rows = register.value if register else Register(format="")
    if findings is None or findings.value is None or config.value is None or rows is None:
        return []
    pinned = {
        Path(file.path).stem: file.value for file in files.checklists if file.value is not None
    }
    return _locate_problems(
        findings,
        lint_outside_findings(
            findings.value, config.value, rows, pinned, lang, conflicts=findings.conflicts
        ),
    )


def _find_changed_library_checklist(
    file: _DecodedFile, config: Config, lang: Lang
) -> Iterator[Problem]:
    """Yield that a checklist claims or seems to be of the library and is no edition of it.

    It is a warning: an edition of the library may be newer than this program.
    """
    pin = config.checklists.get(Path(file.path).stem)
    checklist, digest = file.value, digest_with_prefix(file.text.encode())
    published = find_published_files([(checklist, digest)])
    if pin is None and checklist.id not in published.copied:
        return  # begun and not pinned yet: its author claims nothing
    if seems_published_but_is_not(pin, checklist.id, digest, published):
        _ = translator(lang)
        message = _("this checklist of the library is not as any edition of it was published")
        hint = _(
            "undo the edit (git checkout, assess upgrade {name}), or accept it: assess checklist "
            "accept {name} --reason …; a newer edition needs a newer assess"
        ).format(name=Path(file.path).stem)
        yield Problem(
            file.path, "checklist-changed", message, hint, severity="warning", path=("id",)
        )


def _lint_sheet(
    sheet: _DecodedFile,
    pinned: Mapping[str, _DecodedFile],
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
        return _locate_problems(
            sheet, [Problem(sheet.path, "checklist-missing", wrong, hint, path=path)]
        )
    checklist: Checklist = pin.value
    return _locate_problems(
        sheet,
        lint_sheet(
            value,
            checklist,
            config,
            register,
            today,
            lang,
            file=sheet.path,
            digest=digest_with_prefix(pin.text.encode()),
            conflicts=sheet.conflicts,
        ),
    )


def _locate_problems(file: _DecodedFile, problems: Iterable[Problem]) -> list[Problem]:
    return locate_problems(file.text, problems)
