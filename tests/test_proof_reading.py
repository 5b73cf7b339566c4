"""Proof reads git through `CheckedObjects` alone: what is used is what was held against its id."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "assess"

PROOF = (
    "store/git/history/checked_history.py",
    "store/git/history/checkout.py",
    "store/git/history/commit_signature.py",
    "store/git/run/checked_objects.py",
    "store/git/run/commit_objects.py",
    "workspace/core/closed_sheets.py",
    "workspace/core/late_answers.py",
    "workspace/core/provenance.py",
    "workspace/core/reopening_history.py",
    "workspace/core/sources.py",
    "workspace/core/untagged.py",
    "workspace/history/commit_folder.py",
    "workspace/history/commit_inputs.py",
    "workspace/history/past_files.py",
    "workspace/history/past_sheets.py",
    "workspace/history/report_commits.py",
    "workspace/history/later_state.py",
    "workspace/proof/attached_files.py",
    "workspace/proof/earlier_rounds.py",
    "workspace/proof/report_closing.py",
    "workspace/proof/report_file.py",
    "workspace/rounds/closed_rounds.py",
)
"""The modules that read git's history for reports and for what is proved of them."""

UNCHECKED = frozenset(
    {
        "ObjectReader",
        "commits_by_local_tag",
        "resolve_object_name",
        "find_object_id",
        "head_and_parent_commit_seconds",
        "object_size",
        "object_sizes",
        "open_object_reader",
        "read_any_object",
        "read_object",
        "walk_commits_changing_paths",
    }
)
"""Names by which something of git is read that was not held against its id, or by another name."""

COMMANDS = frozenset({"for-each-ref", "init", "remote", "verify-commit"})
"""Git commands of proof: ids of refs, a new folder, the signature of the one commit in it."""

GIT = frozenset({"cat-file", "diff", "diff-tree", "grep", "log", "ls-files", "ls-tree"}) | {
    "merge-base",
    "name-rev",
    "rev-list",
    "rev-parse",
    "show",
    "show-ref",
    "archive",
    "blame",
    "tag",
}
"""Git commands that read what commits hold."""

FREE = {
    ("store/git/run/checked_objects.py", "ObjectReader"): "the reader that all others use",
    ("store/git/run/checked_objects.py", "resolve_object_name"): "the id that a ref has",
    ("store/git/run/checked_objects.py", "read_any_object"): "asked by id, compared with it",
    ("store/git/run/checked_objects.py", "read_object"): "asked by id, compared with it",
    ("store/git/run/checked_objects.py", "ls-tree"): "a word of an error",
    ("workspace/core/untagged.py", "rev-list"): (
        "where a closing without a tag may be; what closed the round is read from checked commits"
    ),
}
"""What a module may do all the same, and why."""


def test_proof_reads_only_what_was_held_against_its_id() -> None:
    """Whoever adds a reading of git to these modules asks `CheckedObjects`."""
    used = {(name, word) for name in PROOF for word in _list_unchecked_words(SOURCE / name)}
    assert used == set(FREE)


def test_all_of_proof_is_looked_at() -> None:
    """A new module of proof is added here."""
    listed = {SOURCE / name for name in PROOF}
    assert all(path.is_file() for path in listed)
    present = {path for path in (SOURCE / "workspace/proof").glob("*.py") if path.stem[0] != "_"}
    assert present <= listed
    reading = {
        path
        for path in SOURCE.rglob("*.py")
        if "ClosedRoundFiles" in path.read_text("utf-8") and "report/" not in path.as_posix()
    }
    readers = {path for path in reading if "run_git" in path.read_text("utf-8")}
    assert readers <= listed


def test_proof_starts_few_git_commands() -> None:
    """Each list of words that is given to git begins with one of these, or with one that reads."""
    for name in PROOF:
        for node in ast.walk(ast.parse((SOURCE / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "run_git":
                lists = [one for one in ast.walk(node) if isinstance(one, ast.List)]
                firsts = {ast.literal_eval(one.elts[0]) for one in lists if one.elts}
                assert firsts <= COMMANDS, (name, firsts)


def _list_unchecked_words(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Name) and node.id in UNCHECKED:
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield from _list_unchecked_attributes(node)
        elif isinstance(node, ast.List) and node.elts and isinstance(node.elts[0], ast.Constant):
            yield from {str(node.elts[0].value)} & GIT
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("resolve_commit"):
            # The commit of a tag is found by `CheckedObjects.resolve_tag`.
            yield from (text for text in map(ast.unparse, node.args) if "/" in text or ":" in text)


def _list_unchecked_attributes(node: ast.Attribute) -> Iterator[str]:
    owner = ast.unparse(node.value)
    if node.attr in UNCHECKED:
        yield node.attr
    if node.attr == "list_files" and owner.endswith("repository"):
        yield f"{owner}.list_files"
