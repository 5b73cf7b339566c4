"""Settings of Sphinx for the site in one language, and what its pages are given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx

from assess import __version__
from assess.i18n import Lang
from doc_site.links import setup_links
from doc_site.search_words import BilingualSearch
from doc_site.sources import find_language, find_twin, list_page_names, other_language
from doc_site.words import HTML_LANGS, THEME_WORDS, TITLES

_HERE: Final = Path(__file__).parent


def make_settings(lang: Lang, root: Path) -> dict[str, Any]:
    """Return the settings of Sphinx for a language."""
    return {
        "project": "assess",
        "version": __version__,
        "release": __version__,
        "language": {"zh": "zh_CN", "en": "en"}[lang],
        "root_doc": "README" if lang == "zh" else "README.en",
        "extensions": ["myst_parser", "doc_site.settings"],
        "site_lang": lang,
        "site_root": str(root),
        "source_suffix": {".md": "markdown"},
        "suppress_warnings": ["myst.header", "misc.highlighting_failure"],
        "myst_heading_anchors": 6,
        "templates_path": [str(_HERE / "templates")],
        "html_theme": "furo",
        "html_title": TITLES[lang],
        "html_static_path": [str(_HERE / "static")],
        "html_css_files": ["site.css"],
        "html_js_files": ["site.js"],
        "html_search_language": BilingualSearch.lang,
        "html_show_search_summary": False,  # it reads pages by fetch(), which files don't allow
        "html_show_copyright": False,
        "html_copy_source": False,
        "html_use_index": False,
        "html_domain_indices": False,
        "html_permalinks_icon": "#",
        "html_theme_options": {"top_of_page_buttons": []},
        "pygments_style": "a11y-high-contrast-light",
        "pygments_dark_style": "a11y-high-contrast-dark",
    }


def setup(app: Sphinx) -> Mapping[str, bool]:
    """Add the parts of the site to a build."""
    app.add_config_value("site_lang", "zh", "env")
    app.add_config_value("site_root", "", "env")
    app.setup_extension("furo")  # before the settings are read: one of them is its own
    app.add_search_language(BilingualSearch)
    app.connect("html-page-context", complete_context)
    app.connect("build-finished", write_texts)
    setup_links(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def complete_context(
    app: Sphinx, name: str, _template: str, context: dict[str, Any], page: object
) -> None:
    """Give a page its counterpart in the other language, its own language and the theme's words."""
    lang: Lang = app.config.site_lang
    other = other_language(lang)
    root = Path(app.config.site_root)
    names = list_page_names(root)
    is_source = page is not None
    twin = find_twin(name, other, names) if is_source else name
    up = "../" * (name.count("/") + 1)
    context["html_lang"] = HTML_LANGS[lang]
    context["body_lang"] = (
        HTML_LANGS[find_language(name, lang, root)] if is_source else HTML_LANGS[lang]
    )
    context["twin_address"] = f"{up}{other}/{twin}.html"
    context["twin_lang"] = HTML_LANGS[other]
    context["words"] = THEME_WORDS[lang]
    context["_"] = context["gettext"] = lambda text: translate_theme(app, text)
    context["script_words"] = json.dumps(THEME_WORDS[lang]["script"], ensure_ascii=False)


def translate_theme(app: Sphinx, text: str) -> str:
    """Return words of the theme in the language of the site."""
    words: dict[str, str] = THEME_WORDS[app.config.site_lang]["theme"]
    return words.get(text) or str(app.translator.gettext(text))


def write_texts(app: Sphinx, error: Exception | None) -> None:
    """Write the text of each page, from which the search shows the words around a match."""
    if error is not None:
        return
    texts = {name: read_text(app.env.get_doctree(name)) for name in sorted(app.env.found_docs)}
    text = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / "page-texts.js").write_text(f"const SITE_TEXTS = {text};\n", "utf-8")


def read_text(page: nodes.document) -> str:
    """Return the words of a page in one line, without tags and comments."""
    for hidden in [*page.findall(nodes.raw), *page.findall(nodes.comment)]:
        hidden.replace_self(nodes.Text(" "))
    return " ".join(page.astext().split())
