"""What `verify DIGEST` prints."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from assess.cli.common.context import _
from assess.cli.common.reservation_lines import (
    describe_origins_and_later_changes,
    reservation_lines,
)
from assess.cli.common.verification_json import digest_match_for_json
from assess.harmless import escape_and_mark_line_breaks

if TYPE_CHECKING:
    from assess.report.proof.digest import DigestMatch
    from assess.report.proof.doubts import ReportDoubts


def print_digest_match(
    match: DigestMatch, doubts: ReportDoubts | None, allowed: Collection[str]
) -> None:
    """Print commit, scores, reservations and origins of the report that a digest stands for."""
    names = {
        "digest": _("digest"),
        "commit": _("commit"),
        "round": _("round"),
        "template": _("template"),
        "lang": _("language"),
        "date": _("state as of"),
    }
    plain = digest_match_for_json(match, doubts, allowed)
    for key, name in names.items():
        click.echo(
            _("{field}: {value}").format(field=name, value=escape_and_mark_line_breaks(plain[key]))
        )
    for sheet, score in plain["sheets"].items():
        click.echo(
            _("{sheet}: score {score}").format(
                sheet=escape_and_mark_line_breaks(sheet), score=score
            )
        )
    if doubts is None:
        click.echo(_("no report can be made from this commit: its files can't be used"))
        return
    if doubts.reservations:
        click.echo(_("the report carries reservations:"))
    for line in (
        *reservation_lines(doubts.reservations, allowed),
        *describe_origins_and_later_changes(doubts),
    ):
        click.echo(escape_and_mark_line_breaks(line))
