"""Memory of reports of many systems. The suite `scale`; a small round runs always."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from many_systems import DAY, Size, make_workspace

from assess.report.content.view.build import build_report_view
from assess.report.export.json_view import FORMAT, report_to_json
from assess.workspace import Workspace
from report import many
from report.peak_memory import measure_peak_memory

ITEMS_211 = "mlps-level3"
MOST_MEGABYTES = 400
SPREAD = 0.1
"""The share by which the peak of twenty reports may differ from that of ten."""


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Size], Workspace]:
    """Return what makes a workspace of a size, once."""
    folder = tmp_path_factory.mktemp("rounds")
    return cache(lambda size: make_workspace(folder / f"w{size.systems}", size))


@pytest.mark.parametrize("systems", [3, pytest.param(200, marks=pytest.mark.scale)])
@pytest.mark.parametrize("form", ["json", "xlsx", "csv"])
def test_data_of_many_systems_fit_into_400_megabytes(
    form: str, systems: int, rounds: Callable[[Size], Workspace], tmp_path: Path
) -> None:
    """200 sheets of 211 items each, all answered."""
    made = rounds(Size(systems, systems * 5, 30, ITEMS_211))
    words = ["report", "--format", form, "--date", str(DAY), "-o", str(tmp_path / f"out.{form}")]
    peak = measure_peak_memory(made.root, *words)
    assert max(peak) <= MOST_MEGABYTES


@pytest.mark.scale
def test_twenty_reports_need_no_more_memory_than_ten(rounds: Callable[[Size], Workspace]) -> None:
    """Each report is made in a process of its own, and nothing of it is kept."""
    ten, twenty = (
        measure_peak_memory(
            rounds(Size(systems, systems * 5, 50)).root, "report", "--all", "--lang", "zh"
        )
        for systems in (10, 20)
    )
    for before, after in zip(ten, twenty, strict=True):
        assert after == pytest.approx(before, rel=SPREAD)


@pytest.mark.parametrize("systems", [1, 3])
def test_sheets_that_are_written_one_by_one_give_the_same_json(systems: int) -> None:
    """As encoding the whole report at once."""
    view = build_report_view(many.systems_inputs(systems, bad=1), with_form=False)
    whole = {"format": FORMAT, **msgspec.to_builtins(view)}
    expected = msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"
    assert report_to_json(view) == expected
