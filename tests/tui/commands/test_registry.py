from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, get_args
from unittest.mock import Mock

import pytest

from assess.display.text.bars import KeyChip, foot_line
from assess.display.text.cells import width_of
from assess.display.text.forms import InputForm, find_no_errors
from assess.display.text.styled import join_lines_without_styles
from assess.engine.kinds.residual_rule import list_residual_rule_sentences
from assess.errors import FilesError, WriteError
from assess.i18n import LANGS, Lang, translator
from assess.model.answer import Answer
from assess.model.item import Table
from assess.tui.board.screen import BoardScreen
from assess.tui.commands.registry import (
    COMMANDS,
    Scope,
    ScreenCommand,
    footer_chips,
    help_rows,
    key_names_text,
    list_commands,
    make_bindings,
    search_commands,
)
from assess.tui.core.drafts import DraftKey
from assess.tui.core.widgets.shell_screen import ShellScreen
from assess.tui.dialogs.confirm import ConfirmScreen
from assess.tui.dialogs.form import FormScreen
from assess.tui.dialogs.help import HelpScreen, help_lines
from assess.tui.dialogs.picker import PickerScreen
from assess.tui.dialogs.problems import ProblemsScreen
from assess.tui.dialogs.save_error import SaveErrorScreen
from assess.tui.dialogs.table import TableScreen
from assess.tui.dialogs.tick_list import TickListScreen
from assess.tui.evidence.screen import EvidenceScreen
from assess.tui.finish.screen import FinishScreen
from assess.tui.overview.screen import OverviewScreen
from assess.tui.profile.screen import ProfileScreen
from assess.tui.rollup.findings_screen import FindingsScreen
from assess.tui.rollup.table_screen import RollUpTableScreen
from assess.tui.rollup.units_screen import UnitsScreen
from assess.tui.sides.conflicts import ConflictsScreen
from assess.tui.sides.history import HistoryScreen
from assess.tui.sides.screen import SidesScreen
from assess.tui.walk.each_proposal import EachProposalScreen
from assess.tui.walk.review import ReviewScreen
from assess.tui.walk.screen import WalkScreen
from assess.workspace import SheetName

ENDS = [KeyChip("?", "help"), KeyChip("q", "quit")]
TABLE = Table(id="X-01", title="T", requirement="R", columns=())
SCREENS: dict[Scope, Callable[[], ShellScreen[Any]]] = {
    "overview": OverviewScreen,
    "walk": lambda: WalkScreen(SheetName("egov-network")),
    "problems": lambda: ProblemsScreen(FilesError("", [])),
    "form": lambda: FormScreen(InputForm("", (), find_no_errors)),
    "table": lambda: TableScreen(TABLE, Answer(), DraftKey("", "", "", "")),
    "help": lambda: HelpScreen("walk"),
    "picker": lambda: PickerScreen("", lambda _words: []),
    "ticks": lambda: TickListScreen("", lambda _words: []),
    "save_error": lambda: SaveErrorScreen("X-01", WriteError("", "")),
    "evidence": EvidenceScreen,
    "board": BoardScreen,
    "finish": FinishScreen,
    "profile": ProfileScreen,
    "confirm": lambda: ConfirmScreen("", ""),
    "review": lambda: ReviewScreen(SheetName("egov-network")),
    "history": lambda: HistoryScreen(SheetName("egov-network"), "X-01"),
    "conflicts": ConflictsScreen,
    "proposals": lambda: EachProposalScreen(SheetName("egov-network")),
    "sides": lambda: SidesScreen("", ("", ""), [], both=True),
    "rollup": lambda: UnitsScreen(Mock(), Mock()),
    "rollup_unit": lambda: FindingsScreen(Mock(), Mock(), Mock()),
    "rollup_table": lambda: RollUpTableScreen(Mock(), Mock(), Mock()),
}


def test_every_scope_has_a_screen() -> None:
    """The table here knows all screens."""
    assert set(SCREENS) == set(get_args(Scope))


