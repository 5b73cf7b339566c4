"""JSON on standard output, in the one form of all commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click


def print_json(value: Any, *, encode_other_type: Callable[[Any], Any] | None = None) -> None:
    """Print a value as JSON, indented, with Chinese as it is.

    `encode_other_type` returns what stands for a value of a type that JSON does not have.
    """
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=encode_other_type))
