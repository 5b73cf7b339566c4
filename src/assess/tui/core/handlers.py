"""What the commands of a screen do: a table of functions by the id of the command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

Handler = Callable[..., Awaitable[None] | None]
"""Carries out a command. It gets the pressed key if the command takes it."""

CommandHandlers = Mapping[str, Handler]
"""Handlers by the id of the command (`commands/registry.py`)."""
