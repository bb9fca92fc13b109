"""
The UK Code of Practice for the Cyber Security of AI and its ETSI successors as typed data.

Importing `aicop` reads no files and loads no subpackages. Each name is imported on first use.
"""

from __future__ import annotations

from aicop._lazy import attach

# Type checkers and editors read the first branch; at run time only the second one runs. `typing` is not imported for
# the constant, because it would cost more than the rest of the import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from aicop import applicability as applicability
    from aicop import assessment as assessment
    from aicop import catalogue as catalogue
    from aicop import cli as cli
    from aicop import crosswalk as crosswalk
    from aicop import errors as errors
    from aicop import frameworks as frameworks
    from aicop import graph as graph
    from aicop import ids as ids
    from aicop import interop as interop
    from aicop import keys as keys
    from aicop import library as library
    from aicop import lineage as lineage
    from aicop import manifest as manifest
    from aicop import mappings as mappings
    from aicop import mcp as mcp
    from aicop import model as model
    from aicop import relations as relations
    from aicop import report as report
    from aicop import schema as schema
    from aicop import search as search
    from aicop import tables as tables
    from aicop import vocabulary as vocabulary
    from aicop.catalogue.catalogue import Catalogue, Match
    from aicop.catalogue.shipped import load
    from aicop.errors import AicopError, InvalidDocument, KeyMistake, UnknownEdition, UnknownKey
    from aicop.ids import EditionId, PhaseId, PrincipleId, ProvisionId
    from aicop.keys.parser import parse
    from aicop.library.library import Library
    from aicop.lineage import compare, counterpart, counterparts
    from aicop.manifest import editions
    from aicop.model.edition import Edition, Phase, Principle, Provision, Statement
    from aicop.records import from_dict, to_dict
    from aicop.vocabulary import Modality, Relation, Role
else:
    __getattr__, __dir__ = attach(
        __name__,
        {
            "catalogue.catalogue": ("Catalogue", "Match"),
            "catalogue.shipped": ("load",),
            "errors": ("AicopError", "InvalidDocument", "KeyMistake", "UnknownEdition", "UnknownKey"),
            "ids": ("EditionId", "PhaseId", "PrincipleId", "ProvisionId"),
            "keys.parser": ("parse",),
            "library.library": ("Library",),
            "lineage.shipped": ("compare", "counterpart", "counterparts"),
            "model.edition": ("Edition", "Phase", "Principle", "Provision", "Statement"),
            "manifest": ("editions",),
            "records": ("from_dict", "to_dict"),
            "vocabulary": ("Modality", "Relation", "Role"),
        },
        parts=(
            "applicability",
            "assessment",
            "catalogue",
            "cli",
            "crosswalk",
            "errors",
            "frameworks",
            "graph",
            "ids",
            "interop",
            "keys",
            "library",
            "lineage",
            "manifest",
            "mappings",
            "mcp",
            "model",
            "relations",
            "report",
            "schema",
            "search",
            "tables",
            "vocabulary",
        ),
    )

__all__ = [
    "AicopError",
    "Catalogue",
    "Edition",
    "EditionId",
    "InvalidDocument",
    "KeyMistake",
    "Library",
    "Match",
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
    "counterparts",
    "editions",
    "from_dict",
    "load",
    "parse",
    "to_dict",
]
