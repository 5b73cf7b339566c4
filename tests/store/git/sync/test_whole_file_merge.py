"""Evidence and reports in a merge: taken whole, whatever git did to them."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.sync import whole_file_merge
from assess.store.git.sync.whole_file_merge import FileDecision, decide_and_write_whole_files
from assess.store.report_seal import seal_report_if_possible
from store.git.run.test_commits import sh

FIRST = "one\ntwo\nthree\nfour\nfive\n"
OURS, THEIRS = FIRST.replace("one", "ours"), FIRST.replace("five", "theirs")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one commit on main, and the branch `theirs` at it."""
    root = tmp_path / "甲"
    root.mkdir()
    make_and_trust_missing_repository(root)
    sh(root, "config", "user.name", "x")
    sh(root, "config", "user.email", "x@example.invalid")
    write(root, {"evidence/a.txt": FIRST, "evidence/register.yaml": "1\n", "README": "1\n"})
    sh(root, "branch", "theirs")
    return root


def write(root: Path, files: dict[str, str | None]) -> None:
    """Commit files; None: it is removed."""
    for path, text in files.items():
        place = root / path
        if text is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    sh(root, "add", "-A")
    sh(root, "commit", "-q", "-m", "x")


def merging(
    root: Path, ours: dict[str, str | None], theirs: dict[str, str | None], inner: str = "."
) -> None:
    """Begin a merge of two sides, and leave it open."""
    sh(root, "switch", "-q", "theirs")
    write(root, theirs)
    sh(root, "switch", "-q", "main")
    write(root, ours)
    assert whole_file_merge.can_merge_mix_whole_files(root / inner, "theirs")
    words = ["-c", "merge.conflictStyle=merge", "merge", "-q", "--no-commit", "theirs"]
    subprocess.run(["git", *words], cwd=root, check=False, capture_output=True)


def name_of(path: str, text: str) -> str:
    """Return the name of a copy; `{}` of the path is the hash."""
    return path.format(hashlib.sha256(text.encode()).hexdigest()[:8])


def status(root: Path) -> str:
    """Return what git says of the files of the merge."""
    return sh(root, "status", "--porcelain", "-uall")


def test_lines_of_both_are_never_mixed(root: Path) -> None:
    """Git merged them without a conflict; each side stands whole all the same."""
    merging(root, {"evidence/a.txt": OURS}, {"evidence/a.txt": THEIRS})
    assert "ours" in (mixed := (root / "evidence/a.txt").read_text("utf-8"))
    assert "theirs" in mixed
    assert decide_and_write_whole_files(root, just_merged=False) == (
        (),
        {},
    )  # somebody may have meant it

    settled = decide_and_write_whole_files(root, just_merged=True)

    copy = name_of("evidence/a-{}.txt", THEIRS)
    assert settled.decisions == (FileDecision("evidence/a.txt", copy),)
    assert settled.moved == {hashlib.sha256(THEIRS.encode()).hexdigest(): copy}
    assert (root / "evidence/a.txt").read_text("utf-8") == OURS
    assert (root / copy).read_text("utf-8") == THEIRS
    assert status(root) == f"A  {copy}"
    assert decide_and_write_whole_files(root, just_merged=True) == ((), {})


def test_what_one_side_removed_stays(root: Path) -> None:
    """Whoever removed it: the changed file is there, and told."""
    write(root, {"reports/b.txt": FIRST})
    sh(root, "branch", "-f", "theirs")
    ours: dict[str, str | None] = {"evidence/a.txt": None, "reports/b.txt": OURS}
    merging(root, ours, {"evidence/a.txt": THEIRS, "reports/b.txt": None})

    assert decide_and_write_whole_files(root, just_merged=True).decisions == (
        FileDecision("evidence/a.txt"),
        FileDecision("reports/b.txt"),
    )
    assert (root / "evidence/a.txt").read_text("utf-8") == THEIRS
    assert (root / "reports/b.txt").read_text("utf-8") == OURS
    assert status(root) == "A  evidence/a.txt"


