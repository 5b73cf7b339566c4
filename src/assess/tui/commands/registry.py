"""The table of all commands: each declaration gives keys, footer, help and palette entry.

Every letter has an alternative (digit, arrow, Enter, function key), because letters never arrive
while a Chinese input method is on.
"""

from __future__ import annotations

from textual.binding import Binding

from assess.display.text.bars import KeyChip
from assess.display.text.input_method import equivalent_keys
from assess.display.text.word_match import has_all_words_or_pinyin
from assess.i18n import LANGS, N_, Lang, translator
from assess.tui.commands.command import OFFICE_SCOPES, Scope, ScreenCommand
from assess.tui.commands.rollup import ROLLUP_COMMANDS
from assess.tui.commands.screens import SCREEN_COMMANDS
from assess.tui.commands.walk import WALK_COMMANDS

_DATA_SCREENS: tuple[Scope, ...] = ("evidence", "board", "finish", "profile")
_WALKS: tuple[Scope, ...] = ("walk", "review", "proposals")
_TEXTS: tuple[Scope, ...] = ("help", "confirm", "sides")
_ROWS: tuple[Scope, ...] = (*_DATA_SCREENS, "history", "conflicts")
_KEY_NAMES = {
    "Up": N_("Up"),
    "Down": N_("Down"),
    "Left": N_("Left"),
    "Right": N_("Right"),
    "Space": N_("Space"),
}
"""Keys whose names differ by language. Chinese keyboards also print Enter, Esc, Tab and Ctrl."""
_IN_WORKSPACE: tuple[Scope, ...] = ("overview", *_WALKS, "problems", *_ROWS)
_ANY: tuple[Scope, ...] = (*_IN_WORKSPACE, *OFFICE_SCOPES)

