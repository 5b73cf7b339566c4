"""What real git does with the driver, without it, and with one that it can't find."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assess.store.yaml.reading.tree import read_tree
from merging.conftest import BASE, SHEET, SOURCE, Clones, answer, git, must, sheet


def at(number: int, status: str, text: str = BASE, note: str = "") -> str:
    """Return the sheet with one answer changed."""
    item = f"IT-{number}"
    return text.replace(answer(item, "met"), answer(item, status, note))


def test_neighbouring_answers_merge(clones: Clones) -> None:
    """Where git's own merge finds a conflict of lines, there is none by meaning."""
    clones.ours.write(at(2, "unmet"))
    clones.theirs.write(at(3, "partial"))
    clones.meet()

    must(clones.ours.root, "merge", "-q", "--no-edit", "theirs")

    assert clones.ours.sheet == at(3, "partial", at(2, "unmet"))


def test_git_alone_finds_a_conflict_there(bare_clones: Clones) -> None:
    """Without the driver the same merge ends in markers; the file says so, with its line."""
    clones = bare_clones
    clones.ours.write(at(2, "unmet", note="a"))
    clones.theirs.write(at(2, "partial", note="b"))
    clones.meet()

    assert git(clones.ours.root, "merge", "theirs").code == 1

    problems = read_tree(clones.ours.sheet, SHEET, "en").problems
    assert [one.code for one in problems] == ["merge-markers"]
    assert problems[0].line > 1


@pytest.mark.parametrize("way", ["merge", "rebase", "cherry-pick", "stash", "revert"])
def test_a_conflict_is_seen_by_git_and_stands_in_a_file_that_parses(
    clones: Clones, way: str
) -> None:
    """Merge, rebase, cherry-pick, stash pop and revert all come to the driver."""
    root = clones.ours.root
    clones.theirs.write(at(2, "partial", note="theirs"))
    if way == "stash":
        (root / SHEET).write_text(at(2, "unmet", note="ours"), "utf-8")
        must(root, "stash")
        must(root, "pull", "-q", str(clones.theirs.root), "main")
        words = ["stash", "pop"]
    elif way == "revert":
        clones.ours.write(at(2, "unmet", note="x"))
        clones.ours.write(at(2, "partial", note="theirs"))
        words = ["revert", "--no-edit", "HEAD~1"]
    else:
        clones.ours.write(at(2, "unmet", note="ours"))
        clones.meet()
        words = [way, "theirs"]

    done = git(root, *words)

    assert done.code == 1, done.text
    assert "answers/IT-2/status" in done.text
    assert must(root, "diff", "--name-only", "--diff-filter=U").strip() == SHEET
    tree = read_tree(clones.ours.sheet, SHEET, "en")
    assert not tree.problems
    assert {row["field"] for row in tree.conflicts["answers", "IT-2"]} == {"status", "note"}


@pytest.mark.parametrize("way", ["merge", "rebase", "cherry-pick"])
def test_clean_ways(clones: Clones, way: str) -> None:
    """The same three without conflict give the same file."""
    clones.ours.write(at(2, "unmet"))
    clones.theirs.write(at(2, "met", note="why"))
    clones.meet()

    must(clones.ours.root, way, *(["--no-edit"] if way == "merge" else []), "theirs")

    assert clones.ours.sheet == at(2, "unmet", note="why")


def test_an_octopus_is_refused(clones: Clones) -> None:
    """Git merges three heads without drivers and gives up where lines meet; the file says so."""
    root = clones.ours.root
    for name, status in (("one", "unmet"), ("two", "partial")):
        must(root, "checkout", "-q", "-b", name, "main")
        clones.ours.write(at(2, status))
    must(root, "checkout", "-q", "main")
    clones.ours.write(at(4, "unmet"))

    done = git(root, "merge", "--no-edit", "one", "two")

    assert done.code == 1
    assert "content conflict" in done.text
    assert [one.code for one in read_tree(clones.ours.sheet, SHEET, "en").problems] == [
        "merge-markers"
    ]
    must(root, "reset", "-q", "--merge")
    assert clones.ours.sheet == at(4, "unmet")
    must(root, "merge", "-q", "--no-edit", "one")
    assert git(root, "merge", "--no-edit", "two").code == 1


def test_criss_cross_takes_no_settled_side_for_unchanged(clones: Clones) -> None:
    """Both settle one conflict otherwise: git merges the bases first, and nothing is dropped."""
    root = clones.ours.root
    must(root, "branch", "other")
    clones.ours.write(at(2, "unmet"))
    must(root, "tag", "ours")
    must(root, "checkout", "-q", "other")
    clones.ours.write(at(2, "partial"))
    must(root, "tag", "theirs")
    for branch, tag, status in (("main", "theirs", "unmet"), ("other", "ours", "partial")):
        must(root, "checkout", "-q", branch)
        assert git(root, "merge", tag).code == 1
        clones.ours.write(at(2, status), "settled")

    assert git(root, "merge", "main").code == 1

    tree = read_tree(clones.ours.sheet, SHEET, "en")
    assert tree.value["answers"]["IT-2"]["status"] == "partial"
    assert [row["theirs"] for row in tree.conflicts["answers", "IT-2"]] == ["unmet"]


