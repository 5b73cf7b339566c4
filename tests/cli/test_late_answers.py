"""Two people and a round that one of them closed: what docs/git.md tells, with real clones."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from assess.cli.common.exit_codes import ExitCode
from assess.cli.main import root_command
from cli.conftest import Assess, Ran, initialized, run_in
from samples import Samples

Side = Callable[..., Ran]
PEOPLE = {"wang": "王敏", "zhou": "周平"}


@pytest.fixture
def sides(
    tmp_path: Path, samples: Samples, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> tuple[Side, Side]:
    """What runs a command on either machine; both are in step."""
    samples.copy_place(in_step, tmp_path)
    return side_functions(tmp_path, assess, monkeypatch)


def side_functions(
    place: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> tuple[Side, Side]:
    """Return what runs a command on either machine."""

    def at(root: Path, name: str) -> Side:
        def run(*words: str) -> Ran:
            monkeypatch.chdir(root)
            monkeypatch.setenv("GIT_AUTHOR_NAME", name)
            return assess(*words)

        return run

    return at(place / "qingxi-data", "王敏"), at(place / "other", "周平")


def in_step(place: Path) -> None:
    """Make the two machines and what they share."""
    root, share = place / "qingxi-data", place / "x.git"
    initialized(root)
    run_in(
        root,
        *(f"person add {person} --name {name} --role filler" for person, name in PEOPLE.items()),
        "answer EGN-ACC-01 met --as wang",
        "commit",
        f"sync {share}",
    )
    subprocess.run(["git", "clone", "-q", str(share), str(place / "other")], check=True)


@pytest.fixture
def late(
    tmp_path: Path, samples: Samples, assess: Assess, monkeypatch: pytest.MonkeyPatch
) -> tuple[Side, Side]:
    """The round was closed here; there an answer was given, and both have met since."""
    samples.copy_place(closed_and_answered, tmp_path)
    return side_functions(tmp_path, assess, monkeypatch)


def closed_and_answered(place: Path) -> None:
    """Make the two machines of a late answer; the author of their commits is 周平 there."""
    in_step(place)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GIT_AUTHOR_NAME", PEOPLE["zhou"])
        run_in(place / "other", "answer EGN-ACC-02 unmet --note 没有申请单 --as zhou", "commit")
    run_in(place / "qingxi-data", "round close 2026 --yes", "sync")


NAMED = "egov-network  EGN-ACC-02 (周平 "


def test_the_late_answer_is_named_on_both_sides(late: tuple[Side, Side]) -> None:
    """By sync, commit, status and lint; with both ways out; status ends well without open round."""
    first, second = late
    for side in (second, first):
        ran = side("sync")
        assert NAMED in ran.err
        assert "assess round new ID && assess round carry 2026 EGN-ACC-02 --to ID" in ran.err
        assert "assess round reopen 2026 --reason WHY" in ran.err
        assert "git " not in ran.err
    rows = json.loads(first("sync", "--json").out)["late"]
    assert [(row["item"], row["by"], row["kind"]) for row in rows] == [
        ("EGN-ACC-02", "zhou", "new")
    ]

    ran = first("status")
    assert ran.code == ExitCode.OK
    head, sheet, *rest = ran.out.splitlines()
    assert "closed (tag round/2026)  by 王敏 on " in head
    assert "1/66 answered  score 100.0 (answered part, 1/66)" in sheet
    assert any(NAMED in line for line in rest)
    assert rest[-1] == "no round is open; the next one: assess round new ID"
    whole = json.loads(first("status", "--json").out)
    assert (whole["round"], whole["late"]) == (None, rows)
    (closed,) = whole["closed"]
    assert (closed["tag"], closed["closed_by"]) == ("round/2026", "王敏")
    assert closed["sheets"][0]["counts"]["done"] == 1

    ran = first("lint")
    assert "these answers came after that: EGN-ACC-02 (周平 " in ran.out + ran.err
    first("person", "add", "li", "--name", "李健", "--role", "reviewer")
    assert NAMED in first("commit").err


def test_carried_over(late: tuple[Side, Side]) -> None:
    """It counts in the next round on both machines, and 2026 is as it was reported."""
    first, second = late
    second("sync")
    first("sync")
    first("round", "new", "2027")
    assert "carry 2026 EGN-ACC-02 --to 2027" in first("status").out
    ran = first("round", "carry", "2026", "EGN-ACC-02", "--to", "2027")
    assert "egov-network: carried from 2026 to 2027: EGN-ACC-02" in ran.out
    assert "next:  assess commit && assess sync" in ran.out
    first("commit")
    first("sync")
    assert "came after" not in second("sync").err
    assert "1/66 answered" in second("status").out
    assert "came after" not in second("status").out

    ran = first("round", "carry", "2026", "EGN-ACC-02", "--to", "2027")
    assert (ran.code, "no answer to EGN-ACC-02 came after" in ran.err) == (ExitCode.USAGE, True)


def test_carried_into_an_answer_that_is_there(late: tuple[Side, Side]) -> None:
    """Both stand, the screens are named; as JSON too."""
    first, second = late
    second("sync")
    second("round", "new", "2027")
    second("answer", "EGN-ACC-02", "met", "--as", "wang")
    second("answer", "EGN-ACC-01", "met", "--as", "wang")
    ran = second("round", "carry", "2026", "--to", "2027")
    assert "2027 has another answer already, both stand there, to decide: EGN-ACC-02" in ran.out
    assert "next:  assess fill" in ran.out
    first("sync")
    first("round", "new", "2027")
    done = json.loads(first("round", "carry", "2026", "--to", "2027", "--json").out)
    assert done == [
        {"sheet": "egov-network", "items": ["EGN-ACC-02"], "undecided": [], "put_back": []}
    ]


def test_reopened_and_closed_again(late: tuple[Side, Side]) -> None:
    """The reason stands in the history; both machines read the second closing."""
    first, second = late
    second("sync")
    ran = second("--as", "zhou", "round", "reopen", "2026", "--reason", "答复迟到")
    assert "was closed (tag round/2026) and is open again" in ran.out
    assert "assess round close 2026" in ran.out
    assert "by 周平: 答复迟到" in second("status").out
    assert "重新打开轮次 2026：答复迟到" in second("log", "-n", "1").out
    again = json.loads(second("round", "close", "2026", "--yes", "--json").out)
    assert again["tag"] == "round/2026.2"
    second("sync")
    first("sync")
    for side in (first, second):
        said = side("status").out
        assert "closed for the second time (tag round/2026.2)  by 周平" in said
        assert "by 周平: 答复迟到" in said
        assert "2/66 answered" in said
    (closed,) = json.loads(first("status", "--json").out)["closed"]
    assert [one["reason"] for one in closed["reopened"]] == ["答复迟到"]
    done = json.loads(first("round", "reopen", "2026", "--reason", "再看", "--json").out)
    assert (done["round_id"], done["tag"]) == ("2026", "round/2026.2")


def test_closed_on_two_sides(sides: tuple[Side, Side]) -> None:
    """Both commits are named with who and when; one command keeps either."""
    first, second = sides
    second("answer", "EGN-ACC-02", "unmet", "--note", "没有申请单", "--as", "zhou")
    second("commit")
    first("round", "close", "2026", "--yes")
    first("sync")
    second("round", "close", "2026", "--yes")
    ran = second("sync")
    assert "closed on both sides" in ran.err
    assert " of 周平, " in ran.err
    assert " of 王敏, " in ran.err
    assert "assess round close 2026 --keep theirs" in ran.err
    assert "git " not in ran.err
    ran = second("round", "close", "2026", "--keep", "theirs")
    assert "now, here and at origin; it was " in ran.out
    assert "closed on both sides" not in second("sync").err
    assert NAMED in second("status").out

    assert second("round", "close", "2026", "--keep", "ours").code == ExitCode.USAGE
    assert second("round", "close", "--keep", "ours").code == ExitCode.USAGE


def test_closed_on_two_sides_in_json(sides: tuple[Side, Side]) -> None:
    """For scripts."""
    first, second = sides
    first("round", "close", "2026", "--yes")
    first("sync")
    second("answer", "EGN-ACC-02", "met", "--as", "zhou")
    second("commit")
    second("round", "close", "2026", "--yes")
    (apart,) = json.loads(second("sync", "--json").out)["closed_twice"]
    kept = json.loads(second("round", "close", "2026", "--keep", "ours", "--json").out)
    assert (kept["tag"], kept["commit"]) == ("round/2026", apart["ours"]["commit"])
    assert kept["instead_of"] == apart["theirs"]["commit"]
    assert "closed on both sides" in first("sync").err


def test_a_closed_round_without_its_tag(sides: tuple[Side, Side]) -> None:
    """Status says where to look; nothing is counted."""
    first, _second = sides
    first("round", "close", "2026", "--yes")
    subprocess.run(["git", "tag", "-d", "round/2026"], check=True)
    ran = first("status")
    assert (ran.code, "its tag is not here" in ran.out) == (ExitCode.OK, True)


def test_a_round_opened_in_an_editor(late: tuple[Side, Side], tmp_path: Path) -> None:
    """Status asks why, with the command."""
    first, _second = late
    path = tmp_path / "qingxi-data" / "assess.yaml"
    path.write_text(path.read_text("utf-8").replace("state: closed", "state: open"), "utf-8")
    assert "assess round reopen 2026 --reason WHY" in first("status").out
    (row,) = json.loads(first("status", "--json").out)["reopened"]
    assert (row["round"], row["tag"], row["reason"]) == ("2026", "round/2026", None)
    first("round", "reopen", "2026", "--reason", "漏了")
    (row,) = json.loads(first("status", "--json").out)["reopened"]
    assert (row["by"], row["reason"]) == ("王敏", "漏了")


def test_a_half_made_workspace_says_so(tmp_path: Path, assess: Assess) -> None:
    """Status names the command that finishes it, and that says what it did."""
    root = tmp_path / "half"
    root.mkdir()
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    text = "format: assess/config/1\nlanguage: zh\norganization: {id: a, name: 甲}\n"
    rounds = 'rounds:\n  "2026":\n    title: {zh: 一, en: one}\n'
    (root / "assess.yaml").write_text(text + rounds, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert f"was not made to the end: assess init {root}" in assess("status").out
        ran = assess("init", str(root))
    assert (ran.code, "an earlier init was ended half way" in ran.out) == (ExitCode.OK, True)


def test_completion(late: tuple[Side, Side]) -> None:
    """Closed rounds to carry from, open ones to carry to, late items."""
    first, second = late
    second("sync")
    second("round", "new", "2027")
    second("status")

    def offered(*words: str) -> list[str]:
        complete = ShellComplete(root_command, {}, "assess", "_ASSESS_COMPLETE")
        return [one.value for one in complete.get_completions(list(words), "")]

    assert offered("round", "carry") == ["2026"]
    assert offered("round", "carry", "2026") == ["EGN-ACC-02"]
    assert offered("round", "carry", "2026", "--to") == ["2027"]
    assert offered("round", "reopen") == ["2026"]
    assert first("status").code == ExitCode.OK