def test_a_file_that_git_followed_to_its_new_name(root: Path) -> None:
    """Renamed here and changed there: the name of here holds what was there, theirs is beside."""
    merging(root, {"evidence/a.txt": None, "evidence/new.txt": OURS}, {"evidence/a.txt": THEIRS})

    settled = decide_and_write_whole_files(root, just_merged=True)

    assert (root / "evidence/new.txt").read_text("utf-8") == OURS
    assert (root / name_of("evidence/a-{}.txt", THEIRS)).read_text("utf-8") == THEIRS
    assert FileDecision("evidence/a.txt", name_of("evidence/a-{}.txt", THEIRS)) in settled.decisions


def test_a_file_that_both_renamed(root: Path) -> None:
    """Both names stay; the old one, which neither has, goes."""
    merging(
        root,
        {"evidence/a.txt": None, "evidence/b.txt": FIRST},
        {"evidence/a.txt": None, "evidence/c.txt": FIRST},
    )
    decide_and_write_whole_files(root, just_merged=True)
    assert status(root) == "A  evidence/c.txt"
    assert (root / "evidence/b.txt").exists()


def test_a_file_in_place_of_a_folder(root: Path) -> None:
    """The file that git set aside gets a name with its hash."""
    merging(root, {"evidence/x": OURS, "evidence/a.txt": None}, {"evidence/x/y": THEIRS})
    decide_and_write_whole_files(root, just_merged=True)
    assert (root / "evidence/x/y").read_text("utf-8") == THEIRS
    assert (root / name_of("evidence/x-{}", OURS)).read_text("utf-8") == OURS
    assert sorted(path.name for path in (root / "evidence").iterdir()) == sorted(
        ["register.yaml", "x", name_of("x-{}", OURS)]
    )


def test_reports_that_can_be_made_again(root: Path) -> None:
    """Of these ours is enough; what only looks like one stays twice; names that are taken don't."""
    ours, theirs = (
        seal_report_if_possible(text.encode(), "comment").decode() for text in (OURS, THEIRS)
    )
    path, other = "reports/2026/r.html", "reports/2026/s.html"
    signed = "reports/2026/signed.html"
    merging(
        root,
        {path: ours, other: OURS, signed: f"{ours}signed"},
        {
            path: theirs,
            other: f"{theirs}!",
            signed: seal_report_if_possible(b"again", "comment").decode(),
        },
    )
    taken = root / name_of("reports/2026/s-{}.html", f"{theirs}!")
    taken.write_text("not in git", "utf-8")

    settled = decide_and_write_whole_files(root, just_merged=True)

    copy = name_of("reports/2026/s-{}-2.html", f"{theirs}!")
    again = FileDecision(path, theirs_made=True, ours_made=True)
    assert settled.decisions == (
        again,
        FileDecision(other, copy),
        FileDecision(signed, theirs_made=True),
    )
    assert (root / signed).read_text("utf-8") == f"{ours}signed"
    assert (root / path).read_text("utf-8") == ours
    assert (root / copy).read_text("utf-8") == f"{theirs}!"
    assert taken.read_text("utf-8") == "not in git"


def test_a_report_whose_bytes_stand_elsewhere(root: Path) -> None:
    """No copy is made of it; where it stands is told. Once it is told, it is not told again."""
    report, proof = "reports/2026/s.csv", "evidence/signed.txt"
    merging(root, {report: OURS}, {report: THEIRS, proof: THEIRS})

    assert decide_and_write_whole_files(root, just_merged=True) == (
        (FileDecision(report, proof),),
        {},
    )
    assert (root / report).read_text("utf-8") == OURS
    assert (root / proof).read_text("utf-8") == THEIRS
    assert status(root) == f"A  {proof}"
    assert decide_and_write_whole_files(root, just_merged=True) == ((), {})


