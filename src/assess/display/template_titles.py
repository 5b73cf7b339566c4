"""What the program's report templates are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.i18n import N_

TEMPLATE_TITLES: Final[Mapping[str, str]] = {
    "full": N_("Self-check report"),
    "brief": N_("Page for the leader"),
    "summary": N_("Situation report"),
    "ledger": N_("Ledger of findings"),
    "notice": N_("Remediation notice"),
    "receipt": N_("Answer to a notice"),
    "compare": N_("Comparison"),
    "issuer": N_("Issuer's form"),
    "blank": N_("Blank form"),
}
"""The names of the templates for users. A unit's own template is named by its folder."""
