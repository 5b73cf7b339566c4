"""The examples of the documentation can be checked, and both languages have the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from page_blocks import (
    MARKS,
    ROOT,
    Block,
    PageError,
    find_translation,
    list_pages,
    page_name,
    read_blocks,
    read_inline_commands,
    read_sessions,
)

from pages.beginnings import BEGINNINGS
from pages.block_checks import read_console
from pages.command_shapes import find_command_faults, shape_of_command
from pages.example_kinds import complete_checklist

PAGES = {page_name(page): page for page in list_pages()}
PAIRS = {name: twin for name, page in PAGES.items() if (twin := find_translation(page))}


def blocks_of(page: Path) -> list[Block]:
    """Return the blocks of a page."""
    return read_blocks(page.read_text("utf-8"), page_name(page))


@pytest.mark.parametrize("name", PAGES)
def test_marks_are_right(name: str) -> None:
    """Beginnings and tests that a page names are there, and each block has a language."""
    text = PAGES[name].read_text("utf-8")
    assert {session.beginning for session in read_sessions(text, name)} <= BEGINNINGS.keys()
    for block in read_blocks(text, name):
        assert block.language, f"{block.place}: `text`, if it is no example"
        tests = block.marks.get("checked by")
        assert tests is None or (ROOT / tests).is_file(), block.place


@pytest.mark.parametrize("name", PAGES)
def test_commands_in_sentences_are_there(name: str) -> None:
    """No sentence or table has a command or an option that the program does not know."""
    commands = read_inline_commands(PAGES[name].read_text("utf-8"), name)
    faults = [
        f"{command.place}: `{command.text}`: {fault}"
        for command in commands
        for fault in find_command_faults(command.text)
    ]
    assert faults == []


def shape_of_block(block: Block) -> tuple[Any, ...]:
    """Return what is the same in both languages: marks, commands with options, keys of YAML."""
    marks = {name: value for name, value in block.marks.items() if name in ("exit code", "part of")}
    head = (block.language, sorted(block.marks), marks)
    if block.language == "console":
        commands = [command.text for command in read_console(block.text)]
        return (*head, [shape_of_command(command) for command in commands])
    if block.language == "sh":
        lines = re.findall(r"(?m)^(?:assess|\./run|git) .*$", block.text)
        return (*head, [shape_of_command(line) for line in lines])
    if block.marks.get("part of") == "checklist":
        return (*head, shape_of_tree(complete_checklist(block.text)))
    if block.language == "yaml":
        return (*head, shape_of_tree(list(yaml.safe_load_all(block.text))))
    return head


def shape_of_tree(tree: Any) -> Any:
    """Return the keys of a tree, without its words."""
    if isinstance(tree, dict):
        return {key: shape_of_tree(value) for key, value in tree.items()}
    return [shape_of_tree(value) for value in tree] if isinstance(tree, list) else None


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_have_the_same_examples(name: str) -> None:
    """Blocks, their marks, commands and options are the same, in the same order."""
    chinese, english = (
        [shape_of_block(block) for block in blocks_of(page)] for page in (PAGES[name], PAIRS[name])
    )
    assert chinese == english


@pytest.mark.parametrize("name", PAIRS)
def test_both_languages_begin_and_prepare_alike(name: str) -> None:
    """The sessions are the same, and so is what readers don't see in them."""
    sessions = [
        [
            (session.beginning, len(session.steps))
            for session in read_sessions(page.read_text("utf-8"), name)
        ]
        for page in (PAGES[name], PAIRS[name])
    ]
    assert sessions[0] == sessions[1]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- not ran: a slip -->\n```sh\nls\n```\n",
        "<!-- a remark -->\n",
        "<!-- not run: -->\n```sh\nls\n```\n",
        "<!-- not run: the block is further down -->\n\nText.\n\n```sh\nls\n```\n",
        "<!-- exit code: 3 -->\n",
    ],
)
def test_a_wrong_mark_is_refused(text: str) -> None:
    """A slip in a mark must not let a block go unchecked, nor be checked otherwise than meant."""
    with pytest.raises(PageError):
        read_sessions(text, "page.md")


def test_marks_belong_to_the_block_below() -> None:
    """A block in a list too; `session` and `run` are steps of their own, in their order."""
    text = (
        "<!-- session: demo workspace -->\n<!-- run: touch a -->\n<!-- exit code: 3 -->\n"
        "```console\n$ false\n```\n\n- in a list:\n\n  ```sh\n  ls\n  ```\n"
    )
    (session,) = read_sessions(text, "page.md")
    hidden, first, second = session.steps
    assert (session.beginning, hidden.text) == ("demo workspace", "touch a")
    assert isinstance(first, Block)
    assert isinstance(second, Block)
    assert (first.marks, second.marks, second.text) == ({"exit code": "3"}, {}, "ls\n")


def test_every_mark_is_explained() -> None:
    """CONTRIBUTING tells writers of every mark and every language of blocks."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert all(f"`<!-- {mark}: " in text or f"`{mark}`" in text for mark in MARKS)
