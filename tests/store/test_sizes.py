"""Files of a workspace are told to be too large by their size, before they are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.store.sizes import file_size_or_zero, refuse_large_files, size_limit_of_path

MIB = 1 << 20


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("assess.yaml", 16),
        ("answers/2026/egov-network.yaml", 16),
        ("evidence/register.yaml", 16),
        ("evidence/2026/scan.pdf", 50),
        ("templates/own/font.ttf", 128),
        ("reports/2026/round-full-zh.pdf", 128),
        ("evidence/.gitignore", 1),
        (".gitattributes", 1),
    ],
)
def test_each_kind_has_its_limit(tmp_path: Path, path: str, most: int) -> None:
    """A file of the limit is taken, one of a byte more is refused with its limit."""
    assert size_limit_of_path(path) == most * MIB
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    os.truncate(file, most * MIB)
    refuse_large_files(tmp_path, [path], "en")
    os.truncate(file, most * MIB + 1)
    with pytest.raises(FilesError) as caught:
        refuse_large_files(tmp_path, [path], "en")
    assert f"{path}:1:1: too-large: the file is larger than {most} MiB" in str(
        caught.value.problems[0]
    )


def test_what_is_not_there_has_no_size(tmp_path: Path) -> None:
    """A file that was removed is no large one."""
    assert file_size_or_zero(tmp_path / "gone") == 0
    refuse_large_files(tmp_path, ["evidence/gone"], "en")
