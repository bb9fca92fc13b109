"""Misspelt names are errors, although names are loaded on first use. Checked by mypy and pyright, never run."""

# A name that is unknown has an unknown type, which the strict mode would report as well.
# pyright: basic

from __future__ import annotations

from typing import assert_type

import aicop.grph  # type: ignore[import-not-found] # pyright: ignore[reportMissingImports]

import aicop
from aicop import lod  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
from aicop.graph import grahp  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
from aicop.interop import osacl  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
from aicop.interop.oscal import dumsp  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]

# Packages are attributes of `aicop`, and formats of `aicop.interop`, without an import of their own.
assert_type(aicop.graph.graph("uk-ai-cop"), aicop.graph.DependencyGraph)
assert_type(aicop.crosswalk.crosswalk("uk-ai-cop", "nist-csf"), aicop.crosswalk.Crosswalk)
assert_type(aicop.interop.oscal.dumps(aicop.load("uk-ai-cop")), str)

aicop.lod  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
aicop.graph.grahp  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
aicop.interop.osacl  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
aicop.interop.oscal.dumsp  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
aicop.load("uk-ai-cop").principels  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
aicop.Role.DEVELOPPER  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]
