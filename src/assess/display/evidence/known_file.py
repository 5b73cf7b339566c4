"""What is said where a file is attached whose content the register has already."""

from __future__ import annotations

from assess.engine.history.words import clean_and_shorten_untrusted_text
from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import Lang, translator
from assess.model.base import Text, pick_text


def known_file_text(file_name: str, row_id: str, title: Text, lang: Lang) -> str:
    """Return that a file is the one of a registered row, and that nothing new was registered."""
    _ = translator(lang)
    text = _(
        "{file}: its content is registered already as {id} “{title}”; that row is cited, and no new"
        " one was made"
    )
    return text.format(
        file=mark_line_breaks_and_escape(file_name),
        id=row_id,
        title=clean_and_shorten_untrusted_text(pick_text(title, lang)),
    )
