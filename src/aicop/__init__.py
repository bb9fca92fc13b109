"""
The UK Code of Practice for the Cyber Security of AI and its ETSI successors as typed data.

Importing reads no file. Errors, words and ids come with it; the other names come from their rooms when first used,
since not everybody who names a provision wants to load one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from aicop.errors import AicopError, InvalidDocument, Mistake, UnknownEdition, UnknownKey
from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId
from aicop.vocabulary import Modality, Relation, Role

if TYPE_CHECKING:
    from aicop.catalogue import Catalogue, Match, load
    from aicop.keys import parse
    from aicop.lineage import compare, counterpart
    from aicop.model import Edition, Phase, Principle, Provision, Statement
    from aicop.register import editions

__all__ = [
    "AicopError",
    "Catalogue",
    "Edition",
    "EditionId",
    "InvalidDocument",
    "Match",
    "Mistake",
    "Modality",
    "Phase",
    "PhaseId",
    "Principle",
    "PrincipleId",
    "Provision",
    "ProvisionId",
    "Relation",
    "Role",
    "Statement",
    "UnknownEdition",
    "UnknownKey",
    "compare",
    "counterpart",
    "editions",
    "load",
    "parse",
]

_ROOMS = {
    "catalogue": ("Catalogue", "Match", "load"),
    "keys": ("parse",),
    "lineage": ("compare", "counterpart"),
    "model": ("Edition", "Phase", "Principle", "Provision", "Statement"),
    "register": ("editions",),
}


def __getattr__(name: str) -> object:
    for room, names in _ROOMS.items():
        if name in names:
            value = getattr(import_module(f"aicop.{room}"), name)
            globals()[name] = value
            return value
    message = f"module 'aicop' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