# A table: three lines for a command are easier to read than nine.
# fmt: off
COMMANDS: tuple[ScreenCommand, ...] = (
    ScreenCommand("open", ("enter",), N_("fill in"),
            N_("Open the sheet"),
            ("overview",), "Enter", footer=True),
    ScreenCommand("enter", ("enter",), N_("confirm"),
            N_("Open the input, keep the ticks, else go to the next unanswered item"),
            ("walk",), "Enter"),
    ScreenCommand("next_unanswered", ("n", "f6"), N_("next open"),
            N_("Go to the next unanswered item"),
            ("overview",), "n F6", footer=True),
    ScreenCommand("next_unanswered", ("n", "f6"), N_("next"),
            N_("Go to the next unanswered item"),
            ("finish",), "n F6", footer=True),
    ScreenCommand("next_unanswered", ("n", "f6"), N_("next"),
            N_("Go to the next unanswered item; right after an answer press it twice to skip one"),
            ("walk",), "n F6", footer=True),
    ScreenCommand("note", ("a", "f2"), N_("note"),
            N_("Write the note or the reason"),
            ("walk",), "a F2", footer=True),
    ScreenCommand("evidence", ("e", "f3"), N_("evidence"),
            N_("Attach evidence"),
            ("walk",), "e F3", footer=True),
    ScreenCommand("evidence_again", ("E", "#"), N_("evidence again"),
            N_("Attach the evidence that was attached last to this item too"),
            ("walk",), "E #"),
    ScreenCommand("remediation", ("m", "f4"), N_("plan"),
            N_("Plan the remediation: action, owner, due date, state"),
            ("walk",), "m F4", footer=True),
    ScreenCommand("not_applicable", ("0",), N_("n/a"),
            N_("The item does not apply; the reason is asked"),
            ("walk",), "0", footer=True),
    ScreenCommand("choose", tuple("123456789"), N_("choose"),
            N_("Choose a result: met, partial, unmet; rungs best first; options; begin a number."
               " After partial and unmet the note opens: write why, Ctrl+S goes on, Esc leaves it"),
            ("walk",), "1-9", footer=True, takes_key=True),
    ScreenCommand("not_applicable_many", (")",), N_("many n/a"),
            N_("Tick items of the section, or of a search, that do not apply for one reason"),
            ("walk",), ")"),
    ScreenCommand("next_unanswered", ("n", "f6"), N_("next to review"),
            N_("Go to the next answer that waits for a review"),
            ("review",), "n F6", footer=True),
    ScreenCommand("take_over", ("1", "l", "\\"), N_("take over"),
            N_("Take the proposal over: result, note, evidence in force, open remediation"),
            ("proposals",), "1", footer=True),
    ScreenCommand("decline", ("2", "n", "f6"), N_("do not take"),
            N_("Leave the item as it is, go to the next one with a proposal"),
            ("proposals",), "2", footer=True),
    ScreenCommand("back", ("b", "backspace"), N_("prev"),
            N_("Go back to the item where you were; Esc goes back to the screen before"),
            _WALKS, "b", footer=True),
    ScreenCommand("skip", ("space",), N_("skip"),
            N_("Leave this item as it is, go to the next in order"),
            _WALKS, "Space"),
    ScreenCommand("previous_item", ("up", "k"), N_("previous item"),
            N_("Go to the item above"),
            _WALKS, "Up k"),
    ScreenCommand("next_item", ("down", "j"), N_("next item"),
            N_("Go to the item below"),
            _WALKS, "Down j"),
    ScreenCommand("previous_section", ("[", "left"), N_("section before"),
            N_("Go to the section before"),
            _WALKS, "[ Left"),
    ScreenCommand("next_section", ("]", "right"), N_("section after"),
            N_("Go to the section after"),
            _WALKS, "] Right"),
    ScreenCommand("scroll_up", ("pageup",), N_("scroll up"),
            N_("Scroll the text up"),
            (*_WALKS, "problems", *_ROWS, *_TEXTS), "PgUp"),
    ScreenCommand("scroll_down", ("pagedown",), N_("scroll down"),
            N_("Scroll the text down"),
            (*_WALKS, "problems", *_ROWS, *_TEXTS), "PgDn"),
    ScreenCommand("options", ("tab",), N_("all options"),
            N_("Show all options of the item in a list, and how to answer what they do not name"),
            ("walk",), "Tab"),
    ScreenCommand("go_to_applicable_item", ("g", "f7"), N_("go to"),
            N_("Go to an item by its id"),
            ("overview", *_WALKS), "g F7"),
    ScreenCommand("previous_row", ("up", "k"), N_("row above"),
            N_("Go one row up"),
            ("overview", "problems", *_ROWS, *OFFICE_SCOPES), "Up k"),
    ScreenCommand("next_row", ("down", "j"), N_("row below"),
            N_("Go one row down"),
            ("overview", "problems", *_ROWS, *OFFICE_SCOPES), "Down j"),
    ScreenCommand("reread", ("f5",), N_("read again"),
            N_("Read the files again"),
            (*_IN_WORKSPACE, "rollup"), "F5"),
    ScreenCommand("redraw", ("ctrl+l",), N_("draw again"),
            N_("Draw the screen again, where another program wrote over it"),
            _ANY, "Ctrl+L"),
    *SCREEN_COMMANDS,
    *WALK_COMMANDS,
    *ROLLUP_COMMANDS,
    ScreenCommand("palette", ("ctrl+p", "f9"), N_("commands"),
            N_("Search all commands"),
            ("overview", *_WALKS, *_ROWS, *OFFICE_SCOPES), "Ctrl+P F9"),
    ScreenCommand("help", ("?", "f1"), N_("help"),
            N_("Show the keys"),
            _ANY, "? F1", footer=True),
    ScreenCommand("leave", ("q", "f10"), N_("quit"),
            N_("Go back or quit; everything is saved"),
            _IN_WORKSPACE, "q F10", footer=True),
    ScreenCommand("leave", ("q", "f10"), N_("quit"),
            N_("Go back or quit; these screens only show, and write nothing"),
            OFFICE_SCOPES, "q F10", footer=True),
    ScreenCommand("step_back", ("escape",), N_("step back"),
            N_("Go back to where one came from; never quits"),
            (*_WALKS, *_ROWS, "rollup_unit", "rollup_table"), "Esc"),
    ScreenCommand("overview", ("home", "f12"), N_("overview"),
            N_("Go to the overview of the round"),
            (*_WALKS, *_ROWS), "Home F12"),
    ScreenCommand("save", ("ctrl+s", "f8"), N_("save"),
            N_("Save"),
            ("form", "table"), "Ctrl+S F8", priority=True, footer=True),
    ScreenCommand("put_down", ("escape",), N_("put down"),
            N_("Close; what was typed stays as a draft"),
            ("form", "table"), "Esc", priority=True, footer=True),
    ScreenCommand("previous_field", ("up",), N_("field above"),
            N_("Go to the field above"),
            ("form",), "Up"),
    ScreenCommand("next_field", ("down", "tab"), N_("next field"),
            N_("Go to the next field"),
            ("form",), "Tab", footer=True, takes_key=True),
    ScreenCommand("enter_field", ("enter",), N_("next field"),
            N_("Go to the next field; save at the last one"),
            ("form",), "Enter", priority=True),
    ScreenCommand("edit_row", ("enter", "1"), N_("change row"),
            N_("Change the row, beginning with the cell in focus"),
            ("table",), "Enter", footer=True),
    ScreenCommand("add_row", ("+", "2"), N_("add row"),
            N_("Add a row; rows of a spreadsheet are added by pasting them"),
            ("table",), "+ 2", footer=True),
    ScreenCommand("drop_row", ("d", "3", "delete"), N_("delete row"),
            N_("Delete the row"),
            ("table",), "d 3", footer=True),
    ScreenCommand("add_profile_rows", ("l", "4", "\\"), N_("from profile"),
            N_("Add the systems or people of the profile that have no row yet"),
            ("table",), "l 4", footer=True),
    ScreenCommand("undo", ("u", "ctrl+z"), N_("undo"),
            N_("Take the last step back: a row, a paste, rows of the profile"),
            ("table",), "u Ctrl+Z", footer=True),
    ScreenCommand("row_up", ("up", "k"), N_("row above"),
            N_("Go one row up"),
            ("table",), "Up"),
    ScreenCommand("row_down", ("down", "j"), N_("row below"),
            N_("Go one row down"),
            ("table",), "Down"),
    ScreenCommand("column_left", ("left",), N_("column before"),
            N_("Go one column to the left"),
            ("table",), "Left"),
    ScreenCommand("column_right", ("right", "tab"), N_("column after"),
            N_("Go one column to the right"),
            ("table",), "Right Tab"),
    ScreenCommand("page_up", ("pageup",), N_("page up"),
            N_("Go a page of rows up"),
            ("table", *OFFICE_SCOPES), "PgUp"),
    ScreenCommand("page_down", ("pagedown",), N_("page down"),
            N_("Go a page of rows down"),
            ("table", *OFFICE_SCOPES), "PgDn"),
    ScreenCommand("retry", ("enter", "1"), N_("try again"),
            N_("Save again"),
            ("save_error",), "Enter 1", footer=True),
    ScreenCommand("theirs", ("2",), N_("take what is on disk"),
            N_("Drop this change, take what is on disk"),
            ("save_error",), "2", footer=True),
    ScreenCommand("later", ("escape", "3"), N_("later"),
            N_("Keep the answer unsaved and go on"),
            ("save_error",), "Esc 3", footer=True),
    ScreenCommand("abandon", ("q", "4", "f10"), N_("quit unsaved"),
            N_("Quit without saving this answer"),
            ("save_error",), "q 4", footer=True),
    ScreenCommand("take", ("enter",), N_("take"),
            N_("Take the row"),
            ("picker",), "Enter", footer=True, priority=True),
    ScreenCommand("pick_up", ("up",), N_("row above"),
            N_("Go one row up"),
            ("picker", "ticks"), "Up"),
    ScreenCommand("pick_down", ("down",), N_("row below"),
            N_("Go one row down"),
            ("picker",), "Down", footer=True),
    ScreenCommand("pick_down", ("down",), N_("row below"),
            N_("Go one row down"),
            ("ticks",), "Down"),
    ScreenCommand("pick_page_up", ("pageup",), N_("page up"),
            N_("Go a page of rows up"),
            ("picker", "ticks"), "PgUp"),
    ScreenCommand("pick_page_down", ("pagedown",), N_("page down"),
            N_("Go a page of rows down"),
            ("picker", "ticks"), "PgDn"),
    ScreenCommand("pick_first", ("home",), N_("first row"),
            N_("Go to the first row"),
            ("picker", "ticks"), "Home", priority=True),
    ScreenCommand("pick_last", ("end",), N_("last row"),
            N_("Go to the last row, and to what stands below it"),
            ("picker", "ticks"), "End", priority=True),
    ScreenCommand("tick", ("enter", "insert"), N_("tick"),
            N_("Tick or untick the row, and go one row down"),
            ("ticks",), "Enter", footer=True, priority=True),
    ScreenCommand("tick_all", ("tab",), N_("tick all"),
            N_("Tick all rows of the list, or none"),
            ("ticks",), "Tab", footer=True),
    ScreenCommand("save", ("ctrl+s", "f8"), N_("go on"),
            N_("Go on with the ticked rows"),
            ("ticks",), "Ctrl+S", footer=True, priority=True),
    ScreenCommand("close", ("escape",), N_("close"),
            N_("Close"),
            ("picker", "ticks"), "Esc", footer=True),
    ScreenCommand("close", ("escape", "q", "enter", "f10"), N_("close"),
            N_("Close"),
            ("help",), "Esc q", footer=True),
    ScreenCommand("line_up", ("up", "k"), N_("up"),
            N_("Scroll up"),
            _TEXTS, "Up"),
    ScreenCommand("line_down", ("down", "j"), N_("down"),
            N_("Scroll down"),
            ("help",), "Down", footer=True),
    ScreenCommand("line_down", ("down", "j"), N_("down"),
            N_("Scroll down"),
            ("confirm", "sides"), "Down"),
)
"""All commands, in the order of the help."""
# fmt: on


