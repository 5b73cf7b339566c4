"""The help of every command fits a terminal of 80 columns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from assess.display.text.cells import width_of
from assess.i18n import LANGS, Lang

SCRIPT = """
import contextlib, io, json, sys
import click
from assess.cli.boundary import run_and_explain_errors
from assess.cli.main import root_command

def list_paths(group, ctx, path=()):
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        yield [*path, name]
        if isinstance(command, click.Group):
            yield from list_paths(command, click.Context(command, parent=ctx), [*path, name])

rows = []
for path in [[], *list_paths(root_command, click.Context(root_command))]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        run_and_explain_errors([*path, "--help"])
    rows.append({"path": path, "text": out.getvalue()})
sys.stdout.write(json.dumps(rows))
"""


def read_every_help(lang: Lang, columns: int) -> list[dict[str, Any]]:
    """Return the help of each command in a language at a width."""
    environ = {**os.environ, "ASSESS_LANG": lang, "LC_ALL": "C.UTF-8", "COLUMNS": str(columns)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environ, capture_output=True, text=True, check=True
    )
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


@pytest.mark.parametrize("lang", LANGS)
def test_help_fits_80_columns(lang: Lang) -> None:
    """A Chinese character takes two columns; no line of any help is wider than the terminal."""
    rows = read_every_help(lang, 80)
    lines = [line for row in rows for line in row["text"].splitlines()]

    assert len(rows) > 60
    assert [line for line in lines if width_of(line) > 80] == []


def test_meanings_stand_below_each_other() -> None:
    """The second line of a meaning begins where its first line does."""
    rows = {" ".join(row["path"]): row["text"] for row in read_every_help("zh", 60)}
    lines = rows["answer"].splitlines()
    number = next(number for number, line in enumerate(lines) if "--rows FILE" in line)
    first = lines[number]
    indent = len(first) - len(first.partition("--rows FILE")[2].lstrip())

    assert "选项：" in lines
    assert lines[number + 1].startswith(" " * indent)
    assert lines[number + 1][indent] != " "


def test_a_command_is_listed_with_its_first_sentence() -> None:
    """A sentence is never cut at a number of characters."""
    rows = {" ".join(row["path"]): row["text"] for row in read_every_help("zh", 80)}

    assert "..." not in rows["round"].replace("[参数]...", "")
    listed = rows["round"].replace("\n           ", "")
    assert "  close    结束轮次：须已全部提交且检查无错误；打上标签，此后不再改变\n" in listed
