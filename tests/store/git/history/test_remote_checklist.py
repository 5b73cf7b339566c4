"""Checklists of other repositories, by plain git: what is read, and that nothing is run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.history import remote_checklist as git_source
from assess.store.git.history.pin_history import read_all_versions_of_file
from assess.store.git.history.remote_checklist import (
    GitPlace,
    fetch_checklist_and_templates,
    find_place_of_newest_similar_tag,
    parse_git_source,
)
from assess.store.git.run.plumbing import GitError, Repository, make_failed_git_error
from store.git.run.test_commits import sh


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A repository with two versions of a list, tagged v1 and v2; the folder's name is Chinese."""
    folder = tmp_path / "区 检查表"
    (folder / "lists").mkdir(parents=True)
    sh(folder, "init", "-q", "-b", "main")
    for number, text in enumerate(("id: one\r\n", "id: two\n"), 1):
        (folder / "lists" / "x.yaml").write_bytes(text.encode())
        sh(folder, "add", "-A")
        sh(folder, "commit", "-q", "-m", text.strip())
        sh(folder, "tag", "-a", "-m", "t", f"v{number}")
    return folder


def place(folder: Path, tag: str | None = "v1", path: str = "lists/x.yaml") -> GitPlace:
    """Return a place in the repository."""
    return GitPlace(f"file://{folder}", path, tag)


def test_forms() -> None:
    """Address, path and tag; the words that a place is written with give it back."""
    assert parse_git_source("git+file:///srv/l.git//a/x.yaml@v2", "en") == GitPlace(
        "file:///srv/l.git", "a/x.yaml", "v2"
    )
    assert parse_git_source("git+https://h.example/l.git//x.yaml", "en").tag is None
    for words in ("git+ssh://git@h.example/l//x.yaml@a/b", "git+file:///D:/库//x.yaml"):
        assert str(parse_git_source(words, "en")) == words


@pytest.mark.parametrize(
    "words",
    [
        "git+ext::sh -c x//x.yaml",
        "git+http://h.example/l//x.yaml",
        "git+file:///x.yaml",
        "git+file:////x.yaml",
        "git+file:///srv/l//../x.yaml",
        "git+file:///srv/l//x.txt",
        "git+file:///srv/l//x.yaml@-u",
        "git+file:///srv/l//x.yaml@a..b",
        "git+file:///srv/l//x.yaml@",
        "git+file:///srv/l\n//x.yaml",
    ],
)
def test_other_forms_are_refused(words: str) -> None:
    """Other schemes, paths that lead out, tags that are options: one line with the right form."""
    with pytest.raises(UsageError, match="names no file") as caught:
        parse_git_source(words, "en")
    assert "git+file:///" in caught.value.hint


def test_a_place_from_a_file_is_checked_too() -> None:
    """What assess.yaml says may be anything."""
    with pytest.raises(UsageError, match="names no file"):
        git_source.require_valid_place(GitPlace("ext::sh -c x", "x.yaml"), "en")


def test_the_tag_decides_what_is_read(library: Path) -> None:
    """Each tag gives its bytes with LF; without one it is what the repository has checked out."""
    assert (
        fetch_checklist_and_templates(place(library, "v1"), "templates", "en").data == b"id: one\n"
    )
    assert (
        fetch_checklist_and_templates(place(library, "v2"), "templates", "en").data == b"id: two\n"
    )
    assert (
        fetch_checklist_and_templates(place(library, None), "templates", "en").data == b"id: two\n"
    )


def test_bare_repositories_and_sha_256(tmp_path: Path, library: Path) -> None:
    """A bare repository on a stick does, and one that names objects by SHA-256."""
    sh(tmp_path, "clone", "-q", "--bare", str(library), "l.git")
    assert (
        fetch_checklist_and_templates(place(tmp_path / "l.git"), "templates", "en").data
        == b"id: one\n"
    )

    folder = tmp_path / "sha256"
    sh(tmp_path, "init", "-q", "--object-format=sha256", str(folder))
    (folder / "x.yaml").write_text("id: x\n", "utf-8")
    sh(folder, "add", "-A")
    sh(folder, "commit", "-q", "-m", "x")
    assert (
        fetch_checklist_and_templates(place(folder, None, "x.yaml"), "templates", "en").data
        == b"id: x\n"
    )


def test_the_newest_tag_of_the_same_form(library: Path) -> None:
    """Numbers are compared as numbers; tags of another form do not count."""
    for tag in ("v10", "v9", "draft-99", "v2.1"):
        sh(library, "tag", tag)
    assert find_place_of_newest_similar_tag(place(library, "v2"), "en").tag == "v10"
    assert find_place_of_newest_similar_tag(place(library, "v2.1"), "en").tag == "v2.1"
    assert find_place_of_newest_similar_tag(place(library, "v11"), "en").tag == "v11"
    assert find_place_of_newest_similar_tag(place(library, None), "en").tag is None


