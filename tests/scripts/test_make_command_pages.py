"""Commands of the library: each in a step has a row, each row a step; the pages are of today."""

from __future__ import annotations

import re
from pathlib import Path

import make_command_pages

from assess.engine.lint.content.commands import list_commands_in_step
from assess.i18n import LANGS
from assess.workspace.checklists.content_check import load_content_rule_tables
from assess.workspace.core.library import read_library_checklists

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = re.compile(
    r"(?<![A-Za-z0-9_./-])(?:sudo|systemctl|journalctl|grep|ipconfig|ip addr|netstat|ss -|nc -|curl"
    r"|openssl|tracert|auditctl|sshd -T|chage|rpm -|dpkg -|sestatus|redis-cli|nginx -|w32tm"
    r"|nslookup|display [a-z]|Get-[A-Z]\w+|Test-NetConnection)(?![A-Za-z0-9])"
)
"""How commands begin in the Chinese steps."""


def test_the_pages_are_up_to_date() -> None:
    """Both languages are what the script makes."""
    for lang in LANGS:
        assert make_command_pages.FILES[lang].read_text("utf-8") == make_command_pages.page(lang)


def test_each_row_is_used() -> None:
    """A command that no step holds has no row."""
    items = make_command_pages.find_items_by_command(load_content_rule_tables().commands)
    assert [key for key, ids in items.items() if not ids] == []


def test_each_command_of_a_step_has_a_row() -> None:
    """The name of a program stands in no step without the command's row."""
    commands = load_content_rule_tables().commands.values()
    without = [
        f"{item.id}: {step.zh}"
        for checklist in read_library_checklists("en")
        for item in checklist.items().values()
        for step in item.check
        if not isinstance(step, str)
        and PROGRAM.search(step.zh or "")
        and not list_commands_in_step(step, commands)
    ]
    assert without == []
