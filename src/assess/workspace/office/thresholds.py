"""Reading a file of limits, which an option of `assess rollup check` names."""

from __future__ import annotations

from pathlib import Path

from assess.engine.lint.thresholds import lint_thresholds
from assess.errors import FilesError, OptionFileError
from assess.i18n import translator
from assess.model.thresholds import ThresholdsFile
from assess.problem import select_errors
from assess.store.open_file import read_valid_yaml_file
from assess.store.yaml.reading.positions import locate_problems
from assess.workspace.office.office import Office


def read_thresholds(office: Office, path: Path) -> ThresholdsFile:
    """Return the limits of a file.

    Raises:
        OptionFileError: the file or its limits can't be used; holds the problems.
    """
    _ = translator(office.lang)
    try:
        file = read_valid_yaml_file(path, "thresholds", office.root, office.lang)
    except FilesError as error:
        raise OptionFileError(error.message, error.problems) from error
    value = office.read_office_file()
    lint_problems = lint_thresholds(
        file.value, file.name, value, office.lang, conflicts=file.conflicts
    )
    problems = locate_problems(file.text, lint_problems)
    if select_errors(problems):
        raise OptionFileError(_("{file} can't be used").format(file=file.name), problems)
    return file.value
