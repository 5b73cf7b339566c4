"""What each command of each screen must be seen to do."""

from __future__ import annotations

from assess.model.answer import REMEDIATION_STATES, Answer
from assess.model.answer import RemediationState as State
from assess.tui.commands.registry import Scope
from assess.workspace import REMOVE
from tui.keys.stage import QuickDriver, Seen
from tui.keys.stages import DRAFT, PROPOSED_NOTE
from tui.keys.ways import (
    Check,
    Way,
    by_width,
    changed,
    differs,
    each,
    ends,
    every,
    gives,
    opens,
    says,
    scrolls,
    stays,
    steps,
    toggles,
    written,
)
from tui.sample import NOW, SHEET

Ways = dict[str, Way]

FORM, WALK, LIST = opens("FormScreen"), opens("WalkScreen"), opens("PickerScreen")


def draft(driver: QuickDriver) -> None:
    """Leave a note half written."""
    driver.app.drafts.set_values_in_memory(DRAFT, {"note": "half"})


def others(leave: Check = opens("OverviewScreen")) -> Ways:  # noqa: B008  # a function that keeps nothing
    """Return the commands that all big screens have."""
    return {
        "palette": Way(LIST),
        "redraw": Way(stays),
        "help": Way(opens("HelpScreen")),
        "leave": Way(leave),
        "step_back": Way(leave),
        "overview": Way(opens("OverviewScreen")),
    }


def rows(name: str = "cursor", *, many: int = 1) -> Ways:
    """Return the commands that move a cursor; `many` rows are needed for a screen's step."""
    down = ("down",) * many
    return {
        "next_row": Way(steps(name, +1)),
        "previous_row": Way(steps(name, -1), down),
        "scroll_down": Way(steps(name, +1)),
        "scroll_up": Way(steps(name, -1), down),
    }


def pages() -> Ways:
    """Return the commands that go to the ends of a list of two rows."""
    return {
        "pick_page_down": Way(steps("_cursor", +1)),
        "pick_page_up": Way(steps("_cursor", -1), ("down",)),
        "pick_last": Way(steps("_cursor", +1)),
        "pick_first": Way(steps("_cursor", -1), ("down",)),
    }


def moves() -> Ways:
    """Return the commands that go from item to item."""
    return {
        "next_item": Way(steps("position", +1)),
        "previous_item": Way(steps("position", -1), ("down",)),
        "skip": Way(changed("position")),
        "back": Way(steps("position", -1), ("down",)),
        "next_section": Way(changed("section")),
        "previous_section": Way(changed("section")),
        "next_unanswered": Way(changed("position")),
        "go_to_applicable_item": Way(FORM),
        "scroll_down": Way(scrolls("question", +1)),
        "scroll_up": Way(scrolls("question", -1), ("pagedown",)),
        "reread": Way(differs("sheet")),
        "search": Way(LIST),
        "clauses": Way(opens("ReadingScreen")),
        "history": Way(opens("HistoryScreen")),
        "outline": Way(
            by_width(
                toggles("-no-outline"),
                says("this terminal is too narrow for the list of sections"),
            )
        ),
        "overview": Way(opens("OverviewScreen")),
    }


def met(answer: Answer) -> bool:
    """Whether an answer is: met."""
    return answer.status == "met"


def state_is(state: State) -> Check:
    """The most pressing remediation is in this state on disk."""
    return written(
        "KND-01",
        lambda answer: answer.remediation is not None and answer.remediation.state == state,
    )


def forget_first(driver: QuickDriver) -> None:
    """Let another program take the first answer away, so that each result is a change."""
    desk = driver.workspace.open_sheet(SHEET, "2026")
    desk.write_answer("KND-01", {"status": REMOVE}, by=None, now=NOW, lang="zh")
    driver.app.session.reread_sheet(SHEET)


