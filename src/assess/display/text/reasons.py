"""Why a write failed, in a few words that fit a line."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from assess.harmless import escape_as_single_line
from assess.i18n import N_, Lang, translator

_REASONS: Mapping[int, str] = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("this user's quota is used up"),
    errno.EACCES: N_("this user may not write in the folder"),
    errno.EPERM: N_("this user may not write in the folder"),
    errno.EROFS: N_("the folder is read-only"),
    errno.ENOENT: N_("the folder is missing"),
    errno.EIO: N_("the disk reports an error"),
}


def failed_write_reason_text(error: BaseException, lang: Lang) -> str:
    """Return why a write failed: by its system error, or else by its message."""
    cause = error if isinstance(error, OSError) else error.__cause__
    if not isinstance(cause, OSError):
        return escape_as_single_line(str(error))
    words = _REASONS.get(cause.errno or 0)
    return translator(lang)(words) if words else escape_as_single_line(cause.strerror or str(cause))
