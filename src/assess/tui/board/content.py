"""The content of the board: all findings of the round, in groups."""

from __future__ import annotations

from assess.display.board.lines import (
    ORDER_NAMES,
    BoardCard,
    CardGroup,
    CardKey,
    Order,
    board_lines,
    finding_detail_lines,
    group_cards,
    list_cards_by_urgency,
)
from assess.display.text.styled import DrawnLines, LinePart
from assess.engine.outside_findings import OutsideRow
from assess.engine.scoring.figures import Figures, count_figures
from assess.i18n import plural_translator, translator
from assess.model.base import pick_text
from assess.model.config import Config
from assess.tui.core.rows.context import RowsContext
from assess.tui.core.session import AssessedSheet
from assess.workspace import SheetName
from assess.workspace.core.outside_findings import read_config_and_outside_rows


class BoardContent:
    """Shows the findings in groups."""

    def __init__(self, context: RowsContext, finding_id: str = "") -> None:
        """`finding_id` is the finding of others at which the cursor begins."""
        self._context = context
        self._wanted: CardKey | None = (None, finding_id) if finding_id else None
        self.opened: dict[SheetName, AssessedSheet] = {}
        self.outside: tuple[OutsideRow, ...] = ()
        self.config: Config | None = None
        self.order: Order = "due"
        self.groups: list[CardGroup] = []
        self.figures: Figures = count_figures(())
        self.ticked: set[CardKey] = set()
        """The findings that the next change is made to."""

    def load_data(self) -> None:
        """Read all sheets of the round, and the findings of others that stand in it."""
        session = self._context.shell.session
        self.opened = session.read_all_sheets()
        self.config, self.outside = session.run_job_exclusively(
            lambda workspace: read_config_and_outside_rows(
                workspace, session.round_id, session.today
            )
        )

    def refusal_text_if_round_closed(self) -> str:
        """Return that the round is closed; '' where it is open."""
        round_id = self._context.shell.session.round_id
        row = self.config.rounds.get(round_id) if self.config else None
        if row is None or row.state != "closed":
            return ""
        _ = translator(self._context.lang)
        text = _("round {round} is closed, so nothing can be changed in it")
        return text.format(round=round_id)

    def replace_sheet_and_redraw(self, sheet: SheetName, opened: AssessedSheet) -> None:
        """Show a sheet as it is now on disk, at the same finding."""
        if sheet in self.opened:
            self.opened[sheet] = opened
            self._context.redraw.everything()

    def are_writes_finished_or_failed(self) -> bool:
        """Return whether the last changes are written, or a write failed: keys wait until then."""
        saver = self._context.shell.saver
        return saver.error is not None or not saver.unwritten_job_count

    def update_rows_and_cursor(self) -> None:
        """Group the findings; the cursor stays at its finding."""
        current_key = self._wanted or (self.chosen_card.card_key if self.chosen_card else None)
        self._wanted = None
        sheets = {name: sheet.assessment for name, sheet in self.opened.items()}
        today = self._context.shell.session.today
        self.figures = count_figures(sheets.values(), self.outside)
        self.groups = group_cards(
            list_cards_by_urgency(sheets, self.outside), self.order, today, self._context.lang
        )
        keys = [card.card_key for card in self.cards]
        if current_key in keys:
            self._context.cursor = keys.index(current_key)

    def head_crumbs_and_right_parts(self) -> tuple[list[str], list[LinePart]]:
        """Return the screen and the order of the cards; their number."""
        _ = translator(self._context.lang)
        _n = plural_translator(self._context.lang)
        text = _n(
            "{count} finding, {late} overdue",
            "{count} findings, {late} overdue",
            self.figures.remediation.problems,
        )
        remediation, others = self.figures.remediation, self.figures.outside
        count = text.format(count=remediation.problems, late=remediation.overdue)
        facts = [LinePart(count, "bad" if remediation.overdue else "dim")]
        if others.all:
            words = _("of others: {count}, late {late}")
            facts.append(LinePart(words.format(count=others.all, late=others.overdue), "dim"))
        if self.ticked:
            facts.append(LinePart(_("{count} ticked").format(count=len(self.ticked))))
        return [_("Remediation"), _(ORDER_NAMES[self.order])], facts

    @property
    def cards(self) -> list[BoardCard]:
        """All findings, in their order."""
        return [card for group in self.groups for card in group.cards]

    @property
    def chosen_card(self) -> BoardCard | None:
        """The finding at the cursor; None without findings."""
        cards, cursor = self.cards, self._context.cursor
        return cards[cursor] if 0 <= cursor < len(cards) else None

    @property
    def ticked_cards(self) -> list[BoardCard]:
        """The ticked cards, in their order."""
        return [card for card in self.cards if card.card_key in self.ticked]

    @property
    def cards_to_change(self) -> list[BoardCard]:
        """The ticked cards, or else the chosen one."""
        return self.ticked_cards or [card for card in self.cards if card == self.chosen_card]

    def count_rows(self) -> int:
        """Return the number of findings."""
        return len(self.cards)

    def row_lines(self, width: int) -> DrawnLines:
        """Return the groups."""
        context = self._context
        return board_lines(self.groups, context.cursor, self.ticked, context.lang, width)

    def detail_lines(self, width: int) -> DrawnLines:
        """Return the chosen finding in full."""
        card, lang = self.chosen_card, self._context.lang
        if card is None or self.config is None:
            return DrawnLines(())
        titles = {
            name: pick_text(sheet.assessment.title, lang) for name, sheet in self.opened.items()
        }
        return DrawnLines(finding_detail_lines(card, titles, self.config, lang, width))
