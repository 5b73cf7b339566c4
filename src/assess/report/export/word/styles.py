"""The styles part and the font table of a Word document, as XML."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from assess.i18n import N_, Lang, translator
from assess.report.export.word.style_table import (
    EAST_ASIAN_FONTS,
    FONT_ALTERNATIVES,
    LANGUAGES,
    LATIN_FONT,
    PARAGRAPH_STYLES,
    TWIPS,
    FontUse,
    ParagraphStyle,
)

_HANGING_SIGNS = "<w:overflowPunct/>"
"""What Word does anyhow. LibreOffice takes it the other way round: without it, it hangs commas and
points beyond the end of the line, where it does not print them."""

_KEPT_WITH_NEXT = frozenset({"DocumentTitle", "AnnexNumber", "AnnexTitle", "Signatory"})


def make_styles_xml(lang: Lang, namespaces: str) -> str:
    """Return the styles part of a document in a language."""
    size = _make_font_size_xml(PARAGRAPH_STYLES[0], lang)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts_xml('body')}{size}"
        f'<w:lang w:val="{LANGUAGES[lang]}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    styles = "".join(_paragraph_style_xml(style, lang) for style in PARAGRAPH_STYLES)
    styles += _small_text_and_table_styles_xml(lang)
    return f"<w:styles {namespaces}>{defaults}{styles}</w:styles>"


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
        f"{'<w:keepNext/>' if keeps else ''}{style.extra}{_HANGING_SIGNS}"
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
    return f"{_fonts_xml(style.font)}{bold}{colour}{_make_font_size_xml(style, lang)}"


def _make_font_size_xml(style: ParagraphStyle, lang: Lang) -> str:
    size = round(2 * (style.size if lang == "zh" else style.english_size))
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _fonts_xml(use: FontUse) -> str:
    return (
        f'<w:rFonts w:ascii="{LATIN_FONT}" w:hAnsi="{LATIN_FONT}" '
        f'w:eastAsia="{EAST_ASIAN_FONTS[use]}" w:cs="{LATIN_FONT}"/>'
    )


def _small_text_and_table_styles_xml(lang: Lang) -> str:
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
