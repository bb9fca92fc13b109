"""Write editions as edition files, which `aicop.catalogue.loads` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from aicop.catalogue.derived_faults import CHANGEABLE
from aicop.files.json_text import dump_json
from aicop.ids import PrincipleId, ProvisionId
from aicop.manifest import guides
from aicop.model.derived import ChangedProvision
from aicop.model.edition import Edition, Guidance, Phase, Principle, Provision, Source, Statement
from aicop.records import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aicop.catalogue.catalogue import Catalogue

Plain = dict[str, Any]

_LISTS = ("scope", "stakeholders", "terms")
"""The lists of records beside the phases, which a derived edition inherits or replaces as a whole."""
_IMPLIED: dict[type, frozenset[str]] = {
    Edition: frozenset({"id", "based_on"}),
    Phase: frozenset({"id"}),
    Principle: frozenset({"id", "phase", "provisions"}),
    Provision: frozenset({"id", "principle", "phase", "position"}),
    Statement: frozenset({"ordinal"}),
    ChangedProvision: frozenset({"provision"}),
}
"""The fields of records that are written in another form, or follow from the place of the record in the file."""


def dumps(catalogue: Catalogue) -> str:
    """
    Return an edition as an edition file, which `loads` reads: JSON, described in ``docs/reference/data-format.md``.

    A derived edition is written as its differences from its base. Of guidance, which ships with aicop, only the number
    of each entry is written.

    >>> import json
    >>> from aicop import load
    >>> [phase["slug"] for phase in json.loads(dumps(load("uk-ai-cop")))["phases"]][:2]
    ['secure-design', 'secure-development']
    """
    write = _Writer()
    body = write.phases(catalogue) if catalogue.base is None else write.differences(catalogue, catalogue.base)
    head = write.head(catalogue)
    # Written last, because only then all sources in use are known.
    sources = [_without_none(attrs.asdict(item) | {"grade": item.grade.value}) for item in write.sources.values()]
    return dump_json({**head, "sources": sources, **body})


def _without_none(fields: Plain) -> Plain:
    return {name: value for name, value in fields.items() if value is not None}


class _Writer:
    """A writer of records as the fields of a file, which collects the sources that they refer to."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}

    def value(self, item: Any) -> Any:  # noqa: ANN401 -- whatever a field holds
        """Return the value of a field, in which some records are written as a key or number."""
        if isinstance(item, Source):
            self.sources[item.key] = item
            return item.key
        if isinstance(item, ProvisionId | PrincipleId | Guidance):
            return item.number
        if isinstance(item, tuple):
            return [self.value(one) for one in item]
        return self.fields(item) if attrs.has(type(item)) else to_plain(item)

    def fields(self, record: Any, names: Iterable[str] | None = None) -> Plain:  # noqa: ANN401 -- any record
        """Return the fields of a record, all or some, without those that are None or empty lists."""
        kind = type(record)
        if names is None:
            names = [field.name for field in attrs.fields(kind) if field.name not in _IMPLIED.get(kind, ())]
        values = {name: self.value(getattr(record, name)) for name in names}
        # Only the roles of a principle are another thing if there are none than if they are not stated.
        return {
            name: item for name, item in values.items() if item is not None and (item != [] or name == "applies_to")
        }

    def head(self, catalogue: Catalogue) -> Plain:
        """Return the facts about the edition as a whole."""
        edition = catalogue.edition
        base = {} if edition.based_on is None else {"based_on": str(edition.based_on)}
        return {**base, "document": edition.id.document, "edition": edition.id.label, **self.fields(edition)}

    def phases(self, catalogue: Catalogue) -> Plain:
        """Return the records of an edition that is complete in itself."""
        found = self.fields(catalogue, _LISTS)
        if (guide := _guide(catalogue)) is not None:
            found["guidance"] = guide
        found["phases"] = [
            {"slug": phase.id.slug, **self.fields(phase)}
            | {
                "principles": [
                    {"number": owner.id.number, **self.fields(owner)}
                    | {"provisions": [self._provision(catalogue[key]) for key in owner.provisions]}
                    for owner in catalogue.principles
                    if owner.phase == phase.id
                ]
            }
            for phase in catalogue.phases
        ]
        return found

    def _provision(self, item: Provision) -> Plain:
        return {"number": item.number, **self.fields(item)}

    def differences(self, catalogue: Catalogue, base: Catalogue) -> Plain:
        """Return the differences of a derived edition from its base."""
        found = {
            name: self.value(getattr(catalogue, name))
            for name in _LISTS
            if getattr(catalogue, name) != getattr(base, name)
        }
        inherited = {item.number: item for item in base.values()}
        own = [item for item in catalogue.values() if item.number not in inherited]
        found["own"] = [{"principle": item.principle.number, **self._provision(item)} for item in own]
        found["changed"] = [
            {"number": change.provision.number, **self.fields(change)}
            | self._change(catalogue[change.provision], inherited[change.provision.number])
            for change in catalogue.changed
        ]
        found["dropped"] = [{"number": item.provision.number, "reason": item.reason} for item in catalogue.dropped]
        return {name: value for name, value in found.items() if value or name in _LISTS}

    def _change(self, new: Provision, old: Provision) -> Plain:
        """Return the fields in which a provision differs from that of the base, each in full, and its source."""
        differing = [name for name in CHANGEABLE if _comparable(new, name) != _comparable(old, name)]
        # A file may also give a field that does not differ, and it must give one.
        return {name: self.value(getattr(new, name)) for name in (*(differing or ["title"]), "source")}


def _comparable(item: Provision, name: str) -> Any:  # noqa: ANN401 -- whatever a field holds
    """Return a field of a provision in a form that is equal in two editions if nothing was changed."""
    if name == "pointers":
        return [(one.clause, one.principle.number, one.purpose, one.annotations) for one in item.pointers]
    return getattr(item, name)


def _guide(catalogue: Catalogue) -> str | None:
    """Return the name of the guide of an edition; None if it has none."""
    return guides()[0] if catalogue.threats else None
