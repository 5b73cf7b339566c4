"""Tables that the program includes, in `data/*.yaml`."""

from __future__ import annotations

from typing import Any

import msgspec

from assess.locations import PROGRAM_DATA
from assess.store.yaml.reading.tree import read_tree


def read_data_file(name: str, kind: Any) -> Any:
    """Return the content of a file of `data/` as a value of a type.

    Raises:
        msgspec.ValidationError: the file does not have this form.
    """
    text = (PROGRAM_DATA / name).read_text("utf-8")
    return msgspec.convert(read_tree(text, name, "en").value, type=kind)
