"""What people read in a browser: pages of one file, without a server or network."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.report.explorer_page import explorer, write_explorer
    from aicop.report.serving import PageServer
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "explorer_page": ("explorer", "write_explorer"),
            "serving": ("PageServer",),
        },
    )

__all__ = ["PageServer", "explorer", "write_explorer"]