def footer_text(scope: Scope, lang: Lang, width: int) -> str:
    """Return the footer line as plain text."""
    return join_lines_without_styles([foot_line(footer_chips(scope, lang), width)])


@pytest.mark.parametrize("scope", SCREENS)
def test_each_key_means_one_thing_on_a_screen(scope: Scope) -> None:
    """No two commands of a screen share a key, in any of its forms."""
    keys = Counter(binding.key for binding in make_bindings(scope))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("scope", SCREENS)
def test_each_command_is_handled_by_its_screen(scope: Scope) -> None:
    """A key that is announced does something."""
    assert {command.id for command in list_commands(scope)} <= set(SCREENS[scope]().handlers)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_letter_has_another_way(command: object) -> None:
    """With a Chinese input method on, each command is still reached."""
    keys = getattr(command, "keys")  # noqa: B009  # typed as object by pytest
    letters = [key for key in keys if len(key) == 1 and key.isalpha()]
    assert not letters or len(letters) < len(keys)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scope", SCREENS)
@pytest.mark.parametrize("width", [80, 60, 30])
def test_footer_fits_and_keeps_its_end(scope: Scope, lang: Lang, width: int) -> None:
    """The footer never runs over, and its last two commands stay."""
    line = footer_text(scope, lang, width)
    shown = [command for command in list_commands(scope) if command.footer]
    assert width_of(line) <= width or len(shown) <= 2
    assert key_names_text(shown[-1], lang).split()[0] in line


def test_keys_are_called_as_on_a_chinese_keyboard() -> None:
    """Arrows and space have Chinese names; what is printed on Chinese keyboards stays."""
    assert "下箭头 " in footer_text("picker", "zh", 80)
    assert ("空格") in [row[0] for row in help_rows("walk", "zh")]
    assert "Down" not in footer_text("help", "zh", 80)
    assert "Down next" not in footer_text("picker", "en", 80)


def test_next_says_what_it_is_for_a_reviewer() -> None:
    """`n` in the reviewer's walk goes to what waits for a review, and says so."""
    assert "n next to review" in footer_text("review", "en", 80)
    assert "下一未审核" in footer_text("review", "zh", 80)


def test_the_walk_announces_next_at_80_columns() -> None:
    """The keys that fill a sheet all stand in the footer in both languages."""
    for lang in ("zh", "en"):
        line = footer_text("walk", lang, 80)
        for key in ("1-9", "0 ", "a ", "e ", "m ", "n ", "? ", "q "):
            assert key in line


def test_the_keys_that_lead_on_stand_in_every_footer() -> None:
    """At 60 columns too: `n` and what is written beside a result; Finish from the overview.

    At 60 columns they are those of 80, the last ones without words.
    """
    for lang in ("zh", "en"):
        narrow = footer_text("walk", lang, 60)
        for key in ("n ", "a ", "e ", "m ", "0 ", "1-9 ", "b ", "? ", "q "):
            assert f" {key}" in narrow
        for key in ("n ", "p ", "? ", "q "):
            assert f" {key}" in footer_text("overview", lang, 60)
        assert " 3 " in footer_text("finish", lang, 60)
        for key in ("z ", "r ") if lang == "en" else ("z ", "r ", "i ", "w "):
            assert f" {key}" in footer_text("overview", lang, 80)


def test_a_shorter_command_takes_the_room_that_is_left() -> None:
    """What does not fit leaves room to what stands after it; in a narrow one words go first."""
    chips = [KeyChip("1", "x" * 40), KeyChip("2", "y" * 40), KeyChip("3", "z"), *ENDS]
    line = join_lines_without_styles([foot_line(chips, 80)])
    assert "2 y" not in line
    assert "3 z" in line
    narrow = footer_text("finish", "en", 58)
    assert "3 save version" not in narrow
    assert "  3  o  ? help" in narrow


