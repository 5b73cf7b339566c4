"""The table of git's settings against git itself, and against what the code does."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable

import pytest

from assess.store.git.run import flushed_writes, given_settings
from assess.store.git.run.git_command import make_git_environment
from assess.store.git.run.known_settings import (
    TABLE,
    find_known_setting,
    is_listed_or_assumed_answer,
    read_known_settings_table,
)
from assess.store.git.sync import arriving_changes, merge_commits, pushed_folders

KINDS = {"harmless", "path", "program", "connection", "rights"}


def printed() -> list[str]:
    """Return the names that this machine's git knows."""
    done = subprocess.run(["git", "help", "--config"], check=True, capture_output=True, text=True)
    return [line for line in done.stdout.split("\n") if re.match(r"[a-zA-Z0-9]+\.\S", line)]


def test_the_table_has_every_setting_of_git() -> None:
    """A name that `git help --config` prints and the table lacks is to be thought about."""
    names = printed()
    assert len(names) > 800
    assert [name for name in names if find_known_setting(name.lower()) is None] == []


def test_the_words_of_the_table_are_explained() -> None:
    """Kinds and answers stand at its beginning; what is not harmless has an answer."""
    head = TABLE.read_text("utf-8").split("\n[", 1)[0]
    explained = set(re.findall(r"^#(?: answer)? +([a-z]+)  ", head, re.MULTILINE))
    for row in read_known_settings_table():
        assert row.kind in KINDS, row
        assert set(row.answers) <= explained - KINDS, row
        assert row.answers or row.kind == "harmless", row
        assert not row.allowed or row.answers == ("refused",), row


def test_every_name_stands_once() -> None:
    """Two answers would contradict each other."""
    names = [row.name.lower() for row in read_known_settings_table()]
    assert sorted(set(names)) == sorted(names)


def test_what_is_given_with_each_command_agrees() -> None:
    """The settings that the code gives are those that the table says so of, and the other way."""
    lists: Iterable[str] = (
        *given_settings.RELIED_ON,
        *given_settings.INERT,
        *merge_commits.WITHOUT_SUBMODULES,
        *merge_commits._CONTENT,
        *arriving_changes.QUIET,
        *pushed_folders._OFF,
        *flushed_writes.UNFLUSHED,
        *flushed_writes.WRITING,
    )
    code = {one.partition("=")[0].lower() for one in lists}
    code = {(find_known_setting(name) or pytest.fail(name)).name for name in code}
    assert code == {row.name for row in read_known_settings_table() if "given" in row.answers}


def test_what_the_environment_overrides_agrees() -> None:
    """Pager, editor and protocols are given in the environment of every git."""
    environ = make_git_environment()
    assert {"GIT_PAGER", "GIT_EDITOR", "GIT_ALLOW_PROTOCOL"} <= environ.keys()
    overridden = {row.name for row in read_known_settings_table() if "overridden" in row.answers}
    assert overridden == {
        "core.pager",
        "pager.<cmd>",
        "core.editor",
        "sequence.editor",
        "protocol.<name>.allow",
        "commit.template",
        "pull.octopus",
        "pull.twohead",
    }


def test_what_is_emptied_is_of_sections_that_the_code_empties() -> None:
    """Filters and hooks where nobody trusts them, options of a branch in each merge."""
    rows = [row.name for row in read_known_settings_table() if "emptied" in row.answers]
    assert {name.partition(".")[0] for name in rows} == {"filter", "hook", "branch"}


def test_names_before_patterns_and_patterns_in_order() -> None:
    """`http.<url>.saveCookies` is refused, another setting of a URL asked about."""
    for key, name in (
        ("http.https://x.example/a.b.savecookies", "http.<url>.saveCookies"),
        ("http.https://x.example/a.b.proxy", "http.<url>.*"),
        ("fetch.fsck.skiplist", "fetch.fsck.skipList"),
        ("fetch.fsck.badtree", "fetch.fsck.<msg-id>"),
        ("branch.a=b\nc.mergeoptions", "branch.<name>.mergeOptions"),
    ):
        row = find_known_setting(key)
        assert row is not None
        assert row.name == name


def test_a_setting_of_a_newer_git() -> None:
    """Where others of its section start programs it is asked about, else not."""
    assert is_listed_or_assumed_answer("core.newprogram", "asked")
    assert not is_listed_or_assumed_answer("core.newprogram", "refused")
    assert not is_listed_or_assumed_answer("remotes.newgroup", "asked")
    assert not is_listed_or_assumed_answer("somebody.tool", "asked")


def test_git_takes_traces_from_no_repository(tmp_path: object) -> None:
    """What the table calls protected is: a repository's trace2.normalTarget writes nothing."""
    words = ("init", "-q", str(tmp_path))
    subprocess.run(["git", *words], check=True)
    target = f"{tmp_path}/trace"
    for key in ("eventTarget", "normalTarget", "perfTarget"):
        line = ["git", "-C", str(tmp_path), "config", f"trace2.{key}", target]
        subprocess.run(line, check=True)
    subprocess.run(["git", "-C", str(tmp_path), "rev-parse"], check=True)
    with pytest.raises(FileNotFoundError):
        open(target)  # noqa: PTH123, SIM115  # it is not there
