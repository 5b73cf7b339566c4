"""Say what a merge left to be decided, and what to do about it."""

from __future__ import annotations

from typing import Final

from assess.engine.merge.trees import NewConflict
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.merging.texts import MergeOutcome

_SHOWN: Final = 10
"""Conflicts that are named; lint names them all."""


def describe_unsettled_merge(outcome: MergeOutcome, name: str, lang: Lang) -> list[str]:
    """Return the lines that say it; none where the merge is settled."""
    _ = translator(lang)
    lines = []
    if outcome.by_lines:
        lines = [
            _("{file} was merged line by line, not by meaning: {why}"),
            _("  look at the file, then: assess lint {typed}, git add {typed}"),
        ]
    clashes = outcome.clashes
    if clashes:
        lines.append(_("{file}: {count} fields were changed on both sides, ours stands for now"))
        lines += [_conflict_path_line(clash) for clash in clashes[:_SHOWN]]
        if len(clashes) > _SHOWN:
            lines.append(_("  and {more} more"))
        lines.append(
            _("  decide each under `conflict:`, then: assess lint {typed}, git add {typed}")
        )
    if any(clash.path == () and clash.field == "version" for clash in clashes):
        lines.append(_("  or take one edition whole: assess settle {typed} --ours|--theirs"))
    words = {"file": name, "typed": quote_for_shell(name), "why": outcome.by_lines}
    words |= {"count": str(len(clashes)), "more": str(len(clashes) - _SHOWN)}
    return [line.format(**words) for line in lines]


def _conflict_path_line(clash: NewConflict) -> str:
    path = "/".join(map(str, (*clash.path, clash.field)))
    return "  " + path.replace("{", "{{").replace("}", "}}")
