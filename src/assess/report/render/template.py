"""Templates: found in the workspace or the library, run in a sandbox, with positioned errors."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Never

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from assess.harmless import mark_line_breaks_and_escape
from assess.i18n import Lang, translator
from assess.report.content.charts.svg import SvgElement, format_svg
from assess.report.content.view.model import ItemView, SheetView
from assess.report.content.view.words import format_heading_number
from assess.report.render.refusal import RenderRefusedError
from assess.template_folders import MAIN_FILE, list_template_names

MAX_TEMPLATE = 1024 * 1024
"""Bytes of one template file."""


def find_template_file(folders: Sequence[str], name: str) -> Path | None:
    """Return the file `name` of the first folder that has it; None where it is reached by a link.

    A link may lead out of there; and inside, no digest covers where it leads to.
    """
    for folder in folders:
        root = Path(folder).resolve()
        path = (root / name).resolve()
        if path.is_file():
            return path if path.is_relative_to(root) and path == root / name else None
    return None


def format_drawing_as_svg(drawing: SvgElement, family: str) -> Markup:
    """Return a drawing as SVG, set in `family`; elements escape everything they hold."""
    styled = SvgElement(drawing.tag, drawing.attributes | {"font-family": family}, drawing.children)
    return Markup(format_svg(styled))  # noqa: S704  # both parts were escaped above


def render_template(
    template: str,
    folders: Sequence[str],
    context: dict[str, Any],
    lang: Lang,
    file: str = MAIN_FILE,
    draw: Callable[[SvgElement, str], Markup] = format_drawing_as_svg,
) -> str:
    """Return the HTML that a template makes of the view.

    `file` is the one that is rendered, `draw` makes markup of the drawings.

    Raises:
        RenderRefusedError: the template is missing or wrong, or does what it may not; it has the
            line.
    """
    _ = translator(lang)
    environment = _make_template_sandbox(folders)
    environment.filters["svg"] = draw
    name = f"{template}/{file}"
    try:
        return environment.get_template(name).render(context)
    except jinja2.TemplateNotFound as error:
        message = _("there is no template {name}").format(name=error.name or name)
        if place := _error_position(error):
            message = f"{place}: {message}"
        raise RenderRefusedError(
            "template",
            message,
            ", ".join(map(mark_line_breaks_and_escape, list_template_names(folders))),
        ) from error
    except RecursionError as error:
        place = _error_position(error) or name
        raise RenderRefusedError("template", f"{place}: " + _("the template never ends")) from error
    except (MemoryError, RenderRefusedError):
        raise
    except _NoItemError as error:
        message = _("{place}: the checklist {checklist} {version} has no item {item}").format(
            place=_error_position(error, name), **error.words
        )
        hint = _("the template belongs to another version: take the item out, or write its id")
        raise RenderRefusedError("template", message, hint) from error
    except _NoUtf8Error as error:
        message = f"{error.file}:{error.line}: " + _("this is not UTF-8")
        hint = _("save the file as UTF-8")
        raise RenderRefusedError("template", message, hint) from error
    except Exception as error:
        place = _error_position(error)
        raise RenderRefusedError(
            "template", f"{place or name}: {type(error).__name__}: {error}"
        ) from error


def digest_template_files(folder: str) -> str:
    """Return a SHA-256 over all templates of a folder: they may include files of each other."""
    root = Path(folder)
    hashed = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            name = path.relative_to(root).as_posix()
            row = f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
            hashed.update(row.encode())
    return hashed.hexdigest()


class _TemplateLoader(jinja2.BaseLoader):
    """Reads templates from the folders, never through a link that leads out of them."""

    def __init__(self, folders: Sequence[str]) -> None:
        self.folders = folders

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        path = find_template_file(self.folders, template)
        if path is None or path.stat().st_size > MAX_TEMPLATE:
            raise jinja2.TemplateNotFound(template)
        return _decode_template(path.read_bytes(), template), template, lambda: True


class _NoUtf8Error(ValueError):
    """A file of a template is no UTF-8."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__("no UTF-8")
        self.file = file
        self.line = line


def _decode_template(data: bytes, file: str) -> str:
    """Return the text of a template.

    Raises:
        _NoUtf8Error: it is no UTF-8; it has the line.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _NoUtf8Error(file, data.count(b"\n", 0, error.start) + 1) from error


def _make_template_sandbox(folders: Sequence[str]) -> ImmutableSandboxedEnvironment:
    """Return the sandbox. It stops reading and reaching out; the process's limits stop the rest."""
    environment = ImmutableSandboxedEnvironment(
        loader=_TemplateLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in ("lipsum", "cycler", "joiner", "namespace"):
        environment.globals.pop(name, None)
    environment.filters["item"] = find_item_view
    environment.filters["ordinal"] = format_heading_number
    environment.filters["refuse"] = refuse_document
    return environment


def refuse_document(reason: str) -> Never:
    """Refuse to make the document; a form does so when the report lacks what it is filled from.

    Raises:
        RenderRefusedError: always.
    """
    raise RenderRefusedError("template", reason)


class _NoItemError(LookupError):
    """A template asks for an item that its checklist does not have."""

    def __init__(self, sheet: SheetView, item_id: str) -> None:
        super().__init__(f"{sheet.checklist} has no item {item_id}")
        self.words = {"checklist": sheet.checklist, "version": sheet.version, "item": item_id}


def find_item_view(sheet: SheetView, item_id: str) -> ItemView:
    """Return an item of a sheet, an empty one where facts leave it out; for forms.

    A sub-question that no answer opens has the words of its question.

    Raises:
        LookupError: the checklist has no such item.
    """
    for item in chain(*(section.items for section in sheet.sections), sheet.closed_items):
        if item.id == item_id:
            return item
    if item_id in sheet.left_out_ids:
        return _make_empty_item_view(item_id)
    raise _NoItemError(sheet, item_id)


def _make_empty_item_view(item_id: str) -> ItemView:
    return ItemView(
        number="",
        id=item_id,
        title="",
        requirement="",
        references="",
        result="",
        tone="unanswered",
        said="",
        note="",
        evidence=(),
        flags=(),
    )


def _error_position(error: Exception, preferred_file: str = "") -> str:
    """Return `file:line` of the error in the template; '' if it is unknown.

    Where an item is named in `preferred_file` and read in a macro of another, the first is meant.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.name}:{error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame for frame in frames if frame.filename.endswith((".html", ".css"))]
    lines = [frame for frame in lines if frame.filename == preferred_file] or lines
    return f"{lines[-1].filename}:{lines[-1].lineno}" if lines else ""
