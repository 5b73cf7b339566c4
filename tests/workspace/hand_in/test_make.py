"""Making hand-ins: what is in them, what is not, and that the same files give the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from pathlib import Path

import msgspec
import pytest

from assess.errors import FilesError, UnknownIdError, UsageError
from assess.model.hand_in import Manifest
from assess.store.git.run.plumbing import Repository
from assess.store.yaml.field_edit import FieldEdit
from assess.workspace import SheetName, Workspace
from assess.workspace.hand_in import archive, make
from assess.workspace.hand_in.make import (
    HandInRequest,
    find_newest_round_to_hand_in,
    make_hand_in,
    write_hand_in,
)
from assess.workspace.hand_in.manifest import make_manifest_schema
from assess.workspace.hand_in.outcome import AcceptedHandIn
from assess.workspace.hand_in.read import read_hand_in
from assess.workspace.rounds.close import close_round
from assess.workspace.rounds.reopen import reopen_round
from assess.workspace.rounds.start import start_round
from assess.workspace.setup.make_workspace import commit_all_files
from assess.workspace.sharing.data_export import make_round_data_export
from hand_ins import CLOCK, NOW, ROUND, SCAN, TODAY, closed_demo, files_of, hand_in_of
from json_schemas import list_schema_faults
from samples import Samples, demo

SECRET = b"the password of the old switch, removed from the workspace in March: Qx-7741-removed"


@pytest.fixture
def closed(samples: Samples, tmp_path: Path) -> Workspace:
    """A workspace whose round is closed."""
    return samples.copy(closed_demo, tmp_path / "unit")


def accepted(data: bytes, folder: Path) -> AcceptedHandIn:
    """Return what an office reads of a hand-in."""
    folder.mkdir()
    outcome = read_hand_in(data, folder, TODAY)
    assert isinstance(outcome, AcceptedHandIn), outcome
    return outcome


def test_a_closed_round_goes_round(closed: Workspace, tmp_path: Path) -> None:
    """The office reads the unit's files, its data and its scan; nothing is remarked."""
    made = make_hand_in(closed, HandInRequest(ROUND), TODAY)
    outcome = accepted(made.data, tmp_path / "office")
    assert outcome.remarks == ()
    assert outcome.manifest == made.manifest
    assert outcome.digest == hashlib.sha256(made.data).hexdigest()
    assert outcome.counts.unanswered == 0
    assert [row.origin for row in outcome.checklists] == ["library", "library"]
    source = closed.find_round_files(ROUND)
    assert outcome.inputs == {path: source.read_bytes(path) for path in outcome.inputs}
    assert sorted(outcome.inputs) == [
        "answers/2026/egov-network.yaml",
        "answers/2026/self-built-systems@portal.yaml",
        "assess.yaml",
        "checklists/egov-network.yaml",
        "checklists/self-built-systems.yaml",
        "evidence/register.yaml",
    ]
    assert outcome.signed_scan is not None
    assert outcome.signed_scan.data == SCAN
    assert outcome.report is None


def test_its_data_is_that_of_the_export(closed: Workspace) -> None:
    """`data.json` is byte for byte what `assess export --data` gives."""
    export = make_round_data_export(closed, ROUND, TODAY, sanitised=False)
    assert files_of(hand_in_of(closed))["data.json"] == export.data


def test_the_manifest_tells_unit_round_and_closing(closed: Workspace) -> None:
    """Also tag and commit, and what was left out; it fits its schema."""
    text = files_of(hand_in_of(closed))["manifest.json"]
    assert list_schema_faults(json.loads(text), make_manifest_schema()) == []
    manifest = msgspec.json.decode(text, type=Manifest)
    assert (manifest.unit.id, manifest.round, manifest.state) == ("qingxi-data", ROUND, "closed")
    assert (manifest.tag, manifest.closing) == ("round/2026", 1)
    repository = Repository.find_repository(closed.root)
    assert repository is not None
    assert manifest.commit == repository.resolve_head_commit()
    assert manifest.left_out == ("evidence", "report")


def test_the_same_files_give_the_same_bytes(closed: Workspace, tmp_path: Path) -> None:
    """Whatever the day, the language of the program, and what came after the closing."""
    first = hand_in_of(closed)
    closed.edit_config([FieldEdit(("report", "addressee"), "示例市青溪区网信办")])
    later = make_hand_in(
        Workspace(closed.root, "zh"), HandInRequest(ROUND), TODAY.replace(year=2027)
    )
    assert later.data == first
    assert first.startswith(b"PK\x03\x04")
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {row.date_time[0] for row in package.infolist()} == {1980}


