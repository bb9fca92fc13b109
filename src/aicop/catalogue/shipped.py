"""Load the editions that ship, and build catalogues from plain data."""

from __future__ import annotations

import functools
import itertools
import json
from typing import TYPE_CHECKING, Any

from aicop._resources import read
from aicop.catalogue.catalogue import Catalogue
from aicop.keys.edition_index import Index
from aicop.manifest import edition_data, resolve_edition
from aicop.model.from_data import (
    defined_term,
    edition,
    guidance,
    phase,
    principle,
    provision,
    scope_statement,
    source,
    stakeholder,
    threat,
)

if TYPE_CHECKING:
    from aicop.ids import EditionId
    from aicop.model.edition import Guidance, Phase, Principle, Provision, Threat


def build(
    data: dict[str, Any], *, guide: dict[str, Any] | None = None, vocabulary: dict[str, Any] | None = None
) -> Catalogue:
    """
    Build a catalogue from plain data that is valid and consistent.

    What ships is checked by the tests, and what is a user's by `aicop.catalogue.loads`. *guide* and *vocabulary* are
    the plain data of a guide and of the threat vocabulary.
    """
    threats = {item["key"]: threat(item) for item in (vocabulary or {}).get("threats", ())}
    entries = _guide_entries(guide, threats)
    sources = {item["key"]: source(item) for item in data["sources"]}
    record = edition(data, sources)
    built_phases: list[Phase] = []
    built_principles: list[Principle] = []
    built: list[Provision] = []
    position = itertools.count(1)
    for phase_data in data["phases"]:
        built_phases.append(phase(phase_data, record.id, sources))
        for principle_data in phase_data["principles"]:
            owner = principle(principle_data, built_phases[-1].id, sources)
            built_principles.append(owner)
            built += (
                # A provision without guidance looks up None, which is not a key of `entries`.
                provision(item, key, owner, next(position), entries.get(item.get("guidance")), sources)
                for item, key in zip(principle_data["provisions"], owner.provisions, strict=True)
            )
    return Catalogue(
        edition=record,
        phases=tuple(built_phases),
        principles=tuple(built_principles),
        scope=tuple(scope_statement(item, sources) for item in data.get("scope", ())),
        stakeholders=tuple(stakeholder(item, sources) for item in data.get("stakeholders", ())),
        terms=tuple(defined_term(item, sources) for item in data.get("terms", ())),
        threats=tuple(threats.values()),
        provisions=tuple(built),
        index=Index.from_plain(data),
    )


def _guide_entries(guide: dict[str, Any] | None, threats: dict[str, Threat]) -> dict[str | None, Guidance]:
    """Return the entries of a guide by the numbers that the guide uses."""
    if guide is None:
        return {}
    origin = source(guide["source"])
    return {item["number"]: guidance(item, threats, origin) for item in guide["entries"]}


# A catalogue is immutable, so all callers can share one per edition.
@functools.cache
def _load(wanted: EditionId) -> Catalogue:
    return build_with_guide(edition_data(wanted))


def build_with_guide(data: dict[str, Any]) -> Catalogue:
    """Build a catalogue, including the entries of the guide if *data* names one."""
    if data.get("guidance") is None:
        return build(data)
    return build(data, guide=guide_data(data["guidance"]), vocabulary=json.loads(read("threats.json")))


def guide_data(name: str) -> dict[str, Any]:
    """Return the plain data of a guide that ships."""
    found: dict[str, Any] = json.loads(read(f"guidance/{name}.json"))
    return found


def load(edition: EditionId | str) -> Catalogue:
    """
    Return the catalogue of a shipped edition.

    The key or name of a document alone means its current edition. The first call for an edition reads its files; later
    calls return the same catalogue.

    >>> load("etsi-en-304-223@2.1.1")
    <Catalogue etsi-en-304-223@2.1.1: 13 principles, 72 provisions>

    Raises:
        UnknownEdition: no such edition ships.
        MissingData: a data file is missing, so the installation is damaged.
    """
    return _load(resolve_edition(edition))
