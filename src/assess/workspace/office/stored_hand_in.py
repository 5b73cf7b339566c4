"""A file that was handed in, read again from the inbox of the office."""

from __future__ import annotations

import hashlib
import os

from assess.errors import UsageError
from assess.file_bytes import read_start_of_regular_file
from assess.i18n import Lang, translator
from assess.workspace.hand_in.archive import MOST_OF_A_HAND_IN
from assess.workspace.hand_in.outcome import AcceptedHandIn, HandIn
from assess.workspace.office.inbox import inbox_path
from assess.workspace.office.office import Office


def read_stored_bytes(office: Office, digest: str) -> bytes:
    """Return a file of the inbox by its digest.

    Raises:
        UsageError: it is not there, or has other bytes now.
    """
    try:
        path = office.root / inbox_path(digest)
        data = read_start_of_regular_file(path, MOST_OF_A_HAND_IN + 1, os.O_NOFOLLOW)
    except OSError:
        data = b""
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != digest:
        _ = translator(office.lang)
        message = _("the file {digest} is not in the inbox of this machine")
        hint = _("take in the file here once more: {command}")
        words = hint.format(command="assess rollup take FILE")
        raise UsageError(message.format(digest=digest), words)
    return data


def require_accepted(outcome: HandIn, lang: Lang) -> AcceptedHandIn:
    """Return a file that was read.

    Raises:
        UsageError: the reading refused it.
    """
    if isinstance(outcome, AcceptedHandIn):
        return outcome
    _ = translator(lang)
    message = _("the file that was handed in can't be read any more: {reason}")
    raise UsageError(message.format(reason=outcome.reason.write_sentence(lang)))
