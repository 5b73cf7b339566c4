"""Write src/assess/data/library_marks.json: what a copy of a checklist of the library is known by.

The program compares local checklists with it at each `lint`; reading the library itself would take
longer than everything else that `lint` does. Run `.venv/bin/python scripts/make_library_marks.py`
after a change of an id or of a title in checklists/; `--check` only says whether it is up to date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from doc_pages import write_stale_pages

from assess.workspace.core.library import read_library_checklists
from assess.workspace.core.published_files import folded_titles_in_both_languages

TARGET: Final = (
    Path(__file__).resolve().parent.parent / "src" / "assess" / "data" / "library_marks.json"
)


def marks_text() -> str:
    """Return the text of the file: ids, folded titles and ids of items, each sorted."""
    shipped = read_library_checklists("en")
    marks = {
        "ids": sorted(checklist.id for checklist in shipped),
        "titles": sorted(
            {title for checklist in shipped for title in folded_titles_in_both_languages(checklist)}
        ),
        "items": sorted({item_id for checklist in shipped for item_id in checklist.items()}),
    }
    return json.dumps(marks, ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    sys.exit(write_stale_pages({TARGET: marks_text()}, sys.argv[1:]))
