"""A commit laid out by plumbing, and what git says of its signature."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from assess.errors import DamagedError, UsageError
from assess.store.git.history import checkout
from assess.store.git.history.checked_history import is_commit_reachable
from assess.store.git.history.checkout import check_out_report_inputs
from assess.store.git.history.commit_signature import verify_commit_signature
from assess.store.git.run.object_ids import MisnamedObjectError
from assess.store.git.run.plumbing import Repository
from store.git.run.test_batch import replace_object

WHO = {
    "GIT_AUTHOR_NAME": "w",
    "GIT_AUTHOR_EMAIL": "w@example.invalid",
    "GIT_COMMITTER_NAME": "w",
    "GIT_COMMITTER_EMAIL": "w@example.invalid",
}


def git(root: Path, *words: str, **extra: str) -> str:
    """Run git and return what it prints."""
    environ = os.environ | WHO | extra
    done = subprocess.run(
        ["git", *words], cwd=root, check=True, capture_output=True, text=True, env=environ
    )
    return done.stdout.strip()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A repository with a workspace in a folder of it."""
    root = tmp_path / "repo" / "自查"
    for name, data in {
        "assess.yaml": b"a\n",
        "evidence/register.yaml": b"r\n",
        "evidence/2026/p.png": b"png",
        "evidence/2026/p.pdf": b"pdf",
        "answers/2026/x.yaml": b"x\n",
        "reports/r.pdf": b"report",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / "answers/2026/link.yaml").symlink_to("/etc/passwd")
    git(root.parent, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    return root


def opened(root: Path) -> tuple[Repository, str]:
    """Return the repository and the id of its commit."""
    found = Repository.find_repository(root)
    assert found is not None
    head = found.resolve_head_commit()
    assert head is not None
    return found, head


def laid_out(root: Path, folder: Path) -> list[str]:
    """Lay the head out and return the files that are there, git's own aside."""
    repository, head = opened(root)
    folder.mkdir()
    there = check_out_report_inputs(repository, head, folder, "en")
    assert there == folder / "自查"
    files = (path for path in there.rglob("*") if not path.is_dir())
    return sorted(path.relative_to(there).as_posix() for path in files)


def test_what_a_report_needs_is_laid_out(made: Path, tmp_path: Path) -> None:
    """Inputs and pictures; no link, no other evidence, no reports; the folder does not count."""
    (made / "assess.yaml").write_text("changed\n")
    found = laid_out(made, tmp_path / "out")
    assert found == [
        "answers/2026/x.yaml",
        "assess.yaml",
        "evidence/2026/p.png",
        "evidence/register.yaml",
    ]
    assert (tmp_path / "out" / "自查" / "assess.yaml").read_text() == "a\n"


def test_the_folder_knows_history_and_refs(made: Path, tmp_path: Path) -> None:
    """Tags and commits can be read from there; git's settings of the other are not taken over."""
    git(made, "tag", "round/2025")
    git(made, "config", "core.fsmonitor", "touch /tmp/ran")
    laid_out(made, tmp_path / "out")
    there = Repository.find_repository(tmp_path / "out" / "自查")
    assert there is not None
    assert there.resolve_head_commit() == opened(made)[1]
    assert there.resolve_commit("refs/tags/round/2025") == there.resolve_head_commit()
    assert "fsmonitor" not in (tmp_path / "out" / ".git" / "config").read_text()


def test_a_shallow_clone_stays_one(made: Path, tmp_path: Path) -> None:
    """The edge of a shallow clone is known in the folder too."""
    (made / "assess.yaml").write_text("two\n")
    git(made, "commit", "-q", "-a", "-m", "two")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{made.parent}", str(clone))
    assert "assess.yaml" in laid_out(clone / "自查", tmp_path / "out")
    assert (tmp_path / "out" / ".git" / "shallow").is_file()


def test_a_path_of_two_lines(made: Path, tmp_path: Path) -> None:
    """The objects are found there too."""
    there = tmp_path / 'a "b\n\\c'
    there.mkdir()
    git(tmp_path, "clone", "-q", str(made.parent), str(there / "repo"))
    assert "assess.yaml" in laid_out(there / "repo" / "自查", tmp_path / "out")
    found = Repository.find_repository(tmp_path / "out" / "自查")
    assert found is not None
    assert len(found.list_files(found.resolve_head_commit() or "")) > 4


def test_large_evidence_is_left_out(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture over the limit is left out, and a commit over the whole limit is refused."""
    monkeypatch.setattr(checkout, "MAX_PICTURE", 2)
    assert "evidence/2026/p.png" not in laid_out(made, tmp_path / "a")
    monkeypatch.setattr(checkout, "MAX_TOTAL", 3)
    with pytest.raises(UsageError, match="can't be laid out"):
        laid_out(made, tmp_path / "b")


@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("name", ["answers/2026/x.yaml", "evidence/2026/p.png"])
def test_a_missing_object_is_named(made: Path, tmp_path: Path, name: str, damaged: bool) -> None:
    """A report without a file of its commit would be another report: nothing is proved."""
    oid = git(made, "rev-parse", f"HEAD:自查/{name}")
    path = made.parent / ".git" / "objects" / oid[:2] / oid[2:]
    path.unlink()
    if damaged:
        path.write_bytes(b"")
    with pytest.raises(DamagedError, match="is missing or damaged") as caught:
        laid_out(made, tmp_path / "out")
    assert name in caught.value.message
    assert "git fetch --refetch" in caught.value.hint


def test_a_missing_object_that_no_report_shows(made: Path, tmp_path: Path) -> None:
    """Evidence that is no picture is not needed."""
    oid = git(made, "rev-parse", "HEAD:自查/evidence/2026/p.pdf")
    (made.parent / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    assert "evidence/2026/p.png" in laid_out(made, tmp_path / "out")


def test_a_picture_that_was_replaced_by_a_large_one(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies under its id is too large for a report, but it is not the picture of the commit."""
    monkeypatch.setattr(checkout, "MAX_PICTURE", 10)
    oid = git(made, "rev-parse", "HEAD:自查/evidence/2026/p.png")
    replace_object(made.parent, oid, "blob", b"x" * 11)
    with pytest.raises(MisnamedObjectError, match=oid):
        laid_out(made, tmp_path / "out")


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "templates/.git/config"])
def test_paths_that_lead_out(path: str) -> None:
    """Paths of a strange tree never lead out of the folder, nor into git's own."""
    assert not checkout.stays_inside_folder(path)


