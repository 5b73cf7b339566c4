"""Messages and hints, by code, for text that breaks the YAML rules."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, Protocol

import yaml

from assess.harmless import quote_for_shell
from assess.i18n import N_, Lang, translator
from assess.problem import Problem

MOST_PROBLEMS: Final = 100
"""Problems of the YAML rules in a file after which reading stops."""

_MOST_SHOWN: Final = 60
"""Characters of the file that a message quotes."""

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "control-character": (
        N_("a control character stands here"),
        N_("delete it"),
    ),
    "empty-file": (
        N_("the file is empty"),
        N_("after a power cut: assess commit puts back what git has"),
    ),
    "scalar-too-large": (N_("this text is longer than 1 MiB"), ""),
    "too-deep": (N_("nested deeper than 64 levels"), ""),
    "too-many-events": (N_("the file holds more than {detail} parts"), ""),
    "too-many-problems": (
        N_("so many problems that reading stopped here"),
        N_("mend those above first"),
    ),
    "yaml-1.1": (
        N_("other programs may read {detail} as a date, time, number or yes/no"),
        N_('put it in quotes: "{detail}"'),
    ),
    "yaml-alias": (
        N_("aliases (*{detail}) are not used here"),
        N_("write the value again"),
    ),
    "yaml-anchor": (
        N_("anchors (&{detail}) are not used here"),
        N_("delete it, and write the value wherever it is needed"),
    ),
    "yaml-documents": (
        N_("a second document begins here"),
        N_("one file holds one document: delete this ---"),
    ),
    "yaml-duplicate-key": (
        N_("{detail} stands here a second time"),
        N_("keep one of the two"),
    ),
    "yaml-key": (
        N_("the key {detail} is not text"),
        N_('put it in quotes: "{detail}"'),
    ),
    "yaml-key-collection": (
        N_("a key must be text, not a list or mapping"),
        "",
    ),
    "yaml-leading-zero": (
        N_("other programs may read {detail} as an octal number"),
        N_("write the number without leading zeros, or the text in quotes"),
    ),
    "yaml-merge-key": (
        N_("merge keys (<<) are not used here"),
        N_("write the fields out"),
    ),
    "yaml-null": (
        N_("a value is missing here"),
        N_('write one, "" for an empty text, or delete the line'),
    ),
    "yaml-number": (
        N_("{detail} is not a number that can be counted with"),
        N_("at most 30 digits, exponent from -30 to 30; put text in quotes"),
    ),
    "yaml-tag": (
        N_("tags ({detail}) are not used here"),
        N_("delete it"),
    ),
}
_WARNINGS = frozenset({"yaml-1.1", "yaml-leading-zero"})

_SYNTAX: Final = {
    N_("block sequence entries are not allowed in this context"): "",
    N_("could not find expected ':'"): "",
    N_("did not find expected ',' or ']'"): "",
    N_("did not find expected ',' or '}'"): N_(
        "within braces, put a text that has commas, colons or braces into quotes"
    ),
    N_("did not find expected '-' indicator"): "",
    N_("did not find expected <document start>"): "",
    N_("did not find expected alphabetic or numeric character"): "",
    N_("did not find expected comment or line break"): "",
    N_("did not find expected hexdecimal number"): N_(
        "in double quotes, write \\\\ for a backslash"
    ),
    N_("did not find expected key"): "",
    N_("did not find expected node content"): "",
    N_("did not find expected whitespace or line break"): "",
    N_("found character that cannot start any token"): N_("put the text in quotes"),
    N_("found undefined tag handle"): N_("put the text in quotes"),
    N_("found unexpected document indicator"): "",
    N_("found unexpected end of stream"): N_(
        "a quote is not closed, or the end of the file is lost"
    ),
    N_("found unknown escape character"): N_("in double quotes, write \\\\ for a backslash"),
    N_("mapping keys are not allowed in this context"): "",
    N_("mapping values are not allowed in this context"): N_(
        "put a text that holds a colon and a space in quotes"
    ),
}
"""The messages of libyaml, each with a hint; other messages are shown as libyaml words them."""

_TOO_DEEP: Final = "exceeded maximum nesting depth"
"""The message of libyaml's own limit, which many brackets on one line reach first."""


class SourceMark(Protocol):
    """A position as libyaml gives it, counted from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column, in characters."""