def test_what_is_not_there_is_said(tmp_path: Path, library: Path) -> None:
    """No such repository, tag, file; a folder or link instead of a file."""
    with pytest.raises(GitError, match="can't read") as caught:
        fetch_checklist_and_templates(place(tmp_path / "nothing;touch x"), "templates", "en")
    assert caught.value.hint.endswith("nothing;touch x'")
    with pytest.raises(UsageError, match="no tag v3") as missing:
        fetch_checklist_and_templates(place(library, "v3"), "templates", "en")
    assert "v1, v2" in missing.value.hint
    with pytest.raises(UsageError, match=r"no file y\.yaml"):
        fetch_checklist_and_templates(place(library, "v1", "y.yaml"), "templates", "en")

    (library / "d.yaml").mkdir()
    (library / "d.yaml" / "f").write_text("x", "utf-8")
    (library / "l.yaml").symlink_to("/etc/hostname")
    sh(library, "add", "-A")
    sh(library, "commit", "-q", "-m", "odd")
    for path in ("d.yaml", "l.yaml"):
        with pytest.raises(UsageError, match="no file"):
            fetch_checklist_and_templates(place(library, None, path), "templates", "en")


def test_an_empty_repository(tmp_path: Path) -> None:
    """It has no HEAD to read and no tags to name."""
    sh(tmp_path, "init", "-q", "--bare", "e.git")
    with pytest.raises(UsageError, match="no tag HEAD"):
        fetch_checklist_and_templates(place(tmp_path / "e.git", None), "templates", "en")


def test_files_that_are_too_large(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are refused before they are read."""
    monkeypatch.setattr(git_source, "MAX_FILE", 4)
    with pytest.raises(UsageError, match="larger than"):
        fetch_checklist_and_templates(place(library), "templates", "en")


def test_repositories_of_others_are_not_opened(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git's own words on whom to trust are kept."""

    def refusing(_folder: Path, words: Sequence[str], **_settings: object) -> None:
        said = f"fatal: detected dubious ownership in repository at '{library}'"
        raise make_failed_git_error(
            words, subprocess.CompletedProcess(words, 128, b"", said.encode())
        )

    monkeypatch.setattr(git_source, "run_git", refusing)
    monkeypatch.setattr(os, "geteuid", lambda: library.stat().st_uid + 1)
    with pytest.raises(GitError) as caught:
        git_source._run_git_with_remote(tmp_path, ["ls-remote"], place(library), "en")
    assert "safe.directory" in caught.value.hint


def test_more_templates_than_a_source_may_have(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place is named; nothing is taken in."""
    for name in ("a.html", "b.html"):
        (library / "templates").mkdir(exist_ok=True)
        (library / "templates" / name).write_text("x", "utf-8")
    sh(library, "add", "-A")
    sh(library, "commit", "-q", "-m", "templates")
    sh(library, "tag", "v3")
    monkeypatch.setattr(git_source, "MAX_TEMPLATES", 1)
    with pytest.raises(UsageError, match="more than 1 templates"):
        fetch_checklist_and_templates(place(library, "v3"), "templates", "en")


def test_nothing_of_the_other_repository_is_run(library: Path, tmp_path: Path) -> None:
    """Hooks, filters, fsmonitor, a pack hook and the user's template run nowhere."""
    mark = tmp_path / "ran"
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n", "utf-8")
    trap.chmod(0o755)
    for name in ("post-checkout", "reference-transaction", "pre-receive", "post-update"):
        (library / ".git" / "hooks" / name).symlink_to(trap)
    for key in ("core.fsmonitor", "filter.x.smudge", "uploadpack.packObjectsHook", "core.pager"):
        sh(library, "config", key, str(trap))
    (library / ".gitattributes").write_text("* filter=x\n", "utf-8")
    template = tmp_path / "template" / "hooks"
    template.mkdir(parents=True)
    (template / "reference-transaction").symlink_to(trap)
    subprocess.run(
        ["git", "config", "--global", "init.templateDir", str(template.parent)], check=True
    )
    mark.unlink(missing_ok=True)

    assert (
        fetch_checklist_and_templates(
            find_place_of_newest_similar_tag(place(library), "en"), "templates", "en"
        ).data
        == b"id: two\n"
    )
    assert not mark.exists()


def test_earlier_bytes_of_a_file(library: Path) -> None:
    """All that a file ever was, in commits of any branch, newest first; no namesakes."""
    sh(library, "switch", "-q", "-c", "other", "v1")
    (library / "lists" / "x.yaml").write_text("id: three\n", "utf-8")
    (library / "x.yaml").write_text("id: four\n", "utf-8")
    sh(library, "add", "-A")
    sh(library, "commit", "-q", "-m", "other")
    found = Repository.find_repository(library)
    assert found is not None

    assert set(read_all_versions_of_file(found, "lists/x.yaml")) == {
        b"id: one\r\n",
        b"id: two\n",
        b"id: three\n",
    }
    inner = Repository.find_repository(library / "lists")
    assert inner is not None
    assert len(list(read_all_versions_of_file(inner, "x.yaml"))) == 3
    assert list(read_all_versions_of_file(found, "lists/none.yaml")) == []
