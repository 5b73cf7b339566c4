"""The other side of a sync stands in the archive itself, under an address that hides it."""

from __future__ import annotations

from adversary.attack import Place, attack

NOT_USED = "it is not used"


def other_side(place: Place, path: str, *, profile: str = "") -> None:
    """Make a repository in the workspace whose hook runs a program.

    With `profile`, the way from its `logs/refs/heads` to a profile, its log is a link there.
    """
    folder = place.workspace / path
    place.git("clone", "-q", "--bare", ".", str(folder))
    hook = folder / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {place.home}/ran\n", "utf-8")
    hook.chmod(0o755)
    if profile:
        with (folder / "config").open("a") as stream:
            stream.write('[core]\n\tlogAllRefUpdates = true\n[user]\n\tname = "x; touch ~/ran"\n')
        (folder / "logs" / "refs" / "heads").mkdir(parents=True)
        (folder / "logs" / "refs" / "heads" / "main").symlink_to(profile)
    place.git("commit", "-q", "--allow-empty", "-m", "ours")


def set_address(place: Place, address: str) -> None:
    """Write the address of origin as it is read, whatever it holds."""
    place.git("config", "remote.origin.url", address)


@attack("sync", code=1, says="no git repository at")
def remote_that_is_a_path(place: Place) -> None:
    """A remote's name holds a blank: git would take its first word for a folder."""
    other_side(place, "evil")
    with (place.workspace / ".git" / "config").open("a") as stream:
        stream.write('[remote "evil repo"]\n\turl = nothing\n')
        stream.write('[branch "main"]\n\tremote = evil\n\tmerge = refs/heads/main\n')


@attack("sync", code=3, says="is a link, and leads git to")
def address_in_the_home_folder(place: Place) -> None:
    """Git takes `~` in an address for the home folder."""
    other_side(place, "evil.git", profile="../../../../../.bash_profile")
    set_address(place, "~/unpacked/evil.git")


@attack("sync", code=1, says=NOT_USED)
def host_in_brackets(place: Place) -> None:
    """Git leaves out what stands before a bracket in a path, as if it were a host."""
    other_side(place, "]/evil.git")
    set_address(place, "x@[y]/evil.git")


@attack("sync", code=1, says=NOT_USED, exhaustive=True)
def bracket_at_the_beginning(place: Place) -> None:
    """The same without a user."""
    other_side(place, "]/evil.git")
    set_address(place, "[y]/evil.git")


@attack("sync", code=1, says=NOT_USED, exhaustive=True)
def host_in_brackets_in_a_url(place: Place) -> None:
    """The same behind file://, where only the path after the bracket counts."""
    other_side(place, "evil.git")
    set_address(place, f"file:///x@[y{place.workspace}/evil.git]{place.workspace}/evil.git")


@attack("sync", code=0, exhaustive=True)
def slash_as_a_number(place: Place) -> None:
    """Git decodes a URL before it looks for the end of the host."""
    other_side(place, "evil.git")
    set_address(place, f"file://x%2F{str(place.workspace)[1:]}/evil.git")


@attack("sync", code=0, exhaustive=True)
def bytes_that_are_no_text(place: Place) -> None:
    """A URL names a folder whose name is not UTF-8."""
    other_side(place, "evil-\udcff.git")
    set_address(place, f"file://{place.workspace}/evil-%FF.git")


@attack("sync", code=0, exhaustive=True)
def path_that_ends_in_a_dot(place: Place) -> None:
    """Git adds its endings to the path as it is written: `evil/.` and `.git`."""
    other_side(place, "evil/..git")
    place.git("clone", "-q", "--bare", ".", "evil.git")
    set_address(place, "evil/.")


@attack("sync", code=0, exhaustive=True)
def path_without_its_ending(place: Place) -> None:
    """Git adds `.git` to a path by itself."""
    other_side(place, "evil.git")
    set_address(place, "evil")


@attack("sync", code=1, says=NOT_USED, exhaustive=True)
def line_break_in_an_address(place: Place) -> None:
    """An address of two lines looks like two addresses."""
    other_side(place, "evil\n.git")
    set_address(place, "evil\n.git")


@attack("sync", code=0, exhaustive=True)
def line_separator_in_an_address(place: Place) -> None:
    """A sign at which Python ends a line, and git does not."""
    other_side(place, "evil\u2028.git")
    set_address(place, "evil\u2028.git")


@attack("sync", code=1, says=NOT_USED)
def working_tree_that_is_not_there(place: Place) -> None:
    """Git can't read the settings of the other side from its folder, but writes to it."""
    other_side(place, "evil/.git")
    place.git("clone", "-q", "--bare", ".", "evil.git")
    config = str(place.workspace / "evil" / ".git" / "config")
    place.git("config", "--file", config, "core.bare", "false")
    place.git("config", "--file", config, "core.worktree", "../../nowhere")
    set_address(place, "evil")


@attack("sync", code=2, says="overwrite other branches or tags", exhaustive=True)
def tag_that_a_fetch_sets(place: Place) -> None:
    """The settings map the branch to the tag of a closed round."""
    place.git("clone", "-q", "--bare", ".", "theirs.git")
    place.git("remote", "add", "origin", "theirs.git")
    place.git("config", "--add", "remote.origin.fetch", "+refs/heads/main:refs/tags/round/2025")
    place.git("commit", "-q", "--allow-empty", "-m", "ours")
