"""How git is called: its command line, and the environment that its processes get."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from assess.store.git.run.given_settings import INERT, NOTHING, RELIED_ON

_USERS_OWN = re.compile(
    r"GIT_("
    r"(AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)"
    r"|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM)|ATTR_NOSYSTEM|TEMPLATE_DIR|DEFAULT_HASH|DEFAULT_REF_FORMAT"
    r"|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH"
    r"|SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|PROXY_COMMAND"
    r"|SSL_\w+|PROXY_SSL_\w+|HTTP_\w+"
    r"|TEST_\w+"
    r")"
)
"""Git variables that are passed on: identity, settings and installation of the user, access to
remotes. All others are removed, such as those that name other folders or files for traces."""


def make_git_command_line(words: Sequence[str], options: Iterable[str] = INERT) -> list[str]:
    """Return git's command line with settings `name=value` or `--options`; the last counts."""
    whole = (*RELIED_ON, *options)
    pairs = ([option] if option.startswith("--") else ["-c", option] for option in whole)
    return ["git", *(word for option in pairs for word in option), *words]


def make_git_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return git's environment: that of this process, with only some of its git variables."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or _USERS_OWN.fullmatch(name)
    }
    fixed = {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        # A path without a file: grafts give commits other parents. Git warns of an empty file.
        "GIT_GRAFT_FILE": "/dev/null/grafts",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_PAGER": "cat",
        "GIT_EDITOR": "false",
        # protocol.ext.allow of a repository overrides protocol.allow, but not this.
        "GIT_ALLOW_PROTOCOL": "none",
        NOTHING: "",
    }
    return environ | fixed | dict(extra or {})
