"""Files of a closed round, as its tag holds them: read, never written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from assess.errors import FilesError, UsageError
from assess.i18n import Lang, translator
from assess.model.formats import FileKind
from assess.store.files import text_of
from assess.store.open_file import OpenFile
from assess.store.yaml.reading.decode import decode
from assess.store.yaml.writing.edit import Edit

T_co = TypeVar("T_co", covariant=True)


class ClosedRoundError(UsageError):
    """A round is closed: its answers stand as they were signed."""


@dataclass(frozen=True)
class SealedFile(OpenFile[T_co]):
    """A file as a tag holds it; `save` refuses, `refreshed` gives the same for ever."""

    round_id: str = ""

    def save(self, edits: Sequence[Edit], holder: str = "") -> OpenFile[T_co]:
        """Refuse.

        Raises:
            ClosedRoundError: always.
        """
        raise closed_error(self.round_id, self.lang)

    def refreshed(self) -> OpenFile[T_co]:
        """Return itself: a tag does not change."""
        return self


def closed_error(round_id: str, lang: Lang) -> ClosedRoundError:
    """Return the refusal to write into a closed round, and where to write instead."""
    _ = translator(lang)
    message = _("round {round} is closed: its answers stay as they were reported")
    hint = _(
        "go on in a new round: assess round new ID --from {round}; or open it again:"
        " assess round reopen {round} --reason WHY"
    )
    return ClosedRoundError(message.format(round=round_id), hint.format(round=round_id))


def sealed(
    data: bytes, path: Path, kind: FileKind, root: Path, round_id: str, lang: Lang
) -> SealedFile[Any]:
    """Return the file whose bytes at the tag of a round are `data`.

    Raises:
        FilesError: they can't be read; holds the problems, with positions at the tag.
    """
    name = path.relative_to(root).as_posix()
    text = text_of(data, lang, name).replace("\r\n", "\n")
    loaded = decode(text, kind, name, lang)
    if loaded.value is None:
        _ = translator(lang)
        raise FilesError(_("{file} can't be read").format(file=name), loaded.problems)
    return SealedFile(path, root, kind, lang, text, loaded.value, loaded, round_id=round_id)
