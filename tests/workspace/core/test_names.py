"""Names: the id that one proposes."""

from __future__ import annotations

import pytest

from assess.workspace.core.names import propose_unused_id


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("政务服务门户", "zwfwmh"),
        ("OA 系统", "oa-xt"),
        ("Li Jian", "li-jian"),
        ("门户（二期）", "mh-eq"),
        ("--", ""),
        ("", ""),
        ("x" * 200, "x" * 40),
    ],
)
def test_an_id_from_a_name(name: str, wanted: str) -> None:
    """Latin words as they are, Han characters by their first letters, nothing else."""
    assert propose_unused_id(name, ()) == wanted


def test_a_proposed_id_is_free() -> None:
    """Where it is taken it gets the next number."""
    assert propose_unused_id("门户", {"mh", "mh-2"}) == "mh-3"