def test_a_file_too_large_to_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept all the same, under the id that git gives it."""
    monkeypatch.setattr(whole_file_merge, "MAX_SIZE", 5)
    merging(root, {"evidence/b.txt": OURS}, {"evidence/b.txt": THEIRS})
    oid = sh(root, "rev-parse", "theirs:evidence/b.txt")
    assert decide_and_write_whole_files(root, just_merged=True).decisions == (
        FileDecision("evidence/b.txt", f"evidence/b-{oid[:8]}.txt"),
    )


def test_links_are_left_to_somebody(root: Path) -> None:
    """Git's conflict stays; no link is followed or copied."""
    sh(root, "switch", "-q", "theirs")
    (root / "evidence/l").symlink_to("/etc/passwd")
    write(root, {})
    sh(root, "switch", "-q", "main")
    (root / "evidence/l").symlink_to("a.txt")
    write(root, {})
    merging(root, {"evidence/z": "z"}, {"evidence/z": "y"})
    decide_and_write_whole_files(root, just_merged=True)
    assert "AA evidence/l" in status(root)


def test_a_workspace_in_a_larger_repository(root: Path) -> None:
    """Only its own folders are looked at, by paths from its own folder."""
    files: dict[str, str | None] = {"单位/evidence/b.txt": OURS, "evidence/b.txt": OURS}
    merging(root, files, dict.fromkeys(files, THEIRS), "单位")
    inner = root / "单位"
    copy = name_of("evidence/b-{}.txt", THEIRS)
    assert decide_and_write_whole_files(inner, just_merged=True).decisions == (
        FileDecision("evidence/b.txt", copy),
    )
    assert (inner / copy).read_text("utf-8") == THEIRS
    assert "AA evidence/b.txt" in sh(root, "-c", "core.quotePath=false", "status", "--porcelain")


def test_when_the_sides_meet(root: Path) -> None:
    """Not where each changed other files, or both alike; nothing is done without a merge."""
    assert decide_and_write_whole_files(root, just_merged=True) == ((), {})
    sh(root, "switch", "-q", "theirs")
    write(root, {"evidence/t.txt": THEIRS, "evidence/both.txt": FIRST})
    sh(root, "switch", "-q", "main")
    write(root, {"evidence/o.txt": OURS, "evidence/both.txt": FIRST, "README": "2\n"})
    assert not whole_file_merge.can_merge_mix_whole_files(root, "theirs")
    write(root, {"evidence/a.txt": None})
    assert whole_file_merge.can_merge_mix_whole_files(root, "theirs")
    assert not whole_file_merge.can_merge_mix_whole_files(root, "main")
    sh(root, "switch", "-q", "theirs")
    assert whole_file_merge.can_merge_mix_whole_files(root, "main")
    sh(root, "switch", "-q", "--orphan", "elsewhere")
    write(root, {"evidence/o.txt": THEIRS})
    assert whole_file_merge.can_merge_mix_whole_files(root, "main")


def test_the_register_is_staged_once_it_is_settled(root: Path) -> None:
    """Not while git holds three versions of it."""
    merging(root, {"evidence/b.txt": OURS}, {"evidence/b.txt": THEIRS})
    (root / "evidence/register.yaml").write_text("2\n", "utf-8")
    whole_file_merge.stage_file_if_decided(root, "evidence/register.yaml")
    assert "M  evidence/register.yaml" in status(root)
    (root / "evidence/b.txt").write_text("mine\n", "utf-8")
    whole_file_merge.stage_file_if_decided(root, "evidence/b.txt")
    assert "AA evidence/b.txt" in status(root)


def test_a_file_that_somebody_mended_waits(root: Path) -> None:
    """It is nobody's version and has no markers: it stays until somebody says that it is done."""
    paths = ("evidence/b.txt", "evidence/c.txt")
    ours: dict[str, str | None] = {path: f"ours {path}\n" for path in paths}
    merging(root, ours, {path: f"theirs {path}\n" for path in paths})
    (root / "evidence" / "b.txt").write_text("mended\n", "utf-8")
    kept = decide_and_write_whole_files(root, just_merged=False).decisions
    assert (root / "evidence" / "b.txt").read_text("utf-8") == "mended\n"
    assert [one.path for one in kept] == ["evidence/c.txt"]
    assert status(root).startswith("AA evidence/b.txt")
    (root / "evidence" / "b.txt").write_text("", "utf-8")
    assert [
        one.path for one in decide_and_write_whole_files(root, just_merged=False).decisions
    ] == ["evidence/b.txt"]
