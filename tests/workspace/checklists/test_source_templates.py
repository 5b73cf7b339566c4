"""A checklist is taken in with the report templates beside it, each with its digest."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.cli.common.upgrade_text import upgrade_as_text
from assess.errors import UsageError
from assess.store.git.history.remote_checklist import MAX_TEMPLATES
from assess.store.git.run.plumbing import GitError
from assess.store.git.trust.trusted_programs import record_trust_in_git_programs
from assess.workspace import Workspace
from assess.workspace.checklists.local_variants import write_accepted_variant_digest
from assess.workspace.checklists.pin_sources import find_checklist, pin_git_checklist_and_add_sheets
from assess.workspace.checklists.upgrade import (
    ChecklistUpgrade,
    plan_checklist_upgrade,
    write_and_commit_upgrade,
)
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from assess.workspace.sharing.commit import list_uncommitted_files
from report.content.test_inputs import ENVIRON
from report.factory import ROOT
from workspace.sharing.test_commit import hook

KINDS = (ROOT / "tests/tui/data/kinds.yaml").read_bytes()
PAGE = b"<p>issuer</p>"


def digest(data: bytes) -> str:
    """Return a digest as assess.yaml has it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return make_and_commit_workspace(
        tmp_path / "w", organization="示例局", language="zh", today=date(2026, 6, 1), lang="en"
    )


