"""Refs, links and lists in `.git` by which a sync would write elsewhere, or merge wrongly."""

from __future__ import annotations

from adversary.attack import Place, attack


def _other_side(place: Place) -> str:
    """Make the other side, tag a closed round, commit something, and return the tag's commit."""
    place.git("clone", "-q", "--bare", ".", str(place.home / "other.git"))
    place.git("remote", "add", "origin", str(place.home / "other.git"))
    place.git("tag", "-a", "-m", "x", "round/2025")
    place.git("commit", "-q", "--allow-empty", "-m", "ours")
    return place.git("rev-parse", "round/2025")


@attack("sync", code=2, says="only stands for refs/tags/round/2025")
def tag_behind_a_symbolic_ref(place: Place) -> None:
    """A mapping of the remote leads to a symbolic ref that stands for a closed round's tag."""
    _other_side(place)
    place.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/zz/*")
    place.git("symbolic-ref", "refs/remotes/zz/main", "refs/tags/round/2025")


@attack("commit", "round close 2026 --yes", code=2, says="no branch is checked out")
def branch_that_stands_for_a_tag(place: Place) -> None:
    """A commit of the branch would move the tag of a closed round."""
    place.git("update-ref", "refs/tags/round/2025", "HEAD")
    place.git("symbolic-ref", "refs/heads/main", "refs/tags/round/2025")


@attack("sync", code=3, says="is a link, and leads git to")
def tag_behind_a_link(place: Place) -> None:
    """The folder of the remote's branches is a link to that of the rounds' tags."""
    _other_side(place)
    place.git("branch", "-m", "2025")
    (place.workspace / ".git/refs/remotes").mkdir(exist_ok=True)
    (place.workspace / ".git/refs/remotes/origin").symlink_to("../tags/round")


@attack("commit", code=3, says="second name")
def proof_under_the_name_of_a_message(place: Place) -> None:
    """An archive keeps hard links: the message of a commit would overwrite a proof."""
    proof = place.workspace / "evidence/proof.txt"
    proof.write_text("proof\n", "utf-8")
    message = place.workspace / ".git/COMMIT_EDITMSG"
    message.unlink(missing_ok=True)
    message.hardlink_to(proof)


@attack("sync", code=1, says="hides history that is here")
def forged_list_of_shallow_commits(place: Place) -> None:
    """A commit of ours counts as one without parents, so that a wrong common commit is taken."""
    _other_side(place)
    place.git("branch", "side")
    place.git("commit", "-q", "--allow-empty", "-m", "shared")
    place.git("push", "-q", "origin", "HEAD:main")
    place.git("commit", "-q", "--allow-empty", "-m", "taken back")
    ours = place.git("rev-parse", "HEAD")
    place.git("checkout", "-q", "side")
    place.git("commit", "-q", "--allow-empty", "-m", "of the side")
    place.git("checkout", "-q", "main")
    place.git("merge", "-q", "--no-edit", "side")
    tree = place.git("rev-parse", "origin/main^{tree}").strip()
    theirs = place.git("commit-tree", "-p", "origin/main", "-m", "theirs", tree).strip()
    place.git("push", "-q", "origin", f"{theirs}:main")
    (place.workspace / ".git/shallow").write_text(ours, "ascii")
