"""Every command, called wrongly in Chinese: no English sentence is left."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

SCRIPT = """
import contextlib, io, json, sys
import click
from assess.cli.boundary import run_and_explain_errors
from assess.cli.main import root_command

def list_commands(group, ctx, path=()):
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        yield [*path, name], command
        if isinstance(command, click.Group):
            yield from list_commands(command, click.Context(command, parent=ctx), [*path, name])

def list_wrong_words():
    yield ["staus"]
    yield ["fill"]
    for path, command in list_commands(root_command, click.Context(root_command)):
        yield [*path, "--help"]
        yield [*path, "--nothing"]
        yield [*path, *"abcdefgh"]
        if any(parameter.required for parameter in command.params):
            yield path
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag:
                yield [*path, option.opts[0]]
                if option.type is not click.STRING:
                    yield [*path, option.opts[0], "x"]

rows = []
for words in list_wrong_words():
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = run_and_explain_errors(words)
    rows.append({"words": words, "code": int(code), "text": out.getvalue()})
sys.stdout.write(json.dumps(rows))
"""

_TYPED = re.compile(r"\b(?:assess|git)(?: [\w./@|+<>\[\]…-]+)+")
"""A command to be typed, with its words."""
_SENTENCE = re.compile(r"[A-Za-z][a-z']+(?: [A-Za-z]?[a-z']+)+")
"""Words that follow each other; names of arguments are capitals."""


def english_runs(text: str, names: set[str]) -> list[str]:
    """Return the runs of English words that are no commands, options, files or arguments."""
    runs = _SENTENCE.findall(_TYPED.sub("", text))
    return [run for run in runs if not set(run.split()) <= names]


def run_all_wrongly(folder: Path) -> list[dict[str, Any]]:
    """Return words, exit code and output of each wrong call; one process makes them all."""
    environ = {**os.environ, "ASSESS_LANG": "zh", "LC_ALL": "C.UTF-8"}
    words = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(
        words, cwd=folder, env=environ, capture_output=True, text=True, check=True
    )
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_no_english_sentence(tmp_path: Path) -> None:
    """What a Chinese user gets for a wrong word is Chinese, whichever command it is."""
    rows = run_all_wrongly(tmp_path)
    names = {word for row in rows if "--help" in row["words"] for word in row["words"]}

    assert len(rows) > 200
    wrong = [row for row in rows if row["code"] == 0 and "--help" not in row["words"]]
    assert wrong == []
    assert {run for row in rows for run in english_runs(row["text"], names)} == set()


def test_dumb_terminal(tmp_path: Path) -> None:
    """A terminal that draws nothing is told so in Chinese, with what to type."""
    terminal, beneath = pty.openpty()
    environ = {**os.environ, "ASSESS_LANG": "zh", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    words = [sys.executable, "-m", "assess"]
    done = subprocess.run(
        words,
        cwd=tmp_path,
        env=environ,
        stdin=beneath,
        stdout=beneath,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(beneath)
    os.close(terminal)

    assert done.stderr == ("错误：TERM=dumb 的终端画不出界面 (export TERM=xterm-256color)\n")


def test_what_counts_as_english() -> None:
    """Commands to be typed are no sentences; a message that nobody translated is one."""
    names = {"round", "new"}

    assert english_runs("错误：缺少 ITEM（assess round new ID）", names) == []
    assert english_runs("例如：round new", names) == []
    assert english_runs("错误：TERM=dumb cannot draw the interface", names) == [
        "dumb cannot draw the interface"
    ]
