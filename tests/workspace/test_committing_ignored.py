"""A proof that is attached is committed, or nothing is: whatever git is told to ignore."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess.store.git.run.plumbing import GitError
from assess.store.report_seal import seal_report_if_possible
from assess.workspace import Workspace
from assess.workspace.rounds.close import close_round
from assess.workspace.setup.make_workspace import make_and_commit_workspace
from assess.workspace.sharing.commit import (
    list_uncommitted_files,
    restore_files_and_commit_workspace,
)
from workspace.history.test_changes import ITEM, NOW, SHEET, TODAY, put, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.rounds.test_close import PLAN


def attach(workspace: Workspace, source: Path) -> str:
    """Attach a file, and return where it stands."""
    row = workspace.add_evidence_file(source, title="x", round_id="2026", by=None, now=NOW)[1]
    assert row.file is not None
    return f"evidence/{row.file.path}"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A file outside of the workspace."""
    path = tmp_path / "q.csv"
    path.write_bytes(b"a\r\nb\r\n")
    return path


@pytest.mark.parametrize("place", [".gitignore", ".git/info/exclude", "evidence/.gitignore"])
def test_evidence_that_is_ignored_is_committed(here: Workspace, table: Path, place: str) -> None:
    """The register names it, so the commit holds it, and nothing is left to commit."""
    path = attach(here, table)
    (here.root / place).write_text("*.csv\n", "utf-8")
    restore_files_and_commit_workspace(here, today=TODAY)
    assert sh(here.root, "ls-tree", "--name-only", "HEAD", path) == path
    assert list_uncommitted_files(here) == []


def test_a_whole_folder_that_is_ignored(here: Workspace) -> None:
    """A new sheet is committed though git is told to ignore all answers."""
    (here.root / ".gitignore").write_text("answers/\n", "utf-8")
    put(here, "EGN-ACC-02", status="met")
    copy = here.root / SHEET.replace("2026", "2027")
    copy.parent.mkdir()
    copy.write_bytes((here.root / SHEET).read_bytes())
    restore_files_and_commit_workspace(here, today=TODAY)
    assert list_uncommitted_files(here) == []


def test_a_report_that_is_ignored(here: Workspace, table: Path) -> None:
    """Nobody says that it must be there: nothing is committed before somebody decides."""
    before = sh(here.root, "rev-parse", "HEAD")
    attach(here, table)
    (here.root / "reports").mkdir(exist_ok=True)
    (here.root / "reports/x.pdf").write_bytes(b"x")
    (here.root / ".gitignore").write_text("*.pdf\n", "utf-8")
    with pytest.raises(GitError, match=r"reports/x\.pdf.*\.gitignore:1:\*\.pdf") as caught:
        restore_files_and_commit_workspace(here, today=TODAY)
    assert "git add -f reports/x.pdf" in caught.value.hint
    assert "hook" not in caught.value.message
    assert sh(here.root, "rev-parse", "HEAD") == before
    sh(here.root, "add", "-f", "reports/x.pdf")
    restore_files_and_commit_workspace(here, today=TODAY)
    assert list_uncommitted_files(here) == []


def test_a_report_that_was_made_here(here: Workspace) -> None:
    """A rule of one person about PDF or text files does not stop each commit after a report."""
    (here.root / "reports").mkdir(exist_ok=True)
    (here.root / "reports/x.md").write_bytes(seal_report_if_possible(b"# report\n", "comment"))
    (here.root / ".git/info/exclude").write_text("reports/\n", "utf-8")
    restore_files_and_commit_workspace(here, today=TODAY)
    assert sh(here.root, "ls-tree", "--name-only", "HEAD", "reports/x.md") == "reports/x.md"
    assert list_uncommitted_files(here) == []


def test_the_way_out_names_all_files_that_are_left_out(here: Workspace) -> None:
    """One command commits them all the same, however many they are."""
    (here.root / "reports").mkdir(exist_ok=True)
    names = [f"reports/{number}.doc" for number in range(7)]
    for name in names:
        (here.root / name).write_bytes(b"x")
    (here.root / ".git/info/exclude").write_text("*.doc\n", "utf-8")
    with pytest.raises(GitError) as caught:
        restore_files_and_commit_workspace(here, today=TODAY)
    assert f"git add -f {' '.join(names)};" in caught.value.hint


@pytest.mark.parametrize("rule", ["answers/", "evidence/", "checklists/", "*"])
def test_a_rule_of_one_person_and_the_closing(here: Workspace, table: Path, rule: str) -> None:
    """A round is closed as files are committed: what the program reads is in the commit."""
    (here.root / ".git/info/exclude").write_text(f"{rule}\n", "utf-8")
    here.add_person("wang", "王敏", ["filler"])
    put(here, ITEM, status="unmet", remediation=PLAN)
    restore_files_and_commit_workspace(here, today=TODAY)
    done = close_round(here, "2026", today=TODAY, now=NOW, signed=table)
    assert sh(here.root, "rev-parse", "round/2026^{commit}") == done.commit
    assert "evidence/2026/q-" in sh(here.root, "ls-tree", "-r", "--name-only", "round/2026")
    assert list_uncommitted_files(here) == []


def test_evidence_beside_a_register_that_cannot_be_read(here: Workspace) -> None:
    """What it names is not known: the file is told, and nothing is committed."""
    (here.root / "evidence").mkdir(exist_ok=True)
    (here.root / "evidence/register.yaml").write_text("x: [\n", "utf-8")
    (here.root / "evidence/q.csv").write_text("x", "utf-8")
    (here.root / ".gitignore").write_text("*.csv\n", "utf-8")
    with pytest.raises(GitError, match=r"evidence/q\.csv"):
        restore_files_and_commit_workspace(here, today=TODAY)


