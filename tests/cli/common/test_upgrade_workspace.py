"""Tests of `assess upgrade --workspace` as a person types it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from assess.store.file_types import IGNORE_LINES
from assess.store.git.setup.attribute_lines import make_text_of_lines
from cli.conftest import Assess


@pytest.fixture
def old(here: Path, assess: Assess) -> Path:
    """The workspace lacks lines that this program writes, and is committed."""
    (here / ".gitattributes").write_text("evidence/** -text\n", "utf-8")
    (here / ".gitignore").write_text("*.bak\n", "utf-8")
    assert assess("commit").code == 0
    return here


@pytest.mark.usefixtures("old")
def test_status_offers_it_until_it_was_done(assess: Assess) -> None:
    """In words and in JSON; the command shows each line, and commits once."""
    assert "assess upgrade --workspace" in assess("status").out
    told = json.loads(assess("status", "--json").out)
    assert told["outdated"] == [".gitattributes", ".gitignore"]

    shown = assess("upgrade", "--workspace", "--dry-run")
    assert "  - evidence/** -text\n  + *.yaml text eol=lf " in shown.out
    assert "nothing was changed" in shown.err

    done = assess("upgrade", "--workspace")
    assert (done.code, done.out) == (0, shown.out)
    assert "committed" in done.err
    again = assess("upgrade", "--workspace")
    assert (again.code, again.out) == (0, "")
    assert "up to date" in again.err
    assert "upgrade --workspace" not in assess("status").out
    assert json.loads(assess("status", "--json").out)["outdated"] == []


@pytest.mark.usefixtures("old")
def test_as_json(assess: Assess) -> None:
    """What changed, and the commit."""
    told = json.loads(assess("upgrade", "--workspace", "--json").out)
    assert [row["path"] for row in told["files"]] == [".gitattributes", ".gitignore"]
    assert told["files"][1] == {
        "path": ".gitignore",
        "added": [*IGNORE_LINES],
        "replaced": [],
    }
    assert len(told["commit"]) == 40


def test_what_is_left_is_told(here: Path, assess: Assess) -> None:
    """Before the first commit: `assess commit`; a run that was ended; settings alone."""
    git = ["git", "-C", str(here)]
    subprocess.run([*git, "update-ref", "-d", "HEAD"], check=True)
    (here / ".gitignore").write_text("*.bak\n", "utf-8")
    assert "assess commit" in assess("upgrade", "--workspace").err

    (here / ".gitignore").write_text("*.bak\n", "utf-8")
    assert assess("commit").code == 0
    (here / ".gitignore").write_text(make_text_of_lines(IGNORE_LINES), "utf-8")
    done = assess("upgrade", "--workspace")
    assert ".gitignore: up to date, not committed" in done.out
    assert "committed" in done.err

    config = here / ".git" / "config"
    config.write_text(config.read_text("utf-8").replace("xfuncname", "xfuncnam"), "utf-8")
    done = assess("upgrade", "--workspace")
    assert done.out == "git's settings in this clone: diff.assess.xfuncname\n"
    assert "git is set up" in done.err


def test_one_thing_at_a_time(here: Path, assess: Assess) -> None:
    """A checklist, or the workspace."""
    for words in ((), ("egov-network", "--workspace"), ("--workspace", "--to", "x")):
        refused = assess("upgrade", *words)
        assert refused.code == 2
        assert "assess upgrade --workspace" in refused.err
    assert here.is_dir()
