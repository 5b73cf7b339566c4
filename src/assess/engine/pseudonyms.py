"""Pseudonyms: with the same key, the same name always has the same pseudonym.

They are keyed hashes (HMAC-SHA-256), so they can't be found by trying names without the key.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from assess.i18n import LANGS, N_, Lang, translator
from assess.model.item_parts import Pattern

_DIGITS = 8

_YEAR = re.compile(r"[0-9]{4}")

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
"""A date as this program writes it: eight digits may also be a telephone number or a birthday."""


_PSEUDONYM = re.compile(rf"removed[-_/][0-9a-f]{{{_DIGITS}}}")
"""A round, a fact or a place that a sanitised copy replaced."""

_MARK = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")


class Pseudonyms:
    """The replacements of people, texts and evidence in an export."""

    def __init__(self, key: bytes, lang: Lang) -> None:
        self._key = key
        self._lang = lang

    def replace_person_id(self, person_id: str | None) -> str | None:
        """Return the id of a person in the export."""
        return None if person_id is None else f"person-{self._keyed_digest('person', person_id)}"

    def replace_person_name(self, name: str | None) -> str | None:
        """Return the pseudonym of a written name: an owner, a unit, a person who accepts."""
        if name is None:
            return None
        _ = translator(self._lang)
        return _("person or unit {mark}").format(mark=self._keyed_digest("name", name))

    def replace_evidence_id(self, row_id: str) -> str:
        """Return the id of a row of the register; the real one holds digits of the file's hash."""
        return f"ev-{self._keyed_digest('evidence', row_id)}"

    def replace_text(self, text: str | None) -> str | None:
        """Return the pseudonym of a free text; equal texts have equal pseudonyms."""
        if text is None:
            return None
        _ = translator(self._lang)
        return _("[removed {mark}]").format(mark=self._keyed_digest("text", text))

    def replace_digest(self, digest: str | None) -> str | None:
        """Return the digest of an older answer, by which nobody can check guesses of its words."""
        return None if digest is None else f"a-{self._keyed_digest('digest', digest, 12)}"

    def replace_unknown_mitigation_id(self, mitigation_id: str) -> str:
        """Return the id of a mitigation that the item does not have."""
        return f"removed-{self._keyed_digest('mitigation', mitigation_id)}"

    def replace_round_id_unless_year(self, round_id: str) -> str:
        """Return the id of another round: a year stays, anything else may be words."""
        if _YEAR.fullmatch(round_id):
            return round_id
        return f"removed-{self._keyed_digest('round', round_id)}"

    def replace_fact_name(self, name: str) -> str:
        """Return the name of a fact that an answer was taken over from."""
        return f"removed_{self._keyed_digest('fact', name)}"

    def replace_source_place(self, place: str) -> str:
        """Return the place of a value that an answer was taken over from."""
        return f"removed/{self._keyed_digest('place', place)}"

    def replace_answer_text_matching_pattern(
        self, text: str, pattern: Pattern | None, longest: int | None
    ) -> str:
        """Return a replacement of an answer in words that fits its pattern and length."""
        number = int(self._keyed_digest("text", text), 16) % 10**8
        by_pattern = {
            "phone": f"000{number:08d}",
            "email": f"removed-{number:08d}@example.invalid",
            "url": f"https://removed-{number:08d}.invalid/",
            "ipv4": f"192.0.2.{number % 256}",  # RFC 5737: for documentation
            "uscc": f"{number:018d}",
            "postcode": f"{number % 10**6:06d}",
        }
        replacement = self.replace_text(text) if pattern is None else by_pattern[pattern]
        return str(replacement)[:longest]

    def _keyed_digest(self, kind: str, text: str, digits: int = _DIGITS) -> str:
        whole = hmac.new(self._key, f"{kind}\0{text}".encode(), hashlib.sha256)
        return whole.hexdigest()[:digits]


def is_pseudonym(text: str) -> bool:
    """Return whether a text is one that stands for a name or a free text, in either language."""
    messages = (N_("person or unit {mark}"), N_("[removed {mark}]"))
    mark = next(iter(_MARK.findall(text)), "")
    return any(
        text == translator(lang)(message).format(mark=mark)
        for lang, message in itertools.product(LANGS, messages)
    )


def is_pseudonym_of_source(source: str | None) -> bool:
    """Return whether a round, a fact or a place of a value was replaced in a sanitised copy."""
    return source is not None and _PSEUDONYM.fullmatch(source) is not None


def replace_unknown_texts_except_dates(
    value: Any, known_texts: AbstractSet[str], names: Pseudonyms
) -> Any:
    """Return a value whose texts are known or dates; any other text is replaced."""
    if isinstance(value, Mapping):
        return {
            replace_unknown_texts_except_dates(
                key, known_texts, names
            ): replace_unknown_texts_except_dates(inner, known_texts, names)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [replace_unknown_texts_except_dates(inner, known_texts, names) for inner in value]
    if isinstance(value, str) and value not in known_texts and not _is_iso_date_text(value):
        return names.replace_text(value)
    return value


def _is_iso_date_text(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
