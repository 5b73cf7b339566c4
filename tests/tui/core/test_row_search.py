"""Rows that contain typed words."""

from __future__ import annotations

from assess.tui.core.row_search import make_row_search
from assess.tui.core.shell import ListRow


def test_words_are_found_in_any_case() -> None:
    """Blanks around the words and their case do not count; no words are in every row."""
    rows = [ListRow("1", "Firewall rules"), ListRow("2", "防火墙策略")]
    find_rows = make_row_search(rows)
    assert find_rows(" RULES ") == [rows[0]]
    assert find_rows("火墙") == [rows[1]]
    assert find_rows("  ") == rows
    assert find_rows("rules firewall") == [rows[0]]
    assert find_rows("rules router") == []
