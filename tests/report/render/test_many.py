"""All reports of a round: on several children, none stopped by another, none half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assess.cli.common.exit_codes import ExitCode
from assess.report.render import many
from assess.report.render.child import RenderError
from assess.report.render.many import ReportOutcome, produce_and_write_all_reports
from assess.workspace import SheetName, Workspace
from assess.workspace.core.report_request import ReportRequest
from report.content.test_inputs import ENVIRON

TODAY = date(2026, 6, 1)

pytestmark = pytest.mark.usefixtures("child_process")


def ledgers(workspace: Workspace) -> list[ReportRequest]:
    """Return the ledger of each sheet in each language, as CSV."""
    names = tuple(workspace.list_sheets("2026"))
    return ReportRequest("2026", names, "ledger", "zh", format="csv").split_by_sheet_and_language(
        ("zh", "en")
    )


def test_one_failure_stops_no_other(workspace: Workspace) -> None:
    """Each report is written where it belongs; the one that fails is told, and leaves no file."""
    names = (SheetName("workforce"), SheetName("missing"))
    wanted = ReportRequest("2026", names, "summary", "zh").split_by_sheet_and_language(("zh",))
    heard: list[ReportOutcome] = []
    good, bad = produce_and_write_all_reports(
        workspace, wanted, TODAY, workers=2, report_outcome=heard.append
    )
    assert good.path.read_bytes().startswith(b"%PDF")
    assert (good.error, good.pages > 0) == (None, True)
    assert bad.error is not None
    assert not bad.path.exists()
    assert sorted(heard) == sorted([good, bad])


def test_forms_without_a_child(workspace: Workspace) -> None:
    """The ledgers of a round as tables."""
    outcomes = produce_and_write_all_reports(
        workspace,
        ledgers(workspace),
        TODAY,
        workers=2,
        report_outcome=lambda _outcome: None,
    )
    assert {one.path.name for one in outcomes} == {
        f"{sheet}-ledger-{lang}.csv"
        for sheet in ("workforce", "supply-chain")
        for lang in ("zh", "en")
    }


def test_interrupted_work_is_not_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """KeyboardInterrupt ends the children at once; nothing is written after it."""
    written: list[Path] = []
    monkeypatch.setattr(
        many, "write_report_unless_edited", lambda path, *_rest: written.append(path)
    )

    def interrupted(_outcome: ReportOutcome) -> None:
        raise KeyboardInterrupt

    wanted = ledgers(workspace)
    with pytest.raises(KeyboardInterrupt):
        produce_and_write_all_reports(
            workspace, wanted, TODAY, workers=1, report_outcome=interrupted
        )
    assert len(written) < len(wanted)


def test_a_killed_child_is_an_error_of_its_report(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that dies is told of; the program goes on."""

    def fail(*_one: object, **_rest: object) -> None:
        raise RenderError("killed")

    monkeypatch.setattr(many, "produce_report", fail)
    (outcome,) = produce_and_write_all_reports(
        workspace,
        [ReportRequest("2026", (SheetName("workforce"),), "summary", "zh")],
        TODAY,
        workers=1,
        report_outcome=lambda _one: None,
    )
    assert isinstance(outcome.error, RenderError)


def test_ctrl_c_leaves_no_half_file(workspace: Workspace) -> None:
    """The command ends with 130, no child lives on, and no file is half written."""
    folder = workspace.root / "templates" / "full"
    folder.mkdir(parents=True)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    (folder / "main.html").write_text(loop)
    started = subprocess.Popen(
        [sys.executable, "-m", "assess", "report", "--all"],
        cwd=workspace.root,
        env=os.environ | ENVIRON,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    children = Path(f"/proc/{started.pid}/task")
    while not _workers(children):
        assert started.poll() is None
    started.send_signal(signal.SIGINT)
    try:
        started.communicate(timeout=90)
    finally:
        started.kill()
    assert started.returncode == ExitCode.INTERRUPTED
    assert list((workspace.root / "reports").rglob("*")) == []


def _workers(tasks: Path) -> list[str]:
    """Return the processes that the threads of a process started."""
    return [pid for task in tasks.iterdir() for pid in (task / "children").read_text().split()]
