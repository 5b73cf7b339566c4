"""All problems of the files of an office, with their positions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assess import locations
from assess.engine.lint.office import lint_office, lint_receipts
from assess.engine.lint.thresholds import lint_thresholds
from assess.errors import FilesError, UsageError
from assess.i18n import translator
from assess.model.formats import FileKind
from assess.model.office import OfficeFile
from assess.problem import Problem
from assess.store.file_limits import limits_of_kind
from assess.store.files import read_utf8_file
from assess.store.pinned_digest import digest_with_prefix
from assess.store.yaml.reading.decode import DecodedYaml, decode_yaml
from assess.store.yaml.reading.positions import locate_problems
from assess.workspace.office.campaigns import find_issued_checklist
from assess.workspace.office.office import Office


def lint_office_files(office: Office, only_paths: Iterable[Path] = ()) -> list[Problem]:
    """Return the problems of the office's files, or only those of the files in `only_paths`.

    Raises:
        UsageError: a path in `only_paths` is not in the folder of the office.
    """
    wanted = [_path_in_office_or_raise(office, path) for path in only_paths]
    problems = _lint_all_files(office)
    return [problem for problem in problems if not wanted or _is_wanted(problem.file, wanted)]


def _is_wanted(file: str, wanted: Iterable[str]) -> bool:
    return any(path in (".", file) or locations.is_below_folder(file, path) for path in wanted)


def _path_in_office_or_raise(office: Office, path: Path) -> str:
    real, root = path.resolve(), office.root.resolve()
    if not real.is_relative_to(root):
        _ = translator(office.lang)
        message = _("{path} is not in the folder of the office {root}")
        raise UsageError(message.format(path=path, root=root), "assess lint")
    return real.relative_to(root).as_posix()


def _lint_all_files(office: Office) -> list[Problem]:
    text, loaded, problems = _read_and_decode(office, locations.OFFICE, "office")
    if loaded is None or loaded.value is None:
        return problems
    value: OfficeFile = loaded.value
    file_problems = lint_office(value, office.lang, conflicts=loaded.conflicts)
    file_problems += _find_changed_checklists(office, value)
    problems += locate_problems(text, file_problems)
    for path in sorted(office.root.glob(locations.RECEIPT_FILES)):
        problems += _lint_receipts_file(office, path, value)
    if (office.root / locations.THRESHOLDS).exists():
        problems += _lint_thresholds_file(office, value)
    return problems


def _lint_receipts_file(office: Office, path: Path, value: OfficeFile) -> list[Problem]:
    name = path.relative_to(office.root).as_posix()
    text, loaded, problems = _read_and_decode(office, name, "receipts")
    if loaded is None or loaded.value is None:
        return problems
    file_problems = lint_receipts(
        loaded.value, path.stem, value, office.lang, conflicts=loaded.conflicts
    )
    return [*problems, *locate_problems(text, file_problems)]


def _lint_thresholds_file(office: Office, value: OfficeFile) -> list[Problem]:
    name = locations.THRESHOLDS
    text, loaded, problems = _read_and_decode(office, name, "thresholds")
    if loaded is None or loaded.value is None:
        return problems
    file_problems = lint_thresholds(
        loaded.value, name, value, office.lang, conflicts=loaded.conflicts
    )
    return [*problems, *locate_problems(text, file_problems)]


def _read_and_decode(
    office: Office, name: str, kind: FileKind
) -> tuple[str, DecodedYaml[Any] | None, list[Problem]]:
    """Return the text of a file, what is decoded from it, and the problems of reading it."""
    try:
        text = read_utf8_file(
            office.root / name, office.lang, name, limits_of_kind(kind).size, follow_links=False
        )
    except FilesError as error:
        return "", None, list(error.problems)
    loaded = decode_yaml(text, kind, name, office.lang)
    return text, loaded, list(loaded.problems)


def _find_changed_checklists(office: Office, value: OfficeFile) -> list[Problem]:
    """Return a problem for each issued checklist whose file is missing or was changed."""
    _ = translator(office.lang)
    hint = _("put the file back that was issued (git checkout), or issue it again")
    problems = []
    for key, campaign in value.campaigns.items():
        for index, row in enumerate(campaign.checklists):
            path = ("campaigns", key, "checklists", index, "digest")
            data = find_issued_checklist(office, row)
            if data is None:
                message = _("the file of the issued checklist {name} is missing")
            elif digest_with_prefix(data) != row.digest:
                message = _("the file of the issued checklist {name} was changed")
            else:
                continue
            words = message.format(name=row.id)
            problems.append(
                Problem(locations.OFFICE, "issued-checklist-changed", words, hint, path=path)
            )
    return problems
