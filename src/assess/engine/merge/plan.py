"""How each field of the four files is merged: as one, by its fields, by ids, as a set.

The rules stand here as data, by the path of the field; engine.merge follows them. Which fields
belong together is decided by meaning: a grade is one decision, a remediation is several.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Kind = Literal["checklist", "sheet", "config", "register"]

How = Literal["one", "content", "mapping", "answer", "set", "ids", "sections"]
"""`one`: as a whole. `content`: a file; where its hash is the same on both sides either path does.
`mapping`: field by field. `answer`: a mapping whose SAID fields are one.
`set`: a list (or a single text) whose order means nothing. `ids`: a list of mappings with ids.
`sections`: the sections of a checklist, whose items may move from one to another."""


class Plan(NamedTuple):
    """How one value is merged; `fields` and `rest` say it for what a mapping holds."""

    how: How = "one"
    fields: Mapping[str, Plan] = {}
    rest: Plan | None = None
    """For keys that `fields` does not name, and for entries of a list; None: as one."""
    stamped: bool = False
    """`by` and `at` say who wrote it when: the later pair wins."""

    def of(self, key: str) -> Plan:
        """Return the plan of a field."""
        return self.fields.get(key) or self.rest or ONE


SAID: Final = ("status", "value", "fingerprint", "mitigation", "risk")
"""What an answer says: one field, because none of these means anything without the others."""

STAMP: Final = ("by", "at")

ONE: Final = Plan()
_SET: Final = Plan("set")
_FIELDS: Final = Plan("mapping")
"""Each field as one: texts in two languages, profiles, remediation."""

_ANSWER: Final = Plan(
    "answer",
    {"evidence": Plan("mapping", rest=_SET), "remediation": _FIELDS},
    stamped=True,
)
_SHEET: Final = Plan(
    "mapping",
    {
        "people": _FIELDS,
        "assigned": _FIELDS,
        "answers": Plan("mapping", rest=_ANSWER),
        "parked": Plan("mapping", rest=Plan("mapping", {"answer": _ANSWER})),
    },
)
_REGISTER: Final = Plan(
    "mapping",
    {
        "evidence": Plan(
            "mapping",
            rest=Plan("mapping", {"title": _FIELDS, "file": Plan("content")}, stamped=True),
        )
    },
)
_ROUND: Final = Plan(
    "mapping",
    {
        "title": _FIELDS,
        "notice": _FIELDS,
        "narrative": Plan("mapping", rest=_FIELDS),
        "sheets": _SET,
    },
)
_CONFIG: Final = Plan(
    "mapping",
    {
        "organization": Plan("mapping", {"name": _FIELDS}),
        "profile": _FIELDS,
        "systems": Plan("mapping", rest=Plan("mapping", {"name": _FIELDS, "profile": _FIELDS})),
        "people": Plan("mapping", rest=Plan("mapping", {"roles": _SET, "emails": _SET})),
        "checklists": Plan("mapping", rest=_FIELDS),
        "rounds": Plan("mapping", rest=_ROUND),
        "report": Plan("mapping", rest=_FIELDS),
    },
)
_BY_ID: Final = Plan("ids", rest=Plan("mapping", {"title": _FIELDS, "text": _FIELDS}))
_ITEM: Final = Plan(
    "mapping",
    {
        "title": _FIELDS,
        "requirement": _FIELDS,
        "evidence": _BY_ID,
        "remedy": Plan("mapping", rest=_FIELDS),
        "high_risk": Plan("mapping", {"mitigations": _BY_ID}),
        "refs": _SET,
        "crossrefs": Plan("mapping", rest=_SET),
        "methods": _SET,
        "supersedes": _SET,
        "still_valid": _SET,
        "silence": _SET,
        "rungs": _BY_ID,
        "options": _BY_ID,
        "columns": _BY_ID,
        "ratio": Plan("mapping", {"part": _FIELDS, "whole": _FIELDS}),
        "number": Plan("mapping", {"unit": _FIELDS}),
        "date": _FIELDS,
        "text": _FIELDS,
        "other": _FIELDS,
        "rows": _FIELDS,
    },
)
_SECTION: Final = Plan("mapping", {"title": _FIELDS, "items": Plan("ids", rest=_ITEM)})
_CHECKLIST: Final = Plan(
    "mapping",
    {
        "title": _FIELDS,
        "summary": _FIELDS,
        "basis": Plan("mapping", rest=Plan("mapping", {"title": _FIELDS})),
        "profile": Plan("mapping", rest=Plan("mapping", {"question": _FIELDS, "options": _BY_ID})),
        "scoring": Plan("mapping", {"bands": _BY_ID, "high_risk": _FIELDS}),
        "sections": Plan("sections", rest=_SECTION),
    },
)

PLANS: Final[Mapping[Kind, Plan]] = {
    "sheet": _SHEET,
    "register": _REGISTER,
    "config": _CONFIG,
    "checklist": _CHECKLIST,
}
