"""One function makes all numbers: screen, `status --json` and the PDF show the same."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from assess.model.base import pick_text
from assess.workspace import SheetName
from assess.workspace.setup.demo import make_demo_workspace
from tui.driver import driving


def run(root: Path, *words: str) -> Any:
    """Run a command in the workspace and return its JSON."""
    command = [sys.executable, "-m", "assess", *words, "--json"]
    return json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True).stdout)


def pdf_text(path: Path) -> str:
    """Return the text of a PDF without white space, as poppler reads it."""
    command = ["pdftotext", "-raw", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.sub(r"\s+", "", text)


async def test_screen_json_and_pdf(tmp_path: Path) -> None:
    """Progress, score, findings and counts of every sheet are alike in all three."""
    here = make_demo_workspace(tmp_path / "w", "zh")
    sheets = run(here.root, "status")["sheets"]
    report = run(here.root, "report", "--lang", "zh")
    async with driving(here.root, "zh", start=None, workspace=here) as driver:
        screen = driver.screen
    text = pdf_text(Path(report["path"]))

    assert len(sheets) == 2
    for said, reported in zip(sheets, report["sheets"], strict=True):
        counts, score = said["counts"], said["score"]["value"]
        assert (reported["counts"], reported["score"]) == (counts, said["score"])
        title = pick_text(
            here.read_checklist(SheetName.parse_name(said["sheet"]).checklist).title, "zh"
        )
        row = next(line for line in screen.splitlines() if title[:6] in line)
        assert f"{counts['done']}/{counts['applicable']}" in row
        assert score in row.split()
        assert f"已填{counts['done']}/{counts['applicable']}" in text
        assert f"得分{score}" in text
        assert f"存在的问题{len(said['findings'])}" in text
        assert f"符合但无佐证{counts['met_without_evidence']}" in text
