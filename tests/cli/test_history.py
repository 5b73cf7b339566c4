"""log, diff, blame, commit, sync, round and export, used as a person uses them."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assess.cli import round as round_module
from assess.cli.common import commit_preparation, context
from assess.cli.common.exit_codes import ExitCode
from assess.workspace import Workspace

from .conftest import Assess, EnterCopy, initialized, run_in

ITEM = "EGN-BND-01"


def sh(folder: Path, *words: str) -> str:
    """Run plain git, as a person would."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def answered(enter_copy: EnterCopy) -> Path:
    """The current folder is a workspace with one committed answer."""
    return enter_copy(with_answers_of_sheet)


def with_answers_of_sheet(root: Path) -> Workspace:
    """Make that workspace."""
    made = initialized(root)
    run_in(root, f"answer {ITEM} unmet --note 末条", "commit")
    return made


def test_diff_commit_log(here: Path, assess: Assess) -> None:
    """What changed is shown, committed under a text that says it, and shown again."""
    assert assess("diff").err == "nothing changed\n"
    assess("answer", ITEM, "unmet", "--note", "末条")
    shown = assess("diff")
    assert f"  {ITEM} Deny by default  [finding opened, risk high]" in shown.out

    made = assess("commit")
    assert made.out.split()[0] == sh(here, "rev-parse", "HEAD")[:10]
    assert "电子政务网络安全检查表" in made.out
    assert "nothing to commit" in assess("commit").err
    log = assess("log")
    assert log.out.startswith(sh(here, "rev-parse", "HEAD")[:10])
    assert "      answer: nothing → not met" in log.out
    assert assess("log", "-n", "1", "--all").out.count("王敏") == 2


def test_an_answer_that_a_merge_left_out(answered: Path, assess: Assess) -> None:
    """The log names the commit that gave the answer, though the merge kept the other side."""
    sh(answered, "switch", "-q", "-c", "theirs")
    assess("answer", "EGN-ACC-01", "met")
    assess("commit")
    theirs = sh(answered, "rev-parse", "HEAD")[:10]
    sh(answered, "switch", "-q", "main")
    sh(answered, "merge", "-q", "-s", "ours", "-m", "keep ours", "theirs")

    assert "EGN-ACC-01" not in (answered / "answers/2026/egov-network.yaml").read_text("utf-8")
    for words in (("log",), ("log", "EGN-ACC-01")):
        assert theirs in assess(*words).out
    assert "keep ours" in assess("log").out


def test_diff_in_other_forms(answered: Path, assess: Assess) -> None:
    """Markdown for a merge request, JSON for a script; between any two commits."""
    told = assess("diff", "HEAD~1", "HEAD", "--format", "markdown").out
    assert told.startswith("### E-government network security")
    assert f"\n- {ITEM} Deny by default" in told

    row = json.loads(assess("diff", "HEAD~1", "HEAD", "--json").out)
    sheet = row["sheets"][0]
    assert sheet["findings"] == {"opened": [ITEM], "closed": []}
    assert sheet["score"] == {"before": None, "after": "0.0"}
    fields = {one["field"]: one for one in sheet["items"][0]["fields"]}
    assert fields["answer"] == {"field": "answer", "before": None, "after": {"status": "unmet"}}
    assert fields["note"]["after"] == "末条"
    assert row["settings"] == []


def test_settings_in_json(answered: Path, assess: Assess) -> None:
    """Values of assess.yaml and files come along; what has no title says so."""
    assess("person", "add", "li", "--name", "李健", "--role", "reviewer")
    (answered / "evidence" / "x.txt").write_text("x", "utf-8")
    sheet = answered / "answers" / "2026" / "egov-network.yaml"
    sheet.write_text(sheet.read_text("utf-8") + "  GONE-1:\n    value: [1.5, {a: b}]\n", "utf-8")
    row = json.loads(assess("diff", "--json").out)

    assert row["settings"][0]["path"] == ["people", "li"]
    assert row["settings"][0]["after"] == {"name": "李健", "roles": ["reviewer"]}
    assert row["files"] == [{"path": "evidence/x.txt", "change": "added"}]
    item = row["sheets"][0]["items"][0]
    assert item["title"] is None
    assert item["fields"][0]["after"] == {"value": ["1.5", {"a": "b"}]}


