"""The secret of a user: made once, readable by its user alone, replaced where others know it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.user_secret import SECRET_SIZE, read_or_make_user_secret


def test_the_secret_is_made_once_for_its_user_alone(tmp_path: Path) -> None:
    """The second call returns the same bytes."""
    path = tmp_path / "state" / "assess" / "store-secret"
    secret = read_or_make_user_secret(path)
    assert secret is not None
    assert len(secret) == SECRET_SIZE
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_or_make_user_secret(path) == secret
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("size", "mode"), [(SECRET_SIZE, 0o640), (SECRET_SIZE - 1, 0o600), (40, 0o600)]
)
def test_a_secret_that_others_know_is_replaced(tmp_path: Path, size: int, mode: int) -> None:
    """So is one of another length."""
    path = tmp_path / "store-secret"
    path.write_bytes(b"s" * size)
    path.chmod(mode)
    secret = read_or_make_user_secret(path)
    assert secret not in (None, b"s" * SECRET_SIZE)
    assert path.read_bytes() == secret
    assert path.stat().st_mode & 0o777 == 0o600


def test_no_secret_where_the_file_is_a_link_or_can_not_be_made(tmp_path: Path) -> None:
    """Nothing is written through a link."""
    path = tmp_path / "store-secret"
    target = tmp_path / "target"
    target.write_bytes(b"s" * SECRET_SIZE)
    path.symlink_to(target)
    assert read_or_make_user_secret(path) is None
    assert read_or_make_user_secret(target / "store-secret") is None
    assert target.read_bytes() == b"s" * SECRET_SIZE
