"""Words of the search index: Chinese text as pairs of characters, other text as words.

Sphinx's own splitter for Chinese needs a dictionary, and doesn't split what a reader types. Pairs
need neither: a word of two characters is found within every longer one, and a longer query asks for
all its pairs.
"""

from __future__ import annotations

import re
from typing import Final

from sphinx.search.en import SearchEnglish

_RUN: Final = re.compile(r"([\u3400-\u9fff]+)|[^\W\u3400-\u9fff]+")

_SPLIT_QUERY: Final = r"""
// A query is split as the index is: see scripts/doc_site/search_words.py.
function splitQuery(query) {
  const words = [];
  for (const [run, han] of query.matchAll(/([\u3400-\u9fff]+)|[^\s\p{P}\p{S}\u3400-\u9fff]+/gu)) {
    if (!han || run.length === 1) words.push(run);
    else for (let i = 0; i + 1 < run.length; i++) words.push(run.slice(i, i + 2));
  }
  return words;
}
"""


class BilingualSearch(SearchEnglish):  # type: ignore[misc]  # Sphinx is not there in each check
    """English words by their stems, Chinese by pairs of characters."""

    lang = "han-english"
    js_splitter_code = _SPLIT_QUERY

    def split(self, text: str) -> list[str]:
        """Return what a text is found by; a single Chinese character is found, too."""
        words: list[str] = []
        for run in _RUN.finditer(text):
            words += split_han(run[1]) if run[1] else [run[0]]
        return words


def split_han(run: str) -> list[str]:
    """Return the characters and the pairs of characters of a run of Chinese."""
    return [*run, *(run[start : start + 2] for start in range(len(run) - 1))]
