"""`assess finding`: findings of others are entered, changed, closed, opened again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from assess.cli.common import finding_options
from assess.model.answer import REMEDIATION_STATES
from assess.model.outside_finding import OUTSIDE_SOURCES
from assess.workspace import Workspace
from cli.conftest import Assess, EnterCopy
from tui.full_workspace import full_workspace

NOTICE = ("弱口令 3 个", "--source", "通报", "--number", "青网安通〔2026〕12号")


def english(root: Path) -> Workspace:
    """Make the workspace in a repository."""
    return full_workspace(root, "en", repository=True)


@pytest.fixture
def root(enter_copy: EnterCopy) -> Path:
    """The current folder is a copy of it."""
    return enter_copy(english)


def stored(root: Path) -> dict[str, Any]:
    """Return the findings on disk."""
    loaded: dict[str, Any] = yaml.safe_load((root / "findings.yaml").read_text("utf-8"))
    return dict(loaded["findings"])


def add(assess: Assess, *words: str) -> str:
    """Enter a finding, and return its id."""
    ran = assess("finding", "add", *words, "--as", "wang-min", "--json")
    assert ran.code == 0, ran.err
    return str(json.loads(ran.out)[0]["id"])


def test_the_next_step_is_what_is_missing(root: Path, assess: Assess) -> None:
    """An action that was entered is not asked for again."""
    assert "--action" in assess("finding", "add", *NOTICE).out
    assert "--action" not in assess("finding", "add", *NOTICE, "--action", "升级").out


def test_a_finding_is_entered_and_listed(root: Path, assess: Assess) -> None:
    """With all that the document says; the item's checklist and who entered it are added."""
    key = add(
        assess, *NOTICE, "--date", "2026-03-01", "--due", "2026-04-30", "--item", "KND-01",
        "--risk", "高", "--budget", "是", "--people", "两人",
    )  # fmt: skip
    row = stored(root)[key]
    assert (root / "findings.yaml").read_text("utf-8").startswith("format: assess/findings/1\n")
    assert (row["source"], row["risk"], row["checklist"]) == ("notice", "high", "kinds")
    assert (row["date"], row["due"], row["by"]) == ("2026-03-01", "2026-04-30", "wang-min")
    assert row["remediation"] == {"budget": "yes", "people": "两人"}
    line = assess("finding", "list").out
    assert (
        f"{key}\tcircular 青网安通〔2026〕12号\t-\tKND-01\thigh\t2026-04-30\t214 days late" in line
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("x", "--source", "notic"), "Did you mean notice?"),
        (("x", "--source", "scan", "--system", "portl"), "portal"),
        (("x", "--source", "scan", "--item", "KND-O1"), "KND-01"),
        (("x", "--source", "scan", "--checklist", "kinds"), "--item"),
        (("x", "--source", "scan", "--evidence", "ev-0"), "no row"),
        (("x", "--source", "scan", "--due", "soon"), "not a date"),
        ((" \u200b", "--source", "scan"), "say what was found"),
        (("长" * 5001, "--source", "scan"), "5000 are the most"),
    ],
)
def test_faults_are_told_and_nothing_is_written(
    root: Path, assess: Assess, words: tuple[str, ...], told: str
) -> None:
    """A mistyped word is answered with the nearest one."""
    ran = assess("finding", "add", *words)
    assert ran.code != 0
    assert told in ran.err
    assert not (root / "findings.yaml").exists()


def test_it_is_changed_closed_and_opened_again(root: Path, assess: Assess) -> None:
    """The plan stays; the closing has its day, its proof and its round."""
    key = add(assess, *NOTICE, "--date", "2026-03-01", "--due", "2026-04-30")
    assert assess("finding", "edit", key, "--action", "改口令", "--state", "done").code == 0
    assert stored(root)[key]["remediation"]["done_on"] == "2026-11-30"
    assert assess("finding", "close", key, "--proof", "复函", "--on", "2026-12-01").code != 0
    assert assess("finding", "close", key, "--proof", "复函", "--on", "2026-02-01").code != 0
    assert assess("finding", "close", key, "--proof", "复函 5 号").code == 0
    closed = {"date": "2026-11-30", "proof": "复函 5 号", "round": "2026"}
    assert stored(root)[key]["closed"] == closed
    assert "reopen" in assess("finding", "close", key, "--proof", "x").err
    assert assess("finding", "list", "--open").out == ""
    assert assess("finding", "reopen", key, "--reason", "复测不合格").code == 0
    row = stored(root)[key]
    assert "closed" not in row
    plan = {"action": "改口令", "state": "in_progress", "reason": "复测不合格"}
    assert row["remediation"] == plan
    assert assess("finding", "edit", key, "--clear", "due", "--clear", "remediation").code == 0
    assert not {"due", "remediation"} & stored(root)[key].keys()