class YamlFaults:
    """The problems of a file, collected while it is read."""

    def __init__(self, file: str, lang: Lang) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._translate = translator(lang)

    @property
    def is_full(self) -> bool:
        """Whether the limit of problems is reached."""
        return len(self.problems) >= MOST_PROBLEMS

    def add_problem(self, mark: SourceMark, code: str, detail: str = "") -> None:
        """Add a problem of `code` at `mark`; `detail` is the file's text there."""
        message, hint = (self._translate(text) if text else "" for text in _WORDS[code])
        shown = shorten_text(detail)
        self.problems.append(
            Problem(
                self.file,
                code,
                message.format(detail=shown),
                hint.format(detail=shown),
                "warning" if code in _WARNINGS else "error",
                line=mark.line + 1,
                column=mark.column + 1,
            )
        )


def shorten_text(text: str) -> str:
    """Return `text` as a message quotes it: on one line and cut to a greatest length."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_SHOWN else line[: _MOST_SHOWN - 1] + "…"


class _TextPosition(NamedTuple):
    line: int
    column: int


def position_of_index(text: str, index: int) -> _TextPosition:
    """Return line and column, counted from 0, of the character at `index`."""
    before = text[:index]
    return _TextPosition(before.count("\n"), index - before.rfind("\n") - 1)


def syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str, lang: Lang) -> Problem:
    """Return the problem of a syntax error of libyaml."""
    _ = translator(lang)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    what = str(error.problem or error.context)
    hint = _(_SYNTAX.get(what) or _LOOK)
    message = _("not valid YAML: {reason}").format(reason=_(what))
    code = "yaml-syntax"
    if what == _TOO_DEEP:
        code, (nested, hint) = "too-deep", _WORDS["too-deep"]
        message = _(nested)
    elif _text_of_line(text, line)[column : column + 1] == "\t" or "tab character" in what:
        code, message = "yaml-tab", _("a tab stands where only spaces may")
        hint = _("replace it by spaces")
    return Problem(file, code, message, hint, line=line + 1, column=column + 1)


_LOOK: Final = N_("look at quotes, brackets, colons and indentation here and above")


def _text_of_line(text: str, number: int) -> str:
    start = 0
    for _ in range(number):
        start = text.find("\n", start) + 1
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


_BAD_CHARACTER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_MARKERS = re.compile(r"^(?:<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|) ", re.MULTILINE)


def find_bad_character_problems(text: str, file: str, lang: Lang) -> list[Problem]:
    """Return problems of the text before it is parsed: invisible characters, conflict markers.

    Only the first invisible character is reported: there may be one in each line.
    """
    problems = []
    for bad in _BAD_CHARACTER.finditer(text):
        problems.append(_character_problem(text, bad, file, lang))
        break
    if "<<<<<<< " in text or ">>>>>>> " in text:
        problems += _merge_marker_problems(text, file, lang)
    return problems


def _character_problem(text: str, bad: re.Match[str], file: str, lang: Lang) -> Problem:
    _ = translator(lang)
    line, column = position_of_index(text, bad.start())
    code = f"U+{ord(bad[0]):04X}"
    name, message, hint = {
        "\0": ("nul", _("a NUL byte stands here"), _("the file is damaged: restore it from git")),
        "\r": (
            "crlf",
            _("lines end in CRLF (Windows) here"),
            _("save it with LF line ends in the editor, or: sed -i 's/\\r$//' {file}").format(
                file=quote_for_shell(file)
            ),
        ),
        "\ufeff": ("bom", _("a byte-order mark stands here"), _("save as UTF-8 without BOM")),
    }.get(
        bad[0],
        (
            "control-character",
            _("the invisible character {code} stands here").format(code=code),
            _("delete it"),
        ),
    )
    return Problem(file, name, message, hint, line=line + 1, column=column + 1)


def _merge_marker_problems(text: str, file: str, lang: Lang) -> list[Problem]:
    _ = translator(lang)
    starts = [match.start() for match in _MARKERS.finditer(text) if match[0][0] == "<"]
    starts = starts or [match.start() for match in _MARKERS.finditer(text)][:1]
    message = _("an unsettled git merge stands here (<<<<<<< … >>>>>>>)")
    hint = _("keep the right lines of both sides and delete the markers, or git merge --abort")
    return [
        Problem(
            file,
            "merge-markers",
            message,
            hint,
            line=position_of_index(text, start).line + 1,
            column=1,
        )
        for start in starts[:MOST_PROBLEMS]
    ]
