"""Thumbnails of evidence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from assess.report.content.inputs import find_cited_picture_files
from assess.report.render.pictures import SIDE, make_thumbnails, read_existing_thumbnails
from assess.report.render.produce import make_render_job
from assess.report.render.render import render_report
from report import factory, read_pdf
from report.factory import with_item


def picture(path: Path, size: tuple[int, int] = (1200, 600), kind: str = "PNG") -> str:
    """Write a picture and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "white").save(path, kind)
    return str(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_are_made_small(tmp_path: Path, kind: str) -> None:
    """The longer side has SIDE pixels, the shape stays."""
    made = make_thumbnails({"ev-1": picture(tmp_path / "a", kind=kind)})
    with Image.open(io.BytesIO(made["ev-1"])) as small:
        assert small.size == (SIDE, SIDE // 2)


def test_thumbnails_that_were_made_before_stay_as_they_are(tmp_path: Path) -> None:
    """Byte for byte; larger ones, other formats and what is no picture are left out."""
    ready = make_thumbnails({"ev-1": picture(tmp_path / "a")})["ev-1"]
    (tmp_path / "ready.jpg").write_bytes(ready)
    (tmp_path / "text.jpg").write_text("no picture", "utf-8")
    files = {
        "ready": str(tmp_path / "ready.jpg"),
        "text": str(tmp_path / "text.jpg"),
        "wide": picture(tmp_path / "wide.jpg", (4000, 10), "JPEG"),
        "png": picture(tmp_path / "png.jpg", (9, 9)),
        "none": str(tmp_path / "none.jpg"),
    }
    assert read_existing_thumbnails(files) == {"ready": ready}


def test_what_is_no_picture_is_left_out(tmp_path: Path) -> None:
    """Broken, vast, missing files and other formats give no thumbnail and no error."""
    files = {
        "text": tmp_path / "a.png",
        "cut": tmp_path / "cut.png",
        "gif": tmp_path / "c.png",
        "none": tmp_path / "none.png",
        "bomb": tmp_path / "bomb.png",
        "huge": tmp_path / "huge.png",
    }
    files["text"].write_text("not a picture")
    picture(files["cut"])
    files["cut"].write_bytes(files["cut"].read_bytes()[:60])
    picture(files["gif"], kind="GIF")
    Image.new("1", (9000, 9000)).save(files["bomb"], "PNG")
    with files["huge"].open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    assert make_thumbnails({name: str(path) for name, path in files.items()}) == {}


def test_only_cited_files_inside_evidence_are_looked_at(tmp_path: Path) -> None:
    """A link that leads out of evidence/, and what nobody cites, is not opened."""
    made = factory.inputs("egov-network")
    picture(tmp_path / "evidence/2026/策略1.png")
    picture(tmp_path / "outside.png")
    (tmp_path / "evidence/2026/策略2.png").symlink_to(tmp_path / "outside.png")
    assert list(find_cited_picture_files(tmp_path, made)) == ["ev-00000001"]
    assert (
        find_cited_picture_files(
            tmp_path, factory.inputs("egov-network", answering=factory.nothing)
        )
        == {}
    )


def test_a_broken_picture_has_its_place_and_is_told_of(tmp_path: Path) -> None:
    """Where the thumbnail would stand, the page says that it can't be shown; so does the render."""
    made = factory.inputs(checklists=[with_item("题", 3)])
    for number in (1, 2):
        picture(tmp_path / f"evidence/2026/策略{number}.png")
    (tmp_path / "evidence/2026/策略2.png").write_bytes(b"\x89PNG cut off")
    folders = (str(factory.ROOT / "templates"),)
    job = make_render_job(
        made, (), folders, "en", pictures=find_cited_picture_files(tmp_path, made)
    )
    heard: list[str] = []
    document = render_report(job, lambda progress: heard.extend(progress.broken))[0]
    assert heard == ["ev-00000002"]
    assert read_pdf.squeezed(document).count("图片无法显示") == 1


def test_thumbnails_stand_in_the_evidence_list(tmp_path: Path) -> None:
    """The picture is in the PDF once, with the evidence's title as its alternative."""
    made = factory.inputs(checklists=[with_item("题", 3)])
    picture(tmp_path / "evidence/2026/策略1.png")
    folders = (str(factory.ROOT / "templates"),)
    job = make_render_job(
        made, (), folders, "en", pictures=find_cited_picture_files(tmp_path, made)
    )
    document = read_pdf.opened(render_report(job, lambda _progress: None)[0])
    figures = [str(one.Alt) for one in read_pdf.elements(document) if str(one.S) == "/Figure"]
    assert "边界防火墙策略截图之1" in figures
