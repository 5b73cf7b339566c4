"""The table of all file types of a workspace, with what the program does with each.

This module also has the lines of `.gitattributes` and `.gitignore` that the program writes. Tests
compare the table with the files that the commands write, with git, the export and the schemas.
`scripts/make_file_types.py` writes it into docs/workspace-files.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final, Literal, NamedTuple

from assess import locations
from assess.file_bytes import TEMPORARY
from assess.locations import PRIVATE
from assess.model.formats import NAMES, FileKind

Merge = Literal["meaning", "whole", "lines", "not-in-git"]
"""`meaning`: field by field. `whole`: one side stays, never mixed. `lines`: by lines, as git."""

Upgrade = Literal["save", "checklist", "workspace", "render", "export", "by-hand", "never"]
"""What upgrades a file: the save that needs it, `assess upgrade CHECKLIST`, `assess upgrade
--workspace`, `assess report`, `assess export --data`, a person, nothing."""

Sanitised = Literal["pseudonyms", "copied", "left-out"]
"""What `assess export --sanitised` does with the file."""

HandIn = Literal["yes", "on-request", "no"]
"""Whether a unit hands the file in to its supervising office."""


class FileType(NamedTuple):
    """A type of file, and what the program does with it."""

    id: str
    pattern: str
    """The pattern of the path from the workspace. `*` matches any name, `**/` any folders."""
    merge: Merge
    upgrade: Upgrade
    sanitised: Sanitised
    hand_in: HandIn
    format: str = ""
    """The name in the file's `format:` line, without the number; empty for a file without one."""
    kind: FileKind | None = None
    """Which of the five YAML formats the file has; each has a JSON Schema of this name."""
    schema: str = ""
    """The name of the JSON Schema of a file of another format."""


GIT_TEMPORARY: Final = ".merge_file_*"
"""Names that git gives the versions of a file for a merge driver; a killed git leaves three."""


def _make_yaml_file_type(
    kind: FileKind, pattern: str, upgrade: Upgrade, sanitised: Sanitised
) -> FileType:
    return FileType(kind, pattern, "meaning", upgrade, sanitised, "yes", NAMES[kind], kind)


def _make_private_file_type(name: str, pattern: str) -> FileType:
    return FileType(name, pattern, "not-in-git", "never", "left-out", "no")


_OFFICE_PATTERNS: Final[Mapping[FileKind, str]] = {
    "office": locations.OFFICE,
    "receipts": locations.RECEIPT_FILES,
    "thresholds": locations.THRESHOLDS,
}

FILE_TYPES: Final = (
    _make_private_file_type("temporary", f"**/{TEMPORARY}"),
    _make_private_file_type("git-temporary", GIT_TEMPORARY),
    _make_private_file_type("private", f"{PRIVATE}/**"),
    _make_yaml_file_type("config", locations.CONFIG, "save", "pseudonyms"),
    _make_yaml_file_type("checklist", locations.PINNED_CHECKLISTS, "checklist", "copied"),
    _make_yaml_file_type("sheet", locations.SHEETS, "save", "pseudonyms"),
    _make_yaml_file_type("register", locations.REGISTER, "save", "pseudonyms"),
    _make_yaml_file_type("findings", locations.FINDINGS, "save", "pseudonyms"),
    FileType("evidence", f"{locations.EVIDENCE}/**", "whole", "never", "left-out", "on-request"),
    FileType("template", f"{locations.TEMPLATES}/**", "lines", "by-hand", "left-out", "no"),
    FileType(
        "round-data",
        f"{locations.REPORTS}/**/data.*json",
        "whole",
        "export",
        "left-out",
        "yes",
        "assess/data",
        schema="data",
    ),
    FileType(
        "report-data",
        f"{locations.REPORTS}/**/*.json",
        "whole",
        "render",
        "left-out",
        "no",
        "assess/report",
        schema="report",
    ),
    FileType("report", f"{locations.REPORTS}/**", "whole", "render", "left-out", "on-request"),
    FileType("git-attributes", ".gitattributes", "lines", "workspace", "left-out", "no"),
    FileType("git-ignore", ".gitignore", "lines", "workspace", "left-out", "no"),
)
"""The type of a path is the first row whose pattern matches it."""

OFFICE_FILE_TYPES: Final = (
    _make_private_file_type("temporary", f"**/{TEMPORARY}"),
    _make_private_file_type("git-temporary", GIT_TEMPORARY),
    _make_private_file_type("private", f"{PRIVATE}/**"),
    _make_private_file_type("inbox", f"{locations.INBOX}/**"),
    _make_private_file_type("store", f"{locations.STORE}/**"),
    *(
        FileType(kind, pattern, "meaning", "save", "left-out", "no", NAMES[kind], kind)
        for kind, pattern in _OFFICE_PATTERNS.items()
    ),
    FileType(
        "issued-checklist",
        locations.PINNED_CHECKLISTS,
        "whole",
        "never",
        "left-out",
        "no",
        NAMES["checklist"],
        "checklist",
    ),
    FileType("slip", locations.SLIPS, "whole", "never", "left-out", "no"),
    FileType(
        "rollup-data",
        f"{locations.MADE_ROLLUPS}.json",
        "not-in-git",
        "never",
        "left-out",
        "no",
        "assess/rollup",
        schema="rollup",
    ),
    FileType("made-rollup", locations.MADE_ROLLUPS, "not-in-git", "never", "left-out", "no"),
    FileType(
        "rollup-figures",
        locations.FIGURES_FILES,
        "whole",
        "never",
        "left-out",
        "no",
        "assess/rollup-figures",
        schema="rollup-figures",
    ),
    FileType("rollup", f"{locations.ROLLUPS}/**", "whole", "never", "left-out", "no"),
    FileType("template", f"{locations.TEMPLATES}/**", "lines", "by-hand", "left-out", "no"),
    FileType("git-attributes", ".gitattributes", "lines", "never", "left-out", "no"),
    FileType("git-ignore", ".gitignore", "lines", "never", "left-out", "no"),
)
"""The types of the files in the folder of an office, which is no workspace."""

