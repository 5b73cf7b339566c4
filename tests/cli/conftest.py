"""Running commands as a person does, in a workspace made by `assess init`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

import pytest

from assess.cli.boundary import run_and_explain_errors
from assess.workspace import Workspace
from assess.workspace.office.office import Office
from hand_ins import closed_demo
from office_folder import make_office
from rollup_units import MadeOffice, make_office_with_hand_ins, read_made_office, stop_clock
from samples import Samples


class Ran(NamedTuple):
    """What a command gave back."""

    code: int
    out: str
    err: str


Assess = Callable[..., Ran]
EnterCopy = Callable[[Callable[[Path], Workspace]], Path]


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock stand: the year's round, dates and commits are the same on whatever day."""
    stop_clock(monkeypatch)


@pytest.fixture
def assess(capfd: pytest.CaptureFixture[str]) -> Assess:
    """Run `assess` with the given words."""

    def run(*words: str) -> Ran:
        capfd.readouterr()
        code = run_and_explain_errors(words)
        return Ran(code, *capfd.readouterr())

    return run


@pytest.fixture
def enter_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, samples: Samples) -> EnterCopy:
    """Make the current folder a copy of a sample; return it."""

    def enter(make: Callable[[Path], Workspace]) -> Path:
        root = samples.copy(make, tmp_path / "qingxi-data").root
        monkeypatch.chdir(root)
        return root

    return enter


@pytest.fixture
def here(enter_copy: EnterCopy) -> Path:
    """The current folder is a fresh workspace."""
    return enter_copy(initialized)


def initialized(root: Path) -> Workspace:
    """Make a workspace by `assess init`."""
    assert (
        run_and_explain_errors(["init", str(root), "--org", "示例市青溪区数据局", "--lang", "zh"])
        == 0
    )
    return Workspace(root, "en")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, samples: Samples) -> Office:
    """The current folder is that of an office with three units and a campaign."""
    samples.copy_place(office_alone, tmp_path)
    monkeypatch.chdir(tmp_path / "office")
    return Office(tmp_path / "office", "en")


def office_alone(place: Path) -> None:
    """Make the folder of an office; nothing has come in."""
    make_office(place / "office")


def office_with_hand_in(place: Path) -> None:
    """Make an office, and a unit's closed round that was handed in and taken."""
    unit, first = closed_demo(place / "unit"), place / "post" / "first.zip"
    make_office(place / "office")
    run_in(unit.root, f"submit -o {first}")
    run_in(place / "office", f"rollup take {first}")


def run_in(root: Path, *commands: str) -> None:
    """Run commands in a folder; each must end well."""
    with chdir(root):
        for command in commands:
            assert run_and_explain_errors(command.split()) == 0, command


@pytest.fixture
def office_with_hand_ins(
    samples: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MadeOffice:
    """The current folder is that of an office which took in five hand-ins; made once a run."""
    samples.copy_place(make_office_with_hand_ins, tmp_path / "place")
    made = read_made_office(tmp_path / "place")
    monkeypatch.chdir(made.root)
    return made