def test_help_has_a_row_for_each_command() -> None:
    """Help cannot drift from the keys."""
    assert len(help_rows("walk", "en")) == len(list_commands("walk"))


def test_search_in_both_languages() -> None:
    """Words of either language, all of them, find a command; digits are not offered."""
    assert [command.id for command in search_commands("attach evidence f3", "walk")] == ["evidence"]
    assert {"evidence", "detach"} <= {command.id for command in search_commands("佐证", "walk")}
    assert "choose" not in [command.id for command in search_commands("", "walk")]


MOVING = {"up", "down", "left", "right", "enter", "escape", "tab", "pageup", "pagedown", "home"}
"""Keys that move, choose and leave, whatever it is on a screen that is moved through."""
SAME = {
    "up": ("previous_item", "previous_row", "line_up", "row_up"),
    "down": ("next_item", "next_row", "line_down", "row_down"),
    "leave": ("leave", "no", "later", "abandon", "close"),
    "go to": ("go_to_applicable_item", "cited_by", "go_to_item", "pick_table"),
    "the part before": ("previous_section", "previous_table"),
    "the next part": ("next_section", "next_table"),
    "the first screen": ("overview", "show_units"),
    "the last row": ("pick_last", "last_row"),
    "take out": ("detach", "drop", "drop_row"),
    "add": ("add", "add_row", "add_finding"),
    "open the file": ("edit_file", "view"),
    "evidence": ("evidence", "show_evidence", "browse", "prove_items"),
    "remediation": ("remediation", "plan", "show_board"),
    "save": ("save", "keep"),
    "take over": ("take_over", "take_each", "add_profile_rows"),
    "go on": ("next_unanswered", "decline"),
}
"""What commands of different screens have in common that a key stands for."""
MEANINGS = {command: meaning for meaning, ids in SAME.items() for command in ids}


def meanings(commands_: tuple[ScreenCommand, ...]) -> dict[str, set[str]]:
    """Return what each key means over all screens; digits are positions, some keys only move.

    In a form every letter is text and there is nowhere to go to: its F6 and F7 put texts in.
    """
    by_key: dict[str, set[str]] = {}
    for command in commands_:
        for key in command.keys if command.id not in ("insert_proposal", "phrases") else ():
            if key not in MOVING and not key.isdecimal():
                by_key.setdefault(key, set()).add(MEANINGS.get(command.id, command.id))
    return by_key


def test_a_key_has_one_meaning_on_every_screen() -> None:
    """Letters, signs, Space, Ctrl and function keys: what a hand learned holds everywhere."""
    assert {key: texts for key, texts in meanings(COMMANDS).items() if len(texts) > 1} == {}


def test_commands_are_called_the_same_only_where_they_exist() -> None:
    """The table of what is the same names no command that is gone."""
    assert set(MEANINGS) <= {command.id for command in COMMANDS}


def test_a_footer_leaves_out_what_would_do_nothing() -> None:
    """A form of one field has no next one, so its footer does not speak of it."""
    assert "next field" in footer_text("form", "en", 74)
    assert "next field" not in str(footer_chips("form", "en", omitted_command="next_field"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scope", get_args(Scope))
def test_the_palette_knows_every_command_in_both_languages(scope: Scope, lang: Lang) -> None:
    """Each command that needs no digit is found by its own name in either language."""
    for command in list_commands(scope):
        if not command.takes_key:
            assert command in search_commands(translator(lang)(command.label), scope)


@pytest.mark.parametrize("lang", LANGS)
def test_help_of_both_walks_has_the_rule_for_unnamed_cases(lang: Lang) -> None:
    """Who answers and who reviews read how a case is judged that nothing names."""
    for scope in get_args(Scope):
        text = join_lines_without_styles(help_lines(scope, lang, 300)).splitlines()
        told = [one in text for one in list_residual_rule_sentences(lang)]
        assert set(told) == {scope in ("walk", "review")}
