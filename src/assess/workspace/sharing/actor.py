"""Who acts: a person of assess.yaml; git's identity only suggests who it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from assess.model.config import Config, Person
from assess.store.git.run.plumbing import run_git
from assess.workspace.sharing.commit import choose_commit_email

_EMAIL = re.compile(r"<([^<>]*)>")


def find_person_by_git_email(root: Path, people: Mapping[str, Person]) -> str | None:
    """Return the person whose e-mail address git's identity has; None where nobody has it."""
    done = run_git(root, ["var", "GIT_AUTHOR_IDENT"], check=False)
    match = _EMAIL.search(done.stdout.decode("utf-8", "replace"))
    if done.returncode or match is None:
        return None
    email = match[1].lower()
    known = (
        key for key, person in people.items() if email in (mail.lower() for mail in person.emails)
    )
    return next(known, None)


def author_environment(root: Path, config: Config, person_id: str | None) -> dict[str, str]:
    """Return the environment variables that make the acting person the author of a commit.

    The result is empty where git's identity is that person, or where no person of `config` acts.
    The committer stays git's user: several people may share an account of a machine.
    """
    person = config.people.get(person_id or "")
    if person is None or find_person_by_git_email(root, config.people) == person_id:
        return {}
    return {
        "GIT_AUTHOR_NAME": person.name,
        "GIT_AUTHOR_EMAIL": choose_commit_email(config, person_id),
    }
