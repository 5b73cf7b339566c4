from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.problem import Problem
from assess.store.files import read_utf8_file
from assess.store.yaml.reading import type_check
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.reading.problem_words import _WORDS
from assess.store.yaml.reading.type_words import FORM_CODES
from bad_files import BadFile, bad_files, report

MADE_IN_TESTS = {"scalar-too-large", "too-many-events", "too-many-problems", "more-problems"}
"""Codes whose files would be too large to keep."""


def _problems(file: BadFile) -> list[Problem]:
    try:
        text = read_utf8_file(file.path, "en", file.path.name)
    except FilesError as error:
        return list(error.problems)
    return decode_yaml(text, file.kind, file.path.name, "en").problems


@pytest.mark.parametrize("file", bad_files("store"), ids=lambda file: file.path.stem)
def test_bad_file_is_reported_as_it_says(file: BadFile) -> None:
    """Each bad file gives exactly the report that its first lines state, positions included."""
    assert report(_problems(file)) == file.expected
    assert file.expected


def test_every_code_has_a_bad_file() -> None:
    """No error of reading exists without an example file."""
    source = Path(type_check.__file__).read_text("utf-8")
    codes = set(re.findall(r'_add\(\s*"([a-z-]+)"', source)) | set(FORM_CODES) | set(_WORDS)
    shown = {line.split(": ")[2] for file in bad_files("store") for line in file.expected}
    assert codes - MADE_IN_TESTS - shown == set()
