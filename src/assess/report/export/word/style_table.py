"""The named styles of a Word document: those of an official document after GB/T 9704-2012.

Built-in styles keep the names that Word knows (Normal is 正文 in a Chinese Word, heading 1 is
标题 1), so that its commands, its list of headings and its table of contents work with them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from assess.i18n import N_, Lang

TWIPS = 20
"""Twentieths of a point, the unit of Word, in a point."""


FontUse = Literal["body", "heading", "accent", "title", "song"]

EAST_ASIAN_FONTS: dict[FontUse, str] = {
    "body": "仿宋_GB2312",
    "heading": "黑体",
    "accent": "楷体_GB2312",
    "title": "方正小标宋简体",
    "song": "宋体",
}
"""The typefaces of official documents; Word asks for them by these names."""

FONT_ALTERNATIVES = {
    "仿宋_GB2312": "FangSong_GB2312,仿宋,FangSong",
    "楷体_GB2312": "KaiTi_GB2312,楷体,KaiTi",
    "黑体": "SimHei",
    "方正小标宋简体": "FZXiaoBiaoSong-B05S,方正小标宋_GBK",
    "宋体": "SimSun",
}
"""Other names of these typefaces, and what comes nearest on a machine without them."""

LATIN_FONT = "Times New Roman"

LANGUAGES: dict[Lang, str] = {"zh": "zh-CN", "en": "en-US"}


class ParagraphStyle(NamedTuple):
    """A style of paragraphs. Sizes in points, indents in hundredths of a character."""

    id: str
    name: str
    """The name that Word shows; an alias beside the name of a built-in style."""
    size: float
    english_size: float
    font: FontUse = "body"
    built_in: str = ""
    align: str = "left"
    line: float = 0
    """The fixed pitch of lines; 0 for that of the font."""
    english_line: float = 0
    first: int = 0
    left: int = 0
    hanging: int = 0
    right: int = 0
    before: float = 0
    after: float = 0
    outline: int | None = None
    bold: bool = False
    colour: str = ""
    extra: str = ""
    """Further properties: frames, borders and tabs, which stand before the spacing."""
    next: str = ""


PITCH = 28.95
"""Points from line to line: 22 lines on a page of 225 mm."""

TEXT_WIDTH = 8845
"""Twips of a line: 156 mm."""

_RED_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="13" w:space="4" w:color="C00000"/></w:pBdr>'
_SIDES = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH - 320}"/></w:tabs>'
IMPRINT_FRAME = (
    f'<w:framePr w:w="{TEXT_WIDTH}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" '
    'w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>'
)
"""The place of the imprint: at the foot of the last page, whatever stands above it."""

_IMPRINT = (
    '<w:pBdr><w:top w:val="single" w:sz="8" w:space="2" w:color="000000"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="2" w:color="000000"/>'
    '<w:between w:val="single" w:sz="6" w:space="2" w:color="000000"/></w:pBdr>'
)

PARAGRAPH_STYLES = (
    ParagraphStyle(
        "Normal",
        "",
        16,
        12,
        built_in="Normal",
        align="both",
        line=PITCH,
        english_line=18,
        first=200,
    ),
    ParagraphStyle(
        "DocumentTitle",
        N_("Document title"),
        22,
        20,
        "title",
        align="center",
        line=34,
        english_line=27,
        after=PITCH,
        next="Addressee",
    ),
    ParagraphStyle(
        "Organ",
        N_("Issuing organ"),
        34,
        26,
        "title",
        align="center",
        line=46,
        english_line=34,
        before=12,
        after=28,
        colour="C00000",
    ),
    ParagraphStyle(
        "DocumentNumber",
        N_("Document number"),
        16,
        12,
        align="center",
        line=PITCH,
        english_line=18,
        after=26,
        extra=_RED_RULE + _SIDES,
    ),
    ParagraphStyle(
        "Addressee", N_("Addressee"), 16, 12, line=PITCH, english_line=18, next="Normal"
    ),
    ParagraphStyle(
        "Heading1",
        N_("Heading of level 1"),
        16,
        13,
        "heading",
        "heading 1",
        line=PITCH,
        english_line=20,
        first=200,
        outline=0,
    ),
    ParagraphStyle(
        "Heading2",
        N_("Heading of level 2"),
        16,
        12,
        "accent",
        "heading 2",
        line=PITCH,
        english_line=18,
        first=200,
        outline=1,
    ),
    ParagraphStyle(
        "Heading3",
        N_("Heading of level 3"),
        16,
        12,
        "body",
        "heading 3",
        line=PITCH,
        english_line=18,
        first=200,
        outline=2,
        bold=True,
    ),
    ParagraphStyle(
        "Heading4",
        N_("Heading of level 4"),
        16,
        12,
        "body",
        "heading 4",
        line=PITCH,
        english_line=18,
        first=200,
        outline=3,
    ),
    ParagraphStyle(
        "AnnexList",
        N_("List of annexes"),
        16,
        12,
        line=PITCH,
        english_line=18,
        left=500,
        hanging=300,
    ),
    ParagraphStyle(
        "Signatory",
        N_("Signatory"),
        16,
        12,
        align="right",
        line=PITCH,
        english_line=18,
        right=400,
        next="IssueDate",
    ),
    ParagraphStyle(
        "IssueDate",
        N_("Date of issue"),
        16,
        12,
        align="right",
        line=PITCH,
        english_line=18,
        right=400,
    ),
    ParagraphStyle(
        "Contact", N_("Note below the date"), 16, 12, line=PITCH, english_line=18, first=200
    ),
    ParagraphStyle(
        "Imprint", N_("Imprint"), 14, 11, line=22, english_line=16, extra=_IMPRINT + _SIDES
    ),
    ParagraphStyle(
        "AnnexNumber",
        N_("Annex number"),
        16,
        12,
        "heading",
        line=PITCH,
        english_line=18,
        next="AnnexTitle",
    ),
    ParagraphStyle(
        "AnnexTitle",
        N_("Annex title"),
        18,
        16,
        "title",
        align="center",
        line=PITCH,
        english_line=24,
        after=8,
        outline=0,
        next="AnnexText",
    ),
    ParagraphStyle(
        "AnnexHeading1",
        N_("Annex heading of level 1"),
        14,
        13,
        "heading",
        before=10,
        after=4,
        outline=0,
        next="AnnexText",
    ),
    ParagraphStyle(
        "AnnexHeading2",
        N_("Annex heading of level 2"),
        12,
        12,
        "heading",
        before=8,
        after=4,
        outline=1,
        next="AnnexText",
    ),
    ParagraphStyle(
        "AnnexHeading3",
        N_("Annex heading of level 3"),
        11,
        11,
        "heading",
        before=6,
        after=2,
        outline=2,
        next="AnnexText",
    ),
    ParagraphStyle("AnnexText", N_("Annex text"), 10.5, 10.5, after=2),
    ParagraphStyle(
        "SecondTitle", N_("Line below the title"), 14, 12, "accent", align="center", after=8
    ),
    ParagraphStyle("Picture", N_("Picture"), 10.5, 10.5, before=4, after=4),
    ParagraphStyle("TableHead", N_("Head of a table"), 10.5, 10, "heading", align="center"),
    ParagraphStyle("TableText", N_("Text of a table"), 10.5, 10),
    ParagraphStyle("TableSmall", N_("Small text of a table"), 9, 8),
    ParagraphStyle("TableSmallHead", N_("Small head of a table"), 9, 8, "heading", align="center"),
    ParagraphStyle("Header", "", 9, 9, built_in="header"),
    ParagraphStyle("Footer", "", 9, 9, built_in="footer"),
    ParagraphStyle(
        "PageNumberRight", N_("Page number, odd"), 14, 12, "song", align="right", right=100
    ),
    ParagraphStyle("PageNumberLeft", N_("Page number, even"), 14, 12, "song", left=100),
)
"""The styles of paragraphs, by use: letter, annexes, tables, margins."""
