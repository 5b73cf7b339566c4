"""The root of the command line, and the error boundary."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assess import __version__
from assess.cli import boundary
from assess.cli.common.exit_codes import ExitCode
from assess.errors import (
    AssessError,
    EnvironmentLacksError,
    FilesError,
    LockedError,
    UsageError,
)
from assess.problem import Problem

from .conftest import Assess


def test_hints_are_typed_as_the_program_was_called(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever starts a checkout by its script has no `assess` to type."""
    monkeypatch.chdir(tmp_path)
    assert "(assess init DIR, cd DIR)" in assess("status").err
    monkeypatch.setattr("assess.cli.boundary.PROGRAM", "/opt/a b/run assess")
    assert "(/opt/a b/run assess init DIR, cd DIR)" in assess("status").err


def test_version(assess: Assess) -> None:
    """The version is one line."""
    assert assess("--version") == (0, f"assess {__version__}\n", "")


def test_help_names_every_command(assess: Assess) -> None:
    """Each command stands in the help with a line of its own, and has help of its own."""
    out = assess("--help").out
    for name in ("init", "demo", "fill", "answer", "status", "lint", "report", "checklist"):
        assert f"\n  {name} " in out
        assert "Usage: assess" in assess(name, "--help").out


def test_help_and_version_are_commands(assess: Assess) -> None:
    """Who types `assess help round new` gets what `assess round new --help` prints."""
    assert assess("version") == assess("--version")
    assert assess("help") == assess("--help")
    for words in (("status",), ("round", "new")):
        assert assess("help", *words) == assess(*words, "--help")


def test_help_groups_the_commands(assess: Assess) -> None:
    """What git starts by itself stands apart from what people type every day."""
    blocks = assess("--help").out.split("\n\n")
    by_heading = {block.partition(":\n")[0]: block for block in blocks}

    assert "\n  fill " in by_heading["Daily"]
    assert "\n  checklist " in by_heading["Checklists"]
    assert "\n  sync " in by_heading["Versions"]
    assert "\n  doctor " in by_heading["Maintenance"]
    assert "\n  merge-driver " in by_heading["For machines"]


def test_usage_names_assess_and_no_path(assess: Assess, monkeypatch: pytest.MonkeyPatch) -> None:
    """Usage lines stay short, wherever the script lies that started the program."""
    monkeypatch.setattr("assess.cli.boundary.PROGRAM", "/opt/a b/run assess")

    assert assess("answer").err.startswith("Usage: assess answer [OPTIONS] ITEM")


def test_help_in_chinese() -> None:
    """With a Chinese locale every word of the help is Chinese, Click's own words too."""
    environ = {**os.environ, "ASSESS_LANG": "", "LC_ALL": "", "LANG": "zh_CN.UTF-8"}
    words = [sys.executable, "-m", "assess", "--help"]
    done = subprocess.run(words, env=environ, capture_output=True, text=True, check=True)

    assert "网络安全" in done.stdout
    assert "用法" in done.stdout
    assert "Commands" not in done.stdout
    assert "Show this message" not in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["staus"], "错误：没有命令“staus”。是不是 status？\n"),
        (["help", "round", "nwe"], "错误：没有命令“nwe”。是不是 new？\n"),
        (["person", "add", "x", "--role", "fillr"], "是不是 filler？"),
        (["checklist", "lst"], "错误：没有命令“lst”。是不是 list？\n"),
        (["answer"], "错误：缺少 ITEM\n"),
        (["report", "--lang", "de"], "不在可选范围内"),
        (["report", "--sytem", "x"], "错误：没有选项“--sytem”。是不是 --system？"),
        (["report", "--lang"], "后面要有 1 个值"),
        (["status", "x", "y"], "多余的参数"),
        (["checklist", "lint", "not-there.yaml"], "不存在"),
    ],
)
def test_wrong_words_in_chinese(words: list[str], said: str) -> None:
    """With a Chinese locale Click's own errors are Chinese too."""
    environ = {**os.environ, "ASSESS_LANG": "", "LC_ALL": "", "LANG": "zh_CN.UTF-8"}
    command = [sys.executable, "-m", "assess", *words]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    assert done.returncode == ExitCode.USAGE
    assert done.stdout == ""
    assert said in done.stderr


def test_unknown_command_names_the_nearest(assess: Assess) -> None:
    """A slip of the finger is answered with what was probably meant."""
    ran = assess("statsu")

    assert ran.code == ExitCode.USAGE
    assert "status" in ran.err


