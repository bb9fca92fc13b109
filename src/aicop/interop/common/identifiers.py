"""
Names that never change: what a key is called where a format wants an IRI, a UUID, a token or a moment.

All are derived from keys and dates of the data; nothing asks the clock or draws at random.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, uuid5

from aicop.ids import StatementId, split_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, Key


BASE = "urn:aicop:"
"""What all our IRIs begin with; also the namespace of our properties in other formats."""

_OURS = uuid5(NAMESPACE_URL, BASE)
_KEPT = "@:.-_~!$&'()*+,;=/"
_MONTH = len("2026-11")
_YEAR = len("2026")


def iri(key: Key | EditionId | str) -> str:
    """
    Give the IRI of an edition or of anything that a key names.

    >>> from aicop import parse
    >>> iri(parse("NIST AI RMF GOVERN 1.1"))
    'urn:aicop:nist-ai-rmf@1.0:GOVERN%201.1'
    """
    edition, local = split_key(str(key))
    # A second colon would be no part of a CURIE.
    own = f":{quote(local, safe=_KEPT.replace(':', ''))}" if local else ""
    return f"{BASE}{quote(edition, safe=_KEPT)}{own}"


def key_from_iri(written: str) -> str | None:
    """
    Give the key or edition whose IRI this is, in its written form; None for an IRI of somebody else.

    >>> key_from_iri("urn:aicop:nist-ai-rmf@1.0:GOVERN%201.1")
    'nist-ai-rmf@1.0:GOVERN 1.1'
    """
    return unquote(written.removeprefix(BASE)) if written.startswith(BASE) else None


def uuid(*parts: object) -> str:
    """
    Give the UUID, of version 5, that these parts have together for ever.

    >>> uuid("catalog", "uk-ai-cop@2025-01") == uuid("catalog", "uk-ai-cop@2025-01")
    True
    """
    return _uuid("\n".join(map(str, parts)))


@functools.lru_cache(maxsize=10_000)
def _uuid(name: str) -> str:
    return str(uuid5(_OURS, name))


def day(date: str) -> str:
    """
    Give an ISO day, month or year as a day, the first where none is said.

    >>> day("2024-07")
    '2024-07-01'
    """
    return {_YEAR: f"{date}-01-01", _MONTH: f"{date}-01"}.get(len(date), date)


def moment(date: str) -> str:
    """
    Give an ISO day, month or year as the moment at which it begins, in UTC.

    >>> moment("2025-01-31")
    '2025-01-31T00:00:00Z'
    """
    return f"{day(date)}T00:00:00Z"


def tokens(keys: Iterable[Key], prefix: str) -> dict[Key, str]:
    """
    Give each key a token: a letter, then letters, digits, dots, hyphens and underscores; no two alike.

    The id itself where it is one, else with *prefix* and with hyphens for all other characters. A statement has that of
    its provision with ``_smt`` and its number, as the publishers of OSCAL do and their tools expect.

    >>> from aicop import parse
    >>> list(tokens([parse("uk-ai-cop:5.1"), parse("AML.M0005")], "x").values())
    ['x-5.1', 'AML.M0005']
    """
    found: dict[Key, str] = {}
    taken: set[str] = set()
    counts: Counter[str] = Counter()
    for key in keys:
        own = key.local
        if isinstance(key, StatementId) and key.provision in found:
            own = f"{found[key.provision]}_smt.{key.ordinal}"
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", own).strip("-") or "item"
        token = plain if plain == own and own[0].isalpha() else f"{prefix}-{plain}"
        while token in taken:
            counts[plain] += 1
            token = f"{prefix}-{plain}-{counts[plain] + 1}"
        taken.add(token)
        found[key] = token
    return found


def oscal_ids(framework: Framework) -> dict[Key, str]:
    """Give the ids that the elements of a framework have in OSCAL, where none begins with a digit."""
    document_key = framework.id.document
    return tokens(framework, document_key if document_key[0].isalpha() else f"x-{document_key}")
