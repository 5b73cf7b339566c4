"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import builtins
import re
from functools import cache
from pathlib import Path

from source_trees import parse_sources

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MAX_LINES, MAX_FUNCTION, MAX_METHODS = 400, 60, 30


def test_files_and_functions_stay_small() -> None:
    """No file over 400 lines, no function over 60."""
    for path, text, _tree, nodes in parse_sources():
        assert text.count("\n") <= MAX_LINES, path
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno
                assert length < MAX_FUNCTION, f"{path}:{node.lineno} {node.name}"


@cache
def _classes() -> dict[str, tuple[set[str], list[str]]]:
    """Return the methods and the names of the bases of each class; a name stands for one class."""
    classes: dict[str, tuple[set[str], list[str]]] = {}
    for source in parse_sources():
        for node in source.nodes:
            if isinstance(node, ast.ClassDef):
                functions = (ast.FunctionDef, ast.AsyncFunctionDef)
                methods = {part.name for part in node.body if isinstance(part, functions)}
                heads = [
                    base.value if isinstance(base, ast.Subscript) else base for base in node.bases
                ]
                bases = [ast.unparse(head).rpartition(".")[2] for head in heads]
                old_methods, old_bases = classes.get(node.name, (set(), []))
                classes[node.name] = (old_methods | methods, old_bases + bases)
    return classes


def test_no_class_has_more_than_30_methods() -> None:
    """Those of the project's own bases counted, properties too: a class has parts instead."""
    classes = _classes()

    def all_methods(name: str) -> set[str]:
        methods, bases = classes.get(name, (set(), []))
        return methods.union(*(all_methods(base) for base in bases if base != name))

    counts = {name: len(all_methods(name)) for name in classes}
    assert {name: count for name, count in counts.items() if count > MAX_METHODS} == {}


def test_no_method_waits_for_a_subclass() -> None:
    """Nothing raises NotImplementedError: a part is given what it calls."""
    for source in parse_sources():
        for node in source.nodes:
            raised = node.exc if isinstance(node, ast.Raise) else None
            error = raised.func if isinstance(raised, ast.Call) else raised
            name = error.id if isinstance(error, ast.Name) else ""
            assert name != "NotImplementedError", source.path


def test_docstrings_name_errors_that_there_are() -> None:
    """What stands below `Raises:` is a class of the project, of Python, or of a library."""
    names_of_errors = re.compile(r"^ *([A-Z]\w+(?:, [A-Z]\w+)*): ", re.MULTILINE)
    known = {*_classes(), *dir(builtins)}
    nodes = [
        (source.path, node)
        for source in parse_sources()
        for node in source.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ImportFrom)
    ]
    for _path, node in nodes:
        if isinstance(node, ast.ImportFrom):
            known.update(alias.name for alias in node.names)
    for path, node in nodes:
        if not isinstance(node, ast.ImportFrom):
            raises = (ast.get_docstring(node) or "").partition("Raises:\n")[2]
            for names in names_of_errors.findall(raises):
                assert set(names.split(", ")) <= known, f"{path}:{node.lineno} {names}"


def test_only_the_store_runs_programs_and_reads_yaml() -> None:
    """One layer starts git and parses YAML; only doctor, the editor and rendering run more."""
    allowed = {"store", "cli/doctor.py", "report", "tui"}
    for path in SOURCES:
        name = path.relative_to(ROOT / "src" / "assess").as_posix()
        text = path.read_text("utf-8")
        runs = re.search(
            r"^\s*(import (subprocess|yaml)|from (subprocess|yaml) )", text, re.MULTILINE
        )
        assert not runs or any(name.startswith(part) for part in allowed), name


def test_exemptions_carry_a_reason() -> None:
    """Each `noqa`, `type: ignore` or `no cover` says why on its line."""
    mark = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[\w-]+\]|pragma: no cover)")
    for path in [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found = mark.search(line)
            if found and path != Path(__file__):
                assert "#" in line[found.end() :], f"{path}:{number}: {line.strip()}"


def test_safe_is_never_used_in_templates() -> None:
    """Nothing in a template escapes the escaping."""
    for path in sorted((ROOT / "templates").rglob("*.html*")):
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text("utf-8")), path