NO_PROGRAM = "#!/nowhere/python\n"
NO_MODULE = "#!/bin/sh\necho 'No module named assess' >&2\nexit 1\n"


@pytest.mark.parametrize("broken", [None, NO_PROGRAM, NO_MODULE])
def test_a_driver_that_does_not_start_stops_the_merge(
    clones: Clones, program: Path, broken: str | None
) -> None:
    """Gone, its interpreter gone, its package gone: neither side can be dropped by `git add`."""
    clones.ours.write(at(2, "unmet"))
    clones.theirs.write(at(3, "partial"))
    clones.meet()
    must(clones.ours.root, "config", "merge.assess.python", "/nowhere/python")
    if broken is None:
        program.unlink()
    else:
        program.write_text(broken, "utf-8")

    done = git(clones.ours.root, "merge", "--no-edit", "theirs")

    assert done.code not in {0, 1}
    assert "assess git setup" in done.text
    assert clones.ours.sheet == at(2, "unmet")
    assert must(clones.ours.root, "status", "--porcelain", "-uno") == ""


@pytest.mark.parametrize("broken", [None, NO_PROGRAM, NO_MODULE])
def test_without_assess_on_the_path_the_interpreter_that_set_git_up_merges(
    clones: Clones, program: Path, broken: str | None
) -> None:
    """Whoever starts a checkout by its script has no `assess` on the PATH; conflicts are told."""
    python = program.with_name("an interpreter")
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{SOURCE}" exec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    must(clones.ours.root, "config", "merge.assess.python", str(python))
    if broken is None:
        program.unlink()
    else:
        program.write_text(broken, "utf-8")
    clones.ours.write(at(2, "unmet"))
    clones.theirs.write(at(3, "partial"))
    clones.meet()
    must(clones.ours.root, "merge", "-q", "--no-edit", "theirs")
    assert clones.ours.sheet == at(3, "partial", at(2, "unmet"))

    clones.ours.write(at(4, "unmet", clones.ours.sheet))
    clones.theirs.write(at(4, "partial", clones.theirs.sheet))
    clones.meet()
    assert git(clones.ours.root, "merge", "theirs").code == 1
    assert read_tree(clones.ours.sheet, "", "en").conflicts


def test_a_driver_that_breaks_stops_the_merge(clones: Clones, program: Path) -> None:
    """The same for a bug: git is told that there is no result."""
    clones.ours.write(at(2, "unmet"))
    clones.theirs.write(at(3, "partial"))
    clones.meet()
    program.write_text("#!/bin/sh\nexit 130\n", "utf-8")

    assert git(clones.ours.root, "merge", "--no-edit", "theirs").code not in {0, 1}
    assert clones.ours.sheet == at(2, "unmet")


def test_a_sheet_deleted_on_one_side(clones: Clones) -> None:
    """Git itself keeps the changed one and says so."""
    must(clones.theirs.root, "rm", "-q", SHEET)
    must(clones.theirs.root, "commit", "-q", "-m", "gone")
    clones.ours.write(at(2, "unmet"))
    clones.meet()

    done = git(clones.ours.root, "merge", "theirs")

    assert done.code == 1
    assert "modify/delete" in done.text
    assert clones.ours.sheet == at(2, "unmet")


def test_a_sheet_renamed_on_one_side(clones: Clones) -> None:
    """The other side's answers follow it to the new name."""
    new = "answers/2026/c@web.yaml"
    must(clones.theirs.root, "mv", SHEET, new)
    must(clones.theirs.root, "commit", "-q", "-m", "renamed")
    clones.theirs.write(at(3, "partial"), path=new)
    clones.ours.write(at(2, "unmet"))
    clones.meet()

    must(clones.ours.root, "merge", "-q", "--no-edit", "theirs")

    assert (clones.ours.root / new).read_text("utf-8") == at(3, "partial", at(2, "unmet"))


def test_a_sheet_made_on_both_sides(clones: Clones) -> None:
    """There is no base: what both say alike stands once."""
    path = "answers/2026/d.yaml"
    clones.ours.write(sheet(answer("A", "met"), answer("B", "met")), path=path)
    clones.theirs.write(sheet(answer("B", "met"), answer("C", "unmet")), path=path)
    clones.meet()

    must(clones.ours.root, "merge", "-q", "--no-edit", "theirs")

    text = (clones.ours.root / path).read_text("utf-8")
    assert text == sheet(answer("A", "met"), answer("B", "met"), answer("C", "unmet"))