TAKEN = written("KND-03", lambda answer: answer.value == {"part": 3, "whole": 4})
LEFT_OPEN = written("KND-03", lambda answer: answer.value is None)
AT_PROPOSAL = ("g", *"03", "enter")


def has_note(driver: QuickDriver, _was: Seen, _key: str) -> bool:
    """Whether the proposed note stands in the form."""
    return getattr(driver.top, "values", {}).get("d") == PROPOSED_NOTE


WALK_WAYS: Ways = {
    **moves(),
    **others(),
    "choose": Way(
        each(
            {
                "1": written("KND-01", met),
                "2": every(FORM, written("KND-01", lambda answer: answer.status == "partial")),
                "3": every(FORM, written("KND-01", lambda answer: answer.status == "unmet")),
            },
            says("there is no choice {key} here"),
        ),
        arrange=forget_first,
    ),
    "not_applicable": Way(
        every(FORM, written("KND-01", lambda answer: answer.status == "not_applicable"))
    ),
    "not_applicable_many": Way(opens("TickListScreen")),
    "enter": Way(steps("position", +1)),
    "note": Way(FORM),
    "evidence": Way(FORM),
    "evidence_again": Way(says("nothing was attached in this session yet: e attaches evidence")),
    "remediation": Way(FORM),
    "mitigation": Way(FORM),
    "assign": Way(FORM),
    "risk": Way(FORM, ("down",)),
    "review": Way(FORM),
    "options": Way(LIST),
    "take_over": Way(TAKEN, AT_PROPOSAL),
    "list_best_useful_proposals": Way(LIST, AT_PROPOSAL),
    "take_each": Way(opens("EachProposalScreen")),
    "filter": Way(LIST),
    "detach": Way(LIST),
    "view": Way(says("on paper: {place}")),
    "undo": Way(written("KND-02", lambda answer: answer.value == "never"), ("down", "1")),
    "redo": Way(written("KND-02", lambda answer: answer.value == "quarterly"),
                ("down", "1", "u")),
    "drafts": Way(FORM, arrange=draft),
    "conflicts": Way(opens("ConflictsScreen")),
    "show_evidence": Way(opens("EvidenceScreen")),
    "show_board": Way(opens("BoardScreen")),
    "outside_finding": Way(says("no finding of others is about this item")),
    "show_finish": Way(opens("FinishScreen")),
    "show_profile": Way(opens("ProfileScreen")),
    "settings": Way(FORM),
    "who": Way(LIST),
}  # fmt: skip


