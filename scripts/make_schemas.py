"""Write the JSON Schemas of the four formats into src/assess/data/schemas."""

from __future__ import annotations

import json
from pathlib import Path

from assess.store.decode import TYPES
from assess.store.schema import json_schema

FOLDER = Path(__file__).parent.parent / "src" / "assess" / "data" / "schemas"


def main() -> None:
    """Write one file a kind."""
    for kind in TYPES:
        text = json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"
        (FOLDER / f"{kind}.json").write_text(text, "utf-8")
        print(FOLDER / f"{kind}.json")


if __name__ == "__main__":
    main()
