"""docs/git.md tells the truth: its pipelines are YAML, their commands run, both languages agree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.conftest import Assess

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("git.md", "git.en.md")


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of a page in a language."""
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(tree: Any) -> list[str]:
    """Return the commands of a pipeline."""
    if isinstance(tree, dict):
        own = [tree["run"]] if isinstance(tree.get("run"), str) else []
        script = tree.get("script", [])
        return own + list(script) + [one for value in tree.values() for one in commands(value)]
    if isinstance(tree, list):
        return [one for value in tree for one in commands(value)]
    return []


def test_both_languages_show_the_same_pipelines() -> None:
    """Three of them, and the hook."""
    assert blocks(PAGES[0], "yaml") == blocks(PAGES[1], "yaml")
    assert len(blocks(PAGES[0], "yaml")) == 3
    assert blocks(PAGES[0], "sh") == ["#!/bin/sh\nexec assess hook pre-receive\n"]


@pytest.mark.parametrize("number", range(3))
def test_the_commands_of_a_pipeline_run(here: Path, assess: Assess, number: int) -> None:
    """In a sound workspace each ends well; history and tags are fetched whole."""
    text = blocks(PAGES[0], "yaml")[number]
    assert re.search(r"(GIT_DEPTH: \"0\"|fetch-depth: 0)$", text, re.MULTILINE)
    found = commands(yaml.load(text, Loader=yaml.CSafeLoader))
    assert found
    for command in found:
        program, *words = command.split()
        assert program == "assess"
        assert assess(*words).code == 0, command


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_named_is_there(page: str, assess: Assess) -> None:
    """No page names a command or an option that the program does not know."""
    text = (DOCS / page).read_text("utf-8")
    for line in set(
        re.findall(r"assess (?:git setup|hook pre-receive|checklist accept|\w+)", text)
    ):
        assert assess(*line.split()[1:], "--help").code == 0, line