def test_a_state_sets_and_removes_its_days_and_persons(root: Path, assess: Assess) -> None:
    """What goes back to planned was never done, as on the board."""
    key = add(assess, *NOTICE, "--action", "改密码")
    for state, stamps in (
        ("done", {"done_on"}),
        ("verified", {"done_on", "verified_on", "verified_by"}),
        ("planned", set()),
        ("risk_accepted", {"accepted_by"}),
    ):
        assert assess("finding", "edit", key, "--state", state, "--as", "wang-min").code == 0
        assert set(stored(root)[key]["remediation"]) == {"action", "state", *stamps}


def test_no_result_and_no_score_is_touched(root: Path, assess: Assess) -> None:
    """Whatever others find: sheets and figures stay as they are."""
    changing = ("uncommitted", "overdue_of_others")

    def figures() -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(assess("status", "--json").out)
        return {name: value for name, value in plain.items() if name not in changing}

    before = figures()
    sheets = {path: path.read_bytes() for path in root.glob("answers/**/*.yaml")}
    add(assess, *NOTICE, "--item", "KND-01", "--risk", "high")
    assert figures() == before
    late = add(assess, "x", "--source", "scan", "--due", "2026-11-29")
    assert json.loads(assess("status", "--json").out)["overdue_of_others"] == [late]
    assert f"overdue: {late} vulnerability scan x, due 2026-11-29, 1 day late" in (
        assess("status").out
    )
    assert {path: path.read_bytes() for path in root.glob("answers/**/*.yaml")} == sheets


def test_control_characters_are_stored_as_escapes(root: Path, assess: Assess) -> None:
    """A terminal obeys nothing of what somebody typed, and a file with raw ones is refused."""
    key = add(assess, "弱\x1b[31m口令\n第二行", "--source", "scan")
    assert stored(root)[key]["text"] == "弱\\u001b[31m口令\n第二行"
    assert "\x1b" not in assess("finding", "list").out
    path = root / "findings.yaml"
    path.write_text(path.read_text("utf-8") + "  f-9:\n    source: sca\n    text: 9\n", "utf-8")
    ran = assess("lint")
    assert ran.code != 0
    assert "findings.yaml:" in ran.out + ran.err
    assert "scan" in ran.out + ran.err


def test_data_and_the_sanitised_copy_have_them(root: Path, assess: Assess, tmp_path: Path) -> None:
    """The data whole, or without words that may name somebody; so has the copy."""
    key = add(assess, *NOTICE, "--action", "张三改口令", "--owner", "张三", "--due", "2026-04-30")
    for words, has_words in (((), True), (("--sanitised",), False)):
        target = tmp_path / f"data{len(words)}.json"
        assert assess("export", "--data", *words, "-o", str(target)).code == 0
        (record,) = json.loads(target.read_text("utf-8"))["outside"]
        assert (record["id"], record["source"], record["days_late"]) == (key, "notice", 214)
        assert ("弱口令" in record["text"]) is has_words
        assert (record["measure"]["owner"] == "张三") is has_words
    copy = tmp_path / "copy"
    assert assess("export", "--sanitised", "-o", str(copy)).code == 0
    text = (copy / "findings.yaml").read_text("utf-8")
    assert key in text
    assert not any(word in text for word in ("张三", "弱口令", "青网安通"))


def test_a_commit_and_the_log_tell_them(root: Path, assess: Assess) -> None:
    """By source, without the words of the document."""
    key = add(assess, *NOTICE)
    ran = assess("commit")
    assert ran.code == 0
    assert f"{key} 通报：登记" in ran.out
    assert f"{key} circular 青网安通〔2026〕12号: entered" in assess("log").out


def test_a_report_names_the_file_among_its_inputs(root: Path, assess: Assess) -> None:
    """So its digest covers what the ledger says of others; without findings it has no such file."""
    words = ("report", "--format", "json", "--lang", "en", "-o", "-")
    before = json.loads(assess(*words).out)
    assert not any(row["path"] == "findings.yaml" for row in before["trust"]["inputs"])
    key = add(assess, *NOTICE)
    after = json.loads(assess(*words).out)
    assert any(row["path"] == "findings.yaml" for row in after["trust"]["inputs"])
    assert [row["finding_id"] for row in after["outside"]] == [key]
    assert before["digest"] != after["digest"]


def test_sources_and_states_of_options_are_those_of_the_model() -> None:
    """The options repeat them, so that --help does not read the model."""
    assert finding_options.SOURCES == OUTSIDE_SOURCES
    assert finding_options.STATES == REMEDIATION_STATES


def test_a_plan_that_is_extended_keeps_its_first_day(root: Path, assess: Assess) -> None:
    """Moved twice, the first day stays; moved back, it is taken out."""
    key = add(assess, *NOTICE, "--plan-due", "2026-06-30")
    for day in ("2026-08-31", "2026-10-31"):
        assert assess("finding", "edit", key, "--plan-due", day).code == 0
        plan = stored(root)[key]["remediation"]
        assert (f"{plan['due']}", f"{plan['first_due']}") == (day, "2026-06-30")
    assert assess("finding", "edit", key, "--plan-due", "2026-06-30").code == 0
    assert "first_due" not in stored(root)[key]["remediation"]