WAYS: dict[Scope, Ways] = {
    "overview": {
        "palette": Way(LIST),
        "redraw": Way(stays),
        "help": Way(opens("HelpScreen")),
        "leave": Way(ends),
        "open": Way(WALK),
        "next_unanswered": Way(WALK),
        "next_row": Way(steps("cursor", +1)),
        "previous_row": Way(steps("cursor", -1), ("down",)),
        "reread": Way(differs("opened")),
        "review": Way(opens("ReviewScreen")),
        "close_round": Way(opens("ReadingScreen")),  # without a repository it is refused
        "new_round": Way(FORM),
        "take_each": Way(opens("EachProposalScreen")),
        "go_to_applicable_item": Way(FORM),
        "search": Way(LIST),
        "conflicts": Way(opens("ConflictsScreen")),
        "drafts": Way(FORM, arrange=draft),
        "todo": Way(
            each(
                {
                    "1": opens("ReviewScreen"),
                    "2": WALK,
                    "3": WALK,
                    "4": WALK,
                    "5": FORM,
                    "6": opens("EachProposalScreen"),
                    "7": WALK,
                    "8": opens("EvidenceScreen"),
                },
                says("there is no line {key} here"),
            )
        ),
        "round": Way(LIST),
        "show_evidence": Way(opens("EvidenceScreen")),
        "show_board": Way(opens("BoardScreen")),
        "show_finish": Way(opens("FinishScreen")),
        "show_profile": Way(opens("ProfileScreen")),
        "settings": Way(FORM),
        "who": Way(LIST),
    },
    "walk": WALK_WAYS,
    "review": {
        **moves(),
        **others(),
        "accept": Way(written("KND-01", lambda answer: answer.review is not None), ("1",)),
        "accept_section": Way(says("none of this section can be accepted without a look")),
        "view": Way(says("on paper: {place}")),
        "who": Way(LIST),
        "give_back": Way(FORM),
        "undo": Way(written("KND-01", lambda answer: answer.review is None), ("1", "1")),
        "redo": Way(written("KND-01", lambda answer: answer.review is not None), ("1", "1", "u")),
    },
    "proposals": {
        **{name: way for name, way in moves().items() if name != "next_unanswered"},
        **others(),
        "take_over": Way(TAKEN),
        "decline": Way(changed("position")),
        "list_best_useful_proposals": Way(LIST),
        "who": Way(LIST),
        "undo": Way(LEFT_OPEN, ("1",)),
        "redo": Way(TAKEN, ("1", "u")),
    },
    "problems": {
        "next_row": Way(steps("_cursor", +1)),
        "previous_row": Way(steps("_cursor", -1), ("down",)),
        "scroll_down": Way(scrolls("problems", +1)),
        "scroll_up": Way(scrolls("problems", -1), ("pagedown",)),
        "reread": Way(opens("ProblemsScreen")),
        "redraw": Way(stays),
        "edit_file": Way(says("no editor can be opened in this terminal")),
        "help": Way(opens("HelpScreen")),
        "leave": Way(ends),
    },
    "form": {
        "browse": Way(opens("FilesScreen")),
        "phrases": Way(LIST, ("tab", "tab", "tab")),
        "insert_proposal": Way(has_note, ("tab", "tab", "tab")),
        "save": Way(gives({"a": "x", "b": "", "c": "", "d": ""}), ("x",)),
        "put_down": Way(gives(None)),
        "next_field": Way(changed("focus")),
        "previous_field": Way(changed("focus"), ("down",)),
        "enter_field": Way(changed("focus")),
    },
    "table": {
        "save": Way(lambda driver, _was, _key: [len(result) for result in driver.results] == [3]),
        "put_down": Way(gives(None)),
        "edit_row": Way(FORM),
        "add_row": Way(FORM),
        "drop_row": Way(lambda driver, _was, _key: len(driver.top.edited.rows) == 2),  # type: ignore[attr-defined]  # the stage's screen is TableScreen
        "undo": Way(lambda driver, _was, _key: len(driver.top.edited.rows) == 3, ("d",)),  # type: ignore[attr-defined]  # as above
        "add_profile_rows": Way(opens("ConfirmScreen")),
        "row_down": Way(steps("row", +1)),
        "row_up": Way(steps("row", -1), ("down",)),
        "page_down": Way(steps("row", +1)),
        "page_up": Way(steps("row", -1), ("down",)),
        "column_right": Way(steps("column", +1)),
        "column_left": Way(steps("column", -1), ("right",)),
    },
    "help": {
        "close": Way(opens("WalkScreen")),
        "line_down": Way(scrolls("rows", +1)),
        "line_up": Way(scrolls("rows", -1), ("down",)),
        "scroll_down": Way(scrolls("rows", +1)),
        "scroll_up": Way(scrolls("rows", -1), ("pagedown",)),
    },
    "picker": {
        "take": Way(gives("b"), ("down",)),
        "pick_down": Way(steps("_cursor", +1)),
        "pick_up": Way(steps("_cursor", -1), ("down",)),
        **pages(),
        "close": Way(gives(None)),
    },
    "ticks": {
        "tick": Way(changed("ticked")),
        "tick_all": Way(changed("ticked")),
        "save": Way(gives(["a"]), ("enter",)),
        "pick_down": Way(steps("_cursor", +1)),
        "pick_up": Way(steps("_cursor", -1), ("down",)),
        **pages(),
        "close": Way(every(opens("OverviewScreen"), lambda driver, _was, _key: not driver.results)),
    },
    "save_error": {
        "retry": Way(gives("retry")),
        "theirs": Way(gives("theirs")),
        "later": Way(gives("later")),
        "abandon": Way(gives("abandon")),
    },
    "confirm": {
        "yes": Way(gives("yes")),
        "no": Way(every(opens("OverviewScreen"), lambda driver, _was, _key: not driver.results)),
        "line_down": Way(scrolls("rows", +1)),
        "line_up": Way(scrolls("rows", -1), ("down",)),
        "scroll_down": Way(scrolls("rows", +1)),
        "scroll_up": Way(scrolls("rows", -1), ("pagedown",)),
    },
    "sides": {
        "ours": Way(gives("mine")),
        "theirs": Way(gives("theirs")),
        "both": Way(gives("both")),
        "later": Way(gives(None)),
        "line_down": Way(scrolls("rows", +1)),
        "line_up": Way(scrolls("rows", -1), ("down",)),
        "scroll_down": Way(scrolls("rows", +1)),
        "scroll_up": Way(scrolls("rows", -1), ("pagedown",)),
    },
    "evidence": {
        **rows(),
        **others(),
        "reread": Way(differs("pieces")),
        "edit": Way(FORM),
        "add": Way(opens("FilesScreen")),
        "add_paper": Way(FORM),
        "view": Way(opens("ReadingScreen")),
        "cited_by": Way(WALK),
        "prove_items": Way(opens("TickListScreen")),
        "drop": Way(opens("ConfirmScreen"), ("down",)),
    },
    "board": {
        **rows(),
        **others(),
        "reread": Way(differs("opened")),
        "plan": Way(FORM),
        "set_state": Way(
            each(
                {
                    str(index): state_is(state)
                    for index, state in enumerate(REMEDIATION_STATES[1:3], 2)
                }
                | {
                    "1": says("{count} finding: {state}"),
                    "4": says("not done yet, so nothing to verify"),
                    "5": FORM,
                },
                FORM,
            )
        ),
        "who": Way(LIST),
        "undo": Way(says("taken back: the remediation of {count} finding   U redo"), ("2",)),
        "redo": Way(state_is("in_progress"), ("2", "u")),
        "tick": Way(changed("ticked")),
        "tick_all": Way(changed("ticked")),
        "order": Way(changed("order")),
        "go_to_item": Way(WALK),
        "close_finding": Way(says("only findings of others are closed here: 4 verifies")),
        "add_finding": Way(FORM),
    },
    "finish": {
        **rows(),
        **others(),
        "reread": Way(differs("data")),
        "next_unanswered": Way(WALK),
        "act": Way(WALK),
        "make": Way(FORM),
        "keep": Way(says("everything is in a version")),
        "close_round": Way(opens("ConfirmScreen")),
        "new_round": Way(FORM),
        "view": Way(says("no report was made here yet: 2 makes it")),
    },
    "profile": {
        **rows(),
        **others(),
        "reread": Way(differs("data")),
        "edit": Way(FORM),
        "add": Way(FORM, ("down", "down", "down")),
        "drop": Way(opens("ConfirmScreen"), ("down", "down", "down")),
    },
    "history": {
        **rows(),
        **others(opens("WalkScreen")),
        "reread": Way(differs("versions")),
        "read": Way(opens("ReadingScreen")),
    },
    "conflicts": {
        **rows(),
        **others(),
        "reread": Way(differs("conflicts")),
        "read": Way(opens("ReadingScreen")),
        "ours": Way(lambda driver, _was, _key: len(driver.top.content.conflicts) == 1),  # type: ignore[attr-defined]  # the stage's screen is ConflictsScreen
        "theirs": Way(lambda driver, _was, _key: len(driver.top.content.conflicts) == 1),  # type: ignore[attr-defined]  # the stage's screen is ConflictsScreen
    },
}
