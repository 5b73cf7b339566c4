"""The coverage of the library as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from assess.engine.lint.content.coverage import COLUMNS, Coverage, CoveragePart
from assess.i18n import Lang, translator
from assess.model.base import pick_text


def coverage_as_text(parts: Coverage, lang: Lang) -> str:
    """Return a line for each part: its coverage and title, then the clauses not covered."""
    _ = translator(lang)
    lines = []
    for part in parts:
        lines.append(
            f"{part.covered_row_count:>4}/{len(part.rows):<4} {pick_text(part.title, lang)}"
        )
        if part.uncovered_row_ids:
            missing = _("not covered: {names}").format(names=", ".join(part.uncovered_row_ids))
            lines.append(f"          {missing}")
    return "\n".join(lines)


def coverage_as_markdown(parts: Coverage, lang: Lang) -> str:
    """Return a table of all parts, then a table for each part with the items of each clause."""
    _ = translator(lang)
    lines = [
        "| " + " | ".join(_(column) for column in COLUMNS) + " |",
        "|---|--:|--:|--:|---|",
        *(_format_coverage_row(part, lang) for part in parts),
    ]
    head = ("| " + _("Clause") + " | " + _("Items") + " |", "|---|---|")
    for part in parts:
        lines += ["", f"## {pick_text(part.title, lang)}", "", *head]
        lines += [f"| {row.id} | {', '.join(row.items) or '—'} |" for row in part.rows]
    return "\n".join(lines)


def coverage_as_json(parts: Coverage, lang: Lang) -> str:
    """Return everything as JSON for scripts."""
    rows = [
        {
            "id": part.id,
            "title": pick_text(part.title, lang),
            "covered": part.covered_row_count,
            "of": len(part.rows),
            "missing": part.uncovered_row_ids,
            "items": {row.id: row.items for row in part.rows},
        }
        for part in parts
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _format_coverage_row(part: CoveragePart, lang: Lang) -> str:
    # The share is rounded down: 100 % means that every clause is covered.
    share = f"{part.covered_row_count * 100 // len(part.rows)} %"
    missing = ", ".join(part.uncovered_row_ids) or "—"
    title = pick_text(part.title, lang)
    return f"| {title} | {part.covered_row_count} | {len(part.rows)} | {share} | {missing} |"


FORMS: Mapping[str, Callable[[Coverage, Lang], str]] = {
    "text": coverage_as_text,
    "markdown": coverage_as_markdown,
    "json": coverage_as_json,
}
