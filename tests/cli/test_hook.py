"""A real bare repository that takes no push with wrong files: `assess hook pre-receive`."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from cli.conftest import Assess, initialized, run_in
from examples import some_always
from samples import Samples

SHEET = "answers/2026/egov-network.yaml"
SOURCE = Path(__file__).parents[2] / "src"


def git(folder: Path, *words: str, code: int = 0) -> str:
    """Run plain git and return what it says."""
    done = subprocess.run(["git", *words], cwd=folder, check=False, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def answered(tmp_path: Path, samples: Samples, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder is a workspace with one answer, which is on the server."""
    samples.copy_place(pushed, tmp_path)
    monkeypatch.chdir(tmp_path / "qingxi-data")
    return tmp_path / "qingxi-data"


@pytest.fixture
def server(answered: Path, tmp_path: Path) -> Path:
    """A bare repository with the hook, as a server has it; it took what there is."""
    return tmp_path / "服务器" / "x.git"


def pushed(place: Path) -> None:
    """Make that workspace and the repository."""
    root, bare = place / "qingxi-data", place / "服务器" / "x.git"
    initialized(root)
    bare.mkdir(parents=True)
    git(bare, "init", "-q", "--bare", "-b", "main", ".")
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    run = f'PYTHONPATH="{SOURCE}" exec "{sys.executable}" -P -m assess hook pre-receive'
    hook.write_text(f"#!/bin/sh\n{run}\n", "utf-8")
    hook.chmod(0o755)
    git(root, "remote", "add", "origin", str(bare))
    git(root, "push", "-q", "origin", "main")
    run_in(root, "answer EGN-ACC-01 unmet", "commit")
    git(root, "push", "-q", "origin", "main")


def change(here: Path, old: str, new: str, path: str = SHEET) -> None:
    """Change a file and commit it as somebody would who does not use this program."""
    text = (here / path).read_text("utf-8")
    assert old in text
    (here / path).write_text(text.replace(old, new), "utf-8")
    git(here, "commit", "-q", "-a", "-m", "by hand")


def test_what_is_wrong_is_not_taken(answered: Path, server: Path) -> None:
    """The place is named to whoever pushes; mended, the next push is taken."""
    before = git(server, "rev-parse", "main")
    change(answered, "status: unmet", "status: unmett")

    said = git(answered, "push", "origin", "main", code=1)

    assert f"remote: {SHEET}:" in said
    assert "refs/heads/main is not taken" in said
    assert git(server, "rev-parse", "main") == before
    change(answered, "status: unmett", "status: partial")
    git(answered, "push", "-q", "origin", "main")
    assert git(server, "rev-parse", "main") == git(answered, "rev-parse", "main")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("    status: met\n    conflict: [{field: status, theirs: met}]\n", "conflict"),
        ("<<<<<<< ours\n    status: met\n=======\n    status: partial\n>>>>>>> theirs\n", "merge"),
    ],
)
def test_conflicts_and_markers_are_not_taken(answered: Path, rows: str, code: str) -> None:
    """A plain `git add` hides them from git, not from the server."""
    change(answered, "    status: unmet\n", rows)
    assert code in git(answered, "push", "origin", "main", code=1)


def test_of_very_many_problems_the_first_are_shown(answered: Path) -> None:
    """Nobody wants thousands of lines from a server."""
    rows = "".join(f"  NO-{number}:\n    status: met\n" for number in range(130))
    change(answered, "answers:\n", f"answers:\n{rows}")
    said = git(answered, "push", "origin", "main", code=1)
    assert said.count("item-unknown") == 100
    assert "and 30 more" in said


@pytest.mark.parametrize(
    ("path", "kind"),
    some_always(
        product(["answers/2026/x.yaml", "x", "tools/deep/x"], ["link", "repository"]),
        ("answers/2026/x.yaml", "link"),
        ("x", "repository"),
        ("tools/deep/x", "link"),
    ),
)
def test_links_and_repositories_inside_are_not_taken(answered: Path, path: str, kind: str) -> None:
    """A sheet that is a link is read from elsewhere; none is taken beside the sheets either."""
    (answered / path).parent.mkdir(parents=True, exist_ok=True)
    if kind == "link":
        (answered / path).symlink_to("/etc/passwd")
        git(answered, "add", path)
    else:
        inner = git(answered, "rev-parse", "HEAD").strip()
        git(answered, "update-index", "--add", "--cacheinfo", f"160000,{inner},{path}")
    git(answered, "commit", "-q", "-m", kind)

    said = git(answered, "push", "origin", "main", code=1)

    assert f"{path} is a link or a repository inside" in said
    assert "git rm --cached" in said


