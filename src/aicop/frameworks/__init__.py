"""Other catalogues, those that ship and a user's own, and editions seen as frameworks."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.frameworks.edition_view import of
    from aicop.frameworks.framework import Framework, bare, digest
    from aicop.frameworks.reader import loads, of_list
    from aicop.frameworks.shipped import known, load
    from aicop.frameworks.writer import dumps
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "framework": ("Framework", "bare", "digest"),
            "edition_view": ("of",),
            "shipped": ("known", "load"),
            "reader": ("loads", "of_list"),
            "writer": ("dumps",),
        },
    )

__all__ = ["Framework", "bare", "digest", "dumps", "known", "load", "loads", "of", "of_list"]
