"""Write the JSON Schemas of all formats into src/assess/data/schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from field_docs import describe_fields

from assess.engine.round_data_json import make_round_data_schema, make_schema_of_records
from assess.model.conflict import ConflictRow
from assess.model.hand_in import Manifest
from assess.model.return_file import RETURN_FORMAT, ReturnFile
from assess.model.rollup import ROLLUP_FORMAT, RollUpDocument
from assess.model.rollup_figures import ROLLUP_FIGURES_FORMAT, RollUpFigures
from assess.model.round_data import RoundData
from assess.report.content.view.model import Report
from assess.report.export.json_view import make_view_schema
from assess.store.yaml.json_schema import make_json_schema
from assess.store.yaml.reading.decode import TYPES
from assess.workspace.hand_in.manifest import make_manifest_schema

FOLDER = Path(__file__).parent.parent / "src" / "assess" / "data" / "schemas"


def make_schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of each format, by the name of its file."""
    return {
        **{
            kind: describe_fields(make_json_schema(kind), root, ConflictRow)
            for kind, root in TYPES.items()
        },
        "report": describe_fields(make_view_schema(), Report),
        "data": describe_fields(make_round_data_schema(), RoundData),
        "rollup": describe_fields(
            make_schema_of_records(RollUpDocument, ROLLUP_FORMAT), RollUpDocument
        ),
        "rollup-figures": describe_fields(
            make_schema_of_records(RollUpFigures, ROLLUP_FIGURES_FORMAT), RollUpFigures
        ),
        "hand-in": describe_fields(make_manifest_schema(), Manifest),
        "return": describe_fields(make_schema_of_records(ReturnFile, RETURN_FORMAT), ReturnFile),
    }


def main() -> None:
    """Write a file each."""
    for name, schema in make_schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        (FOLDER / f"{name}.json").write_text(text, "utf-8")
        print(FOLDER / f"{name}.json")


if __name__ == "__main__":
    main()
