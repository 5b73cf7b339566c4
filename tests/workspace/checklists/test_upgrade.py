"""Upgrades of pinned checklists in real repositories: one commit, or nothing."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from assess import locations
from assess.engine.upgrade.finding_ties import FindingTie
from assess.errors import ChangedOnDiskError, FilesError, UnknownIdError, UsageError
from assess.model.checklist import Checklist
from assess.model.item import Item
from assess.problem import select_errors
from assess.store import shipped_files
from assess.store.git.commit.commit_files import NoIdentityError
from assess.store.git.run.plumbing import GitError
from assess.store.git.trust.trusted_programs import record_trust_in_git_programs
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.writing.emit import yaml_document_text
from assess.workspace import SheetName, Workspace
from assess.workspace.checklists import local_variants, pin_sources, pinned
from assess.workspace.checklists.upgrade import (
    ChecklistUpgrade,
    plan_checklist_upgrade,
    write_and_commit_upgrade,
)
from assess.workspace.core.outside_findings import FindingAuthor, add_outside_finding
from assess.workspace.setup.make_workspace import commit_all_files, make_and_commit_workspace
from factories import checklist, conformity, ladder, text
from samples import Samples
from workspace.sharing.test_commit import hook

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
SHEET = "answers/2026/egov.yaml"
PIN = "checklists/egov.yaml"
NAME = SheetName("egov")


def git(root: Path, *words: str) -> str:
    """Run plain git, as a person would."""
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def edition(*items: Item, version: str = "2026.2", **fields: object) -> str:
    """Return the text of an edition of the checklist."""
    made = checklist(*items, **{"version": version, "profile": {}, **fields})
    return yaml_document_text(made)


OLD = edition(conformity(), ladder(), conformity("A-3"), version="2026.1")
NEW = edition(
    conformity(requirement=text("新的要求", "New requirement")),
    ladder(),
    conformity("B-3", supersedes=("A-3",)),
)
TIGHT = edition(
    conformity(),
    msgspec.structs.replace(ladder(), rungs=ladder().rungs[1:]),
    conformity("A-3"),
)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library: one file, the edition that the program comes with."""
    path = tmp_path / "library" / "egov.yaml"
    path.parent.mkdir()
    path.write_text(OLD, "utf-8")
    monkeypatch.setattr(shipped_files, "list_library_files_by_id", lambda: {"egov": path})
    return path


@pytest.fixture
def here(tmp_path: Path, shelf: Path, samples: Samples) -> Workspace:
    """A workspace with three answers, committed."""
    return samples.copy(three_answers, tmp_path / "单位 一")


def three_answers(root: Path) -> Workspace:
    """Make that workspace; the library has one file."""
    made = make_and_commit_workspace(
        root,
        organization="示例局",
        language="zh",
        checklists=["egov"],
        today=TODAY,
        lang="en",
    )
    desk = made.open_sheet(NAME, "2026")
    for item, changes in {
        "A-1": {"status": "met"},
        "A-2": {"value": "quarterly", "note": "记录"},
        "A-3": {"status": "unmet"},
    }.items():
        desk = desk.write_answer(item, changes, by=None, now=NOW, lang="zh")
    commit_all_files(made, "answers")
    return made


def publish(shelf: Path, words: str) -> None:
    """Bring out another edition."""
    shelf.write_text(words, "utf-8")


def plan(here: Workspace, **settings: object) -> ChecklistUpgrade:
    """Prepare an upgrade."""
    return plan_checklist_upgrade(here, "egov", today=TODAY, **settings)  # type: ignore[arg-type]  # each test gives settings of prepare_upgrade


def wrong(here: Workspace) -> list[str]:
    """Return the errors that lint finds."""
    return [str(one) for one in select_errors(here.lint_workspace_files(today=TODAY))]


