"""The lines of the evidence register, and its forms; plain functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess.display.text.forms import Errors, Field, Form, Values, date_from, is_date
from assess.display.text.marks import FINE, style_of
from assess.display.text.names import FAULTS, KINDS
from assess.display.text.safe import one_line
from assess.display.text.styled import Drawn, Line, Part, labelled, line, rule
from assess.display.text.wrap import fit, width_of
from assess.display.walk.sides import person_name
from assess.engine.punctuation import colon, comma, semicolon
from assess.i18n import Lang, translator
from assess.model.base import pick
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.workspace.evidence.register_view import Exhibit

_KIND, _SIZE, _DATE, _CITED = 6, 9, 11, 6
_EFFECTIVE_FROM = 72
"""Below this width there is no room for the day of effect."""
_SIGNS = (
    ("missing", "x"),
    ("changed", "x"),
    ("expired", "x"),
    ("misnamed", "!"),
    ("expires_soon", "!"),
)
_SHOWN = 24
"""Citations that the details list; more are counted."""


Checker = Callable[[Values], Errors]


def size_text(size: int) -> str:
    """Return a size as people read it."""
    if size < 1024:  # noqa: PLR2004  # bytes of a kilobyte
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size // 1024} kB"
    return f"{size / 1024 / 1024:.1f} MB"


def misnamed_text(name: str, lang: Lang) -> str:
    """Return what is said of a file that is taken in under a name that lies."""
    return one_line(f"! {name}{colon(lang)}{translator(lang)(FAULTS['misnamed'])}")


def sign_of(one: Exhibit) -> str:
    """Return the mark of a piece: `x` can't serve, `!` soon can't, `.` serves nothing, `v` fine."""
    found = next((sign for fault, sign in _SIGNS if fault in one.faults), "")
    return found or ("." if "unused" in one.faults else "v")


def register_lines(rows: Sequence[Exhibit], cursor: int, lang: Lang, width: int) -> Drawn:
    """Return a heading and one line a piece."""
    _ = translator(lang)
    heads = _Cells(_("Piece"), _("Kind"), _("Size"), _("Effective"), _("Expires"), _("Cited"))
    lines: list[Line] = [line("    " + _columns(heads, width), "label")]
    if not rows:
        return Drawn([*lines, line("    " + _("nothing registered yet: + adds a file"), "dim")])
    for index, one in enumerate(rows):
        sign, text = sign_of(one), _columns(_cells(one, lang), width)
        if index == cursor:
            lines.append((Part(f"> {sign} {text}", "cursor", f"> {FINE[sign]} {text}"),))
        else:
            style = style_of(sign)
            lines.append((Part(f"  {sign} ", style, f"  {FINE[sign]} "), Part(text)))
    return Drawn(lines, cursor + 1 if cursor else 0)


class _Cells(NamedTuple):
    title: str
    kind: str
    size: str
    effective: str
    expires: str
    cited: str


def _cells(one: Exhibit, lang: Lang) -> _Cells:
    _, row = translator(lang), one.row
    kind = _(KINDS[one.kind]) if one.kind else _("paper") if row.paper else _("other")
    return _Cells(
        pick(row.title, lang),
        kind,
        size_text(row.file.size) if row.file else "",
        row.effective.isoformat() if row.effective else "-",
        row.expires.isoformat() if row.expires else "-",
        str(len(one.cited)),
    )


def _columns(cells: _Cells, width: int) -> str:
    effective = fit(cells.effective, _DATE) if width >= _EFFECTIVE_FROM else ""
    tail = " " + fit(cells.kind, _KIND) + fit(cells.size, _SIZE) + effective
    tail += fit(cells.expires, _DATE) + _right(cells.cited, _CITED)
    return fit(one_line(cells.title), width - 4 - width_of(tail)) + tail


def _right(text: str, width: int) -> str:
    return " " * max(0, width - width_of(text)) + text


def exhibit_lines(
    one: Exhibit,
    titles: Mapping[str, str],
    people: Mapping[str, Person],
    lang: Lang,
    width: int,
) -> list[Line]:
    """Return what is known of a piece; `titles` are those of the items by id."""
    _ = translator(lang)
    blocks = list(_blocks(one, people, lang))
    names = [_("State"), _("Cited by"), *(label for label, _texts in blocks)]
    room = max(map(width_of, names))
    lines: list[Line] = [rule(width)]
    for label, texts in blocks:
        lines += labelled(fit(label, room), texts, width)
    if one.faults:
        said = semicolon(lang).join(_(FAULTS[fault]) for fault in one.faults)
        sign = sign_of(one)
        lines.append(
            (Part(fit(_("State"), room) + "  ", "label"), Part(fit(said, width), style_of(sign)))
        )
    cited = [f"{where.item_id} {titles.get(where.item_id, '')}" for where in one.cited[:_SHOWN]]
    more = len(one.cited) - len(cited)
    if more > 0:
        cited.append(_("and {count} more").format(count=more))
    return [*lines, *labelled(fit(_("Cited by"), room), cited or ["-"], width)]


def _blocks(
    one: Exhibit, people: Mapping[str, Person], lang: Lang
) -> Iterator[tuple[str, list[str]]]:
    _, row = translator(lang), one.row
    yield _("Piece"), [f"{one.id}  {pick(row.title, lang)}"]
    if row.file is not None:
        yield _("File"), [f"evidence/{row.file.path}"]
        yield _("Hash"), [f"SHA-256 {row.file.sha256[:32]}.."]
    else:
        yield _("Paper kept at"), [row.paper or ""]
    at = row.at.strftime("%Y-%m-%d %H:%M") if row.at else ""
    by = " ".join(part for part in (person_name(row.by, people), at) if part)
    if by:
        yield _("Registered"), [by]
    if one.same:
        yield _("Same content"), [comma(lang).join(one.same)]


def row_details_form(row: EvidenceRow, row_id: str, lang: Lang) -> Form:
    """Return the form for title, paper place, day of effect and expiry of a registered piece."""
    _ = translator(lang)
    paper = (Field("paper", _("Paper kept at"), value=row.paper or ""),) if row.paper else ()
    fields = (
        Field("title", _("Title"), value=pick(row.title, lang)),
        *paper,
        *date_fields(row.effective, row.expires, lang),
    )
    return Form(_("Evidence") + " " + row_id, fields, checked_dates(lang, ("title",)))


def date_fields(effective: date | None, expires: date | None, lang: Lang) -> tuple[Field, ...]:
    """Return the fields for the day of effect and the expiry."""
    _ = translator(lang)
    hint = _("as 2026-03-18 or 20260318")
    return (
        Field(
            "effective", _("Effective"), value=effective.isoformat() if effective else "", hint=hint
        ),
        Field(
            "expires",
            _("Expires"),
            value=expires.isoformat() if expires else "",
            hint=_("empty: never"),
        ),
    )


def checked_dates(lang: Lang, needed: Sequence[str]) -> Checker:
    """Return the check of a form with these needed fields and both days."""
    _ = translator(lang)

    def check(values: Values) -> Errors:
        found = {name: _("this is needed") for name in needed if not values[name].strip()}
        for name in ("effective", "expires"):
            if values[name].strip() and not is_date(date_from(values[name])):
                found[name] = _("not a date; write it as 2026-03-18")
        days = [date_from(values[name]) for name in ("effective", "expires")]
        if not found and all(days) and days[0] > days[1]:
            found["expires"] = _("it expires before it takes effect")
        return found

    return check


def new_file_form(lang: Lang, path: str, today: date) -> Form:
    """Return the form that registers a file."""
    _ = translator(lang)
    fields = (
        Field("file", _("File"), "file", path, _("F3 chooses")),
        Field("title", _("Title"), hint=_("what it shows")),
        *date_fields(today, None, lang),
    )
    return Form(_("Register a file"), fields, checked_dates(lang, ("file", "title")))


def new_paper_form(lang: Lang, today: date) -> Form:
    """Return the form that registers a paper record."""
    _ = translator(lang)
    fields = (
        Field("title", _("Title"), hint=_("what it shows")),
        Field("paper", _("Paper kept at"), hint=_("room, shelf, folder")),
        *date_fields(today, None, lang),
    )
    return Form(_("Register a paper record"), fields, checked_dates(lang, ("title", "paper")))


def row_changes(values: Values) -> dict[str, str]:
    """Return the fields of a register row that a filled-in form means."""
    typed = {name: value.strip() for name, value in values.items() if name != "file"}
    for name in ("effective", "expires"):
        typed[name] = date_from(typed[name])
    return typed
