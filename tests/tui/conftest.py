"""All tests of the terminal interface run with the loop guarded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
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


_parse_rules = Stylesheet._parse_rules
_RULES: dict[Any, list[RuleSet]] = {}
"""Parsed style sheets by their variables, text and place; a worker has some dozens."""


def _parse_rules_once(self: Stylesheet, *source: Any, **more: Any) -> list[RuleSet]:
    """Return the rules that another app of this process made of the same style sheet."""
    key = (frozenset(self._variables.items()), source, tuple(sorted(more.items())))
    if key not in _RULES:
        _RULES[key] = _parse_rules(self, *source, **more)
    return _RULES[key]


@pytest.fixture(autouse=True)
def _sheets_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse a style sheet once, not for each app: rules are read only once they are parsed.

    An app of a test spent a tenth of its time on that.
    """
    if not is_thorough():
        monkeypatch.setattr(Stylesheet, "_parse_rules", _parse_rules_once)


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
