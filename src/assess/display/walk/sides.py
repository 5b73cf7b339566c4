"""Two versions of the same, side by side: of an answer over time, of a conflict, of a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, NamedTuple

from assess.display.text.forms import Form
from assess.display.text.safe import one_line, visible
from assess.display.text.styled import Line, Part
from assess.display.text.wrap import fit, wrap
from assess.engine.history.changes import FieldChange
from assess.engine.history.words import FIELDS
from assess.engine.kinds.wording import NAMES, plain, value_text
from assess.engine.punctuation import colon, comma, semicolon
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.config import Person
from assess.model.item import Item
from assess.workspace import REMOVE
from assess.workspace.history.answer_history import Version

READING = 56
"""Cells of the two columns where they are read in a window, at 60 columns too."""

_BETWEEN = 3
"""Cells between the two columns."""


class Pair(NamedTuple):
    """What two versions say of one field."""

    label: str
    left: str
    right: str


def beside(heads: tuple[str, str], pairs: Sequence[Pair], width: int) -> list[Line]:
    """Return pairs in two columns under their heads, each field under its name."""
    room = (width - _BETWEEN) // 2
    lines: list[Line] = [_row(heads[0], heads[1], room, "title")]
    for pair in pairs:
        lines.append((Part(fit(one_line(pair.label), width), "label"),))
        texts = [wrap(visible(side), room) for side in (pair.left, pair.right)]
        lines += [_row(one, other, room) for one, other in zip_longest(*texts, fillvalue="")]
    return lines


def _row(left: str, right: str, room: int, style: Any = "plain") -> Line:
    between = (Part(" | ", "dim", " │ "),)
    return (Part(fit(left, room), style), *between, Part(fit(right, room), style))


def version_line(one: Version, people: Mapping[str, Person], lang: Lang) -> str:
    """Return when, by whom and in which commit an answer was changed, and which fields."""
    _ = translator(lang)
    when = one.at.strftime("%Y-%m-%d %H:%M") if one.at else _("not committed yet")
    names = comma(lang).join(_field_name(f.name, lang) for f in one.fields)
    parts = (when, person_name(one.by, people) or one.author, names, one.commit)
    return one_line("  ".join(part for part in parts if part))


def person_name(person: str | None, people: Mapping[str, Person]) -> str:
    """Return the name of a person's id, the id itself where nobody is known so."""
    if person is None:
        return ""
    return people[person].name if person in people else person


def _field_name(name: str, lang: Lang) -> str:
    return translator(lang)(FIELDS.get(name, name))


def version_pairs(
    fields: Sequence[FieldChange], about: Item | None, people: Mapping[str, Person], lang: Lang
) -> list[Pair]:
    """Return the fields of a version as pairs, old and new."""
    return [
        Pair(
            _field_name(one.name, lang),
            field_text(one.name, one.before, about, people, lang),
            field_text(one.name, one.after, about, people, lang),
        )
        for one in fields
    ]


def field_text(
    name: str, value: Any, about: Item | None, people: Mapping[str, Person], lang: Lang
) -> str:
    """Return what a field of an answer says, in words; `-` where it is not there."""
    if value is None or value in ({}, ()):
        return "-"
    if isinstance(value, Answer):
        said = value.status if value.value is None else plain(value.value)
        return value_text(about, value, lang) if about is not None else str(said)
    if name == "value" and about is not None:
        return value_text(about, Answer(value=value), lang)
    return "\n".join(_said(value, people, lang)) or "-"


_PARTS = {
    "state": N_("State"),
    "comment": N_("Comment"),
    "due": N_("Due"),
    "by": N_("Done by"),
    "at": N_("Time"),
    "action": N_("Action"),
    "unit": N_("Unit"),
    "owner": N_("Owner"),
    "reason": N_("Reason"),
    "note": N_("Note"),
    "level": N_("Risk"),
    "id": N_("Mitigation"),
    "done_on": N_("Done on"),
    "verified_by": N_("Verified by"),
    "verified_on": N_("Verified on"),
    "accepted_by": N_("Risk accepted by"),
}
"""Parts of a field, as people read them; others go by the name that files have."""


def _said(value: Any, people: Mapping[str, Person], lang: Lang) -> Iterator[str]:
    _ = translator(lang)
    fields = getattr(value, "__struct_fields__", None)
    pairs = {one: getattr(value, one) for one in fields} if fields else value
    if isinstance(pairs, Mapping):
        for part, one in pairs.items():
            if one not in (None, {}, ()) and part not in ("of", "fingerprint"):
                label = _(_PARTS[part]) if part in _PARTS else part
                yield label + colon(lang) + semicolon(lang).join(_said(one, people, lang))
    elif isinstance(value, tuple | list):
        yield semicolon(lang).join(text for one in value for text in _said(one, people, lang))
    elif isinstance(value, datetime):
        yield value.strftime("%Y-%m-%d %H:%M")
    else:
        text = plain(value)
        yield _(NAMES[text]) if text in NAMES else person_name(text, people)


def change_pairs(
    fields: Mapping[str, Any], answer: Answer, about: Item | None, lang: Lang
) -> list[Pair]:
    """Return the fields of a change beside what an answer says of them."""
    return [
        Pair(
            _field_name(_LONG.get(name, name), lang),
            field_text(name, None if value is REMOVE else value, about, {}, lang),
            field_text(name, _inside(answer, name), about, {}, lang),
        )
        for name, value in fields.items()
        if name not in ("fingerprint", "by", "at")
    ]


_OF_FORM: Mapping[str, tuple[str, ...]] = {
    "note": ("note",),
    "value": ("status", "value"),
    "remediation": ("remediation",),
    "mitigation": ("mitigation",),
    "risk": ("risk",),
    "review": ("status", "value", "note", "evidence", "review"),
}
"""The fields of an answer that a form is about."""


def overtaken(form: str, before: Answer, now: Answer, values: Mapping[str, str]) -> bool:
    """Whether another program wrote what a form is about, and otherwise, while it was open."""
    fields = _OF_FORM.get(form, ())
    same = values.get("note", "").strip() == (now.note or "") if form == "note" else False
    return not same and any(getattr(before, one) != getattr(now, one) for one in fields)


def typed_pairs(
    form: Form, name: str, values: Mapping[str, str], now: Answer, about: Item, lang: Lang
) -> list[Pair]:
    """Return what was typed into a form beside what an answer says of it now."""
    mine = [(field.label, values[field.name].strip()) for field in form.fields]
    named = (f"{label}{colon(lang)}{text}" for label, text in mine if text)
    left = mine[0][1] if len(mine) == 1 else "\n".join(named)
    fields = [field for field in _OF_FORM.get(name, ()) if getattr(now, field)]
    said = [field_text(field, getattr(now, field), about, {}, lang) for field in fields]
    return [Pair(_field_name(_LONG.get(name, name), lang), left or "-", "\n".join(said) or "-")]


_LONG = {"status": "answer", "value": "answer", "remediation": "remediation.action"}


def _inside(answer: Answer, name: str) -> Any:
    value: Any = answer
    for part in name.split("."):
        value = getattr(value, part, None)
    return value
