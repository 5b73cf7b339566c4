"""The named styles of a Word document: those of an official document after GB/T 9704-2012.

Built-in styles keep the names that Word knows (Normal is 正文 in a Chinese Word, heading 1 is
标题 1), so that its commands, its list of headings and its table of contents work with them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple
from xml.sax.saxutils import quoteattr

from assess.i18n import N_, Lang, translator

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

_KEPT_WITH_NEXT = frozenset({"DocumentTitle", "AnnexNumber", "AnnexTitle", "Signatory"})


def make_styles_xml(lang: Lang, namespaces: str) -> str:
    """Return the styles part of a document in a language."""
    size = _half_points(PARAGRAPH_STYLES[0], lang)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts_xml('body')}{size}"
        f'<w:lang w:val="{LANGUAGES[lang]}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    styles = "".join(_paragraph_style_xml(style, lang) for style in PARAGRAPH_STYLES)
    return f"<w:styles {namespaces}>{defaults}{styles}{_other_styles_xml(lang)}</w:styles>"


def make_font_table_xml(namespaces: str) -> bytes:
    """Return the table of fonts with their other names."""
    rows = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/></w:font>"
        for name, others in FONT_ALTERNATIVES.items()
    )
    return f"<w:fonts {namespaces}>{rows}</w:fonts>".encode()


def indent_xml(
    lang: Lang, *, first: int = 0, left: int = 0, hanging: int = 0, right: int = 0
) -> str:
    """Return an indent; in Chinese in hundredths of a character, else only what hangs."""
    first = first if lang == "zh" else 0
    twips = PARAGRAPH_STYLES[0].size if lang == "zh" else PARAGRAPH_STYLES[0].english_size
    start = ("hanging", hanging) if hanging else ("firstLine", first)
    return "<w:ind {}/>".format(
        " ".join(
            f'w:{name}Chars="{value}" w:{name}="{round(value * twips * TWIPS / 100)}"'
            for name, value in (("left", left), ("right", right), start)
        )
    )


def _paragraph_style_xml(style: ParagraphStyle, lang: Lang) -> str:
    shown = translator(lang)(style.name) if style.name else ""
    is_default = style.id == "Normal"
    kind = 'w:default="1"' if is_default else "" if style.built_in else 'w:customStyle="1"'
    follower = style.next or ("Normal" if style.built_in.startswith("heading") else "")
    return (
        f'<w:style w:type="paragraph" {kind} w:styleId="{style.id}">'
        + _value_xml("name", style.built_in or shown)
        + _value_xml("aliases", shown if style.built_in else "")
        + _value_xml("basedOn", "" if is_default else "Normal")
        + _value_xml("next", follower)
        + f"<w:qFormat/><w:pPr>{_paragraph_properties_xml(style, lang)}</w:pPr>"
        f"<w:rPr>{_run_properties_xml(style, lang)}</w:rPr></w:style>"
    )


def _value_xml(name: str, value: str) -> str:
    """Return an element with a value; '' for an empty one."""
    return f"<w:{name} w:val={quoteattr(value)}/>" if value else ""


def _paragraph_properties_xml(style: ParagraphStyle, lang: Lang) -> str:
    keeps = style.outline is not None or style.id in _KEPT_WITH_NEXT
    line = style.line if lang == "zh" else style.english_line
    pitch = f'w:line="{round(line * TWIPS)}" w:lineRule="exact"' if line else _OWN_PITCH
    is_english_body = lang == "en" and style.align == "both"
    after = _ENGLISH_GAP if is_english_body else style.after
    return (
        f"{'<w:keepNext/>' if keeps else ''}{style.extra}"
        f'<w:spacing w:before="{round(style.before * TWIPS)}" w:after="{round(after * TWIPS)}"'
        f" {pitch}/>"
        + indent_xml(
            lang, first=style.first, left=style.left, hanging=style.hanging, right=style.right
        )
        + _value_xml("jc", "left" if is_english_body else style.align)
        + _value_xml("outlineLvl", "" if style.outline is None else str(style.outline))
    )


_ENGLISH_GAP = 5
"""Points between paragraphs of an English text, which are not indented."""

_OWN_PITCH = 'w:line="264" w:lineRule="auto"'


def _run_properties_xml(style: ParagraphStyle, lang: Lang) -> str:
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    bold = '<w:b w:val="1"/>' if style.bold else '<w:b w:val="0"/>'
    return f"{_fonts_xml(style.font)}{bold}{colour}{_half_points(style, lang)}"


def _half_points(style: ParagraphStyle, lang: Lang) -> str:
    size = round(2 * (style.size if lang == "zh" else style.english_size))
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _fonts_xml(use: FontUse) -> str:
    return (
        f'<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" '
        f'w:eastAsia="{EAST_ASIAN_FONTS[use]}" w:cs="{LATIN_FONT}"/>'
    )


def _other_styles_xml(lang: Lang) -> str:
    """Return the style of small texts inside a paragraph, and that of tables."""
    small = quoteattr(translator(lang)(N_("Small text")))
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="character" w:customStyle="1" w:styleId="SmallText">'
        f'<w:name w:val={small}/><w:qFormat/><w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr>'
        '</w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '</w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
        "</w:style>"
    )
