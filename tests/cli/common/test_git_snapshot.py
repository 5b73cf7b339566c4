"""A long reading of history is shown to whoever waits for it."""

from __future__ import annotations

import pytest

from assess.cli.common import git_snapshot
from assess.cli.common.git_snapshot import make_history_progress_printer


def test_a_long_reading_of_history_is_shown_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the third second of the command on, on a line that is erased at the end."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    seconds = iter([0.0, 1.9, 2.1])
    monkeypatch.setattr(git_snapshot, "monotonic", lambda: next(seconds))
    listener = make_history_progress_printer()
    listener(500)
    listener(0)
    assert not capsys.readouterr().err
    listener(1000)
    assert capsys.readouterr().err == "\r\x1b[Kreading the history: 1000 commits"
    listener(0)
    listener(0)
    assert capsys.readouterr().err == "\r\x1b[K"
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    make_history_progress_printer()(1000)
    assert not capsys.readouterr().err
