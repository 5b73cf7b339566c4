"""Chromium without a window, as a reader of the site from a disk has it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")

MISSING = next(
    (
        name
        for name, there in (
            ("Sphinx", find_spec("sphinx")),
            ("Playwright", find_spec("playwright")),
            ("Chromium", CHROMIUM),
        )
        if not there
    ),
    None,
)
needs_browser = pytest.mark.skipif(MISSING is not None, reason=f"no {MISSING}")

Scheme = Literal["light", "dark"]

SEARCH_TIME = 10_000
"""Milliseconds in which a search ends, on a machine that does much else."""


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """Start Chromium; it has no sandbox for root only, who can't have one."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # skipped where it is missing

    with sync_playwright() as playwright:
        words = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=words)
        yield browser
        browser.close()


@contextmanager
def open_page(
    browser: Browser, address: str, width: int = 1280, scheme: Scheme = "light"
) -> Iterator[tuple[Page, list[str]]]:
    """Open a page; the list has what it asked of other places, and what went wrong in it."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    faults: list[str] = []
    page.on("request", lambda sent: _note_outside(faults, sent.url))
    page.on("requestfailed", lambda sent: faults.append(f"not loaded: {sent.url}"))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(address)
    yield page, faults
    context.close()


def _note_outside(faults: list[str], address: str) -> None:
    if not address.startswith(("file:", "data:")):
        faults.append(f"asked of another place: {address}")


class SearchResult(NamedTuple):
    """A line of the results."""

    address: str
    excerpt: str


def search_site(page: Page, query: str) -> list[SearchResult]:
    """Type a query where a reader does; return the results."""
    box = page.locator(".sidebar-search")
    box.fill(query)
    box.press("Enter")
    # Sphinx says here how many pages it found, after it listed them.
    page.wait_for_selector(".search-summary:not(:empty)", timeout=SEARCH_TIME)
    results: Any = page.evaluate(
        "[...document.querySelectorAll('#search-results li')].map((one) =>"
        " [one.querySelector('a').href, one.querySelector('.context')?.innerText ?? ''])"
    )
    return [SearchResult(*result) for result in results]


def build_site(site: Path, *root: Path) -> Path:
    """Make the site of the documentation, or of another tree, as `./run docs` does."""
    done = run_site_maker(site, *root)
    assert done.returncode == 0, done.stderr
    return site


def run_site_maker(site: Path, *root: Path) -> subprocess.CompletedProcess[str]:
    """Run the script behind `./run docs`, for a folder and a tree."""
    words = [sys.executable, "scripts/make_site.py", str(site), *map(str, root)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def address_of(path: Path) -> str:
    """Return the address of a file."""
    return path.as_uri()