_EXPRESSIONS: Final = {"**/": "(?:[^/]+/)*", "**": ".+", "*": "[^/]*", "?": "[^/]"}
"""The signs of a pattern as regular expressions."""


def _compile_path_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the table as a regular expression."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^]]*\])", pattern)
    return re.compile(
        "".join(_EXPRESSIONS.get(part) or _escape_unless_bracket_class(part) for part in parts),
        re.DOTALL,
    )


def _escape_unless_bracket_class(part: str) -> str:
    return part if part.startswith("[") else re.escape(part)


_ROWS_BY_PATTERN: Final = tuple((_compile_path_pattern(row.pattern), row) for row in FILE_TYPES)

_PLAIN: Final = "-filter -ident !working-tree-encoding !conflict-marker-size"
"""Attributes that undo what an earlier line says of bytes and of marks of conflicts."""

UNCONVERTED: Final = f"-text {_PLAIN}"
"""The attributes of files that git stores byte for byte, also after a line that converts them."""

ATTRIBUTE_LINES: Final = (
    f"*.yaml text eol=lf {_PLAIN}",
    f"{locations.EVIDENCE}/** {UNCONVERTED} -merge",
    f"{locations.REGISTER} text eol=lf",
    f"{locations.REPORTS}/** {UNCONVERTED} -merge",
    f".gitattributes text eol=lf {_PLAIN}",
    f".gitignore text eol=lf {_PLAIN}",
    f"/{locations.CONFIG} merge=assess diff=assess",
    f"/{locations.ANSWERS}/**/*.yaml merge=assess diff=assess",
    f"/{locations.PINNED_CHECKLISTS} merge=assess diff=assess",
    f"/{locations.REGISTER} merge=assess diff=assess",
    f"/{locations.FINDINGS} merge=assess diff=assess",
)
"""The lines of a new workspace's .gitattributes. For each attribute git uses the last line that
matches a path. YAML has LF on every machine; evidence and reports are stored byte for byte and are
never merged by lines."""

MERGE_LINES: Final = tuple(line for line in ATTRIBUTE_LINES if " merge=assess" in line)
"""The lines that say which files are merged by meaning."""
JUNK_LINES: Final = ("~$*", ".~lock.*#", "Thumbs.db", ".DS_Store", "*.swp", "*~")
"""Files that office programs, file managers and editors leave in a folder."""

IGNORE_LINES: Final = (f"{PRIVATE}/", f"/{GIT_TEMPORARY}", TEMPORARY, *JUNK_LINES)
"""The lines of a new workspace's .gitignore."""


OFFICE_ATTRIBUTE_LINES: Final = (
    f"*.yaml text eol=lf {_PLAIN}",
    f"{locations.CHECKLISTS}/** {UNCONVERTED} -merge",
    f"{locations.SLIPS} {UNCONVERTED} -merge",
    f"{locations.ROLLUPS}/** {UNCONVERTED} -merge",
    *(f".git{name} text eol=lf {_PLAIN}" for name in ("attributes", "ignore")),
    *(f"/{pattern} merge=assess diff=assess" for pattern in _OFFICE_PATTERNS.values()),
)
"""The lines of .gitattributes in the folder of an office."""

OFFICE_IGNORE_LINES: Final = (
    f"/{locations.INBOX}/",
    f"/{locations.STORE}/",
    f"/{locations.MADE_ROLLUPS}",
    *IGNORE_LINES,
)
"""The lines of .gitignore in the folder of an office."""


def is_leftover_of_other_program(path: str) -> bool:
    """Return whether a file is what office programs, file managers and editors leave behind."""
    name = path.rpartition("/")[2]
    return any(fnmatchcase(name, pattern) for pattern in JUNK_LINES)


def find_file_type(path: str) -> FileType | None:
    """Return the type of a file by its path from the workspace's folder, None if it has none."""
    return next((row for pattern, row in _ROWS_BY_PATTERN if pattern.fullmatch(path)), None)


def is_merged_by_meaning(path: str) -> bool:
    """Return whether a file is merged by meaning; `path` is from the workspace's folder."""
    row = find_file_type(path)
    return row is not None and row.merge == "meaning"


def find_yaml_kind(path: str) -> FileKind | None:
    """Return which of the five YAML formats a file has by its path, None if it has none."""
    row = find_file_type(path)
    return row.kind if row is not None else None
