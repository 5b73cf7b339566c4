"""The line of attributes that git follows, and the command after which it follows another one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from assess.store.file_types import UNCONVERTED
from assess.store.git.commit.commit_files import make_and_trust_missing_repository
from assess.store.git.commit.converting_lines import (
    find_attribute_lines,
    find_command_to_stop_converting,
    find_converting_lines,
)
from store.git.run.test_commits import save, sh

FILE = "evidence/2026/a [1].csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace in a folder with odd characters of a larger repository."""
    top = tmp_path / "top"
    top.mkdir()
    make_and_trust_missing_repository(top)
    save(top, '单位 [1] \\ "x"/w/evidence/2026/a [1].csv', "a\n", "first")
    return top / '单位 [1] \\ "x"' / "w"


@pytest.mark.parametrize(
    "texts",
    [
        {"w/.gitattributes": "#\n* text\n\n", ".git/info/attributes": "*.csv !text eol=lf ident\n"},
        {"w/.gitattributes": "* text\n*.csv -text\n", "w/evidence/.gitattributes": "*.csv ident"},
        {"w/.gitattributes": '"evidence/**/a [[]1].csv" text eol=crlf\n*.x text\n'},
        {"w/templates/.gitattributes": "* text", ".gitattributes": "*.csv crlf\n* -crlf -eol\n"},
        {"w/.gitattributes": "*.csv working-tree-encoding=GBK\n"},
        {".gitattributes": "[attr]plain ident text=auto\n*.csv plain\n"},
    ],
)
def test_the_command_ends_every_conversion(root: Path, texts: dict[str, str]) -> None:
    """Whatever lines there are; in a folder whose name needs quotes."""
    for name, text in texts.items():
        folder = root.parent if name.startswith("w/") else root.parents[1]
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for path in (FILE, "templates/b.csv", "c.csv"):
        lines = find_converting_lines(root, path)
        command = find_command_to_stop_converting(root, path, lines)
        if lines and command == "assess upgrade --workspace":
            with (root / ".gitattributes").open("a", encoding="utf-8") as stream:
                stream.write(f"evidence/** {UNCONVERTED}\n")
        elif lines:
            subprocess.run(["bash", "-c", command], cwd=root, check=True)
        assert find_converting_lines(root, path) == []


def test_the_line_that_counts(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one that matches, by git's own order of files, the user's own one too."""
    user = root.parents[2] / "user"
    user.write_text("*.csv ident\n", "utf-8")
    sh(root, "config", "core.attributesFile", str(user))
    (line,) = find_converting_lines(root, FILE)
    assert line.describe_place_and_text(root) == f"{user}:1: *.csv ident"
    (root / ".gitattributes").write_text("*.csv ident\n*.txt ident\n* ident\nx ident\n", "utf-8")
    (line,) = find_converting_lines(root, FILE)
    assert line.describe_place_and_text(root) == ".gitattributes:3: * ident"
    (root / "evidence/.gitattributes").write_text("* binary\n", "utf-8")
    (line,) = find_attribute_lines(root, FILE, ["merge"])
    assert line.describe_place_and_text(root) == "evidence/.gitattributes:1: * binary"


def test_a_name_that_no_line_can_have(root: Path) -> None:
    """No pattern has a line break in it."""
    (root / ".gitattributes").write_text("* ident\n", "utf-8")
    assert find_command_to_stop_converting(root, "a\nb", find_converting_lines(root, "a\nb")) == ""
