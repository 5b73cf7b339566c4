"""A roll-up as one HTML page without a network: tables that sort and filter."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assess.engine.round_data_json import NUMBER_ENCODER
from assess.i18n import Lang, translator
from assess.model.rollup import RollUpDocument
from assess.report.content.charts.svg import SvgElement, format_svg, make_element
from assess.report.rollup.charts import RollUpChart, make_charts
from assess.report.rollup.table_reader import TableReader

_FOLDER: Final = Path(__file__).parent

_LANGUAGES: Final[dict[Lang, str]] = {"zh": "zh-Hans-CN", "en": "en"}
"""The languages of a page, as HTML names them."""

_ESCAPED_IN_SCRIPT: Final = {
    ord(char): f"\\u{ord(char):04x}" for char in ("<", ">", "&", "\u2028", "\u2029")
}
"""What would end a script element or a line of a script, as JSON writes it instead."""


def make_rollup_page(document: RollUpDocument) -> str:
    """Return the page of a roll-up; the same document gives the same text.

    What units wrote stands in it as data only: the script writes it with `textContent`, and the
    Content Security Policy allows this one script and no request.
    """
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(_FOLDER)
    )
    script = Path(_FOLDER, "page.js").read_text("utf-8")
    words = _make_words(document.lang)
    _ = translator(document.lang)
    facts = _("{office} · reckoned on {day}").format(
        office=document.office, day=document.reckoned.isoformat()
    )
    return environment.get_template("page.html").render(
        document=document,
        language=_LANGUAGES[document.lang],
        facts=facts,
        words=words,
        charts=[
            (chart, _mark_as_safe(format_svg(_make_named_drawing(chart, number))))
            for number, chart in enumerate(make_charts(TableReader(document)))
        ],
        style=_mark_as_safe(Path(_FOLDER, "page.css").read_text("utf-8")),
        script=_mark_as_safe(script),
        script_digest=b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
        words_json=encode_for_script_element(words),
        data_json=encode_for_script_element(document),
    )


def encode_for_script_element(value: object) -> Markup:
    """Return a value as JSON that can stand in a script element, whatever its texts hold."""
    return _mark_as_safe(NUMBER_ENCODER.encode(value).decode("utf-8").translate(_ESCAPED_IN_SCRIPT))


def _make_named_drawing(chart: RollUpChart, number: int) -> SvgElement:
    """Return the drawing of a chart with its title, its figures in words, and their ids."""
    title, text = f"chart-{number}-title", f"chart-{number}-text"
    names = {"role": "img", "aria-labelledby": title, "aria-describedby": text}
    _alternative, *parts = chart.drawing.children
    return SvgElement(
        chart.drawing.tag,
        chart.drawing.attributes | names,
        (
            make_element("title", chart.title, id=title),
            make_element("desc", chart.alternative, id=text),
            *parts,
        ),
    )


def _mark_as_safe(text: str) -> Markup:
    return Markup(text)  # noqa: S704  # the program's own files, drawings with escaped texts, and JSON without markup


def _make_words(lang: Lang) -> dict[str, str]:
    """Return the words of the page that are not in the document."""
    _ = translator(lang)
    return {
        "contents": _("Contents"),
        "charts": _("Charts"),
        "filter": _("Rows with"),
        "all": _("all categories"),
        "count": _("{rows} of {all} rows"),
        "more": _("show the other {left} rows"),
        "nothing": "—",
        "no_script": _("The tables are drawn by a script. Without it, read the workbook (XLSX)."),
    }
