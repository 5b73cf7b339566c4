"""No hostile folder makes a command write outside, run a program, hang or grow."""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import sys
from pathlib import Path

import pytest

from adversary import attacks
from adversary.attack import ATTACKS, Attack, Place
from adversary.measured import Measured, run_measured
from adversary.watched_files import describe_paths
from assess.cli.boundary import run_and_explain_errors

SECONDS, MEBIBYTES = 20, 600
"""Processor time and memory that a command may take in a hostile folder."""

LONGEST = 3 * SECONDS
"""Seconds after which it is ended; a machine that does other things too lets it wait."""

OWN_STATE = ("home/.local/state/assess", "home/.cache")
"""Where the program and its libraries keep something of their own."""

for module in pkgutil.iter_modules(attacks.__path__):
    importlib.import_module(f"adversary.attacks.{module.name}")


@pytest.fixture(scope="session")
def clean_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one commit and one answer, made once."""
    root = tmp_path_factory.mktemp("adversary") / "unpacked"
    assert (
        run_and_explain_errors(["init", str(root), "--org", "示例市青溪区数据局", "--lang", "zh"])
        == 0
    )
    return root


@pytest.fixture
def place(tmp_path: Path, clean_workspace: Path) -> Place:
    """A fresh home with a copy of the workspace in it."""
    home, outside = tmp_path / "home", tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("precious\n", "utf-8")
    shutil.copytree(clean_workspace, home / "unpacked", symlinks=True)
    return Place(home, home / "unpacked", outside)


def params() -> list[object]:
    """Return the attacks; the slow ones are for `./run test --all`."""
    mark = pytest.mark.exhaustive
    return [
        pytest.param(attack, id=attack.name, marks=[mark] if attack.exhaustive else [])
        for attack in ATTACKS
    ]


@pytest.mark.parametrize("attack", params())
def test_attack(attack: Attack, place: Place, tmp_path: Path) -> None:
    """Each command ends as the line of expectation says, and nothing else happened."""
    attack.build(place)
    before = seen_outside(tmp_path, place)
    for words in attack.commands:
        measured = run_command(words, place, tmp_path / "log")
        assert broken_rules(attack, words, measured) == []
        (tmp_path / "log").unlink()
        assert seen_outside(tmp_path, place) == before, words


def run_command(words: tuple[str, ...], place: Place, log: Path) -> Measured:
    """Run a command of the program in the workspace, with HOME in the place."""
    environ = {name: value for name, value in os.environ.items() if name != "ASSESS_PROGRAM"}
    environ |= {"HOME": str(place.home), "ASSESS_LANG": "en"}
    command = [sys.executable, "-P", "-m", "assess", *words]
    return run_measured(command, place.workspace, environ, LONGEST, log)


def broken_rules(attack: Attack, words: tuple[str, ...], measured: Measured) -> list[str]:
    """Return what a command did that it may not do."""
    controls = [sign for sign in measured.output if sign < " " and sign not in "\n\t\r"]
    rules = {
        f"ended with {measured.code}": measured.code in attack.codes,
        f"does not say {attack.says!r}": attack.says in measured.output,
        f"took {measured.seconds:.1f} s of a processor": measured.seconds < SECONDS,
        f"took {measured.mebibytes:.0f} MiB": measured.mebibytes < MEBIBYTES,
        "left a process": not measured.left,
        "printed a control character": not controls,
        "printed a traceback": "Traceback" not in measured.output,
    }
    broken = [rule for rule, holds in rules.items() if not holds]
    return [" ".join(words), *broken, measured.output[-2000:]] if broken else []


def seen_outside(top: Path, place: Place) -> dict[str, object]:
    """Return every path outside of the workspace with what it is."""
    return describe_paths(top, lambda path: is_own(path, top, place))


def is_own(path: Path, top: Path, place: Place) -> bool:
    """Return whether a folder is the workspace, or where the program keeps something of its own."""
    return path == place.workspace or path.relative_to(top).as_posix() in OWN_STATE