def test_a_removed_file_of_the_history_is_not_in_it(samples: Samples, tmp_path: Path) -> None:
    """Neither its bytes nor git's object of it, by name or content, though git still has it."""
    workspace = samples.copy(demo, tmp_path / "unit")
    secret = workspace.root / "evidence" / ROUND / "old-switch.txt"
    secret.write_bytes(SECRET)
    commit_all_files(workspace, "a file that should not be here", {})
    secret.unlink()
    commit_all_files(workspace, "removed", {})
    repository = Repository.find_repository(workspace.root)
    assert repository is not None
    oid = hashlib.sha1(  # noqa: S324  # git's own name of the object
        b"blob %d\0" % len(SECRET) + SECRET
    ).hexdigest()
    assert repository.read_blob(oid) == SECRET
    data = hand_in_of(workspace, with_evidence=True)
    packed = zlib.compress(b"blob %d\0" % len(SECRET) + SECRET)[2:-4]
    for part in (SECRET, b"Qx-7741", b"old-switch", oid.encode(), bytes.fromhex(oid), packed):
        assert part not in data
    assert not any(".git" in path for path in files_of(data))


def test_evidence_travels_where_it_is_asked_for(closed: Workspace, tmp_path: Path) -> None:
    """Each file that answers cite, as it is registered; else none."""
    assert accepted(hand_in_of(closed), tmp_path / "plain").evidence == ()
    data = hand_in_of(closed, with_evidence=True)
    outcome = accepted(data, tmp_path / "full")
    assert "evidence/2026/topology.png" in {row.path for row in outcome.evidence}
    for row in outcome.evidence:
        assert files_of(data)[row.path] == (closed.root / row.path).read_bytes()
    assert "evidence" not in outcome.manifest.left_out


def test_evidence_that_was_changed_is_not_handed_in(samples: Samples, tmp_path: Path) -> None:
    """The register names another digest: the unit must see to that first."""
    workspace = samples.copy(demo, tmp_path / "unit")
    (workspace.root / "evidence/2026/topology.png").write_bytes(b"other")
    with pytest.raises(UsageError, match=r"topology\.png is missing, or was changed"):
        hand_in_of(workspace, with_evidence=True)


