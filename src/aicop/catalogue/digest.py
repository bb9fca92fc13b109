"""The digest of the content of an edition."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aicop.catalogue.catalogue import Catalogue


_LENGTH = 16


def edition_digest(catalogue: Catalogue) -> str:
    """
    Return the digest of the content of an edition: the first 16 hexadecimal digits of a SHA-256.

    It covers the numbers, titles, verbs, duty holders, actions and conditions of all phases, principles, provisions and
    statements in printed order, and the definitions of roles. It does not cover the key of the edition, so that two
    editions with the same content have the same digest.

    >>> from aicop import load
    >>> edition_digest(load("uk-ai-cop")) == edition_digest(load("etsi-en-304-223"))
    False
    """
    # JSON quotes each text, so that no text can end where another begins.
    lines = (json.dumps(line, ensure_ascii=False) for line in _elements(catalogue))
    return sha256("\n".join(lines).encode()).hexdigest()[:_LENGTH]


def _elements(catalogue: Catalogue) -> Iterator[list[object]]:
    """Yield the content of each element as a list of plain values."""
    for phase in catalogue.phases:
        yield [phase.id.local, phase.title]
    for principle in catalogue.principles:
        yield [principle.id.local, principle.phase.local, principle.title]
    for item in catalogue.values():
        yield [item.id.local, item.title, item.parent and item.parent.local]
        for one in item.statements:
            yield [one.modality, *one.duty_holders, one.joiner]
            yield [one.action, one.condition]
    for role in catalogue.stakeholders:
        yield [role.role, role.definition]
