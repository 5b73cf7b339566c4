"""What outloud, a checker of accessible PDF files, finds in the samples; it knows 90 rules.

`./run test --all` installs it; elsewhere these tests are skipped.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from examples import some_always
from report import factory

REPORTS = factory.ROOT / "reports"
SAMPLES = sorted(path.stem for path in REPORTS.glob("*.pdf"))
OUTLOUD = Path(sys.executable).with_name("outloud")

MISTAKEN = {
    # It takes a title that holds digits and no space for a reference number.
    ("HDG-010", "关于2026年网络安全自查情况的报告"),
    # It counts the heads of sections in the body of a table as rows of the table's head.
    ("TBL-010", "No.; Question; Unit; Answer"),
    ("TBL-010", "No.; Question; Unit; Answer; 7. Contractors"),
    ("TBL-010", "代码; 指标名称; 计量单位; 填报内容; 一、单位基本情况; 二、信息系统"),
    ("TBL-010", "代码; 指标名称; 计量单位; 填报内容; 四、责任落实; 五、安全防护"),
    # WeasyPrint paints what has a `position` last: the box above the head of an official document.
    # A reader hears it first, as it stands; PDF/UA-1 asks for no order of painting.
    ("ORD-001", "page 1: 4 of 12 sequences"),
}
"""What it finds wrongly: the rule, and the finding's evidence or, without evidence, its place."""

pytestmark = pytest.mark.skipif(not OUTLOUD.exists(), reason="no outloud")


def check_file(path: Path, folder: Path) -> dict[str, Any]:
    """Return what outloud reports about a file: its findings, and what became of each rule."""
    report = folder / "outloud.json"
    words = [str(OUTLOUD), str(path), "--quiet", "--fail-on", "never", "--json", str(report)]
    subprocess.run(words, check=True, capture_output=True)
    [result] = json.loads(report.read_text("utf-8"))["results"]
    return dict(result)


def evidence_of(finding: dict[str, Any]) -> str:
    """Return the text that a finding quotes; the page and the sequences where it quotes none."""
    if "evidence" in finding:
        return str(finding["evidence"])
    worst_page = re.search(r"page \d+, where (\d+ of \d+ sequences)", finding["message"])
    return f"page {finding['page']}: {worst_page[1]}" if worst_page else ""


@pytest.mark.parametrize("name", some_always([(name,) for name in SAMPLES], ("full-zh",)))
def test_outloud_finds_nothing(name: str, tmp_path: Path) -> None:
    """Neither errors nor warnings, and no rule stopped before its end."""
    result = check_file(REPORTS / f"{name}.pdf", tmp_path)
    findings = [
        (finding["rule"], evidence_of(finding), finding["message"])
        for finding in result["findings"]
        if (finding["rule"], evidence_of(finding)) not in MISTAKEN
    ]
    assert findings == []
    states = {rule["status"] for rule in result["rules"]}
    # What is skipped compares a file with another one.
    assert states <= {"ran", "not-applicable", "not-implemented", "skipped"}


def test_outloud_finds_a_skipped_heading(tmp_path: Path) -> None:
    """With a heading of the second level turned into one of the fourth."""
    path = tmp_path / "skipped.pdf"
    with pikepdf.open(REPORTS / "summary-zh.pdf") as document:
        heading = next(
            element
            for element in document.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/H2"
        )
        heading.S = pikepdf.Name.H4
        document.save(path)
    rules = {finding["rule"] for finding in check_file(path, tmp_path)["findings"]}
    assert "HDG-001" in rules
