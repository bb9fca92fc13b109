"""
Stable identifiers for other formats: the IRI, UUID, token or timestamp for a key or date.

They are computed from the keys and dates of the data alone, so exports are reproducible and identifiers never change.
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
"""The prefix of all aicop IRIs, and the namespace of aicop properties in other formats."""

_OURS = uuid5(NAMESPACE_URL, BASE)
# Characters that RFC 8141 allows in a URN without escaping, so that keys stay readable.
_KEPT = "@:.-_~!$&'()*+,;=/"
_MONTH = len("2026-11")
_YEAR = len("2026")


def iri(key: Key | EditionId | str) -> str:
    """
    Return the IRI of an edition, or of an element by its key.

    >>> from aicop import parse
    >>> iri(parse("NIST AI RMF GOVERN 1.1"))
    'urn:aicop:nist-ai-rmf@1.0:GOVERN%201.1'
    """
    edition, local = split_key(str(key))
    # A CURIE may not contain a second colon, so colons in the local id are escaped.
    own = f":{quote(local, safe=_KEPT.replace(':', ''))}" if local else ""
    return f"{BASE}{quote(edition, safe=_KEPT)}{own}"


def key_from_iri(written: str) -> str | None:
    """
    Return the key or edition in an aicop IRI, as text, or None for any other IRI.

    >>> key_from_iri("urn:aicop:nist-ai-rmf@1.0:GOVERN%201.1")
    'nist-ai-rmf@1.0:GOVERN 1.1'
    """
    return unquote(written.removeprefix(BASE)) if written.startswith(BASE) else None


def uuid(*parts: object) -> str:
    """
    Return the deterministic (version 5) UUID for these parts.

    >>> uuid("catalog", "uk-ai-cop@2025-01") == uuid("catalog", "uk-ai-cop@2025-01")
    True
    """
    return _uuid("\n".join(map(str, parts)))


@functools.lru_cache(maxsize=10_000)
def _uuid(name: str) -> str:
    """Return the UUID of a name; cached, because exports use the same names repeatedly."""
    return str(uuid5(_OURS, name))


def day(date: str) -> str:
    """
    Return the first day of an ISO day, month or year.

    >>> day("2024-07")
    '2024-07-01'
    """
    return {_YEAR: f"{date}-01-01", _MONTH: f"{date}-01"}.get(len(date), date)


def moment(date: str) -> str:
    """
    Return the timestamp, in UTC, at which an ISO day, month or year begins.

    >>> moment("2025-01-31")
    '2025-01-31T00:00:00Z'
    """
    return f"{day(date)}T00:00:00Z"


def tokens(keys: Iterable[Key], prefix: str) -> dict[Key, str]:
    """
    Map each key to a unique OSCAL token: a letter, then letters, digits, dots, hyphens and underscores.

    The token is the local id if that is valid. Otherwise it is *prefix*, a hyphen, and the local id with hyphens for
    all other characters. A statement has the token of its provision, ``_smt.`` and its number, as the publishers of
    OSCAL write it and OSCAL tools expect.

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
        # Different ids can have the same token; later ones are numbered.
        while token in taken:
            counts[plain] += 1
            token = f"{prefix}-{plain}-{counts[plain] + 1}"
        taken.add(token)
        found[key] = token
    return found


def oscal_ids(framework: Framework) -> dict[Key, str]:
    """Return the OSCAL id of each element of a framework; the prefix of `tokens` is the framework's key."""
    document_key = framework.id.document
    # A token must not begin with a digit, but the key of a document may.
    return tokens(framework, document_key if document_key[0].isalpha() else f"x-{document_key}")