def test_the_entry_imports_nothing_of_the_current_folder() -> None:
    """`./run assess` stands in somebody's workspace: a click.py there must not be imported."""
    starts = re.findall(r"python\" (.*-m assess)", (ROOT / "run").read_text("utf-8"))
    assert starts == ["-P -m assess", "-P -m assess"]


WRITING = frozenset(
    {
        "add",
        "am",
        "branch",
        "checkout",
        "cherry-pick",
        "clean",
        "clone",
        "commit",
        "config",
        "fetch",
        "gc",
        "init",
        "maintenance",
        "merge",
        "mv",
        "notes",
        "pull",
        "push",
        "rebase",
        "remote",
        "repack",
        "reset",
        "restore",
        "rm",
        "stash",
        "switch",
        "symbolic-ref",
        "tag",
        "update-index",
        "update-ref",
        "worktree",
        "prune",
        "pack-refs",
        "reflog",
        "replace",
        "read-tree",
        "checkout-index",
        "hash-object",
        "write-tree",
        "commit-tree",
        "unpack-objects",
        "index-pack",
    }
)
"""First words of git commands that write (some forms of them only)."""

WRITERS = {"run_writing_git", "write_new_objects_flushed", "write_repository_settings"}
"""Functions of store.git.run.flushed_writes that write, or let git write."""

READING = {("config", "--list"), ("config", "--get"), ("config", "--get-regexp")}
"""Words that only read, though the first one may write."""

FREE = {
    "boundary._does_git_folder_name_worktree": "reads",
    "checkout._make_repository_borrowing_objects_and_refs": (
        "a repository of our own in a new temporary folder"
    ),
    "commit_signature._make_repository_of_commit": (
        "a repository of our own in a new temporary folder"
    ),
    "converting_lines.find_attribute_lines": "a repository of our own in a new temporary folder",
    "commit_files._commit_from_draft_index": "commit_paths_if_changed has refused before",
    "commit_files._update_index_pack_and_flush": "commit_paths_if_changed has refused before",
    "commit_files.make_and_trust_missing_repository": "makes `.git` where nothing of that name is",
    "staged_list.reset_index_unless_locked": "commit or sync has refused before",
    "incoming_push._make_repository_with_borrowed_objects": (
        "a repository of our own in a new temporary folder"
    ),
    "incoming_push._write_tag_refs_and_head": "a repository of our own in a new temporary folder",
    "remote_checklist.fetch_checklist_and_templates": (
        "a repository of our own in a new temporary folder"
    ),
    "remote_checklist._make_temporary_bare_repository": (
        "a repository of our own in a new temporary folder"
    ),
    "remote_places.list_remote_addresses": "reads: `git remote get-url`",
    "repository_state.find_checked_out_branch": "reads: `git symbolic-ref` with one name",
    "remote_places.list_remote_names": "reads: `git remote`",
    "written_refs.read_symbolic_ref_target": "reads: `git symbolic-ref` with one name",
    "untagged.hint_about_missing_tag": "reads: `git remote`",
    "merge_commits._merge_and_check_if_open": "merge_commit_into_branch has refused before",
    "arriving_changes.write_merged_tree_if_supported": "merge has refused before",
    "whole_file_merge._stage_and_check_out_blobs": "merge has refused before",
    "whole_file_merge.stage_file_if_decided": "merge has refused before",
    "undecided_files.remove_old_names_from_index": "merge has refused before",
    "undecided_files.settle_file_with_folder_content": (
        "workspace.sharing.undecided_files has refused before"
    ),
    "undecided_files.settle_file_with_blob": "workspace.sharing.undecided_files has refused before",
    "plumbing._resolve_head_or_refuse_broken": "reads: `git symbolic-ref` with one name",
    "draft_index.stage_repair_and_flush_objects": "commit has refused before",
    "draft_index._write_tree_of_index": "commit has refused before",
    "damaged_objects.write_missing_objects_and_index": "commit has refused before",
    "unchanged_marks.remove_unchanged_marks_of_existing_files": (
        "the calling commit or merge has refused before"
    ),
    "flushed_writes._edit_repository_settings": "whoever calls it has refused before",
}
"""Functions (module and name) that need no refusal, and why."""


