"""What a report is made from, read from real workspaces; the whole way to the bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from assess.errors import ChangedOnDiskError, FilesError, UnknownIdError
from assess.i18n import LANGS, Lang
from assess.report.content.attachments import read_attachments
from assess.report.content.draft_reasons import find_draft_reasons
from assess.report.content.inputs import ReportInputs, gather_inputs
from assess.report.render.job import RenderJob
from assess.report.render.produce import make_render_job, produce_report
from assess.workspace import SheetName, Workspace
from assess.workspace.core.report_request import ReportRequest
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from report import read_pdf
from samples import Samples

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
SHEET = SheetName("egov-network")
ENVIRON = {
    "GIT_AUTHOR_NAME": "w",
    "GIT_AUTHOR_EMAIL": "w@example.invalid",
    "GIT_COMMITTER_NAME": "w",
    "GIT_COMMITTER_EMAIL": "w@example.invalid",
    "GIT_AUTHOR_DATE": "2026-06-30T20:00:00+00:00",
    "GIT_COMMITTER_DATE": "2026-06-30T20:00:00+00:00",
}


@pytest.fixture
def workspace(tmp_path: Path, samples: Samples) -> Workspace:
    """Return a committed workspace with three answers."""
    return samples.copy(with_three_answers, tmp_path / "w")


def with_three_answers(root: Path) -> Workspace:
    """Make that workspace."""
    made = make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        language="zh",
        today=date(2026, 6, 1),
        lang="en",
        environ=ENVIRON,
    )
    desk = made.open_sheet(SHEET, "2026")
    statuses = {"EGN-ACC-01": "met", "EGN-ACC-02": "unmet", "EGN-ACC-03": "not_applicable"}
    answers = {
        key: {"status": value, "note": "说明"}
        for key, value in statuses.items()
        if desk.checklist.items()[key].__struct_config__.tag == "conformity"
        or value == "not_applicable"
    }
    desk.write_answers(answers, by=None, now=NOW, lang="zh")
    commit_all_files(made, "answers", ENVIRON)
    return made


def gathered(workspace: Workspace, day: date | None = None, lang: Lang = "zh") -> ReportInputs:
    """Return the inputs of the only sheet, on a machine whose clock says 2027."""
    today = date(2027, 1, 1)
    return gather_inputs(workspace, ReportRequest("2026", (SHEET,), "full", lang, day=day), today)


def test_the_day_is_that_of_the_commit_in_china(workspace: Workspace) -> None:
    """20:00 UTC on 30 June is 1 July in China; --date goes before it, and today comes last."""
    inputs = gathered(workspace)
    assert inputs.today == date(2026, 7, 1)
    assert inputs.provenance.commit
    assert find_draft_reasons(inputs) == ["unanswered"]
    given = gathered(workspace, date(2026, 8, 5))
    assert (given.today, given.usual_day) == (date(2026, 8, 5), date(2026, 7, 1))
    assert given.provenance.digest != inputs.provenance.digest
    (workspace.root / "assess.yaml").write_text(
        (workspace.root / "assess.yaml").read_text("utf-8") + "# changed\n", "utf-8"
    )
    changed = gathered(workspace)
    assert changed.today == date(2027, 1, 1)
    assert "uncommitted" in find_draft_reasons(changed)


def test_an_unknown_round_is_named(workspace: Workspace) -> None:
    """A round that is not there is refused with the nearest ones."""
    with pytest.raises(UnknownIdError) as refused:
        gather_inputs(workspace, ReportRequest("2025", (), "full", "zh"), NOW.date())
    assert "2026" in refused.value.hint


@pytest.mark.parametrize(
    ("file", "before"),
    [
        ("answers/2026/egov-network.yaml", "  EGN-ACC-02:\n"),
        ("assess.yaml", "organization:\n"),
        ("checklists/egov-network.yaml", "scoring:\n"),
    ],
)
def test_a_standing_conflict_is_refused(workspace: Workspace, file: str, before: str) -> None:
    """While a conflict stands in what a report is made from, none is made; other files may."""
    path = workspace.root / file
    text = path.read_text("utf-8")
    inner = " " * (len(before) - len(before.lstrip()) + 2)
    row = f"{inner}conflict: [{{field: title, theirs: x}}]\n"
    path.write_text(text.replace(before, before + row, 1), "utf-8")
    with pytest.raises(FilesError) as refused:
        gathered(workspace)
    problem = refused.value.problems[0]
    assert (problem.file, problem.code) == (file, "conflict")
    assert path.read_text("utf-8").splitlines()[problem.line - 1].strip().startswith("conflict:")

    path.write_text(text, "utf-8")
    other = workspace.root / "answers" / "2025" / "egov-network.yaml"
    other.parent.mkdir()
    other.write_text("<<<<<<< ours\n", "utf-8")
    assert gathered(workspace).sheets


def test_a_file_that_changes_meanwhile_is_noticed(workspace: Workspace) -> None:
    """What is attached is what was assessed, or nothing is made."""
    inputs = gathered(workspace)
    files = read_attachments(workspace, inputs)
    assert [one.name for one in files] == [
        "answers-2026-egov-network.yaml",
        "assess.yaml",
        "checklists-egov-network.yaml",
        *(
            ["evidence-register.yaml"]
            if (workspace.root / "evidence/register.yaml").exists()
            else []
        ),
    ]
    with (workspace.root / "assess.yaml").open("a", encoding="utf-8") as changed:
        changed.write("# later\n")
    with pytest.raises(ChangedOnDiskError):
        read_attachments(workspace, inputs)


def test_the_whole_way(workspace: Workspace) -> None:
    """From the workspace to a PDF whose attachments are the files on disk, byte for byte."""
    made = produce_report(workspace, ReportRequest("2026", (SHEET,), "full", "zh"), NOW.date())
    document = read_pdf.opened(made.rendered.pdf)
    assert len(document.pages) == made.rendered.pages
    for path in ("answers/2026/egov-network.yaml", "checklists/egov-network.yaml", "assess.yaml"):
        attached = document.attachments[path.replace("/", "-")].get_file().read_bytes()
        assert attached == (workspace.root / path).read_bytes()
    assert str(made.inputs.provenance.commit) in read_pdf.squeezed(made.rendered.pdf)


def test_the_digest_follows_the_inputs(workspace: Workspace) -> None:
    """Another language is another report, and has another digest."""
    digests = {gathered(workspace, NOW.date(), lang).provenance.digest for lang in LANGS}
    assert len(digests) == 2


def test_same_commit_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    """Other process, hash seed, time zone, locale, folder: the same bytes."""
    clone = tmp_path / "elsewhere" / "clone"
    subprocess.run(
        ["git", "clone", "-q", str(workspace.root), str(clone)], check=True, capture_output=True
    )
    found = []
    for number, (folder, extra) in enumerate(
        (
            (workspace.root, {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}),
            (clone / "answers", {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}),
        )
    ):
        target = tmp_path / f"{number}.pdf"
        subprocess.run(
            [sys.executable, "-m", "assess", "report", "-o", str(target)],
            cwd=folder,
            env=os.environ | extra,
            check=True,
            capture_output=True,
        )
        found.append(target.read_bytes())
    assert found[0] == found[1]


def test_a_job_crosses_the_pipe_unchanged(workspace: Workspace) -> None:
    """What the child decodes is what the parent encoded."""
    inputs = gathered(workspace)
    job = make_render_job(inputs, (), ("/t",), "en")
    sent = msgspec.json.encode(job)
    received = msgspec.json.decode(sent, type=RenderJob)
    assert received.view == job.view
    assert msgspec.json.encode(received) == sent