def test_reachable_commits(made: Path) -> None:
    """A commit counts while a branch, a tag or HEAD leads to it."""
    repository, first = opened(made)
    assert is_commit_reachable(repository, first)
    git(made, "commit", "-q", "--amend", "-m", "other")
    assert not is_commit_reachable(repository, first)
    git(made, "checkout", "-q", "--detach", first)
    assert is_commit_reachable(repository, first)


def test_unsigned_commits_say_nothing(made: Path) -> None:
    """A commit without a signature."""
    repository, head = opened(made)
    assert verify_commit_signature(repository, head) is None


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
def test_signed_commits(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own list of signers decides; what the repository's settings say does not."""
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    words = ("-c", "gpg.format=ssh", "-c", f"user.signingKey={key}")
    git(made, *words, "commit", "-q", "-S", "--allow-empty", "-m", "signed")
    repository, head = opened(made)
    signers = tmp_path / "signers"
    signers.write_text(f"wang@example.invalid {key.with_suffix('.pub').read_text()}")
    mine = tmp_path / "gitconfig"
    mine.write_text("")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(mine))
    git(made, "config", "gpg.ssh.allowedSignersFile", str(signers))
    git(made, "config", "gpg.ssh.program", "false")
    found = verify_commit_signature(repository, head)
    assert found is not None
    assert not found[0]
    mine.write_text(f'[gpg "ssh"]\n\tallowedSignersFile = {signers}\n')
    found = verify_commit_signature(repository, head)
    assert found is not None
    assert found[0]
    assert "wang@example.invalid" in found[1]
    assert "revocation" not in found[1]
    revoked = tmp_path / "revoked"
    subprocess.run(["ssh-keygen", "-q", "-k", "-f", str(revoked), f"{key}.pub"], check=True)
    git(made, "config", "gpg.ssh.revocationFile", str(revoked))
    git(made, "config", "gpg.minTrustLevel", "ultimate")
    found = verify_commit_signature(repository, head)
    assert found is not None
    assert found[0]
    git(made, "config", "gpg.ssh.revocationFile", os.devnull)
    included = tmp_path / "included"
    included.write_text(f'[gpg "ssh"]\n\trevocationFile = {revoked}\n', "utf-8")
    with mine.open("a") as file:
        file.write(f"[include]\n\tpath = {included}\n")
    found = verify_commit_signature(repository, head)
    assert found is not None
    assert not found[0]
