"""The page of a roll-up: what strangers wrote is data, and nothing is asked of a network."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from html.parser import HTMLParser

import pytest

from assess.i18n import Lang
from assess.report.rollup.page import encode_for_script_element, make_rollup_page
from rollup_documents import HOSTILE_NAME, make_document


class PageParser(HTMLParser):
    """Collects the elements of a page and the text of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect an element."""
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        """Collect the text of a script."""
        if self.elements and self.elements[-1][0] == "script":
            self.scripts[-1] += data


def parse_page(page: str) -> PageParser:
    """Return what a browser finds in a page."""
    parser = PageParser()
    parser.feed(page)
    return parser


def test_names_of_units_are_data() -> None:
    """A name that would be a script ends no element and makes none."""
    parser = parse_page(make_rollup_page(make_document(24)))
    assert [tag for tag, _attributes in parser.elements if tag == "img"] == []
    words, data, script = (text.strip() for text in parser.scripts)
    assert json.loads(data)["tables"][0]["rows"][3][0] == HOSTILE_NAME
    assert not set(data) & set("<>&\u2028\u2029")
    assert set(json.loads(words)) >= {"filter", "count", "more"}
    assert "innerHTML" not in script


def test_only_the_one_script_may_run() -> None:
    """The policy names the digest of the script, and forbids everything else."""
    page = make_rollup_page(make_document(3))
    script = page.rsplit("<script>", 1)[1].removesuffix("\n").removesuffix("</html>")
    script = script.strip().removesuffix("</body>").strip().removesuffix("</script>")
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in policy[1].replace("&#39;", "'")
    attributes = {name for _tag, row in parse_page(page).elements for name in row}
    assert not {name for name in attributes if name.startswith("on")} | (attributes & {"src"})


@pytest.mark.parametrize(
    ("lang", "facts"),
    [
        ("zh", "示例市青溪区网信办 · 截至 2026-12-02"),
        ("en", "示例市青溪区网信办 · reckoned on 2026-12-02"),
    ],
)
def test_the_same_document_gives_the_same_page(lang: Lang, facts: str) -> None:
    """The page says what it is, how it may be passed on, and which tables follow."""
    document = make_document(5, lang)
    page = make_rollup_page(document)
    assert page == make_rollup_page(document)
    titles = [table.title for table in document.tables]
    for text in (facts, document.title, document.marking, document.warning, *titles):
        assert text in page


def test_a_thousand_units_fit_into_eight_megabytes() -> None:
    """The tables stand once in the page, as data."""
    assert len(make_rollup_page(make_document(1000, items=60)).encode()) < 8_000_000


def test_text_in_a_script_element() -> None:
    """What ends an element or a line of a script is written as an escape, and reads back."""
    text = "</script><!-- & \u2028 \u2029 中文"
    encoded = encode_for_script_element(text)
    assert json.loads(encoded) == text
    assert "<" not in encoded
