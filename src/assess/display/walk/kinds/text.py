"""Text in the walk: a form for the text, of one line where it has a pattern or is short."""

from __future__ import annotations

from typing import Final

from assess.display.text.forms import FieldKind, FormField
from assess.display.walk.kinds.kind import WalkKind, make_single_input_choice_lister
from assess.engine.kinds.wording import format_value_without_exponent
from assess.i18n import N_, Lang, translator
from assess.model.answer import Answer
from assess.model.item import TextItem

_MOST_ON_ONE_LINE: Final = 60
"""Characters of the longest text that is typed on one line: a name, a post, an office."""


def _text_field(item: TextItem, answer: Answer, lang: Lang) -> tuple[FormField, ...]:
    _, most = translator(lang), item.text.max_length
    text = "" if answer.value is None else format_value_without_exponent(answer.value)
    hint = _("at most {count} characters").format(count=most) if most else ""
    if item.text.pattern == "phone":
        hint = _("as 0571-88880000; an extension after a hyphen: 0571-88880000-12")
    is_short = most is not None and most <= _MOST_ON_ONE_LINE and "\n" not in text
    kind: FieldKind = "line" if item.text.pattern or is_short else "text"
    return (FormField("value", _("Text"), kind, text, hint),)


def _is_telephone(item: TextItem) -> bool:
    return item.text.pattern == "phone"


KIND = WalkKind[TextItem](
    list_offered_choices=make_single_input_choice_lister(N_("enter the text")),
    fields=_text_field,
    takes_digits=_is_telephone,
)
