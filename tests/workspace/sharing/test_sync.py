"""Two people, two machines, one bare repository in a folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest

from assess.errors import FilesError, UsageError
from assess.store.git.run.plumbing import GitError
from assess.store.git.state.refusals import explain_git_error
from assess.store.git.sync import pushed_folders
from assess.store.git.trust.trusted_programs import record_trust_in_git_programs
from assess.workspace import Workspace
from assess.workspace.rounds.close import close_round
from assess.workspace.sharing.commit import NoIdentityError, restore_files_and_commit_workspace
from assess.workspace.sharing.remotes import make_folder_the_remote
from assess.workspace.sharing.sync import SyncResult, synchronize_workspace
from assess.workspace.sharing.undecided_files import settle_whole_file
from samples import Samples
from workspace.history.test_changes import ITEM, NOW, SHEET, TODAY, items, put, sh, three_commits
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name


@pytest.fixture
def usb(here: Workspace, tmp_path: Path, samples: Samples) -> Path:
    """A bare repository on a USB stick, made by the first sync.

    Git merges by lines: what is tested here is what happens around it.
    """
    shutil.rmtree(here.root)
    samples.copy_place(_make_two_machines, tmp_path)
    return tmp_path / "U 盘" / "x.git"


def _make_two_machines(place: Path) -> None:
    here, usb = three_commits(place / "单位 一"), place / "U 盘" / "x.git"
    path = here.root / ".gitattributes"
    path.write_text("*.yaml text eol=lf\n", "utf-8")
    sh(here.root, "commit", "-q", "-a", "-m", "text merge")
    assert make_folder_the_remote(here, usb)
    done = synchronize_workspace(here, today=TODAY)
    assert (done.merged, done.pushed) == ("nothing", 4)
    sh(place, "clone", "-q", str(usb), str(place / "乙"))


@pytest.fixture
def there(usb: Path, tmp_path: Path) -> Workspace:
    """The other machine."""
    return Workspace(tmp_path / "乙", "en")


def sync(one: Workspace) -> SyncResult:
    """Commit and synchronize."""
    restore_files_and_commit_workspace(one, today=TODAY)
    return synchronize_workspace(one, today=TODAY)


def test_both_sides_get_everything(here: Workspace, there: Workspace) -> None:
    """Different items come together; what came in is told as items."""
    put(there, "EGN-ACC-02", status="unmet")
    assert sync(there).pushed == 1
    put(here, ITEM, status="partial")
    done = sync(here)

    assert (done.remote, done.branch, done.merged, done.pushed) == ("origin", "main", "merged", 2)
    assert items(done.changes) == ["EGN-ACC-02"]
    back = synchronize_workspace(there, today=TODAY)
    assert (back.merged, items(back.changes), back.pushed) == ("forward", [ITEM], 0)
    assert (here.root / SHEET).read_bytes() == (there.root / SHEET).read_bytes()


def test_conflicts_are_settled_and_concluded_by_the_next_sync(
    here: Workspace, there: Workspace
) -> None:
    """Named by item and field; refused while one stands; then committed, merged and handed on."""
    put(there, ITEM, status="met")
    sync(there)
    put(here, ITEM, status="partial")
    with pytest.raises(FilesError, match="assess sync") as caught:
        sync(here)
    assert [(one.file, one.code) for one in caught.value.problems] == [(SHEET, "conflict")]
    with pytest.raises(FilesError, match="settled first"):
        synchronize_workspace(here, today=TODAY)

    sh(here.root, "checkout", "--theirs", SHEET)
    done = synchronize_workspace(here, today=TODAY)
    assert done.pushed == 2
    assert sh(here.root, "status", "--porcelain") == ""


def test_what_a_merge_by_lines_broke_is_not_handed_on(here: Workspace, there: Workspace) -> None:
    """Both lines kept make a sheet that nobody can read: it stays here, and is named."""
    (here.root / ".git/info/attributes").write_text("*.yaml merge=union\n", "utf-8")
    put(there, ITEM, status="met")
    sync(there)
    put(here, ITEM, status="partial")
    with pytest.raises(FilesError, match=r"nothing was handed on.*ORIG_HEAD") as caught:
        sync(here)
    assert {one.file for one in caught.value.problems} == {SHEET}
    with pytest.raises(FilesError, match=r"nothing was handed on[^(]*$"):
        synchronize_workspace(here, today=TODAY)
    assert synchronize_workspace(there, today=TODAY).merged == "nothing"


def test_a_sheet_deleted_on_one_side_is_never_dropped_silently(
    here: Workspace, there: Workspace
) -> None:
    """Somebody decides; until then nothing is committed."""
    (there.root / SHEET).unlink()
    sync(there)
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    for _attempt in range(2):
        with pytest.raises(FilesError) as caught:
            synchronize_workspace(here, today=TODAY)
        problem = caught.value.problems[0]
        assert (problem.file, problem.code) == (SHEET, "deleted-here-or-there")
        assert problem.hint == f"keep it: assess settle {SHEET} --ours; drop it: --theirs"
    assert (here.root / SHEET).exists()

    settle_whole_file(here, SHEET, "ours")
    assert synchronize_workspace(here, today=TODAY).pushed == 2
    assert (here.root / SHEET).exists()


def test_what_is_refused_before_anything_happens(here: Workspace, there: Workspace) -> None:
    """Uncommitted files, a rebase, a second folder, no identity, no trust."""
    put(there, ITEM, status="met")
    with pytest.raises(UsageError, match=r"files not committed: 1 .*assess commit"):
        synchronize_workspace(there, today=TODAY)
    sh(there.root, "checkout", SHEET)
    with pytest.raises(UsageError, match="origin already"):
        make_folder_the_remote(there, there.root.parent / "second.git")

    sh(there.root, "config", "core.sshCommand", "evil")
    with pytest.raises(UsageError, match="--trust"):
        synchronize_workspace(there, today=TODAY)
    sh(there.root, "switch", "-q", "--detach")
    with pytest.raises(UsageError, match="detached"):
        synchronize_workspace(there, today=TODAY)


def test_without_identity(here: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A merge needs somebody who makes it."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    sh(here.root, "config", "user.useConfigOnly", "true")
    record_trust_in_git_programs(here.root)
    with pytest.raises(NoIdentityError, match="assess commit --as PERSON"):
        synchronize_workspace(here, today=TODAY)


def test_the_stick_is_not_plugged_in(here: Workspace, usb: Path) -> None:
    """The missing folder is named, and the commits are safe."""
    shutil.rmtree(usb)
    put(here, ITEM, status="partial")
    with pytest.raises(GitError, match="plugged in"):
        sync(here)
    assert sh(here.root, "status", "--porcelain") == ""


def test_a_shallow_clone_that_lacks_the_common_past(
    here: Workspace, there: Workspace, tmp_path: Path
) -> None:
    """How to get the rest is named."""
    shallow = tmp_path / "shallow"
    url = sh(here.root, "remote", "get-url", "origin")
    sh(tmp_path, "clone", "-q", "--depth", "1", f"file://{url}", str(shallow))
    other = Workspace(shallow, "en")
    put(other, ITEM, status="partial")
    restore_files_and_commit_workspace(other, today=TODAY)
    sh(there.root, "checkout", "-q", "--orphan", "new")
    sh(there.root, "commit", "-q", "-m", "rewritten")
    sh(there.root, "push", "-q", "--force", "origin", "new:main")
    with pytest.raises(GitError, match="--unshallow"):
        synchronize_workspace(other, today=TODAY)


def test_others_keep_pushing(
    here: Workspace, there: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a few attempts it is said, and what was merged stays."""
    put(here, ITEM, status="met")
    restore_files_and_commit_workspace(here, today=TODAY)
    monkeypatch.setattr(
        "assess.store.git.sync.exchange.push_branch_and_tags", lambda *_, **__: False
    )
    with pytest.raises(GitError, match="keep pushing"):
        synchronize_workspace(here, today=TODAY)
    with pytest.raises(GitError, match="一直在推送"):
        synchronize_workspace(Workspace(here.root, "zh"), today=TODAY)


