"""Write the JSON Schemas of all formats into src/assess/data/schemas."""

from __future__ import annotations

import json
from pathlib import Path

from assess.engine.round_data_json import make_data_schema
from assess.report.export.json_view import make_view_schema
from assess.store.yaml.json_schema import make_json_schema
from assess.store.yaml.reading.decode import TYPES

FOLDER = Path(__file__).parent.parent / "src" / "assess" / "data" / "schemas"


def main() -> None:
    """Write a file each."""
    for kind, schema in (
        *((one, make_json_schema(one)) for one in TYPES),
        ("report", make_view_schema()),
        ("data", make_data_schema()),
    ):
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        (FOLDER / f"{kind}.json").write_text(text, "utf-8")
        print(FOLDER / f"{kind}.json")


if __name__ == "__main__":
    main()
