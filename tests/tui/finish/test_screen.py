"""Finish: what is missing, the narrative, the report, the commit."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from assess.i18n import Lang
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run import plumbing as git
from assess.tui.finish import report_job
from assess.tui.finish.content import FinishContent
from assess.tui.finish.screen import FinishScreen
from assess.workspace.core.report_request import ReportRequest
from tui.driver import Driver, driving
from tui.full_workspace import driving_full_workspace, full_workspace
from tui.sample import NOW, OTHER, SHEET, make_workspace


async def go(driver: Driver, words: str) -> None:
    """Put the cursor on the row with these words."""
    for _row in range(30):
        if any(line.startswith("> ") and words in line for line in driver.screen.splitlines()):
            return
        await driver.press("down")
    pytest.fail(f"no row {words}\n{driver.screen}")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            [
                "9 unanswered",
                "1 without the reason",
                "1 finding without remediation",
                "4 facts of the profile are not given",
                "3 sheets do not say who fills in",
            ],
        ),
        ("zh", ["9 项未填", "1 项未写理由", "4 项基本情况未填", "3 份答卷未写明"]),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_shows_what_is_missing(
    tmp_path: Path, lang: Lang, words: list[str], size: tuple[int, int]
) -> None:
    """Each kind of gap has a row with its count, the pressing ones first."""
    async with driving_full_workspace(tmp_path / "w", ">", lang, size=size) as driver:
        for word in words:
            assert word in driver.screen


async def test_a_row_leads_to_its_item(tmp_path: Path) -> None:
    """It opens the walk at the first of its items; what was mended is gone on return."""
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await go(driver, "without the reason")
        await driver.press("enter")
        assert "KND-02" in driver.screen
        await driver.press("a", *"没有安排", "ctrl+s")
        assert "1 without the reason" not in driver.screen
        await driver.press("pageup", "1")
        assert "only: unanswered 1/9" in driver.head
        await driver.press("q", "n")
        assert "KND-03" in driver.screen


async def test_facts_lead_to_the_profile(tmp_path: Path) -> None:
    """What was not said of unit and systems is named, and Enter goes where it is said."""
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await go(driver, "4 facts of the profile are not given")
        assert "政务门户: How many users?" in driver.screen
        await driver.press("enter")
        assert "Facts about 政务门户" in driver.screen


@pytest.mark.parametrize("row", ["on facts that are not given", "1 fact of the profile"])
async def test_a_missing_grade_leads_to_the_form_of_the_system(tmp_path: Path, row: str) -> None:
    """What a condition lacks is named, though no checklist asks for it; Enter opens its form."""
    workspace = full_workspace(tmp_path / "w", "en")
    path = tmp_path / "w" / "assess.yaml"
    given = 'exposure: internet, profile: {users: 5, started: "2020-01-01", size: big}'
    path.write_text(path.read_text("utf-8").replace("exposure: internet", given), "utf-8")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        assert "facts not given (1): 政务门户: grade of the system" in driver.screen
        await driver.press("p")
        await go(driver, row)
        await driver.press("enter")
        assert "Grade S (business information)" in driver.screen
        await driver.press("tab", *"33", "ctrl+s", "q")
        assert "on facts that are not given" not in driver.screen


async def test_next_goes_to_a_missing_reason_too(tmp_path: Path) -> None:
    """`n` calls nothing answered while an item is said not to apply and not why."""
    workspace = make_workspace(tmp_path / "w", "en")
    for name in (SHEET, OTHER):
        items = workspace.open_sheet(name, "2026").checklist.items()
        out = {key: {"status": "not_applicable", "note": "none"} for key in items}
        if name == OTHER:
            out["PLN-01"].pop("note")
        workspace.open_sheet(name, "2026").write_answers(out, by=None, now=NOW, lang="en")
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("p", "n")
        assert driver.item == "PLN-01"
        await driver.press("a", *"none", "ctrl+s", "q", "n")
        assert "everything is answered" in driver.foot


async def test_people_are_named_where_none_are(tmp_path: Path) -> None:
    """The only one with a role is proposed; every sheet gets whom it lacks."""
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await go(driver, "3 sheets")
        await driver.press("enter", "ctrl+s")
        people = driver.workspace.open_sheet(OTHER, "2026").sheet.people
        assert (people.filler, people.reviewer, people.leader) == ("wang-min", "li-jian", None)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "kinds: fills in, reviews, signs"), ("zh", "kinds：填报、审核、签字")],
)
async def test_who_is_not_named_is_listed(tmp_path: Path, lang: Lang, words: str) -> None:
    """A sheet with the roles that nobody has in it, between them the sign of the language."""
    async with driving_full_workspace(tmp_path / "w", "p", lang) as driver:
        await go(driver, {"en": "3 sheets", "zh": "3 份答卷"}[lang])
        assert words in driver.screen


async def test_the_narratives_own_words(tmp_path: Path) -> None:
    """Several paragraphs are written and shown; what is half written stays a draft."""
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await go(driver, "How the work")
        await driver.press("enter", *"成立小组", "enter", *"逐项核对", "ctrl+s")
        assert driver.workspace.read_config().rounds["2026"].narrative.work == "成立小组\n逐项核对"
        assert "9 characters" in driver.screen
        await go(driver, "Suggestions")
        await driver.press("enter", *"一是", "escape", "enter")
        assert "(draft)" in driver.screen
        await driver.press("ctrl+s")
        assert driver.workspace.read_config().rounds["2026"].narrative.suggestions == "一是"


async def test_a_commit_with_its_text(tmp_path: Path) -> None:
    """The text says what changed and can be changed from its first line on."""
    async with driving_full_workspace(tmp_path / "w", "p", repository=True) as driver:
        await go(driver, "Save a version")
        await driver.press("3")
        assert "everything is in a version" in driver.foot
        await driver.press("q", "enter", "a", "x", "ctrl+s", "q", "p", "ctrl+s")
        assert "Save a version as 王敏: 1 file" in driver.screen
        await driver.press(*"mine: ", "ctrl+s")
        assert "version saved: " in driver.foot
        assert "the reviewer presses r" in driver.foot
        subject = git.run_git(driver.workspace.root, ["log", "-1", "--format=%s"]).stdout.decode()
        assert subject.startswith("mine: ")
        assert driver.workspace.list_uncommitted_report_inputs() == []
        await go(driver, "everything is in a version")


async def test_a_commit_after_the_review_does_not_ask_for_it(tmp_path: Path) -> None:
    """Where no answer waits, the message names no reviewer."""
    workspace = make_workspace(tmp_path / "w", "en")
    make_and_trust_missing_repository(workspace.root)
    async with driving(tmp_path / "w", start=None, workspace=workspace) as driver:
        await driver.press("p", "3", "ctrl+s")
        assert "version saved: " in driver.foot
        assert "reviewer" not in driver.foot


async def test_whoever_acts_is_the_author(tmp_path: Path) -> None:
    """On a shared account a commit bears the name that the screen shows, not that of git's user."""
    async with driving_full_workspace(tmp_path / "w", "p", repository=True) as driver:
        await driver.press("q", "enter", "a", "x", "ctrl+s", "q", "w", *"李健", "enter")
        assert "李健" in driver.head
        await driver.press("p", "ctrl+s")
        assert "Save a version as 李健: 1 file" in driver.screen
        await driver.press("ctrl+s")
        assert "version saved: " in driver.foot
        log = git.run_git(
            driver.workspace.root, ["log", "-1", "--format=%an <%ae>"]
        ).stdout.decode()
        assert log.strip() == "李健 <li-jian@qingxi-data.invalid>"


