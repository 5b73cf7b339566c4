"""`assess settle`, and what every place says while conflicts stand and after the last one."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import chdir
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from assess.cli.boundary import run_and_explain_errors
from assess.cli.common import complete_ids
from assess.cli.common.exit_codes import ExitCode
from assess.cli.main import root_command
from assess.workspace import SheetName, Workspace
from samples import Samples

from .conftest import Assess, initialized, run_in

SHEET = "answers/2026/egov-network.yaml"
ANNUAL = "answers/2026/annual-inspection.yaml"


def git(*words: str, folder: Path | None = None) -> None:
    """Run plain git in the current folder or in another one."""
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def merged(tmp_path: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder is a workspace in which `assess sync` left two conflicts in one answer."""
    samples.copy_place(two_conflicts, tmp_path)
    monkeypatch.chdir(tmp_path / "qingxi-data")
    return tmp_path / "qingxi-data"


def two_conflicts(place: Path) -> None:
    """Make that workspace, the other one and what they share."""
    here, other, share = place / "qingxi-data", place / "other", place / "share"
    initialized(here)
    run_in(here, "answer EGN-BND-01 met --note x", "commit", f"sync {share}")
    git("clone", "-q", str(share), str(other))
    run_in(other, "answer EGN-BND-01 unmet --note theirs", "commit --trust", "sync --trust")
    run_in(here, "answer EGN-BND-01 partial --note ours", "commit --trust")
    with chdir(here):
        assert run_and_explain_errors(["sync", "--trust"]) == ExitCode.NO


def test_the_refusal_names_each_conflict(merged: Path, assess: Assess) -> None:
    """With the words that settle it."""
    git("merge", "--abort")
    ran = assess("sync")
    assert ran.code == ExitCode.NO
    for field in ("status", "note"):
        assert f"both sides changed {field} of answers.EGN-BND-01" in ran.err
        assert f"assess settle {SHEET} EGN-BND-01 {field} --ours|--theirs" in ran.err
        assert f"{SHEET}:1:1:" not in ran.err


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_all_conflicts_of_a_file(merged: Path, assess: Assess, side: str) -> None:
    """Without item and field each conflict in the file is decided alike; the rest stays merged."""
    ran = assess("settle", SHEET, "--edited")
    assert ran.code == ExitCode.USAGE
    ran = assess("settle", str(merged / SHEET), f"--{side}")
    assert (ran.code, ran.out.count("settled:")) == (0, 1)
    assert "no conflict is left to settle; next: assess sync" in ran.out
    text = (merged / SHEET).read_text("utf-8")
    status = "partial" if side == "ours" else "unmet"
    assert (f"status: {status}" in text, f"note: {side}" in text) == (True, True)
    assert assess("settle", SHEET, "--ours").code == ExitCode.USAGE
    assert assess("sync").code == 0


def test_each_conflict_is_named_and_settled(merged: Path, assess: Assess) -> None:
    """Status, lint and commit name each with the words to type; then all say `assess sync`."""
    told = assess("status").out
    assert "conflicts to decide: 2 (assess settle FILE ITEM FIELD --ours|--theirs" in told
    assert f"  {SHEET} EGN-BND-01 status: here partial, there unmet" in told
    assert f"assess settle {SHEET} EGN-BND-01 note --ours, or --theirs" in assess("lint").out
    assert "settle what `assess lint` names" in assess("lint").err
    assert "settle what `assess lint` names" in assess("commit").err

    ran = assess("settle", SHEET, "EGN-BND-01", "status", "--theirs")
    assert (ran.code, f"settled: {SHEET} EGN-BND-01 status" in ran.out) == (0, True)
    assert f"  {SHEET} EGN-BND-01 note: here ours, there theirs" in ran.out
    ran = assess("settle", str(merged / SHEET), "EGN-BND-01", "note", "--ours")
    assert "no conflict is left to settle; next: assess sync" in ran.out

    over = "a merge is in progress, and nothing in it is left to decide (assess sync; or give up"
    assert over in assess("status").out
    assert over in assess("lint").err
    assert over in assess("commit").err
    assert "next: assess sync" in assess("settle").out
    assert assess("sync").code == 0
    assert "progress" not in assess("status").out
    text = (merged / SHEET).read_text("utf-8")
    assert ("status: unmet" in text, "note: ours" in text, "conflict" in text) == (
        True,
        True,
        False,
    )


