"""The page of a roll-up in a real browser: sorted, filtered, by keyboard, at two widths."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assess.report.rollup.page import make_rollup_page
from browser.open_page import Scheme, address_of, needs_browser, open_page
from rollup_documents import HOSTILE_NAME, make_document

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, needs_browser]

FIRST_TABLE_TIME = 1000
"""Milliseconds in which the first table of a thousand units is there."""


def write_page(folder: Path, units: int) -> str:
    """Write the page of a roll-up; return its address."""
    path = folder / "roll-up.html"
    path.write_text(make_rollup_page(make_document(units)), "utf-8")
    return address_of(path)


def list_first_cells(page: Page) -> list[str]:
    """Return the first cell of each row of the first table."""
    return list_cells(page, 1)


def list_cells(page: Page, column: int) -> list[str]:
    """Return the cells of a column of the first table; the first column is 1."""
    cells = page.locator(f"#table-0 tbody tr td:nth-child({column})")
    texts: list[str] = cells.all_inner_texts()
    return texts


@pytest.mark.parametrize("width", [1280, 360])
def test_sorting_and_filtering_by_keyboard(browser: Browser, tmp_path: Path, width: int) -> None:
    """Heads are buttons; a cell without a value stands last in both directions."""
    with open_page(browser, write_page(tmp_path, 24), width) as (page, faults):
        head = page.locator("#table-0 th button").nth(3)
        for order in ("ascending", "descending"):
            head.focus()
            page.keyboard.press("Enter")
            cells = list_cells(page, 4)
            days = [int(cell) for cell in cells if cell != "—"]
            assert days == sorted(days, reverse=order == "descending")
            assert cells[len(days) :] == ["—"] * 8
            assert page.locator("#table-0 th").nth(3).get_attribute("aria-sort") == order
        page.locator("#table-0 input").focus()
        page.keyboard.type("ONERROR")
        assert list_first_cells(page) == [HOSTILE_NAME]
        page.locator("#table-0 input").fill("")
        page.locator("#table-0 select").select_option("企事业")
        assert len(list_first_cells(page)) == 8
        assert page.locator("#table-0 [role=status]").inner_text() == "24 行中的 8 行"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults == []


def test_a_link_opens_its_table(browser: Browser, tmp_path: Path) -> None:
    """A table is drawn when it is opened; the heat map prints each share beside its shade."""
    with open_page(browser, write_page(tmp_path, 24)) as (page, faults):
        assert page.locator("#table-1 tbody tr").count() == 0
        page.get_by_role("link", name="热力图").click()
        cell = page.locator("#table-1 tbody tr").nth(0).locator("td").nth(2)
        assert (cell.inner_text(), cell.get_attribute("class")) == ("13.0%", "number s0")
        assert faults == []


def test_charts_have_a_title_and_their_figures_in_words(browser: Browser, tmp_path: Path) -> None:
    """A browser reads both from the drawing; a narrow window scrolls the drawing alone."""
    with open_page(browser, write_page(tmp_path, 100), 360) as (page, faults):
        (chart,) = page.locator("#charts svg").all()
        assert chart.get_attribute("role") == "img"
        assert page.get_by_role("img", name="热力图", exact=True).count() == 1
        text = chart.locator("desc").text_content() or ""
        assert text.startswith("热力图：示例市青溪区第 0 局 0.0%；示例市青溪区第 1 局 1.0%；")
        note = page.locator("#charts figcaption p").inner_text()
        assert "共 100 家单位，图中为符合率最低的 60 家" in note
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        box = page.locator("#charts .drawing")
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
        assert faults == []


def test_a_thousand_units(browser: Browser, tmp_path: Path) -> None:
    """The first table appears at once; a long one shows its other rows when asked."""
    with open_page(browser, write_page(tmp_path, 1000)) as (page, faults):
        page.wait_for_selector("#table-0 tbody tr", timeout=FIRST_TABLE_TIME)
        assert len(list_first_cells(page)) == 200
        page.get_by_role("button", name="显示其余 800 行").click()
        assert len(list_first_cells(page)) == 1000
        assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_is_accessible(
    browser: Browser, tmp_path: Path, width: int, scheme: Scheme
) -> None:
    """The page is accessible with all tables open."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # skipped where it is missing

    with open_page(browser, write_page(tmp_path, 24), width, scheme) as (page, faults):
        for number in (1, 2):
            page.locator(f"#table-{number} summary").click()
        page.wait_for_selector("#table-2 tbody tr")
        results = Axe().run(page)
        assert results.response["violations"] == []
        assert faults == []
