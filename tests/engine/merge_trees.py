"""Generated answer sheets and changes of them, for the tests of merging."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

from hypothesis import strategies as st

from assess.engine.merge.plan import RESULT_FIELDS, STAMP

ITEMS = [f"IT-{number}" for number in range(4)]
WORDS = st.sampled_from(["甲", "乙", "丙"])
DAYS = st.integers(10, 28).map(lambda day: f"2026-05-{day}T09:00:00+08:00")

_ANY_ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["met", "unmet"]),
        "value": st.sampled_from(["yearly", 12, {"part": 1, "whole": 2}, ["a", "b"], True, 1]),
        "note": WORDS,
        "evidence": st.dictionaries(
            st.sampled_from(["ev-1", "ev-2", "ev-3"]),
            st.sampled_from(["policy", ["policy", "other"], ["other"]]),
            max_size=3,
        ),
        "mitigation": st.fixed_dictionaries({"id": WORDS}),
        "remediation": st.dictionaries(
            st.sampled_from(["action", "owner", "due"]), WORDS, min_size=1, max_size=3
        ),
        "review": st.fixed_dictionaries({"state": st.sampled_from(["accepted", "returned"])}),
        "recheck": WORDS,
        "fingerprint": WORDS,
        "by": WORDS,
        "at": DAYS,
    },
)


def _valid(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with a status or a value, not both."""
    return {key: value for key, value in answer.items() if key != "value" or "status" not in answer}


ANSWERS = _ANY_ANSWERS.map(_valid)
PARKED = st.fixed_dictionaries({"from": st.fixed_dictionaries({"version": WORDS})}).flatmap(
    lambda row: ANSWERS.map(lambda answer: {**row, "answer": answer})
)


class Three(NamedTuple):
    """A base and two sides."""

    base: dict[str, Any]
    ours: dict[str, Any]
    theirs: dict[str, Any]


def sheet(answers: dict[str, Any]) -> dict[str, Any]:
    """Return a sheet with these answers."""
    return {
        "format": "assess/answers/1",
        "checklist": {"id": "c", "version": "1"},
        "scope": {"organization": "x"},
        "round": "2026",
        "answers": answers,
    }


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Any]:
    """Return a random sheet."""
    made = sheet(draw(st.dictionaries(st.sampled_from(ITEMS), ANSWERS, max_size=4)))
    if draw(st.booleans()):
        made["people"] = draw(st.dictionaries(st.sampled_from(["filler", "leader"]), WORDS))
    if draw(st.integers(0, 3)) == 0:
        made["parked"] = draw(st.dictionaries(st.sampled_from(["OLD-1", "OLD-2"]), PARKED))
    return made


@st.composite
def changed(draw: st.DrawFn, tree: dict[str, Any]) -> dict[str, Any]:
    """Return a sheet with a few answers changed, added or removed."""
    new = copy.deepcopy(tree)
    for item in draw(st.lists(st.sampled_from(ITEMS), max_size=3)):
        how = draw(st.sampled_from(["whole", "field", "field", "gone"]))
        if how == "gone":
            new["answers"].pop(item, None)
        elif how == "whole":
            new["answers"][item] = draw(ANSWERS)
        else:
            drawn = draw(ANSWERS)
            answer = new["answers"].setdefault(item, {})
            some = {key: drawn[key] for key in list(drawn)[: draw(st.integers(0, 3))]}
            if "value" in some:
                answer.pop("status", None)
            answer.update(some)
            new["answers"][item] = _valid(answer)
    if draw(st.integers(0, 4)) == 0:
        new["checklist"] = {"id": "c", "version": draw(WORDS)}
    return new


@st.composite
def threes(draw: st.DrawFn) -> Three:
    """Return a random base and two changes of it; sometimes no base."""
    base = draw(sheets())
    ours, theirs = draw(changed(base)), draw(changed(base))
    return Three(base if draw(st.integers(0, 5)) else {}, ours, theirs)


def frozen(value: Any) -> Any:
    """Return a value that can stand in a set; mappings without order, true apart from 1."""
    if isinstance(value, dict):
        return frozenset((key, frozen(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return tuple(map(frozen, value))
    return (type(value).__name__, value)


def both_ways(tree: Any) -> Any:
    """Return a merged tree without saying which side of a conflict is ours."""
    return frozen(_settled(tree))


def _settled(tree: Any) -> Any:
    if isinstance(tree, list):
        return [_settled(one) for one in tree]
    if not isinstance(tree, dict):
        return tree
    mine = {key: value for key, value in tree.items() if key != "conflict"}
    pairs = []
    for row in tree.get("conflict", []):
        field = row["field"]
        keys = RESULT_FIELDS if field in RESULT_FIELDS[:2] else (field,)
        ours = {key: mine.pop(key) for key in keys if key in mine}
        theirs = {key: row[key] for key in keys if key in row}
        theirs |= {field: row["theirs"]} if "theirs" in row else {}
        pairs.append(frozenset([("ours", frozen(ours)), ("ours", frozen(theirs))]))
    if _clashes(tree):
        mine = {key: value for key, value in mine.items() if key not in STAMP}
    whole = {key: _settled(value) for key, value in mine.items()}
    if isinstance(whole.get("evidence"), dict):  # what a row proves is a set
        whole["evidence"] = {
            row: proofs if row == "conflict" else sorted(proofs)
            for row, proofs in whole["evidence"].items()
        }
    return {**whole, **_paired(pairs)}


def _paired(pairs: list[Any]) -> dict[str, Any]:
    return {"conflict": _Pairs(pairs)} if pairs else {}


class _Pairs:
    """Pairs without order."""

    def __init__(self, pairs: list[Any]) -> None:
        self.pairs = frozenset(pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pairs) and self.pairs == other.pairs

    def __hash__(self) -> int:
        return hash(self.pairs)


def _clashes(tree: Any) -> bool:
    if isinstance(tree, dict):
        return "conflict" in tree or any(map(_clashes, tree.values()))
    return isinstance(tree, list) and any(map(_clashes, tree))
