"""Read the examples of the documentation: fenced blocks, and the marks that say how to check them.

A mark is a comment on a line of its own, `<!-- NAME: VALUE -->`. Marks stand right before the block
that they are about; `session` and `run` are steps of their own. CONTRIBUTING lists them.
Run as a program, this prints how many blocks of each page are run, checked elsewhere and not run.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT: Final = Path(__file__).resolve().parent.parent

MARKS: Final = (
    "session",
    "run",
    "not run",
    "checked by",
    "all checked by",
    "file",
    "part of",
    "paths in",
    "exit code",
    "types",
)
"""The names of marks."""

_STEPS: Final = ("session", "run", "all checked by")
"""Marks that are about no single block."""

_COMMENT = re.compile(r"\A<!--\s*(.*?)\s*-->\Z", re.DOTALL)


class PageError(ValueError):
    """A mark that is unknown, or stands before no block."""


@dataclass(frozen=True)
class Block:
    """A fenced block, by its page and the line of its fence."""

    page: str
    line: int
    language: str
    text: str
    marks: dict[str, str]

    @property
    def place(self) -> str:
        """Where it stands, as `docs/git.md:12`."""
        return f"{self.page}:{self.line}"

    @property
    def skip_reason(self) -> str | None:
        """Why the suite does not run it; None where it does."""
        if "not run" in self.marks:
            return self.marks["not run"]
        return f"checked by {self.marks['checked by']}" if "checked by" in self.marks else None


@dataclass(frozen=True)
class HiddenCommand:
    """A command that readers don't see: it makes what the blocks after it need."""

    place: str
    text: str


@dataclass
class PageSession:
    """Steps that have one folder in common, and what the folder holds at their beginning."""

    page: str
    line: int
    beginning: str
    steps: list[Block | HiddenCommand] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it begins, as `docs/git.md:9`."""
        return f"{self.page}:{self.line}"

    @property
    def is_run(self) -> bool:
        """Whether there is anything to do in it."""
        return any(
            isinstance(step, HiddenCommand)
            or (step.skip_reason is None and step.language != "text")
            for step in self.steps
        )


@dataclass(frozen=True)
class InlineCommand:
    """A command in code marks within a sentence or a table."""

    place: str
    text: str


def list_pages() -> list[Path]:
    """Return the pages whose examples are checked; decisions and changes tell of their day."""
    docs = (page for page in (ROOT / "docs").rglob("*.md") if "decisions" not in page.parts)
    return [ROOT / "README.md", ROOT / "README.en.md", ROOT / "CONTRIBUTING.md", *sorted(docs)]


def page_name(page: Path) -> str:
    """Return the path of a page from the project's root."""
    return page.relative_to(ROOT).as_posix()


def find_translation(page: Path) -> Path | None:
    """Return the English twin of a Chinese page; None for pages without one."""
    twin = page.with_name(f"{page.stem}.en.md")
    return twin if not page.name.endswith(".en.md") and twin.is_file() else None


@lru_cache(maxsize=128)
def parse_page(text: str) -> list[Token]:
    """Return the tokens of a page."""
    return MarkdownIt("commonmark").enable("table").parse(text)


def read_sessions(text: str, page: str) -> list[PageSession]:
    """Return the sessions of a page in their order.

    Raises:
        PageError: a mark is unknown, or no block stands below it.
    """
    sessions = [PageSession(page, 1, "empty folder")]
    waiting: dict[str, str] = {}
    for_all: dict[str, str] = {}
    for token in parse_page(text):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "html_block":
            name, value = _read_mark(token.content, f"{page}:{line}")
            if name == "session":
                sessions.append(PageSession(page, line, value))
            elif name == "run":
                sessions[-1].steps.append(HiddenCommand(f"{page}:{line}", value))
            elif name == "all checked by":
                for_all = {"checked by": value}
            elif name:
                waiting[name] = value
        elif token.type in ("fence", "code_block"):
            language = token.info.strip()
            marks = for_all | waiting
            sessions[-1].steps.append(Block(page, line, language, token.content, marks))
            waiting = {}
        elif waiting:
            raise PageError(f"{page}:{line}: no block stands below {', '.join(waiting)}")
    if waiting:
        raise PageError(f"{page}: no block stands below {', '.join(waiting)}")
    return [session for session in sessions if session.steps]


def _read_mark(comment: str, place: str) -> tuple[str, str]:
    """Return name and value of a mark; both empty for HTML that is no comment.

    Raises:
        PageError: it is a comment and no mark.
    """
    inside = _COMMENT.match(comment.strip())
    if not inside:
        return "", ""
    name, colon, value = inside[1].partition(":")
    if name not in MARKS or not colon or not value.strip():
        raise PageError(f"{place}: {inside[1]!r} is no mark (CONTRIBUTING.md lists them)")
    return name, value.strip()


def read_blocks(text: str, page: str) -> list[Block]:
    """Return the blocks of a page, without the commands that readers don't see."""
    steps = (step for session in read_sessions(text, page) for step in session.steps)
    return [step for step in steps if isinstance(step, Block)]


def read_inline_commands(text: str, page: str) -> Iterator[InlineCommand]:
    """Yield what stands in code marks and begins as a command of the program."""
    for token in parse_page(text):
        for child in token.children or ():
            if child.type == "code_inline" and _is_command(child):
                line = token.map[0] + 1 if token.map else 0
                yield InlineCommand(f"{page}:{line}", child.content)


def _is_command(token: Token) -> bool:
    return re.match(r"(\./run|assess) ", token.content) is not None


def _count_blocks(page: Path) -> tuple[Counter[str], Counter[str]]:
    """Return the number of blocks run, checked elsewhere, not run and of text; and the reasons."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for block in read_blocks(page.read_text("utf-8"), page_name(page)):
        if "not run" in block.marks:
            counts["not run"] += 1
            reasons[block.marks["not run"]] += 1
        elif "checked by" in block.marks:
            counts["elsewhere"] += 1
        else:
            counts["text" if block.language == "text" else "run"] += 1
    return counts, reasons


def main() -> int:
    """Print a line for each page with blocks, the reasons below it, and the sums."""
    columns = ("run", "elsewhere", "not run", "text")
    sums: Counter[str] = Counter()
    for page in list_pages():
        counts, reasons = _count_blocks(page)
        sums += counts
        if counts:
            numbers = "  ".join(f"{counts[name]:3} {name}" for name in columns)
            print(f"{page_name(page):36} {numbers}")
        for reason, number in reasons.items():
            print(f"{'':38}{number} not run: {reason}")
    print(f"{'all pages':36} {'  '.join(f'{sums[name]:3} {name}' for name in columns)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
