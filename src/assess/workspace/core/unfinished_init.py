"""A half-made workspace (after a kill or power cut): running `init` again completes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assess import locations
from assess.errors import UsageError
from assess.harmless import quote_for_shell
from assess.i18n import Lang, translator
from assess.model.config import Config
from assess.store.git.run.plumbing import Repository
from assess.store.git.setup.own_repository import is_author_identity_known


def is_workspace_incomplete(root: Path) -> bool:
    """Return whether `root` is a workspace without any commit and answer.

    Raises:
        EnvironmentLacksError: git is not installed.
    """
    if not (root / locations.CONFIG).is_file() or not (root / ".git").is_dir():
        return False
    if (root / locations.REGISTER).exists() or any(root.glob(locations.SHEETS)):
        return False
    repository = Repository.find_repository(root)
    return repository is None or repository.resolve_head_commit() is None


def refuse_if_init_cannot_complete(
    root: Path,
    config: Config,
    organization: str | None,
    checklists: Sequence[str],
    systems: Sequence[str],
    lang: Lang,
) -> None:
    """Refuse a half-made workspace that `init` can't complete.

    Raises:
        UsageError: only the commit is missing, because git does not know its user; or assess.yaml
            names another organization.
    """
    _ = translator(lang)
    name = config.organization.name
    if organization is not None and name != organization:
        message = _("{path} is a workspace already").format(path=root)
        typed = quote_for_shell(str(root))
        raise UsageError(message, _("to finish it: assess init {path}").format(path=typed))
    wanted = {*checklists} <= {*config.checklists} and {*systems} <= {*config.systems}
    if config.checklists and wanted and not is_author_identity_known(root):
        message = _("{path} is a workspace already").format(path=root)
        raise UsageError(message, "assess fill")
