"""`assess demo`, as `./run demo` calls it."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest

from assess.cli import demo
from assess.cli.common.exit_codes import ExitCode
from rollup_units import run_git
from samples import Samples
from samples import demo as demo_workspace

from .conftest import Assess

pytestmark = pytest.mark.untraced


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


def test_demo_without_pango(tmp_path: Path, assess: Assess, no_pango: None) -> None:
    """The workspace is made, the missing package is named, and the exit code is not 0."""
    ran = assess("demo", str(tmp_path / "demo"))

    assert ran.code == ExitCode.ENVIRONMENT
    assert "no report: libpango-1.0-0 is not installed" in ran.err
    assert "apt-get install libpango-1.0-0" in ran.err
    assert "next:  cd " in ran.out


def test_a_report_says_that_it_is_formal(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, samples: Samples
) -> None:
    """All is answered, reviewed and committed: it is no draft; a blank form is neither."""
    monkeypatch.chdir(samples.copy(demo_workspace, tmp_path / "demo").root)
    formal = "formal: no page is marked as a draft"

    assert formal in assess("report", "--format", "md", "-o", "report.md").err
    assert (
        formal not in assess("report", "--template", "blank", "egov-network", "-o", "blank.pdf").err
    )


@pytest.mark.exhaustive
def test_demo_of_a_district(tmp_path: Path, assess: Assess) -> None:
    """It says where the folders are and the next command, which runs; again everything stays."""
    root = tmp_path / "district"
    ran = assess("demo", str(root), "--district")
    office = root / "office"
    listed = sorted(path for path in root.rglob("*") if ".git" not in path.parts)

    assert ran.code == 0
    assert f"folder of the office: {office}\n" in ran.out
    assert f"files that were handed in: {root / 'handed-in'}\n" in ran.out
    assert f"workbook, circular, page and letters: {office / 'rollups' / '2026'}\n" in ran.out
    assert ran.out.endswith(f"next:  cd {office} && assess rollup status\n")
    assert assess("demo", str(root), "--district").code == 0
    assert sorted(path for path in root.rglob("*") if ".git" not in path.parts) == listed
    with chdir(office):
        status = assess("rollup", "status")
        changed = run_git(office, "status", "--porcelain")
    assert status.code == 0
    assert status.out.startswith("2026  ")
    assert changed == ""
    made = {path.suffix for path in (office / "rollups" / "2026").iterdir()}
    assert made >= {".xlsx", ".pdf", ".docx", ".html", ".json"}
    for folder in ("reminders", "rollup-notices"):
        assert any((office / "rollups" / "2026" / folder).glob("*.docx"))
    assert len(list(office.glob("rollups/*/figures.json"))) == 3


def test_district_that_is_there_stays(tmp_path: Path, assess: Assess) -> None:
    """A district that was made before is only named; a folder in use is refused."""
    for name in ("made/.district", "mine/x.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()

    made = assess("demo", str(tmp_path / "made"), "--district")
    mine = assess("demo", str(tmp_path / "mine"), "--district")

    assert made.code == 0
    assert "assess rollup status\n" in made.out
    assert mine.code == ExitCode.USAGE
    assert "is not empty; name a new folder" in mine.err


def test_district_has_no_report(tmp_path: Path, assess: Assess) -> None:
    """The language of a report goes with no district, and that is said."""
    ran = assess("demo", str(tmp_path / "d"), "--district", "--lang", "zh")

    assert ran.code == ExitCode.USAGE
    assert "--district --lang" in ran.err
    assert not (tmp_path / "d").exists()
