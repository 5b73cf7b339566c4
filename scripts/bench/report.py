"""The report of 211 answers against WeasyPrint alone on the same HTML, whole processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import big

from assess.report.inputs import gather
from assess.report.produce import make_job
from assess.report.render import page, this_machine
from assess.store.locator import share
from assess.workspace import SheetName, Workspace

RUNS = 5
DAY = date(2026, 11, 24)
BARE = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""
MEMORY = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio of medians over interleaved runs (or megabytes), bar."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = _workspace(folder / "w")
        html = folder / "report.html"
        html.write_text(_html(made), "utf-8")
        bare = [sys.executable, "-c", BARE, str(html), str(folder / "bare.pdf")]
        whole = [sys.executable, "-m", "assess", "report", "--date", DAY.isoformat()]
        times = [(_timed(bare, folder), _timed(whole, made.root)) for _run in range(RUNS)]
        peak = subprocess.run(
            [sys.executable, "-c", MEMORY, *whole],
            cwd=made.root,
            check=True,
            capture_output=True,
            text=True,
        )
    first, second = zip(*times, strict=True)
    return [
        ("assess report (211 answers) ÷ WeasyPrint on its HTML", median(second) / median(first), 2),
        ("assess report (211 answers), peak MB of a process", int(peak.stdout) / 1024, 300),
    ]


def _workspace(root: Path) -> Workspace:
    """Make a workspace with 211 answers: three in four met, findings with measures."""
    made: Workspace = big.workspace(root, items=211, answered=0)
    desk = made.desk(SheetName("big"), "2026")
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    changes = {key: _answer(at) for at, key in enumerate(desk.checklist.items())}
    desk.put_many(changes, by=None, now=now, lang="zh")
    return made


def _answer(at: int) -> dict[str, Any]:
    if at % 4:
        return {"status": "met", "note": "6月12日现场查看，与台账一致。"}
    plan = {"action": "收回临时放开的策略，末尾加默认拒绝。", "owner": "王敏", "due": "2026-12-31"}
    note = "末条策略为“允许所有”，为 2024 年迁移时临时放开，至今未收回。"
    return {"status": "partial" if at % 8 else "unmet", "note": note, "remediation": plan}


def _html(made: Workspace) -> str:
    inputs = gather(
        made, [SheetName("big")], "2026", day=DAY, today=DAY, lang="zh", template="full"
    )
    job = make_job(inputs, (), (str(share("templates")),), "zh")
    return page(job, this_machine(job))


def _timed(words: list[str], folder: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begin
