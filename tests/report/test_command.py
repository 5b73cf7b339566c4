"""`assess report` as a user runs it."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assess.cli.common.assessment_json import assessment_for_json
from assess.cli.common.exit_codes import ExitCode
from assess.workspace import SheetName, Workspace
from examples import some_always
from report import read_pdf
from report.content.test_inputs import ENVIRON
from report.in_process import run_in_process

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def run(workspace: Workspace, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `assess report` in the workspace, in English."""
    return run_in_process(workspace.root, ENVIRON | extra, "report", *words)


def test_the_whole_round(workspace: Workspace) -> None:
    """Without a checklist: one report of the round, its path, pages and scores on stdout."""
    done = run(workspace)
    assert done.returncode == 0, done.stderr
    path, pages, *scores = done.stdout.splitlines()
    assert path == str(workspace.root / "reports/2026/round-full-zh.pdf")
    document = Path(path).read_bytes()
    assert pages == f"pages: {len(read_pdf.opened(document).pages)}"
    assert [one.split(":")[0] for one in scores] == ["workforce", "supply-chain"]
    assert all("score unanswered, no score" in one for one in scores)
    assert "unanswered items" in done.stderr
    assert "formal" not in done.stderr
    assert "示例市青溪区数据局" in read_pdf.squeezed(document)


def test_a_signature_without_a_name_is_told(workspace: Workspace) -> None:
    """With the command that registers a person; of several, with what names one of them."""
    for person in ("zhao", "qian"):
        workspace.add_person(person, person, ["leader"])
    workspace.add_person("li", "李健", ["reviewer"])
    done = run(workspace, "--template", "brief", "--format", "html")
    assert done.returncode == 0, done.stderr
    assert "at the signature “Filled in by”\n  assess person add ID" in done.stderr
    assert "“Leader in charge”: several have the role (zhao, qian)" in done.stderr
    assert "people: {leader: zhao} in answers/2026/workforce.yaml" in done.stderr
    assert "“Reviewed by”" not in done.stderr
    done = run(workspace, "--template", "brief", "--format", "html", "--json")
    assert json.loads(done.stdout)["unnamed_signatures"] == ["filler", "leader"]
    assert "signature" not in run(workspace, "--format", "csv").stderr


def test_one_sheet_in_english(workspace: Workspace, tmp_path: Path) -> None:
    """A checklist, a language, a date and a file by name."""
    target = tmp_path / "out" / "x.pdf"
    done = run(workspace, "workforce", "--lang", "en", "--date", "2026-05-05", "-o", str(target))
    assert done.returncode == 0, done.stderr
    text = read_pdf.squeezed(target.read_bytes())
    assert "5May2026" in text
    assert "checklists/workforce.yaml" in text
    assert "checklists/supply-chain.yaml" not in text


def test_json_and_pdf_and_status_agree(workspace: Workspace) -> None:
    """The same figures in `report --json`, in `status` and in the PDF."""
    desk = workspace.open_sheet(SheetName("workforce"), "2026")
    keys = [
        k for k, one in desk.checklist.items().items() if one.__struct_config__.tag == "conformity"
    ]
    answers: dict[str, dict[str, Any]] = {key: {"status": "met", "note": "n"} for key in keys[:5]}
    answers[keys[0]]["status"] = "unmet"
    now = datetime(2026, 6, 1, tzinfo=UTC)
    desk = desk.write_answers(answers, by=None, now=now, lang="zh")
    done = run(workspace, "workforce", "--json", "--commit")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    plain = assessment_for_json(desk.name, desk.assess_on(date.fromisoformat(said["date"])))
    assert said["sheets"] == [json.loads(json.dumps(plain))]
    assert said["commit"]
    assert workspace.list_uncommitted_report_inputs() == []
    text = read_pdf.squeezed(Path(said["path"]).read_bytes())
    assert said["sheets"][0]["score"]["value"] in text
    assert said["commit"] in text


