"""Text in the walk: a form for the text, of one line where it has a pattern or is short."""

from __future__ import annotations

from typing import Any

from assess.display.text.forms import FieldKind, FormField, FormValues
from assess.display.walk.kinds.kind import WalkKind, make_single_input_choice_lister
from assess.engine.kinds.text import has_text_one_line
from assess.engine.kinds.typed_text import convert_full_width_to_ascii
from assess.engine.kinds.wording import format_value_without_exponent
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.item import TextItem


def _text_field(item: TextItem, answer: Answer, lang: Lang) -> tuple[FormField, ...]:
    _, most = translator(lang), item.text.max_length
    text = "" if answer.value is None else format_value_without_exponent(answer.value)
    hint = _("at most {count} characters").format(count=most) if most else ""
    if item.text.pattern == "phone":
        hint = _("as 0571-88880000; an extension after a hyphen: 0571-88880000-12")
    kind: FieldKind = "line" if has_text_one_line(item) and "\n" not in text else "text"
    return (FormField("value", _("Text"), kind, text, hint),)


def _read_text(item: TextItem, values: FormValues) -> Any:
    """Return the typed text; one of a pattern, such as a telephone number, with ASCII digits."""
    text = values["value"].strip()
    return text if item.text.pattern is None else convert_full_width_to_ascii(text)


def _is_telephone(item: TextItem) -> bool:
    return item.text.pattern == "phone"


def _has_no_pattern(item: TextItem) -> bool:
    return item.text.pattern is None


KIND = WalkKind[TextItem](
    list_offered_choices=make_single_input_choice_lister(N_("enter the text")),
    fields=_text_field,
    read=_read_text,
    takes_digits=_is_telephone,
    takes_words=_has_no_pattern,
)
