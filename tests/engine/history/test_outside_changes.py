"""What changed in findings.yaml, told by meaning."""

from __future__ import annotations

from msgspec.structs import replace

from assess.engine.history.changes import WorkspaceChanges
from assess.engine.history.message import commit_message
from assess.engine.history.outside_changes import compare_outside_findings
from assess.engine.history.words import describe_changes
from assess.model.outside_finding import OutsideFinding
from engine.outside import CLOSED, outside_finding

OLD = {"f-1": outside_finding(), "f-2": outside_finding(closed=CLOSED), "f-3": outside_finding()}
NEW: dict[str, OutsideFinding] = {
    "f-1": outside_finding(closed=CLOSED),
    "f-2": outside_finding(text="弱口令三个"),
    "f-4": outside_finding(source="scan", number=None),
}


def changes() -> WorkspaceChanges:
    """Return what changed from OLD to NEW."""
    return WorkspaceChanges(outside=tuple(compare_outside_findings(OLD, NEW)))


def test_each_turn_is_told() -> None:
    """Entered, closed, opened again, removed; who wrote it when is no change."""
    assert [(one.id, one.turn) for one in changes().outside] == [
        ("f-1", "closed"),
        ("f-2", "reopened"),
        ("f-4", "entered"),
        ("f-3", "removed"),
    ]
    same = {"f-1": replace(OLD["f-1"], by="wang")}
    assert list(compare_outside_findings({"f-1": OLD["f-1"]}, same)) == []


def test_the_lines_name_what_changed() -> None:
    """Each finding with its fields below it."""
    lines = [line.text for line in describe_changes(changes(), {}, "zh")]
    assert lines[:2] == ["外部发现", "f-1 通报 青网安通12号：已销号"]
    assert any("复测报告 3 号" in line for line in lines)
    assert any("text：弱口令 → 弱口令三个" in line for line in lines)


def test_a_commit_says_it_without_typed_words() -> None:
    """Numbers, texts and proofs stay in the file: a commit can't be taken back."""
    message = commit_message(changes(), "zh")
    assert message.startswith("外部发现：")
    assert "f-1 通报：已销号" in message
    assert not any(word in message for word in ("青网安通", "弱口令", "复测"))


def test_another_text_is_a_change() -> None:
    """Neither closed nor opened: changed; the same finding is none."""
    before = {"f-1": outside_finding(), "f-2": outside_finding()}
    after = {"f-1": outside_finding(text="弱口令三个"), "f-2": outside_finding()}
    assert [(change.id, change.turn) for change in compare_outside_findings(before, after)] == [
        ("f-1", "changed")
    ]