def test_both_sides_upgraded_to_another_version(clones: Clones) -> None:
    """The edition of the sheet is one field: a conflict at the root."""
    clones.ours.write(at(2, "unmet", BASE.replace("v1", "v2")))
    clones.theirs.write(at(3, "unmet", BASE.replace("v1", "v3")))
    clones.meet()

    done = git(clones.ours.root, "merge", "theirs")

    assert done.code == 1
    tree = read_tree(clones.ours.sheet, SHEET, "en")
    assert tree.conflicts[()] == [{"field": "checklist", "theirs": {"id": "c", "version": "v3"}}]
    assert tree.value["answers"]["IT-3"]["status"] == "unmet"


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        (b"<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", "an unsettled git merge stands here"),
        ("备注: 甲".encode("gbk"), "this is not UTF-8"),
        (b"format: assess/answers/1\nround: a\nround: b\n", "round"),
        (b"format: assess/evidence/1\n", "not the same kind of file on both sides"),
    ],
)
def test_a_side_that_cannot_be_read_is_merged_by_lines(
    clones: Clones, spoilt: bytes, reason: str
) -> None:
    """And git hears of a conflict, whatever the lines say, with the reason."""
    (clones.theirs.root / SHEET).write_bytes(spoilt)
    must(clones.theirs.root, "commit", "-q", "-a", "-m", "spoilt")
    clones.ours.write(at(2, "unmet"))
    clones.meet()

    done = git(clones.ours.root, "merge", "theirs")

    assert done.code == 1
    assert "was merged line by line" in done.text
    assert reason in done.text
    assert b"<<<<<<< ours" in (clones.ours.root / SHEET).read_bytes()


def test_what_is_no_text_stops_the_merge(clones: Clones) -> None:
    """A file of NUL bytes can't be merged by lines either: nothing is changed."""
    (clones.theirs.root / SHEET).write_bytes(b"\0\1\2" * 99)
    must(clones.theirs.root, "commit", "-q", "-a", "-m", "spoilt")
    clones.ours.write(at(2, "unmet"))
    clones.meet()

    done = git(clones.ours.root, "merge", "theirs")

    assert done.code not in {0, 1}
    assert clones.ours.sheet == at(2, "unmet")


def test_a_change_of_mode_and_a_link_do_not_reach_the_driver(clones: Clones) -> None:
    """A mode merges beside the answers; a link against a file is git's own conflict."""
    sheet_there = clones.theirs.root / SHEET
    sheet_there.chmod(0o755)
    clones.theirs.write(at(3, "partial"))
    clones.ours.write(at(2, "unmet"))
    clones.meet()

    must(clones.ours.root, "merge", "-q", "--no-edit", "theirs")

    assert clones.ours.sheet == at(3, "partial", at(2, "unmet"))
    assert (clones.ours.root / SHEET).stat().st_mode & 0o100

    sheet_there.unlink()
    sheet_there.symlink_to("elsewhere.yaml")
    must(clones.theirs.root, "commit", "-q", "-a", "-m", "link")
    clones.ours.write(at(4, "unmet", clones.ours.sheet))
    clones.meet()

    assert git(clones.ours.root, "merge", "theirs").code == 1
    texts = [
        one.read_text("utf-8") for one in clones.ours.root.glob("answers/2026/*") if one.is_file()
    ]
    assert at(4, "unmet", at(3, "partial", at(2, "unmet"))) in texts


def test_a_name_that_is_no_utf_8(clones: Clones) -> None:
    """Merged like any other; git shows the name in its own way."""
    path = os.fsdecode(b"answers/2026/\xff \xd6.yaml")
    clones.ours.write(at(2, "unmet"), path=path)
    must(clones.theirs.root, "pull", "-q", str(clones.ours.root), "main")
    clones.ours.write(at(2, "partial", note="a"), path=path)
    clones.theirs.write(at(2, "met", note="b"), path=path)
    clones.meet()

    assert git(clones.ours.root, "merge", "theirs").code == 1

    text = (clones.ours.root / path).read_text("utf-8")
    assert read_tree(text, "", "en").conflicts


def test_a_merge_without_a_working_tree(clones: Clones) -> None:
    """`git merge-tree`, which forges use, calls the driver too where it is set up."""
    clones.ours.write(at(2, "unmet"))
    clones.theirs.write(at(3, "partial"))
    clones.meet()

    tree = must(clones.ours.root, "merge-tree", "--write-tree", "main", "theirs").strip()

    assert must(clones.ours.root, "show", f"{tree}:{SHEET}") == at(3, "partial", at(2, "unmet"))


def test_the_header_of_a_hunk_names_the_item(clones: Clones) -> None:
    """`git diff` shows which answer a change is in, and `git log -L` follows one."""
    long = sheet(
        *(answer(f"IT-{n}", "met", "|-\n" + "      x\n" * 9 + "      y") for n in range(3))
    )
    clones.ours.write(long)
    (clones.ours.root / SHEET).write_text(long[: long.rindex("y")] + "z\n", "utf-8")

    assert "@@ IT-2" in must(clones.ours.root, "diff", "-U2")
    assert "IT-1:" in must(clones.ours.root, "log", "--oneline", f"-L:IT-1:{SHEET}")
