"""The lock holds on the day after the next release of any package."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE_LOCKS = ("requirements.txt", "requirements-dev.txt")
ADDED_LOCKS = tuple(
    f"requirements-{level}.txt" for level in ("mutate", "outloud", "docs", "browser", "cluster")
)
"""These are installed on top of the users' or the developers' lock."""
LOCKS = (*WHOLE_LOCKS, *ADDED_LOCKS)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([a-z0-9,_-]+)\])?==", re.MULTILINE)
WANTED = re.compile(r"^([A-Za-z0-9._-]+)\[([a-z0-9,_-]+)\]")


def test_extras_are_pinned_as_they_are_asked_for() -> None:
    """Older pip takes `coverage[toml]` for another package than `coverage==…`: the newest."""
    asked = {
        (found[1].lower(), extra)
        for package in distributions()
        for line in package.requires or []
        if "extra ==" not in line and (found := WANTED.match(line))
        for extra in found[2].split(",")
    }
    for name in WHOLE_LOCKS:
        text = (ROOT / name).read_text("utf-8")
        pinned = {
            (package, extra)
            for package, extras in PINNED.findall(text)
            for extra in extras.split(",")
        }
        packages = {package for package, _ in pinned}
        assert {pair for pair in asked if pair[0] in packages} <= pinned, name


def test_no_address_of_a_registry() -> None:
    """A lock names packages and hashes; where they come from is the machine's business."""
    for name in LOCKS:
        assert "://" not in (ROOT / name).read_text("utf-8"), name


def test_the_lock_of_the_cluster_is_that_of_its_extra() -> None:
    """The group, which the lock is made from, names what `assess[cluster]` installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extra = project["project"]["optional-dependencies"]["cluster"]
    assert extra == project["dependency-groups"]["cluster"]


def test_added_locks_change_no_version() -> None:
    """What is installed on top of the developers' lock has the same version as there."""
    versions = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z0-9,_-]+\])?==(\S+)", re.MULTILINE)
    developers = dict(versions.findall((ROOT / "requirements-dev.txt").read_text("utf-8")))
    for name in ADDED_LOCKS:
        for package, version in versions.findall((ROOT / name).read_text("utf-8")):
            assert developers.get(package, version) == version, f"{name}: {package}"