def test_a_third_value(merged: Path, assess: Assess) -> None:
    """It is checked as `assess answer` checks it, and is said by whoever decides."""
    assess("person", "add", "wang-min", "--name", "王敏", "--role", "filler")
    ran = assess("settle", SHEET, "EGN-BND-01", "status", "--value", "mett")
    assert (ran.code, "met" in ran.err) == (ExitCode.USAGE, True)

    ran = assess("settle", SHEET, "EGN-BND-01", "status", "--value", "met", "--as", "wang-min")
    assert ran.code == 0
    ran = assess("settle", SHEET, "EGN-BND-01", "note", "--value", "both of us", "--json")
    whole = json.loads(ran.out)
    assert (whole["left"], whole["next"]) == ([], "assess sync")
    assert whole["settled"]["field"] == "note"

    text = (merged / SHEET).read_text("utf-8")
    for row in ("status: met", "by: wang-min", "note: both of us"):
        assert row in text
    assert assess("lint").code == 0


def put(path: str, rows: str) -> None:
    """Add rows to a file of the workspace."""
    text = Path(path).read_text("utf-8") if Path(path).exists() else "format: assess/evidence/1\n"
    Path(path).write_text(text + rows, "utf-8")


def test_conflicts_in_every_file(here: Path, assess: Assess) -> None:
    """assess.yaml, the register and a checklist; fields, whole rows, orders."""
    row = "  ev-1:\n    title: a\n    paper: cabinet\n    conflict: [{field: title, theirs: b}]\n"
    put("assess.yaml", "conflict:\n  - {field: language, theirs: en}\n")
    put(
        "evidence/register.yaml",
        f"evidence:\n{row}  conflict: [{{field: ev-2, theirs: {{title: c, paper: d}}}}]\n",
    )
    put("checklists/egov-network.yaml", "conflict: [{field: 'sections[]', theirs: [x]}]\n")
    register, checklist = "evidence/register.yaml", "checklists/egov-network.yaml"

    assert "ev-1 title: here a, there b" in assess("settle").out
    assert assess("settle", "assess.yaml", ".", "language", "--value", "xx").code == ExitCode.FILES
    for words in (
        ("assess.yaml", ".", "language", "--theirs"),
        (register, "ev-1", "title", "--value", "yes"),
        (register, "ev-2", ".", "--theirs"),
        (checklist, ".", "sections[]", "--ours"),
    ):
        assert assess("settle", *words).code == 0, words
    assert "next: assess commit" in assess("settle").out

    assert "language: en" in Path("assess.yaml").read_text("utf-8")
    text = Path(register).read_text("utf-8")
    assert 'title: "yes"' in text
    assert "ev-2:\n    title: c" in text
    assert "conflict" not in text


def test_values_that_are_no_texts(here: Path, assess: Assess) -> None:
    """A value is of the kind that stands there; what is more than one value is kept or taken."""
    put("assess.yaml", "profile:\n  users: 1\n  conflict: [{field: users, theirs: 2}]\n")
    for value, code in (("[", 4), ("3", 0)):
        assert assess("settle", "assess.yaml", "profile", "users", "--value", value).code == code
    assert "users: 3" in Path("assess.yaml").read_text("utf-8")

    put("assess.yaml", "people:\n  conflict: [{field: li, theirs: {name: x}}]\n")
    ran = assess("settle", "assess.yaml", "people", "li", "--value", "x")
    assert (ran.code, "more than one value" in ran.err) == (ExitCode.USAGE, True)


def test_texts_that_are_typed_as_a_third_value(here: Path, assess: Assess) -> None:
    """No name is empty, and no character that a terminal obeys is stored as it is."""
    rows = "people:\n  li:\n    name: a\n    conflict: [{field: name, theirs: b}]\n"
    put("assess.yaml", rows)
    words = ("settle", "assess.yaml", "people.li", "name", "--value")
    assert assess(*words, " ").code == ExitCode.USAGE
    assert assess(*words, "x\x1b[31m\u202e").code == 0
    name = Workspace(here, "en").read_config().people["li"].name
    assert name == "x\\u001b[31m\\u202e"


