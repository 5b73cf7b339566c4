"""The table of the library's second edition: which answers of the first stay current.

scripts/library/2026.2.tsv has a row for each item: checklist, id, what happened, why.

    moved    what counts is as before, the wording went from steps into `verdict` and `problem`;
             `still_valid` of the item names its former fingerprints
    changed  an answer is looked at again
    same     nothing that an answer depends on was touched
    new      the first edition has no such item

    python scripts/library_edition.py           # write `still_valid` into checklists/
    python scripts/library_edition.py --check   # only say what is wrong

The first edition is kept in tests/data/library/2026.1.tar.xz.
"""

from __future__ import annotations

import csv
import re
import sys
import tarfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from assess.engine.fingerprint import item_fingerprint
from assess.i18n import LANGS
from assess.model.checklist import Checklist
from assess.model.item import Item
from assess.store.yaml.reading.decode import decode_yaml

ROOT: Final = Path(__file__).resolve().parent.parent
TABLE: Final = ROOT / "scripts" / "library" / "2026.2.tsv"
FIRST_EDITION: Final = ROOT / "tests" / "data" / "library" / "2026.1.tar.xz"
CHECKLISTS: Final = ROOT / "checklists"
WAYS: Final = ("moved", "changed", "same", "new")


_INSIDE: Final = " " * 8
"""How the lines of an item begin, after its first."""

_MARK: Final = f"{_INSIDE}still_valid:"


class Row(NamedTuple):
    """What happened to an item between the editions."""

    checklist: str
    item_id: str
    way: str
    reason: str


def read_table() -> list[Row]:
    """Return the rows of the table in file order."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [Row(*cells) for cells in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


@cache
def read_first_edition() -> Mapping[str, str]:
    """Return the texts of the first edition by the ids of the checklists."""
    with tarfile.open(FIRST_EDITION, "r:xz") as archive:
        return {
            Path(member.name).stem: content.read().decode()
            for member in archive
            if (content := archive.extractfile(member)) is not None
        }


def decode_items(text: str) -> Mapping[str, Item]:
    """Return the items of a checklist's text by id."""
    loaded = decode_yaml(text, "checklist", "checklist.yaml", "en")
    if not isinstance(loaded.value, Checklist):
        raise TypeError(loaded.problems)
    return loaded.value.items()


def list_faults() -> Iterator[str]:
    """Yield what is wrong in the table, or in `still_valid` of the checklists."""
    rows = {(row.checklist, row.item_id): row for row in read_table()}
    if len(rows) != len(read_table()):
        yield "an item has two rows"
    for path in sorted(CHECKLISTS.glob("*.yaml")):
        first = decode_items(read_first_edition()[path.stem])
        present = decode_items(path.read_text("utf-8"))
        for item_id in first.keys() - present.keys():
            yield f"{item_id} is gone"
        for item_id, item in present.items():
            row = rows.pop((path.stem, item_id), None)
            if row is None or row.way not in WAYS or not row.reason:
                yield f"{item_id} has no row with a known way and a reason"
            elif (fault := _find_fault(row.way, first.get(item_id), item)) is not None:
                yield f"{item_id}: {row.way}, {fault}"
    yield from (
        f"{row.item_id} of the table is no item of {row.checklist}" for row in rows.values()
    )


def _find_fault(way: str, before: Item | None, item: Item) -> str | None:
    if before is None or way == "new":
        return (
            None if before is None and way == "new" else "but new is an item without a former one"
        )
    former = former_fingerprints(before)
    if (former == former_fingerprints(item)) != (way == "same"):
        return "but the fingerprints say otherwise"
    if set(former) <= set(item.still_valid):
        return None if way == "moved" else "but `still_valid` names the former fingerprints"
    return "but `still_valid` lacks the former fingerprints" if way == "moved" else None


def former_fingerprints(item: Item) -> list[str]:
    """Return the fingerprints of an item in both languages."""
    return [item_fingerprint(item, lang) for lang in LANGS]


def mark_checklist(name: str, text: str, ways: Mapping[str, str]) -> str:
    """Return the text of a checklist with `still_valid` at the items that were moved alone."""
    first = decode_items(read_first_edition()[name])
    lines = [line for line in text.split("\n") if not line.startswith(_MARK)]
    marked: list[str] = []
    mark: str | None = None
    for line in lines:
        if mark is not None and not line.startswith(_INSIDE):
            marked.append(mark)
            mark = None
        marked.append(line)
        match = re.fullmatch(r"      - id: (\S+)", line)
        if match is not None and ways.get(match[1]) == "moved":
            mark = f"{_MARK} [{', '.join(former_fingerprints(first[match[1]]))}]"
    return "\n".join(marked)


def mark_checklists() -> None:
    """Write `still_valid` into the checklists."""
    for path in sorted(CHECKLISTS.glob("*.yaml")):
        ways = {row.item_id: row.way for row in read_table() if row.checklist == path.stem}
        text = path.read_text("utf-8")
        marked = mark_checklist(path.stem, text, ways)
        if marked != text:
            path.write_text(marked, "utf-8")
            print(path)


if __name__ == "__main__":
    if "--check" not in sys.argv[1:]:
        mark_checklists()
    faults = list(list_faults())
    print("\n".join(faults))
    sys.exit(bool(faults))
