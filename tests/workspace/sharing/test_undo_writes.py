"""A command whose commit is refused takes back what it wrote; what others saved meanwhile stays."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from assess.errors import ChangedOnDiskError, NotTakenBackError, UsageError
from assess.store.files import make_write_error
from assess.store.git.run.plumbing import GitError
from assess.workspace import Workspace
from assess.workspace.checklists import upgrade
from assess.workspace.checklists.upgrade import plan_checklist_upgrade, write_and_commit_upgrade
from assess.workspace.rounds import reopen
from assess.workspace.rounds.close import close_round
from assess.workspace.sharing import commit as committing
from assess.workspace.sharing import undo_writes as taking_back_module
from assess.workspace.sharing.undo_writes import WrittenFile, undo_writes_on_failure
from workspace.history.test_changes import ITEM, NOW, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name

CONFIG = "assess.yaml"
REGISTER = "evidence/register.yaml"
Refuse = Callable[[ModuleType, Callable[[], object]], None]


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Lets git refuse a module's commits, after somebody has done something."""

    def patch(module: ModuleType, meanwhile: Callable[[], object]) -> None:
        def commit(*_words: object, **_options: object) -> str:
            meanwhile()
            raise GitError("no")

        monkeypatch.setattr(module, "commit_paths_if_changed", commit)

    return patch


def attach(one: Workspace, source: Path, text: str) -> str:
    """Register a file."""
    source.write_text(text, "utf-8")
    return one.add_evidence_file(source, title="x", round_id="2026", by="wang", now=NOW)[0]


@pytest.mark.parametrize("had_register", [False, True])
def test_people_and_rows_that_came_while_a_round_was_closed(
    ready: Workspace, tmp_path: Path, refuse: Refuse, *, had_register: bool
) -> None:
    """The round is open again, the row of the scan is gone, and theirs are there."""
    if had_register:
        attach(ready, tmp_path / "before.txt", "before")
        committing.restore_files_and_commit_workspace(ready, today=TODAY)
    rows = set(ready.read_register_or_empty().evidence)
    others: list[str] = []

    def meanwhile() -> None:
        other = Workspace(ready.root, "en")
        other.add_person("zhao", "赵", ["filler"])
        others.append(other.register_paper_evidence("柜", title="x", by="zhao", now=NOW)[0])

    refuse(committing, meanwhile)
    scan = tmp_path / "s.pdf"
    scan.write_bytes(b"%PDF")
    with pytest.raises(GitError, match="no"):
        close_round(ready, "2026", today=TODAY, now=NOW, signed=scan)
    config = ready.read_config()
    assert (config.rounds["2026"].state, config.rounds["2026"].tag) == ("open", None)
    assert "zhao" in config.people
    assert set(ready.read_register_or_empty().evidence) == {*rows, *others}


@pytest.mark.parametrize("had_register", [False, True])
def test_a_round_that_nobody_touched_meanwhile(
    ready: Workspace, tmp_path: Path, refuse: Refuse, *, had_register: bool
) -> None:
    """Byte for byte as before; a scan that was registered before keeps its row."""
    scan = tmp_path / "s.pdf"
    if had_register:
        attach(ready, scan, "%PDF")
        committing.restore_files_and_commit_workspace(ready, today=TODAY)
    scan.write_text("%PDF", "utf-8")
    refuse(committing, lambda: None)
    with pytest.raises(GitError, match="no"):
        close_round(ready, "2026", today=TODAY, now=NOW, signed=scan)
    status = sh(ready.root, "status", "--short", "--untracked-files=no")
    assert (status, (ready.root / REGISTER).exists()) == ("", had_register)


def test_people_that_came_while_a_round_was_reopened(ready: Workspace, refuse: Refuse) -> None:
    """The round is closed again, and they are there."""
    close_round(ready, "2026", today=TODAY, now=NOW)
    refuse(reopen, lambda: Workspace(ready.root, "en").add_person("zhao", "赵", ["filler"]))
    with pytest.raises(GitError, match="no"):
        reopen.reopen_round(ready, "2026", "why")
    assert ready.read_config().rounds["2026"].state == "closed"
    assert "zhao" in ready.read_config().people


