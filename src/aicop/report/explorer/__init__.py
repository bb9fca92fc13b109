"""The explorer: a library on one page of HTML."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.report.explorer.page import dumps, write_explorer
    from aicop.report.explorer.serving import PageServer
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "page": ("dumps", "write_explorer"),
            "serving": ("PageServer",),
        },
    )

__all__ = ["PageServer", "dumps", "write_explorer"]
