"""Evidence and reports of two people come together: nothing is lost, nothing is to be typed."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from assess.errors import FilesError
from assess.problem import select_errors
from assess.store.report_seal import seal_report_if_possible
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.core import conflicts
from assess.workspace.core.checking import lint_workspace
from assess.workspace.sharing.commit import restore_files_and_commit_workspace
from assess.workspace.sharing.sync import SyncResult, synchronize_workspace
from workspace.history.test_changes import NOW, TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.test_syncing_by_meaning import there as there  # noqa: PLC0414  # pytest finds the fixture by this name

OLD_ATTRIBUTES = "*.yaml text eol=lf\nevidence/** -text\nreports/** -text\n"
"""What workspaces had before evidence was kept from a merge by lines, without the driver."""

REPORT = "reports/2026/round-full-zh.html"


def sync(one: Workspace) -> SyncResult:
    """Commit and synchronize."""
    restore_files_and_commit_workspace(one, today=TODAY)
    return synchronize_workspace(one, today=TODAY)


def attach(one: Workspace, name: str, content: bytes, row_id: str | None = None) -> str:
    """Attach a file under its own name, as older programs did; return the id of its row."""
    digest = hashlib.sha256(content).hexdigest()
    path = one.root / "evidence" / "2026" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    row_id = row_id or f"ev-{digest[:8]}"
    file = {"path": f"2026/{name}", "sha256": digest, "size": len(content)}
    one.edit_register([FieldEdit(("evidence", row_id), {"title": name, "file": file})])
    return row_id


def write(one: Workspace, path: str, content: bytes) -> None:
    """Write a file."""
    (one.root / path).parent.mkdir(parents=True, exist_ok=True)
    (one.root / path).write_bytes(content)


def faults(one: Workspace) -> list[str]:
    """Return the codes of all errors but the fixture's, and the fields of conflicts."""
    problems = lint_workspace(one.root, (), today=TODAY, lang="en")
    found = [
        problem.code for problem in select_errors(problems) if problem.code != "person-unknown"
    ]
    return found + [
        standing.conflict.row.field for standing in conflicts.find_conflicts(one.root, "en")
    ]


def same_tree(here: Workspace, there: Workspace) -> bool:
    """Return whether both have the same files committed, and nothing else."""
    trees = {sh(one.root, "rev-parse", "HEAD^{tree}") for one in (here, there)}
    clean = not any(sh(one.root, "status", "--porcelain") for one in (here, there))
    return len(trees) == 1 and clean


def held(one: Workspace) -> set[str]:
    """Return the hashes of all registered files whose bytes are there."""
    rows = one.read_register_or_empty().evidence.values()
    return {
        row.file.sha256
        for row in rows
        if row.file is not None
        and hashlib.sha256((one.root / "evidence" / row.file.path).read_bytes()).hexdigest()
        == row.file.sha256
    }


@pytest.mark.parametrize(
    "attributes", ["new", pytest.param("old", marks=pytest.mark.exhaustive), "union"]
)
def test_two_files_of_one_name(here: Workspace, there: Workspace, attributes: str) -> None:
    """Ours stays, theirs gets a name with its hash and its row follows; no marker in either."""
    if attributes != "new":
        more = "*.txt merge=union\n" if attributes == "union" else ""
        lines = (here.root / ".gitattributes").read_text("utf-8")
        driver = "".join(f"{line}\n" for line in lines.splitlines() if "merge=assess" in line)
        write(here, ".gitattributes", f"{OLD_ATTRIBUTES}{more}{driver}".encode())
        sync(here)
        synchronize_workspace(there, today=TODAY)
    ours, theirs = b"one\nours\nlast\n", b"one\ntheirs\nlast\n"
    attach(there, "log.txt", theirs)
    sync(there)
    attach(here, "log.txt", ours)

    done = sync(here)

    digest = hashlib.sha256(theirs).hexdigest()
    copy = f"2026/log-{digest[:8]}.txt"
    assert (here.root / "evidence/2026/log.txt").read_bytes() == ours
    assert (here.root / "evidence" / copy).read_bytes() == theirs
    assert [(one.file, one.severity) for one in done.warnings] == [
        ("evidence/2026/log.txt", "warning")
    ]
    assert copy in done.warnings[0].message
    assert (done.merged, faults(here)) == ("merged", [])
    assert synchronize_workspace(there, today=TODAY).warnings == ()
    assert same_tree(here, there)
    assert held(there) == {digest, hashlib.sha256(ours).hexdigest()}


def test_the_same_row_with_another_file_on_each_side(here: Workspace, there: Workspace) -> None:
    """Which one proves it is for a person to say; both are there, and each row names its own."""
    attach(here, "log.txt", b"first", "ev-log")
    sync(here)
    synchronize_workspace(there, today=TODAY)
    attach(there, "log.txt", b"theirs", "ev-log")
    sync(there)
    attach(here, "log.txt", b"ours", "ev-log")

    with pytest.raises(FilesError) as caught:
        sync(here)

    told = {(one.file, one.code, one.severity) for one in caught.value.problems}
    assert ("evidence/2026/log.txt", "kept", "warning") in told
    (standing,) = conflicts.find_conflicts(here.root, "en")
    conflicts.settle_conflict_with_side(here.root, standing, "en", theirs=True)
    assert synchronize_workspace(here, today=TODAY).pushed == 2
    assert faults(here) == []
    assert held(here) == {hashlib.sha256(b"theirs").hexdigest()}
    assert (here.root / "evidence/2026/log.txt").read_bytes() == b"ours"


