"""`assess submit`: what it writes, what it refuses with a list, and `--check`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assess.workspace import SheetName, Workspace
from cli.conftest import Assess, EnterCopy
from hand_ins import NOW, ROUND, closed_demo, forge, hand_in_of
from samples import demo

pytestmark = pytest.mark.untraced

NAME = "hand-in-qingxi-data-2026.zip"


def test_a_closed_round_is_written_and_checked(
    assess: Assess, enter_copy: EnterCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Into the current folder; the check needs no workspace."""
    root = enter_copy(closed_demo)
    ran = assess("submit")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0] == NAME
    assert "not in it: files of evidence; the PDF of a report" in ran.out
    assert "assess submit --check hand-in-qingxi-data-2026.zip" in ran.err
    monkeypatch.chdir(tmp_path)
    checked = assess("submit", "--check", str(root / NAME))
    assert checked.code == 0, checked.out
    assert checked.out.startswith("IN ORDER")
    assert "unit, as the file says: Qingxi District Data Bureau (qingxi-data)" in checked.out
    assert "checklist egov-network 2026.2: as published in the library" in checked.out


def test_it_is_never_written_over(assess: Assess, enter_copy: EnterCopy) -> None:
    """A second time it stays; `--to` and `-o` say where else."""
    root = enter_copy(closed_demo)
    assert assess("submit", "--to", "out").code == 0
    first = (root / "out" / NAME).read_bytes()
    ran = assess("submit", "--to", "out", "--evidence")
    assert (ran.code, (root / "out" / NAME).read_bytes()) == (2, first)
    assert "is there already; it stays" in ran.err
    assert assess("submit", "-o", "out/other.zip").code == 0
    assert (root / "out" / "other.zip").read_bytes() == first


def test_json(assess: Assess, enter_copy: EnterCopy) -> None:
    """File, manifest and remarks of the one made; outcome, counts and reasons of one checked."""
    root = enter_copy(closed_demo)
    made = json.loads(assess("submit", "--sanitised", "--json").out)
    assert made["file"] == "hand-in-qingxi-data-2026.sanitised.zip"
    assert made["manifest"]["left_out"][0] == "notes_and_persons"
    assert made["remarks"] == []
    checked = assess("submit", "--check", made["file"], "--json")
    row = json.loads(checked.out)
    assert (checked.code, row["outcome"], row["digest"]) == (0, "accepted", made["digest"])
    assert row["counts"]["unanswered"] == 0
    assert row["report_checked"] is None
    forged = root / "forged.zip"
    forged.write_bytes(forge((root / made["file"]).read_bytes(), claims={"closing": 7}))
    checked = assess("submit", "--check", "forged.zip", "--json")
    row = json.loads(checked.out)
    assert (checked.code, row["outcome"]) == (1, "refused")
    assert row["reasons"][0]["code"] == "claim-other"
    assert row["reasons"][0]["place"] == "$.closing"


def test_an_unfinished_round_is_refused_with_a_list(assess: Assess, enter_copy: EnterCopy) -> None:
    """Not closed, answers that lack, review that is open: all of it, and nothing is written."""
    root = enter_copy(demo)
    name = SheetName("egov-network")
    workspace = Workspace(root, "en")
    first, second = list(workspace.open_sheet(name, ROUND).sheet.answers)[:2]
    for item, fields in ((first, {"status": None, "value": None}), (second, {"note": "另写"})):
        sheet = workspace.open_sheet(name, ROUND)
        sheet.write_answer(item, fields, by="wang-min", now=NOW, lang="zh")
    assert "no round is closed" in assess("submit").err
    ran = assess("submit", "--round", ROUND)
    assert (ran.code, ran.out) == (1, "")
    for code in ("not-closed", "unanswered", "unreviewed"):
        assert f"[{code}]" in ran.err
    assert f"{first}: items without an answer: 1" in ran.err
    assert "assess submit --open" in ran.err
    assert not list(root.glob("*.zip"))
    ran = assess("submit", "--open")
    assert ran.code == 0, ran.err
    assert "[unanswered]" in ran.err
    checked = assess("submit", "--check", NAME)
    assert (checked.code, "remarks:" in checked.out) == (6, True)


def test_errors_of_lint_are_listed(assess: Assess, enter_copy: EnterCopy) -> None:
    """With file, line and column; `--open` does not help."""
    root = enter_copy(demo)
    path = root / "answers/2026/egov-network.yaml"
    text = path.read_text("utf-8").replace("evidence:\n", "evidence:\n      ev-none: approval\n", 1)
    path.write_text(text, "utf-8")
    ran = assess("submit", "--open")
    assert ran.code == 1
    assert "inputs/answers/2026/egov-network.yaml:" in ran.err
    assert "[inputs-wrong]" in ran.err
    assert "--open" not in ran.err
    assert not list(root.glob("*.zip"))


@pytest.mark.parametrize(
    "words",
    [
        ("--to", "x", "-o", "y"),
        ("--sanitised", "--evidence"),
        ("--sanitised", "--report", "x.pdf"),
        ("--check", "x.zip", "--open"),
        ("--check", "x.zip", "--round", ROUND),
    ],
)
def test_words_that_do_not_go_together(
    assess: Assess, enter_copy: EnterCopy, words: tuple[str, ...]
) -> None:
    """Each is refused before anything is read."""
    enter_copy(closed_demo)
    ran = assess("submit", *words)
    assert ran.code == 2
    assert "don't go together" in ran.err


def test_a_refused_one_says_why(assess: Assess, enter_copy: EnterCopy) -> None:
    """One sentence with file and place, harmless on a terminal; a file that is none as well."""
    root = enter_copy(closed_demo)
    forged = root / "x.zip"
    data = hand_in_of(Workspace(root, "en"))
    forged.write_bytes(forge(data, {"evidence/\x1b[31m.txt": b""}))
    ran = assess("submit", "--check", "x.zip")
    assert ran.code == 1
    assert ran.out.startswith("REFUSED")
    assert "\x1b" not in ran.out
    forged.write_bytes(b"no ZIP")
    assert "it is no ZIP, or is damaged" in assess("submit", "--check", "x.zip").out
    assert assess("submit", "--check", "absent.zip").code == 2


def test_a_report_that_is_handed_in_is_checked(assess: Assess, enter_copy: EnterCopy) -> None:
    """A file that is no report is refused before the unit hands it in."""
    root = enter_copy(closed_demo)
    (root / "x.pdf").write_bytes(b"no PDF")
    ran = assess("submit", "--report", "x.pdf")
    assert ran.code == 1
    assert "[report-not-genuine]" in ran.err
