"""The walk: the section tree at the left, the current item and its answer at the right."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from assess.display.text.marks import scope_text, score_text, tally
from assess.display.text.styled import Drawn, Line, Part, line
from assess.display.walk.aside import aside_lines
from assess.display.walk.filters import NAMES, FilterName
from assess.display.walk.outline import outline
from assess.display.walk.pane import View, answer_lines, head_line, more_line, question_lines
from assess.engine.walk import Walk
from assess.errors import FilesError
from assess.model.base import pick
from assess.tui.commands.registry import Scope, bindings
from assess.tui.core.session import Opened
from assess.tui.core.widgets.lines import LinesView
from assess.tui.search.searching import ask_where
from assess.tui.walk.looking import Looking
from assess.tui.walk.position import Place
from assess.workspace import SheetName


class WalkScreen(Looking):
    """Goes through the items of one sheet."""

    SCOPE: ClassVar[Scope] = "walk"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("walk")]

    def __init__(
        self,
        name: SheetName,
        item_id: str | None = None,
        wanted: FilterName = "all",
        form: str = "",
    ) -> None:
        super().__init__()
        self._form = form
        self._sheet = name
        self._first = item_id
        self._wanted: FilterName = wanted
        self._shown = ""
        self.outline = LinesView(id="outline")
        self.divider = LinesView(id="divider")
        self.item_head = LinesView(id="item-head")
        self.question = LinesView(id="question")
        self.question.resized = self._draw_more
        self.more = LinesView(id="more")
        self.answer = LinesView(id="answer", grows=True)
        self.divider_right = LinesView(id="divider-right")
        self.aside = LinesView(id="aside")

    def compose(self) -> ComposeResult:
        """Lay out head, tree, item and footer."""
        yield self.head
        with Horizontal(id="body"):
            yield self.outline
            yield self.divider
            with Vertical(id="item"):
                yield self.item_head
                yield self.question
                yield self.more
                yield self.answer
            yield self.divider_right
            yield self.aside
        yield self.foot

    def on_mount(self) -> None:
        """Read the sheet off the event loop."""
        for divider in (self.divider, self.divider_right):
            divider.draw(lambda _width: Drawn([(Part("| ", "dim", "│ "),)] * 200))
        self.draw_foot()
        self.run_worker(self._read(), group="read", exclusive=True)

    async def _read(self, *, anew: bool = False, said: str = "") -> None:
        session = self.shell.session
        read = session.reread if anew else session.read
        try:
            opened = await asyncio.to_thread(read, self._sheet)
        except FilesError as error:
            self.shell.show_problems(error)
            return
        if self.place is None:
            self._begin(opened)
            if self._form:
                self.call_after_refresh(self.open_form, self._form)
        else:
            self.place.follow(opened)
        if said:
            self.say(said)
        self.draw_all()
        self.call_after_refresh(self.answerable)

    def _begin(self, opened: Opened) -> None:
        person = self.shell.session.person
        self.place = Place(self._sheet, opened, self.shell.saver, self.lang, person)
        if self._first is not None:
            self.place.walk = self.place.walk.go_to(self._first) or self.place.walk
        if self._wanted != "all":
            first = self._first or next(iter(self.place.walk.order), "")
            self.place.walk = self.place.walk.go_to(first) or self.place.walk
            self.look_for(self.place, self._wanted)
        self.run_worker(self.read_past(self.place), group="past")

    @property
    def ready(self) -> bool:
        """Whether the sheet is read: keys wait until then."""
        return self.place is not None

    def answerable(self) -> None:
        """Do nothing: the first item can be answered from here on (the bench listens)."""

    def outdated(self) -> None:
        """Read the sheet again: what it stands on, or who acts, was changed on another screen."""
        if self.place is not None:
            # Keys that come before the sheet is read go by who acts now.
            self.place.person = self.shell.session.person
        self._read_anew()

    def saved(self, sheet: SheetName, opened: Opened) -> None:
        """Show the sheet as it is now on disk."""
        if self.place is not None and sheet == self._sheet:
            self.place.follow(opened)
            self.draw_all()

    # Drawing

    def redraw(self) -> None:
        """Show anew how far saving is."""
        self.draw_all()

    def draw_all(self) -> None:
        """Show everything anew."""
        place = self.place
        if place is None:
            return
        self._draw_head(place)
        self.draw_foot()
        sections = place.opened.assessment.sections
        shown = place.shown()
        self.outline.draw(
            lambda width: outline(sections, place.item_id, place.mark, self.lang, width, shown)
        )
        if not place.item_id:
            self.question.draw(lambda _width: Drawn([line(self._("no item applies here"))]))
            return
        view = place.view(self.drafts_of(place))
        moved, self._shown = self._shown != place.item_id, place.item_id
        self.item_head.draw(lambda width: Drawn([head_line(view, width)]))
        self.answer.draw(lambda width: Drawn(self.answer_lines(view, width)), home=moved)
        if self.has_class("-vast"):
            self.aside.draw(lambda width: Drawn(aside_lines(view, width)), home=moved)
        self.question.draw(lambda width: Drawn(question_lines(view, width)), home=moved)
        self.call_after_refresh(self._draw_more)

    def answer_lines(self, view: View, width: int) -> list[Line]:
        """Return what is answered, and the keys that answer."""
        return answer_lines(view, width)

    def on_resize(self) -> None:
        """Say anew how much is out of sight; a wide terminal shows more."""
        self.call_after_refresh(self.draw_all)

    def _draw_more(self) -> None:
        hidden = self.question.hidden
        self.more.draw(lambda width: Drawn([more_line(self.lang, width, hidden)]))

    def _draw_head(self, place: Place) -> None:
        seen = place.opened.assessment
        names = [pick(seen.title, self.lang), scope_text(seen, self.lang), seen.round]
        if place.filter != "all":
            names.insert(0, self._("only: {filter}").format(filter=self._(NAMES[place.filter])))
        facts = [tally(seen.counts), score_text(seen, self.lang), self._saved_text()]
        facts.append(self.shell.session.who)
        self.draw_head(names, facts)

    def _saved_text(self) -> str:
        shell = self.shell
        if shell.saver.error is not None:
            return self._("! {count} not saved").format(count=shell.saver.waiting)
        if shell.saver.waiting:
            return self._("saving")
        if shell.drafts.troubles:
            return self._("! draft not stored")
        if shell.saved_at is None:
            return ""
        return self._("saved {time}").format(time=shell.saved_at.strftime("%H:%M"))

    # Moving

    def action_next_unanswered(self) -> None:
        """Go to the next unanswered item."""
        if self.place is not None:
            self.leave_item()
            self.next_unanswered(self.place)

    def action_back(self) -> None:
        """Go back to where one was."""
        self._move(lambda place: place.walk.back())

    def action_skip(self) -> None:
        """Go to the next item in the order, from the last to the first."""
        self._move(_skipped)

    def action_next_item(self) -> None:
        """Go to the item below."""
        self._step(1)

    def action_previous_item(self) -> None:
        """Go to the item above."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self.place is not None and (there := self.place.beside(step)) is not None:
            self._move(lambda place: place.walk.go_to(there))

    def action_next_section(self) -> None:
        """Go to the section after."""
        self._section(1)

    def action_previous_section(self) -> None:
        """Go to the section before."""
        self._section(-1)

    def _section(self, step: int) -> None:
        if self.place is None or self.place.walk.section is None:
            return
        walk, shown = self.place.walk, self.place.shown()
        pairs = zip(walk.order, walk.sections, strict=True)
        names = list(dict.fromkeys(two for one, two in pairs if shown is None or one in shown))
        wanted = names[(names.index(self.place.walk.section) + step) % len(names)]
        self._move(lambda place: place.walk.go_to_section(wanted, shown or place.unanswered()))

    def action_go_to(self) -> None:
        """Ask for an id and go there."""
        if (place := self.place) is None:
            return
        known = {item_id: (place.name, item_id) for item_id in place.walk.order}

        def go(_sheet: SheetName, item_id: str) -> None:
            self._move(lambda place: place.walk.go_to(item_id))

        ask_where(self.shell, known, go)

    def action_scroll_up(self) -> None:
        """Scroll the text up."""
        self.question.scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        """Scroll the text down."""
        self.question.scroll_page_down(animate=False)

    # Other

    def action_reread(self) -> None:
        """Read the files again."""
        self._read_anew(self._("read again"))

    def _read_anew(self, said: str = "") -> None:
        self.run_worker(self._read(anew=True, said=said), group="read", exclusive=True)

    def action_step_back(self) -> None:
        """Go back to the overview where one came from there; never quit by it."""
        if self._came_from_overview:
            self.action_overview()
        else:
            self.say(self._("q or F10 quits, Home or F12 opens the overview"))

    def action_overview(self) -> None:
        """Go to the overview."""
        self.leave_item()
        beneath = self._came_from_overview
        self.app.pop_screen()
        if not beneath:
            self.shell.show_overview()

    @property
    def _came_from_overview(self) -> bool:
        return len(self.app.screen_stack) > 2  # noqa: PLR2004  # the default screen and this one

    async def action_leave(self) -> None:
        """Go back to the overview where one came from there, else quit."""
        self.leave_item()
        if self._came_from_overview:
            self.app.pop_screen()
        else:
            await self.shell.leave()


def _skipped(place: Place) -> Walk | None:
    """Return the walk at the next item of those shown, at the first after the last."""
    shown = place.shown()
    return place.walk.skip() if shown is None else place.walk.next_unanswered(shown)
