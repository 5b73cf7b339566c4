"""Tags of the other side that a sync leaves out, since another tag is above or below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.problem import Problem
from assess.store.git.sync.tag_refs import TAGS

_MOST: Final = 5
"""Tags that are named."""


def describe_blocked_tags(
    blocking_tag_by_tag: Mapping[str, str], remote: str, lang: Lang
) -> tuple[Problem, ...]:
    """Return a warning for each tag that was left out, with the tag that blocks it."""
    _ = translator(lang)
    message = _("this tag of the other side was left out: no tag can stand beside {tag}")
    return tuple(
        Problem(
            f"{TAGS}{name}",
            "tag-left-out",
            message.format(tag=blocker),
            f"git push {quote_for_shell(remote)} --delete {quote_for_shell(TAGS + name)}",
            "warning",
            line=1,
            column=1,
        )
        for name, blocker in list(blocking_tag_by_tag.items())[:_MOST]
    )