def test_more_than_a_workspace_may_hold_is_not_taken(
    answered: Path, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small push may unpack to anything: it is refused before it is written."""
    hook = server / "hooks" / "pre-receive"
    limit = "import assess.store.git.server.incoming_push as i; i.LIMIT = 10; "
    limit += "from assess.__main__ import main; main()"
    hook.write_text(f"#!/bin/sh\nexec '{sys.executable}' -c '{limit}' hook pre-receive\n", "utf-8")
    change(answered, "status: unmet", "status: partial")
    assert "larger than" in git(answered, "push", "origin", "main", code=1)


def test_other_branches_tags_removals_and_other_repositories(
    answered: Path, server: Path, tmp_path: Path
) -> None:
    """Only branches with a workspace are looked at; several at once are."""
    git(answered, "tag", "-a", "-m", "x", "v1")
    git(answered, "branch", "second")
    git(answered, "push", "-q", "origin", "second", "v1")
    git(answered, "push", "-q", "origin", ":second", ":v1")
    git(answered, "checkout", "-q", "--orphan", "notes")
    git(answered, "rm", "-q", "-r", "--cached", ".")
    git(answered, "commit", "-q", "--allow-empty", "-m", "no workspace")
    git(answered, "push", "-q", "origin", "notes")
    git(answered, "checkout", "-q", "-f", "main")
    git(answered, "branch", "good")
    change(answered, "status: unmet", "status: unmett")
    said = git(answered, "push", "origin", "good", "main", code=1)
    assert "refs/heads/main is not taken" in said
    assert "refs/heads/good is not taken" not in said


@pytest.mark.parametrize("ref", ["refs/heads/main", "refs/heads/side", "refs/tags/v2"])
def test_no_new_commit_is_read_in_two_ways(answered: Path, server: Path, ref: str) -> None:
    """Also one before the newest: with two authors in the history nothing is proved any more."""
    parent = git(answered, "rev-parse", "HEAD").strip()
    data = git(answered, "cat-file", "commit", "HEAD")
    author = next(line for line in data.splitlines() if line.startswith("author "))
    odd = data.replace(author, f"{author}\nauthor X <x@y> 1 +0000")
    (answered.parent / "odd").write_text(odd, "utf-8")
    words = ("hash-object", "-t", "commit", "-w", "--literally", "../odd")
    first = git(answered, *words).strip()
    tree = git(answered, "rev-parse", "HEAD^{tree}").strip()
    newest = git(answered, "commit-tree", tree, "-p", first, "-p", parent, "-m", "x").strip()
    said = git(answered, "push", "origin", f"{newest}:{ref}", code=1)
    assert f"commit {first[:10]} names its author or committer twice" in said.replace("\n", " ")
    good = git(answered, "commit-tree", tree, "-p", parent, "-m", "x").strip()
    git(answered, "push", "-q", "origin", f"{good}:{ref}")


def test_a_workspace_below_the_root(answered: Path, server: Path) -> None:
    """The file is named as it stands in the repository."""
    git(answered, "checkout", "-q", "-b", "below")
    (answered / "局").mkdir()
    for name in ("assess.yaml", "answers", "checklists"):
        git(answered, "mv", name, f"局/{name}")
    git(answered, "commit", "-q", "-m", "below")
    git(answered, "push", "-q", "origin", "below")
    change(answered, "status: unmet", "status: unmett", f"局/{SHEET}")
    assert f"局/{SHEET}:" in git(answered, "push", "origin", "below", code=1)


def test_a_closed_round_is_read_at_its_tag(answered: Path, server: Path, assess: Assess) -> None:
    """The tag comes with the same push, or is there; a sheet that differs from it is not taken."""
    assert assess("round", "close", "2026", "--yes").code == 0
    git(answered, "push", "-q", "--follow-tags", "origin", "main")
    change(answered, "status: unmet", "status: met")
    assert "round 2026 is closed" in git(answered, "push", "origin", "main", code=1)


def test_lines_that_are_not_gits(
    here: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Started by hand it says what it waits for."""
    lines = tmp_path / "lines"
    lines.write_text("x\n", "utf-8")
    with lines.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        ran = assess("hook", "pre-receive")
    assert ran.code == 2
    assert "OLD NEW REF" in ran.err
