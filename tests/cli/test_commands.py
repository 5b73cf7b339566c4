"""The commands, used as a person uses them in one workspace."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from assess.cli import lint
from assess.cli.common.exit_codes import ExitCode
from assess.cli.main import root_command

from .conftest import Assess


def test_init_makes_a_committed_repository(here: Path) -> None:
    """After `init` there is one commit, nothing uncommitted, and the lines about line ends."""
    out = subprocess.run(
        ["git", "status", "--short"], cwd=here, capture_output=True, text=True, check=True
    ).stdout

    assert out == ""
    assert "*.yaml text eol=lf" in (here / ".gitattributes").read_text("utf-8")
    assert ".assess/" in (here / ".gitignore").read_text("utf-8")
    assert (here / "checklists" / "egov-network.yaml").exists()


def test_init_without_identity_makes_the_files(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git does not know its user the workspace is made all the same, uncommitted."""
    for name in (
        "GIT_AUTHOR_NAME",
        "GIT_AUTHOR_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_COMMITTER_EMAIL",
    ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("EMAIL", "")
    config = tmp_path / "config"
    config.write_text("[user]\n\tuseConfigOnly = true\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))

    assert assess("init", str(tmp_path / "w")).code == 0

    monkeypatch.chdir(tmp_path / "w")
    assert len(json.loads(assess("status", "--json").out)["uncommitted"]) == 2


def test_init_without_git_leaves_nothing_half_made(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git is asked for by name; once it is there, the same command works."""
    root = tmp_path / "w"
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(tmp_path))
        ran = assess("init", str(root))
        assert (ran.code, "apt-get install git" in ran.err) == (ExitCode.ENVIRONMENT, True)
    assert list(root.iterdir()) == []

    assert assess("init", str(root)).code == 0


def test_init_twice_is_refused(here: Path, assess: Assess) -> None:
    """A workspace is never made over another."""
    before = (here / "assess.yaml").read_bytes()
    ran = assess("init", str(here))

    assert ran.code == ExitCode.USAGE
    assert "already" in ran.err
    assert (here / "assess.yaml").read_bytes() == before


def test_init_with_system_and_checklists(tmp_path: Path, assess: Assess) -> None:
    """Each system checklist gets a sheet for each system; an unknown checklist changes nothing."""
    ran = assess(
        "init", str(tmp_path / "w"), "--checklist", "self-built-systems", "--system", "portal"
    )

    assert "self-built-systems@portal" in ran.out

    ran = assess("init", str(tmp_path / "v"), "--checklist", "egov-netwrok")

    assert ran.code == ExitCode.USAGE
    assert "egov-network" in ran.err
    assert not (tmp_path / "v").exists()


def test_outside_a_workspace(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a workspace the error says how to make one."""
    monkeypatch.chdir(tmp_path)
    ran = assess("status")

    assert ran.code == ExitCode.USAGE
    assert "assess init" in ran.err


def test_answer_and_status(here: Path, assess: Assess) -> None:
    """An answer is on disk at once and counted."""
    assert assess("answer", "EGN-ACC-01", "met").code == 0
    assert assess("answer", "EGN-BND-01", "unmet", "--note", "末条为“允许所有”。").code == 0

    sheet = json.loads(assess("status", "--json").out)["sheets"][0]
    assert sheet["counts"]["done"] == 2
    assert sheet["findings"] == [
        {"item": "EGN-BND-01", "result": "unmet", "risk": "high", "case": "6.3.2.1"}
    ]
    assert (sheet["score"]["complete"], sheet["score"]["band"]) == (False, None)
    assert "2/66 answered" in assess("status").out


def test_answers_of_other_kinds(here: Path, assess: Assess) -> None:
    """Rungs, ratios and ticks are typed as people would."""
    assert assess("answer", "EGN-TER-01", "９5/96").code == 0
    text = (here / "answers" / "2026" / "egov-network.yaml").read_text("utf-8")

    assert "part: 95" in text
    assert "whole: 96" in text


def test_wrong_answers_change_nothing(here: Path, assess: Assess) -> None:
    """Unknown items, statuses, rungs and impossible ratios are refused, naming the nearest."""
    ran = assess("answer", "EGN-BND-1", "met")
    assert (ran.code, "EGN-BND-01" in ran.err) == (ExitCode.USAGE, True)

    ran = assess("answer", "EGN-BND-01", "mett")
    assert (ran.code, "met" in ran.err) == (ExitCode.USAGE, True)

    ran = assess("answer", "EGN-TER-01", "97/96")
    assert ran.code == ExitCode.USAGE

    for note in ((), ("--note", ""), ("--note", " ")):
        ran = assess("answer", "EGN-BND-01", "not_applicable", *note)
        assert (ran.code, "--note" in ran.err) == (ExitCode.USAGE, True), note

    ran = assess("answer", "EGN-BND-01", "met", "--as", "nobody")
    assert ran.code == ExitCode.USAGE

    assert not (here / "answers" / "2026").exists()


def test_answer_with_evidence(here: Path, tmp_path: Path, assess: Assess) -> None:
    """The file is copied, registered by its hash, and cited."""
    source = tmp_path / "策略 截图.txt"
    source.write_text("deny all\n", "utf-8")

    assert assess("answer", "EGN-BND-01", "met", "--evidence", str(source)).code == 0

    (copy,) = (here / "evidence" / "2026").glob("策略 截图-????????.txt")
    assert copy.read_text("utf-8") == "deny all\n"
    register = (here / "evidence" / "register.yaml").read_text("utf-8")
    row = next(line.strip(" :") for line in register.splitlines() if line.startswith("  ev-"))
    assert f"{row}: other" in (here / "answers/2026/egov-network.yaml").read_text("utf-8")
    assert assess("lint").code == 0


def test_a_file_that_is_registered_already_is_named(
    here: Path, tmp_path: Path, assess: Assess
) -> None:
    """The same bytes under another name are one row; its id and title are said, also at closing."""
    for name in ("策略.txt", "again.txt"):
        (tmp_path / name).write_text("deny all\n", "utf-8")
    first = assess("answer", "EGN-BND-01", "met", "--evidence", str(tmp_path / "策略.txt"))
    assert "registered already" not in first.err
    register = (here / "evidence" / "register.yaml").read_text("utf-8")
    row = next(line.strip(" :") for line in register.splitlines() if line.startswith("  ev-"))

    again = assess("answer", "EGN-ACC-01", "met", "--evidence", str(tmp_path / "again.txt"))

    words = f"again.txt: its content is registered already as {row} “策略”; that row is cited"
    assert words in again.err
    assert (here / "evidence" / "register.yaml").read_text("utf-8") == register
    assert assess("commit").code == 0
    closed = assess("round", "close", "2026", "--signed", str(tmp_path / "again.txt"), "--yes")
    assert closed.code == 0
    assert words in closed.err


def test_an_emoji_is_told_when_it_is_typed(here: Path, assess: Assess) -> None:
    """What reports may print as a code is named at once and by lint; the answer is taken."""
    done = assess("answer", "EGN-ACC-01", "met", "--note", "已挂🇨标志")
    assert done.code == 0
    assert "🇨 U+1F1E8" in done.err
    assert "symbol-uncommon" in assess("lint").out


def test_a_name_that_lies_is_told(here: Path, tmp_path: Path, assess: Assess) -> None:
    """A text that calls itself a PDF is taken in, and said to be none."""
    for name, told in (("a.pdf", True), ("a.txt", False)):
        (tmp_path / name).write_text("text\n", "utf-8")
        ran = assess("answer", "EGN-BND-01", "met", "--evidence", str(tmp_path / name))
        assert ran.code == 0
        assert (f"{name}: what it holds is not what its name says" in ran.err) is told
    assert list((here / "evidence" / "2026").glob("a-*.pdf"))


def test_evidence_is_cited_as_the_proof_that_it_is(
    here: Path, tmp_path: Path, assess: Assess
) -> None:
    """PROOF=FILE names one of the item's proofs; a name that is none is told with the nearest."""
    for name in ("policy.txt", "a=b.txt"):
        (tmp_path / name).write_text(name, "utf-8")
    words = ["--evidence", f"policy={tmp_path}/policy.txt", "--evidence", f"{tmp_path}/a=b.txt"]

    row = json.loads(assess("answer", "EGN-BND-01", "met", *words, "--json").out)

    assert (row["round"], row["sheet"], row["item"]) == ("2026", "egov-network", "EGN-BND-01")
    assert sorted(row["answer"]["evidence"].values()) == ["other", "policy"]
    assert assess("lint").code == 0
    ran = assess("answer", "EGN-BND-01", "met", "--evidence", f"polici={tmp_path}/policy.txt")
    assert ran.code == ExitCode.USAGE
    assert "asks for no proof polici. Did you mean policy" in ran.err


def test_json_for_scripts(tmp_path: Path, assess: Assess) -> None:
    """init, doctor and checklist show say in JSON what they say in words."""
    made = json.loads(assess("init", str(tmp_path / "a b"), "--json").out)
    assert (made["path"], made["sheets"]) == (str(tmp_path / "a b"), ["egov-network"])
    found = json.loads(assess("doctor", "--json").out)
    assert {"name", "ok", "found", "cure", "needed"} == set(found[0])
    shown = json.loads(assess("checklist", "show", "egov-network", "--json").out)
    assert shown["id"] == "egov-network"
    assert shown["sections"][0]["items"][0]["title"].keys() == {"zh", "en"}


def test_a_list_in_git_is_added_to_a_workspace(tmp_path: Path, assess: Assess) -> None:
    """`init` has no workspace to fetch it into yet: the command that does it is named."""
    source = "git+file:///srv/lists.git//checklists/x.yaml@2026.1"
    refused = assess("init", str(tmp_path / "new"), "--checklist", source)
    assert refused.code == ExitCode.USAGE
    assert f"assess checklist add {source}" in refused.err
    assert not (tmp_path / "new").exists()


def test_the_next_command_can_be_typed_as_it_stands(tmp_path: Path, assess: Assess) -> None:
    """A folder with a blank in its name is quoted."""
    assert f"cd '{tmp_path}/a b' && " in assess("init", str(tmp_path / "a b")).out


def test_words_that_are_no_text(here: Path, tmp_path: Path, assess: Assess) -> None:
    """A terminal of another encoding: said before anything is written; names of files are fine."""
    gbk = os.fsdecode("已关".encode("gbk"))
    for words in (
        ("answer", "EGN-ACC-01", "met", "--note", gbk),
        ("commit", "-m", gbk),
        ("init", str(tmp_path / "new"), f"--org={gbk}"),
    ):
        ran = assess(*words)
        assert ran.code == ExitCode.USAGE, words
        assert "is not UTF-8 text" in ran.err
        assert "LC_ALL" in ran.err
    assert not (here / "answers" / "2026").exists()
    assert not (tmp_path / "new").exists()

    (tmp_path / gbk).write_text("x", "utf-8")
    named = f"policy={tmp_path}/{gbk}"
    assert assess("answer", "EGN-BND-01", "met", "--evidence", named).code == 0
    (tmp_path / f"{gbk}w").mkdir()
    assert assess("init", str(tmp_path / f"{gbk}w")).code == 0


def test_people_and_systems(here: Path, assess: Assess) -> None:
    """Added ones are listed; an id that is taken is refused."""
    assert assess("person", "add", "wang-min", "--name", "王敏", "--role", "filler").code == 0
    assert assess("person", "add", "wang-min").code == ExitCode.USAGE
    assert assess("person", "list").out == "wang-min\t王敏\tfiller\n"
    assert json.loads(assess("person", "list", "--json").out)["wang-min"]["roles"] == ["filler"]

    added = assess("checklist", "add", "self-built-systems")
    assert added.code == 0
    assert "assess system add ID" in added.out
    grade = ("--level", "3", "--s", "2", "--a", "3")
    assert assess("system", "add", "portal", "--name", "门户", *grade).code == 0
    assert assess("system", "add", "portal").code == ExitCode.USAGE
    assert assess("system", "list").out == "portal\t门户\tS2A3G3\t-\t-\n"
    assert json.loads(assess("system", "list", "--json").out)["portal"]["grade"] == "S2A3G3"
    assert "self-built-systems@portal" in assess("status").out

    assert assess("system", "add", "x", "--level", "3", "--s", "2", "--a", "2").code == 2
    assert assess("system", "add", "x", "--s", "2").code == ExitCode.USAGE

    # The only filler acts where nobody is named.
    assess("answer", "EGN-ACC-01", "met")
    assert "by: wang-min" in (here / "answers/2026/egov-network.yaml").read_text("utf-8")


def test_item_in_several_sheets(here: Path, assess: Assess) -> None:
    """An item of a system checklist needs the system named where there are two."""
    assess("checklist", "add", "self-built-systems")
    for system in ("one", "two"):
        assess("system", "add", system)

    ran = assess("answer", "SBS-PRJ-01", "met")
    assert (ran.code, "@one" in ran.err) == (ExitCode.USAGE, True)
    assert assess("answer", "SBS-PRJ-01", "met", "--system", "two").code == 0
    assert (here / "answers/2026/self-built-systems@two.yaml").exists()


def test_lint_reports_with_positions(here: Path, assess: Assess) -> None:
    """Problems come as path:line:column in three forms, and decide the exit code."""
    folder = here / "answers" / "2026"
    folder.mkdir(parents=True)
    assess("answer", "EGN-BND-01", "met")
    sheet = folder / "egov-network.yaml"
    sheet.write_text(sheet.read_text("utf-8").replace("status: met", "status: mett"), "utf-8")

    ran = assess("lint")
    assert ran.code == ExitCode.NO
    assert "answers/2026/egov-network.yaml:11:13: " in ran.out

    rows = json.loads(assess("lint", "--format", "json").out)
    assert [(row["line"], row["column"], row["severity"]) for row in rows] == [(11, 13, "error")]
    annotation = assess("lint", "--format", "github").out
    assert annotation.startswith("::error file=answers/2026/egov")
    assert annotation.rstrip().endswith(f"::{rows[0]['message']} ({rows[0]['hint']})")
    assert assess("lint", "checklists").code == 0


@pytest.mark.parametrize("form", lint.FORMATS)
def test_lint_shows_controls_alike(here: Path, assess: Assess, form: str) -> None:
    """A control character of a file is shown as an escape in each form, not left out."""
    assess("answer", "EGN-BND-01", "met")
    sheet = here / "answers/2026/egov-network.yaml"
    bad = 'status: "m\\x1b[31mtt"'
    sheet.write_text(sheet.read_text("utf-8").replace("status: met", bad), "utf-8")

    told = assess("lint", "--format", form).out

    text = json.loads(told)[0]["message"] if form == "json" else told
    assert "m\\u001b[31mtt" in text


def test_lint_strict_counts_warnings(here: Path, assess: Assess) -> None:
    """A warning passes, and fails with --strict."""
    assess("answer", "EGN-BND-01", "unmet", "--note", "x")

    ran = assess("lint")
    assert (ran.code, "warning: " in ran.out) == (0, True)
    assert assess("lint", "--strict").code == ExitCode.NO


def test_unreadable_files_are_an_error_not_a_crash(here: Path, assess: Assess) -> None:
    """All problems of all files are shown at once, with exit code 4."""
    (here / "assess.yaml").write_text("format: [\n", "utf-8")
    (here / "checklists" / "egov-network.yaml").write_bytes(b"\xff\xfe")

    ran = assess("status")
    assert ran.code == ExitCode.FILES
    assert "assess.yaml:" in ran.err


def test_checklist_commands(here: Path, assess: Assess) -> None:
    """The library is listed, shown and pinned."""
    listed = json.loads(assess("checklist", "list", "--json").out)
    assert {"egov-network", "self-built-systems"} <= {row["id"] for row in listed}
    row = "egov-network         2026.2   unit        66  E-government network security"
    assert row in assess("checklist", "list").out.splitlines()

    shown = assess("checklist", "show", "egov-network", "--lang", "zh").out
    assert "EGN-BND-01" in shown
    assert "边界" in shown

    assert assess("checklist", "add", "egov-network").code == ExitCode.USAGE
    assert assess("checklist", "show", "no-such").code == ExitCode.USAGE


def test_own_checklist(here: Path, assess: Assess) -> None:
    """The skeleton lints clean, even strictly, and can be pinned and answered."""
    assert assess("checklist", "new", "own-rules").code == 0
    assert assess("checklist", "lint", "--strict", "checklists/own-rules.yaml").code == 0
    assert assess("checklist", "new", "own-rules").code == ExitCode.USAGE
    assert assess("checklist", "new", "Own Rules").code == ExitCode.USAGE
    assert assess("checklist", "new", "0" * 4000).code == ExitCode.USAGE
    assert assess("checklist", "add", "checklists/own-rules.yaml").code == 0
    assert assess("answer", "OWN-BAS-01", "met").code == 0
    assert assess("lint").code == 0


def test_checklist_lint_takes_folders(here: Path, assess: Assess) -> None:
    """A folder stands for the checklists in it."""
    assert assess("checklist", "lint", "checklists").code == 0


@pytest.mark.parametrize("kind", ["checklist", "sheet", "config", "register"])
def test_schema(kind: str, assess: Assess) -> None:
    """Each of the four formats has a JSON Schema."""
    schema = json.loads(assess("checklist", "schema", kind).out)

    assert schema["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, assess: Assess) -> None:
    """Each shell gets a script that asks the program."""
    assert "_ASSESS_COMPLETE" in assess("completion", shell).out


def test_fill_needs_a_terminal(here: Path, assess: Assess) -> None:
    """Without a terminal the interface is refused, and the other ways are named."""
    for words in (["fill"], []):
        ran = assess(*words)
        assert ran.code == ExitCode.ENVIRONMENT
        assert "assess answer" in ran.err


def test_doctor(assess: Assess) -> None:
    """Doctor looks at git, libraries, fonts and the terminal."""
    out = assess("doctor").out

    for word in ("git", "libpango", "libharfbuzz-subset0", "Chinese font", "TERM"):
        assert word in out


def test_ids_that_are_none(here: Path, tmp_path: Path, assess: Assess) -> None:
    """An id is lower-case letters, digits and hyphens, and never `conflict`; nothing is written."""
    before = (here / "assess.yaml").read_bytes()
    for wanted in ("Bad Id", "conflict", "-x", "门户"):
        for words in (["person", "add"], ["system", "add"], ["round", "new"]):
            ran = assess(*words, "--", wanted)
            assert ran.code == ExitCode.USAGE
            assert ("lower-case" in ran.err) is (wanted != "conflict")
        ran = assess("init", str(tmp_path / "v"), f"--system={wanted}")
        assert ran.code == ExitCode.USAGE

    assert (here / "assess.yaml").read_bytes() == before
    assert not (tmp_path / "v").exists()


def test_nearest_sheet(here: Path, assess: Assess) -> None:
    """An unknown checklist or system of a command names the nearest one of the round."""
    assert assess("checklist", "add", "self-built-systems").code == 0
    assert assess("system", "add", "portal").code == 0
    assert assess("system", "add", "mail").code == 0

    for words in (["answer", "EGN-BND-01", "met", "--checklist"], ["report"]):
        ran = assess(*words, "egov-netwrok")
        assert (ran.code, "Did you mean egov-network?" in ran.err) == (ExitCode.USAGE, True)
    for words in (["answer", "SBS-DEV-01", "met"], ["report"], ["blame", "SBS-DEV-01"]):
        ran = assess(*words, "--system", "portl")
        assert (ran.code, "Did you mean portal?" in ran.err) == (ExitCode.USAGE, True)


def test_who_acts(here: Path, assess: Assess) -> None:
    """`--as` stands before or after a command that writes, and must name somebody known."""
    for person in ("wang-min", "chen-hong"):
        assert assess("person", "add", person).code == 0
    sheet = here / "answers" / "2026" / "egov-network.yaml"

    assert assess("answer", "EGN-BND-01", "met", "--as", "wang-min").code == 0
    assert "by: wang-min" in sheet.read_text("utf-8")
    assert assess("--as", "chen-hong", "answer", "EGN-BND-01", "partial").code == 0
    assert "by: chen-hong" in sheet.read_text("utf-8")

    for words in (
        ["answer", "EGN-BND-01", "met"],
        ["system", "add", "portal"],
        ["person", "add", "li-jian"],
        ["checklist", "add", "monitoring-response"],
        ["checklist", "new", "own"],
        ["round", "new", "2027"],
        ["commit"],
        ["report"],
    ):
        ran = assess(*words, "--as", "wang-mn")
        assert (ran.code, "Did you mean wang-min?" in ran.err) == (ExitCode.USAGE, True), words
        assert assess("--as", "wang-mn", *words).code == ExitCode.USAGE


def test_ids_are_completed(here: Path, assess: Assess) -> None:
    """The shell is given the ids that the workspace has, and of these only what was begun."""
    assert assess("person", "add", "wang-min").code == 0
    assert assess("system", "add", "portal").code == 0
    cases = {
        "answer": "EGN-BND-01",
        "answer EGN-BND-01": "not_applicable",
        "answer EGN-ACC-09": "before",
        "answer EGN-BND-01 met --checklist": "egov-network",
        "answer EGN-BND-01 met --as": "wang-min",
        "fill": "egov-network",
        "fill --system": "portal",
        "report --round": "2026",
        "status --round": "2026",
        "checklist add": "self-built-systems",
        "upgrade": "egov-network",
    }
    for line, expected in cases.items():
        assert expected in completed(line, "")
        assert expected in completed(line, expected[:3])
        assert completed(line, "zz") == []


def test_nothing_is_completed_outside_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no workspace the shell is given nothing, and sees no error."""
    monkeypatch.chdir(tmp_path)

    assert completed("answer", "E") == []


def completed(line: str, begun: str) -> list[str]:
    """Return what the shell is given for a command line whose last word was begun."""
    shell = BashComplete(root_command, {}, "assess", "_ASSESS_COMPLETE")
    return [one.value for one in shell.get_completions(line.split(), begun)]


@pytest.mark.parametrize(
    ("version", "fine"), [("2.27.0", False), ("2.36.1", True), ("3.0.0.rc1", True), ("odd", False)]
)
def test_doctor_says_that_git_is_too_old(
    tmp_path: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, version: str, fine: bool
) -> None:
    """Long-lived systems have one that can't read history as this program asks it to."""
    old = tmp_path / "git"
    old.write_text(f"#!/bin/sh\necho git version {version}\n", "utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.chdir(tmp_path)
    ran = assess("doctor")
    assert (f"ok  git: {version}" in ran.out) is fine
    assert ("need 2.36 or newer" in ran.out) is not fine
    assert fine or ran.code == ExitCode.ENVIRONMENT


def test_what_is_too_long_is_refused_and_not_repeated(here: Path, assess: Assess) -> None:
    """A note that no sheet may hold changes nothing; no message repeats a long text whole."""
    proof = here.parent / "proof.png"
    proof.write_bytes(b"picture")
    note = ("--note", "x" * 1_100_000)
    ran = assess("answer", "EGN-BND-01", "met", *note, "--evidence", str(proof))
    assert not (here / "evidence" / "2026").exists()
    assert (ran.code, "1100000" in ran.err) == (ExitCode.USAGE, True)
    assert not (here / "answers" / "2026" / "egov-network.yaml").exists()
    for words in (("answer", "EGN-BND-01", "y" * 90_000), ("status", f"--{'z' * 90_000}")):
        ran = assess(*words)
        assert (ran.code, len(ran.err) < 3000) == (ExitCode.USAGE, True)
    assert len(assess("answer", "EGN-BND-01", "met", "--note", "x" * 90_000).out) < 300


@pytest.mark.parametrize("command", ["init", "demo"])
def test_a_workspace_where_something_else_stands(
    tmp_path: Path, assess: Assess, command: str
) -> None:
    """A device, a pipe, a file above: it can't become a folder, and stays."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    for place in ("/dev/null", tmp_path / "pipe", tmp_path / "file" / "below"):
        ran = assess(command, str(place))
        assert (ran.code, "can't be a folder" in ran.err) == (ExitCode.USAGE, True), ran


def test_results_in_the_words_of_the_interface(here: Path, assess: Assess) -> None:
    """What the interface calls a result is taken; a slip is answered with all results."""
    sheet = here / "answers" / "2026" / "egov-network.yaml"

    assert assess("answer", "EGN-ACC-01", "部分符合", "--note", "x").code == 0
    assert "status: partial" in sheet.read_text("utf-8")
    assert assess("answer", "EGN-ACC-01", "符合").out == "2026 egov-network EGN-ACC-01: met\n"
    assert "status: met" in sheet.read_text("utf-8")

    ran = assess("answer", "EGN-ACC-01", "符和")
    assert ran.code == ExitCode.USAGE
    assert "its answers are: met (met), partial (partly met), unmet (not met)" in ran.err


def test_a_group_without_a_command_lists_its_commands(assess: Assess) -> None:
    """One a line, as its help does; the code says that something is missing."""
    ran = assess("round")
    assert ran.code == ExitCode.USAGE
    assert any(line.split()[:1] == ["close"] for line in ran.err.splitlines())
    assert "⏎" not in ran.err


@pytest.mark.parametrize("command", ["init", "demo"])
def test_a_folder_that_can_not_be_made(command: str, assess: Assess) -> None:
    """The system refuses it, as where the user may not write: an error of the machine (3)."""
    ran = assess(command, "/proc/assess")

    assert (ran.code, "/proc/assess can't be written" in ran.err) == (ExitCode.ENVIRONMENT, True)


def test_due_day_of_the_first_round(here: Path, assess: Assess) -> None:
    """The day that the notice names is set by a command, and stands in the list of rounds."""
    ran = assess("round", "set-due", "2026-12-20")

    assert ran.out == "round 2026 is to be done by 2026-12-20\n"
    assert json.loads(assess("round", "list", "--json").out)["2026"]["due"] == "2026-12-20"
    assert assess("round", "set-due", "2026-13-20").code == ExitCode.USAGE
    assert assess("round", "set-due", "2026-12-20", "--round", "2025").code == ExitCode.USAGE