def test_a_file_removed_here_and_changed_there(here: Workspace, there: Workspace) -> None:
    """It stays, and is told; the row is a conflict of the register, whose side names the file."""
    attach(here, "log.txt", b"first", "ev-log")
    write(here, "reports/2026/notes.txt", b"first")
    sync(here)
    synchronize_workspace(there, today=TODAY)
    attach(there, "log.txt", b"theirs", "ev-log")
    write(there, "reports/2026/notes.txt", b"theirs")
    sync(there)
    (here.root / "evidence/2026/log.txt").unlink()
    (here.root / "reports/2026/notes.txt").unlink()
    here.edit_register([FieldEdit(("evidence", "ev-log"), None)])

    with pytest.raises(FilesError) as caught:
        sync(here)

    kept = [one for one in caught.value.problems if one.code == "kept"]
    assert {one.file for one in kept} == {"evidence/2026/log.txt", "reports/2026/notes.txt"}
    assert all("it stays" in one.message for one in kept)
    for path in ("evidence/2026/log.txt", "reports/2026/notes.txt"):
        assert (here.root / path).read_bytes() == b"theirs"


def test_reports_that_both_made(here: Workspace, there: Workspace) -> None:
    """Ours stays where theirs can be made again; whatever else theirs is stands beside it."""
    made = [
        seal_report_if_possible(b"<p>%s</p>\n" % word, "comment") for word in (b"ours", b"theirs")
    ]
    write(there, REPORT, made[1])
    write(there, "reports/2026/a.pdf", b"%PDF signed by them")
    write(there, "reports/2026/c.html", made[1])
    sync(there)
    write(here, REPORT, made[0])
    write(here, "reports/2026/a.pdf", b"%PDF signed by us")
    write(here, "reports/2026/c.html", b"signed by us")

    done = sync(here)

    told = {one.file: one for one in done.warnings}
    assert "render it again" in told[REPORT].message
    assert told[REPORT].hint == "assess report"
    assert (here.root / REPORT).read_bytes() == made[0]
    assert "only ours stays" in told["reports/2026/c.html"].message
    assert told["reports/2026/c.html"].hint == ""
    assert (here.root / "reports/2026/a.pdf").read_bytes() == b"%PDF signed by us"
    (copy,) = (here.root / "reports/2026").glob("a-????????.pdf")
    assert copy.read_bytes() == b"%PDF signed by them"
    assert copy.name in told["reports/2026/a.pdf"].message
    assert len(list((here.root / "reports/2026").iterdir())) == 4
    synchronize_workspace(there, today=TODAY)
    assert same_tree(here, there)


def test_a_merge_that_died_is_concluded(here: Workspace, there: Workspace) -> None:
    """Begun by a plain git, or killed before the register was saved: the next sync goes on."""
    theirs = b"theirs\n"
    attach(there, "log.txt", theirs)
    sync(there)
    attach(here, "log.txt", b"ours\n")
    restore_files_and_commit_workspace(here, today=TODAY)
    sh(here.root, "fetch", "-q", "origin")
    with pytest.raises(Exception, match="returned non-zero"):
        sh(here.root, "-c", "merge.assess.driver=false", "merge", "-q", "FETCH_HEAD")
    name = f"log-{hashlib.sha256(theirs).hexdigest()[:8]}.txt"
    register = (here.root / "evidence/register.yaml").read_text("utf-8")
    assert "<<<<<<<" not in register

    done = synchronize_workspace(here, today=TODAY)

    assert done.merged == "merged"
    assert (here.root / "evidence/2026" / name).read_bytes() == theirs
    assert faults(here) == []


def play(here: Workspace, there: Workspace, seed: int, tmp_path: Path) -> None:
    """Let both attach files of the same names and make reports; bring it together twice."""
    dice = random.Random(seed)  # noqa: S311  # a seed repeats the test
    attached: set[str] = set()
    for turn in range(3):
        for one in (here, there) if dice.random() < 0.5 else (there, here):
            for _file in range(dice.randint(1, 3)):
                name = dice.choice(("log.txt", "截图.png", "a.b", "noending"))
                content = f"line\n{name}\nline\n{dice.randint(0, 9)}\n".encode()
                attached.add(hashlib.sha256(content).hexdigest())
                source = tmp_path / name
                source.write_bytes(content)
                if dice.random() < 0.5 and not (one.root / "evidence/2026" / name).exists():
                    attach(one, name, content)
                else:
                    one.add_evidence_file(source, title=name, round_id="2026", by=None, now=NOW)
            body = f"<p>{one.root.name} {turn}</p>\n".encode()
            sealed = seal_report_if_possible(body, "comment") if dice.random() < 0.7 else body
            write(one, dice.choice((REPORT, "reports/2026/b.html")), sealed)
            restore_files_and_commit_workspace(one, today=TODAY)
        for one in (here, there, here, there):
            synchronize_workspace(one, today=TODAY)
        assert same_tree(here, there), seed
        assert faults(here) == [], seed
        assert held(here) == attached, seed


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.exhaustive)])
def test_two_people_attach_and_render(
    here: Workspace, there: Workspace, tmp_path: Path, seed: int
) -> None:
    """Every content that anybody attached is in both trees and registered; nothing to settle."""
    play(here, there, seed, tmp_path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(10, 40))
def test_two_people_attach_and_render_often(
    here: Workspace, there: Workspace, tmp_path: Path, seed: int
) -> None:
    """The same, from many seeds."""
    play(here, there, seed, tmp_path)
