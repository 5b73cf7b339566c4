"""Who acts: chosen from the people of assess.yaml; git's identity only suggests it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from assess.model.config import Person
from assess.store import git

_EMAIL = re.compile(r"<([^<>]*)>")


def likely_person(root: Path, people: Mapping[str, Person]) -> str | None:
    """Return whom git's identity here means, by e-mail address; None where it names nobody."""
    done = git.run(root, ["var", "GIT_AUTHOR_IDENT"], check=False)
    found = _EMAIL.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode or found is None:
        return None
    email = found[1].lower()
    known = (key for key, one in people.items() if email in (mail.lower() for mail in one.emails))
    return next(known, None)
