"""`Library`: everything that ships together with what is yours, and the folder in which you keep it."""

from __future__ import annotations

from aicop._lazy import attach

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop.library.adding import add
    from aicop.library.check import KeyCheck, KeyChecker
    from aicop.library.library import Library
    from aicop.library.locate import find_folder
    from aicop.library.review import Review, ReviewItem
    from aicop.library.template import write_template
    from aicop.library.upgrading import MappingUpgrade, UpgradedMapping, upgrade_mappings
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "adding": ("add",),
            "check": ("KeyCheck", "KeyChecker"),
            "library": ("Library",),
            "locate": ("find_folder",),
            "review": ("Review", "ReviewItem"),
            "template": ("write_template",),
            "upgrading": ("MappingUpgrade", "UpgradedMapping", "upgrade_mappings"),
        },
    )

__all__ = [
    "KeyCheck",
    "KeyChecker",
    "Library",
    "MappingUpgrade",
    "Review",
    "ReviewItem",
    "UpgradedMapping",
    "add",
    "find_folder",
    "upgrade_mappings",
    "write_template",
]