def test_unknown_option(assess: Assess) -> None:
    """Click's own errors exit with 2."""
    assert assess("status", "--nothing").code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("x"), ExitCode.USAGE),
        (EnvironmentLacksError("x"), ExitCode.ENVIRONMENT),
        (LockedError("x"), ExitCode.FILES),
        (AssessError("x"), ExitCode.NO),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
    ],
)
def test_every_error_has_its_code(
    error: BaseException, code: ExitCode, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code says of what kind the error is."""

    def fail(*_args: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr("assess.cli.common.context.open_workspace", fail)

    ran = assess("status")

    assert ran.code == code
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--round", "x\nerror: gone"),
        ("answer", "EGN\nerror: gone", "met"),
        ("sta\nerror: gone",),
        ("verify", "no\nerror: gone"),
        ("log", "--no\nerror: gone"),
    ],
)
def test_a_word_never_looks_like_an_error(
    here: Path, assess: Assess, words: tuple[str, ...]
) -> None:
    """A line break in a word of the command is shown as a sign: the error stays one line."""
    del here
    ran = assess(*words)
    assert ran.code != 0
    assert "⏎" in ran.err
    assert not re.search("^error: gone", ran.err, re.MULTILINE)


def test_problems_are_listed(assess: Assess, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error about files lists every problem with its position."""

    def fail() -> None:
        raise FilesError(
            "can't",
            [
                Problem("b", "two", "y", line=2, column=1),
                Problem("a", "one", "x", line=9, column=3),
            ],
        )

    monkeypatch.setattr("assess.cli.common.context.open_workspace", fail)

    ran = assess("status")

    assert ran.code == ExitCode.FILES
    assert ran.err.splitlines() == ["error: can't", "  a:9:3: one: x", "  b:2:1: two: y"]


def test_a_bug_is_short_and_holds_no_values(
    assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unexpected exception gives two lines without local variables, and exit code 70."""

    def fail() -> None:
        secret = "an answer"  # noqa: S105, F841  # must not be printed
        raise ZeroDivisionError("an answer")

    monkeypatch.setattr("assess.cli.common.context.open_workspace", fail)

    ran = assess("status")

    assert ran.code == ExitCode.BUG
    assert "ZeroDivisionError in test_main.py" in ran.err
    assert "an answer" not in ran.err
    assert len(ran.err.splitlines()) == 2

    monkeypatch.setenv("ASSESS_DEBUG", "1")

    assert "Traceback" in assess("status").err


def test_reader_that_goes_away() -> None:
    """`assess --help | head -1` ends in silence."""
    script = f"{sys.executable} -m assess checklist show egov-network | head -1"
    done = subprocess.run(script, shell=True, capture_output=True, text=True, check=True)  # noqa: S602  # a pipe of the shell is what is tried

    assert done.stderr == ""


@pytest.mark.parametrize(("command", "code"), [("log | true", 0), ("nothing 2>&1 | true", 3)])
def test_reader_that_goes_away_before_the_first_line(command: str, code: int, here: Path) -> None:
    """A command that writes piece by piece ends in silence."""
    script = f"set -o pipefail; {sys.executable} -m assess {command}"
    words = ["bash", "-c", script]
    done = subprocess.run(words, cwd=here, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (code, b"")


def test_boundary_takes_the_code_of_a_command(assess: Assess, tmp_path: Path) -> None:
    """What a command returns is the exit code."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("a: [\n", "utf-8")

    assert assess("checklist", "lint", str(bad)).code == ExitCode.NO
    assert boundary.run_and_explain_errors(["--version"]) == ExitCode.OK


def test_starting_imports_nothing_heavy() -> None:
    """Neither --version nor status nor lint loads Textual, WeasyPrint or Jinja2."""
    script = (
        "import sys\n"
        "from assess.cli.boundary import run_and_explain_errors\n"
        "run_and_explain_errors(sys.argv[1:])\n"
        "heavy = {'textual', 'rich', 'weasyprint', 'jinja2', 'hypothesis'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    for words in (["--version"], ["status"], ["lint"], ["checklist", "list"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *words], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_version_imports_no_yaml() -> None:
    """--version needs neither YAML nor the model."""
    script = (
        "import sys\n"
        "from assess.cli.boundary import run_and_explain_errors\n"
        "run_and_explain_errors(['--version'])\n"
        "sys.exit(bool({'yaml', 'msgspec'} & set(sys.modules)))\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
