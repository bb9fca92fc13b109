"""
What things are called in libraries for CISO Assistant, for ever, and what their annotations say in lines.

A URN is lower case and holds letters, digits, dots, hyphens and underscores; ids of one framework stay apart in it, as
no two of them differ in spelling only. Fields of others would break the update of a library, so what the format has no
field for stands in annotations, a line ``name: what is said`` each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicop.interop.common.identifiers import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicop.ids import EditionId, Key

PACKAGER = BASE.split(":")[1]
_HEAD = f"{BASE}risk:"
_BETWEEN = "_"
"""Between a document and its edition, where an id has an ``@``: it occurs in neither."""
_MARK = "_"
"""Between a provision and the number of a statement, where an id has a ``#``: no other sign turns into it."""
NODE, FRAMEWORK = 5, 4
"""Parts of a URN before what names a node in its framework, and a framework."""


def label(edition: EditionId) -> str:
    """
    Give the reference of an edition, which is read back as `edition_from_reference`.

    >>> from aicop import load
    >>> label(load("etsi-en-304-223").id)
    'etsi-en-304-223_2.1.1'
    """
    return str(edition).replace("@", _BETWEEN)


def edition_from_reference(reference: str) -> str:
    """
    Give the written form of the edition that has this reference.

    >>> edition_from_reference("etsi-en-304-223_2.1.1")
    'etsi-en-304-223@2.1.1'
    """
    return reference.replace(_BETWEEN, "@")


def urn(kind: str, reference: str) -> str:
    """
    Give the URN of a thing of one of CISO Assistant's kinds.

    >>> urn("framework", "nist-csf_2.0")
    'urn:aicop:risk:framework:nist-csf_2.0'
    """
    return f"{_HEAD}{kind}:{reference.lower()}"


def _plain(own: str) -> str:
    """Give an id as the end of a URN; only the mark of a statement becomes an underscore."""
    marked = re.sub(r"(?<=[0-9])#(?=[1-9][0-9]*$)", "\n", own.lower())
    plain = re.sub(r"[^a-z0-9.\n-]+", "-", marked).strip("-").replace("\n", _MARK)
    # An id in another script: the numbers of its characters, as no id in this one has them.
    return plain if re.search("[a-z0-9]", plain) else f"u..{'.'.join(f'{ord(char):04x}' for char in own.lower())}"


def node(key: Key) -> str:
    """
    Give the URN of an element of a framework.

    >>> from aicop import parse
    >>> node(parse("nist-csf@2.0:PR.DS-01"))
    'urn:aicop:risk:req_node:nist-csf_2.0:pr.ds-01'
    """
    return f"{urn('req_node', label(key.edition))}:{_plain(key.local)}"


def own_id(given: str) -> str:
    """
    Give the id that the URN of a node of ours ends with, in another spelling perhaps.

    >>> own_id("urn:aicop:risk:req_node:uk-ai-cop_2025-01:2.3_1")
    '2.3#1'
    """
    return tail(given, NODE).replace(_MARK, "#")


def ours(given: str) -> bool:
    """Tell whether a URN is one of those that are given here."""
    return given.lower().startswith(_HEAD)


def tail(given: str, fixed: int) -> str:
    """
    Give what follows the first *fixed* parts of a URN, whosever it is; the last part where there are fewer.

    >>> tail("urn:intuitem:risk:req_node:nist-csf-2.0:gv.oc-01", 5)
    'gv.oc-01'
    """
    parts = given.split(":")
    return ":".join(parts[fixed:]) or parts[-1]


def write_annotation(facts: Mapping[str, str]) -> str:
    r"""
    Write an annotation of facts.

    >>> write_annotation({"kind": "provision", "verbs": "shall, should"})
    'kind: provision\nverbs: shall, should'
    """
    return "\n".join(f"{name}: {said}" for name, said in facts.items())


def read_annotation(annotation: str, names: Iterable[str]) -> dict[str, str]:
    r"""
    Read those facts of an annotation that have one of these names; what follows an empty line is no fact.

    >>> read_annotation("kind: provision\nverbs: shall, should", ["kind", "nature"])
    {'kind': 'provision'}
    """
    wanted = frozenset(names)
    found: dict[str, str] = {}
    for line in annotation.partition("\n\n")[0].split("\n"):
        name, colon, said = line.partition(": ")
        if colon and name in wanted:
            found.setdefault(name, said)
    return found
