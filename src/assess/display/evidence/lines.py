"""The lines and forms of the evidence register; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assess import locations
from assess.china_time import format_china_time
from assess.display.text.cells import width_of
from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm, is_iso_date
from assess.display.text.marks import count_or_dot_part, make_mark_part, mark_style
from assess.display.text.names import FAULTS, KINDS
from assess.display.text.styled import (
    DrawnLines,
    LinePart,
    StyledLine,
    dash_line,
    fill_line,
    labelled_lines,
    row_line,
    styled_line,
)
from assess.display.text.wrap import align_right, fit_width
from assess.display.walk.sides import person_name
from assess.engine.kinds.typed_text import normalize_typed_date
from assess.engine.outside_findings import outside_source_and_number
from assess.engine.punctuation import colon_sign, enumeration_comma_sign, semicolon_sign
from assess.harmless import escape_as_single_line
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.config import Person
from assess.model.evidence import EvidenceRow
from assess.workspace.evidence.register_view import EvidenceStatus

_KIND, _SIZE, _DATE, _CITED = 6, 9, 11, 6
_GAP = "  "
_EFFECTIVE_FROM = 72
"""Minimum width that shows the effective date."""
_SIGNS = (
    ("missing", "x"),
    ("changed", "x"),
    ("expired", "x"),
    ("misnamed", "!"),
    ("expires_soon", "!"),
)
_SHOWN = 24
"""Maximum number of citations in the details. The rest is counted."""


FormChecker = Callable[[FormValues], FieldErrors]


def file_size_text(size: int) -> str:
    """Return a file size for users."""
    if size < 1024:  # noqa: PLR2004  # bytes of a kilobyte
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size // 1024} kB"
    return f"{size / 1024 / 1024:.1f} MB"


def content_mismatch_warning(name: str, lang: Lang) -> str:
    """Return the warning about a file whose name does not match its content."""
    return escape_as_single_line(
        f"! {name}{colon_sign(lang)}{translator(lang)(FAULTS['misnamed'])}"
    )


def evidence_status_mark(piece: EvidenceStatus) -> str:
    """Return the mark of a piece.

    `x`: not usable; `!`: soon not usable, or misnamed; `.`: not cited; `v`: in order.
    """
    fault_sign = next((sign for fault, sign in _SIGNS if fault in piece.faults), "")
    return fault_sign or ("." if "unused" in piece.faults else "v")


def register_lines(
    rows: Sequence[EvidenceStatus], cursor: int, lang: Lang, width: int
) -> DrawnLines:
    """Return a heading and one line for each piece."""
    _ = translator(lang)
    heads = _Cells(_("Piece"), _("Kind"), _("Size"), _("Effective"), _("Expires"))
    cited = align_right(_("Cited"), _CITED)
    head = styled_line("    " + _join_columns(heads, width) + cited, "label")
    lines: list[StyledLine] = [fill_line(head, width, "raised")]
    if not rows:
        return DrawnLines(
            [*lines, styled_line("    " + _("nothing registered yet: + adds a file"), "dim")]
        )
    for index, piece in enumerate(rows):
        mark = make_mark_part(evidence_status_mark(piece), after=" ")
        cells = LinePart(_join_columns(_evidence_cells(piece, lang), width))
        row = (mark, cells, count_or_dot_part(piece.citation_count, _CITED, "plain"))
        lines.append(row_line(row, width, focused=index == cursor))
    return DrawnLines(lines, cursor + 1 if cursor else 0)


class _Cells(NamedTuple):
    title: str
    kind: str
    size: str
    effective: str
    expires: str


def _evidence_cells(piece: EvidenceStatus, lang: Lang) -> _Cells:
    _, row = translator(lang), piece.row
    kind = _(KINDS[piece.kind]) if piece.kind else _("paper") if row.paper else _("other")
    return _Cells(
        pick_text(row.title, lang),
        kind,
        file_size_text(row.file.size) if row.file else "",
        row.effective.isoformat() if row.effective else "-",
        row.expires.isoformat() if row.expires else "-",
    )


def _join_columns(cells: _Cells, width: int) -> str:
    effective = fit_width(cells.effective, _DATE) if width >= _EFFECTIVE_FROM else ""
    size = align_right(cells.size, _SIZE - len(_GAP)) + _GAP
    tail = " " + fit_width(cells.kind, _KIND) + size + effective + fit_width(cells.expires, _DATE)
    return fit_width(escape_as_single_line(cells.title), width - 4 - width_of(tail) - _CITED) + tail


def evidence_detail_lines(
    piece: EvidenceStatus,
    titles: Mapping[str, str],
    people: Mapping[str, Person],
    lang: Lang,
    width: int,
) -> list[StyledLine]:
    """Return the details of a piece; `titles` are the titles of the items by id."""
    _ = translator(lang)
    blocks = list(_labelled_details(piece, people, lang))
    names = [_("State"), _("Cited by"), *(label for label, _texts in blocks)]
    label_width = max(map(width_of, names))
    lines: list[StyledLine] = [dash_line(width)]
    for label, texts in blocks:
        lines += labelled_lines(fit_width(label, label_width), texts, width)
    if piece.faults:
        faults_text = semicolon_sign(lang).join(_(FAULTS[fault]) for fault in piece.faults)
        sign = evidence_status_mark(piece)
        lines.append(
            (
                LinePart(fit_width(_("State"), label_width) + "  ", "label"),
                LinePart(fit_width(faults_text, width), mark_style(sign)),
            )
        )
    cited = list_citing_items_and_findings(piece, titles, lang)
    more = len(cited) - _SHOWN
    if more > 0:
        cited = [*cited[:_SHOWN], _("and {count} more").format(count=more)]
    return [*lines, *labelled_lines(fit_width(_("Cited by"), label_width), cited or ["-"], width)]


def list_citing_items_and_findings(
    piece: EvidenceStatus, titles: Mapping[str, str], lang: Lang
) -> list[str]:
    """Return what cites a piece, a line each: the items, then the findings of others."""
    items = [f"{where.item_id} {titles.get(where.item_id, '')}" for where in piece.cited]
    findings = [
        escape_as_single_line(
            f"{outside_source_and_number(finding, lang)}{colon_sign(lang)}{finding.text}"
        )
        for _id, finding in piece.findings
    ]
    return items + findings


def _labelled_details(
    piece: EvidenceStatus, people: Mapping[str, Person], lang: Lang
) -> Iterator[tuple[str, list[str]]]:
    _, row = translator(lang), piece.row
    yield _("Piece"), [f"{piece.id}  {pick_text(row.title, lang)}"]
    if row.file is not None:
        yield _("File"), [locations.evidence_path(row.file.path)]
        yield _("Hash"), [f"SHA-256 {row.file.sha256[:32]}.."]
    else:
        yield _("Paper kept at"), [row.paper or ""]
    registered_at = format_china_time(row.at) if row.at else ""
    by = " ".join(part for part in (person_name(row.by, people), registered_at) if part)
    if by:
        yield _("Registered"), [by]
    if piece.same:
        yield _("Same content"), [enumeration_comma_sign(lang).join(piece.same)]


def evidence_details_form(row: EvidenceRow, row_id: str, lang: Lang) -> InputForm:
    """Return the form for title, paper location, effective date and expiry of a piece."""
    _ = translator(lang)
    paper = (FormField("paper", _("Paper kept at"), value=row.paper or ""),) if row.paper else ()
    fields = (
        FormField("title", _("Title"), value=pick_text(row.title, lang)),
        *paper,
        *date_fields(row.effective, row.expires, lang),
    )
    return InputForm(
        _("Evidence") + " " + row_id, fields, make_required_and_dates_checker(lang, ("title",))
    )


def date_fields(effective: date | None, expires: date | None, lang: Lang) -> tuple[FormField, ...]:
    """Return the fields for the effective date and the expiry."""
    _ = translator(lang)
    hint = _("as 2026-03-18 or 3-18")
    return (
        FormField(
            "effective", _("Effective"), "day", effective.isoformat() if effective else "", hint
        ),
        FormField(
            "expires",
            _("Expires"),
            "due",
            expires.isoformat() if expires else "",
            _("empty: never"),
        ),
    )


def make_required_and_dates_checker(lang: Lang, required_fields: Sequence[str]) -> FormChecker:
    """Return the check of a form with these required fields and both dates."""
    _ = translator(lang)

    def check_values(values: FormValues) -> FieldErrors:
        errors = {name: _("this is needed") for name in required_fields if not values[name].strip()}
        for name in ("effective", "expires"):
            if values[name].strip() and not is_iso_date(normalize_typed_date(values[name])):
                errors[name] = _("not a date; write it as 2026-03-18")
        days = [normalize_typed_date(values[name]) for name in ("effective", "expires")]
        if not errors and all(days) and days[0] > days[1]:
            errors["expires"] = _("it expires before it takes effect")
        return errors

    return check_values


def new_evidence_file_form(lang: Lang, path: str, today: date) -> InputForm:
    """Return the form that registers a file."""
    _ = translator(lang)
    fields = (
        FormField("file", _("File"), "file", path, _("F3 chooses")),
        FormField("title", _("Title"), hint=_("what it shows")),
        *date_fields(today, None, lang),
    )
    return InputForm(
        _("Register a file"), fields, make_required_and_dates_checker(lang, ("file", "title"))
    )


def new_paper_evidence_form(lang: Lang, today: date) -> InputForm:
    """Return the form that registers a paper record."""
    _ = translator(lang)
    fields = (
        FormField("title", _("Title"), hint=_("what it shows")),
        FormField("paper", _("Paper kept at"), hint=_("room, shelf, folder")),
        *date_fields(today, None, lang),
    )
    return InputForm(
        _("Register a paper record"),
        fields,
        make_required_and_dates_checker(lang, ("title", "paper")),
    )


def evidence_row_fields_from_form(values: FormValues) -> dict[str, str]:
    """Return the fields of a register row for a filled-in form."""
    typed = {name: value.strip() for name, value in values.items() if name != "file"}
    for name in ("effective", "expires"):
        typed[name] = normalize_typed_date(typed[name])
    return typed
