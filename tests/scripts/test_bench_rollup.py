"""What `./run bench rollup` measures is measured: a few units always, a thousand in `scale`."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "scripts" / "bench"


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the measures of records; all units answer alike."""
    monkeypatch.syspath_prepend(BENCH)
    monkeypatch.setattr(importlib.import_module("made_hand_ins"), "VARIANTS", 1)
    return importlib.import_module("rollup_records")


@pytest.mark.parametrize("units", [5, pytest.param(1000, marks=pytest.mark.scale)])
def test_figures_of_units_with_five_sheets_fit_into_600_megabytes(
    records: ModuleType, units: int, tmp_path: Path
) -> None:
    """JSON and XLSX are made; decoding is a part of the whole time."""
    variants = records.made.make_variants(tmp_path / "variants")
    for number in range(8):
        (tmp_path / f"{number}.zip").write_bytes(records.made.rename_unit(variants, number))
    rollup = importlib.import_module("rollup")
    row = rollup._run_python(tmp_path, "figures", f"{units}")  # a process of its own
    assert 0 < row["decoding"] < row["whole"]
    assert 0 < row["peak"] <= 600


@pytest.mark.parametrize("units", [5, pytest.param(200, marks=pytest.mark.scale)])
def test_receipts_that_the_bench_writes_are_read_as_taken_in(
    records: ModuleType, units: int, tmp_path: Path
) -> None:
    """Each unit has a receipt whose file is in the inbox, and none is unreadable."""
    made = records.made
    variants = made.make_variants(tmp_path / "variants")
    office = made.make_office_of_units(tmp_path / "office", units)
    source = tmp_path / "0.zip"
    source.write_bytes(made.rename_unit(variants, 0))
    rollup = importlib.import_module("rollup")
    rollup._run(office.root, "rollup", "take", str(source))  # as the bench does
    made.receive_hand_ins(office, variants, range(1, units))
    read = records.read_rollup_records(
        office,
        made.ROUND,
        made.DAY,
        lambda data: records.check_hand_in(data, made.DAY, "zh"),
        lambda _done, _count, _name: None,
        lambda _notice: None,
    )
    assert len(read.units) == units
    assert {(entry.fault, len(entry.sheets)) for entry in read.units} == {(None, 5)}