def test_one_commit_holds_pinned_file_and_sheets(here: Workspace, shelf: Path) -> None:
    """The answers follow, the files are those of the plan, other staged work is left alone."""
    publish(shelf, NEW)
    (here.root / "other.txt").write_text("x", "utf-8")
    git(here.root, "add", "other.txt")
    before = git(here.root, "rev-parse", "HEAD")

    commit = write_and_commit_upgrade(here, plan(here))

    assert commit == git(here.root, "rev-parse", "HEAD")
    assert git(here.root, "rev-parse", "HEAD~1") == before
    files = git(here.root, "show", "--name-only", "--format=", "HEAD").splitlines()
    assert sorted(files) == [SHEET, "assess.yaml", PIN]
    assert git(here.root, "status", "--short") == "A  other.txt"
    answers = here.open_sheet(NAME, "2026").sheet.answers
    assert set(answers) == {"A-1", "A-2", "B-3"}
    states = {
        one.item.id: one.stale for one in here.open_sheet(NAME, "2026").assess_on(TODAY).items
    }
    assert states == {"A-1": True, "A-2": False, "B-3": False}
    assert wrong(here) == []
    message = git(here.root, "log", "-1", "--format=%B")
    assert "2026.1" in message
    assert "2026.2" in message

    assert write_and_commit_upgrade(here, plan(here)) is None


def test_findings_of_others_follow_an_item_that_is_renamed(here: Workspace, shelf: Path) -> None:
    """Only the line of the item changes; one about an item that stays is as it was."""
    author = FindingAuthor(None, NOW)
    entered = [
        add_outside_finding(
            here, {"source": "scan", "checklist": "egov", "item": item, "text": "弱口令"}, author
        )
        for item in ("A-1", "A-3")
    ]
    path = here.root / locations.FINDINGS
    before = path.read_text("utf-8")
    publish(shelf, NEW)
    planned = plan(here)
    assert planned.ties == (FindingTie(entered[1].id, "A-3", ("B-3",)),)
    write_and_commit_upgrade(here, planned)
    assert path.read_text("utf-8") == before.replace("item: A-3", "item: B-3")
    assert git(here.root, "status", "--short") == ""
    assert "1" in git(here.root, "log", "-1", "--format=%B").splitlines()[-1]
    assert plan(here).ties == ()


def test_a_finding_of_others_whose_item_was_split_or_removed_stays(
    here: Workspace, shelf: Path
) -> None:
    """Nobody knows which item it is about: the file stays, and the plan names it."""
    author = FindingAuthor(None, NOW)
    fields = {"source": "scan", "checklist": "egov", "text": "弱口令"}
    for item in ("A-3", "A-2"):
        add_outside_finding(here, {**fields, "item": item}, author)
    before = (here.root / locations.FINDINGS).read_text("utf-8")
    halves = [conformity(key, supersedes=("A-3",)) for key in ("B-3", "B-4")]
    publish(shelf, edition(conformity(), *halves))
    planned = plan(here)
    assert [(tie.item, tie.into, tie.only_superseding_item) for tie in planned.ties] == [
        ("A-3", ("B-3", "B-4"), None),
        ("A-2", (), None),
    ]
    write_and_commit_upgrade(here, planned)
    assert (here.root / locations.FINDINGS).read_text("utf-8") == before


def test_an_answer_that_a_merge_brought_to_an_item_that_is_gone(
    here: Workspace, shelf: Path
) -> None:
    """Lint names the command that parks it, and that does."""
    publish(shelf, edition(conformity(), ladder()))
    write_and_commit_upgrade(here, plan(here))
    path = here.root / SHEET
    text = path.read_text("utf-8")
    path.write_text(text.replace("answers:\n", "answers:\n  A-3:\n    status: met\n"), "utf-8")

    (problem,) = [
        one for one in here.lint_workspace_files(today=TODAY) if one.code == "item-unknown"
    ]
    assert "assess upgrade egov" in problem.hint
    write_and_commit_upgrade(here, plan(here))

    sheet = here.open_sheet(NAME, "2026").sheet
    assert "A-3" not in sheet.answers
    assert list(sheet.parked) == ["A-3", "A-3--2"]
    assert wrong(here) == []