def test_every_function_that_lets_git_write_refuses_before() -> None:
    """Whoever adds a git command that writes refuses to write outside, or says why not."""
    bare = []
    for path, text, _tree, nodes in parse_sources():
        for function in nodes:
            if isinstance(function, ast.FunctionDef) and _writes(function, text):
                calls = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
                place = f"{path.stem}.{function.name}"
                if "refuse_git_writing_outside" not in calls and place not in FREE:
                    bare.append(place)
    assert bare == []


def test_functions_that_are_named_here_exist() -> None:
    """A rename must not make a rule look at nothing."""
    functions = {
        f"{source.path.stem}.{node.name}"
        for source in parse_sources()
        for node in source.nodes
        if isinstance(node, ast.FunctionDef)
    }
    assert FREE.keys() <= functions
    assert {f"flushed_writes.{name}" for name in WRITERS} <= functions


def _writes(function: ast.FunctionDef, text: str) -> bool:
    can_call = "assess.store.git.run.flushed_writes" in text
    for node in ast.walk(function):
        if can_call and isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in WRITERS:
                return True
        elif isinstance(node, ast.List):
            words = [one.value if isinstance(one, ast.Constant) else "" for one in node.elts]
            if words and words[0] in WRITING and tuple(words[:2]) not in READING:
                return True
    return False


ONE_PLACE: dict[str, dict[str, str]] = {
    "isprintable|unicodedata.category|backslashreplace|unicode_escape": {
        "harmless.py": "escapes",
        "report/content/person_names.py": "letters by which names are told apart",
        "report/export/ledger_table.py": "a formula behind characters that are not shown",
        "store/evidence.py": "characters that a file's name may have",
        "tui/core/widgets/harmless.py": "segments that are drawn as they are",
    },
    r"\\u4e00|\\u3400|\\u2e80|\\U00020000": {"han.py": "the ranges of Han and East Asia"},
    r"os\.(replace|rename)\b|\.rename\(|\w\.replace\([^,()=]+\)|NamedTemporaryFile|mkstemp": {
        "file_bytes.py": "files that are written atomically",
        "store/git/run/flushed_writes.py": "objects that move into git's folder, and git's lock",
        "store/git/state/damaged_objects.py": "damaged objects that are set aside",
        "store/sealed_rows.py": "a store of records that is set aside",
    },
    r"\"(answers|evidence|reports|checklists|templates)/[^\" ]*\""
    r"|/ \"(answers|evidence|reports|checklists|templates|\.assess)\"|[\"/]assess\.yaml\"": {
        "locations.py": "the names of the files and folders of a workspace",
    },
    r"XDG_(STATE|CONFIG|DATA)_HOME|platformdirs": {
        "locations.py": "the folders of a user",
        "report/render/process.py": "what a child process is given",
    },
    "NFKC": {"engine/kinds/reading.py": "full-width characters as narrow ones"},
    r"east_asian_width|cell_len\b|rich\.cells|wcwidth": {},
    r"cell_widths\.txt": {"display/text/cells.py": "the cells of each character"},
}
"""What only these files may do, and what each does with it."""


def test_each_idea_has_one_place() -> None:
    """Whoever needs such a thing elsewhere uses the function of that place, or says why not."""
    for pattern, places in ONE_PLACE.items():
        users = {
            path.relative_to(ROOT / "src" / "assess").as_posix()
            for path in SOURCES
            if re.search(pattern, path.read_text("utf-8"))
        }
        assert users == set(places), pattern
