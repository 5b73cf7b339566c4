"""`report --all` on all cores against one process that sets the same reports in a loop."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import big

from assess.report.render.many import ReportOutcome, produce_and_write_all_reports
from assess.workspace import Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.setup.make_workspace import make_and_commit_workspace

RUNS = 3
ITEMS = 211
SYSTEMS = ("s1", "s2", "s3", "s4", "s5", "s6")
DAY = date(2026, 11, 24)
ONE_PROCESS = """
import sys
from datetime import date
from pathlib import Path
from assess.report.content.inputs import gather_inputs
from assess.report.render.produce import make_render_job
from assess.report.render.render import render_report
from assess.store.shipped_files import find_shipped_folder
from assess.workspace import Workspace
from assess.workspace.core.report_request import ReportRequest
workspace, day = Workspace(Path(sys.argv[1]), "en"), date.fromisoformat(sys.argv[2])
for name in workspace.list_sheets("2026"):
    for lang in ("zh", "en"):
        inputs = gather_inputs(workspace, ReportRequest("2026", (name,), "full", lang), day)
        job = make_render_job(inputs, (), (str(find_shipped_folder("templates")),), "en")
        render_report(job, lambda _progress: None)
"""


def measure() -> list[tuple[str, float, float]]:
    """Return name, ratio of medians over interleaved runs, bar.

    The bars are 1.5 ÷ cores: two cores may take three quarters of the time of a
    single core.
    """
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as name:
        made = _workspace(Path(name) / "w")
        times = [(_loop(made), _all(made, 1), _all(made, cores)) for _run in range(RUNS)]
    loop, single, whole = (median(column) for column in zip(*times, strict=True))
    bar = 1.5 / cores
    said = f"report --all ({len(SYSTEMS) * 2} × {ITEMS} items, {cores} cores)"
    return [
        (f"{said} ÷ a loop in one process", whole / loop, bar),
        (f"{said} ÷ --jobs 1", whole / single, bar),
    ]


def _workspace(root: Path) -> Workspace:
    source = root.parent / "big.yaml"
    text = big.checklist(ITEMS).replace("scope: organization", "scope: system")
    source.write_text(text, "utf-8")
    made = make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        language="zh",
        checklists=(str(source),),
        systems=SYSTEMS,
        today=DAY,
        lang="zh",
    )
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    for name in made.list_sheets("2026"):
        desk = made.open_sheet(name, "2026")
        answers = {key: {"status": "met", "note": "一致。"} for key in desk.checklist.items()}
        desk.write_answers(answers, by=None, now=now, lang="zh")
    return made


def _loop(made: Workspace) -> float:
    words = [sys.executable, "-c", ONE_PROCESS, str(made.root), DAY.isoformat()]
    begin = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - begin


def _all(made: Workspace, workers: int) -> float:
    request = ReportRequest("2026", tuple(made.list_sheets("2026")), "full", "zh", day=DAY)
    requests = request.split_by_sheet_and_language(("zh", "en"))
    failed: list[ReportOutcome] = []

    def told(outcome: ReportOutcome) -> None:
        if outcome.error is not None:
            failed.append(outcome)

    begin = time.perf_counter()
    produce_and_write_all_reports(made, requests, DAY, workers=workers, report_outcome=told)
    if failed:
        raise RuntimeError(str(failed[0].error))
    return time.perf_counter() - begin
