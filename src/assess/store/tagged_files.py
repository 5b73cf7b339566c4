"""Files of a closed round at its tag: they are read and never written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from assess.errors import FilesError, UsageError
from assess.i18n import Lang, translator
from assess.model.formats import FileKind
from assess.store.files import decode_utf8
from assess.store.open_file import OpenFile
from assess.store.yaml.field_edit import FieldEdit
from assess.store.yaml.reading.decode import decode_yaml

T_co = TypeVar("T_co", covariant=True)


class ClosedRoundError(UsageError):
    """A round is closed: its answers can't be changed any more."""


@dataclass(frozen=True)
class TaggedFile(OpenFile[T_co]):
    """A file at a tag: `save` raises an error, `read_again` returns the same value."""

    round_id: str = ""

    def save(self, edits: Sequence[FieldEdit], holder: str = "") -> OpenFile[T_co]:
        """Raise an error.

        Raises:
            ClosedRoundError: always.
        """
        raise make_closed_round_error(self.round_id, self.lang)

    def read_again(self) -> OpenFile[T_co]:
        """Return this value: a tag does not change."""
        return self


def make_closed_round_error(round_id: str, lang: Lang) -> ClosedRoundError:
    """Return the error of writing into a closed round; its hint says where to write instead."""
    _ = translator(lang)
    message = _("round {round} is closed: its answers stay as they were reported")
    hint = _(
        "go on in a new round: assess round new ID --from {round}; or open it again:"
        " assess round reopen {round} --reason WHY"
    )
    return ClosedRoundError(message.format(round=round_id), hint.format(round=round_id))


def decode_tagged_file(
    data: bytes, path: Path, kind: FileKind, root: Path, round_id: str, lang: Lang
) -> TaggedFile[Any]:
    """Return the file whose bytes at the tag of a round are `data`.

    Raises:
        FilesError: the file can't be read; has the problems with positions in the tag's file.
    """
    name = path.relative_to(root).as_posix()
    text = decode_utf8(data, lang, name).replace("\r\n", "\n")
    loaded = decode_yaml(text, kind, name, lang)
    if loaded.value is None:
        _ = translator(lang)
        raise FilesError(_("{file} can't be read").format(file=name), loaded.problems)
    return TaggedFile(path, root, kind, lang, text, loaded.value, loaded, round_id=round_id)
