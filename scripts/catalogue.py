"""Bring the Chinese catalogue up to date with the texts in src/, and compile it.

Keeps every translation that is still used, adds new messages without one, drops the rest.
`--check` changes nothing and says what is untranslated or out of date.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "assess"
FOLDER = SOURCE / "locale" / "zh" / "LC_MESSAGES"
PO, MO = FOLDER / "assess.po", FOLDER / "assess.mo"
KEYWORDS = {"_": None, "_t": None, "N_": None, "_n": (1, 2), "Nn_": (1, 2)}
DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""In the header, so that the file does not change alone."""
FOREIGN = (
    "Usage:",
    "Options",
    "Show this message and exit.",
    "Show the version and exit.",
    "Error: {message}",
    "Error: invalid input",
    "Try '{command} {option}' for help.",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "Missing argument",
    "Missing option",
    "Missing command.",
    "Choose from:\n\t{choices}",
    "No such option {name!r}.",
    "No such command {name!r}.",
    "Option {name!r} does not take a value.",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
    "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a file.",
    "{name} {filename!r} is a directory.",
    "{name} {filename!r} is not readable.",
    "file",
    "directory",
    "path",
)
"""Texts of Click that are shown to people."""
FOREIGN_PLURALS = (
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
)
"""Those that have a form for one and one for many; the second is translated."""


def extracted() -> tuple[set[str], set[tuple[str, str]]]:
    """Return every message id that the program uses, and the pairs for one and for many."""
    found = extract_from_dir(str(SOURCE), [("**.py", "python")], {"**": {}}, keywords=KEYWORDS)
    ids = {row[2] for row in found}
    pairs = {(each[0], each[1]) for each in ids if not isinstance(each, str)}
    return {each for each in ids if isinstance(each, str)} | {*FOREIGN}, pairs | {*FOREIGN_PLURALS}


def known() -> dict[str, str]:
    """Return the translations there are."""
    with PO.open("rb") as file:
        catalog = read_po(file, locale="zh")
    return {
        _texts(one.id)[-1]: _texts(one.string)[-1]
        for one in catalog
        if one.id and any(_texts(one.string))
    }


def build() -> Catalog:
    """Return the catalogue as it should be."""
    catalog = Catalog(
        locale="zh",
        project="assess",
        header_comment="# Chinese texts of assess; scripts/catalogue.py keeps the list.",
        creation_date=DATE,
        revision_date=DATE,
        last_translator="assess",
        language_team="zh",
        msgid_bugs_address="",
        fuzzy=False,
    )
    translations = known()
    messages, pairs = extracted()
    for message in sorted(messages):
        catalog.add(message, translations.get(message, ""))
    for one, many in sorted(pairs):
        catalog.add((one, many), (translations.get(many, ""),))
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """Return the message ids without a translation."""
    waiting = (one for one in catalog if one.id and not all(_texts(one.string)))
    return [_texts(one.id)[-1] for one in waiting]


def _texts(given: str | Sequence[str] | None) -> Sequence[str]:
    """Return the forms of a message: one, or one for one thing and one for many."""
    return (given,) if isinstance(given, str) else given or ("",)


def rendered(catalog: Catalog) -> tuple[bytes, bytes]:
    """Return the bytes of the .po and of the .mo; the same for the same texts."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=0, no_location=True, omit_header=False, sort_output=True)
    write_mo(mo, catalog)
    return po.getvalue(), mo.getvalue()


def main(words: list[str]) -> int:
    """Write, or with `--check` only compare."""
    catalog = build()
    missing = untranslated(catalog)
    for message in missing:
        print(f"untranslated: {message!r}")
    if "--check" in words:
        po, _mo = rendered(catalog)
        stale = PO.read_bytes() != po
        print("out of date: run scripts/catalogue.py" if stale else "up to date")
        return int(stale or bool(missing))
    for path, data in zip((PO, MO), rendered(catalog), strict=True):
        path.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
