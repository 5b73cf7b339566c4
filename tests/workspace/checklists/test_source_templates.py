"""A checklist is taken in with the report templates beside it, each with its digest."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assess.errors import UsageError
from assess.store.git.history.remote_checklist import MAX_TEMPLATES
from assess.workspace import Workspace
from assess.workspace.checklists.pinned import (
    pin_git_checklist_and_add_sheets,
    write_accepted_variant_digest,
)
from report.content.test_inputs import ENVIRON
from report.factory import ROOT

KINDS = (ROOT / "tests/tui/data/kinds.yaml").read_bytes()
PAGE = b"<p>issuer</p>"


def digest(data: bytes) -> str:
    """Return a digest as assess.yaml has it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return Workspace.make_and_commit_workspace(
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
