"""Links and pictures of the Markdown pages, as the site needs them."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from pathlib import Path
from typing import Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from assess.i18n import Lang
from doc_site.sources import find_twin, list_page_names, other_language

_PICTURE: Final = re.compile(
    r'<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">'
    r'\s*<img alt="([^"]*)" src="([^"]+)">\s*</picture>'
)
_FULL_WIDTH: Final = re.compile(r"[\u2018-\u201d\u2026\u3000-\u9fff\uff00-\uffef]")
"""Chinese characters and their punctuation."""

_BEFORE_COLLECTORS: Final = 400
"""Sphinx collects pictures on the same event, at 500."""


def setup_links(app: Sphinx) -> None:
    """Add this to a build."""
    app.connect("doctree-read", complete_page, priority=_BEFORE_COLLECTORS)


def complete_page(app: Sphinx, page: nodes.document) -> None:
    """Resolve the links that lead out of the tree of a language; show pictures light and dark."""
    _address_headings_by_words(app, page)
    for link in list(page.findall(addnodes.pending_xref)):
        if link["reftype"] == "myst" and link["refdomain"] is None:
            _resolve_link(app, link)
    for raw in list(page.findall(nodes.raw)):
        pictures = _PICTURE.findall(raw.astext())
        if pictures:
            raw.replace_self([image for picture in pictures for image in _make_images(*picture)])
    for parent in list(page.findall(nodes.TextElement)):
        for index in reversed(range(1, len(parent.children) - 1)):
            if parent.children[index] == "\n" and _is_between_chinese(parent, index):
                parent.pop(index)


def _address_headings_by_words(app: Sphinx, page: nodes.document) -> None:
    """Give headings the addresses that code platforms give them.

    Sphinx numbers headings in Chinese: `id3` is another heading as soon as a section is added.
    """
    slugs = app.env.metadata[app.env.docname].get("myst_slugs", {})
    addresses: dict[str, str] = {}
    for section in page.findall(nodes.section):
        slug = section.get("slug")
        if slug in section["ids"]:
            addresses[section["ids"][0]] = slug
            section["ids"].remove(slug)
            section["ids"].insert(0, slug)
            line, _number, text = slugs[slug]
            slugs[slug] = (line, slug, text)
    for link in page.findall(nodes.reference):
        if link.get("refid") in addresses:
            link["refid"] = addresses[link["refid"]]


def _is_between_chinese(parent: nodes.Element, index: int) -> bool:
    """Return whether a line break is between Chinese texts: a browser would show a blank."""
    before, after = parent.children[index - 1].astext(), parent.children[index + 1].astext()
    return bool(_FULL_WIDTH.match(before[-1:]) and _FULL_WIDTH.match(after[:1]))


def _resolve_link(app: Sphinx, link: nodes.Element) -> None:
    """Lead a link to the page in the other language, or to the first page of a folder.

    What has no page here stays as its words: it is a part of the source code.
    """
    lang: Lang = app.config.site_lang
    root = Path(app.config.site_root)
    path, _, anchor = link["reftarget"].partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(link["refdoc"]), path))
    names = list_page_names(root)
    if target.endswith(".md") and target.removesuffix(".md") in names:
        _replace_by_address(link, other_language(lang), target.removesuffix(".md"), anchor)
    elif f"{target}/README" in names:
        _replace_by_address(link, lang, find_twin(f"{target}/README", lang, names), anchor)
    elif (root / target).exists():
        link.replace_self(link.children)


def _replace_by_address(link: nodes.Element, lang: Lang, name: str, anchor: str) -> None:
    """Replace a link by one to a page in the tree of a language; drop the line that switches."""
    if isinstance(link.parent, nodes.paragraph) and link.parent.astext() in ("English", "中文"):
        # Each page of the site has this link at its top.
        link.parent.parent.remove(link.parent)
        return
    up = "../" * (link["refdoc"].count("/") + 1)
    address = f"{up}{lang}/{name}.html" + (f"#{anchor}" if anchor else "")
    link.replace_self(nodes.reference("", "", *link.children, internal=False, refuri=address))


def _make_images(dark: str, words: str, light: str) -> list[nodes.image]:
    """Return both appearances of a picture; the theme shows one of them."""
    return [
        nodes.image(uri=uri, alt=unescape(words), classes=[theme_class])
        for uri, theme_class in ((light, "only-light"), (dark, "only-dark"))
    ]
