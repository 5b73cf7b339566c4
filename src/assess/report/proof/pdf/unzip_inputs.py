"""Reading of a ZIP of inputs that anybody may have made; in the child only.

What no ZIP of this program has is refused.
"""

from __future__ import annotations

from typing import Final

from assess.i18n import N_
from assess.report.content.inputs_zip import (
    MOST_FILES,
    MOST_IN_ALL,
    MOST_OF_A_FILE,
    is_allowed_input_path,
)
from assess.workspace.core.arriving_zip import (
    LONGEST_PATH,
    BrokenZipError,
    ZipFault,
    ZipLimits,
    unzip_files,
)

MOST_OF_A_ZIP: Final = MOST_IN_ALL + MOST_FILES * 3 * LONGEST_PATH
"""Bytes: all files stored, and the heads of each."""


FAULTS: Final[dict[ZipFault, str]] = {
    "zip-large": N_("the ZIP is larger than any of this program"),
    "zip-many-files": N_("the ZIP holds too many files"),
    "zip-damaged": N_("the ZIP is none, or is damaged"),
    "zip-unknown-file": N_("the ZIP holds a file that no document is made from"),
    "zip-link": N_("the ZIP holds a link or a device"),
    "zip-encrypted": N_("the ZIP is encrypted"),
    "zip-packing": N_("the ZIP is packed in a way that this program never uses"),
    "zip-file-large": N_("a file of the ZIP is larger than any of a workspace"),
    "zip-ratio": N_("a file of the ZIP unpacks to more than 100 times its size"),
    "zip-unpacked-large": N_("the ZIP unpacks to more than any of this program"),
    "zip-same-path": N_("two files of the ZIP have one path"),
}
"""Why a ZIP of inputs is refused."""


class BrokenInputsError(ValueError):
    """A ZIP holds what no ZIP of inputs does; the text, marked by `N_`, names it."""


def unzip_inputs(data: bytes) -> dict[str, bytes]:
    """Return the files of a ZIP by path.

    Raises:
        BrokenInputsError: it is no ZIP, is damaged, or holds what no ZIP of inputs does.
    """
    limits = ZipLimits(MOST_OF_A_ZIP, MOST_FILES, MOST_OF_A_FILE, MOST_IN_ALL)
    try:
        return unzip_files(data, limits, is_allowed_input_path)
    except BrokenZipError as error:
        raise BrokenInputsError(FAULTS[error.fault]) from error
