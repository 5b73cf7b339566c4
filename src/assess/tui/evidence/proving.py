"""The command of the evidence register that attaches a piece to the items that it proves."""

from __future__ import annotations

from collections.abc import Sequence

from assess.display.evidence.proof_match import (
    choose_most_likely_proof_id,
    list_likely_item_indexes,
)
from assess.display.text.marks import system_or_unit_text
from assess.display.walk.item_form import proof_text
from assess.engine.finding_name import item_label_and_title
from assess.engine.punctuation import format_bracketed_remark
from assess.harmless import escape_as_single_line
from assess.i18n import plural_translator, translator
from assess.model.base import pick_text
from assess.model.results import ItemState
from assess.tui.core.answer_change import AnswerChange, EvidenceAttachment
from assess.tui.core.handlers import CommandHandlers
from assess.tui.core.row_search import make_row_search
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.shell import ListRow
from assess.tui.evidence.content import EvidenceContent
from assess.workspace import SheetName
from assess.workspace.evidence.register_view import Citation, EvidenceStatus

ProvedItem = tuple[SheetName, ItemState]
"""An item of a sheet that a piece may prove."""


class ProvingCommands:
    """Attaches the chosen piece to ticked items, each its own change."""

    def __init__(self, context: RowsContext, content: EvidenceContent) -> None:
        self._context = context
        self._content = content

    def handlers(self) -> CommandHandlers:
        """Return what the commands do."""
        return {"prove_items": self._ask_items_and_attach_evidence}

    def _ask_items_and_attach_evidence(self) -> None:
        """List the items that likely ask for the piece; typing searches all of the round."""
        context, piece = self._context, self._content.chosen_evidence
        _ = translator(context.lang)
        if piece is None:
            context.show_message(_("nothing registered yet: + adds a file"))
            return
        title = pick_text(piece.row.title, context.lang)
        items = [
            (name, state)
            for name, assessment in self._content.sheets.items()
            for state in assessment.items
            if state.applies != "no"
        ]
        text = _("What does “{title}” prove? Typing searches all items")

        def show_rows(lists: tuple[list[ListRow], list[ListRow]]) -> None:
            rows, likely = lists

            search = make_row_search(rows)

            def find_rows(words: str) -> list[ListRow]:
                return likely if likely and not words.strip() else search(words)

            context.shell.dialogs.tick_rows(
                text.format(title=escape_as_single_line(title)),
                find_rows,
                lambda ticked: self._attach_to_items(
                    piece, title, [items[int(value)] for value in ticked]
                ),
            )

        context.jobs.run_job(
            lambda: self._item_rows_and_likely_rows(piece, title, items), show_rows
        )

    def _item_rows_and_likely_rows(
        self, evidence: EvidenceStatus, title: str, items: Sequence[ProvedItem]
    ) -> tuple[list[ListRow], list[ListRow]]:
        """Return a row for each item, and those of the items that likely ask for the piece."""
        rows = [
            self._make_item_row(evidence, title, index, item) for index, item in enumerate(items)
        ]
        asked = [state.item for _name, state in items]
        return rows, [
            rows[index] for index in list_likely_item_indexes(asked, title, self._context.lang)
        ]

    def _make_item_row(
        self, evidence: EvidenceStatus, title: str, index: int, item: ProvedItem
    ) -> ListRow:
        (name, state), lang = item, self._context.lang
        proof = choose_most_likely_proof_id(state.item, title, state.missing_evidence, lang)
        words = f"{state.item.id} {item_label_and_title(state.item, lang)}"
        if len(self._content.sheets) > 1:
            words += f"  {system_or_unit_text(self._content.sheets[name], lang)}"
        words += format_bracketed_remark(proof_text(state.item, proof, lang), lang)
        _ = translator(lang)
        is_cited = Citation(name, state.item.id) in evidence.cited
        return ListRow(str(index), words, _("attached already") if is_cited else "")

    def _attach_to_items(
        self, evidence: EvidenceStatus, title: str, items: Sequence[ProvedItem]
    ) -> None:
        context = self._context
        for name, state in items:
            proof = choose_most_likely_proof_id(
                state.item, title, state.missing_evidence, context.lang
            )
            change = AnswerChange(name, state.item.id, {})
            context.shell.saver.add_job(EvidenceAttachment(change, proof, title, evidence.id))

        def show_attached(_loaded: None) -> None:
            context.redraw.everything()
            if context.shell.saver.error is not None:
                return
            _ = translator(context.lang)
            _n = plural_translator(context.lang)
            text = _n(
                "attached to {count} item; u at an item takes it back there",
                "attached to {count} items; u at an item takes it back there",
                len(items),
            )
            context.show_message(text.format(count=len(items)))

        context.jobs.run_job(self._content.load_data, show_attached)
