"""Frameworks: shipped ones, your own, and editions of the Code viewed as frameworks."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.frameworks.edition_view import from_catalogue
    from aicop.frameworks.framework import Framework, digest, framework_digest
    from aicop.frameworks.reader import loads, of_list
    from aicop.frameworks.shipped import available, load
    from aicop.frameworks.writer import dumps, dumps_table
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "framework": ("Framework", "digest", "framework_digest"),
            "edition_view": ("from_catalogue",),
            "shipped": ("available", "load"),
            "reader": ("loads", "of_list"),
            "writer": ("dumps", "dumps_table"),
        },
    )

__all__ = [
    "Framework",
    "available",
    "digest",
    "dumps",
    "dumps_table",
    "framework_digest",
    "from_catalogue",
    "load",
    "loads",
    "of_list",
]
