"""No file of a unit makes an office crash, keep silent, write elsewhere or run something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from adversary.hand_in_cheats import (
    CANARY,
    CHEATS,
    ESCAPE,
    Cheat,
    Units,
    put_links_and_pipes,
)
from adversary.measured import Measured, run_measured
from adversary.watched_files import describe_paths
from assess.cli.boundary import run_and_explain_errors
from assess.cli.common import context
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.hand_in.make import HandInRequest, make_hand_in
from assess.workspace.office.office import Office
from assess.workspace.office.units import UnitRow, import_units
from hand_ins import TODAY, closed_demo, hand_in_of
from office_folder import make_office
from samples import Samples

SECONDS, MEBIBYTES = 60, 600
"""What taking in all cheats may take; each is read in a child of its own."""

MANY = 100_000
WRITTEN = ("office/inbox", "office/receipts", "office/.git", "office/.assess", "home")
"""Where the command may write; what else may change is office.yaml, by the signer of a unit."""


class Taken(NamedTuple):
    """What became of the folder of cheats."""

    top: Path
    measured: Measured
    rows: Mapping[str, dict[str, Any]]
    """What was printed of each file, by its name as JSON has it."""
    before: Mapping[str, object]
    after: Mapping[str, object]
    links: Mapping[str, str]
    """The outcome that each link and pipe must have."""

    @property
    def office(self) -> Path:
        """The folder of the office."""
        return self.top / "office"


def last_year(root: Path) -> Workspace:
    """Make a workspace of the data bureau in 2025."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "clock", lambda: datetime(2025, 11, 30, 9, tzinfo=UTC))
        words = ["init", str(root), "--org", "示例市青溪区数据局", "--lang", "zh"]
        assert run_and_explain_errors(words) == 0
    return Workspace(root, "en")