def test_what_was_not_committed_becomes_a_commit_of_its_own(here: Workspace, shelf: Path) -> None:
    """The upgrade's commit holds the upgrade and nothing else."""
    here.open_sheet(NAME, "2026").write_answer("A-1", {"note": "新"}, by=None, now=NOW, lang="zh")
    publish(shelf, NEW)
    write_and_commit_upgrade(here, plan(here))

    saved = git(here.root, "show", "--format=", "HEAD~1")
    assert "+    note: 新" in saved
    assert "note: 新" not in git(here.root, "show", "--format=", "-U0", "HEAD")


def test_closed_rounds_are_not_touched(here: Workspace, shelf: Path) -> None:
    """A sheet of a closed round stays byte for byte, whatever it says."""
    here.edit_config([FieldEdit(("rounds", "2025"), {"title": "旧", "state": "closed"})])
    closed = here.root / "answers" / "2025" / "egov.yaml"
    closed.parent.mkdir()
    closed.write_bytes((here.root / SHEET).read_bytes())
    before = closed.read_bytes()
    publish(shelf, NEW)

    found = plan(here)
    assert [one.round_id for one in found.sheets] == ["2026"]
    write_and_commit_upgrade(here, found)
    assert closed.read_bytes() == before


def test_what_would_become_invalid_is_refused_until_confirmed(here: Workspace, shelf: Path) -> None:
    """Nothing is written before; then the answer is parked, and its note stays."""
    publish(shelf, TIGHT)
    found = plan(here)
    assert [one.item for one in found.unconfirmed_invalid_steps] == ["A-2"]
    assert found.writes == {}
    with pytest.raises(UsageError, match="A-2") as caught:
        write_and_commit_upgrade(here, found)
    assert caught.value.hint == "--confirm A-2"
    assert git(here.root, "status", "--short") == ""

    write_and_commit_upgrade(here, plan(here, confirmed=["A-2"]))
    sheet = here.open_sheet(NAME, "2026").sheet
    assert sheet.parked["A-2"].answer.value == "quarterly"
    assert sheet.answers["A-2"].note == "记录"
    assert wrong(here) == []


def test_confirming_what_needs_none(here: Workspace, shelf: Path) -> None:
    """A slip of the pen parks nothing."""
    publish(shelf, TIGHT)
    with pytest.raises(UnknownIdError, match="A-1") as caught:
        plan(here, confirmed=["A-1"])
    assert caught.value.nearest == ["A-2"]


def test_a_hook_that_refuses_leaves_everything_as_it_was(here: Workspace, shelf: Path) -> None:
    """Files and index are those of the last commit; the hook's words are shown."""
    publish(shelf, NEW)
    hook(here, "pre-commit", "echo no upgrades on Fridays >&2; exit 1")
    record_trust_in_git_programs(here.root)
    before = git(here.root, "rev-parse", "HEAD")

    with pytest.raises(GitError, match="Fridays"):
        write_and_commit_upgrade(here, plan(here))

    assert git(here.root, "rev-parse", "HEAD") == before
    assert git(here.root, "status", "--short") == ""


