"""Tags of the other side that git can't write beside those that are here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run.plumbing import Repository
from assess.store.git.sync import exchange, exchanged_tags, remote_setup
from assess.store.git.sync.exchanged_tags import fetch_tags_and_list_blocked
from assess.store.git.sync.tag_refs import (
    commits_by_local_tag,
    find_blocking_tag,
    list_parent_names_of_tag,
)
from store.git.run.test_commits import save, sh

TAGS = ("a", "round/2026/x", "round/2027", "v/1", "w/1/2")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two tags, whose other side has more."""
    root = tmp_path / "w"
    root.mkdir()
    make_and_trust_missing_repository(root)
    save(root, "a.yaml", "1\n", "first")
    remote_setup.add_origin_and_create_if_missing(root, tmp_path / "bare.git", "main")
    assert exchange.push_branch_and_tags(root, "origin", "main")
    for tag in TAGS:
        sh(root, "tag", tag)
    sh(root, "push", "-q", "--tags")
    sh(root, "tag", "-d", *TAGS)
    sh(root, "tag", "v")
    sh(root, "tag", "w/1/2/3")
    return root


def test_tags_that_git_cannot_write(root: Path) -> None:
    """They are left out, each with what blocks it; the others come, time after time."""
    there = exchange.read_remote_refs(root, "origin", "main").tags
    for _time in range(2):
        blocked = fetch_tags_and_list_blocked(root, "origin", there, "en")
        assert blocked == {"round/2026/x": "round/2026", "v/1": "v", "w/1/2": "w/1/2/…"}
        assert set(commits_by_local_tag(root)) == {"a", "round/2027", "v", "w/1/2/3"}


def test_a_tag_above_those_of_rounds(root: Path) -> None:
    """`round` would keep each round from being closed."""
    tip = sh(root, "rev-parse", "HEAD")
    assert fetch_tags_and_list_blocked(root, "origin", {"round": tip}, "en") == {"round": "round/…"}


@pytest.mark.parametrize("few", [2, 1000])
def test_tags_of_objects_that_are_not_here(
    root: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """However many a server names, git does not look for each of them; those of here come."""
    asked: list[int] = []
    measure = Repository.measure_object_sizes

    def count(repository: Repository, oids: Sequence[str]) -> dict[str, int]:
        asked.append(len(oids))
        return measure(repository, oids)

    monkeypatch.setattr(Repository, "measure_object_sizes", count)
    monkeypatch.setattr(exchanged_tags, "_FEW", few)
    tip = sh(root, "rev-parse", "HEAD")
    tags = {"a": tip, "round/2027": tip} | {f"x{number}": f"{number:040x}" for number in range(9)}
    assert fetch_tags_and_list_blocked(root, "origin", tags, "en") == {}
    assert set(commits_by_local_tag(root)) == {"a", "round/2027", "v", "w/1/2/3"}
    assert asked == ([] if few == 2 else [10])


def test_which_tags_block_another() -> None:
    """Those above it, and those below; not one of the same name, nor one that begins alike."""
    assert list_parent_names_of_tag("a/b/c") == ["a", "a/b"]
    assert find_blocking_tag("round/2026", ["round/2026", "round/2026.2", "x"]) is None
    assert find_blocking_tag("round/2026", ["round/2026/x"]) == "round/2026/x"
    assert find_blocking_tag("round/2026", ["round"]) == "round"


@pytest.mark.parametrize("sign", ["\u2028", "\x85"])
def test_a_tag_whose_name_has_a_line_end_of_unicode(root: Path, sign: str) -> None:
    """It is one tag of that name, and does not say where the tag of a round is."""
    save(root, "a.yaml", "2\n", "second")
    name = f"round/2029{sign}x"
    sh(root, "tag", "round/2029", "HEAD~")
    sh(root, "tag", name, "HEAD")
    sh(root, "push", "-q", "origin", "round/2029", name)
    expected = {"round/2029": sh(root, "rev-parse", "HEAD~"), name: sh(root, "rev-parse", "HEAD")}
    there = exchange.read_remote_refs(root, "origin", "main").tags
    for tags in (commits_by_local_tag(root), there):
        assert {tag: oid for tag, oid in tags.items() if tag in expected} == expected
        assert "round/2029" in tags
