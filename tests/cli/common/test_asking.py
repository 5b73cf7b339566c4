"""A question on the terminal: what is neither yes nor no is told which keys are."""

from __future__ import annotations

import io

import pytest

from assess.cli.common.asking import ask_yes_or_no


@pytest.mark.parametrize(
    ("typed", "agrees"), [("y", True), ("是", True), ("Ｙ", True), ("", False), ("n", False)]
)
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, typed: str, *, agrees: bool) -> None:
    """Also in Chinese and full width; Enter alone is no."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    assert ask_yes_or_no("Close it?") is agrees


def test_a_wrong_key_is_told_the_right_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And is asked again."""
    monkeypatch.setattr("sys.stdin", io.StringIO("x\ny\n"))
    assert ask_yes_or_no("Close it?")
    shown = capsys.readouterr().err
    assert "“x” is neither: y is yes, n or Enter is no" in shown
    assert shown.count("Close it?") == 2