def test_answers_that_came_during_an_upgrade(
    ready: Workspace, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upgrade is out of the files again, and the answers stay."""
    path = ready.root / "checklists" / "egov-network.yaml"
    newer = ready.root.parent / "egov-network.yaml"
    text = path.read_text("utf-8")
    version = next(line for line in text.split("\n") if line.startswith("version:"))
    newer.write_text(text.replace(version, 'version: "9999.1"'), "utf-8")
    refuse(upgrade, lambda: put(ready, "EGN-ACC-02", status="met"))
    monkeypatch.setattr(
        upgrade, "_commit_upgraded_files", _first_passes(upgrade._commit_upgraded_files)
    )
    with pytest.raises(GitError, match="no"):
        write_and_commit_upgrade(
            ready, plan_checklist_upgrade(ready, "egov-network", today=TODAY, to=str(newer))
        )
    assert path.read_text("utf-8") == text
    assert "9999.1" not in (ready.root / SHEET).read_text("utf-8")
    assert sh(ready.root, "status", "--short") == f"M {SHEET}"
    assert "EGN-ACC-02" in (ready.root / SHEET).read_text("utf-8")


def _first_passes(commit: Callable[..., str]) -> Callable[..., str]:
    calls: list[object] = []

    def passing(*words: object) -> str:
        calls.append(words)
        return commit(*words) if len(calls) > 1 else ""

    return passing


@pytest.mark.parametrize(
    ("failure", "reason"), [(UsageError("no"), "no"), (KeyboardInterrupt(), "K")]
)
def test_a_disk_on_which_nothing_can_be_put_back(
    here: Workspace, monkeypatch: pytest.MonkeyPatch, failure: BaseException, reason: str
) -> None:
    """The failure is told, and that what was written stays; not that the old file is unchanged."""
    before = (here.root / SHEET).read_text("utf-8")
    put(here, ITEM, status="partial")
    written = WrittenFile(SHEET, before, (here.root / SHEET).read_text("utf-8"))

    def full(path: Path, *_rest: object) -> None:
        raise make_write_error(OSError(errno.ENOSPC, "full"), path, "en")

    monkeypatch.setattr(taking_back_module, "write_atomic", full)
    with pytest.raises(NotTakenBackError) as caught, undo_writes_on_failure(here, [written]):
        raise failure
    assert caught.value.message.startswith(f"{reason}")
    assert "can't be taken back" in caught.value.message
    assert f"{SHEET} can't be written: the disk is full" in caught.value.message
    assert "unchanged" not in str(caught.value)
    assert "assess diff" in caught.value.hint


def test_the_same_entry_changed_meanwhile(here: Workspace) -> None:
    """It stays as the other program wrote it; that is told with the reason of the failure."""
    before = (here.root / SHEET).read_text("utf-8")
    put(here, ITEM, status="partial")
    written = WrittenFile(SHEET, before, (here.root / SHEET).read_text("utf-8"))
    put(here, ITEM, status="met")
    said = rf"git said no; {SHEET} was changed"
    with pytest.raises(ChangedOnDiskError, match=said), undo_writes_on_failure(here, [written]):
        raise UsageError("git said no")
    assert "status: met" in (here.root / SHEET).read_text("utf-8")
    with pytest.raises(KeyboardInterrupt), undo_writes_on_failure(here, [written]):
        raise KeyboardInterrupt


def test_what_is_not_merged_by_meaning_stays(here: Workspace) -> None:
    """Lines for git that another program wrote meanwhile are its own; what is as before is fine."""
    path = here.root / ".gitattributes"
    written = [
        WrittenFile(".gitattributes", "old\n", "new\n"),
        WrittenFile("none", "", "new\n", was_there=False),
    ]
    path.write_text("other\n", "utf-8")
    with pytest.raises(ChangedOnDiskError), undo_writes_on_failure(here, written):
        raise UsageError("no")
    assert path.read_text("utf-8") == "other\n"
    path.write_text("old\n", "utf-8")
    with pytest.raises(UsageError), undo_writes_on_failure(here, written):
        raise UsageError("no")
    assert path.read_text("utf-8") == "old\n"