def test_bytes_that_git_would_change(here: Workspace, table: Path) -> None:
    """Evidence that would be committed with other line ends is refused before the commit."""
    before = sh(here.root, "rev-parse", "HEAD")
    attach(here, table)
    with (here.root / ".gitattributes").open("a", encoding="utf-8") as stream:
        stream.write("evidence/2026/** !text crlf\n")
    with pytest.raises(GitError, match="other bytes"):
        restore_files_and_commit_workspace(here, today=TODAY)
    assert sh(here.root, "rev-parse", "HEAD") == before


def test_line_ends_that_git_changed(here: Workspace, tmp_path: Path) -> None:
    """What is registered is put back, and nothing is committed; other changes stay."""
    source = tmp_path / "q.csv"
    source.write_bytes(b"a\nb\n")
    path = attach(here, source)
    restore_files_and_commit_workspace(here, today=TODAY)
    with (here.root / ".git/info/attributes").open("w") as stream:
        stream.write("*.csv text eol=crlf\n")
    (here.root / path).unlink()
    sh(here.root, "checkout", "--", path)
    assert (here.root / path).read_bytes() == b"a\r\nb\r\n"
    (here.root / ".git/info/attributes").unlink()
    committed = restore_files_and_commit_workspace(here, today=TODAY)
    assert (here.root / path).read_bytes() == b"a\nb\n"
    assert committed.oid is None
    assert [(row.file, row.code) for row in committed.warnings] == [(path, "put-back")]

    (here.root / path).write_bytes(b"a\r\nc\r\n")
    restore_files_and_commit_workspace(here, today=TODAY)
    assert (here.root / path).read_bytes() == b"a\r\nc\r\n"


@pytest.mark.parametrize(
    "name", ["evidence/2026/Thumbs.db", "answers/~$q.yaml", "reports/.DS_Store"]
)
def test_what_programs_leave_in_the_folder(here: Workspace, table: Path, name: str) -> None:
    """Nobody registered it and git is told to ignore it: the commit goes on without it."""
    path = attach(here, table)
    (here.root / name).parent.mkdir(exist_ok=True)
    (here.root / name).write_bytes(b"x")
    (here.root / ".gitignore").write_text("Thumbs.db\n~$*\n.DS_Store\n", "utf-8")
    committed = restore_files_and_commit_workspace(here, today=TODAY)
    assert name not in committed.message
    assert sh(here.root, "ls-tree", "-r", "--name-only", "HEAD", "evidence/2026") == path
    assert list_uncommitted_files(here) == []
    assert here.list_uncommitted_report_inputs() == []


@pytest.mark.parametrize("name", ["evidence/2026/notes.log", "templates/full/logo.log"])
def test_the_only_copy_of_an_ignored_file(here: Workspace, name: str) -> None:
    """Nothing says that it is junk: it counts as not committed, and the commit refuses it."""
    before = sh(here.root, "rev-parse", "HEAD")
    put(here, "EGN-ACC-02", status="met")
    (here.root / name).parent.mkdir(parents=True, exist_ok=True)
    (here.root / name).write_text("my only copy", "utf-8")
    (here.root / ".git/info/exclude").write_text("*.log\n", "utf-8")
    assert name in here.list_uncommitted_report_inputs()
    with pytest.raises(GitError, match=rf"{name}.*exclude:1:\*\.log"):
        restore_files_and_commit_workspace(here, today=TODAY)
    assert sh(here.root, "rev-parse", "HEAD") == before


def test_junk_beside_a_template(here: Workspace) -> None:
    """An editor's backup is no input of a report, which the commit could not give."""
    template = here.root / "templates/full/cover.html"
    template.parent.mkdir(parents=True)
    template.write_text("x", "utf-8")
    restore_files_and_commit_workspace(here, today=TODAY)
    template.with_name("cover.html~").write_text("y", "utf-8")
    provenance = here.make_provenance("2026", here.list_sheets("2026"), [])
    assert provenance.commit == sh(here.root, "rev-parse", "HEAD")
    inputs = [file.path for file in provenance.inputs]
    assert "templates/full/cover.html" in inputs
    assert "templates/full/cover.html~" not in inputs


def test_ignore_rules_of_a_folder_are_looked_at_once(
    here: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many files of a folder are junk: 100,000 of them took four fifths of `status`."""
    looked: list[Path] = []
    exists = Path.exists

    def count(path: Path) -> bool:
        looked.append(path)
        return exists(path)

    (here.root / "evidence/many").mkdir(parents=True)
    for number in range(50):
        (here.root / f"evidence/many/{number}.txt~").touch()
    monkeypatch.setattr(Path, "exists", count)
    assert list_uncommitted_files(here) == []
    assert looked.count(here.root / "evidence/many/.gitignore") == 1
    assert looked.count(here.root / ".gitignore") == 1


@pytest.mark.parametrize("rule", ["answers/", "checklists/", "*"])
def test_a_new_workspace_under_a_rule_of_its_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    """The first commit holds all files of the workspace: it used to be refused, without a way."""
    (tmp_path / "config/git").mkdir(parents=True)
    (tmp_path / "config/git/ignore").write_text(f"{rule}\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = make_and_commit_workspace(
        tmp_path / "单位",
        organization="单位",
        language="zh",
        today=TODAY,
        checklists=("egov-network",),
        lang="en",
    )
    assert list_uncommitted_files(made) == []
    assert "checklists/egov-network.yaml" in sh(made.root, "ls-tree", "-r", "--name-only", "HEAD")
    assert ".gitattributes" in sh(made.root, "ls-tree", "-r", "--name-only", "HEAD")
