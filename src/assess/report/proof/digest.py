"""What a digest on paper stands for: the commits are tried, newest first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import product
from typing import NamedTuple

from assess.i18n import LANGS, Lang
from assess.model.config import Config
from assess.model.provenance import InputFile
from assess.model.results import Assessment
from assess.report.content.inputs import CHINA, list_digest_settings
from assess.report.render.template import MAIN, list_template_names
from assess.store import layout
from assess.store.git.run.commits import ObjectReader
from assess.store.git.run.plumbing import Blob, Repository, run_git
from assess.store.git.state.broken_head import refuse_broken_head
from assess.store.git.state.repository_state import open_repository
from assess.store.shipped_files import shared_folder
from assess.store.yaml.reading.decode import decode_yaml
from assess.workspace import SheetName, Workspace
from assess.workspace.core.provenance import report_digest as digest_of
from assess.workspace.history.past_files import CommitTree, DecodedFileCache

MOST_COMMITS = 1000

_PARTS = (layout.CONFIG, layout.REGISTER, "answers", "checklists", "templates")


class Stood(NamedTuple):
    """What a digest stands for."""

    digest: str
    commit: str
    round_id: str
    template: str
    lang: Lang
    day: date
    sheets: dict[SheetName, Assessment | None]


def find(workspace: Workspace, digits: str, day: date | None) -> Stood | None:
    """Return what the digest beginning with `digits` stands for; None where no commit gives it.

    Reports bear the day of their commit unless another was asked for: then `day` must be given.

    Raises:
        UsageError: the workspace is in no repository.
        BrokenHeadError: no commit gives it, and the newest one can't be read.
    """
    repository = open_repository(workspace.root, workspace.lang)
    with ObjectReader(repository) as objects:
        tries = _Tries(repository, objects, workspace.lang)
        for commit in _commits(repository):
            for whole, round_id, sheets, chosen in tries.of(commit, day):
                if whole.startswith(digits):
                    template, lang, told_day = chosen
                    archive = DecodedFileCache(told_day, workspace.lang)
                    place = CommitTree(objects, commit)
                    paths = {name: layout.sheet_path(round_id, str(name)) for name in sheets}
                    states = {
                        name: archive.sheet_state(place, path) for name, path in paths.items()
                    }
                    assessments = {
                        name: state and state.assessment for name, state in states.items()
                    }
                    return Stood(whole, commit, round_id, template, lang, told_day, assessments)
    refuse_broken_head(workspace.root, workspace.lang)
    return None


def _commits(repository: Repository) -> list[str]:
    """Return the commits that touch the workspace, newest first, then the others; bounded."""
    most = f"--max-count={MOST_COMMITS}"
    words = ["rev-list", most, "--all", "HEAD"]
    below = f":(top,literal){repository.prefix}" if repository.prefix else "."
    touching = (
        run_git(repository.root, [*words, "--", below], check=False).stdout.decode("ascii").split()
    )
    others = run_git(repository.root, words, check=False).stdout.decode("ascii").split()
    return list(dict.fromkeys([*touching, *others]))[:MOST_COMMITS]


_Chosen = tuple[str, Lang, date]
_Try = tuple[str, str, tuple[SheetName, ...], _Chosen]


class _Tries:
    """The digests that reports of a commit can have; files are read once for all commits."""

    def __init__(self, repository: Repository, objects: ObjectReader, lang: Lang) -> None:
        self._repository = repository
        self._objects = objects
        self._lang = lang
        self._own = list_template_names([str(shared_folder("templates"))])
        self._sums: dict[str, str] = {}
        self._configs: dict[str, Config | None] = {}

    def of(self, commit: str, day: date | None) -> Iterator[_Try]:
        """Yield each digest with the round, the sheets and the settings that give it."""
        blobs = self._repository.list_files(commit, _PARTS)
        config = self._config(blobs)
        if config is None:
            return
        told_day = day or self._day(commit)
        own_templates = {path.split("/")[1] for path in blobs if _is_template(path)}
        templates = sorted({*self._own, *own_templates})
        for round_id, round_ in config.rounds.items():
            for sheets in _selections([SheetName.parse(name) for name in round_.sheets]):
                inputs = self._inputs(blobs, round_id, sheets)
                for template, lang in product(templates, LANGS):
                    whole = digest_of(
                        commit, inputs, list_digest_settings(template, lang, told_day)
                    )
                    yield whole, round_id, sheets, (template, lang, told_day)

    def _day(self, commit: str) -> date:
        return datetime.fromtimestamp(self._repository.commit_time(commit), CHINA).date()

    def _config(self, blobs: Mapping[str, Blob]) -> Config | None:
        blob = blobs.get(layout.CONFIG)
        if blob is None:
            return None
        if blob.oid not in self._configs:
            text = (self._objects.read_blob(blob.oid) or b"").decode("utf-8", "replace")
            self._configs[blob.oid] = decode_yaml(text, "config", layout.CONFIG, self._lang).value
        return self._configs[blob.oid]

    def _inputs(
        self, blobs: Mapping[str, Blob], round_id: str, sheets: Sequence[SheetName]
    ) -> tuple[InputFile, ...]:
        wanted = {layout.CONFIG, layout.REGISTER}
        for name in sheets:
            wanted |= {layout.checklist_path(name.checklist)}
            wanted |= {layout.sheet_path(round_id, str(name))}
        paths = [path for path in blobs if path in wanted or path.startswith("templates/")]
        return tuple(InputFile(path=path, sha256=self._sum(blobs[path])) for path in sorted(paths))

    def _sum(self, blob: Blob) -> str:
        if blob.oid not in self._sums:
            data = self._objects.read_blob(blob.oid) or b""
            self._sums[blob.oid] = hashlib.sha256(data).hexdigest()
        return self._sums[blob.oid]


def _is_template(path: str) -> bool:
    return path.startswith("templates/") and path.endswith(f"/{MAIN}")


def _selections(listed: Sequence[SheetName]) -> list[tuple[SheetName, ...]]:
    """Return which sheets a report can be of: all, those of a checklist or system, one."""
    chosen = [tuple(listed)]
    chosen += [
        tuple(listed_name for listed_name in listed if listed_name.checklist == name.checklist)
        for name in listed
    ]
    chosen += [
        tuple(listed_name for listed_name in listed if listed_name.system == name.system)
        for name in listed
    ]
    chosen += [(name,) for name in listed]
    return list(dict.fromkeys(chosen))
