"""`assess template`: the program's report templates, and copying one to change it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest

from assess.cli.common import complete_ids
from assess.cli.common.exit_codes import ExitCode
from assess.workspace.setup.template_copy import list_shipped_template_names

from .conftest import Assess


def test_templates_are_listed(here: Path, assess: Assess, monkeypatch: pytest.MonkeyPatch) -> None:
    """With whose they are and what they make; also outside of a workspace."""
    assert "issuer\tof the program\tIssuer's form" in assess("template", "list").out
    assert assess("template", "copy", "issuer", "annual").code == ExitCode.OK
    rows = json.loads(assess("template", "list", "--json").out)
    assert {"name": "annual", "source": "workspace", "title": ""} in rows
    monkeypatch.chdir(here.parent)
    assert "annual" not in assess("template", "list").out
    assert [row["name"] for row in rows if row["source"] == "program"] == (
        list_shipped_template_names()
    )


def test_a_template_is_copied_and_used(here: Path, assess: Assess) -> None:
    """What was written and how it is used are said, a line each; its tags name its own files."""
    done = assess("template", "copy", "issuer", "annual")
    assert done.out.splitlines() == [
        "written: templates/annual/ (fields.html, main.html, style.css)",
        "next:  assess report --template annual --watch",
    ]
    text = (here / "templates/annual/main.html").read_text("utf-8")
    assert '{% import "annual/fields.html" as f %}' in text
    assert '"issuer/' not in text


def test_nothing_is_overwritten(here: Path, assess: Assess) -> None:
    """A folder that has files, a file, a link that leads out: named, and left as they are."""
    assert assess("template", "copy", "summary").code == ExitCode.OK
    page = here / "templates/summary/main.html"
    page.write_text("own", "utf-8")
    again = assess("template", "copy", "summary")
    assert again.code == ExitCode.USAGE
    assert "assess template copy summary summary-2" in again.err
    assert page.read_text("utf-8") == "own"
    (here / "templates/taken").write_text("", "utf-8")
    (here / "templates/away").symlink_to(here.parent)
    for target in ("taken", "away"):
        assert assess("template", "copy", "summary", target).code == ExitCode.USAGE
    assert not (here.parent / "main.html").exists()


def test_what_stands_in_the_way_is_named(here: Path, assess: Assess) -> None:
    """A file in place of the folder, links to nothing and in a circle; the hint names another."""
    templates = here / "templates"
    templates.mkdir()
    (templates / "lost").symlink_to("nowhere")
    (templates / "full").symlink_to("full")
    for words in (("full", "lost"), ("full",)):
        refused = assess("template", "copy", *words)
        assert refused.code == ExitCode.USAGE
        assert "assess template copy full full-2" in refused.err
    (templates / "notice").mkdir()
    (templates / "notice/main.html").touch()
    refused = assess("template", "copy", "notice")
    assert "move them to another name" in refused.err
    shutil.rmtree(templates / "notice")
    for path in (templates / "lost", templates / "full"):
        path.unlink()
    templates.rmdir()
    templates.write_text("", "utf-8")
    refused = assess("template", "copy", "full")
    assert refused.code == ExitCode.ENVIRONMENT
    assert "templates" in refused.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing",), "blank, brief, compare, full, issuer, ledger, notice, receipt, summary"),
        (("shared",), "blank, brief"),
        (("full", "brief"), "brief"),
        (("full", "shared"), "shared"),
        (("full", "../x"), "../x"),
        (("full", "X"), "X"),
        (("full", "con"), "con"),
        (("full", "com1"), "com1"),
        (("full", ""), "can't be the name"),
        (("notice", "letter"), "assess template copy notice"),
    ],
)
def test_names_that_can_not_be(
    here: Path, assess: Assess, words: tuple[str, ...], told: str
) -> None:
    """What the program has is listed; a letter keeps the name by which it is one."""
    refused = assess("template", "copy", *words)
    assert refused.code == ExitCode.USAGE
    assert told in refused.err
    assert not (here / "templates").exists()


def test_names_are_completed() -> None:
    """Those of the program, which are all that can be copied."""
    word = click.Argument(["name"])
    context = click.Context(click.Command("copy"))
    assert complete_ids.complete_shipped_template(context, word, "b") == ["blank", "brief"]