def test_a_field_inside_of_a_text_is_decided_in_an_editor(here: Path, assess: Assess) -> None:
    """A row that others wrote may name what can't be written: it is said, and nothing changes."""
    assert assess("answer", "EGN-ACC-01", "met", "--note", "x").code == 0
    row = "    conflict: [{field: note.0, theirs: z}]\n"
    sheet = Path(SHEET)
    sheet.write_text(
        sheet.read_text("utf-8").replace("EGN-ACC-01:\n", f"EGN-ACC-01:\n{row}"), "utf-8"
    )
    before = sheet.read_bytes()
    ran = assess("settle", SHEET, "EGN-ACC-01", "note.0", "--value", "y")
    assert (ran.code, "in an editor" in ran.err) == (ExitCode.USAGE, True)
    assert (
        "edit the file by hand" in assess("settle", SHEET, "EGN-ACC-01", "note.0", "--theirs").err
    )
    assert sheet.read_bytes() == before


def test_a_value_that_lint_would_refuse_is_not_written(here: Path, assess: Assess) -> None:
    """No row of the register has the id that somebody's conflict names; nothing changes."""
    assert assess("answer", "EGN-ACC-01", "met", "--note", "x").code == 0
    row = "    conflict: [{field: evidence.0, theirs: z}]\n"
    sheet = Path(SHEET)
    text = sheet.read_text("utf-8")
    sheet.write_text(text.replace("EGN-ACC-01:\n", f"EGN-ACC-01:\n{row}"), "utf-8")
    before = sheet.read_bytes()
    ran = assess("settle", SHEET, "EGN-ACC-01", "evidence.0", "--value", "null")
    assert (ran.code, "does not fit evidence.0" in ran.err) == (ExitCode.FILES, True)
    assert "register" in ran.err
    assert sheet.read_bytes() == before


def test_what_is_no_conflict_is_refused(here: Path, assess: Assess) -> None:
    """Nothing of that name, too few words, no decision, two decisions."""
    put("assess.yaml", "conflict: [{field: language, theirs: en}]\n")
    ran = assess("settle", "assess.yaml", ".", "langage", "--ours")
    assert (ran.code, "assess.yaml . language" in ran.err) == (ExitCode.USAGE, True)
    for words in (
        ("assess.yaml", ".", "--ours"),
        ("assess.yaml", ".", "language"),
        ("assess.yaml", ".", "language", "--ours", "--value", "en"),
        ("--ours",),
    ):
        assert assess("settle", *words).code == ExitCode.USAGE, words
    assert "conflict" in Path("assess.yaml").read_text("utf-8")


