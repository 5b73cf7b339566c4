"""What outloud, a checker of accessible PDF files, finds in the samples; it knows 90 rules.

`./run test --all` installs it; elsewhere these tests are skipped.
"""

from __future__ import annotations

import json
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

MISTAKEN = {("HDG-010", "关于2026年网络安全自查情况的报告")}
"""What it finds wrongly: it takes a text that holds digits and no space for a reference number."""

pytestmark = pytest.mark.skipif(not OUTLOUD.exists(), reason="no outloud")


def check_file(path: Path, folder: Path) -> dict[str, Any]:
    """Return what outloud reports about a file: its findings, and what became of each rule."""
    report = folder / "outloud.json"
    words = [str(OUTLOUD), str(path), "--quiet", "--fail-on", "never", "--json", str(report)]
    subprocess.run(words, check=True, capture_output=True)
    [result] = json.loads(report.read_text("utf-8"))["results"]
    return dict(result)


@pytest.mark.parametrize("name", some_always([(name,) for name in SAMPLES], ("full-zh",)))
def test_outloud_finds_nothing(name: str, tmp_path: Path) -> None:
    """Neither errors nor warnings, and no rule stopped before its end."""
    result = check_file(REPORTS / f"{name}.pdf", tmp_path)
    findings = [
        (one["rule"], one["evidence"], one["message"])
        for one in result["findings"]
        if (one["rule"], one["evidence"]) not in MISTAKEN
    ]
    assert findings == []
    states = {one["status"] for one in result["rules"]}
    # What is skipped compares a file with another one.
    assert states <= {"ran", "not-applicable", "not-implemented", "skipped"}


def test_outloud_finds_a_skipped_heading(tmp_path: Path) -> None:
    """With a heading of the second level turned into one of the fourth."""
    path = tmp_path / "skipped.pdf"
    with pikepdf.open(REPORTS / "summary-zh.pdf") as document:
        heading = next(
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/H2"
        )
        heading.S = pikepdf.Name.H4
        document.save(path)
    rules = {one["rule"] for one in check_file(path, tmp_path)["findings"]}
    assert "HDG-001" in rules
