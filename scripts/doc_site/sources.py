"""The pages of the site in one language: which they are, their order, and a copy for Sphinx.

A page has the name of its Markdown file without `.md`. An English page is `NAME.en`; a page that
has no translation belongs to both languages.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from assess.i18n import LANGS, Lang

ROOT: Final = Path(__file__).resolve().parents[2]
CONTENTS: Final = Path(__file__).with_name("pages.yaml")

_ENGLISH: Final = ".en"
_OUTSIDE_DOCS: Final = ("README.md", "README.en.md", "CONTRIBUTING.md", "CHANGELOG.md")
_LINK: Final = re.compile(r"\]\(([^)#:\s]+)|(?:src|srcset)=\"([^\":]+)\"")
_DECISION: Final = re.compile(r"(?m)^\| \[(\d{4})\]\(([^)]+)\.md\) \| ([^|]+?) \|")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_MANY_HAN: Final = 0.05
"""Share of Han characters above which a page is Chinese, or in both languages."""


def list_page_names(root: Path) -> list[str]:
    """Return the names of all pages in both languages."""
    outside = [root / name for name in _OUTSIDE_DOCS if (root / name).is_file()]
    files = [*outside, *sorted((root / "docs").rglob("*.md"))]
    return [file.relative_to(root).as_posix().removesuffix(".md") for file in files]


def read_sections() -> list[dict[str, Any]]:
    """Return the sections of the table of contents."""
    sections: list[dict[str, Any]] = yaml.safe_load(CONTENTS.read_text("utf-8"))
    return sections


def find_twin(name: str, lang: Lang, names: list[str]) -> str:
    """Return the page that stands for a page in a language: its translation, or the page itself."""
    base = name.removesuffix(_ENGLISH)
    english = base + _ENGLISH
    return english if lang == "en" and english in names else base


def select_pages(lang: Lang, names: list[str]) -> list[str]:
    """Return the pages of a language."""
    return [name for name in names if find_twin(name, lang, names) == name]


def find_language(name: str, lang: Lang, root: Path) -> Lang:
    """Return the language that a page is written in, for a reader of the given language."""
    if lang == "en" or name.endswith(_ENGLISH):
        return "en"
    text = (root / f"{name}.md").read_text("utf-8")
    return "zh" if len(_HAN.findall(text)) > _MANY_HAN * len(text) else "en"


def stage_pages(lang: Lang, folder: Path, root: Path) -> None:
    """Copy the pages of a language, and the files that they link to, into an empty folder."""
    names = list_page_names(root)
    for name in select_pages(lang, names):
        text = (root / f"{name}.md").read_text("utf-8")
        target = folder / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text + _contents_of_page(name, lang, names, root), "utf-8")
        for file in _find_linked_files(root / f"{name}.md", text):
            copy = folder / file.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


def _find_linked_files(page: Path, text: str) -> Iterator[Path]:
    """Yield the files of the project that a page links to, other pages apart."""
    for link, source in _LINK.findall(text):
        file = (page.parent / (link or source)).resolve()
        if file.is_file() and file.suffix != ".md":
            yield file


def _contents_of_page(name: str, lang: Lang, names: list[str], root: Path) -> str:
    """Return the table of contents that is added to a page: that of its section, or of the site."""
    base = name.removesuffix(_ENGLISH)
    if base == "README":
        parts = []
        for row in read_sections():
            pages = [page for page in row["pages"] if page in names]
            entries = [f"/{find_twin(page, lang, names)}" for page in pages]
            parts.append(_toctree_text(entries, row[lang]))
        return "".join(parts)
    folder, _, last = base.rpartition("/")
    if last != "README":
        return ""
    below = [
        page
        for page in select_pages(lang, names)
        if page.rpartition("/")[0] == folder and page != name
    ]
    titles = dict(_read_decision_titles(root)) if lang == "zh" else {}
    entries = [f"{titles[page]} </{page}>" if page in titles else f"/{page}" for page in below]
    return _toctree_text(entries, "")


def _toctree_text(entries: list[str], caption: str) -> str:
    """Return a directive for Sphinx."""
    if not entries:
        return ""
    head = [":hidden:", *([f":caption: {caption}"] if caption else [])]
    return "\n".join(["\n\n```{toctree}", *head, "", *entries, "```", ""])


def _read_decision_titles(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the Chinese titles of the decisions, which are written in English."""
    index = root / "docs" / "decisions" / "README.md"
    text = index.read_text("utf-8") if index.is_file() else ""
    for number, file, title in _DECISION.findall(text):
        yield f"docs/decisions/{file}", f"{number} {title}"


def other_language(lang: Lang) -> Lang:
    """Return the other of the two languages."""
    return next(other for other in LANGS if other != lang)
