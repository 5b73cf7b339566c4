"""No merge brings attributes under which a file of the workspace is never what was committed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.run import plumbing
from assess.store.git.sync import arriving_attributes
from assess.store.git.sync.arriving_attributes import refuse_merge_that_converts_files
from store.git.run.test_commits import save, sh


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in a folder of a repository."""
    make_and_trust_missing_repository(tmp_path)
    save(tmp_path, "w/.gitattributes", "*.yaml text eol=lf\nevidence/** -text\n", "first")
    save(tmp_path, "w/answers/2026/甲 乙.yaml", "# $Id$\n", "second")
    save(tmp_path, "w/evidence/a.txt", "a\r\n", "third")
    save(tmp_path, "w/evidence/register.yaml", "a: 1\n", "fourth")
    return tmp_path / "w"


def arriving(root: Path, path: str, text: str) -> tuple[str, str]:
    """Return a commit of another side that writes a file, and its tree; HEAD stays as it was."""
    commit = save(root.parent, path, text, "theirs")
    sh(root.parent, "reset", "-q", "--hard", "HEAD~1")
    return commit, sh(root, "rev-parse", f"{commit}^{{tree}}")


@pytest.mark.parametrize(
    ("path", "line", "name"),
    [
        ("w/.gitattributes", "answers/** ident", "'answers/2026/甲 乙.yaml' (ident)"),
        ("w/answers/.gitattributes", "*.yaml eol=crlf", "'answers/2026/甲 乙.yaml' (eol)"),
        (".gitattributes", "w/** working-tree-encoding=GBK", "(working-tree-encoding)"),
        ("w/evidence/.gitattributes", "*.txt text", "evidence/a.txt (text)"),
        ("w/.gitattributes", "** filter=x", "(filter)"),
        ("w/.gitattributes", "evidence/** !text crlf", "evidence/a.txt (crlf)"),
        ("w/.gitattributes", "evidence/** !text crlf=input", "evidence/a.txt (crlf)"),
        ("w/answers/.gitattributes", "* -merge", "'answers/2026/甲 乙.yaml' (merge)"),
        ("w/.gitattributes", "answers/** binary", "'answers/2026/甲 乙.yaml' (merge)"),
        ("w/.gitattributes", "*.yaml merge=union", "'answers/2026/甲 乙.yaml' (merge)"),
        ("w/.gitattributes", "* conflict-marker-size=3", "(conflict-marker-size)"),
    ],
)
def test_attributes_that_change_files(root: Path, path: str, line: str, name: str) -> None:
    """The files, the attributes and the lines to look at are named."""
    commit, tree = arriving(root, path, f"{line}\n")
    with pytest.raises(UsageError) as caught:
        refuse_merge_that_converts_files(root, commit, tree, "en")
    assert name in caught.value.message
    assert f": {commit[:10]}, " in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "*.yaml text eol=lf merge=assess\nevidence/** -text\n",
        "* working-tree-encoding=UTF-8\n",
        "evidence/** -text crlf eol=crlf\n",
    ],
)
def test_attributes_that_change_nothing(root: Path, text: str) -> None:
    """Lines of a newer program among them."""
    refuse_merge_that_converts_files(root, *arriving(root, "w/.gitattributes", text), "en")


def test_what_is_so_already_is_not_arriving(root: Path) -> None:
    """A team that has such attributes goes on; so does who takes them out again."""
    save(root.parent, "w/.gitattributes", "answers/** ident\n", "ours")
    refuse_merge_that_converts_files(
        root, *arriving(root, "w/.gitattributes", "answers/** ident\n#\n"), "en"
    )
    refuse_merge_that_converts_files(root, *arriving(root, "w/.gitattributes", "\n"), "en")


