"""
Identifiers and annotations in CISO Assistant libraries; the identifiers never change.

A URN is in lower case and consists of letters, digits, dots, hyphens and underscores. The ids of one framework remain
distinct, because they always differ in more than case and punctuation. Unknown fields would break the update of a
library, so facts for which the format has no field are written to annotations, as one line ``name: value`` each.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from aicop.interop.common.identifiers import BASE
from aicop.keys.control_index import SEPARATORS, minus_at_end
from aicop.spelling import PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicop.ids import EditionId, Key

SHIPPED: Mapping[str, str] = MappingProxyType(
    {
        "ai-act": "eu-ai-act@2024",
        "anssi-genai-security-recommendations-1.0": "anssi-genai@1.0",
        "cra-resolution-annexes": "eu-cra@2024",
        "iso27001-2022": "iso-iec-27001@2022",
        "iso42001-2023": "iso-iec-42001@2023",
        "ncsc-caf-4.0": "ncsc-caf@4.0",
        "nist-ai-rmf-1.0": "nist-ai-rmf@1.0",
        "nist-csf-2.0": "nist-csf@2.0",
        "nist-sp-800-53-rev5": "nist-sp-800-53@5.2.0",
        "nist-ssdf-1.1": "nist-ssdf@1.1",
        "owasp-asi-top-10-2026": "owasp-agentic-top10@2026",
    }
)
"""
The frameworks that come with CISO Assistant and ship with aicop: the ends of their URNs there, each with the edition.

Of the AI Act and the Cyber Resilience Act, CISO Assistant numbers the nodes in its own way, so that most are unknown.

Source: the libraries of CISO Assistant, as of 2026.
"""
PACKAGER = BASE.split(":")[1]
_HEAD = f"{BASE}risk:"
_BETWEEN = "_"
"""Replaces the ``@`` between a document and its edition; it occurs in neither."""
_MARK = "_"
"""Replaces the ``#`` between a provision and the number of a statement; no other character becomes one."""
NODE, FRAMEWORK = 5, 4
"""The number of parts of a URN before the name of a node in its framework, and before the name of a framework."""


def label(edition: EditionId) -> str:
    """
    Return the reference of an edition; `edition_from_reference` is the inverse.

    >>> from aicop import load
    >>> label(load("etsi-en-304-223").id)
    'etsi-en-304-223_2.1.1'
    """
    return str(edition).replace("@", _BETWEEN)


def edition_from_reference(reference: str) -> str:
    """
    Return the id, as text, of the edition that has this reference.

    >>> edition_from_reference("etsi-en-304-223_2.1.1")
    'etsi-en-304-223@2.1.1'
    """
    return reference.replace(_BETWEEN, "@")


def urn(kind: str, reference: str) -> str:
    """
    Return the URN of an object; *kind* is one of CISO Assistant's kinds of objects.

    >>> urn("framework", "nist-csf_2.0")
    'urn:aicop:risk:framework:nist-csf_2.0'
    """
    return f"{_HEAD}{kind}:{reference.lower()}"


def _plain(own: str) -> str:
    """
    Return an id as the end of a URN, which differs for ids that look-up tells apart.

    Only the ``#`` before the number of a statement becomes a single underscore. Any other sign or letter that a URN
    cannot contain and that is no separator is written as its code point between underscores.
    """
    # A newline marks the place of the ``#`` until all other characters have been replaced.
    marked = re.sub(r"(?<=[0-9])#(?=[1-9][0-9]*$)", "\n", own.lower().translate(PLAIN))
    if minus := minus_at_end(marked):
        marked = f"{marked.removesuffix(minus)}\t{ord(minus):04x}\t"
    spelt = re.sub(rf"[^a-z0-9\n{SEPARATORS}]", lambda char: f"\t{ord(char[0]):04x}\t", marked)
    plain = re.sub(r"[^a-z0-9.\n\t-]+", "-", spelt).strip("-").replace("\n", _MARK).replace("\t", _MARK)
    # An id in another script is written as the code points of its characters; no other id has this form.
    return plain if re.search("[a-z0-9]", own.lower()) else f"u..{'.'.join(f'{ord(char):04x}' for char in own.lower())}"


def node(key: Key) -> str:
    """
    Return the URN of an element of a framework.

    >>> from aicop import parse
    >>> node(parse("nist-csf@2.0:PR.DS-01"))
    'urn:aicop:risk:req_node:nist-csf_2.0:pr.ds-01'
    """
    return f"{urn('req_node', label(key.edition))}:{_plain(key.local)}"


def own_id(given: str) -> str:
    """
    Return the id at the end of the URN of an aicop node; its case and punctuation can differ from the original.

    >>> own_id("urn:aicop:risk:req_node:uk-ai-cop_2025-01:2.3_1")
    '2.3#1'
    """
    spelt = re.sub(
        rf"{_MARK}([0-9a-f]{{4,5}}|10[0-9a-f]{{4}}){_MARK}", lambda code: chr(int(code[1], 16)), tail(given, NODE)
    )
    return spelt.replace(_MARK, "#")


def ours(given: str) -> bool:
    """Return whether a URN is one that aicop writes."""
    return given.lower().startswith(_HEAD)


def tail(given: str, fixed: int) -> str:
    """
    Return the end of a URN: the text after its first *fixed* parts, or its last part if it has no more parts.

    >>> tail("urn:intuitem:risk:req_node:nist-csf-2.0:gv.oc-01", 5)
    'gv.oc-01'
    """
    parts = given.split(":")
    return ":".join(parts[fixed:]) or parts[-1]


def write_annotation(facts: Mapping[str, str]) -> str:
    r"""
    Return an annotation with one line per fact.

    >>> write_annotation({"kind": "provision", "verbs": "shall, should"})
    'kind: provision\nverbs: shall, should'
    """
    return "\n".join(f"{name}: {said}" for name, said in facts.items())


def read_annotation(annotation: str, names: Iterable[str]) -> dict[str, str]:
    r"""
    Return the facts with the given *names* from an annotation. Lines after the first empty line are prose and not read.

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
