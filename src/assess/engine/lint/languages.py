"""The languages that the texts of a checklist lack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from assess.engine.lint.texts import LocatedText
from assess.engine.punctuation import enumeration_comma_sign
from assess.engine.rulebook import LintRule, ProblemCollector
from assess.i18n import LANGS, N_, translator
from assess.model.checklist import Checklist

LANGUAGE_RULES: Final[Mapping[str, LintRule]] = {
    "language-missing": LintRule(N_("this text lacks {given}"), "", "warning")
}

LANGUAGE_NAMES: dict[str, str] = {"zh": N_("Chinese"), "en": N_("English")}


def lint_missing_languages(
    out: ProblemCollector, checklist: Checklist, texts: Iterable[LocatedText]
) -> None:
    """Note the texts that lack one of the languages in which the checklist is written."""
    _ = translator(out.lang)
    wanted = checklist.languages or LANGS
    for path, _part, text in texts:
        missing = [lang for lang in wanted if not (getattr(text, lang) or "").strip()]
        if missing:
            names = enumeration_comma_sign(out.lang).join(
                _(LANGUAGE_NAMES[lang]) for lang in missing
            )
            out.add_broken_rule("language-missing", path, given=names)
