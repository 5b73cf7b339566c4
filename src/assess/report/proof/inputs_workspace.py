"""The workspace that is laid out from the inputs of a document, without a repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from assess import locations
from assess.errors import UsageError
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.model.provenance import Provenance
from assess.workspace.core.names import SheetName
from assess.workspace.core.provenance import compute_report_digest
from assess.workspace.core.sources import RoundFiles
from assess.workspace.core.workspace import Workspace
from assess.workspace.evidence.stored_files import FileFault


class _FilesWithoutEvidence(RoundFiles):
    """The files of a round; those of evidence count as registered, but for known faults."""

    def __init__(self, root: Path, lang: Lang, faults: Mapping[str, FileFault]) -> None:
        super().__init__(root, lang)
        self._faults = faults

    def sha256_unless_missing_or_large(self, path: str) -> str | None:
        """Return the SHA-256 of a file, that of evidence as registered."""
        if not locations.is_evidence_file(path):
            return super().sha256_unless_missing_or_large(path)
        rows = self.read_register_or_empty().value.evidence.items()
        digests = {
            self._faults.get(row_id): row.file.sha256
            for row_id, row in rows
            if row.file is not None and locations.evidence_path(row.file.path) == path
        }
        # A file is as one row says, though another row of it says otherwise.
        return digests.get(None, "" if "changed" in digests else None)


class InputsWorkspace(Workspace):
    """A folder with the inputs of one document, and those of earlier rounds in folders by round."""

    def __init__(
        self,
        root: Path,
        lang: Lang,
        *,
        round_id: str,
        claimed: Provenance,
        against_mark: str,
        earlier: Path,
        faults: Mapping[str, FileFault],
    ) -> None:
        """Take what the document says of its commit, and of what it is compared with, as it is."""
        super().__init__(root, lang)
        self._round = round_id
        self._claimed = claimed
        self._against_mark = against_mark
        self._earlier = earlier
        self._faults = faults

    def has_round(self, round_id: str) -> bool:
        """Return whether the files of an earlier round are here."""
        return (self._earlier / round_id).is_dir()

    def make_provenance(
        self, round_id: str, names: Sequence[SheetName], settings: Sequence[str]
    ) -> Provenance:
        """Return what the document claims, with the digest over it and `settings`.

        An earlier round has what the document names as its mark.
        """
        if round_id != self._round:
            return replace(self._claimed, digest=self._against_mark)
        claimed = self._claimed
        digest = compute_report_digest(claimed.commit, claimed.inputs, settings)
        return replace(claimed, digest=digest)

    def _find_round_files(self, config: Config, round_id: str) -> RoundFiles:
        """Return the files of a round, whether it is closed or not.

        Raises:
            UsageError: its files are not here.
        """
        if round_id == self._round:
            return _FilesWithoutEvidence(self.root, self.lang, self._faults)
        if not self.has_round(round_id):
            _ = translator(self.lang)
            message = _("round {round} is not among the inputs").format(round=round_id)
            raise UsageError(message, "assess report --inputs-zip FILE")
        return RoundFiles(self._earlier / round_id, self.lang)
