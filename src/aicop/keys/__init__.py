"""
Parse the keys that people write. Parsing is tolerant about form and exact about existence.

An id that exists as written always wins. Otherwise ids are compared without regard to case, separators and leading
zeros. The label of an edition may stand before or after an id, and may be left out of an id only where its publisher
writes it there.
"""

from __future__ import annotations

from aicop._lazy import attach

# Type checkers read the first branch. `typing` is not imported for the constant, because that would be slow.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.keys.arguments import argument
    from aicop.keys.parser import find, parse
    from aicop.keys.sorting import sort_key
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "arguments": ("argument",),
            "parser": ("find", "parse"),
            "sorting": ("sort_key",),
        },
    )

__all__ = ["argument", "find", "parse", "sort_key"]
