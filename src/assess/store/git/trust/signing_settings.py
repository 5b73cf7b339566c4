"""The user's own settings of signatures: those of the machine and of the user, with includes.

The repository's settings decide neither who signs nor which signatures hold.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from assess.store.git.run.git_facts import list_settings

_SIGNED: Final = ("commit.gpgsign", "tag.gpgsign", "tag.forcesignannotated")
"""Settings by which git signs, as git lists them."""

_NO: Final = ("false", "no", "off", "0", "")
"""Values that switch a setting off."""

_OPENPGP: Final = {"gpg.openpgp.program": "gpg.program"}
"""The other name of a setting."""

_SIGNING: Final = {
    "gpg.format": "openpgp",
    "gpg.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.ssh.defaultkeycommand": "",
}
"""Settings that decide which program signs, with git's values where the user has none."""

_KEY: Final = "user.signingkey"

_VERIFYING: Final = {
    "gpg.ssh.allowedsignersfile": "",
    "gpg.ssh.revocationfile": os.devnull,
    "gpg.mintrustlevel": "undefined",
}
"""What decides on a signature, with git's values where the user has none."""


def list_signature_checking_options(root: Path) -> list[str]:
    """Return the options by which git checks signatures as the user's own settings say.

    The programs are those on the user's path.

    Raises:
        GitError: git can't read the settings.
    """
    values = _read_user_and_machine_settings(root, check=True)
    programs = ["gpg.program=gpg", "gpg.ssh.program=ssh-keygen", "gpg.x509.program=gpgsm"]
    return [*programs, *(f"{name}={values.get(name, value)}" for name, value in _VERIFYING.items())]


def find_signing_settings_of_user(root: Path) -> dict[str, str]:
    """Return the settings by which git signs as the user's own settings say, {} if they don't.

    Each has a value, so that values of the repository have no effect.
    """
    values = _read_user_and_machine_settings(root)
    signed = [name for name in _SIGNED if values.get(name, "").lower() not in _NO]
    if not signed:
        return {}
    programs = {name: values.get(name, value) for name, value in _SIGNING.items()}
    return programs | _setting_of_signing_key(root, values) | dict.fromkeys(signed, "true")


def _setting_of_signing_key(root: Path, values: dict[str, str]) -> dict[str, str]:
    """Return the setting of the user's key, {} if neither the user nor the repository sets it.

    A key that only the repository names is replaced by the user's key of the user's own e-mail
    address. With ssh there is no such key; git then says that it can't sign.
    """
    if _KEY in values:
        return {_KEY: values[_KEY]}
    if all(row.name != _KEY for row in list_settings(root)):
        return {}
    email = values.get("user.email", "")
    return {_KEY: f"<{email}>" if email else ""}


def _read_user_and_machine_settings(root: Path, *, check: bool = False) -> dict[str, str]:
    """Return the settings of the machine and of the user; the last of several values is used."""
    rows = [row for row in list_settings(root, check=check) if row.scope in ("system", "global")]
    return {_OPENPGP.get(row.name, row.name): row.value for row in rows}
