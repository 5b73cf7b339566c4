"""How each field of the five files is merged: as one, by its fields, by ids, as a set.

The rules are data, by the path of the field; `engine.merge.trees` follows them. Fields that mean
something only together are merged as one: a grade is one decision, a remediation is several.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from assess.model.formats import FileKind

How = Literal["one", "content", "mapping", "answer", "set", "ids", "sections"]
"""`one`: as a whole. `content`: a file; if both sides have the same hash, either path is taken.
`mapping`: field by field. `answer`: a mapping whose `RESULT_FIELDS` are merged as one.
`set`: a list (or a single text) whose order means nothing. `ids`: a list of mappings with ids.
`sections`: the sections of a checklist, whose items may move from one to another."""


class MergePlan(NamedTuple):
    """How a value is merged; `fields` and `rest` are the plans for the fields of a mapping."""

    how: How = "one"
    fields: Mapping[str, MergePlan] = {}
    rest: MergePlan | None = None
    """For keys that `fields` does not name, and for entries of a list; None: as one."""
    stamped: bool = False
    """Whether `by` and `at` are the author and time of the value; the later pair is taken."""

    def plan_of_field(self, key: str) -> MergePlan:
        """Return the plan of a field."""
        return self.fields.get(key) or self.rest or WHOLE_VALUE


RESULT_FIELDS: Final = ("status", "value", "fingerprint", "mitigation", "risk")
"""The fields of a result. They are merged as one, because each needs the others."""

TAKEN_FROM: Final = "taken_from"
"""It goes with the verdict that a merge takes, and never makes a conflict of its own."""

STAMP: Final = ("by", "at")

WHOLE_VALUE: Final = MergePlan()
_SET: Final = MergePlan("set")
_FIELDS: Final = MergePlan("mapping")
"""Each field as one: texts in two languages, profiles, remediation."""

_ANSWER: Final = MergePlan(
    "answer",
    {"evidence": MergePlan("mapping", rest=_SET), "remediation": _FIELDS},
    stamped=True,
)
_SHEET: Final = MergePlan(
    "mapping",
    {
        "people": _FIELDS,
        "assigned": _FIELDS,
        "answers": MergePlan("mapping", rest=_ANSWER),
        "parked": MergePlan("mapping", rest=MergePlan("mapping", {"answer": _ANSWER})),
    },
)
_REGISTER: Final = MergePlan(
    "mapping",
    {
        "evidence": MergePlan(
            "mapping",
            rest=MergePlan(
                "mapping", {"title": _FIELDS, "file": MergePlan("content")}, stamped=True
            ),
        )
    },
)
_FINDINGS: Final = MergePlan(
    "mapping",
    {
        "findings": MergePlan(
            "mapping",
            rest=MergePlan("mapping", {"remediation": _FIELDS, "evidence": _SET}, stamped=True),
        )
    },
)
_ROUND: Final = MergePlan(
    "mapping",
    {
        "title": _FIELDS,
        "notice": _FIELDS,
        "narrative": MergePlan("mapping", rest=_FIELDS),
        "sheets": _SET,
    },
)
_CONFIG: Final = MergePlan(
    "mapping",
    {
        "organization": MergePlan("mapping", {"name": _FIELDS}),
        "profile": _FIELDS,
        "systems": MergePlan(
            "mapping", rest=MergePlan("mapping", {"name": _FIELDS, "profile": _FIELDS})
        ),
        "people": MergePlan("mapping", rest=MergePlan("mapping", {"roles": _SET, "emails": _SET})),
        "checklists": MergePlan("mapping", rest=_FIELDS),
        "rounds": MergePlan("mapping", rest=_ROUND),
        "report": MergePlan("mapping", rest=_FIELDS),
    },
)
_BY_ID: Final = MergePlan("ids", rest=MergePlan("mapping", {"title": _FIELDS, "text": _FIELDS}))
_OFFICE: Final = MergePlan(
    "mapping",
    {
        "units": MergePlan("mapping", rest=MergePlan("mapping", {"expects": _SET})),
        "campaigns": MergePlan(
            "mapping", rest=MergePlan("mapping", {"checklists": _BY_ID, "units": _SET})
        ),
    },
)
_RECEIPTS: Final = MergePlan(
    "mapping", {"receipts": MergePlan("mapping", rest=MergePlan("mapping", stamped=True))}
)
_ITEM: Final = MergePlan(
    "mapping",
    {
        "title": _FIELDS,
        "requirement": _FIELDS,
        "evidence": _BY_ID,
        "remedy": MergePlan("mapping", rest=_FIELDS),
        "high_risk": MergePlan("mapping", {"mitigations": _BY_ID}),
        "refs": _SET,
        "crossrefs": MergePlan("mapping", rest=_SET),
        "methods": _SET,
        "supersedes": _SET,
        "still_valid": _SET,
        "silence": _SET,
        "rungs": _BY_ID,
        "options": _BY_ID,
        "columns": _BY_ID,
        "ratio": MergePlan("mapping", {"part": _FIELDS, "whole": _FIELDS}),
        "number": MergePlan("mapping", {"unit": _FIELDS}),
        "date": _FIELDS,
        "text": _FIELDS,
        "other": _FIELDS,
        "rows": _FIELDS,
    },
)
_SECTION: Final = MergePlan("mapping", {"title": _FIELDS, "items": MergePlan("ids", rest=_ITEM)})
_CHECKLIST: Final = MergePlan(
    "mapping",
    {
        "title": _FIELDS,
        "summary": _FIELDS,
        "basis": MergePlan("mapping", rest=MergePlan("mapping", {"title": _FIELDS})),
        "profile": MergePlan(
            "mapping", rest=MergePlan("mapping", {"question": _FIELDS, "options": _BY_ID})
        ),
        "scoring": MergePlan("mapping", {"bands": _BY_ID, "high_risk": _FIELDS}),
        "checks": _SET,
        "sections": MergePlan("sections", rest=_SECTION),
    },
)

PLANS: Final[Mapping[FileKind, MergePlan]] = {
    "sheet": _SHEET,
    "register": _REGISTER,
    "findings": _FINDINGS,
    "office": _OFFICE,
    "receipts": _RECEIPTS,
    "thresholds": MergePlan("mapping", {"limits": _SET}),
    "config": _CONFIG,
    "checklist": _CHECKLIST,
}
