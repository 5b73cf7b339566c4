"""The report of 211 answers against other ways to set the same page, whole processes.

The bare way gives the report's own HTML to WeasyPrint, with tags. The naive way is the same page
with one table of all answers that finds its own widths, and fonts subset in Python. Typst sets the
same texts, tables included; it is measured where it is installed (`pip install typst`), and is no
part of the program.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

import big
from to_typst import typst

from assess.report.content.inputs import gather_inputs
from assess.report.export.block_parser import parse_blocks
from assess.report.render.produce import make_render_job
from assess.report.render.render import describe_rendering_machine, render_page_html
from assess.store.shipped_files import find_shipped_folder
from assess.workspace import SheetName, Workspace
from assess.workspace.core.report_request import ReportRequest

RUNS = 5
ITEMS = 211
DAY = date(2026, 11, 24)
WHOLE = [sys.executable, "-m", "assess", "report", "--date", DAY.isoformat()]
BARE = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""
NAIVE = f"""
import weasyprint.pdf.fonts
weasyprint.pdf.fonts.harfbuzz_subset = None
{BARE}"""
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
MEMORY = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def measure() -> Iterator[tuple[str, float, float]]:
    """Yield name, ratio of medians over interleaved runs (or megabytes), bar."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = workspace(folder / "w", ITEMS)
        html = _html(made)
        (folder / "report.html").write_text(html, "utf-8")
        (folder / "naive.html").write_text(_naive(html), "utf-8")
        (folder / "report.typ").write_text(typst(parse_blocks(html)), "utf-8")
        bare = _python(BARE, folder, "report.html")
        times = [(_timed(bare, folder), _timed(WHOLE, made.root)) for _run in range(RUNS)]
        first, whole = (median(column) for column in zip(*times, strict=True))
        said = f"assess report ({ITEMS} answers)"
        yield f"{said} ÷ WeasyPrint on its HTML, with tags", whole / first, 1.0
        naive = _timed(_python(NAIVE, folder, "naive.html"), folder)
        yield f"{said} ÷ the naive way", whole / naive, 1 / 5
        yield f"{said}, peak MB of a process", peak(made.root), 200
        if importlib.util.find_spec("typst"):
            words = _python(TYPST, folder, "report.typ")
            other = median(_timed(words, folder) for _run in range(RUNS))
            yield f"{said} ÷ Typst with the same text", whole / other, 16
            yield "WeasyPrint on its HTML, with tags ÷ Typst", first / other, 12.5


def workspace(root: Path, items: int) -> Workspace:
    """Make a workspace with so many answers: three in four met, findings with measures."""
    made: Workspace = big.workspace(root, items=items, answered=0)
    desk = made.open_sheet(SheetName("big"), "2026")
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    changes = {key: _answer(at) for at, key in enumerate(desk.checklist.items())}
    desk.write_answers(changes, by=None, now=now, lang="zh")
    return made


def peak(root: Path) -> float:
    """Return the peak in megabytes of the largest process that makes the report."""
    words = [sys.executable, "-c", MEMORY, *WHOLE]
    done = subprocess.run(words, cwd=root, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def _answer(at: int) -> dict[str, Any]:
    if at % 4:
        return {"status": "met", "note": "6月12日现场查看，与台账一致。"}
    plan = {"action": "收回临时放开的策略，末尾加默认拒绝。", "owner": "王敏", "due": "2026-12-31"}
    note = "末条策略为“允许所有”，为 2024 年迁移时临时放开，至今未收回。"
    return {"status": "partial" if at % 8 else "unmet", "note": note, "remediation": plan}


def _html(made: Workspace) -> str:
    request = ReportRequest("2026", (SheetName("big"),), "full", "zh", day=DAY)
    inputs = gather_inputs(made, request, DAY)
    job = make_render_job(inputs, (), (str(find_shipped_folder("templates")),), "zh")
    return render_page_html(job, describe_rendering_machine(job))


def _naive(html: str) -> str:
    """Return the page with one table for all answers, which finds its own widths."""
    html = html.replace("table-layout: fixed", "table-layout: auto")
    html = re.sub(r"<colgroup>.*?</colgroup>", "", html)
    start, end = (html.index(f'annex-mark">附件{number}') for number in (4, 5))
    joint = re.compile(
        r"</tbody></table>\s*<h4>[^<]*</h4>\s*<table[^>]*>\s*<thead>.*?<tbody>", re.DOTALL
    )
    return html[:start] + joint.sub("", html[start:end]) + html[end:]


def _python(code: str, folder: Path, source: str) -> list[str]:
    return [sys.executable, "-c", code, str(folder / source), str(folder / f"{source}.pdf")]


def _timed(words: list[str], folder: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(words, cwd=folder, check=True, capture_output=True, env=os.environ)
    return time.perf_counter() - begin
