"""How a child process ends its answer. Its steps are in `job`, whose types take long to load."""

from __future__ import annotations

from typing import Literal

import msgspec


class ChildMessage(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    """Base of what is sent."""


class RenderDone(ChildMessage, frozen=True, kw_only=True, tag="done"):
    """The PDF is ready; its `size` bytes follow this line."""

    size: int
    pages: int


FailureKind = Literal["template", "environment", "library", "characters", "bug"]


class RenderFailure(ChildMessage, frozen=True, kw_only=True, tag="failure"):
    """The report can't be made, and why; ready to show."""

    kind: FailureKind
    message: str
    hint: str = ""
