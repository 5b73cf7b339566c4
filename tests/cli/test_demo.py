"""`assess demo`, as `./run demo` calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.cli import demo

from .conftest import Assess


def test_demo_and_again(tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says where the PDF is, its pages, the scores and the next command; again it stays."""
    root = tmp_path / "demo"
    ran = assess("demo", str(root), "--lang", "en")
    pdf = root / "reports" / "2026" / "round-full-en.pdf"

    assert ran.code == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert f"report: {pdf}, pages: " in ran.out
    assert "egov-network  E-government network security  score 86.7\n" in ran.out
    assert ran.out.endswith(f"next:  cd {root} && assess\n")

    # The second report is written as the first one was.
    monkeypatch.setattr(demo, "_write_report", lambda *_: None)
    register = root / "evidence" / "register.yaml"
    register.write_text(register.read_text("utf-8") + "# mine\n", "utf-8")
    assert assess("demo", str(root), "--lang", "en").code == 0
    assert register.read_text("utf-8").endswith("# mine\n")