def hook(usb: Path, name: str, line: str) -> None:
    """Put a hook into the repository on the stick."""
    path = usb / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    path.chmod(0o755)


HOOKS = ("pre-receive", "update", "post-receive", "post-update", "reference-transaction")


@pytest.mark.parametrize("form", ["path", "file://", "relative"])
def test_what_is_on_a_stick_does_not_run(
    here: Workspace, usb: Path, tmp_path: Path, form: str
) -> None:
    """Hooks and settings of the other side: git runs them as this user, and we do not; it is said.

    The same push by plain git springs the trap.
    """
    sprung = tmp_path / "sprung"
    trap = f'touch "{sprung}"'
    for name in HOOKS:
        hook(usb, name, trap)
    sh(usb, "config", "core.alternateRefsCommand", trap)
    sh(usb, "config", "core.fsmonitor", trap)
    sh(usb, "config", "gc.recentObjectsHook", trap)
    sh(usb, "config", "gc.auto", "1")
    sh(usb, "config", "uploadpack.packObjectsHook", trap)
    (usb / "objects" / "info").mkdir(exist_ok=True)
    (usb / "objects" / "info" / "alternates").write_text(f"{here.root}/.git/objects\n", "utf-8")
    address = {
        "path": str(usb),
        "file://": f"file://{quote(str(usb))}",
        "relative": os.path.relpath(usb, here.root),
    }
    sh(here.root, "remote", "set-url", "origin", address[form])
    record_trust_in_git_programs(here.root)
    put(here, ITEM, status="partial")

    done = sync(here)

    assert not sprung.exists()
    assert done.pushed == 1
    assert {f"hooks/{name}" for name in HOOKS} <= set(done.left_off)
    assert sh(usb, "rev-parse", "main") == sh(here.root, "rev-parse", "HEAD")
    put(here, ITEM, status="met")
    restore_files_and_commit_workspace(here, today=TODAY)
    sh(here.root, "push", "-q", "origin", "main")
    assert sprung.exists()


