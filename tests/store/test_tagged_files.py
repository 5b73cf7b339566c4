"""Files of a closed round are read and never written."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.store.tagged_files import ClosedRoundError, decode_tagged_file
from assess.store.yaml.field_edit import FieldEdit

TEXT = b'format: assess/evidence/1\nevidence:\n  ev-1: {title: "\xe7\x94\xb2", paper: x}\n'


def test_reading_and_refusing(tmp_path: Path) -> None:
    """The value is there, a save says where to go on, and nothing appears on disk."""
    path = tmp_path / "evidence" / "register.yaml"
    file = decode_tagged_file(
        TEXT.replace(b"\n", b"\r\n"), path, "register", tmp_path, "2025", "en"
    )

    assert file.value.evidence["ev-1"].title == "甲"
    assert file.name == "evidence/register.yaml"
    assert file.read_again() is file
    with pytest.raises(ClosedRoundError, match="assess round new ID --from 2025"):
        file.save([FieldEdit(("evidence", "ev-1", "paper"), "y")])
    assert not path.exists()


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """Problems come with their places, as of any file."""
    with pytest.raises(FilesError) as caught:
        decode_tagged_file(
            b"format: x\n", tmp_path / "assess.yaml", "config", tmp_path, "2025", "en"
        )
    assert caught.value.problems[0].file == "assess.yaml"
