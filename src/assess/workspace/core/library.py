"""The library of checklists, and the report templates, that come with the program."""

from __future__ import annotations

from pathlib import Path

from assess import locations
from assess.errors import FilesError, UnknownIdError, UsageError
from assess.i18n import Lang, translator
from assess.model.checklist import Checklist
from assess.problem import select_errors
from assess.store import open_file, shipped_files
from assess.store.yaml.reading.decode import decode_yaml
from assess.store.yaml.reading.positions import locate_problems


def find_library_file(checklist_id: str, lang: Lang) -> Path:
    """Return the file of a checklist of the library.

    Raises:
        UnknownIdError: the library has no such checklist.
    """
    files = shipped_files.list_library_files_by_id()
    if checklist_id not in files:
        _ = translator(lang)
        message = _("the library has no checklist {name}").format(name=checklist_id)
        raise UnknownIdError(message, checklist_id, files)
    return files[checklist_id]


def list_library_ids() -> list[str]:
    """Return the ids of the library's checklists."""
    return list(shipped_files.list_library_files_by_id())


def find_checklist_file(source: str, lang: Lang) -> Path:
    """Return the path of a checklist: `source` is a path, or an id of the library.

    Raises:
        UnknownIdError: the library has no such checklist.
        UsageError: it is in a git repository, and no file here.
    """
    if source.startswith("git+"):
        _ = translator(lang)
        message = _("{source} is not a file, nor an id of the library").format(source=source)
        raise UsageError(
            message, _("in a workspace: {command}").format(command=f"assess checklist add {source}")
        )
    return Path(source) if source.endswith(".yaml") else find_library_file(source, lang)


def read_library_checklists(lang: Lang) -> list[Checklist]:
    """Return all checklists of the library, by id."""
    return [
        read_checklist_file(path, lang)
        for path in shipped_files.list_library_files_by_id().values()
    ]


def read_checklist_file(path: Path, lang: Lang) -> Checklist:
    """Return the checklist in a file.

    Raises:
        FilesError: the file can't be read; holds the problems.
    """
    return open_file.read_valid_yaml_file(path, "checklist", path.parent, lang).value


def decode_valid_checklist(text: str, name: str, lang: Lang) -> Checklist:
    """Return the checklist in a text; `name` is its file's in problems.

    Raises:
        FilesError: lint finds errors; holds them.
    """
    from assess.engine.lint.checklist import lint_checklist  # noqa: PLC0415  # 10 ms at the start of every command

    loaded = decode_yaml(text, "checklist", name, lang)
    problems = loaded.problems
    if loaded.value is not None:
        wrong = lint_checklist(loaded.value, lang, file=name, conflicts=loaded.conflicts)
        problems = [*problems, *locate_problems(text, wrong)]
    if loaded.value is None or select_errors(problems):
        _ = translator(lang)
        raise FilesError(_("{file} can't be used").format(file=name), select_errors(problems))
    return loaded.value


def list_template_folders(root: Path) -> tuple[Path, Path]:
    """Return the folders of report templates: the workspace's, which come first, and the program's.

    Raises:
        EnvironmentLacksError: the installation lacks its folder.
    """
    return root / locations.TEMPLATES, find_shipped_template_folder()


def find_shipped_template_folder() -> Path:
    """Return the folder of the program's report templates.

    Raises:
        EnvironmentLacksError: the installation lacks it.
    """
    return shipped_files.find_shipped_folder(locations.TEMPLATES)


def json_schema_text(name: str) -> str:
    """Return the JSON Schema of a format, indented: of a YAML file, or of one that is JSON."""
    from assess.store.yaml.json_schema import read_shipped_schema  # noqa: PLC0415  # 3 ms at every start

    return read_shipped_schema(name)
