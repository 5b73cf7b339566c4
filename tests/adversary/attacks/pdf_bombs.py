"""PDFs of some kilobytes that unpack to hundreds of megabytes."""

from __future__ import annotations

from adversary.attack import Place, attack
from report.proof.pdf import bombs

UNPACKS = "it unpacks to more than a report holds"
MANY = tuple(f"checklists-{number}.yaml" for number in range(12))


def put_bomb(place: Place, mebibytes: int, names: tuple[str, ...]) -> None:
    """Put a PDF with such attachments beside the answers."""
    pdf = bombs.attach_blanks(bombs.make_plain_pdf(), mebibytes, names)
    (place.workspace / "bomb.pdf").write_bytes(pdf)


@attack("verify bomb.pdf", code=3, says=UNPACKS)
def vast_attachment(place: Place) -> None:
    """A file in a report has 450 MB."""
    put_bomb(place, 450, ("a.yaml",))


@attack("import --dry-run bomb.pdf", code=2, says=UNPACKS)
def vast_checklist_of_a_form(place: Place) -> None:
    """The checklist in a form has 450 MB."""
    put_bomb(place, 450, ("checklists-a.yaml",))


@attack("verify bomb.pdf", code=3, says=UNPACKS, exhaustive=True)
@attack("import --dry-run bomb.pdf", code=2, says=UNPACKS, exhaustive=True)
def many_vast_attachments(place: Place) -> None:
    """Each of twelve files has 100 MB."""
    put_bomb(place, 100, MANY)


@attack("verify bomb.pdf", code=3, says=UNPACKS)
def vast_stream_of_objects(place: Place) -> None:
    """The stream in which the objects stand has 450 MB."""
    (place.workspace / "bomb.pdf").write_bytes(bombs.make_packed_objects(450))


@attack("verify bomb.pdf", code=3, says="damaged", exhaustive=True)
def vast_table_of_objects(place: Place) -> None:
    """The table of objects has 450 MB."""
    (place.workspace / "bomb.pdf").write_bytes(bombs.make_vast_table(450))
