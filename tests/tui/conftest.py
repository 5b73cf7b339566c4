"""All tests of the terminal interface run with the loop guarded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.css.model import RuleSet
from textual.screen import Screen

from examples import is_thorough
from tui.loop_guard import Guard, install


@pytest.fixture(autouse=True)
def _guarded_loop(tmp_path: Path) -> Iterator[None]:
    install()
    Guard.folder = str(tmp_path)
    yield
    Guard.folder = ""


@pytest.fixture(autouse=True)
def _hash_in_c(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash the rules of style sheets by identity as they do, but not in Python.

    An app does that ten thousand times for each screen: a tenth of the time of these tests.
    """
    if not is_thorough():
        monkeypatch.setattr(RuleSet, "__hash__", object.__hash__)


@pytest.fixture
def painted() -> None:
    """Paint after each key, for a test of what stands under a dialog."""


@pytest.fixture(autouse=True)
def _unpainted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint when the test asks for the screen, not after each key; a run of all suites paints both.

    Painting after each key takes two fifths of the time of these tests.
    """
    if not (is_thorough() or "painted" in request.fixturenames):
        monkeypatch.setattr(Screen, "_compositor_refresh", lambda _screen: None)
