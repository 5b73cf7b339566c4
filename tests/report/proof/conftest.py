"""A report that is signed in many ways, and the keys for it."""

from __future__ import annotations

import pytest

from report import signing


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> signing.Office:
    """A report and two keys, made once; tests only read them."""
    return signing.make(tmp_path_factory.mktemp("sign") / "w")