def test_without_identity_nothing_is_written(
    here: Workspace, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git does not know who commits: said before anything changes."""
    publish(shelf, NEW)
    for role in ("AUTHOR", "COMMITTER"):
        for what in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_{role}_{what}")
    monkeypatch.setenv("EMAIL", "")
    settings = tmp_path / "config"
    settings.write_text("[user]\n\tuseConfigOnly = true\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))

    with pytest.raises(NoIdentityError):
        write_and_commit_upgrade(here, plan(here))
    assert git(here.root, "status", "--short") == ""


def test_a_change_meanwhile_stops_it(here: Workspace, shelf: Path) -> None:
    """Another program answered between showing and doing: nothing is written over it."""
    publish(shelf, NEW)
    found = plan(here)
    here.open_sheet(NAME, "2026").write_answer("A-1", {"note": "同时"}, by=None, now=NOW, lang="zh")

    with pytest.raises(ChangedOnDiskError, match=r"egov\.yaml"):
        write_and_commit_upgrade(here, found)
    assert (here.root / PIN).read_text("utf-8") == OLD
    assert here.open_sheet(NAME, "2026").sheet.answers["A-1"].note == "同时"


def test_in_the_middle_of_a_merge(here: Workspace, shelf: Path) -> None:
    """Refused with what to do; nothing is written."""
    publish(shelf, NEW)
    (here.root / ".git" / "MERGE_HEAD").write_text(git(here.root, "rev-parse", "HEAD"), "utf-8")
    with pytest.raises(UsageError, match="merge is in progress"):
        write_and_commit_upgrade(here, plan(here))
    assert (here.root / PIN).read_text("utf-8") == OLD


def test_conflicts_come_first(here: Workspace, shelf: Path) -> None:
    """A sheet in which a merge left something undecided is not upgraded."""
    path = here.root / SHEET
    row = "    conflict:\n      - field: status\n        theirs: unmet\n"
    path.write_text(path.read_text("utf-8").replace("  A-2:\n", f"{row}  A-2:\n"), "utf-8")
    publish(shelf, NEW)
    with pytest.raises(FilesError, match="conflicts"):
        plan(here)


def test_a_sheet_that_is_behind_is_finished(here: Workspace, shelf: Path) -> None:
    """A merge brought the newer pinned file and an old sheet: its own version is looked up."""
    old_sheet = (here.root / SHEET).read_bytes()
    publish(shelf, NEW)
    write_and_commit_upgrade(here, plan(here))
    (here.root / SHEET).write_bytes(old_sheet)
    assert any("assess upgrade" in one for one in wrong(here))

    found = plan(here)
    (one,) = found.sheets
    assert (one.known, one.plan.old_version) == (True, "2026.1")
    assert [step.fate for step in one.plan.steps] == ["stale", "kept", "renamed"]
    assert one.plan.steps[0].wording[0].old == "要求"
    write_and_commit_upgrade(here, found)
    assert wrong(here) == []


def test_a_version_that_nobody_has_any_more(here: Workspace, shelf: Path) -> None:
    """Fingerprints still tell what is stale; the plan says that it knows no better."""
    path = here.root / SHEET
    digest = here.open_sheet(NAME, "2026").sheet.checklist.digest or ""
    lost = path.read_text("utf-8").replace(digest, "sha256:" + "0" * 64).replace("2026.1", "2020.1")
    path.write_text(lost, "utf-8")
    publish(shelf, NEW)

    (one,) = plan(here).sheets
    assert not one.known
    assert [step.fate for step in one.plan.steps] == ["stale", "kept", "renamed"]

    path.write_text(lost.replace("  digest: sha256:" + "0" * 64 + "\n", ""), "utf-8")
    (one,) = plan(here).sheets
    assert not one.known


def test_a_local_checklist_is_its_own_source(here: Workspace) -> None:
    """Edited in place; the sheets catch up with it in the commit that holds the edit."""
    here.edit_config([FieldEdit(("checklists", "egov", "source"), "local")])
    commit_all_files(here, "ours now")
    (here.root / PIN).write_text(NEW.replace("2026.2", "2026.1"), "utf-8")

    found = plan(here)
    assert [step.fate for step in found.sheets[0].plan.steps] == ["stale", "kept", "renamed"]
    write_and_commit_upgrade(here, found)

    files = git(here.root, "show", "--name-only", "--format=", "HEAD").splitlines()
    assert sorted(files) == [SHEET, PIN]
    assert select_errors(here.lint_workspace_files(today=TODAY)) == []


def test_a_file_that_was_handed_over(here: Workspace, tmp_path: Path) -> None:
    """`--to FILE`: the pinned file is that file, its source local."""
    path = tmp_path / "new.yaml"
    path.write_text(NEW, "utf-8")
    write_and_commit_upgrade(here, plan(here, to=str(path)))

    assert (here.root / PIN).read_text("utf-8") == NEW
    assert here.read_config().checklists["egov"].source == "local"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (edition(conformity(), id="other"), "is the checklist other"),
        (edition(conformity(), scope="system"), "another scope"),
    ],
)
def test_another_checklist_is_no_upgrade(
    here: Workspace, shelf: Path, words: str, message: str
) -> None:
    """Another id or another scope: refused in one line with what to do."""
    publish(shelf, words)
    with pytest.raises(UsageError, match=message) as caught:
        plan(here)
    assert caught.value.hint


def test_an_edition_with_errors_is_refused(here: Workspace, shelf: Path) -> None:
    """Every error is shown with its place; so is a sheet that can't be read."""
    publish(shelf, edition(conformity(), conformity()))
    with pytest.raises(FilesError) as caught:
        plan(here)
    assert [one.code for one in caught.value.problems] == ["duplicate-item"]

    publish(shelf, NEW)
    (here.root / SHEET).write_text("format: assess/answers/1\n", "utf-8")
    with pytest.raises(FilesError) as caught:
        plan(here)
    assert {one.file for one in caught.value.problems} == {SHEET}


def test_what_is_not_pinned(here: Workspace) -> None:
    """The nearest pinned one is named."""
    with pytest.raises(UnknownIdError) as caught:
        plan_checklist_upgrade(here, "egv", today=TODAY)
    assert caught.value.nearest == ["egov"]


# Hand-edited pins


def edit_pin(here: Workspace) -> None:
    """Edit the pinned file by hand."""
    path = here.root / PIN
    path.write_text(path.read_text("utf-8").replace("要求", "本区要求"), "utf-8")


def test_a_hand_edited_pin_is_reported_and_not_overwritten(here: Workspace, shelf: Path) -> None:
    """Lint, status and upgrade all tell; accepting it settles that, and is written down."""
    edit_pin(here)
    publish(shelf, NEW)
    assert any("checklist-digest" in one for one in wrong(here))
    assert [one.kind for one in pinned.list_pin_hints(here)] == ["edited"]
    with pytest.raises(UsageError, match="edited by hand") as caught:
        plan(here)
    assert "accept" in caught.value.hint

    digest = local_variants.write_accepted_variant_digest(
        here, "egov", " 本区补充 ", by=None, accepted_at=NOW
    )

    variant = here.read_config().checklists["egov"].variant
    assert variant is not None
    assert (variant.digest, variant.reason, variant.at) == (digest, "本区补充", NOW)
    assert wrong(here) == []
    assert [one.kind for one in pinned.list_pin_hints(here)] == ["newer"]


def test_an_upgrade_replaces_a_variant_that_git_keeps(here: Workspace, shelf: Path) -> None:
    """The plan says so; the edited file is in the commit before."""
    edit_pin(here)
    local_variants.write_accepted_variant_digest(here, "egov", "本区补充", by=None, accepted_at=NOW)
    edited = (here.root / PIN).read_text("utf-8")
    publish(shelf, NEW)

    found = plan(here)
    assert found.variant is not None
    assert found.sheets[0].plan.steps[0].wording[0].old == "本区要求"
    write_and_commit_upgrade(here, found)

    assert here.read_config().checklists["egov"].variant is None
    assert git(here.root, "show", f"HEAD~1:{PIN}") == edited.strip()
    assert wrong(here) == []


def test_accepting_needs_an_edit_and_a_reason(here: Workspace) -> None:
    """Else there is nothing to accept."""
    with pytest.raises(UsageError, match="nothing to accept"):
        local_variants.write_accepted_variant_digest(here, "egov", "r", by=None, accepted_at=NOW)
    with pytest.raises(UsageError, match="reason"):
        local_variants.write_accepted_variant_digest(here, "egov", "  ", by=None, accepted_at=NOW)


def test_hints(here: Workspace, shelf: Path) -> None:
    """None while the library holds what is pinned; a newer one is named; unreadable ones none."""
    assert pinned.list_pin_hints(here) == []
    publish(shelf, NEW)
    (one,) = pinned.list_pin_hints(here)
    assert (one.kind, one.version, one.command) == ("newer", "2026.2", "assess upgrade egov")
    publish(shelf, "x: [")
    assert pinned.list_pin_hints(here) == []
    publish(shelf, NEW.replace("2026.2", "2026.1"))
    assert pinned.list_pin_hints(here) == []
    here.edit_config([FieldEdit(("checklists", "egov", "source"), "local")])
    assert pinned.list_pin_hints(here) == []


# Checklists of other repositories


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """The district's repository with the checklist `lists/own.yaml`, tagged v1."""
    folder = tmp_path / "district"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    bring_out(folder, edition(conformity(), id="own", version="1"), "v1")
    return folder


def bring_out(folder: Path, words: str, tag: str) -> None:
    """Commit and tag an edition."""
    path = folder / "lists" / "own.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(words, "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", tag)
    git(folder, "tag", tag)


def test_pinned_from_another_repository_and_upgraded_there(here: Workspace, district: Path) -> None:
    """The place is recorded; upgrade looks there again and takes the newest tag of that form."""
    place = f"git+file://{district}//lists/own.yaml@v1"
    assert pin_sources.pin_git_checklist_and_add_sheets(here, place) == "own"
    source = {"git": f"file://{district}", "path": "lists/own.yaml", "tag": "v1"}
    assert (
        pin_sources.convert_source_to_plain(here.read_config().checklists["own"].source) == source
    )
    assert "own" in here.read_config().rounds["2026"].sheets
    here.open_sheet(SheetName("own"), "2026").write_answer(
        "A-1", {"status": "met"}, by=None, now=NOW, lang="zh"
    )
    assert wrong(here) == []
    assert pinned.list_pin_hints(here) == []
    with pytest.raises(UsageError, match="pinned already"):
        pin_sources.pin_git_checklist_and_add_sheets(here, place)

    newer = edition(conformity(requirement=text("新", "n")), id="own", version="2")
    bring_out(district, newer, "v2")
    found = plan_checklist_upgrade(here, "own", today=TODAY)
    assert [step.fate for step in found.sheets[0].plan.steps] == ["stale"]
    write_and_commit_upgrade(here, found)

    source["tag"] = "v2"
    assert (
        pin_sources.convert_source_to_plain(here.read_config().checklists["own"].source) == source
    )
    assert (here.root / "checklists" / "own.yaml").read_text("utf-8") == newer
    assert wrong(here) == []


def test_a_file_of_that_name_is_never_overwritten(here: Workspace, district: Path) -> None:
    """It may be somebody's own checklist."""
    (here.root / "checklists" / "own.yaml").write_text("id: own\n", "utf-8")
    with pytest.raises(UsageError, match="exists already"):
        pin_sources.pin_git_checklist_and_add_sheets(here, f"git+file://{district}//lists/own.yaml")
    assert (here.root / "checklists" / "own.yaml").read_text("utf-8") == "id: own\n"


def test_where_a_checklist_is_found(here: Workspace, shelf: Path) -> None:
    """By its id, by a file, by a place in a repository."""
    assert pin_sources.find_checklist("egov", "en").source == "library"
    assert pin_sources.find_checklist(str(shelf), "en").source == "local"
    with pytest.raises(UnknownIdError):
        pin_sources.find_checklist("egv", "en")
    assert isinstance(pinned.read_pinned_checklist(here, "egov").checklist, Checklist)
