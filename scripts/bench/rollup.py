"""A roll-up: what taking in takes beside `lint` and `verify`, and figures beside decoding.

Runs only when it is named (`./run bench rollup`): 10,000 units take long. Times of taking in are
processor time, child processes included, so that the number of cores changes nothing.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from math import inf
from pathlib import Path
from typing import Any

import made_hand_ins as made
from rollup_cluster import measure_cluster

from assess.locations import RECORD_STORE

FEW, USUAL, MANY = 100, 1_000, 10_000
WITH_PDF = 24
LINTED = 20
"""Units whose own `lint` is measured; each takes as long as the other."""

MOST_MEGABYTES = 600.0


def measure() -> list[tuple[str, float, float]]:
    """Return name, figure and bar of each measure."""
    made.set_git_identity()
    with tempfile.TemporaryDirectory() as name:
        variants = made.make_variants(Path(name) / "variants")
        return [
            *_measure_taking(Path(name), variants),
            *measure_cluster(Path(name), Path(name) / f"in-{USUAL}", USUAL),
            *_measure_taking_with_pdf(Path(name)),
            *_measure_reading(Path(name), variants, FEW),
            *_measure_reading(Path(name), variants, USUAL),
            *_measure_reading_of_many(Path(name), variants, MANY),
            *_measure_figures(Path(name), variants),
        ]


def _measure_taking(folder: Path, variants: list[bytes]) -> list[tuple[str, float, float]]:
    """Take in hand-ins without a PDF, against `lint` in the workspaces of such units."""
    lint = 0.0
    for number in range(LINTED):
        workspace = folder / "variants" / f"{number % made.VARIANTS}"
        lint += _use_processor(workspace, "lint")
    figures = {}
    for count in (FEW, USUAL):
        root = folder / f"office-{count}"
        made.make_office_of_units(root, count + count // 100)
        _write_hand_ins(folder / f"in-{count}", variants, range(count))
        taking = _use_processor(root, "rollup", "take", str(folder / f"in-{count}"))
        figures[count] = taking / count
    return [
        (
            f"take of {USUAL:,} units without PDF ÷ lint of each",
            figures[USUAL] / lint * LINTED,
            1.5,
        ),
        (f"take per unit, {USUAL:,} units / {FEW}", figures[USUAL] / figures[FEW], 1.2),
    ]


def _write_hand_ins(folder: Path, variants: list[bytes], numbers: range) -> None:
    folder.mkdir()
    for number in numbers:
        path = folder / f"{made.make_unit_id(number)}.zip"
        path.write_bytes(made.rename_unit(variants, number))


def _measure_taking_with_pdf(folder: Path) -> list[tuple[str, float, float]]:
    """Take in hand-ins with the PDF of a report, against `lint` and `verify` of each."""
    root = folder / "office-pdf"
    made.make_office_of_units(root, WITH_PDF)
    source = folder / "in-pdf"
    source.mkdir()
    own = 0.0
    for number in range(WITH_PDF):
        unit = folder / "units" / f"{number}"
        made.make_unit_workspace(unit, number)
        report = folder / f"{number}.pdf"
        _run(unit, "report", "--template", "brief", "--attachments", "all", "-o", str(report))
        _run(unit, "submit", "--open", "--report", str(report), "-o", str(source / f"{number}.zip"))
        own += _use_processor(unit, "lint")
        own += _use_processor(unit, "verify", "--inputs", "attached", str(report))
    taking = _use_processor(root, "rollup", "take", str(source))
    return [(f"take of {WITH_PDF} units with PDF ÷ lint + verify of each", taking / own, 1.5)]


def _measure_reading(
    folder: Path, variants: list[bytes], count: int
) -> list[tuple[str, float, float]]:
    """Read what was taken in with nothing stored, again, and when a unit in a hundred is new."""
    root = folder / f"office-{count}"
    (root / RECORD_STORE).unlink(missing_ok=True)
    first = _run_python(root, "reading")["reading"]
    nothing_new = _run_python(root, "reading")["reading"]
    _write_hand_ins(folder / f"in-new-{count}", variants, range(count, count + count // 100))
    _run(root, "rollup", "take", str(folder / f"in-new-{count}"))
    again = _run_python(root, "reading")["reading"]
    return [
        (f"reading {count:,} units, nothing new ÷ first reading", nothing_new / first, inf),
        (
            f"reading {count:,} units, 1 % of them new ÷ first reading",
            again / first,
            inf if count == FEW else 0.05,  # what does not grow with the units is half of it
        ),
        (f"first reading of {count:,} units, seconds (no bar)", first, inf),
    ]


def _measure_reading_of_many(
    folder: Path, variants: list[bytes], count: int
) -> list[tuple[str, float, float]]:
    """Read so many units that taking in each would take hours: only the variants are taken in."""
    root = folder / f"office-{count}"
    office = made.make_office_of_units(root, count + count // 100)
    _write_hand_ins(folder / f"in-{count}", variants, range(len(variants)))
    _run(root, "rollup", "take", str(folder / f"in-{count}"))
    made.receive_hand_ins(office, variants, range(len(variants), count))
    return _measure_reading(folder, variants, count)


def _measure_figures(folder: Path, variants: list[bytes]) -> list[tuple[str, float, float]]:
    """Make JSON and XLSX from the data of rounds, against decoding the same data."""
    for number, data in enumerate(variants):
        (folder / f"{number}.zip").write_bytes(data)
    figures = {count: _run_python(folder, "figures", f"{count}") for count in (FEW, USUAL, MANY)}
    each = {count: row["whole"] / count for count, row in figures.items()}
    return [
        *(
            (
                f"JSON and XLSX of {count:,} units ÷ decoding their data",
                row["whole"] / row["decoding"],
                inf if count == FEW else 6.5,  # a workbook of no unit takes as long as half of it
            )
            for count, row in figures.items()
        ),
        (f"the same of {MANY:,} units, peak MB", figures[MANY]["peak"], MOST_MEGABYTES),
        (f"the same per unit, {MANY:,} units / {USUAL:,}", each[MANY] / each[USUAL], 1.2),
        (f"the same of {MANY:,} units, seconds (no bar)", figures[MANY]["whole"], inf),
    ]


def _use_processor(folder: Path, *words: str) -> float:
    """Return the processor time of a command in seconds, with that of its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(folder, *words)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _run(folder: Path, *words: str) -> None:
    """Run a command of the program; remarks may end it with another code than 0."""
    command = [sys.executable, "-m", "assess", *words]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 5, 6):
        raise RuntimeError(f"{words}: {done.stdout[-500:]}{done.stderr[-500:]}")


def _run_python(folder: Path, *words: str) -> dict[str, Any]:
    """Run one of the measures of `rollup_records` in a process of its own."""
    script = Path(__file__).with_name("rollup_records.py")
    command = [sys.executable, str(script), str(folder), *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures
