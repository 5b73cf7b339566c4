"""The hook and the pipelines of docs/git.md, which run on servers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.conftest import Assess

DOCS = Path(__file__).parents[2] / "docs"
PAGE = "git.md"


def blocks(page: str, language: str) -> list[str]:
    """Return the code blocks of a page in a language."""
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(tree: Any) -> list[str]:
    """Return the commands of a pipeline, in their order."""
    if isinstance(tree, dict):
        own = [tree["run"]] if isinstance(tree.get("run"), str) else []
        own += [*tree.get("before_script", []), *tree.get("script", [])]
        return own + [one for value in tree.values() for one in commands(value)]
    if isinstance(tree, list):
        return [one for value in tree for one in commands(value)]
    return []


def samples_with(key: str) -> list[dict[str, Any]]:
    """Return the YAML samples of the page that have a key at their top."""
    trees = [yaml.load(text, Loader=yaml.CSafeLoader) for text in blocks(PAGE, "yaml")]
    return [tree for tree in trees if key in tree]


def test_the_servers_hook_names_the_program_by_its_whole_path() -> None:
    """The PATH of a hook is that of the server's program, which may lack `~/.local/bin`."""
    (hook,) = (text for text in blocks(PAGE, "sh") if text.startswith("#!"))
    assert re.fullmatch(r"#!/bin/sh\nexec /\S+/assess hook pre-receive\n", hook)


def test_the_samples_for_pre_commit_are_the_projects_hook() -> None:
    """The local form does what the hook does that the other form takes from the project."""
    text = (DOCS.parent / ".pre-commit-hooks.yaml").read_text("utf-8")
    (published,) = yaml.load(text, Loader=yaml.CSafeLoader)
    (local,), (remote,) = (tree["repos"] for tree in samples_with("repos"))

    assert remote["hooks"] == [{"id": published["id"]}]
    assert local["repo"] == "local"
    apart = {"language", "description"}
    (hook,) = local["hooks"]
    assert hook["language"] == "system"
    assert {k: v for k, v in hook.items() if k not in apart} == {
        k: v for k, v in published.items() if k not in apart
    }


_PIPELINES = [*samples_with("jobs"), *samples_with("assess")]


@pytest.mark.parametrize("number", range(3))
def test_a_pipeline_installs_what_it_runs(number: int) -> None:
    """The program is fetched and installed before the first command of it."""
    lines = commands(_PIPELINES[number])
    first = next(index for index, line in enumerate(lines) if ".local/bin/assess" in line)
    assert any(line.startswith("git clone") for line in lines[:first])
    assert lines[first - 1].endswith("assess/run install")


@pytest.mark.parametrize("number", range(3))
def test_the_commands_of_a_pipeline_run(here: Path, assess: Assess, number: int) -> None:
    """In a sound workspace each ends well; history and tags are fetched whole."""
    tree = _PIPELINES[number]
    assert {"GIT_DEPTH": "0"} in _dicts(tree) or {"fetch-depth": 0} in _dicts(tree)
    ours = [line for line in commands(tree) if line.startswith("~/.local/bin/assess ")]
    assert ours
    for line in ours:
        assert assess(*line.split()[1:]).code == 0, line


def _dicts(tree: Any) -> list[Any]:
    """Return all mappings of a tree."""
    if isinstance(tree, dict):
        return [tree, *(one for value in tree.values() for one in _dicts(value))]
    return [one for value in tree for one in _dicts(value)] if isinstance(tree, list) else []