def completed(words: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what bash is told to complete after these words of `assess settle`."""
    monkeypatch.setitem(os.environ, "COMP_WORDS", f"assess settle {words}")
    monkeypatch.setitem(os.environ, "COMP_CWORD", str(2 + words.count(" ")))
    shell = BashComplete(root_command, {}, "assess", "_ASSESS_COMPLETE")
    return [item.value for item in shell.get_completions(*shell.get_completion_args())]


def test_completion(here: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, item and field of what stands; each fits the words before."""
    put("assess.yaml", "conflict: [{field: language, theirs: en}]\n")
    assert completed("a", monkeypatch) == ["assess.yaml"]
    assert completed("assess.yaml ", monkeypatch) == ["."]
    assert completed("assess.yaml . l", monkeypatch) == ["language"]
    assert completed("other.yaml . l", monkeypatch) == []


@pytest.mark.parametrize(
    "name", ["note;touch ${HOME}/sprung;:", "note\nplain,x", "--theirs", "note*", "$(a)"]
)
def test_names_that_a_shell_obeys_are_not_completed(
    here: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bash inserts them unquoted: a colleague's field or file would be a command after Tab."""
    put("assess.yaml", f"conflict: [{{field: {json.dumps(name)}, theirs: x}}]\n")
    monkeypatch.setattr(
        complete_ids, "_list_undecided_file_paths", lambda _workspace: [name, "制度.pdf"]
    )
    words = ["", "assess.yaml . "]
    assert [completed(line, monkeypatch) for line in words] == [["assess.yaml", "制度.pdf"], []]
    monkeypatch.setattr(complete_ids, "is_plain_shell_word", lambda _word: True)
    assert [name in completed(line, monkeypatch) for line in words] == [True, True]


def test_a_whole_file(here: Path, assess: Assess) -> None:
    """A template that both sides changed: listed by status and settle, decided, then a sync."""
    page = "templates/own.html"
    (here / "templates").mkdir()
    for branch, word in (("main", "first"), ("theirs", "theirs"), ("main", "ours")):
        if branch == "theirs":
            git("switch", "-q", "-c", branch)
        elif word == "ours":
            git("switch", "-q", branch)
        (here / page).write_text(f"<p>{word}</p>\n", "utf-8")
        git("add", "-A")
        git("commit", "-q", "-m", word)
    subprocess.run(["git", "merge", "-q", "theirs"], cwd=here, check=False, capture_output=True)
    line = f"  {page}: both sides changed the file, and it is not merged by meaning (assess settle"
    assert line in assess("status").out
    assert line in assess("settle").out
    assert json.loads(assess("settle", "--json").out)["files"] == [page]

    assert assess("settle", page).code == ExitCode.USAGE
    assert assess("settle", page, "--value", "x").code == ExitCode.USAGE
    assert assess("settle", "other.html", "--ours").code == ExitCode.USAGE
    assert "markers stand here" in assess("settle", page, "--edited").err
    ran = assess("settle", page, "--theirs")

    assert ran.out.startswith(f"settled: {page}\nno conflict is left to settle; next: assess sync")
    assert (here / page).read_text("utf-8") == "<p>theirs</p>\n"
    assert page not in assess("status").out


def test_two_ways_at_once(here: Path, assess: Assess) -> None:
    """Neither side is thrown away by the last word."""
    words = ("answers/2026/x.yaml", "EGN-BND-01", "status", "--ours", "--theirs")
    for some in (words, (words[0], *words[3:])):
        ran = assess("settle", *some)
        assert (ran.code, "in one way" in ran.err) == (ExitCode.USAGE, True), ran


def table_conflict(place: Path) -> None:
    """Make a workspace in which both sides changed the same cell of a table."""
    here, other, share = place / "qingxi-data", place / "other", place / "share"
    initialized(here)
    run_in(here, "checklist add annual-inspection")
    write_rows(here, [{"carrier": "甲", "mbps": 10}, {"carrier": "乙", "mbps": 20}])
    run_in(here, "commit", f"sync {share}")
    git("clone", "-q", str(share), str(other))
    write_rows(other, [{"carrier": "甲", "mbps": 11}, {"carrier": "乙", "mbps": 20}])
    run_in(other, "commit --trust", "sync --trust")
    write_rows(here, [{"carrier": "甲", "mbps": 12}, {"carrier": "乙", "mbps": 21}])
    run_in(here, "commit --trust")
    with chdir(here):
        assert run_and_explain_errors(["sync", "--trust"]) == ExitCode.NO


def write_rows(root: Path, rows: list[dict[str, object]]) -> None:
    """Answer the table of exits."""
    with chdir(root):
        heads = "carrier,mbps,use,guard\n"
        lines = "".join(f"{row['carrier']},{row['mbps']},office,x\n" for row in rows)
        Path("rows.csv").write_text(heads + lines, "utf-8")
        assert run_and_explain_errors(["answer", "ANN-SYS-11", "--rows", "rows.csv"]) == ExitCode.OK
        Path("rows.csv").unlink()


@pytest.mark.parametrize(("side", "mbps"), [("ours", 12), ("theirs", 11)])
def test_a_conflict_in_a_table_is_one_cell(
    tmp_path: Path,
    samples: Samples,
    monkeypatch: pytest.MonkeyPatch,
    assess: Assess,
    side: str,
    mbps: int,
) -> None:
    """Sync and status name row, column and both values; the decision changes that cell only."""
    samples.copy_place(table_conflict, tmp_path)
    monkeypatch.chdir(tmp_path / "qingxi-data")
    field = "value[carrier=甲].mbps"
    assert f"'{field}': here 12, there 11" in assess("status").out
    third = assess("settle", ANNUAL, "ANN-SYS-11", field, "--value", "13")
    assert third.code == ExitCode.USAGE
    assert "is a part of a table" in third.err
    assert assess("settle", ANNUAL, "ANN-SYS-11", field, f"--{side}").code == 0
    answers = (
        Workspace(Path(), "en").open_sheet(SheetName("annual-inspection"), "2026").sheet.answers
    )
    assert [row["mbps"] for row in answers["ANN-SYS-11"].value] == [mbps, 21]