def test_log_of_an_item_and_of_sheets(answered: Path, assess: Assess) -> None:
    """Narrowed by item, checklist and round; in JSON and Markdown."""
    assert assess("log", ITEM).out.count(ITEM) == 1
    rows = json.loads(assess("log", "--round", "2026", "--json").out)
    assert [one["commit"] for one in rows] == [sh(answered, "rev-parse", "HEAD")]
    assert rows[0]["author"] == "王敏"
    told = assess("log", "--checklist", "egov-network", "--format", "markdown").out
    assert told.startswith("## ")
    assert "nothing is committed" in assess("log", "EGN-ACC-01").err
    wrong = assess("log", "EGN-BND-1")
    assert (wrong.code, ITEM in wrong.err) == (ExitCode.USAGE, True)


def test_log_while_the_settings_are_broken(answered: Path, assess: Assess) -> None:
    """History can be read when today's files can't; people are ids then."""
    (answered / "assess.yaml").write_text("format: x\n", "utf-8")
    assert assess("log").code == 0


def test_log_in_a_shallow_clone(
    answered: Path, assess: Assess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where history ends is said, with the command for more."""
    sh(tmp_path, "clone", "-q", "--depth", "1", f"file://{answered}", "clone")
    monkeypatch.chdir(tmp_path / "clone")
    assert "--unshallow" in assess("log").err
    assert assess("blame", ITEM).out.startswith("^")


def test_a_clock_that_runs_behind_is_told(
    answered: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status, commit and report say so before a report bears the wrong date."""
    assess("answer", ITEM, "partial", "--note", "x")
    behind = datetime(2001, 1, 1, 8, tzinfo=UTC)
    monkeypatch.setattr(context, "current_time", lambda: behind)
    for words in (("status",), ("commit",), ("report", "--format", "json", "-o", "r.json")):
        ran = assess(*words)
        assert "warning: this machine's clock says 2001-01-01 16:00" in ran.err, ran


def test_blame(answered: Path, assess: Assess) -> None:
    """A line a field; what is not committed says so; the rest as JSON."""
    assess("answer", ITEM, "unmet", "--note", "另一")
    lines = assess("blame", ITEM).out.splitlines()
    head = sh(answered, "rev-parse", "HEAD")

    assert lines[0].startswith(head[:10])
    assert lines[0].endswith("answer: not met")
    assert lines[1].startswith("not committed yet")
    rows = json.loads(assess("blame", ITEM, "--json").out)
    assert [(one["field"], one["commit"]) for one in rows] == [("answer", head), ("note", None)]


def test_commit_in_json_and_with_a_text(here: Path, assess: Assess) -> None:
    """For scripts."""
    assess("answer", ITEM, "unmet")
    row = json.loads(assess("commit", "-m", "mine", "--json").out)

    assert (row["message"], row["commit"]) == ("mine", sh(here, "rev-parse", "HEAD"))
    assert row["files"] == ["answers/2026/egov-network.yaml"]


def test_who_acts_is_the_author(here: Path, assess: Assess) -> None:
    """--as names the author where git's own identity is another; without it git's is."""
    assess("person", "add", "li-jian", "--name", "李健")
    assert assess("commit", "--as", "li-jian").code == 0
    assert sh(here, "log", "-1", "--format=%an <%ae>").startswith("李健 <li-jian@")
    assess("answer", ITEM, "unmet")
    assert assess("commit").code == 0
    assert not sh(here, "log", "-1", "--format=%an").startswith("李健")


def test_who_acts_is_the_author_of_what_sync_and_close_commit(
    answered: Path, assess: Assess, tmp_path: Path
) -> None:
    """A merge and the closing of a round are theirs whom --as names; git's user commits them."""
    assess("person", "add", "li-jian", "--name", "李健")
    assess("commit")
    assess("sync", str(tmp_path / "usb.git"))
    sh(tmp_path, "clone", "-q", str(tmp_path / "usb.git"), "other")
    (tmp_path / "other" / "notes.md").write_text("x", "utf-8")
    sh(tmp_path / "other", "add", "notes.md")
    sh(tmp_path / "other", "commit", "-q", "-m", "theirs")
    sh(tmp_path / "other", "push", "-q")
    assess("answer", ITEM, "partial")
    assess("commit")
    user = sh(answered, "log", "-1", "--format=%cn")

    ran = assess("sync", "--as", "li-jian")
    assert "merged what others committed" in ran.out, ran.err
    assert sh(answered, "log", "-1", "--format=%p").count(" ") == 1
    assert sh(answered, "log", "-1", "--format=%an|%cn") == f"李健|{user}"

    assert assess("round", "close", "--yes", "--as", "li-jian").code == 0
    assert sh(answered, "log", "-1", "--format=%an|%cn", "round/2026") == f"李健|{user}"


def test_hooks_are_asked_about_once(
    answered: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Off and said so; on a terminal asked; --trust for scripts."""
    hook = answered / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho never >&2; exit 1\n", "utf-8")
    hook.chmod(0o755)
    assess("answer", ITEM, "met")
    ran = assess("commit")
    assert (ran.code, "hooks/pre-commit" in ran.err) == (0, True)

    assess("answer", ITEM, "partial")
    monkeypatch.setattr(commit_preparation, "can_ask_user", lambda: True)
    monkeypatch.setattr(commit_preparation, "ask_yes_or_no", lambda _question: False)
    assert assess("commit").code == 0
    assess("answer", ITEM, "unmet")
    ran = assess("commit", "--trust")
    assert (ran.code, "never" in ran.err) == (ExitCode.NO, True)


def test_who_is_named_commits_without_an_address(
    here: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--as` is enough: an officer offline has no e-mail, and need not know git."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    sh(here, "config", "user.useConfigOnly", "true")
    assess("person", "add", "wang-min", "--name", "王敏")
    assert assess("commit", "--as", "wang-min").code == 0
    assert sh(here, "log", "-1", "--format=%an <%ae>") == "王敏 <wang-min@qingxi-data.invalid>"


def test_identity_is_asked_once(
    here: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What assess.yaml knows is proposed; without a terminal it is an error."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    sh(here, "config", "user.useConfigOnly", "true")
    assess("person", "add", "wang-min", "--name", "王敏")
    text = (here / "assess.yaml").read_text("utf-8")
    emails = "    name: 王敏\n    emails: [wang@x.example]\n"
    (here / "assess.yaml").write_text(text.replace("    name: 王敏\n", emails), "utf-8")
    assert "assess commit --as PERSON" in assess("commit").err

    asked = []

    def prompt(text: str, *, default: str | None, **_: object) -> str | None:
        asked.append(text)
        return default

    monkeypatch.setattr(commit_preparation, "can_ask_user", lambda: True)
    monkeypatch.setattr("click.prompt", prompt)
    assert assess("commit").code == 0
    assert sh(here, "log", "-1", "--format=%an %ae") == "王敏 wang@x.example"
    assess("answer", ITEM, "met")
    assess("commit")
    assert asked == ["name", "e-mail address (Enter where there is none)"]


def test_nobody_to_ask() -> None:
    """Tests have no terminal."""
    assert not commit_preparation.can_ask_user()
    assert not sys.stdin.isatty()


def test_sync(answered: Path, assess: Assess, tmp_path: Path) -> None:
    """A folder becomes the other repository; what is done is said."""
    ran = assess("sync", str(tmp_path / "usb.git"))
    assert "made a repository" in ran.out
    assert "handed on 2 commits to origin" in ran.out
    row = json.loads(assess("sync", "--json").out)
    assert (row["merged"], row["pushed"], row["changes"]["sheets"]) == ("nothing", 0, [])


def test_what_a_sync_warns_of(answered: Path, assess: Assess, tmp_path: Path) -> None:
    """A check on the stick that stays off, a round closed on both sides, and settings to trust."""
    usb = tmp_path / "usb.git"
    assess("sync", str(usb))
    (usb / "hooks" / "update").write_text("#!/bin/sh\n", "utf-8")
    (usb / "hooks" / "update").chmod(0o755)
    assert "not trusted, so left off at origin: hooks/update" in assess("sync").err

    assess("round", "close", "--yes")
    assess("sync", "--trust")
    sh(answered, "tag", "-d", "round/2026")
    sh(answered, "tag", "-a", "-m", "x", "round/2026", "HEAD~1")
    ran = assess("sync")
    assert "closed on both sides" in ran.err
    assert "assess round close 2026 --keep theirs" in ran.err
    (apart,) = json.loads(assess("sync", "--json").out)["closed_twice"]
    assert (apart["round"], apart["tag"]) == ("2026", "round/2026")
    assert apart["ours"]["commit"] != apart["theirs"]["commit"]

    sh(answered, "config", "core.fsmonitor", "x")
    ran = assess("sync")
    assert (ran.code, "did not run" in ran.err) == (ExitCode.USAGE, False)
    assert "core.fsmonitor (look at them, then: assess sync --trust)" in ran.err


def test_rounds(answered: Path, assess: Assess) -> None:
    """Close, list, start the next; closed ones are still reported, never written."""
    plan = "    remediation: {action: 收回, state: in_progress, due: '2026-12-01', owner: 王敏}\n"
    sheet = answered / "answers" / "2026" / "egov-network.yaml"
    text = sheet.read_text("utf-8")
    sheet.write_text(text.replace("    status: unmet\n", f"    status: unmet\n{plan}"), "utf-8")
    assert "assess commit" in assess("round", "close", "--yes").err
    assess("commit")
    ran = assess("round", "close", "--yes")
    assert (ran.code, "tag round/2026" in ran.out) == (0, True), ran.err
    assert f"    {ITEM}  in progress  2026-12-01  王敏  收回" in ran.out
    assert "65 unanswered" in ran.out

    refused = assess("answer", ITEM, "met", "--round", "2026")
    assert (refused.code, "round 2026 is closed" in refused.err) == (ExitCode.USAGE, True)
    assert assess("status", "--round", "2026").code == 0

    ran = assess("round", "new", "2027", "--due", "2027-09-30")
    assert "egov-network: suggestions: 1, remediation that goes on: 1" in ran.out
    assert assess("round", "list").out.splitlines()[1].split("\t")[1:2] == ["open"]
    rows = json.loads(assess("round", "list", "--json").out)
    assert (rows["2026"]["state"], rows["2027"]["from"]) == ("closed", "2026")


@pytest.mark.parametrize("said", ["y", "n"])
def test_a_round_with_open_items_is_closed_when_the_user_says_so(
    answered: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """With their count; without a terminal nothing is closed unless `--yes` stands there."""
    before = sh(answered, "log", "--format=%H")
    ran = assess("round", "close", "2026")
    assert ran.code == ExitCode.USAGE
    assert "Still open: 65 unanswered" in ran.err
    assert "assess round close 2026 --yes" in ran.err
    assert sh(answered, "log", "--format=%H") == before

    monkeypatch.setattr(round_module, "can_ask_user", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{said}\n"))
    ran = assess("round", "close", "2026")

    assert "A report of it says that it is a draft." in ran.err
    assert "Close round 2026? [y/N]" in ran.err
    assert (ran.code, sh(answered, "tag")) == ((0, "round/2026") if said == "y" else (1, ""))


def test_rounds_in_json(answered: Path, assess: Assess) -> None:
    """For scripts; what has no place in the new round is said."""
    row = json.loads(assess("round", "close", "2026", "--yes", "--json").out)
    assert (row["tag"], row["remediation"]) == ("round/2026", {})
    row = json.loads(assess("round", "new", "2027", "--json").out)
    assert row["sheets"]["egov-network"] == {"suggestions": 1, "remediation": [], "lost": []}
    assert assess("round", "new", "2028", "--due", "soon").code == ExitCode.USAGE


def test_what_a_new_round_leaves_out(answered: Path, assess: Assess) -> None:
    """Plans without an item and sheets without a system are named on stderr."""
    sheet = answered / "answers" / "2026" / "egov-network.yaml"
    lost = "  GONE-1:\n    status: unmet\n    remediation:\n      state: planned\n"
    sheet.write_text(sheet.read_text("utf-8") + lost, "utf-8")
    config = answered / "assess.yaml"
    listed = "    sheets:\n      - gone@portal\n"
    config.write_text(config.read_text("utf-8").replace("    sheets:\n", listed), "utf-8")
    ran = assess("round", "new", "2027")

    assert "GONE-1" in ran.err
    assert "gone@portal" in ran.err


def test_export(answered: Path, assess: Assess, tmp_path: Path) -> None:
    """Only sanitised or as data; a copy only into a new folder, and it can be used at once."""
    ran = assess("export", "-o", str(tmp_path / "c"))
    assert (ran.code, "--sanitised" in ran.err, "--data" in ran.err) == (ExitCode.USAGE, True, True)
    for target in ((), ("-o", "-")):
        assert assess("export", "--sanitised", *target).code == ExitCode.USAGE
    ran = assess("export", "--sanitised", "-o", str(tmp_path / "c"))
    assert (ran.code, "assess.yaml" in ran.out) == (0, True)
    assert "kept as they are" in ran.err
    assert "do not mark what is personal" not in ran.err
    row = json.loads(assess("export", "--sanitised", "-o", str(tmp_path / "d"), "--json").out)
    assert "answers/2026/egov-network.yaml" in row["files"]
    assert "末条" not in (tmp_path / "d" / "answers/2026/egov-network.yaml").read_text("utf-8")


def test_export_of_data(answered: Path, assess: Assess, tmp_path: Path) -> None:
    """A file in `reports`, one of the user's, or standard output: the same bytes each time."""
    ran = assess("export", "--data")
    path = answered / "reports" / "2026" / "data.json"
    assert (ran.code, ran.out) == (0, f"{path}\n")
    assert "notes, and names of people" in ran.err
    assert "末条" in path.read_text("utf-8")
    assert assess("export", "--data", "-o", "-").out == path.read_text("utf-8")
    assert assess("export", "--data", "-o", str(tmp_path / "x")).code == 0
    assert (tmp_path / "x").read_bytes() == path.read_bytes()
    assert assess("export", "--data", "-o", "assess.yaml").code == ExitCode.USAGE
    assert assess("export", "--data", "-o", "-", "--json").code == ExitCode.USAGE

    ran = assess("export", "--data", "--sanitised", "--json")
    row = json.loads(ran.out)
    assert row["file"] == str(path.with_name("data.sanitised.json"))
    assert (row["format"], row["sanitised"]) == ("assess/data/1", True)
    assert row["unmarked"] == []
    assert "末条" not in path.with_name("data.sanitised.json").read_text("utf-8")
    assert "notes, and names of people" not in ran.err


def test_an_export_names_checklists_without_marks(
    answered: Path, assess: Assess, tmp_path: Path
) -> None:
    """All words of their answers are removed, so the officer must hear why."""
    path = answered / "checklists" / "egov-network.yaml"
    path.write_text(path.read_text("utf-8").replace("personal: true", "each_round: false"), "utf-8")
    ran = assess("export", "--data", "--sanitised", "--json")
    assert json.loads(ran.out)["unmarked"] == ["egov-network"]
    assert "do not mark what is personal" in ran.err
    ran = assess("export", "--sanitised", "-o", str(tmp_path / "c"))
    assert "do not mark what is personal" in ran.err


def test_export_of_data_says_that_it_names_no_commit(answered: Path, assess: Assess) -> None:
    """Whoever gets it can't find the state in the history."""
    assert assess("commit").code == 0
    assert "names no commit" not in assess("export", "--data").err
    assess("answer", "EGN-BND-01", "partial")
    ran = assess("export", "--data", "--json")
    assert (json.loads(ran.out)["commit"], "names no commit" in ran.err) == (None, True)


def test_a_key_from_elsewhere_is_told(answered: Path, assess: Assess, tmp_path: Path) -> None:
    """With either kind of export."""
    (answered / ".assess").mkdir(exist_ok=True)
    for words in (("--data", "--sanitised"), ("--sanitised", "-o", str(tmp_path / "c"))):
        (answered / ".assess" / "export-key").write_bytes(b"known")
        assert "made anew" in assess("export", *words).err


@pytest.mark.parametrize("command", ["log", "diff", "blame EGN-BND-01", "commit", "sync"])
def test_without_a_repository(here: Path, assess: Assess, command: str) -> None:
    """Each says how to make one; nothing is written."""
    (here / ".git").rename(here.parent / "away")
    assess("answer", ITEM, "met")
    ran = assess(*command.split())

    assert (ran.code, "git init" in ran.err) == (ExitCode.USAGE, True)
    assert len(ran.err.strip().splitlines()) == 1


def test_names_of_any_bytes(here: Path, assess: Assess) -> None:
    """A file whose name is no UTF-8 is shown, committed and told as JSON."""
    with open(os.fsencode(here / "evidence") + b"/\xff\x1b.bin", "wb") as file:  # noqa: PTH123  # a name of bytes
        file.write(b"x")
    assert "added: evidence/" in assess("diff").out
    assert json.loads(assess("diff", "--json").out)["files"][0]["change"] == "added"
    assert json.loads(assess("commit", "--json").out)["files"] == ["evidence/\\udcff\\u001b.bin"]
    assert assess("log", "-n", "1").code == 0


def test_status_never_walks_history(
    answered: Path, assess: Assess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the history is: only plumbing that looks at one commit is started."""
    told, real = tmp_path / "told", shutil.which("git")
    shim = tmp_path / "bin" / "git"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\necho "$@" >>{told}\nexec {real} "$@"\n', "utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}:{os.environ['PATH']}")
    assert assess("status").code == 0

    commands = told.read_text("utf-8")
    assert "cat-file" in commands
    walking = r" (rev-list(?! --no-walk)|log|diff-tree|merge-base|describe|shortlog) "
    assert not re.search(walking, commands)