async def test_who_commits_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git does not know its user, what assess.yaml says of who acts is proposed."""
    async with driving_full_workspace(tmp_path / "w", "p", repository=True) as driver:
        await driver.press("q", "enter", "a", "x", "ctrl+s", "q")
        for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME"):
            monkeypatch.delenv(name)
        monkeypatch.delenv("GIT_COMMITTER_EMAIL")
        await driver.press("p", "ctrl+s")
        assert "wang.min@qingxi.example" in driver.screen
        await driver.press("ctrl+s")
        assert "version saved: " in driver.foot


async def test_who_has_no_address_commits_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offline there is no e-mail: one made of the id stands there, and is taken if emptied."""
    async with driving_full_workspace(tmp_path / "w", "p", repository=True) as driver:
        path = driver.workspace.root / "assess.yaml"
        path.write_text(path.read_text("utf-8").replace(", emails: [wang.min@qingxi.example]", ""))
        await driver.press("q", "enter", "a", "x", "ctrl+s", "q")
        for role in ("AUTHOR", "COMMITTER"):
            monkeypatch.delenv(f"GIT_{role}_NAME")
            monkeypatch.delenv(f"GIT_{role}_EMAIL")
        await driver.press("p", "ctrl+s")
        assert "wang-min@qingxi-data.invalid" in driver.screen
        await driver.press("tab", "tab", *["backspace"] * 30, "ctrl+s")
        assert "version saved: " in driver.foot
        config = (driver.workspace.root / ".git" / "config").read_text("utf-8")
        assert "email = wang-min@qingxi-data.invalid" in config


