"""Write docs/coverage.md and .en.md: which clauses, cases and obligations the library covers.

`--check` changes nothing and says whether they are up to date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from doc_pages import write_stale_pages

from assess.cli.common.coverage_table import coverage_as_markdown
from assess.i18n import LANGS, Lang
from assess.workspace.checklists.content_check import compute_coverage_by_library

DOCS = Path(__file__).resolve().parent.parent / "docs"
FILES: dict[Lang, Path] = {"zh": DOCS / "coverage.md", "en": DOCS / "coverage.en.md"}

HEAD: dict[Lang, str] = {
    "zh": """# 检查表库的覆盖情况

检查项引用到的条款算覆盖；整条引用标准条款，不算覆盖其中带字母的各项。判例看检查项的 high_risk，
义务看 `src/assess/data/obligations.yaml`。本页由 `scripts/make_coverage.py` 生成，与
`assess checklist coverage --format markdown` 相同。English: [coverage.en.md](coverage.en.md)
""",
    "en": """# What the library covers

A clause is covered by an item that cites it; citing a standard’s clause as a whole covers none of
its lettered items. Cases go by `high_risk` of the items, obligations by
`src/assess/data/obligations.yaml`. This page is made by `scripts/make_coverage.py` and the same as
`assess checklist coverage --format markdown`. 中文版：[coverage.md](coverage.md)
""",
}


def main(words: list[str]) -> int:
    """Write both pages, or with `--check` only compare; return the exit code."""
    return write_stale_pages({FILES[lang]: page(lang) for lang in LANGS}, words)


def page(lang: Lang) -> str:
    """Return the page in a language."""
    return f"{HEAD[lang]}\n{coverage_as_markdown(compute_coverage_by_library(lang), lang)}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
