"""Every page of the documentation site, in Chromium, as plain files."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from doc_site.sources import list_page_names, read_sections, select_pages

from assess.i18n import LANGS
from browser.open_page import address_of, build_site, needs_browser, open_page, search_site
from samples import lock_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
NAMES = list_page_names(ROOT)
PAGES = [
    "index",
    *(f"{lang}/{name}" for lang in LANGS for name in [*select_pages(lang, NAMES), "search"]),
]
SEEN_RULES = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
"""Rules of axe about what is seen; all others are about what a page consists of."""

_FASTER = {"preload": False, "resultTypes": ["violations"]}
"""Preloading reads style sheets once more, which plain files don't allow."""

NARROW = 360
"""Width of a small telephone in pixels."""

pytestmark = [pytest.mark.browser, needs_browser]


@pytest.fixture(scope="session")
def site(folder_of_run: Path) -> Path:
    """Return the site of the documentation; the first worker of a run makes it."""
    folder = folder_of_run / "documentation"
    with lock_file(folder.with_suffix(".lock")):
        if not (folder / "made").exists():
            build_site(folder)
            (folder / "made").touch()
    return folder


class PageReader(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.loads: set[str] = set()
        """What a browser fetches by itself."""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, links and what is loaded."""
        for name, value in attrs:
            if value is None:
                continue
            if name == "id":
                self.ids.add(value)
            elif name == "href" and tag == "a":
                self.links.add(value)
            elif name in ("src", "srcset") or (name == "href" and tag == "link"):
                self.loads.add(value)


@cache
def read_page(path: Path) -> PageReader:
    """Return what a page has."""
    return PageReader(path.read_text("utf-8"))


def find_dead_links(path: Path) -> list[str]:
    """Return the links of a page that lead to no file, or to no place in one."""
    dead: list[str] = []
    for link in sorted(read_page(path).links | read_page(path).loads):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if not target.is_file():
            dead.append(link)
        elif parts.fragment and target.suffix == ".html":
            ids = read_page(target).ids
            dead += [link] if unquote(parts.fragment) not in ids | {"top"} else []
    return dead


def find_axe_faults(page: Page, *rules: str) -> list[str]:
    """Return what axe finds in a page, by all its rules or by some: the first place of each."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # skipped where missing

    only = {"runOnly": list(rules)} if rules else {}
    violations = Axe().run(page, options={**_FASTER, **only}).response["violations"]
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html']}" for one in violations]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_desk(site: Path, browser: Browser, name: str) -> None:
    """Links lead somewhere, nothing comes from outside, and axe finds no fault."""
    path = site / f"{name}.html"
    assert find_dead_links(path) == []
    assert [one for one in read_page(path).loads if urlsplit(one).scheme not in ("", "data")] == []
    with open_page(browser, address_of(path)) as (page, faults):
        hollow = "[...document.images].filter((one) => !one.naturalWidth).map((one) => one.src)"
        assert page.evaluate(hollow) == []
        assert find_axe_faults(page) == []
        assert faults == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_telephone(site: Path, browser: Browser, name: str) -> None:
    """No page is wider than the screen; what the dark theme and the width change has no fault."""
    place = address_of(site / f"{name}.html")
    with open_page(browser, place, NARROW, "dark") as (page, faults):
        assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW
        assert find_axe_faults(page, *SEEN_RULES) == []
        assert faults == []


def test_every_page_of_the_contents_is_there() -> None:
    """No section names a page that was removed."""
    named = [page for section in read_sections() for page in section["pages"]]
    assert [page for page in named if page not in NAMES] == []


def test_the_site_has_no_other_pages(site: Path) -> None:
    """Each file that a browser shows as a page is tested here."""
    made = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    downloads = {name for name in made if "/_downloads/" in name}
    assert made - downloads == {f"{name}.html" for name in PAGES}


@pytest.mark.parametrize(
    ("first", "query", "pages"),
    [
        ("zh/README.html", "口令", {"zh/docs/admin/keys", "zh/docs/checklists/egov-network"}),
        ("zh/README.html", "password", {"zh/docs/commands", "zh/docs/admin/keys"}),
        ("en/README.en.html", "password", {"en/docs/admin/keys.en"}),
        ("en/README.en.html", "口令", {"en/docs/lint-rules.en"}),
    ],
)
def test_what_is_searched_for_is_found(
    site: Path, browser: Browser, first: str, query: str, pages: set[str]
) -> None:
    """Pages that are about a word are among the first; each result shows the word."""
    with open_page(browser, address_of(site / first)) as (page, faults):
        results = search_site(page, query)
        found = {result.address.split("#")[0] for result in results[:5]}
        assert {address_of(site / f"{name}.html") for name in pages} <= found
        assert all(query in result.excerpt.lower() for result in results if result.excerpt)
        assert faults == []
