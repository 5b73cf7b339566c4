"""Templates of the project itself, and how their files are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assess.i18n import LANGS
from assess.report.content.view.build import build_report_view
from assess.report.content.view.words import LABELS, PUNCTUATION
from assess.report.render.refusal import RenderRefusedError
from assess.report.render.template import (
    MAX_TEMPLATE,
    find_template_file,
    render_template,
)
from assess.template_folders import list_template_names
from report import factory

TEMPLATES = factory.ROOT / "templates"


def test_no_template_switches_escaping_off() -> None:
    """`safe`, `autoescape`, `xmlattr` and `format` of a user's text stand in no template."""
    for path in TEMPLATES.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8")
            assert not re.search(r"\|\s*(safe|xmlattr)|autoescape", text), path


def test_every_label_is_used_and_every_used_label_exists() -> None:
    """The table of fixed words and the templates agree."""
    used: set[str] = set()
    for path in TEMPLATES.rglob("*.*ml"):
        used |= set(re.findall(r"label\.(\w+)", path.read_text("utf-8")))
    assert used == set(LABELS) | set(PUNCTUATION["zh"])


def test_labels_are_there_in_both_languages() -> None:
    """No label is empty; the Chinese ones are Chinese."""
    for lang in LANGS:
        label = build_report_view(factory.inputs("egov-network", lang=lang)).label
        assert all(label.values())
        assert set(label) == set(LABELS) | set(PUNCTUATION["en"])


def test_the_workspace_goes_before_the_library(tmp_path: Path) -> None:
    """A file of the workspace's templates stands for the library's of the same name."""
    own, library = tmp_path / "own", tmp_path / "library"
    for folder in (own, library):
        (folder / "full").mkdir(parents=True)
        (folder / "full" / "main.html").write_text(folder.name)
    (library / "full" / "x.html").write_text("x")
    (library / "brief").mkdir()
    (library / "brief" / "main.html").write_text("x")
    folders = (str(own), str(library))
    assert find_template_file(folders, "full/main.html") == own / "full" / "main.html"
    assert find_template_file(folders, "full/x.html") == library / "full" / "x.html"
    assert find_template_file(folders, "full/none.html") is None
    assert list_template_names(folders) == ["brief", "full"]


@pytest.mark.parametrize("name", ["../secret", "full/../../secret", "link", "folder/secret"])
def test_nothing_outside_is_found(tmp_path: Path, name: str) -> None:
    """Neither dots nor links lead out of the folder."""
    (tmp_path / "secret").write_text("s")
    root = tmp_path / "templates"
    (root / "full").mkdir(parents=True)
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "folder").symlink_to(tmp_path)
    assert find_template_file((str(root),), name) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ nothing }}", "t/main.html:1: UndefinedError"),
        ("\n{% if %}", "t/main.html:2: TemplateSyntaxError"),
        ("{{ a.__class__ }}", "t/main.html:1: SecurityError"),
        ("\n{% include 'x' %}", "t/main.html:2: there is no template x"),
        ("\n\n{% include 't/main.html' %}", "t/main.html:3: the template never ends"),
        ("{% extends 'x' %}", "t/main.html:1: there is no template x"),
    ],
)
def test_errors_say_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    """What is wrong in a template is said where it is."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "main.html").write_text(text)
    with pytest.raises(RenderRefusedError) as refused:
        render_template("t", (str(tmp_path),), {"a": 1}, "en")
    assert refused.value.message.startswith(said)


def test_a_file_in_another_encoding_says_the_line(tmp_path: Path) -> None:
    """An editor that saves GB 18030 is found by the first character that is no UTF-8."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "main.html").write_text("{% include 't/part.html' %}")
    (tmp_path / "t" / "part.html").write_bytes("<p>a</p>\n<p>报告</p>".encode("gb18030"))
    with pytest.raises(RenderRefusedError, match=r"^t/part\.html:2: this is not UTF-8"):
        render_template("t", (str(tmp_path),), {}, "en")


def test_a_missing_template_itself_has_no_line(tmp_path: Path) -> None:
    """No file asks for it: its name was typed."""
    with pytest.raises(RenderRefusedError, match=r"^there is no template t/main\.html"):
        render_template("t", (str(tmp_path),), {}, "en")


def test_text_is_escaped(tmp_path: Path) -> None:
    """Whatever a template prints of the view is text."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "main.html").write_text("<p title='{{ a }}'>{{ a }}</p>")
    html = render_template("t", (str(tmp_path),), {"a": "<i>'\"&"}, "en")
    assert html == "<p title='&lt;i&gt;&#39;&#34;&amp;'>&lt;i&gt;&#39;&#34;&amp;</p>"


def test_a_vast_template_is_not_read(tmp_path: Path) -> None:
    """A file over the limit counts as missing."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "main.html").write_text("x" * (MAX_TEMPLATE + 1))
    with pytest.raises(RenderRefusedError, match="no template"):
        render_template("t", (str(tmp_path),), {}, "en")


def test_names_in_a_hint_stay_on_their_line(tmp_path: Path) -> None:
    """A folder is called whatever its author likes."""
    (tmp_path / "a\nb").mkdir()
    (tmp_path / "a\nb" / "main.html").write_text("x")
    with pytest.raises(RenderRefusedError) as refused:
        render_template("x", (str(tmp_path),), {}, "en")
    assert refused.value.hint == "a ⏎ b"
