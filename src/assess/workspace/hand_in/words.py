"""The sentences of remarks on hand-ins and of reasons for refusing them, by code."""

from __future__ import annotations

from typing import Final

from assess.i18n import N_

SENTENCES: Final[dict[str, str]] = {
    "not-closed": N_("round {round} is not closed"),
}
