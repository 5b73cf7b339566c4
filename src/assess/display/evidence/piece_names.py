"""How pieces of evidence are named in forms and lists: title and file, the id behind; pure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from assess.engine.punctuation import format_bracketed_remark
from assess.harmless import escape_as_single_line
from assess.i18n import Lang
from assess.model.base import pick_text
from assess.model.evidence import EvidenceRow


def evidence_name_with_file(row: EvidenceRow, lang: Lang) -> str:
    """Return the title of a piece with the name of its file, or where its paper is kept."""
    place = PurePosixPath(row.file.path_without_hash).name if row.file else row.paper or ""
    return escape_as_single_line(pick_text(row.title, lang) + format_bracketed_remark(place, lang))


def unique_evidence_names_by_id(register: Mapping[str, EvidenceRow], lang: Lang) -> dict[str, str]:
    """Return the names of all pieces by id, each once: to a name that returns its id is added."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for row_id, row in register.items():
        name = evidence_name_with_file(row, lang)
        names[row_id] = f"{name}  {row_id}" if name in taken else name
        taken.add(name)
    return names