def test_a_hook_of_the_other_side_that_is_trusted(here: Workspace, usb: Path) -> None:
    """A shared folder's own check runs once it is trusted; its words are shown; a change asks.

    What is said of the commit is true: it is made, and nothing was handed on.
    """
    hook(usb, "pre-receive", "for line in one two three four five; do echo $line >&2; done; exit 1")
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    said = (
        r"other side refused: one; two; three; five \(nothing was handed on; your commits are safe"
    )
    for trusting in (True, False):
        with pytest.raises(GitError, match=said):
            synchronize_workspace(here, today=TODAY, trust=trusting)
    hook(usb, "pre-receive", "exit 2")
    assert synchronize_workspace(here, today=TODAY).left_off == ("hooks/pre-receive",)


def test_a_hook_here_that_refuses_a_push(here: Workspace, usb: Path) -> None:
    """Its own words, not git's that come after; the commit is there and stays."""
    hook(here.root / ".git", "pre-push", "echo not today >&2; exit 1")
    record_trust_in_git_programs(here.root)
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    head = sh(here.root, "rev-parse", "HEAD")
    with pytest.raises(GitError, match=r"refused: not today \(nothing was handed on; your commits"):
        synchronize_workspace(here, today=TODAY)
    assert sh(here.root, "rev-parse", "HEAD") == head


def test_a_hook_here_that_refuses_a_merge(here: Workspace, there: Workspace) -> None:
    """The merge is begun and not committed: so it is said, and the next sync concludes it."""
    put(there, "EGN-ACC-02", status="unmet")
    sync(there)
    hook(here.root / ".git", "pre-merge-commit", "echo not today >&2; exit 1")
    record_trust_in_git_programs(here.root)
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)
    with pytest.raises(GitError, match=r"not today.*merge is not committed yet.*merge --abort"):
        synchronize_workspace(here, today=TODAY)
    assert synchronize_workspace(here, today=TODAY).pushed == 2


