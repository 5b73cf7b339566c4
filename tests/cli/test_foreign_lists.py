"""A list of another issuer: what is told before it is taken in, and how it is corrected."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assess.cli.common.exit_codes import ExitCode
from assess.workspace import Workspace
from assess.workspace.setup.make_workspace import make_and_commit_workspace

from .conftest import Assess, EnterCopy

HEAD = """\
format: assess/checklist/2
id: {id}
version: "{version}"
title: Server baseline
languages: [en]
scope: organization
basis: {{stig: {{title: Baseline}}}}
scoring: {{method: percent}}
{more}sections:
  - id: s1
    title: Rules
    items:
"""
ITEM = """\
      - id: {id}
        kind: conformity
        title: Rule {id}
        requirement: The server must do what rule {id} says.
        refs: [{{basis: stig, clause: "1"}}]
        crossrefs: {{cwe: [CWE-1053]}}
"""


def foreign(name: str, *ids: str, version: str = "1", more: str = "") -> str:
    """Return the text of a list in one language with these items."""
    items = "".join(ITEM.format(id=item_id) for item_id in ids or ("V-1", "V-2"))
    return HEAD.format(id=name, version=version, more=more) + items


def fact(question_type: str) -> str:
    """Return a profile that asks for the fact `group`."""
    return f"profile: {{group: {{type: {question_type}, question: Which?}}}}\n"


def make(root: Path) -> Workspace:
    """Make a workspace with a list that asks for the fact `group`."""
    (root.parent / "first.yaml").write_text(foreign("first", more=fact("boolean")), "utf-8")
    return make_and_commit_workspace(
        root,
        organization="示例市青溪区数据局",
        language="en",
        checklists=(str(root.parent / "first.yaml"),),
        today=date(2026, 11, 30),
        lang="en",
    )


@pytest.fixture
def root(enter_copy: EnterCopy) -> Path:
    """The current folder is a copy of it."""
    return enter_copy(make)


FRAMEWORK = """\
format: assess/checklist/3
id: framework
version: "1"
title: Controls
languages: [en]
scope: organization
basis: {sp: {title: Catalogue}}
scoring: {method: percent}
profile: {days: {type: text, question: After how long?}}
sections:
"""
SECTION = """\
  - id: s{at}
    title: Section {at}
{group}    items:
      - id: AC-2.{at}
        label: AC-2({at})
        kind: conformity
        requirement: Accounts are disabled within {{days}}.
        parameters: [{{fact: days, label: a time}}]
        guidance: Unused accounts are doors.
        refs: [{{basis: sp, clause: AC-2}}]
