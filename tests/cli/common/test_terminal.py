"""What commands print holds nothing that a terminal would obey."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
import unicodedata
from pathlib import Path

import click
import pytest

from assess.cli.common import terminal, verification_lines
from assess.cli.common.exit_codes import ExitCode
from assess.cli.common.terminal import (
    EscapingStream,
    erase_stderr_line,
    escape_controls_in_output,
)
from assess.report.proof.pdf.job import CheckedSignature
from assess.report.proof.result import UnprovedClaims, VerificationResult
from cli.conftest import Assess

EVIL = "x\x1b]52;c;cHduZWQ=\x07\x1b[2J\u202egnol\u200b\u2066\x9b1m\r"
"""Clipboard, a wiped screen, right-to-left, zero-width, a control of eight bits, a return."""

QUOTED = EVIL.encode("unicode_escape").decode().replace("\\x9b", "\\x9B")


@pytest.fixture
def poisoned(here: Path) -> Path:
    """A workspace whose names, titles, notes and unknown words hold all of it."""
    config = (here / "assess.yaml").read_text("utf-8")
    config = config.replace("name: 示例市青溪区数据局", f'name: "{QUOTED}"')
    config += (
        f'people:\n  wang:\n    name: "{QUOTED}"\n    roles: [filler]\n'
        f'systems:\n  portal:\n    name: "{QUOTED}"\n    exposure: "{QUOTED}"\n'
    )
    (here / "assess.yaml").write_text(config, "utf-8")
    return here


@pytest.mark.parametrize("colour", ["1", ""])
def test_nothing_from_files_is_obeyed(
    poisoned: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, colour: str
) -> None:
    """Neither by commands that work nor by those that refuse, on a terminal or in a pipe."""
    if colour:
        monkeypatch.setattr(click.utils, "should_strip_ansi", lambda *_: False)
    readable = (poisoned / "assess.yaml").read_text("utf-8")
    for words in (["lint"], ["lint", "--format", "github"], ["status"], ["person", "list"]):
        said = assess(*words)
        assert safe(said.out + said.err)
        assert "\\u001b" in said.out + said.err

    mended = "\n".join(line for line in readable.split("\n") if "exposure" not in line)
    (poisoned / "assess.yaml").write_text(mended, "utf-8")
    (poisoned / f"answers/{EVIL}").mkdir(parents=True)
    (poisoned / f"evidence/a\n::error::b{EVIL}").write_text("", "utf-8")
    for words in (
        ["person", "list"],
        ["person", "list", "--json"],
        ["system", "list"],
        ["status"],
        ["diff"],
        ["answer", EVIL, "met"],
        [EVIL],
        ["report", EVIL],
        ["diff", EVIL],
        ["commit", "-m", EVIL],
        ["log"],
        ["log", "--json"],
    ):
        said = assess(*words)
        assert safe(said.out + said.err), words


def safe(text: str) -> bool:
    """Whether a terminal would only show it."""
    kinds = {unicodedata.category(one) for one in text if one not in "\n\t"}
    return not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_json_stays_json(poisoned: Path, assess: Assess) -> None:
    """A script reads from `--json` what the files hold."""
    text = (poisoned / "assess.yaml").read_text("utf-8")
    mended = "\n".join(line for line in text.split("\n") if "exposure" not in line)
    (poisoned / "assess.yaml").write_text(mended, "utf-8")
    assert json.loads(assess("person", "list", "--json").out)["wang"]["name"] == EVIL


def test_a_name_with_a_line_break_gives_github_no_second_order(here: Path, assess: Assess) -> None:
    """A file's name can't add an annotation of its own."""
    folder = here / "answers" / "2026\n::error file=x::y"
    folder.mkdir(parents=True)
    (folder / "egov-network.yaml").write_text("format: assess/answers/1\n", "utf-8")
    lines = assess("lint", "--format", "github").out.splitlines()
    assert lines
    assert not any(line.startswith("::error file=x") for line in lines)
    assert not any(line.startswith("::") for line in assess("lint").out.splitlines())


def test_what_the_encoding_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of another encoding gets escapes, not a traceback."""
    beneath = io.BytesIO()
    out = io.TextIOWrapper(beneath, "latin-1")
    stream = EscapingStream(out)
    stream.writelines(["é 中", "\n"])
    out.flush()
    assert beneath.getvalue() == b"\xe9 \\u4e2d\n"
    with pytest.raises(TypeError):
        stream.write(b"x")  # type: ignore[arg-type]  # click asks so
    monkeypatch.setattr(sys, "stderr", out)
    with escape_controls_in_output():
        erase_stderr_line()
    out.flush()
    assert beneath.getvalue().endswith(b"\r\x1b[K")


def test_commands_leave_orders_to_one_place() -> None:
    """An escape sequence that a command printed itself would be shown as text."""
    folder = Path(terminal.__file__).parent.parent
    named = [path.name for path in folder.rglob("*.py") if "\\x1b" in path.read_text("utf-8")]
    assert named == ["terminal.py"]


def test_a_file_whose_name_is_no_text_is_attached(here: Path, assess: Assess) -> None:
    """A name in GBK or with a line break neither stops the answer nor breaks the register."""
    for name in ("材料.txt".encode("gbk"), b"a\nb.txt"):
        path = here.parent / os.fsdecode(name)
        path.write_bytes(name)
        ran = assess("answer", "EGN-ACC-01", "met", "--evidence", str(path))
        assert ran.code == 0, ran.err
    assert assess("lint").code == 0


def test_what_a_report_says_of_itself_adds_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A tool's name or a signer's could else pass for a line of the verdict."""
    evil = "x\nGENUINE: byte for byte what the commit gives"
    signature = CheckedSignature(
        field=evil,
        signer=evil,
        at=None,
        stamped=False,
        intact=True,
        valid=True,
        trusted=False,
        whole=True,
        problem=evil,
        place=None,
    )
    verification_lines.print_verification_result(  # a PDF that says so would take a signing key
        VerificationResult(
            outcome="not-proved",
            tools=(evil,),
            signatures=(signature,),
            claims=UnprovedClaims(evil),
        ),
        evil,
        (),
        trusted=True,
    )
    lines = capsys.readouterr().out.splitlines()
    assert not any(line.startswith("GENUINE") for line in lines)


def run_in_shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in which $A is the program."""
    words = f"{shlex.quote(sys.executable)} -P -m assess"
    environ = {**os.environ, "A": words, "ASSESS_LANG": "en"}
    return subprocess.run(
        ["sh", "-c", command], env=environ, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
@pytest.mark.parametrize("words", ["--version", "status --json", "merge a b --base a"])
def test_output_that_cannot_be_written(here: Path, words: str) -> None:
    """A full disk behind the output is told; where the errors can't be told, the code says it."""
    for name in "ab":
        (here / name).write_text("x: 1\n", "utf-8")
    ran = run_in_shell(f"$A {words} >/dev/full")
    assert ran.returncode == ExitCode.ENVIRONMENT
    assert "error: the output can't be written: No space left on device (df -h)" in ran.stderr
    assert run_in_shell("$A nothing 2>/dev/full").returncode == ExitCode.ENVIRONMENT


def test_output_that_is_closed(here: Path) -> None:
    """What is printed goes nowhere, and nothing else changes."""
    assert run_in_shell("$A status >&-").stderr == run_in_shell("$A status >/dev/null").stderr
    assert run_in_shell("$A status >&- 2>&-").returncode == run_in_shell("$A status").returncode
