"""The form that asks what becomes of a piece that is attached to one more item; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, cast, get_args

from assess.display.text.forms import FieldErrors, FormField, FormValues, InputForm
from assess.engine.punctuation import semicolon_sign
from assess.i18n import N_, Lang, translator

AgainWay = Literal["as_registered", "retitled", "another_row"]
"""How a registered piece is attached: as it stands, with another title for all items that cite it,
or as a row of its own."""

_WORDS: Final[dict[AgainWay, str]] = {
    "as_registered": N_("attach it under this title"),
    "retitled": N_("change its title, for these items too"),
    "another_row": N_("register it once more under another title"),
}
_SHOWN: Final = 3
"""Maximum number of items that are named; the others are counted."""


def attach_again_form(
    item_id: str, title: str, citing_items: Sequence[str], typed_title: str, proof: str, lang: Lang
) -> InputForm:
    """Return the form for a piece that is registered already.

    `title` is its title, `citing_items` are the items that cite it, `proof` is what it is to prove
    here. Where another title was typed, a row of its own is proposed.
    """
    _ = translator(lang)
    text = _("It is registered as “{title}”. It proves: {items}")
    label = text.format(title=title, items=_citing_items_text(citing_items, lang))
    proposed: AgainWay = "as_registered" if typed_title in ("", title) else "another_row"

    def check_values(values: FormValues) -> FieldErrors:
        needs_title = read_chosen_way_to_attach(values) != "as_registered"
        lacks_title = needs_title and not values["title"].strip()
        return {"title": _("this is needed")} if lacks_title else {}

    fields = (
        FormField(
            "way",
            label,
            "pick",
            proposed,
            options=tuple((way, _(_WORDS[way])) for way in get_args(AgainWay)),
        ),
        FormField("title", _("Title for 2 and 3"), value=typed_title or proof),
    )
    title = _("Evidence once more, for {item}").format(item=item_id)
    return InputForm(title, fields, check_values, save_label=_("attach"))


def read_chosen_way_to_attach(values: FormValues) -> AgainWay:
    """Return the chosen way."""
    return cast("AgainWay", values["way"])


def _citing_items_text(citing_items: Sequence[str], lang: Lang) -> str:
    _ = translator(lang)
    if not citing_items:
        return _("nothing yet")
    more = len(citing_items) - _SHOWN
    named = [
        *citing_items[:_SHOWN],
        *([_("and {count} more").format(count=more)] if more > 0 else []),
    ]
    return semicolon_sign(lang).join(named)
