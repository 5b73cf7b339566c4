"""The contents of the documentation site name every page; Sphinx is not needed to see it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from doc_site.sources import ROOT, list_page_names, select_pages, stage_pages

from assess.i18n import LANGS, Lang

_CONTENTS = re.compile(r"```\{toctree\}\n(.*?)```", re.DOTALL)
_ENTRY = re.compile(r"(?m)^(?:/|.* </)([^>\n]+)>?$")


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_stands_in_the_contents_once(tmp_path: Path, lang: Lang) -> None:
    """A page that no section names stops `./run docs`: it goes into scripts/doc_site/pages.yaml."""
    stage_pages(lang, tmp_path, ROOT)
    contents = [
        block for page in tmp_path.rglob("*.md") for block in _CONTENTS.findall(page.read_text())
    ]
    entries = [entry for block in contents for entry in _ENTRY.findall(block)]
    first_page = "README" if lang == "zh" else "README.en"
    assert sorted([first_page, *entries]) == sorted(select_pages(lang, list_page_names(ROOT)))
