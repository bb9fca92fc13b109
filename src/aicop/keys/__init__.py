"""Reading the keys that people write: tolerant about form, exact about existence."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.keys.parser import find, parse
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "parser": ("find", "parse"),
        },
    )

__all__ = ["find", "parse"]
