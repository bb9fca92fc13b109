"""What people read in a browser: pages of one file, without a server or network."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.report.explorer.page import write_explorer
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "explorer.page": ("write_explorer",),
        },
        ("assessment", "explorer"),
    )

__all__ = ["write_explorer"]