def test_a_scan_of_another_kind_stays_at_home(
    closed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scan is a PDF or a picture of at most 20 MB; else the manifest says that it is left out."""
    monkeypatch.setattr(make, "MOST_OF_A_SCAN", 3)
    files = files_of(hand_in_of(closed))
    assert json.loads(files["manifest.json"])["left_out"] == ["evidence", "report", "signed_scan"]
    assert not any(path.startswith("signed/") for path in files)
    monkeypatch.undo()
    monkeypatch.setattr(make, "is_scan_of_known_kind", lambda _data: False)
    assert not any(path.startswith("signed/") for path in files_of(hand_in_of(closed)))


def test_a_sanitised_one_has_no_persons_and_notes(closed: Workspace, tmp_path: Path) -> None:
    """Its figures are those of the round; neither scan nor evidence is in it."""
    made = make_hand_in(closed, HandInRequest(ROUND, sanitised=True), TODAY)
    outcome = accepted(made.data, tmp_path / "office")
    assert outcome.signed_scan is None
    assert outcome.manifest.sanitised
    assert "not-sanitised" not in [note.code for note in outcome.remarks]
    assert outcome.remarks == ()
    for word in ("王敏", "wang-min", "wang.min", "大厅 2 个接入点"):
        assert word.encode() not in made.data
    whole = json.loads(files_of(hand_in_of(closed))["data.json"])
    sanitised = json.loads(outcome.data)
    assert sanitised["sanitised"] is True
    assert [sheet["score"] for sheet in sanitised["sheets"]] == [
        sheet["score"] for sheet in whole["sheets"]
    ]
    assert sanitised["round"]["state"] == "closed"
    assert [row["path"] for row in sanitised["inputs"]] == [
        "checklists/egov-network.yaml",
        "checklists/self-built-systems.yaml",
    ]


def test_an_open_round_says_what_is_unfinished(samples: Samples, tmp_path: Path) -> None:
    """By sheet and item; `assess submit` refuses it unless told otherwise."""
    workspace = samples.copy(demo, tmp_path / "unit")
    name = SheetName("egov-network")
    sheet = workspace.open_sheet(name, ROUND)
    answered = list(sheet.sheet.answers)
    sheet.write_answer(answered[0], {"status": None, "value": None}, by=None, now=NOW, lang="zh")
    sheet = workspace.open_sheet(name, ROUND)
    sheet.write_answer(answered[1], {"note": "另写"}, by="wang-min", now=NOW, lang="zh")
    outcome = accepted(hand_in_of(workspace), tmp_path / "office")
    codes = {note.code: note for note in outcome.remarks}
    assert {"not-closed", "not-committed", "unanswered", "unreviewed"} <= set(codes)
    assert codes["unanswered"].place == answered[0]
    assert codes["unanswered"].member == "inputs/answers/2026/egov-network.yaml"
    assert outcome.counts.unanswered == 1
    assert outcome.manifest.commit is None
    assert outcome.manifest.tag is None


def test_which_round_is_meant(closed: Workspace) -> None:
    """The newest closed one; with `--open` the newest open one."""
    assert find_newest_round_to_hand_in(closed, is_open=False) == ROUND
    with pytest.raises(UsageError, match="no round is open"):
        find_newest_round_to_hand_in(closed, is_open=True)
    start_round(closed, "2027", today=TODAY)
    assert find_newest_round_to_hand_in(closed, is_open=False) == ROUND
    assert find_newest_round_to_hand_in(closed, is_open=True) == "2027"
    closed.edit_config([FieldEdit(("rounds", ROUND, "state"), "open")])
    with pytest.raises(UsageError, match="no round is closed"):
        find_newest_round_to_hand_in(closed, is_open=False)
    with pytest.raises(UnknownIdError):
        make_hand_in(closed, HandInRequest("2031"), TODAY)


def test_the_name_tells_unit_round_and_closing(closed: Workspace) -> None:
    """A second closing and a sanitised copy have names of their own."""
    made = make_hand_in(closed, HandInRequest(ROUND), TODAY)
    assert made.file_name == "hand-in-qingxi-data-2026.zip"
    manifest = msgspec.structs.replace(made.manifest, closing=2, sanitised=True)
    again = made._replace(manifest=manifest)
    assert again.file_name == "hand-in-qingxi-data-2026.2.sanitised.zip"


def test_a_second_closing_says_so(closed: Workspace, tmp_path: Path) -> None:
    """Reopened after a question and closed again: the number of the closing is claimed and fits."""
    reopen_round(closed, ROUND, "数据核对", environ=CLOCK)
    close_round(closed, ROUND, today=NOW.date(), now=NOW, environ=CLOCK)
    made = make_hand_in(closed, HandInRequest(ROUND), TODAY)
    assert made.file_name == "hand-in-qingxi-data-2026.2.zip"
    outcome = accepted(made.data, tmp_path / "office")
    assert (outcome.manifest.tag, outcome.manifest.closing) == ("round/2026.2", 2)
    assert outcome.remarks == ()
    assert outcome.signed_scan is None


def test_nothing_is_written_over(closed: Workspace, tmp_path: Path) -> None:
    """A file that is there stays as it is; so do the inputs of the workspace."""
    path = tmp_path / "new" / "x.zip"
    write_hand_in(closed, path, b"first")
    with pytest.raises(UsageError, match="is there already"):
        write_hand_in(closed, path, b"second")
    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(UsageError, match="part of the workspace"):
        write_hand_in(closed, closed.root / "evidence" / "x.zip", b"x")
    assert not (closed.root / "evidence" / "x.zip").exists()


def test_what_no_reader_would_take_is_not_made(
    closed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits of the reader hold for the writer, which names the file."""
    monkeypatch.setitem(archive._MOST_BY_FOLDER, "inputs", 100)
    with pytest.raises(UsageError, match=r"inputs/answers/.* is larger than 0 MB"):
        hand_in_of(closed)
    monkeypatch.undo()
    monkeypatch.setattr(make, "MOST_FILES", 3)
    with pytest.raises(UsageError, match="at most 3 files"):
        hand_in_of(closed)
    monkeypatch.undo()
    monkeypatch.setattr(make, "is_allowed_path", lambda path: path != "data.json")
    with pytest.raises(UsageError, match=r"data\.json can't stand in a ZIP"):
        hand_in_of(closed)


def test_files_that_can_not_be_read_are_named(samples: Samples, tmp_path: Path) -> None:
    """With file and line, as every command names them."""
    workspace = samples.copy(demo, tmp_path / "unit")
    path = workspace.root / "answers/2026/egov-network.yaml"
    path.write_text(path.read_text("utf-8") + "\nanswers: twice\n", "utf-8")
    with pytest.raises(FilesError) as refused:
        hand_in_of(workspace)
    assert refused.value.problems[0].file == "answers/2026/egov-network.yaml"
