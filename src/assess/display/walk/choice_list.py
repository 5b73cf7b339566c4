"""All choices of an item, each whole with what counts as it and how many points it gives."""

from __future__ import annotations

from typing import NamedTuple

from assess.display.walk.choice_lines import ChoiceBlock, choice_text_with_criterion
from assess.display.walk.kinds.kind import OfferedChoice
from assess.display.walk.pane import ShownItem, make_choice_block
from assess.engine.finding_name import item_label_and_title
from assess.engine.kinds.values import answer_degree
from assess.engine.punctuation import format_bracketed_remark
from assess.harmless import escape_as_single_line
from assess.i18n import translator
from assess.model.answer import Answer


class ListedChoice(NamedTuple):
    """A choice, and its words in the list."""

    choice: OfferedChoice
    words: str


def choice_list_title(view: ShownItem) -> str:
    """Return title and id of the item."""
    item = view.state.item
    return escape_as_single_line(f"{item_label_and_title(item, view.lang)}  {item.id}")


def list_choices_with_degrees(view: ShownItem) -> list[ListedChoice]:
    """Return all choices of an item, `not applicable` last."""
    block = make_choice_block(view)
    return [
        ListedChoice(choice, _choice_text_with_degree(choice, block, view))
        for choice in block.choices
    ]


def _choice_text_with_degree(choice: OfferedChoice, block: ChoiceBlock, view: ShownItem) -> str:
    mark = "[x] " if choice.chosen else "[ ] "
    text = ("" if choice.effect == "input" else mark) + choice_text_with_criterion(choice, block)
    answer = Answer(status=choice.fields.get("status"), value=choice.fields.get("value"))
    degree = answer_degree(view.state.item, answer, view.checklist.scoring)
    if degree is None:
        return text
    _ = translator(view.lang)
    percent = f"{float(degree * 100):g}"
    return text + format_bracketed_remark(
        _("counts {percent} %").format(percent=percent), view.lang
    )
