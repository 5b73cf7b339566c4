"""Names: the id that one proposes."""

from __future__ import annotations

import pytest

from assess.errors import UsageError
from assess.workspace.core.names import propose_unused_id, refuse_invalid_id


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


@pytest.mark.parametrize("wanted", ["con", "nul", "aux", "prn", "com1", "lpt9"])
def test_no_id_is_the_name_of_a_device(wanted: str) -> None:
    """A folder of this name can't be cloned on Windows; no such id is proposed either."""
    with pytest.raises(UsageError, match="name of a device"):
        refuse_invalid_id(wanted, "en")
    refuse_invalid_id(f"{wanted}-2", "en")
    assert propose_unused_id(wanted, ()) == f"{wanted}-2"