"""
GROUPS = ("", "    group: Access\n", "    group: Access\n", "    group: Audit\n", "")


@pytest.mark.parametrize("detail", ["all", "findings"])
def test_a_framework_is_shown_as_its_issuer_has_it(root: Path, assess: Assess, detail: str) -> None:
    """Labels, a second level of sections, values of the unit; guidance with all details only."""
    sections = [SECTION.format(at=at, group=group) for at, group in enumerate(GROUPS)]
    Path("framework.yaml").write_text("".join((FRAMEWORK, *sections)), "utf-8")
    assert assess("checklist", "add", "framework.yaml").code == ExitCode.OK
    with (root / "assess.yaml").open("a", encoding="utf-8") as file:
        file.write(f"profile: {{days: 90 days}}\nreport: {{detail: {detail}}}\n")
    assert assess("report", "--format", "json", "-o", "r.json").code == ExitCode.OK
    report = json.loads(Path("r.json").read_text("utf-8"))
    (sheet,) = [sheet for sheet in report["sheets"] if sheet["checklist"] == "framework"]
    assert [part["group"] for part in sheet["sections"]] == ["", "Access", "", "Audit", ""]
    (item,) = sheet["sections"][1]["items"]
    assert (item["id"], item["title"]) == ("AC-2.1", "AC-2(1) Accounts are disabled within …")
    assert item["requirement"] == "Accounts are disabled within 90 days."
    assert item["guidance"] == ("Unused accounts are doors." if detail == "all" else "")


def test_a_title_may_be_left_out_from_number_3_on(tmp_path: Path, assess: Assess) -> None:
    """Programs that know number 2 alone would miss it: the line to write is named."""
    path = tmp_path / "old.yaml"
    path.write_text(foreign("old").replace("        title: Rule V-1\n", ""), "utf-8")
    ran = assess("checklist", "lint", str(path))
    assert "field-newer" in ran.out
    assert "format: assess/checklist/3" in ran.out


def test_lint_and_add_hold_to_the_same_truth(root: Path, assess: Assess) -> None:
    """What lint calls an error is refused, and what add takes is no error in the workspace."""
    Path("bad.yaml").write_text(foreign("bad", "V-1", "V-1"), "utf-8")
    assert assess("checklist", "lint", "bad.yaml").code == ExitCode.NO
    refused = assess("checklist", "add", "bad.yaml")
    assert refused.code == ExitCode.FILES
    assert "duplicate-item" in refused.err
    assert not (root / "checklists" / "bad.yaml").exists()
    Path("odd.yaml").write_text(foreign("odd").replace("cwe", "csf"), "utf-8")
    linted = assess("checklist", "lint", "odd.yaml")
    assert (linted.code, "crossref-unknown: warning" in linted.out) == (ExitCode.OK, True)
    assert assess("checklist", "add", "odd.yaml").code == ExitCode.OK
    assert "0 errors" in assess("lint").err


def test_other_frameworks_are_not_checked(assess: Assess, root: Path) -> None:
    """The program has no table of them, so their ids are neither right nor wrong."""
    assert "crossref" not in assess("checklist", "lint", str(root / "checklists/first.yaml")).out


def test_facts_that_collide_are_told_before_anything_is_pinned(root: Path, assess: Assess) -> None:
    """The other checklist is named, and what to do."""
    before = (root / "assess.yaml").read_bytes()
    Path("second.yaml").write_text(foreign("second", more=fact("integer")), "utf-8")
    refused = assess("checklist", "add", "second.yaml")
    assert refused.code == ExitCode.USAGE
    assert "the fact “group” is defined otherwise in first" in refused.err
    assert "rename it in one of the two" in refused.err
    assert (root / "assess.yaml").read_bytes() == before
    assert not (root / "checklists" / "second.yaml").exists()


def test_a_corrected_list_is_taken_by_a_command_that_is_named(root: Path, assess: Assess) -> None:
    """Where it is pinned already, and where there is nothing to do."""
    Path("new.yaml").write_text(foreign("first", "V-1", version="2", more=fact("boolean")), "utf-8")
    assert "assess upgrade first --to new.yaml" in assess("checklist", "add", "new.yaml").err
    assert "assess upgrade first --to FILE.yaml" in assess("upgrade", "first").err
    assert assess("upgrade", "first", "--to", "new.yaml").code == ExitCode.OK
    assert 'version: "2"' in (root / "checklists" / "first.yaml").read_text("utf-8")


def test_a_pinned_list_and_a_file_are_shown(root: Path, assess: Assess) -> None:
    """By its id; outside of a workspace only the library is known by ids."""
    assert "Server baseline  first 1" in assess("checklist", "show", "first").out
    assert "V-2  Rule V-2" in assess("checklist", "show", str(root / "checklists/first.yaml")).out
    assert assess("checklist", "show", "egov-network").code == ExitCode.OK
    assert assess("checklist", "show", "nowhere").code == ExitCode.USAGE


def test_a_summary_counts_by_rule(assess: Assess, root: Path) -> None:
    """Errors first; each rule with its number and its first place."""
    path = root.parent / "many.yaml"
    path.write_text(foreign("many", "V-1", "V-1", "V-3"), "utf-8")
    lines = assess("checklist", "lint", "--summary", str(path)).out.splitlines()
    assert lines[0] == "1  duplicate-item"
    assert lines[1].startswith(f"    {path}:19:")
    assert "3  check-missing" in lines
    assert sum("check-missing" in line for line in lines) == 2
    assert assess("checklist", "lint", "--summary", "--format", "json", str(path)).code == (
        ExitCode.USAGE
    )


def test_names_with_line_breaks_forge_no_lines(assess: Assess, root: Path) -> None:
    """`show` prints each name on its own line, and a requirement's lines below their item."""
    path = root.parent / "forged.yaml"
    text = foreign("forged", "V-1").replace("title: Server baseline", r'title: "A\n  V-8  x"')
    text = text.replace("assess/checklist/2", "assess/checklist/3")
    text = text.replace("title: Rules", 'group: "G\\n  V-9  x"\n    title: "S\\n  V-7  x"')
    text = text.replace("kind: conformity", 'label: "1\\n  V-6  x"\n        kind: conformity')
    text = text.replace("The server must do", r'"The server\n  V-5  must do').replace(
        "says.", 'says."'
    )
    path.write_text(text, "utf-8")
    shown = assess("checklist", "show", str(path), "--lang", "en")
    assert shown.code == ExitCode.OK
    lines = [line for line in shown.out.splitlines() if line.startswith("  V-")]
    assert [line.split()[0] for line in lines] == ["V-1"]
    assert "G ⏎   V-9  x" in shown.out.splitlines()
    checked = assess("checklist", "lint", str(path))
    assert checked.out.count("line-break: ") == 4
    assert assess("checklist", "add", str(path)).code == ExitCode.FILES