@pytest.mark.parametrize(
    "form",
    some_always((("json",), ("csv",), ("md",), ("pdf",), ("xlsx",)), ("md",), ("pdf",)),
)
def test_standard_output(workspace: Workspace, form: str) -> None:
    """`-o -` writes the same bytes into a pipe, tells the rest on stderr, and writes no file."""
    words = [sys.executable, "-m", "assess", "report", "--format", form, "--date", "2026-05-05"]
    words += ["--template", "ledger" if form in {"csv", "xlsx"} else "summary"]
    environ = os.environ | ENVIRON | {"ASSESS_LANG": "en"}
    before = sorted(workspace.root.rglob("*"))
    done = subprocess.run(
        [*words, "-o", "-"], cwd=workspace.root, env=environ, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b"score" in done.stderr
    assert {path for path in workspace.root.rglob("*") if path.name == "-"} == set()
    assert [path for path in sorted(workspace.root.rglob("*")) if ".git" not in path.parts] == [
        path for path in before if ".git" not in path.parts
    ]
    written = subprocess.run(
        [*words, "-o", "x"], cwd=workspace.root, env=environ, capture_output=True, check=False
    )
    assert written.returncode == 0, written.stderr
    assert (workspace.root / "x").read_bytes() == done.stdout


def test_standard_output_that_is_a_terminal(workspace: Workspace) -> None:
    """Text is shown, made harmless; nothing else is, and the refusal says how to go on."""
    outs = []
    for form in ("pdf", "md"):
        leader, follower = pty.openpty()
        words = [sys.executable, "-m", "assess", "report", "--format", form, "-o", "-"]
        with subprocess.Popen(
            words,
            cwd=workspace.root,
            env=os.environ | ENVIRON | {"ASSESS_LANG": "en"},
            stdout=follower,
            stderr=subprocess.PIPE,
        ) as process:
            os.close(follower)
            shown = b""
            with contextlib.suppress(OSError):  # the end of a terminal
                while data := os.read(leader, 65536):
                    shown += data
            assert process.stderr is not None
            outs.append((shown.decode("utf-8"), process.stderr.read().decode("utf-8")))
        os.close(leader)
    assert outs[0][0] == ""
    assert "assess report --format pdf -o - > FILE" in outs[0][1]
    assert "# " in outs[1][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "/dev/stdout"), "assess report -o -"),
        (("-o", "-", "--json"), "--json -o -"),
        (("-o", "-", "--watch"), "--watch -o -"),
        (("-o", "-", "--all"), "--all --output"),
    ],
)
def test_what_does_not_go_with_standard_output(
    workspace: Workspace, words: tuple[str, ...], said: str
) -> None:
    """It is refused before anything is made; a device is told by the name to use."""
    done = run(workspace, "--format", "json", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_uncommitted_answers_make_a_draft(workspace: Workspace) -> None:
    """Uncommitted, and not on a terminal: nothing is committed, the draft says which files."""
    with (workspace.root / "assess.yaml").open("a", encoding="utf-8") as file:
        file.write("# later\n")
    done = run(workspace, "workforce", "--template", "summary", "--json")
    said = json.loads(done.stdout)
    assert said["commit"] is None
    assert any("assess.yaml" in reason for reason in said["draft"])
    assert workspace.list_uncommitted_report_inputs() == ["assess.yaml"]


def test_progress_as_json(workspace: Workspace) -> None:
    """With `--progress json`, stderr has a line a step, for a program that watches."""
    done = run(workspace, "workforce", "--template", "summary", "--progress", "json")
    lines = [json.loads(one) for one in done.stderr.splitlines() if one.startswith("{")]
    assert lines[0] == {"step": "template", "page": 0}
    assert lines[-1]["step"] == "write"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["workforc"], 2, "Did you mean workforce?"),
        (["--round", "2025"], 2, "Did you mean 2026?"),
        (["--system", "portal"], 2, "portal"),
        (["--date", "2026-02-30"], 2, "2026-02-30"),
        (["--template", "ful"], 2, "full"),
        (["--template", "summary", "-o", "/proc/none/x.pdf"], 3, "/proc/none"),
        (["--all", "-o", "x.pdf"], 2, "--all"),
        (["--all", "--watch"], 2, "--all"),
        (["--jobs", "2"], 2, "--all"),
        (["--format", "csv", "--template", "full"], 2, "--template ledger"),
        (["--against", "2026"], 2, "itself"),
        (["--against", "nowhere"], 2, "nowhere"),
    ],
)
def test_wrong_words(workspace: Workspace, words: list[str], code: int, said: str) -> None:
    """Each mistake is named, with what there is, and leaves no file."""
    done = run(workspace, *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list((workspace.root / "reports").rglob("*.pdf")) == []


@pytest.mark.parametrize(
    ("form", "begin"),
    [("md", b"#"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"{"), ("docx", b"PK")],
)
def test_other_forms(workspace: Workspace, form: str, begin: bytes) -> None:
    """Each form is written under its own ending; without pages, none are named."""
    template = "ledger" if form in {"csv", "xlsx"} else "summary"
    done = run(workspace, "--format", form, "--template", template)
    assert done.returncode == 0, done.stderr
    path, *scores = done.stdout.splitlines()
    assert path == str(workspace.root / f"reports/2026/round-{template}-zh.{form}")
    assert begin in Path(path).read_bytes()[:400]
    assert [one.split(":")[0] for one in scores] == ["workforce", "supply-chain"]


def test_all_of_a_round(workspace: Workspace) -> None:
    """A path a report on stdout, each sheet in each language; as JSON with pages too."""
    done = run(workspace, "--all", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 4
    assert all(Path(one).exists() for one in done.stdout.splitlines())
    plain = run(workspace, "--all", "--lang", "en", "--format", "csv", "--jobs", "1", "--json")
    said = json.loads(plain.stdout)
    assert [one["sheet"] for one in said] == ["workforce", "supply-chain"]
    assert {one["lang"] for one in said} == {"en"}


def test_a_signed_report_is_never_replaced(workspace: Workspace) -> None:
    """Neither by `-o` nor by `--all`, which makes the others; the file is named before the work."""
    signed = workspace.root / "reports/2026/workforce-full-zh.md"
    signed.parent.mkdir(parents=True)
    signed.write_bytes(b"%PDF-1.7 signed")
    one = run(workspace, "workforce", "-o", str(signed))
    assert (one.returncode, one.stdout) == (2, "")
    assert str(signed) in one.stderr
    table = signed.with_name("workforce-ledger-zh.csv")
    signed.rename(table)
    every = run(workspace, "--all", "--lang", "zh", "--format", "csv")
    assert every.returncode == 1
    assert every.stdout.splitlines() == [str(table.with_name("supply-chain-ledger-zh.csv"))]
    assert str(table) in every.stderr
    assert table.read_bytes() == b"%PDF-1.7 signed"


@pytest.mark.usefixtures("child_process")
def test_all_but_one(workspace: Workspace) -> None:
    """What fails is named on stderr, the exit code says that something did."""
    done = run(workspace, "--all", "--lang", "zh", "--template", "no-such")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("no-such") >= 2


def test_watching(workspace: Workspace) -> None:
    """Rendered at once, and again when a template is saved; a mistake is told, not the end."""
    folder = workspace.root / "templates" / "mine"
    folder.mkdir(parents=True)
    page = folder / "main.html"
    page.write_text("<html lang=en><title>t</title><p>one")
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "assess", "report", "--watch", "--template", "mine"],
        cwd=workspace.root,
        env=os.environ | ENVIRON | {"ASSESS_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as started:
        assert started.stdout is not None
        assert "pages: 1" in started.stdout.readline()
        page.write_text("<html lang=en><title>t</title><p>{{ nothing }}")
        assert "mine/main.html:1" in started.stdout.readline()
        page.write_text("<html lang=en><title>t</title><p>two")
        line = started.stdout.readline()
        started.send_signal(signal.SIGINT)
        try:
            assert started.wait(timeout=60) == ExitCode.INTERRUPTED
        finally:
            started.kill()
    assert "pages: 1" in line
    assert "two" in read_pdf.text(Path(line.split(",")[0]).read_bytes())


def test_ctrl_c_leaves_nothing_behind(workspace: Workspace, tmp_path: Path) -> None:
    """Interrupted while it renders: exit code 130, no child, no temporary file, no half PDF."""
    folder = workspace.root / "templates" / "full"
    folder.mkdir(parents=True)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    (folder / "main.html").write_text(loop)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    started = subprocess.Popen(
        [sys.executable, "-m", "assess", "report", "--progress", "json"],
        cwd=workspace.root,
        env=os.environ | {"TMPDIR": str(scratch)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert started.stderr is not None
    assert "template" in started.stderr.readline()
    (left,) = scratch.iterdir()
    started.send_signal(signal.SIGINT)
    try:
        started.communicate(timeout=60)
    finally:
        started.kill()
    assert started.returncode == ExitCode.INTERRUPTED
    assert not left.exists()
    assert list((workspace.root / "reports").rglob("*")) == []
    time.sleep(0.1)
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(left) not in running.stdout


REGISTER = """\
format: assess/evidence/1
evidence:
  ev-1a2b3c4d:
    title: 截图
    file: {path: 2026/shot.png, sha256: "%s", size: 9}
    effective: "2026-05-01"
"""


def test_broken_pictures_are_told_of(workspace: Workspace) -> None:
    """Evidence that should be a picture and is none: named on stderr, the report is made."""
    (workspace.root / "evidence" / "2026").mkdir(parents=True)
    (workspace.root / "evidence/2026/shot.png").write_bytes(b"no image\n")
    (workspace.root / "evidence/register.yaml").write_text(REGISTER % ("0" * 64), "utf-8")
    desk = workspace.open_sheet(SheetName("workforce"), "2026")
    first = next(iter(desk.checklist.items()))
    desk.write_answers({first: {"evidence": {"ev-1a2b3c4d": "other"}}}, by=None, now=NOW, lang="zh")
    done = run(workspace, "workforce")
    assert done.returncode == 0, done.stderr
    assert "pictures of evidence that can't be shown: 1 (ev-1a2b3c4d)" in done.stderr
