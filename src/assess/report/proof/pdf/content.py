"""The drawing of what a signature shows, read by a grammar of the few operators that signing uses.

A reader that restores a state too often may leave the box of the form, and readers differ on what
an inline picture or a comment is. So each operator has its operands, and states are closed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from assess.report.proof.pdf.strict_values import require_condition

_NUMBER: Final = rb"-?\d{1,6}(?:\.\d{1,6})?"
_NAME: Final = rb"/(?P<%s>[-A-Za-z0-9_]+)"
_TEXT: Final = rb"\((?:\\(?:[nrtbf()\\]|[0-3][0-7]{2})|[ -'*-\[\]-~])*\)"


def _operator_pattern_after_numbers(count: int, operator: bytes) -> bytes:
    return rb"(?:%s[ \n]+){%d}%s" % (_NUMBER, count, operator)


_PATTERNS: Final = (
    rb"(?P<begin>q|BT|/Tx[ \n]+BMC)",
    rb"(?P<end>Q|ET|EMC)",
    _NAME % b"XObject" + rb"[ \n]+Do",
    _NAME % b"ExtGState" + rb"[ \n]+gs",
    _NAME % b"Font" + rb"[ \n]+" + _operator_pattern_after_numbers(1, b"Tf"),
    _TEXT + rb"[ \n]+Tj",
    rb"T\*|S|f|h",
    _operator_pattern_after_numbers(1, rb"(?:TL|w|g|G)"),
    _operator_pattern_after_numbers(2, rb"(?:Td|m)"),
    _operator_pattern_after_numbers(3, rb"(?:rg|RG)"),
    _operator_pattern_after_numbers(4, rb"re"),
    _operator_pattern_after_numbers(6, rb"(?:cm|c)"),
)
_STATEMENT: Final = re.compile(rb"(?:%s)(?:[ \n]+|\Z)" % b"|".join(_PATTERNS))
_PAIRS: Final = {b"q": b"Q", b"BT": b"ET", b"BMC": b"EMC"}
_RESOURCES: Final = ("ExtGState", "Font", "XObject")
_MOST_OPEN: Final = 12
"""States within each other; readers have limits."""


def check_content_stream(data: bytes, resource_names: Mapping[str, Collection[str]]) -> None:
    """Check that a drawing has known operators, closes what it opens and uses its own resources.

    Raises:
        UnlikeError: it does not.
    """
    opened: list[bytes] = []
    place = len(data) - len(data.lstrip(b" \n"))
    while place < len(data):
        statement = _STATEMENT.match(data, place)
        require_condition(statement is not None)
        if statement is None:
            return
        place = statement.end()
        if statement["begin"]:
            opened.append(statement["begin"].split()[-1])
            require_condition(len(opened) <= _MOST_OPEN)
        if statement["end"]:
            require_condition(opened != [] and _PAIRS[opened.pop()] == statement["end"])
        for kind in _RESOURCES:
            require_condition(
                not statement[kind] or statement[kind].decode() in resource_names[kind]
            )
    require_condition(not opened)
