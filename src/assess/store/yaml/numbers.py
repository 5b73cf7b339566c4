"""The number in the `format:` line of a file: raised with what is written, told where unknown."""

from __future__ import annotations

from typing import Any

from assess.i18n import Lang, translator
from assess.model.formats import FileKind, Format, needed_number, newer_uses, parse_format
from assess.problem import Problem
from assess.store.yaml.edit import Edit, apply
from assess.store.yaml.tree import read_tree


def raising_edits(kind: FileKind, tree: Any) -> list[Edit]:
    """Return the edit that raises the `format:` line to what the tree needs; none where it holds.

    The number never falls: what needed it may stand in another clone still.
    """
    said = parse_format(tree.get("format"))
    needed = Format(kind, needed_number(kind, tree))
    if said is not None and said.number >= needed.number:
        return []
    return [Edit(("format",), str(needed))]


def with_number(text: str, kind: FileKind) -> str:
    """Return the text of a new file with the lowest number that holds what it says."""
    tree = read_tree(text, "", "en").value
    return apply(text, [Edit(("format",), str(Format(kind, needed_number(kind, tree))))])


def with_raised_number(text: str, kind: FileKind) -> str:
    """Return the text of a file that was changed, with its number raised where that is needed."""
    return apply(text, raising_edits(kind, read_tree(text, "", "en").value))


def newer_problem(file: str, value: str, lang: Lang) -> Problem:
    """Return that a file was written by a newer program; `value` is what its `format:` says."""
    _ = translator(lang)
    message = _("the file is newer than this program ({given})").format(given=value)
    return Problem(file, "format-newer", message, _("update assess"), path=("format",))


def low_number_problem(file: str, tree: Any, said: Format, lang: Lang) -> Problem | None:
    """Return the first field that came with a higher number than the file says; None if none did.

    Older programs would call such a field unknown, and advise nothing useful. One line mends all.
    """
    uses = list(newer_uses(said.kind, tree, said.number))
    if not uses:
        return None
    _ = translator(lang)
    place, number = max(uses, key=lambda use: use.number)
    wanted = Format(said.kind, number)
    message = _("this came with {wanted}, and the file says {given}")
    hint = _("write in the first line: format: {wanted}").format(wanted=wanted)
    text = message.format(wanted=wanted, given=said)
    return Problem(file, "field-newer", text, hint, path=place)