async def test_without_a_repository_it_says_so(tmp_path: Path) -> None:
    """Nothing can be committed; everything else works."""
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await driver.press("ctrl+s")
        assert "git" in driver.foot
        await driver.press("4")
        assert "no report was made here yet" in driver.foot


def pretend(monkeypatch: pytest.MonkeyPatch, program: str) -> list[ReportRequest]:
    """Let a Python program take the place of the command that makes reports."""
    wanted: list[ReportRequest] = []

    def command(request: ReportRequest) -> Sequence[str]:
        wanted.append(request)
        return [sys.executable, "-c", program]

    monkeypatch.setattr(report_job, "build_report_command", command)
    return wanted


MADE = """
import json, sys
for page in range(3):
    print(json.dumps({"step": "layout", "page": page}), file=sys.stderr, flush=True)
made = {"path": "/w/round.pdf", "pages": 3, "draft": ["no review"], "attachments": "inputs"}
print(json.dumps(made))
"""
ENDLESS = """
import json, sys, time
print(json.dumps({"step": "layout", "page": 7}), file=sys.stderr, flush=True)
time.sleep(60)
"""


async def test_the_report_of_one_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row names the key; what is asked, where it is, and why it is a draft, is said."""
    wanted = pretend(monkeypatch, MADE)
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        [row] = [line for line in driver.screen.splitlines() if "Make the PDF" in line]
        named = row.split()[-1]
        await driver.press(named, "1", "tab", "2", "ctrl+s")
        [request] = wanted
        assert [str(name) for name in request.sheets] == ["kinds"]
        assert (request.template, request.lang) == ("full", "en")
        assert (
            "draft, reasons above: /w/round.pdf, o shows it; all answers and notes are inside"
            in driver.foot
        )
        assert "/w/round.pdf (3 pages)" in driver.screen
        assert "no review" in driver.screen


async def test_a_report_that_fails_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command's own words are shown."""
    pretend(monkeypatch, "import sys; print('error: no font', file=sys.stderr); sys.exit(3)")
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await driver.press("2", "ctrl+s")
        assert "The report could not be made" in driver.screen
        assert "error: no font" in driver.screen
        await driver.press("escape", "2")
        assert "Make the report" in driver.screen


async def test_a_report_is_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its progress is seen; Esc ends it, and the screen goes on."""
    pretend(monkeypatch, ENDLESS)
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await driver.press("2")
        driver.app.simulate_key("ctrl+s")
        for _try in range(400):
            await driver.pilot.pause(0.01)
            if "page 7" in driver.screen:
                break
        assert "laying out  page 7  Esc cancels" in driver.screen
        assert "##" in driver.screen
        driver.app.simulate_key("escape")
        await driver.settle()
        assert "cancelled; nothing was written" in driver.foot


async def test_leaving_ends_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that is being made does not outlive the program."""
    pretend(monkeypatch, ENDLESS)
    async with driving_full_workspace(tmp_path / "w", "p") as driver:
        await driver.press("2")
        driver.app.simulate_key("ctrl+s")
        for _try in range(400):
            await driver.pilot.pause(0.01)
            if "page 7" in driver.screen:
                break
        screen = driver.app.screen
        assert isinstance(screen, FinishScreen)
        assert isinstance(screen.content, FinishContent)
        rendering = screen.content.report.rendering
        assert rendering is not None
        process = rendering._process
        assert process is not None
        driver.app.simulate_key("ctrl+q")
        await driver.pilot.pause()
    assert await asyncio.to_thread(process.wait, 5) != 0


def test_the_command_imports_nothing_from_the_workspace() -> None:
    """`-P` is there, and this package comes first: a workspace's own click.py is not run."""
    wanted = ReportRequest("2026", (OTHER,), "full", "zh")
    words = report_job.build_report_command(wanted)
    assert words[1:4] == ["-P", "-m", "assess"]
    assert "plain" in words
    python_path = report_job.build_report_environment({"PYTHONPATH": "/else"}, "zh")["PYTHONPATH"]
    assert python_path.split(":")[0].endswith("src")


async def test_the_documents_are_named_in_chinese(tmp_path: Path) -> None:
    """All of them are seen at 80 columns, by what they are and not by their folders."""
    async with driving_full_workspace(tmp_path / "w", "p", "zh") as driver:
        await driver.press("2")
        for name in ("自查报告", "情况报告", "整改台账", "整改通知书", "对比报告", "空白表"):
            assert name in driver.screen
