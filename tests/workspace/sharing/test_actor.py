"""Whom git's identity means, and workspaces from three answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.model.config import Config, Organization, Person
from assess.workspace.setup.new_workspace import make_first_workspace, propose_workspace_folder
from assess.workspace.sharing.actor import author_environment, find_person_by_git_email
from assess.workspace.sharing.commit import list_uncommitted_files
from workspace.history.test_changes import sh

PEOPLE = {"wang": Person(name="王敏", emails=("Wang.Min@qingxi.example",)), "li": Person(name="李")}


def test_gits_identity_suggests_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By e-mail address, whatever its case; an unknown address suggests nobody."""
    assert find_person_by_git_email(tmp_path, PEOPLE) == "wang"
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "else@where.example")
    assert find_person_by_git_email(tmp_path, PEOPLE) is None


def test_who_acts_is_the_author(tmp_path: Path) -> None:
    """Git is told the name and address of whoever acts, unless it knows that person already."""
    config = Config(
        format="assess/config/1",
        language="zh",
        organization=Organization(id="qingxi", name="A"),
        people=PEOPLE,
    )
    assert author_environment(tmp_path, config, "wang") == {}
    assert author_environment(tmp_path, config, None) == {}
    assert author_environment(tmp_path, config, "gone") == {}
    assert author_environment(tmp_path, config, "li") == {
        "GIT_AUTHOR_NAME": "李",
        "GIT_AUTHOR_EMAIL": "li@qingxi.invalid",
    }


def test_an_empty_folder_is_proposed(tmp_path: Path) -> None:
    """This folder where it is empty; else a new one in it that is not there yet."""
    assert propose_workspace_folder(tmp_path) == tmp_path
    for name in ("self-check", "self-check-2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").write_text("x")
    assert propose_workspace_folder(tmp_path) == tmp_path / "self-check-3"


@pytest.mark.parametrize(
    ("name", "person_id"), [("Li Jian", "li-jian"), ("王敏", "wm"), ("--", "filler")]
)
def test_the_first_person_has_an_id_of_their_name(
    tmp_path: Path, name: str, person_id: str
) -> None:
    """As the profile proposes it; a name without letters goes by the role."""
    made = make_first_workspace(
        tmp_path, organization="A", person=name, today=date(2026, 6, 1), lang="en"
    )
    assert [(key, one.name) for key, one in made.read_config().people.items()] == [
        (person_id, name)
    ]


def test_the_first_person_commits_the_new_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git that knows nobody gets the name that was asked for; nothing is left uncommitted."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME", raising=False)
        monkeypatch.delenv(f"GIT_{role}_EMAIL", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    made = make_first_workspace(
        tmp_path / "w", organization="A", person="王敏", today=date(2026, 6, 1), lang="en"
    )
    assert list_uncommitted_files(made) == []
    log = sh(made.root, "log", "--format=%an %ae %s")
    assert log.strip() == "王敏 wm@w.invalid Make the workspace"


def test_beginning_never_writes_into_a_used_folder(tmp_path: Path) -> None:
    """What is in a folder stays alone; without a name nobody is in the new one."""
    (tmp_path / "x").write_text("x")
    today = date(2026, 6, 1)
    with pytest.raises(UsageError, match="not empty"):
        make_first_workspace(tmp_path, organization="A", person="", today=today, lang="en")
    made = make_first_workspace(tmp_path / "w", organization="A", person="", today=today, lang="en")
    assert made.read_config().people == {}