def education(root: Path) -> Workspace:
    """Make a workspace of the education bureau in 2026."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "clock", lambda: datetime(2026, 11, 30, 9, tzinfo=UTC))
        words = ["init", str(root), "--org", "示例市青溪区教育局", "--lang", "zh"]
        assert run_and_explain_errors(words) == 0
    return Workspace(root, "en")


def make_units(samples: Samples, folder: Path) -> Units:
    """Return what the cheats are made from."""
    other = samples.copy(education, folder / "education")
    return Units(
        hand_in_of(samples.copy(closed_demo, folder / "demo")),
        samples.copy(last_year, folder / "qingxi-data"),
        make_hand_in(other, HandInRequest("2026"), TODAY).data,
    )


def make_office_of_units(root: Path) -> Office:
    """Make an office that knows the data bureau, and has a signer of the education bureau."""
    office = make_office(root)
    row = {"id": "qingxi-data", "name": "示例市青溪区数据局二", "category": "部门"}
    data_bureau = {"id": "data-bureau", "name": "示例市青溪区档案局", "category": "部门"}
    imported = import_units(office, [UnitRow(2, data_bureau), UnitRow(3, row)])
    assert imported.faults == []
    office.edit_office_file(
        [
            FieldEdit(("units", "education", "signer"), "sha256:" + "1" * 64),
            FieldEdit(("units", "qingxi-data", "name"), "示例市青溪区数据局"),
        ]
    )
    subprocess.run(["git", "-C", str(root), "commit", "-qam", "units"], check=True)
    return office


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory, samples: Samples) -> Taken:
    """Take in all cheats by one command, in a process of its own."""
    top = tmp_path_factory.mktemp("cheats")
    units = make_units(samples, tmp_path_factory.mktemp("units"))
    make_office_of_units(top / "office")
    folder, outside = top / "in", top / "outside"
    for path in (folder, outside, top / "home", top / "temporary"):
        path.mkdir()
    (outside / "precious.zip").write_bytes(units.honest)
    for each in CHEATS:
        (folder / each.name).write_bytes(each.make(units))
    links = put_links_and_pipes(folder, outside)
    before = describe_paths(top, lambda path: path.relative_to(top).as_posix() in WRITTEN)
    measured = take_in(top, folder)
    after = describe_paths(top, lambda path: path.relative_to(top).as_posix() in WRITTEN)
    printed = json.loads(measured.output[: measured.output.rindex("]") + 1])
    return Taken(top, measured, {row["file"]: row for row in printed}, before, after, links)


def take_in(top: Path, folder: Path) -> Measured:
    """Run the command in the folder of the office."""
    environ = {name: value for name, value in os.environ.items() if name != "ASSESS_PROGRAM"}
    environ |= {"HOME": str(top / "home"), "TMPDIR": str(top / "temporary"), "ASSESS_LANG": "en"}
    words = [sys.executable, "-P", "-m", "assess", "rollup", "take", "--json", str(folder)]
    return run_measured(words, top / "office", environ, SECONDS, top.with_name("log"))


def test_the_command_ends_as_it_should(taken: Taken) -> None:
    """It says that files were not taken; it printed no control, and left no process."""
    assert taken.measured.code == 1, taken.measured.output[-2000:]
    assert not taken.measured.left
    assert taken.measured.mebibytes < MEBIBYTES
    assert "Traceback" not in taken.measured.output
    assert not set(taken.measured.output) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize("each", CHEATS, ids=lambda each: each.make.__name__)
def test_what_becomes_of_a_cheat(taken: Taken, each: Cheat) -> None:
    """It has a receipt with its reason, and its bytes are in the inbox."""
    name = each.name.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "\x1b\x07"})
    row = taken.rows[name]
    codes = [remark["code"] for remark in row["remarks"]]
    assert (row["outcome"], each.code in codes or not each.code) == (each.outcome, True), codes
    assert all(remark["text"] for remark in row["remarks"])
    assert (taken.office / "inbox" / row["digest"].removeprefix("sha256:")).exists()


def test_what_is_no_file_is_named(taken: Taken) -> None:
    """Links are not followed, and nothing waits for a pipe."""
    assert {name: taken.rows[name]["outcome"] for name in taken.links} == taken.links
    assert taken.rows.keys() >= taken.links.keys()
    assert len(taken.rows) == len(CHEATS) + len(taken.links)


def test_nothing_else_is_written_and_nothing_runs(taken: Taken) -> None:
    """Outside of the inbox, the receipts, the record of signers and the store nothing changed."""
    changed = {
        path.removeprefix(f"{taken.top}/")
        for path in taken.before.keys() | taken.after.keys()
        if taken.before.get(path) != taken.after.get(path)
    }
    assert changed == {"office/office.yaml", "office/store/records.sqlite3"}
    assert not list(taken.top.rglob(CANARY))


def test_receipts_are_harmless_and_every_row_has_one(taken: Taken) -> None:
    """The texts that are sent back hold no control; the unit's own name comes from the list."""
    rows = yaml.safe_load((taken.office / "receipts" / "2026.yaml").read_text("utf-8"))["receipts"]
    slips = {path.stem: path.read_text("utf-8") for path in taken.office.glob("receipts/2026/*")}
    assert slips.keys() == rows.keys()
    assert len(rows) == len(CHEATS) - 1
    assert not set("".join(slips.values())) & set(ESCAPE) - set("[2J]0;owned")
    assert {row["unit"] for row in rows.values() if row["state"] == "taken"} == {"qingxi-data"}


@pytest.mark.exhaustive
def test_a_hundred_thousand_files(
    taken: Taken, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are passed over, and counted in the last line."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(MANY):
        os.close(os.open(folder / f"{number}.zip", os.O_CREAT))
    monkeypatch.chdir(taken.office)
    capfd.readouterr()
    assert run_and_explain_errors(["rollup", "take", str(folder)]) == 0
    assert capfd.readouterr().err.splitlines()[-1] == f"{MANY} files: no hand-in {MANY}"
