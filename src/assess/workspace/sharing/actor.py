"""Who acts: chosen from the people of assess.yaml; git's identity only suggests it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from assess.model.config import Config, Person
from assess.store.git.run import plumbing as git
from assess.workspace.sharing.commit import address_of

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


def author_of(root: Path, config: Config, person_id: str | None) -> dict[str, str]:
    """Return what tells git that whoever acts is a commit's author, as its environment.

    Nothing where git's own identity means them, or where nobody of `config` acts. Who commits stays
    git's user: people share accounts of a machine.
    """
    person = config.people.get(person_id or "")
    if person is None or likely_person(root, config.people) == person_id:
        return {}
    return {"GIT_AUTHOR_NAME": person.name, "GIT_AUTHOR_EMAIL": address_of(config, person_id)}
