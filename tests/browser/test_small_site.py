"""Each thing that the documentation site does for a reader, on a few pages; `--all` reads all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from browser.open_page import (
    Scheme,
    address_of,
    build_site,
    needs_browser,
    open_page,
    run_site_maker,
    search_site,
)
from browser.small_site import write_small_tree

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a small tree."""
    root = write_small_tree(tmp_path_factory.mktemp("small"))
    return build_site(root / "site", root)


def test_a_reader_picks_a_language_and_changes_it(site: Path, browser: Browser) -> None:
    """From the first page to 中文, and from there to the same page in English and back."""
    with open_page(browser, address_of(site / "index.html")) as (page, faults):
        page.get_by_role("link", name="中文").click()
        assert page.locator("h1").inner_text().startswith("网络安全自查")
        page.locator("article").get_by_role("link", name="填报指南").click()
        assert "口令怎么定" in page.locator("section:target > h2").inner_text()
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        page.get_by_role("link", name="English").click()
        assert page.url.endswith("/en/docs/guide.en.html")
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.get_by_label("Toggle site navigation sidebar").count() == 1
        page.get_by_role("link", name="中文").click()
        assert page.url.endswith("/zh/docs/guide.html")
        assert page.get_by_label("显示或隐藏全部页面").count() == 1
        assert faults == []


def test_a_heading_keeps_its_address(site: Path, browser: Browser) -> None:
    """It is made of the words of the heading: a number would name another one after an edit."""
    with open_page(browser, address_of(site / "zh" / "README.html")) as (page, _):
        page.locator("article").get_by_role("link", name="填报指南").click()
        assert page.url.endswith("guide.html#" + quote("口令怎么定"))
        links = [
            page.locator("article").get_by_role("link", name="下面"),
            page.locator("section:target > h2 > a.headerlink"),
            page.locator(".toc-tree a").last,
        ]
        assert [link.get_attribute("href") for link in links] == ["#口令怎么定"] * 3


def test_links_that_leave_the_pages(site: Path, browser: Browser) -> None:
    """A folder is its first page, a file comes along, source code is only named."""
    with open_page(browser, address_of(site / "zh" / "README.html")) as (page, _):
        article = page.locator("article")
        assert article.get_by_role("link", name="源代码").count() == 0
        article.get_by_role("link", name="决策").click()
        assert page.url.endswith("/zh/docs/decisions/README.html")
        page.goto(address_of(site / "zh" / "docs" / "guide.html"))
        licence = page.locator("article").get_by_role("link", name="许可证").get_attribute("href")
        assert licence is not None
        assert (site / "zh" / "docs" / licence).read_text("utf-8") == "A licence.\n"


def test_an_english_page_among_chinese_ones_says_so(site: Path, browser: Browser) -> None:
    """A screen reader changes its voice; the contents name the page in Chinese."""
    place = address_of(site / "zh" / "docs" / "decisions" / "0001-one-key.html")
    with open_page(browser, place) as (page, _):
        assert page.locator("article").get_attribute("lang") == "en"
        assert page.get_by_role("link", name="0001 一项一键").count() == 1


def test_lines_of_chinese_join_without_a_blank(site: Path, browser: Browser) -> None:
    """A line of Markdown that ends between Chinese characters leaves no gap; English ones do."""
    with open_page(browser, address_of(site / "zh" / "docs" / "guide.html")) as (page, _):
        words = page.locator("article section section > p").first.text_content() or ""
        assert "一行结束，另一行 begins in English." in " ".join(words.split())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_light_or_dark(site: Path, browser: Browser, scheme: Scheme) -> None:
    """One of both pictures shows, as the reader's system asks."""
    with open_page(browser, address_of(site / "zh" / "README.html"), scheme=scheme) as (page, _):
        pictures = page.locator("article img")
        visible = [
            pictures.nth(at).get_attribute("src") or ""
            for at in range(pictures.count())
            if pictures.nth(at).is_visible()
        ]
        assert [Path(one).name for one in visible] == [
            "square.svg" if scheme == "dark" else "square-light.svg"
        ]


@pytest.mark.parametrize(
    ("first", "found"),
    [
        (
            "zh/README.html",
            {"口令": "zh/docs/guide", "管理员口令": "zh/docs/guide", "密": None, "令牌": None},
        ),
        (
            "en/README.en.html",
            {"password": "en/docs/guide.en", "口令": "en/docs/guide.en", "token": None},
        ),
    ],
)
def test_words_that_are_searched_for(
    site: Path, browser: Browser, first: str, found: dict[str, str | None]
) -> None:
    """Chinese words are found within longer ones, English ones by their stem; comments are not."""
    with open_page(browser, address_of(site / first)) as (page, faults):
        for query, expected in found.items():
            results = search_site(page, query)
            pages = {result.address.split("#")[0] for result in results}
            assert pages == ({address_of(site / f"{expected}.html")} if expected else set())
            assert all(query in result.excerpt.lower() for result in results)
        assert faults == []


def test_a_result_leads_to_the_word(site: Path, browser: Browser) -> None:
    """On the page that is opened from the search, the word is marked."""
    with open_page(browser, address_of(site / "zh" / "README.html")) as (page, _):
        search_site(page, "管理员口令")
        page.locator("#search-results a").first.click()
        page.wait_for_selector("article .highlighted")
        assert page.locator("article .highlighted").all_inner_texts() == ["管理员口令"]


@pytest.mark.browser
def test_dead_links_and_pages_without_a_place_stop_the_build(tmp_path: Path) -> None:
    """Both are named, and the exit code is not 0."""
    root = write_small_tree(tmp_path)
    (root / "docs" / "lost.md").write_text("# Lost\n\nSee [this](gone.md).\n", "utf-8")
    done = run_site_maker(root / "site", root)
    assert done.returncode == 1
    assert "gone.md" in done.stderr
    assert "lost.md: WARNING: document isn't included in any toctree" in done.stderr