def test_an_address_is_no_folder(here: Workspace) -> None:
    """Elsewhere the hooks run on the other machine, and nothing is put into the command."""
    for address in ("https://git.example/x.git", "host:x.git", "ssh://host/x.git"):
        sh(here.root, "remote", "add", "there", address)
        assert pushed_folders.find_path_of_first_push_address(here.root, "there") is None
        assert pushed_folders.list_receive_pack_options(here.root, "there") == []
        assert pushed_folders.list_disabled_programs_of_remote(here.root, "there") == []
        pushed_folders.trust_remote_folders(here.root, "there")
        sh(here.root, "remote", "remove", "there")
    with pytest.raises(GitError, match="No such remote"):
        pushed_folders.find_path_of_first_push_address(here.root, "nothing")
    sh(here.root, "remote", "add", "there", "/nowhere/x.git")
    for look_at in (
        pushed_folders.list_disabled_programs_of_remote,
        pushed_folders.trust_remote_folders,
        pushed_folders.list_receive_pack_options,
    ):
        with pytest.raises(GitError, match=r"/nowhere/x.git"):
            look_at(here.root, "there")


def test_a_stick_behind_another_address(here: Workspace, usb: Path, tmp_path: Path) -> None:
    """A remote may push to several places: each folder is looked at, and none runs untrusted."""
    second = tmp_path / "second.git"
    sh(tmp_path, "clone", "-q", "--bare", str(usb), str(second))
    sh(here.root, "remote", "set-url", "--add", "--push", "origin", str(usb))
    sh(here.root, "remote", "set-url", "--add", "--push", "origin", str(second))
    record_trust_in_git_programs(here.root)
    record_trust_in_git_programs(usb)
    hook(second, "pre-receive", f'touch "{tmp_path}/sprung"')
    put(here, ITEM, status="partial")
    restore_files_and_commit_workspace(here, today=TODAY)

    with pytest.raises(UsageError, match=r"several places.*--trust"):
        synchronize_workspace(here, today=TODAY)

    assert not (tmp_path / "sprung").exists()
    assert synchronize_workspace(here, today=TODAY, trust=True).pushed == 1
    assert sh(second, "rev-parse", "main") == sh(usb, "rev-parse", "main")


def test_a_round_that_was_closed_here_is_read_there(here: Workspace, there: Workspace) -> None:
    """Its tag comes along; closed on both sides each reads its own, and that is told."""
    for person in ("wang", "li"):
        here.add_person(person, person, ("filler",))
    sync(here)
    sync(there)
    close_round(here, "2026", today=TODAY, now=NOW)
    assert synchronize_workspace(here, today=TODAY).closed_twice == ()
    put(there, "EGN-ACC-02", status="met")
    restore_files_and_commit_workspace(there, today=TODAY)
    close_round(there, "2026", today=TODAY, now=NOW)

    done = synchronize_workspace(there, today=TODAY)

    assert [one.tag for one in done.closed_twice] == ["round/2026"]
    sh(there.root, "tag", "-d", "round/2026")
    assert synchronize_workspace(there, today=TODAY).closed_twice == ()
    assert sh(there.root, "rev-parse", "round/2026") == sh(here.root, "rev-parse", "round/2026")


def test_the_workspace_of_somebody_else_is_no_remote(here: Workspace, tmp_path: Path) -> None:
    """Git refuses to push into it; that and what to do instead is said."""
    sh(tmp_path, "clone", "-q", str(here.root), str(tmp_path / "other"))
    sh(here.root, "remote", "add", "origin", str(tmp_path / "other"))
    record_trust_in_git_programs(here.root)
    put(here, ITEM, status="partial")
    with pytest.raises(GitError, match=r"somebody's own workspace.*NEW_FOLDER"):
        sync(here)


def test_the_other_side_is_locked_or_write_protected(here: Workspace, usb: Path) -> None:
    """A lock there is named with its place; a stick that can't be written to is told as such."""
    put(here, ITEM, status="partial")
    lock = usb / "refs" / "heads" / "main.lock"
    lock.touch()
    with pytest.raises(GitError, match=r"rm .*main\.lock"):
        sync(here)
    lock.unlink()
    error = GitError("")
    error.output = "error: remote unpack failed: unable to create temporary object directory"
    assert "write-protected" in str(explain_git_error(error, here.root, "en"))
