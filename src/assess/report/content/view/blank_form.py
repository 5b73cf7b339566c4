"""The view-model of the blank form: each item with the fields that take its answer."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.text.condition_words import ConditionWords
from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.statuses import may_be_inapplicable, status_criterion_text
from assess.engine.parameters import requirement_text_with_values
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Checklist, list_headings_of_new_groups
from assess.model.item import Item
from assess.model.results import ItemState, SectionState
from assess.report.content.field_names import ABSENT, NOTE
from assess.report.content.view.base import View
from assess.report.content.view.check_sentences import CheckSentences
from assess.report.content.view.grid_layout import GridLayout
from assess.report.content.view.kinds.fields import FieldMaker, FieldView
from assess.report.content.view.kinds.registry import get_report_kind_of_item


class FormItem(View, frozen=True, kw_only=True):
    """An item of the form."""

    number: str
    id: str
    title: str
    requirement: str
    opening: str
    """Which answers ask for it, as a sentence; '' where it is asked anyway."""
    checks: tuple[str, ...]
    """What field checks demand of it, a sentence each."""
    guidance: str
    """The issuer's guidance, where all details are wanted."""
    ticks: tuple[FieldView, ...]
    """Radio buttons or tick boxes, a line each."""
    texts: tuple[FieldView, ...]
    """What is written, a line each."""
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[FieldView, ...], ...], ...]
    """Of a table: the fields of each cell, row by row."""
    layout: GridLayout | None
    """How the table stands on the page."""
    absent: FieldView | None
    """The tick for `not applicable`, if no radio button has this meaning."""
    note: FieldView


class FormSection(View, frozen=True, kw_only=True):
    """A section of the form."""

    title: str
    items: tuple[FormItem, ...]
    group: str
    """The heading above it and the sections after it; '' where none begins."""


def make_form_sections(
    sheet: str,
    checklist: Checklist,
    sections: Sequence[SectionState],
    lang: Lang,
    *,
    with_guidance: bool,
) -> tuple[FormSection, ...]:
    """Return the items that facts do not leave out, with their empty fields.

    Nobody has answered on paper yet, so sub-questions are all there, with what opens them.
    """
    words, checks = ConditionWords(checklist, lang), CheckSentences(checklist, lang)
    shown = [part for part in sections if any(map(_is_asked_on_paper, part.items))]
    groups = list_headings_of_new_groups([part.section for part in shown], lang)
    return tuple(
        FormSection(
            title=pick_text(part.section.title, lang),
            items=tuple(
                _make_form_item(
                    sheet,
                    state,
                    _write_fill_only_if_sentence(words, state.item, lang),
                    checks.list_sentences_of_item(state.item.id),
                    lang,
                    with_guidance=with_guidance,
                )
                for state in part.items
                if _is_asked_on_paper(state)
            ),
            group=group,
        )
        for part, group in zip(shown, groups, strict=True)
    )


def _is_asked_on_paper(state: ItemState) -> bool:
    """Return whether facts do not leave an item out."""
    return state.applies != "no" or state.closed


def _write_fill_only_if_sentence(words: ConditionWords, item: Item, lang: Lang) -> str:
    """Return which answers ask for an item; '' where it is asked anyway."""
    condition = words.format_opening_condition(item)
    _ = translator(lang)
    return _("Fill in only if {condition}.").format(condition=condition) if condition else ""


def _make_form_item(
    sheet: str,
    state: ItemState,
    condition_sentence: str,
    checks: tuple[str, ...],
    lang: Lang,
    *,
    with_guidance: bool,
) -> FormItem:
    _, item = translator(lang), state.item
    title, kind = item_label_and_title(item, lang), get_report_kind_of_item(item)
    number = "" if item.label else str(state.number)
    field_maker = FieldMaker(sheet, item.id, f"{number} {title}".lstrip(), lang)
    grid = kind.grid(field_maker, item)
    return FormItem(
        number=number,
        id=item.id,
        title=title,
        requirement=requirement_text_with_values(state, lang),
        opening=condition_sentence,
        checks=checks,
        guidance=pick_text(item.guidance, lang) if with_guidance else "",
        ticks=tuple(kind.ticks(field_maker, item)),
        texts=tuple(kind.texts(field_maker, item)),
        columns=grid.columns,
        rows=grid.rows,
        layout=grid.layout,
        absent=None if kind.absent_by_radio else _make_not_applicable_field(field_maker, item),
        note=field_maker.make_field("text", _("Note, or the reason"), NOTE, lines=2),
    )


def _make_not_applicable_field(field_maker: FieldMaker, item: Item) -> FieldView | None:
    """Return the tick for `not applicable`; None where the item is never called so."""
    if not may_be_inapplicable(item):
        return None
    _ = translator(field_maker.lang)
    words = status_criterion_text(item.verdict, "not_applicable", field_maker.lang)
    return field_maker.make_field("tick", _("not applicable"), ABSENT, verdict=words)
