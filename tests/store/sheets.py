"""Generated answer sheets with comments in every place, for the tests of surgical saving."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from assess.store.yaml.writing import emit

AWKWARD = [
    "", " ", "a ", " a", "yes", "on", "n", "null", "~", "true", "2026", "2026.10", "2026-03-01",
    "12:30", "1_000", "0o17", "0x1F", "1e3", ".5", ".inf", "010", "=", "<<", "-", "- a", "? a", ":",
    "a: b", "a:", "a #b", "#a", "'a'", '"a"', "a\\b", "@a", "`a", "%a", "!a", "&a", "*a", "|", ">",
    "{a}", "[a]", "a, b", "---", "...", "a\nb", "a\n", "a\n\nb", "\na", "a\n\n", " a\nb",
    "a\n b\nc", "a \nb", "a\n \nb", "a\tb", "a\n\tb",
    "甲：乙，“丙”。", "末条为“允许所有”。\n原因：迁移。",
    "𠀀𪚥㐂〇", "🔴\n好", "a\u2028b", "a\x07b", "a\x85b", "\ufeffa", "a\rb",
    "# a\n# b", "---\na", "a: b\n- c",
]  # fmt: skip
"""Texts that YAML writers get wrong."""

TEXTS = st.sampled_from(AWKWARD) | st.text(
    alphabet=st.sampled_from("ab甲乙𠀀 \n#:-'\"\\,{}[]|>&*!%@`?=~.0129eyn\t"), max_size=12
)
LEAVES = TEXTS | st.integers(-5, 99) | st.booleans()
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["part", "2026", "on", "a b", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
FIELDS = ("status", "value", "note", "evidence", "by")
COMMENTS = st.sampled_from(["", "# 说明", "# a: b", "#", "# 'x"])


class Sheet(NamedTuple):
    """Text of a sheet, and the rows (from 0) of every answer and of the fields of block answers."""

    text: str
    spans: dict[tuple[str, ...], tuple[int, int]]


class _Writer:
    """Collects rows, with comments and blank lines where the draw says so."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.rows: list[str] = []
        self.spans: dict[tuple[str, ...], tuple[int, int]] = {}

    def between(self, indent: int) -> None:
        for _ in range(self.draw(st.integers(0, 2))):
            comment = self.draw(COMMENTS)
            self.rows.append(f"{' ' * indent}{comment}" if comment else "")

    def tail(self) -> str:
        comment = self.draw(COMMENTS)
        return f"  {comment}" if comment else ""

    def answer(self, name: str) -> None:
        start = len(self.rows)
        fields = self.draw(st.lists(st.sampled_from(FIELDS), unique=True, max_size=4))
        style = self.draw(st.sampled_from(["block", "block", "braces", "commented"]))
        if style == "block" and fields:
            self.rows.append(f"  {name}:{self.tail()}")
            for field in fields:
                self.between(4)
                self.field(name, field)
        elif style == "commented" and fields:
            self.braces_with_comments(name, fields)
        else:
            values = {field: self.draw(VALUES) for field in fields}
            self.rows.append(f"  {name}: {emit.flow_style_text(values)}{self.tail()}")
        self.spans["answers", name] = (start, len(self.rows))

    def braces_with_comments(self, name: str, fields: list[str]) -> None:
        self.rows.append(f"  {name}: {{{self.tail()}")
        for field in fields:
            value = emit.flow_style_text(self.draw(VALUES))
            self.rows.append(f"    {field}: {value},{self.tail()}")
            self.between(4)
        self.rows.append("    }")

    def field(self, name: str, field: str) -> None:
        start = len(self.rows)
        style = self.draw(st.sampled_from(["plain", "single", "folded", "keep", "lists", "own"]))
        if style == "single":
            self.rows.append(f"    {field}: 'it''s'{self.tail()}")
        elif style == "folded":
            self.rows += [f"    {field}: >-{self.tail()}", "      甲", "", "      乙 # 丙"]
        elif style == "keep":
            self.rows += [f"    {field}: |+", "      甲", "", ""]
        elif style == "lists":
            self.rows.append(f"    {field}:{self.tail()}")
            for _ in range(self.draw(st.integers(1, 3))):
                self.between(6)
                self.rows.append(f"      - {emit.flow_style_text(self.draw(LEAVES))}{self.tail()}")
        elif style == "plain":
            self.rows += [f"    {field}: 甲", "      乙"]
        else:
            self.rows += emit.field_lines(field, self.draw(VALUES), 4)
        self.spans["answers", name, field] = (start, len(self.rows))


@st.composite
def sheets(draw: Any) -> Sheet:
    """Draw a sheet."""
    writer = _Writer(draw)
    writer.rows.append("format: assess/answers/1")
    writer.between(0)
    names = draw(st.lists(st.sampled_from(["A-1", "A-2", "B.1", "2026"]), unique=True, max_size=4))
    if names:
        writer.rows.append(f"answers:{writer.tail()}")
        for name in names:
            writer.between(2)
            writer.answer(f'"{name}"' if name == "2026" else name)
    elif draw(st.booleans()):
        writer.rows.append("answers: {}")
    writer.between(draw(st.sampled_from([0, 2])))
    if draw(st.booleans()):
        writer.rows.append("parked: {}")
    writer.between(0)
    spans = {tuple(k.strip('"') for k in key): span for key, span in writer.spans.items()}
    return Sheet("\n".join(writer.rows) + "\n", spans)
