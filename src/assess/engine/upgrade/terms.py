"""What an upgrade is made under: the day, the languages, what was confirmed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from assess.i18n import Lang


class UpgradeTerms(NamedTuple):
    """What an upgrade is made under."""

    today: date
    written: Lang
    """The language of the workspace: that of answers without fingerprint."""
    lang: Lang
    """The language of messages."""
    confirmed: Collection[str] = ()
    """Items whose answer may become invalid: it is parked then."""
    digest: str | None = None
    """Of the new version's bytes."""