@pytest.mark.parametrize(
    ("line", "path", "text", "name"),
    [
        ("evidence/n.txt ident", "evidence/n.txt", "$Id$\n", "evidence/n.txt (ident)"),
        ("evidence/** text eol=crlf", "evidence/n.txt", "a\n", "evidence/n.txt (eol)"),
        ("* conflict-marker-size=9", "evidence/a.txt", "b\n", "(conflict-marker-size)"),
    ],
)
def test_attributes_that_were_here_first(
    root: Path, line: str, path: str, text: str, name: str
) -> None:
    """A file that arrives under them later is not taken in; the words do not blame its commit."""
    attributes = (root / ".gitattributes").read_text("utf-8")
    save(root.parent, "w/.gitattributes", f"{attributes}{line}\n", "ours")
    with pytest.raises(UsageError, match="attributes here") as caught:
        refuse_merge_that_converts_files(root, *arriving(root, f"w/{path}", text), "en")
    assert name in caught.value.message
    assert re.search(r"\.gitattributes:\d+: ", caught.value.hint)


@pytest.mark.parametrize(
    ("line", "path", "text"),
    [
        ("evidence/** ident", "evidence/n.txt", "no mark\n"),
        ("evidence/** text", "evidence/n.txt", "a\n"),
        ("* filter=x", "evidence/n.txt", "a\n"),
        ("answers/** -merge", "answers/2026/甲 乙.yaml", "b: 1\n"),
    ],
)
def test_attributes_that_do_not_hit_what_arrives(
    root: Path, line: str, path: str, text: str
) -> None:
    """A team that has lived with them goes on."""
    attributes = (root / ".gitattributes").read_text("utf-8")
    save(root.parent, "w/.gitattributes", f"{attributes}{line}\n", "ours")
    refuse_merge_that_converts_files(root, *arriving(root, f"w/{path}", text), "en")


def test_where_git_cannot_say(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git before 2.40 names no attributes of a tree."""
    commit, tree = arriving(root, "w/.gitattributes", "answers/** ident\n")
    real = plumbing.run_git

    def refuse_source(folder: Path, words: list[str], **more: object) -> object:
        words = ["check-attr", "--unknown"] if words[0] == "check-attr" else words
        return real(folder, words, **more)  # type: ignore[arg-type]  # the words of the real function are handed through

    monkeypatch.setattr(plumbing, "run_git", refuse_source)
    refuse_merge_that_converts_files(root, commit, tree, "en")


def test_the_first_commit_with_the_attribute_is_named(root: Path) -> None:
    """Of several commits that change attributes, the one that brings the harmful one."""
    lines = (root / ".gitattributes").read_text("utf-8")
    save(root.parent, "w/.gitattributes", f"{lines}*.png -diff\n", "harmless")
    guilty = save(root.parent, "w/.gitattributes", f"{lines}*.yaml -merge\n", "harmful")
    tip = save(root.parent, "w/.gitattributes", f"{lines}*.yaml -merge\n# x\n", "after")
    sh(root.parent, "reset", "-q", "--hard", "HEAD~3")
    with pytest.raises(UsageError) as caught:
        refuse_merge_that_converts_files(root, tip, sh(root, "rev-parse", f"{tip}^{{tree}}"), "en")
    assert f"(.gitattributes: {guilty[:10]}, " in caught.value.message


def test_attributes_of_which_no_line_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the commit, or without the line, the command to look with is printed."""
    monkeypatch.setattr(arriving_attributes, "_MOST_COMMITS", 0)
    monkeypatch.setattr(arriving_attributes, "find_attribute_lines", lambda *_words: [])
    commit, tree = arriving(root, "w/.gitattributes", "* ident\n")
    with pytest.raises(UsageError) as caught:
        refuse_merge_that_converts_files(root, commit, tree, "en")
    assert f"git diff HEAD...{commit[:10]}" in caught.value.hint
    save(root.parent, "w/.gitattributes", "* ident\n", "ours")
    commit, tree = arriving(root, "w/evidence/n.txt", "$Id$\n")
    with pytest.raises(UsageError) as caught:
        refuse_merge_that_converts_files(root, commit, tree, "en")
    assert "grep -n ident" in caught.value.hint
