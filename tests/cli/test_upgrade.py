"""`assess upgrade`, `checklist accept` and `checklist add git+…`, as a person uses them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from assess.cli.common.exit_codes import ExitCode
from assess.workspace import Workspace

from .conftest import Assess, EnterCopy, initialized, run_in

pytestmark = pytest.mark.untraced

PIN = Path("checklists/egov-network.yaml")
RUNG = "id: quarterly, degree: 1"


def head() -> str:
    """Return the commit that is checked out."""
    words = ["git", "rev-parse", "HEAD"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def answered(enter_copy: EnterCopy) -> Path:
    """The current folder is a workspace with two answers."""
    return enter_copy(with_answers_of_sheet)


def with_answers_of_sheet(root: Path) -> Workspace:
    """Make that workspace."""
    made = initialized(root)
    run_in(root, "answer EGN-BND-01 met", "answer EGN-BND-02 quarterly")
    return made


def edition(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """Write the next edition beside the workspace: another version, and some changes."""
    words = PIN.read_text("utf-8").replace('version: "2026.2"', 'version: "2027.1"')
    for old, new in changes:
        assert old in words
        words = words.replace(old, new)
    path = tmp_path / "next.yaml"
    path.write_text(words, "utf-8")
    return str(path)


def test_upgrade_shows_and_does_it(answered: Path, assess: Assess, tmp_path: Path) -> None:
    """Old text stands beside new; the commit is named, and what to do next."""
    path = edition(tmp_path, ("其余默认拒绝。", "其余一律拒绝。"))
    before = head()
    shown = assess("upgrade", "egov-network", "--to", path, "--dry-run")
    assert shown.code == ExitCode.OK
    assert "only shown" in shown.err
    assert head() == before

    ran = assess("upgrade", "egov-network", "--to", path)
    assert ran.code == ExitCode.OK
    assert "2026.2 → 2027.1" in ran.out
    assert "EGN-BND-01" in ran.out
    assert "      - 本单位与政务外网之间的边界只放行业务需要的通信，其余默认拒绝。" in ran.out
    assert "      + 本单位与政务外网之间的边界只放行业务需要的通信，其余一律拒绝。" in ran.out
    assert "1 answer stays as it is" in ran.out
    assert f"committed {head()[:10]}" in ran.err
    assert "assess fill" in ran.err
    assert assess("lint").code == ExitCode.OK

    again = assess("upgrade", "egov-network")
    assert again.code == ExitCode.OK
    assert "nothing to do" in again.err


def test_upgrade_refuses_and_parks_what_is_confirmed(
    answered: Path, assess: Assess, tmp_path: Path
) -> None:
    """Exit 1 with the command that confirms; typed as shown, it is done."""
    path = edition(tmp_path, (RUNG, "id: monthly, degree: 1"))
    ran = assess("upgrade", "egov-network", "--to", path)
    assert ran.code == ExitCode.NO
    assert "WOULD BECOME INVALID" in ran.out
    assert "quarterly" in ran.out
    assert "assess upgrade egov-network --confirm EGN-BND-02" in ran.err

    ran = assess("upgrade", "egov-network", "--to", path, "--confirm", "EGN-BND-02")
    assert ran.code == ExitCode.OK
    assert "parked: confirmed" in ran.out


def test_upgrade_as_json(answered: Path, assess: Assess, tmp_path: Path) -> None:
    """Everything that the text says, for scripts, with the commit once it is done."""
    path = edition(
        tmp_path,
        (RUNG, "id: monthly, degree: 1"),
        ("- id: EGN-BND-01\n", "- id: EGN-BND-91\n        supersedes: [EGN-BND-01]\n"),
    )
    ran = assess("upgrade", "egov-network", "--to", path, "--json")
    found = json.loads(ran.out)
    assert ran.code == ExitCode.NO
    assert (found["from"], found["to"], found["commit"]) == ("2026.2", "2027.1", None)
    assert found["to_confirm"] == ["EGN-BND-02"]
    (sheet,) = found["sheets"]
    by_item = {one["item"]: one for one in sheet["answers"]}
    assert by_item["EGN-BND-01"]["into"] == ["EGN-BND-91"]
    assert by_item["EGN-BND-02"]["faults"]

    confirm = ("--confirm", "EGN-BND-02", "--json")
    found = json.loads(assess("upgrade", "egov-network", "--to", path, *confirm).out)
    assert found["commit"] == head()
    assert "answers/2026/egov-network.yaml" in found["files"]


def test_everything_that_can_become_of_an_answer_is_said(
    here: Path, assess: Assess, tmp_path: Path
) -> None:
    """Merged, split, removed, moved, restored, unknown; assignments, lost proofs, new items."""
    base = tmp_path / "base.yaml"
    base.write_text(LIST.format(version="1", items=OLD_ITEMS), "utf-8")
    assert assess("checklist", "add", str(base)).code == 0
    for item in ("A", "B", "C", "D", "E"):
        assert assess("answer", item, "met", "--checklist", "own").code == 0
    sheet = Path("answers/2026/own.yaml")
    words = sheet.read_text("utf-8").replace("  E:\n", "  E:\n    evidence: {ev-1: photo}\n")
    sheet.write_text(f"{words}  Z: {{status: met}}\nassigned: {{old: wang}}\n{PARKED}", "utf-8")
    new = tmp_path / "own.yaml"
    new.write_text(LIST.format(version="2", items=NEW_ITEMS), "utf-8")

    ran = assess("upgrade", "own", "--to", str(new))

    assert ran.code == ExitCode.OK, ran.err
    for said in (
        "+ M  ",
        "A  t  parked: merged into M",
        "its verdict goes on, to confirm, in M",
        "C  t  parked: split into S1, S2",
        "D  t  parked: the item was removed",
        "moved from section old to new",
        "ev-1: the item asks for that proof no more",
        "Z    left alone",
        "R  t  comes back",
        "assigned: old is gone; now ",
    ):
        assert said in ran.out


LIST = """\
format: assess/checklist/1
id: own
version: "{version}"
title: {{zh: 表, en: List}}
scope: organization
basis: {{}}
scoring: {{method: rate}}
sections:
{items}"""


def _item(name: str, more: str = "") -> str:
    return (
        f"      - {{id: {name}, kind: conformity, title: {{zh: 题, en: t}}, "
        f"requirement: {{zh: 要求。, en: r}}{more}}}\n"
    )


def _section(name: str, *items: str) -> str:
    return f"  - id: {name}\n    title: {{zh: 节, en: s}}\n    items:\n{''.join(items)}"


PROOF = ", evidence: [{id: photo, text: {zh: 图, en: p}}]"
OLD_ITEMS = _section("old", *map(_item, "ABCD"), _item("E", PROOF))
NEW_ITEMS = _section(
    "new",
    _item("M", ", supersedes: [A, B]"),
    _item("S1", ", supersedes: [C]"),
    _item("S2", ", supersedes: [C]"),
    _item("E"),
    _item("R"),
)
PARKED = "parked: {R: {from: {version: '0', reason: removed}, answer: {status: met}}}\n"


def test_hand_edited_pins(answered: Path, assess: Assess) -> None:
    """Status tells, `accept` writes it down with the person, lint is content; once is enough."""
    assess("person", "add", "li-jian", "--name", "李健", "--role", "filler")
    PIN.write_text(PIN.read_text("utf-8").replace("其余默认拒绝。", "其余一律拒绝。"), "utf-8")
    assert assess("lint").code == ExitCode.NO
    assert "edited by hand: assess checklist accept egov-network" in assess("status").out
    assert "egov-network: the pinned file was edited by hand" in assess("doctor").out
    (hint,) = json.loads(assess("status", "--json").out)["checklists"]
    assert hint["kind"] == "edited"

    ran = assess("checklist", "accept", "egov-network", "--reason", "本区补充")
    assert ran.code == ExitCode.OK
    assert "local variant: sha256:" in ran.out
    assert "egov-network: a local variant was accepted: 本区补充" in assess("doctor").out
    text = Path("assess.yaml").read_text("utf-8")
    assert "reason: 本区补充" in text
    assert "by: li-jian" in text
    assert assess("lint").code == ExitCode.OK
    again = assess("checklist", "accept", "egov-network", "--reason", "x")
    assert again.code == ExitCode.USAGE


def test_status_counts_what_is_to_be_confirmed(answered: Path, assess: Assess) -> None:
    """After an upgrade an officer sees at once that there is something to read."""
    assert "to confirm" not in assess("status").out
    newer = PIN.read_text("utf-8").replace("2026.2", "2026.9")
    Path("new.yaml").write_text(newer.replace("其余默认拒绝。", "其余一律拒绝。"), "utf-8")
    assert assess("upgrade", "egov-network", "--to", "new.yaml").code == ExitCode.OK
    assert "wording changed, to confirm: 1" in assess("status").out


def test_an_upgrade_that_replaces_a_variant_says_so(answered: Path, assess: Assess) -> None:
    """The reason it was accepted for is shown."""
    PIN.write_text(PIN.read_text("utf-8").replace("其余默认拒绝。", "其余一律拒绝。"), "utf-8")
    assess("checklist", "accept", "egov-network", "--reason", "本区补充")
    assert "replaces the accepted local variant (本区补充)" in assess("upgrade", "egov-network").out


def test_checklists_of_another_repository(here: Path, assess: Assess, tmp_path: Path) -> None:
    """Pinned with its place; without sheets an upgrade says that there are none."""
    folder = tmp_path / "district"
    folder.mkdir()
    (folder / "own.yaml").write_text(LIST.format(version="1", items=OLD_ITEMS), "utf-8")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"], ["tag", "v1"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    source = f"git+file://{folder}//own.yaml"

    assert assess("checklist", "add", f"{source}@v1").out == "added own\n"
    assert "tag: v1" in Path("assess.yaml").read_text("utf-8")
    assert "no sheet" in assess("upgrade", "own").out
    wrong = assess("checklist", "add", f"{source}@v7")
    assert wrong.code == ExitCode.USAGE
    assert "has no tag v7 (it has: v1)" in wrong.err
    gone = assess("checklist", "add", "git+file:///nowhere//own.yaml")
    assert gone.code == ExitCode.NO
    assert "git ls-remote" in gone.err


def test_a_version_that_was_not_found_is_said(answered: Path, assess: Assess) -> None:
    """A sheet of an unknown version is held against the pinned one, and the plan says so."""
    path = Path("answers/2026/egov-network.yaml")
    words = path.read_text("utf-8").replace('version: "2026.2"', 'version: "2020.1"')
    digest = words.partition("sha256:")[2][:64]
    path.write_text(words.replace(digest, "0" * 64), "utf-8")

    assert "was not found" in assess("upgrade", "egov-network", "--dry-run").out
