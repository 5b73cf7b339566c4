"""Names of roles, exposures, hostings and kinds of evidence, for users."""

from __future__ import annotations

from collections.abc import Iterable

from assess.engine.punctuation import enumeration_comma_sign
from assess.i18n import N_, Lang, translator

ROLE_NAMES = {
    "filler": N_("fills in"),
    "reviewer": N_("reviews"),
    "leader": N_("signs"),
}
EXPOSURES = {
    "internet": N_("internet"),
    "egov": N_("e-government network"),
    "isolated": N_("isolated"),
}
KINDS = {"pdf": "PDF", "png": "PNG", "jpeg": "JPEG", "text": N_("text")}
FAULTS = {
    "missing": N_("the file is missing"),
    "changed": N_("the file was changed after it was registered"),
    "misnamed": N_("what it holds is not what its name says; it is opened by what it holds"),
    "expired": N_("expired"),
    "expires_soon": N_("expires soon"),
    "unused": N_("cited by no item"),
}


def role_names_text(roles: Iterable[str], lang: Lang) -> str:
    """Return the names of roles as one text."""
    _ = translator(lang)
    return enumeration_comma_sign(lang).join(_(ROLE_NAMES[role]) for role in roles)
