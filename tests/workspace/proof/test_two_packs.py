"""Two packs with other bytes under one id: proof says what the genuine ones say, or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from assess.china_time import CHINA
from assess.errors import DamagedError, UsageError
from assess.report.content.inputs import list_settings_in_digest
from assess.report.proof.digest import find_report_of_digest
from assess.store.git.history.checkout import check_out_report_inputs
from assess.store.git.run.plumbing import Repository
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import Workspace
from assess.workspace.core.late_answers import find_late_sheets
from assess.workspace.core.sources import ClosedRoundFiles
from assess.workspace.history.past_sheets import assess_sheets_at_commit, assess_sheets_in_round
from assess.workspace.history.report_commits import ReportCommits
from assess.workspace.proof.report_closing import (
    find_closing_made_by_commit,
    read_closings_if_ever_reopened,
    round_tags_by_commit,
)
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.closed_rounds import list_closed_rounds
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.setup.make_workspace import commit_all_files
from two_packs import id_of_object, put_into_two_packs, read_all_objects
from workspace.history.test_changes import NAME, NOW, SHEET, TODAY, sh
from workspace.history.test_changes import here as here  # noqa: PLC0414  # pytest finds the fixture by this name
from workspace.late import add_people, close

T = TypeVar("T")

GENUINE = "falsified answers were found"
FORGED = "all 59 problems are mended, confirmed on the spot"


def read_or_refuse(read: Callable[[], T]) -> T | None:
    """Return what is read; None where the forgery is refused."""
    try:
        return read()
    except (DamagedError, UsageError):  # git itself takes some forged commits for none
        return None


def oid(here: Workspace, name: str) -> str:
    """Return the id that a name has."""
    return sh(here.root, "rev-parse", name)


@pytest.fixture
def reopened(here: Workspace) -> tuple[Workspace, str, str]:
    """Round 2026 closed and reopened, with a later commit; the closing and the reopening."""
    add_people(here)
    first = close(here).commit
    again = reopen_round(here, "2026", GENUINE).commit
    sh(here.root, "commit", "-q", "--allow-empty", "-m", "later")
    return here, first, again


def forge_commit(
    here: Workspace, commit: str, old: bytes, new: bytes
) -> dict[str, tuple[str, bytes]]:
    """Return another commit under the id of one."""
    kind, data = read_all_objects(here.root)[commit]
    assert old in data
    return {commit: (kind, data.replace(old, new))}


@pytest.mark.parametrize("is_newer", [False, True])
@pytest.mark.parametrize("hides", [False, True])
def test_a_reopening_since_the_report(
    reopened: tuple[Workspace, str, str], *, hides: bool, is_newer: bool
) -> None:
    """Neither its reason nor the reopening itself is taken from another pack."""
    here, first, again = reopened
    words = (b"Round-Reopened", b"Round-Whatever") if hides else (GENUINE.encode(), FORGED.encode())
    forged = forge_commit(here, again, *words)
    genuine = find_closing_made_by_commit(here, "2026", first)
    assert [one.reason for one in genuine.reopened] == [GENUINE]
    near = [oid(here, "HEAD"), again]
    put_into_two_packs(here.root, forged, near, is_forged_pack_newer=is_newer)
    told = read_or_refuse(lambda: find_closing_made_by_commit(here, "2026", first))
    assert told in (None, genuine)


@pytest.fixture
def merged(here: Workspace) -> tuple[Workspace, str]:
    """Round 2026 closed, reopened and closed again after a merge; the reopening."""
    add_people(here)
    close(here)
    again = reopen_round(here, "2026", GENUINE).commit
    commit_at(here, "2026-06-02T00:00:02Z", "first")
    sh(here.root, "checkout", "-q", "-b", "side", "round/2026")
    commit_at(here, "2099-06-02T00:01:00Z", "side")
    sh(here.root, "checkout", "-q", "-")
    sh(here.root, "-c", "core.editor=true", "merge", "-q", "--no-ff", "-m", "merged", "side")
    close_round(here, "2026", today=TODAY, now=NOW)
    return here, again


def commit_at(here: Workspace, time: str, message: str) -> None:
    """Make an empty commit of a time."""
    words = ["git", "commit", "-q", "--allow-empty", "-m", message]
    environ = os.environ | {"GIT_COMMITTER_DATE": time, "GIT_AUTHOR_DATE": time}
    subprocess.run(words, cwd=here.root, check=True, env=environ)


@pytest.mark.parametrize("count", range(1, 6))
def test_reopenings_on_the_page(merged: tuple[Workspace, str], count: int) -> None:
    """Whatever the order in which commits are read, the page says what the genuine commit says."""
    here, again = merged
    commit = oid(here, "HEAD")
    round_ = here.read_config().rounds["2026"]

    def read() -> object:
        return read_closings_if_ever_reopened(here.root, "2026", round_, commit, "en")

    genuine = read()
    assert GENUINE in str(genuine)
    near = sh(here.root, "rev-list", "--topo-order", f"--max-count={count}", "HEAD").split()
    near = [one for one in near if one != again]
    forged = forge_commit(here, again, GENUINE.encode(), FORGED.encode())
    put_into_two_packs(here.root, forged, [*near, again])
    assert read_or_refuse(read) in (None, genuine)
    assert FORGED not in str(read_or_refuse(lambda: list_closed_rounds(here)))


def forge_sheet(here: Workspace, commit: str) -> dict[str, tuple[str, bytes]]:
    """Return the folder of answers of a commit, under its id, with a sheet that says otherwise."""
    objects = read_all_objects(here.root)
    sheet, folder = oid(here, f"{commit}:{SHEET}"), oid(here, f"{commit}:answers/2026")
    text = objects[sheet][1].replace(b"status: unmet", b"status: met")
    assert text != objects[sheet][1]
    new = id_of_object("blob", text)
    kind, data = objects[folder]
    changed = data.replace(bytes.fromhex(sheet), bytes.fromhex(new))
    return {new: ("blob", text), folder: (kind, changed)}


def list_trees(here: Workspace) -> list[str]:
    """Return the ids of all folders."""
    return [key for key, one in read_all_objects(here.root).items() if one[0] == "tree"]


def test_a_score_that_a_digest_stands_for(here: Workspace) -> None:
    """The sheet is found in the folders that were checked."""
    commit = oid(here, "HEAD")
    seconds = int(sh(here.root, "log", "-1", "--format=%ct"))
    day = datetime.fromtimestamp(seconds, CHINA).date()
    settings = list_settings_in_digest("full", "en", day)
    digest = here.make_provenance("2026", [NAME], settings).digest
    sh(here.root, "commit", "-q", "--allow-empty", "-m", "later")

    def read() -> object:
        match = find_report_of_digest(here, digest, None)
        return None if match is None else match.sheets

    genuine = read()
    assert genuine is not None
    near = {oid(here, "HEAD"), commit, *list_trees(here)}
    put_into_two_packs(here.root, forge_sheet(here, commit), near)
    assert read_or_refuse(read) in (None, genuine)


@pytest.fixture
def followed(here: Workspace) -> Workspace:
    """Rounds 2025, which has the same answers, and 2026 are closed; 2027 follows."""
    add_people(here)
    folder = here.root / "answers" / "2025"
    folder.mkdir()
    text = (here.root / SHEET).read_text("utf-8").replace("2026", "2025")
    (folder / f"{NAME}.yaml").write_text(text, "utf-8")
    row = {"title": "2025", "state": "closed", "sheets": [str(NAME)]}
    here.edit_config([FieldEdit(("rounds", "2025"), row)])
    commit_all_files(here, "2025")
    sh(here.root, "tag", "-a", "-m", "x", "round/2025")
    close(here)
    sh(here.root, "commit", "-q", "--allow-empty", "-m", "later")
    return here


@pytest.mark.parametrize("name", ["HEAD", "round/2026^{commit}", "far"])
def test_scores_of_an_earlier_round(followed: Workspace, name: str) -> None:
    """They are those of the folders that were checked, also in the folder of another round."""
    here, commit = followed, oid(followed, "round/2026^{commit}")

    def read() -> object:
        states = assess_sheets_in_round(here, "2026", [NAME], TODAY).states
        return {key: state.assessment for key, state in states.items()}

    genuine, digests = read(), list_round_digests(here)
    objects = read_all_objects(here.root)
    far = {oid(here, f"{commit}:answers/2025")} if name == "far" else {oid(here, name)}
    put_into_two_packs(here.root, forge_sheet(here, commit), objects.keys() - far)
    assert read_or_refuse(read) in (None, genuine)
    assert read_or_refuse(lambda: list_round_digests(here)) in (None, digests)


def list_round_digests(here: Workspace) -> dict[str, str | None]:
    """Return the digests of the files of the closed round 2026."""
    source = here.find_round_files("2026")
    assert isinstance(source, ClosedRoundFiles)
    return {path: source.sha256_unless_missing_or_large(path) for path in source.blobs}


@pytest.mark.parametrize("name", ["HEAD", "later", "HEAD^{tree}"])
def test_sheets_of_an_earlier_commit(here: Workspace, name: str) -> None:
    """A report that is compared with a commit shows what the commit holds."""
    commit = oid(here, "HEAD")
    sh(here.root, "commit", "-q", "--allow-empty", "-m", "later")

    def read() -> object:
        past = assess_sheets_at_commit(here, commit, "2026", [NAME], TODAY)
        return past.commit_time, {key: one.assessment for key, one in past.states.items()}

    genuine = read()
    forged = forge_sheet(here, commit) | forge_commit(here, commit, b"+0000\n\n", b"+0001\n\n")
    near = {oid(here, "HEAD"), commit} if name == "later" else {oid(here, name), *list_trees(here)}
    put_into_two_packs(here.root, forged, near)
    assert read_or_refuse(read) in (None, genuine)


def test_a_tag_of_a_round(reopened: tuple[Workspace, str, str]) -> None:
    """The object of a tag that leads to another commit under its id leads nowhere."""
    here, first, again = reopened
    tag = oid(here, "refs/tags/round/2026")
    kind, data = read_all_objects(here.root)[tag]
    assert kind == "tag"
    forged = {tag: (kind, data.replace(first.encode(), again.encode()))}
    genuine = round_tags_by_commit(here.root)
    assert list(genuine) == [first]
    put_into_two_packs(here.root, forged, [first, again], is_forged_pack_newer=True)
    assert read_or_refuse(lambda: round_tags_by_commit(here.root)) in (None, genuine)
    told = read_or_refuse(lambda: find_closing_made_by_commit(here, "2026", again))
    assert told is None or told.wrong_tags == ()


def test_a_commit_that_only_a_forged_one_leads_to(here: Workspace) -> None:
    """A commit of no branch stays one, whatever another pack says of the parents of a commit."""
    first, head = oid(here, "HEAD~1"), oid(here, "HEAD")
    alone = sh(here.root, "commit-tree", "-m", "alone", "HEAD^{tree}")
    assert ReportCommits(here).find_commit_fault(alone) == "commit-unreachable"
    forged = forge_commit(here, head, first.encode(), alone.encode())
    put_into_two_packs(here.root, forged, [first, alone], is_forged_pack_newer=True)
    fault = read_or_refuse(lambda: str(ReportCommits(here).find_commit_fault(alone)))
    assert fault in (None, "commit-unreachable")


def test_late_answers(followed: Workspace) -> None:
    """Which answers came after a closing is told from the folder that the tag really has."""
    commit = oid(followed, "round/2026^{commit}")

    def read() -> object:
        return find_late_sheets(followed.root, followed.read_config(), "en")

    genuine = read()
    put_into_two_packs(
        followed.root, forge_sheet(followed, commit), [commit], is_forged_pack_newer=True
    )
    assert read_or_refuse(read) in (None, genuine)


def test_a_picture_whose_size_another_pack_tells(here: Workspace, tmp_path: Path) -> None:
    """It is not left out of a report because of bytes that are not its own."""
    picture = here.root / "evidence" / "2026" / "p.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(b"\x89PNG")
    sh(here.root, "add", "-A", "-f", "evidence")
    sh(here.root, "commit", "-q", "-m", "picture")
    blob, commit = oid(here, "HEAD:evidence/2026/p.png"), oid(here, "HEAD")
    forged = {blob: ("blob", bytes(21 * 1024 * 1024))}
    put_into_two_packs(here.root, forged, list_trees(here))
    repository = Repository.find_repository(here.root)
    assert repository is not None

    def read() -> bool:
        (tmp_path / "out").mkdir()
        root = check_out_report_inputs(repository, commit, tmp_path / "out", "en")
        return (root / "evidence" / "2026" / "p.png").exists()

    assert read_or_refuse(read) in (None, True)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen")
def test_a_signature_of_another_commit(
    here: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit without a signature has none, and one that was forged has no valid one."""
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signers = tmp_path / "signers"
    signers.write_text(f"wang@example.invalid {key.with_suffix('.pub').read_text()}")
    mine = tmp_path / "gitconfig"
    mine.write_text(f'[gpg "ssh"]\n\tallowedSignersFile = {signers}\n')
    words = ["-c", "gpg.format=ssh", "-c", f"user.signingKey={key}"]
    sh(here.root, *words, "commit", "-q", "-S", "--allow-empty", "-m", "signed")
    signed = oid(here, "HEAD")
    kind, data = read_all_objects(here.root)[signed]
    broken = data.replace(b"signed\n", b"broken\n")
    commit = id_of_object(kind, broken)
    path = here.root / ".git" / "objects" / commit[:2] / commit[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(b"commit %d\0" % len(broken) + broken))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(mine))
    commits = ReportCommits(here)
    honest = commits.check_commit_signature(commit)
    assert honest is not None
    assert not honest[0]
    valid = commits.check_commit_signature(signed)
    assert valid is not None
    assert valid[0]
    put_into_two_packs(here.root, {commit: (kind, data)}, [commit])
    told = read_or_refuse(lambda: commits.check_commit_signature(commit))
    assert told is None or not told[0]