__all__ = [
    "COMMANDS",
    "OFFICE_SCOPES",
    "Scope",
    "ScreenCommand",
    "footer_chips",
    "help_rows",
    "list_commands",
    "make_bindings",
    "search_commands",
]


def list_commands(scope: Scope) -> list[ScreenCommand]:
    """Return the commands of a screen."""
    return [command for command in COMMANDS if scope in command.scopes]


def make_bindings(scope: Scope) -> list[Binding]:
    """Return the bindings of a screen, with the full-width and Chinese forms of the keys."""
    return [
        Binding(
            form, _action_name(command, key), command.label, show=False, priority=command.priority
        )
        for command in list_commands(scope)
        for key in command.keys
        for form in equivalent_keys(key)
    ]


def _action_name(command: ScreenCommand, key: str) -> str:
    return f"command('{command.id}', '{key}')" if command.takes_key else f"command('{command.id}')"


def footer_chips(scope: Scope, lang: Lang, *, omitted_command: str = "") -> list[KeyChip]:
    """Return the keys of the footer, in their order.

    `omitted_command` is a command to leave out because it has no effect.
    """
    return [
        KeyChip(key_names_text(command, lang).split()[0], translator(lang)(command.label))
        for command in list_commands(scope)
        if command.footer and command.id != omitted_command
    ]


def key_names_text(command: ScreenCommand, lang: Lang) -> str:
    """Return the names of a command's keys in a language."""
    _ = translator(lang)
    return " ".join(_(_KEY_NAMES.get(key, key)) for key in command.key_text.split())


def help_rows(scope: Scope, lang: Lang) -> list[tuple[str, str, str]]:
    """Return keys, name and explanation of each command of a screen."""
    _ = translator(lang)
    return [
        (key_names_text(command, lang), _(command.label), _(command.help))
        for command in list_commands(scope)
    ]


def search_commands(words: str, scope: Scope) -> list[ScreenCommand]:
    """Return the commands of a screen whose texts in either language have all words."""
    return [
        command
        for command in list_commands(scope)
        if not command.takes_key and has_all_words_or_pinyin(_searched_text(command), words)
    ]


def _searched_text(command: ScreenCommand) -> str:
    texts = (translator(lang)(text) for lang in LANGS for text in (command.label, command.help))
    return " ".join((*texts, command.id, command.key_text))
