"""A browser for the tests of the documentation site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from browser.open_page import start_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser; it must end with its module: its loop would stop those of other tests."""
    with start_chromium() as started:
        yield started