@pytest.fixture(params=["lists", "lists/checklists"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A checklist of an issuer, with a template and a copy of one of the program."""
    folder = tmp_path / str(request.param)
    folder.mkdir(parents=True)
    (folder / "kinds.yaml").write_bytes(KINDS)
    templates = tmp_path / "lists" / "templates"
    for name, data in (
        ("form/main.html", PAGE),
        ("shared/base.html", (ROOT / "templates/shared/base.html").read_bytes()),
    ):
        (templates / name).parent.mkdir(parents=True)
        (templates / name).write_bytes(data)
    return folder / "kinds.yaml"


def assert_taken_in(here: Workspace) -> None:
    """Check the pin and the files of the workspace."""
    pin = here.read_config().checklists["kinds"]
    assert pin.digest == digest(KINDS)
    assert pin.templates == {"form/main.html": digest(PAGE)}
    assert (here.root / "templates/form/main.html").read_bytes() == PAGE
    assert not (here.root / "templates/shared").exists()
    assert (here.root / "assess.yaml").read_text("utf-8").startswith("format: assess/config/2\n")


def test_from_a_file(here: Workspace, source: Path) -> None:
    """Beside the file, or beside its folder; files of the program are left out."""
    here.checklists.pin_source_and_add_sheets(str(source))
    assert_taken_in(here)


def test_from_another_repository(here: Workspace, source: Path, tmp_path: Path) -> None:
    """The same from a commit."""
    top = tmp_path / "lists"
    for words in (("init", "-q", "."), ("add", "-A"), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", *words], cwd=top, check=True, env=ENVIRON)
    path = source.relative_to(top).as_posix()
    pin_git_checklist_and_add_sheets(here, f"git+file://{top}//{path}")
    assert_taken_in(here)


def test_nothing_is_overwritten(here: Workspace, source: Path) -> None:
    """Another template of that name is there: nothing is taken in."""
    own = here.root / "templates/form/main.html"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"own")
    with pytest.raises(UsageError, match=r"templates/form/main\.html"):
        here.checklists.pin_source_and_add_sheets(str(source))
    assert own.read_bytes() == b"own"
    assert "kinds" not in here.read_config().checklists


def test_a_list_that_is_written_here_has_no_digest(here: Workspace) -> None:
    """It is edited where it lies, and is held against nothing."""
    path = here.root / "checklists" / "kinds.yaml"
    path.write_bytes(KINDS)
    here.checklists.pin_source_and_add_sheets(str(path))
    pin = here.read_config().checklists["kinds"]
    assert (pin.source, pin.digest, pin.templates) == ("local", None, {})


def test_too_many_templates(here: Workspace, source: Path, tmp_path: Path) -> None:
    """A folder that happens to be called templates is not taken in whole."""
    for number in range(MAX_TEMPLATES):
        (tmp_path / "lists/templates/form" / f"{number}.css").write_bytes(b"")
    with pytest.raises(UsageError, match=str(MAX_TEMPLATES)):
        here.checklists.pin_source_and_add_sheets(str(source))


def test_a_copy_of_the_library_can_be_accepted(here: Workspace, tmp_path: Path) -> None:
    """It is as it was taken in, but poses as one of the library: a person can stand for it."""
    text = (ROOT / "checklists" / "workforce.yaml").read_text("utf-8")
    (tmp_path / "workforce.yaml").write_text(text + "# ours\n", "utf-8")
    here.checklists.pin_source_and_add_sheets(str(tmp_path / "workforce.yaml"))
    when = datetime(2026, 6, 1, tzinfo=UTC)
    write_accepted_variant_digest(here, "workforce", "本地口径", by=None, accepted_at=when)
    assert here.read_config().checklists["workforce"].variant is not None


NEWER = b"<p>issuer, corrected</p>"


def upgrade_to(here: Workspace, source: Path) -> ChecklistUpgrade:
    """Return the plan of an upgrade to a file."""
    return plan_checklist_upgrade(here, "kinds", today=date(2026, 6, 2), to=str(source))


def test_an_upgrade_brings_corrected_templates(here: Workspace, source: Path) -> None:
    """Also where only they changed: files, digests and one commit; then nothing is left to do."""
    here.checklists.pin_source_and_add_sheets(str(source))
    commit_all_files(here, "taken in", ENVIRON)
    place = source.parents[1] if source.parent.name == "checklists" else source.parent
    (place / "templates/form/main.html").write_bytes(NEWER)
    (place / "templates/form/logo.png").write_bytes(b"\x89PNG\xff")
    plan = upgrade_to(here, source)
    assert [write.path for write in plan.templates] == [
        "templates/form/logo.png",
        "templates/form/main.html",
    ]
    assert write_and_commit_upgrade(here, plan, environ=ENVIRON)
    assert (here.root / "templates/form/main.html").read_bytes() == NEWER
    assert (here.root / "templates/form/logo.png").read_bytes() == b"\x89PNG\xff"
    assert here.read_config().checklists["kinds"].templates == {
        "form/logo.png": digest(b"\x89PNG\xff"),
        "form/main.html": digest(NEWER),
    }
    assert list_uncommitted_files(here) == []
    assert not upgrade_to(here, source).has_changes


def test_an_upgrade_overwrites_no_template_that_was_edited(here: Workspace, source: Path) -> None:
    """It is named; a file that lies alone, as it was mailed, leaves the templates as they are."""
    here.checklists.pin_source_and_add_sheets(str(source))
    mailed = here.root.parent / "mailed" / "kinds.yaml"
    mailed.parent.mkdir()
    mailed.write_bytes(KINDS)
    assert not upgrade_to(here, mailed).has_changes
    (here.root / "templates/form/main.html").write_bytes(b"edited")
    with pytest.raises(UsageError, match=r"templates/form/main\.html"):
        upgrade_to(here, source)


def test_an_upgrade_that_git_refuses_takes_templates_back(here: Workspace, source: Path) -> None:
    """A hook refuses: the file is as it was, and the one that was new is gone."""
    here.checklists.pin_source_and_add_sheets(str(source))
    commit_all_files(here, "taken in", ENVIRON)
    place = source.parents[1] if source.parent.name == "checklists" else source.parent
    (place / "templates/form/main.html").write_bytes(NEWER)
    (place / "templates/form/more.html").write_bytes(NEWER)
    plan = upgrade_to(here, source)
    hook(here, "pre-commit", "exit 1")
    record_trust_in_git_programs(here.root)
    with pytest.raises(GitError):
        write_and_commit_upgrade(here, plan, environ=ENVIRON)
    assert (here.root / "templates/form/main.html").read_bytes() == PAGE
    assert not (here.root / "templates/form/more.html").exists()


def commit_lists(top: Path) -> None:
    """Commit all that lies in the issuer's folder."""
    for words in (("init", "-q", "."), ("add", "-A"), ("commit", "-q", "-m", "x")):
        subprocess.run(["git", *words], cwd=top, check=True, env=ENVIRON)


@pytest.mark.parametrize(
    "name", ["form/a\x1b[2Jb.html", "form/a\nadded b.html", "form/a\u202eb.html", "form/a\\b.html"]
)
@pytest.mark.parametrize("by_git", [False, True])
def test_a_name_that_is_not_shown_as_it_is_is_refused(
    source: Path, tmp_path: Path, name: str, by_git: bool
) -> None:
    """Escape sequences, line breaks, characters that turn a line around, backslashes."""
    (tmp_path / "lists/templates" / name).write_bytes(PAGE)
    address = str(source)
    if by_git:
        commit_lists(tmp_path / "lists")
        path = source.relative_to(tmp_path / "lists").as_posix()
        address = f"git+file://{tmp_path}/lists//{path}"
    with pytest.raises(UsageError, match="no template may have") as refused:
        find_checklist(address, "en")
    assert refused.value.message.isprintable()


@pytest.mark.parametrize("name", ["../../../out.html", "..", "/out.html"])
def test_a_tree_of_git_whose_names_lead_out_is_refused(
    here: Workspace, source: Path, tmp_path: Path, name: str
) -> None:
    """Git stores whatever name a tree has been given; nothing is written outside."""
    top = tmp_path / "lists"
    commit_lists(top)

    def run(*words: str, data: bytes = b"") -> str:
        done = subprocess.run(
            ["git", *words], cwd=top, check=True, env=ENVIRON, input=data, capture_output=True
        )
        return done.stdout.decode().strip()

    def write_tree(*rows: tuple[str, str, str]) -> str:
        data = b"".join(
            f"{mode} {file}\0".encode() + bytes.fromhex(oid) for mode, file, oid in rows
        )
        return run("hash-object", "-w", "-t", "tree", "--literally", "--stdin", data=data)

    page = run("hash-object", "-w", "--stdin", data=PAGE)
    kinds = run("hash-object", "-w", "--stdin", data=KINDS)
    evil = write_tree(("100644", name, page))
    tree = write_tree(("100644", "kinds.yaml", kinds), ("40000", "templates", evil))
    commit = run("commit-tree", tree, "-m", "x")
    run("update-ref", "HEAD", commit)
    with pytest.raises((UsageError, GitError)):
        pin_git_checklist_and_add_sheets(here, f"git+file://{top}//kinds.yaml")
    assert list(tmp_path.rglob("out.html")) == []


def test_templates_that_a_new_version_lacks_are_removed(
    here: Workspace, source: Path, tmp_path: Path
) -> None:
    """As they were taken in: removed; edited here: named, and they stay."""
    folder = tmp_path / "lists/templates/form"
    for name in ("old.html", "edited.html"):
        (folder / name).write_bytes(PAGE)
    here.checklists.pin_source_and_add_sheets(str(source))
    commit_all_files(here, "taken in", ENVIRON)
    for name in ("old.html", "edited.html"):
        (folder / name).unlink()
    (here.root / "templates/form/edited.html").write_bytes(b"edited")
    plan = upgrade_to(here, source)
    assert [(write.path, write.after) for write in plan.templates] == [
        ("templates/form/old.html", None)
    ]
    assert plan.left_templates == ("templates/form/edited.html",)
    text = upgrade_as_text(plan, "en")
    assert "no longer has are removed: templates/form/old.html" in text
    assert "stay, edited here: templates/form/edited.html" in text
    assert write_and_commit_upgrade(here, plan, environ=ENVIRON)
    assert not (here.root / "templates/form/old.html").exists()
    assert (here.root / "templates/form/edited.html").read_bytes() == b"edited"
    pin = here.read_config().checklists["kinds"]
    assert pin.templates == {"form/main.html": digest(PAGE)}
    assert not upgrade_to(here, source).has_changes


def test_a_new_version_without_any_template_removes_them(
    here: Workspace, source: Path, tmp_path: Path
) -> None:
    """Of a repository of git, which tells that there are none; git refuses: they are back."""
    top = tmp_path / "lists"
    commit_lists(top)
    address = f"git+file://{top}//{source.relative_to(top).as_posix()}"
    pin_git_checklist_and_add_sheets(here, address)
    commit_all_files(here, "taken in", ENVIRON)
    (top / "templates/form/main.html").unlink()
    commit_lists(top)
    plan = plan_checklist_upgrade(here, "kinds", today=date(2026, 6, 2))
    hook(here, "pre-commit", "exit 1")
    record_trust_in_git_programs(here.root)
    with pytest.raises(GitError):
        write_and_commit_upgrade(here, plan, environ=ENVIRON)
    assert (here.root / "templates/form/main.html").read_bytes() == PAGE
    (here.root / ".git/hooks/pre-commit").unlink()
    assert write_and_commit_upgrade(here, plan, environ=ENVIRON)
    assert not (here.root / "templates/form/main.html").exists()
    assert here.read_config().checklists["kinds"].templates == {}
    assert list_uncommitted_files(here) == []


def test_a_template_of_another_checklist_stays(
    here: Workspace, source: Path, tmp_path: Path
) -> None:
    """Two lists of an issuer have the same folder of templates."""
    other = source.parent / "others.yaml"
    other.write_bytes(KINDS.replace(b"id: kinds", b"id: others", 1))
    here.checklists.pin_source_and_add_sheets(str(source))
    here.checklists.pin_source_and_add_sheets(str(other))
    (tmp_path / "lists/templates/form/main.html").rename(tmp_path / "lists/templates/new.html")
    plan = upgrade_to(here, source)
    assert [write.path for write in plan.templates] == ["templates/new.html"]
