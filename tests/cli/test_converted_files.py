"""Attributes by which git would store evidence with other bytes: what is printed makes it stop."""

from __future__ import annotations

import re
import subprocess
from itertools import product
from pathlib import Path

import pytest

from examples import some_always

from .conftest import Assess

FILE = "evidence/2026/清单 一.csv"
BYTES = "资产 $Id: 1 $\r\n".encode("gbk")
LINES = [
    "* text=auto",
    "*.csv text eol=crlf",
    "*.csv !text crlf",
    "*.csv working-tree-encoding=GBK",
    "*.csv working-tree-encoding=UTF-16",
    "* ident",
    "[attr]table text\n*.csv table",
]
PLACES = [".gitattributes", "evidence/.gitattributes", ".git/info/attributes"]


def git(root: Path, *words: str) -> bytes:
    """Run git; it must not fail."""
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True).stdout


def attach(root: Path) -> None:
    """Put a table of Excel's among the evidence."""
    (root / FILE).parent.mkdir(parents=True, exist_ok=True)
    (root / FILE).write_bytes(BYTES)


def type_hint(assess: Assess, root: Path, text: str) -> None:
    """Type the command that a refusal prints, whose parts are joined by `&&`."""
    match = re.search(r"store them as they are: (.*) && assess commit\)", text)
    assert match is not None, text
    if match[1].startswith("assess "):
        assert assess(*match[1].split()[1:]).code == 0
    else:
        subprocess.run(["bash", "-c", match[1]], cwd=root, check=True)


@pytest.mark.parametrize(
    ("line", "file"),
    some_always(
        product(LINES, PLACES),
        *((line, PLACES[0]) for line in LINES),
        *((LINES[1], place) for place in PLACES),
    ),
)
def test_the_line_is_named_and_the_command_works(
    assess: Assess, here: Path, line: str, file: str
) -> None:
    """In the workspace's file, in a folder's, in the clone's own; then the bytes are in git."""
    if line.startswith("[attr]") and file.startswith("evidence"):
        pytest.skip("git takes no macro there")
    path = here / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}", "utf-8")
    attach(here)

    refused = assess("commit")

    number = len(path.read_text("utf-8").split("\n"))
    assert refused.code != 0
    assert f"({file}:{number}: {line.rpartition(chr(10))[2]})" in refused.err
    type_hint(assess, here, refused.err)
    assert assess("commit").code == 0
    assert git(here, "cat-file", "blob", f"HEAD:{FILE}") == BYTES
    assert assess("commit").code == 0
    assert assess("upgrade", "--workspace").code == 0


@pytest.mark.parametrize("line", ["*.csv text", "*.csv working-tree-encoding=GBK"])
def test_a_file_that_git_has_with_other_bytes(assess: Assess, here: Path, line: str) -> None:
    """It was committed by git alone, and is unchanged since: the command works there too."""
    attributes = here / ".gitattributes"
    attributes.write_text(f"{attributes.read_text('utf-8')}{line}\n", "utf-8")
    attach(here)
    git(here, "add", "-A")
    git(here, "commit", "-qm", "by hand")
    assert git(here, "cat-file", "blob", f"HEAD:{FILE}") != BYTES
    refused = assess("commit")
    assert refused.code != 0
    type_hint(assess, here, refused.err)
    assert assess("commit").code == 0
    assert git(here, "cat-file", "blob", f"HEAD:{FILE}") == BYTES


def test_the_lines_of_a_larger_repository(assess: Assess, here: Path) -> None:
    """A line above the workspace converts nothing below it: its own file comes after."""
    (here / ".git").rename(here.parent / ".git")
    (here.parent / ".gitattributes").write_text(
        "*.csv text working-tree-encoding=GBK ident\n", "utf-8"
    )
    attach(here)
    assert assess("commit").code == 0
    assert git(here, "cat-file", "blob", f"HEAD:{here.name}/{FILE}") == BYTES


@pytest.mark.parametrize("name", [".gitignore", ".gitattributes", "evidence/.gitignore"])
def test_rules_with_windows_line_ends(assess: Assess, here: Path, name: str) -> None:
    """They are refused in the words that YAML gets, and what is printed corrects them."""
    text = (here / name).read_text("utf-8") if (here / name).exists() else "*.x\n"
    (here / name).write_text(text.replace("\n", "\r\n"), "utf-8", newline="")
    refused = assess("commit")
    assert f"{name}:1:" in refused.err
    assert "crlf" in refused.err
    command = re.search(r"sed -i .*\S", refused.err)
    assert command is not None
    subprocess.run(["bash", "-c", command[0].rstrip(")")], cwd=here, check=True)
    assert assess("commit").code == 0
    assert (here / name).read_bytes() == text.encode()


def test_an_empty_rule_file_is_committed(assess: Assess, here: Path) -> None:
    """A person may empty it."""
    (here / "evidence/.gitignore").write_text("", "utf-8")
    assert assess("commit").code == 0


def test_a_byte_order_mark_is_told_once(assess: Assess, here: Path) -> None:
    """With Windows line ends both are told at once, and one command corrects them."""
    config = here / "assess.yaml"
    data = config.read_bytes()
    config.write_bytes(b"\xef\xbb\xbf" + data)
    shown = assess("status").err
    assert shown.count("a byte-order mark stands here") == 1
    config.write_bytes(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    shown = assess("status").err
    assert shown.count("a byte-order mark stands here, and lines end in CRLF") == 1
    command = re.search(r"sed -i .* assess\.yaml", shown)
    assert command is not None
    subprocess.run(["bash", "-c", command[0]], cwd=here, check=True)
    assert config.read_bytes() == data
