"""Letters of an office: the same text in Markdown and Word, in both languages, the same bytes."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest

from assess.i18n import LANGS, Lang
from assess.report.letters.letter import (
    LetterTable,
    OfficeLetter,
    break_title,
    write_letter_files,
)
from assess.report.letters.office_document import LetterForm

LETTER = OfficeLetter(
    title="关于退回\n材料的通知",
    addressee="示例市青溪区数据局",
    opening=("第一段。", "第二段。"),
    sender="示例市青溪区网信办",
    day=date(2026, 11, 30),
    table=LetterTable(("序号", "要求"), (("1", "=cmd|' /C calc'!A0"), ("2", "甲\n乙"))),
    closing=("请予补正。",),
    annexes=("一.json", "二.json"),
)


@pytest.mark.parametrize("lang", LANGS)
def test_word_and_markdown_have_the_same_text(lang: Lang) -> None:
    """Title, addressee, table, annexes, sender and day; a line break forges no line of its own."""
    forms: tuple[LetterForm, ...] = ("docx",)
    files = write_letter_files(LETTER, lang, forms, lang)
    assert list(files) == ["docx", "md"]
    assert files == write_letter_files(LETTER, lang, forms, lang)
    document = docx.Document(io.BytesIO(files["docx"]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    plain = files["md"].decode()
    day = "2026年11月30日" if lang == "zh" else "30 November 2026"
    for words in ("关于退回 材料的通知", "示例市青溪区数据局", "第二段。", "请予补正。", day):
        assert words in text
        assert words in plain
    assert [cell.text for cell in document.tables[0].rows[2].cells] == ["2", "甲\n乙"]
    assert "甲<br>乙" in plain
    assert "1. 一.json" in text
    assert document.sections[0].header.paragraphs[0].text == (
        "内部" if lang == "zh" else "Internal"
    )
    assert document.core_properties.author == "示例市青溪区网信办"


@pytest.mark.parametrize(
    ("title", "lang", "lines"),
    [
        ("关于催报“2026 年自查”材料的函", "zh", 1),
        ("关于“2026 年网络安全年度自查”发现问题的整改通知书", "zh", 2),
        ("关于报送二〇二六年度网络安全自查情况及整改情况的通知", "zh", 1),
        ("Notice to mend what “Self-assessment 2026” found in all units", "en", 1),
    ],
)
def test_a_long_title_is_broken_behind_what_it_quotes(title: str, lang: Lang, lines: int) -> None:
    """Words that belong together stay on a line; no sign is lost."""
    broken = break_title(title, lang)
    assert broken.replace("\n", "") == title
    assert len(broken.splitlines()) == lines
    assert lines == 1 or broken.splitlines()[0].endswith("”")


def test_a_broken_title_is_whole_in_markdown() -> None:
    """The line break of the page would be a blank between two Chinese characters there."""
    letter = LETTER._replace(title="关于“2026 年网络安全年度自查”发现问题的整改通知书")
    files = write_letter_files(letter, "zh", (), "zh")
    assert files["md"].decode().splitlines()[0] == f"# {letter.title}"
