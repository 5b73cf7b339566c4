"""What the field checks of a checklist (勾稽) demand, as the blank form says it at each item."""

from __future__ import annotations

from assess.engine.field_checks.judge import index_checks_by_item
from assess.engine.field_checks.words import relation_text
from assess.i18n import Lang, translator
from assess.model.base import pick_text
from assess.model.checklist import Checklist
from assess.model.field_check import FieldCheck
from assess.report.content.view.words import STOPS


class CheckSentences:
    """What the field checks of a checklist demand, for the items that they name."""

    def __init__(self, checklist: Checklist, lang: Lang) -> None:
        self._items = checklist.items()
        self._checks = index_checks_by_item(checklist.checks, self._items)
        self._lang = lang

    def list_sentences_of_item(self, item_id: str) -> tuple[str, ...]:
        """Return a sentence for each check that names an item."""
        return tuple(map(self._write_check_sentence, self._checks.get(item_id, ())))

    def _write_check_sentence(self, check: FieldCheck) -> str:
        _ = translator(self._lang)
        return _("Must agree: {meaning} ({relation}).").format(
            meaning=pick_text(check.text, self._lang).rstrip(STOPS),
            relation=relation_text(check, self._items, self._lang),
        )
