"""The command line."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.cli.app import run
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "app": ("run",),
        },
    )

__all__ = ["run"]
