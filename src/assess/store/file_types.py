"""Every type of file in a workspace, and what the program does with it: one table.

The lines of `.gitattributes` and `.gitignore` that the program writes stand here too. Tests hold
the table against what the commands write, against git, the export and the schemas;
`scripts/make_file_types.py` writes it into docs/workspace-files.md.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal, NamedTuple

from assess.model.formats import NAMES, FileKind
from assess.store.layout import PRIVATE, TEMPORARY

Merge = Literal["meaning", "whole", "lines", "not-in-git"]
"""`meaning`: field by field. `whole`: never mixed, one side stays. `lines`: as git does."""

Upgrade = Literal["save", "checklist", "workspace", "render", "by-hand", "never"]
"""Who brings a file up to date: the save that needs it, `assess upgrade CHECKLIST`, `assess upgrade
--workspace`, `assess report`, a person, nobody."""

Sanitised = Literal["pseudonyms", "copied", "left-out"]
"""What `assess export --sanitised` makes of it."""

HandIn = Literal["yes", "on-request", "no"]
"""Whether it belongs to what a unit hands in to its office."""


class FileType(NamedTuple):
    """One type of file, and what the program does with it."""

    id: str
    pattern: str
    """Path from the workspace's folder. `*` is any name, `**/` any folders; a name alone without
    folders stands in every folder where it begins with `**/`."""
    merge: Merge
    upgrade: Upgrade
    sanitised: Sanitised
    hand_in: HandIn
    format: str = ""
    """What the file says of its format, without the number; empty where it says nothing."""
    kind: FileKind | None = None
    """Which of the four YAML formats it is; each has a JSON Schema of this name."""


GIT_TEMPORARY: Final = ".merge_file_*"
"""What git names the versions of a file while a merge driver runs; a killed git leaves three."""


def _yaml(kind: FileKind, pattern: str, upgrade: Upgrade, sanitised: Sanitised) -> FileType:
    return FileType(kind, pattern, "meaning", upgrade, sanitised, "yes", NAMES[kind], kind)


def _private(name: str, pattern: str) -> FileType:
    return FileType(name, pattern, "not-in-git", "never", "left-out", "no")


FILE_TYPES: Final = (
    _private("temporary", f"**/{TEMPORARY}"),
    _private("git-temporary", GIT_TEMPORARY),
    _private("private", f"{PRIVATE}/**"),
    _yaml("config", "assess.yaml", "save", "pseudonyms"),
    _yaml("checklist", "checklists/*.yaml", "checklist", "copied"),
    _yaml("sheet", "answers/*/*.yaml", "save", "pseudonyms"),
    _yaml("register", "evidence/register.yaml", "save", "pseudonyms"),
    FileType("evidence", "evidence/**", "whole", "never", "left-out", "on-request"),
    FileType("template", "templates/**", "lines", "by-hand", "left-out", "no"),
    FileType(
        "report-data", "reports/**/*.json", "whole", "render", "left-out", "no", "assess/report"
    ),
    FileType("report", "reports/**", "whole", "render", "left-out", "on-request"),
    FileType("git-attributes", ".gitattributes", "lines", "workspace", "left-out", "no"),
    FileType("git-ignore", ".gitignore", "lines", "workspace", "left-out", "no"),
)
"""The first row whose pattern fits a path is its type."""

ATTRIBUTE_LINES: Final = (
    "*.yaml text eol=lf",
    "evidence/** -text -merge",
    "evidence/register.yaml text eol=lf",
    "reports/** -text -merge",
    ".gitattributes text eol=lf",
    ".gitignore text eol=lf",
    "/assess.yaml merge=assess diff=assess",
    "/answers/**/*.yaml merge=assess diff=assess",
    "/checklists/*.yaml merge=assess diff=assess",
    "/evidence/register.yaml merge=assess diff=assess",
)
"""The lines of a new workspace's .gitattributes. Of the lines that fit a path, git takes for each
attribute the last one: LF for YAML on every machine, evidence and reports byte for byte and never
merged by lines."""

MERGE_LINES: Final = tuple(line for line in ATTRIBUTE_LINES if " merge=assess" in line)
"""Those that say which files are merged by meaning."""

IGNORE_LINES: Final = (f"{PRIVATE}/", f"/{GIT_TEMPORARY}", TEMPORARY)
"""The lines of a new workspace's .gitignore."""


def file_type(path: str) -> FileType | None:
    """Return the type of a file, by its path from the workspace's folder; None of others."""
    return next((row for row in FILE_TYPES if _pattern(row.pattern).fullmatch(path)), None)


def merged_by_meaning(path: str) -> bool:
    """Return whether a file is merged by meaning; `path` is from the workspace's folder."""
    row = file_type(path)
    return row is not None and row.merge == "meaning"


def yaml_kind(path: str) -> FileKind | None:
    """Return which of the four YAML formats a file has by its place; None where it has none."""
    row = file_type(path)
    return row.kind if row is not None else None


_PARTS: Final = {"**/": "(?:[^/]+/)*", "**": ".+", "*": "[^/]*", "?": "[^/]"}


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the table as a regular expression."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^]]*\])", pattern)
    return re.compile("".join(_PARTS.get(one) or _literal(one) for one in parts), re.DOTALL)


def _literal(part: str) -> str:
    return part if part.startswith("[") else re.escape(part)
