"""
Write OSCAL catalogs: an edition of the Code with its statements, artefacts, threats and roles, or any framework.

Facts for which OSCAL has no field become properties in the namespace `aicop.interop.common.identifiers.BASE`: the exact
key of each element, its kind and nature, and for each statement its verb, duty holders, counterparties and condition.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from aicop.files.json_text import drop_empty, dump_json
from aicop.files.text import one_line
from aicop.frameworks.edition_view import from_catalogue
from aicop.graph.edges import flows
from aicop.ids import ControlId, PhaseId, PrincipleId, StatementId
from aicop.interop.common.identifiers import BASE, iri, moment, oscal_ids, uuid
from aicop.interop.common.properties import address as official

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aicop.catalogue.catalogue import Catalogue
    from aicop.frameworks.framework import Framework
    from aicop.ids import EditionId, Key
    from aicop.model.edition import Phase, Principle, Provision, Statement
    from aicop.model.framework import Control


Plain = dict[str, Any]

VERSION = "1.2.1"
"""The version of OSCAL that is written. The features used are the same in later versions."""
MAKER = "aicop"
"""The creator of the file, as opposed to the publisher of the document that it restates."""
UNDATED = "1970-01-01"
"""The date of a document for which no date is recorded: OSCAL requires one, and exports never read the clock."""
PREAMBLE = "preamble"
"""The class of the part with a principle's preamble, which contains no requirement itself."""

_WORDS = (
    "Statements, titles of provisions, artefacts and threats are in the words of aicop, not in those of the publisher."
)
_NAME = r"[A-Za-z_][A-Za-z0-9._-]*"


def prop(name: str, value: str, **more: str) -> Plain:
    """Return a property in the namespace of OSCAL."""
    return {"name": name, "value": value, **more}


def own(name: str, value: str, **more: str) -> Plain:
    """Return a property in the namespace of aicop."""
    return {"name": name, "ns": BASE, "value": value, **more}


def json_object(**fields: Any) -> Plain:  # noqa: ANN401 -- plain data
    """
    Return a JSON object without empty fields, which OSCAL forbids.

    An underscore in a name becomes a hyphen, and one at its end is removed: ``class_`` is the field ``class``.
    """
    given = {name.rstrip("_").replace("_", "-"): value for name, value in fields.items()}
    return drop_empty(given)


def document(root: str, content: Plain) -> str:
    """Serialise a document. Its UUID changes if, and only if, its content does, as OSCAL requires."""
    whole = {root: {"uuid": uuid(root, json.dumps(content, sort_keys=True)), **content}}
    return dump_json(whole)


def metadata(  # noqa: PLR0913 -- one keyword for each fact
    title: str,
    version: str,
    modified: str | None,
    *,
    published: str | None = None,
    publisher: str | None = None,
    address: str | None = None,
    props: Iterable[Plain] = (),
    roles: Iterable[Plain] = (),
    remarks: str | None = None,
) -> Plain:
    """
    Return the metadata of a document; dates are ISO days, months or years.

    ``last-modified``, which OSCAL requires, falls back to the date of publication and then to `UNDATED`.
    """
    issuing = [{"id": "publisher", "title": "Publisher of the restated document"}] if publisher else []
    parties = [json_object(uuid=uuid("party", publisher), type="organization", name=publisher)] if publisher else []
    maker = {"uuid": uuid("party", MAKER), "type": "organization", "name": MAKER}
    return json_object(
        title=title,
        published=moment(published) if published else None,
        last_modified=moment(modified or published or UNDATED),
        version=version,
        oscal_version=VERSION,
        props=list(props),
        links=[{"href": address, "rel": "reference"}] if address else [],
        roles=[{"id": "creator", "title": "Creator of this file"}, *issuing, *roles],
        parties=[*parties, maker],
        responsible_parties=[
            *({"role-id": "publisher", "party-uuids": [party["uuid"]]} for party in parties),
            {"role-id": "creator", "party-uuids": [maker["uuid"]]},
        ],
        remarks=remarks,
    )


def resource(edition: EditionId, title: str) -> Plain:
    """Return the back-matter resource for the catalog of an edition, expected as a file beside the document."""
    return {
        "uuid": uuid("resource", edition),
        "title": title,
        "props": [own("edition", str(edition))],
        "rlinks": [
            {"href": f"{edition}.json", "media-type": "application/oscal.catalog+json"},
            {"href": iri(edition)},
        ],
    }


OWN_COLUMN = f"{BASE}own-column"
"""The namespace of the properties for the user's own columns."""


def _own_columns(item: Control) -> Iterator[Plain]:
    """Yield a property for each cell of the user's own columns that is not empty."""
    for name, cell in item.extra:
        # OSCAL allows only a token as the name and one line as the value. Remarks keep a name that is no token.
        token = name if re.fullmatch(_NAME, name) else re.sub(r"[^A-Za-z0-9._-]", "-", f"_{name}")
        if value := one_line(cell):
            more = {} if token == name else {"remarks": name}
            yield {"name": token, "ns": OWN_COLUMN, "value": value, **more}


_PLACES = 5
"""The minimum number of digits of a sort id; it is padded with zeros, because tools sort it as text."""


def _facts(item: Control, framework: Framework, label: str | None) -> list[Plain]:
    """Return the properties of an element: the OSCAL label and sort id, then those of aicop."""
    width = max(_PLACES, len(str(len(framework))))
    untitled = [own("untitled", "yes")] if item.title is None else []
    shown = [*([prop("label", label)] if label else []), prop("sort-id", str(framework.position(item.id)).zfill(width))]
    return [*shown, own("key", str(item.id)), own("kind", item.kind), own("nature", item.nature.value), *untitled]


def _class(kind: str) -> str | None:
    """Return *kind* if OSCAL allows it as a class, otherwise None."""
    return kind if re.fullmatch(_NAME, kind) else None


class _Edition:
    """Builds the groups and controls of an edition, and collects the resources that they link to."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.view = from_catalogue(catalogue)
        self.ids = oscal_ids(self.view)
        self.flows = {item.provision: item for item in flows(catalogue)}
        self.resources: dict[str, Plain] = {}

    def _head(self, key: Key, label: str | None, *more: Plain) -> Plain:
        item = self.view[key]
        props = [*_facts(item, self.view, label), *more]
        return json_object(id=self.ids[key], class_=_class(item.kind), title=item.title, props=props)

    def _link(self, rel: str, key: str, about: Plain) -> Plain:
        """Return a link to the resource *key*, and add the resource to the back matter."""
        # Many provisions share an artefact or a threat; equal keys give equal UUIDs, so each is written once.
        one = uuid("resource", key)
        self.resources[one] = {"uuid": one, **about}
        return {"href": f"#{one}", "rel": rel}

    def phase(self, item: Phase) -> Plain:
        """Return the group of a phase, with its principles."""
        stage = [own("stage", item.stage)] if item.stage else []
        principles = (one for one in self.catalogue.principles if one.phase == item.id)
        return self._head(item.id, item.clause, *stage) | json_object(groups=list(map(self.principle, principles)))

    def principle(self, item: Principle) -> Plain:
        """Return the group of a principle, with its provisions."""
        printed = [own("clause", item.clause)] if item.clause else []
        applies = [own("primarily-applies-to", role.value) for role in item.applies_to or ()]
        preamble = {"name": "overview", "class": PREAMBLE, "prose": item.preamble}
        tops = (one for one in self.catalogue.values() if one.principle == item.id and one.parent is None)
        return self._head(item.id, f"Principle {item.id.number}", *printed, *applies) | json_object(
            parts=[preamble] if item.preamble else [], controls=list(map(self.provision, tops))
        )

    def provision(self, item: Provision) -> Plain:
        """Return the control of a provision, with its sub-provisions nested in it."""
        return self._head(item.id, item.id.number, own("grade", item.source.grade.value)) | json_object(
            links=list(self._links(item)),
            parts=[*(self._statement(item, one) for one in item.statements), *_remarks(item)],
            controls=list(map(self.provision, self.catalogue.children(item.id))),
        )

    def _links(self, item: Provision) -> Iterator[Plain]:
        """Yield the links of a provision to its artefacts and threats."""
        flow = self.flows.get(item.id)
        for rel in ("produces", "maintains", "uses"):
            for one in getattr(flow, rel, ()):
                props = [own("artefact", one.key), own("kind", one.kind.value)]
                props += [own("evidence", form) for form in one.evidence]
                about = {"title": one.title, "description": one.definition, "props": props}
                yield self._link(rel, f"artefact {one.key}", about)
        for menace in item.guidance.threats if item.guidance is not None else ():
            props = [own("threat", menace.key), own("kind", menace.kind.value)]
            about = {"title": menace.title, "description": menace.definition, "props": props}
            yield self._link("threat", f"threat {menace.key}", about)

    def _statement(self, item: Provision, one: Statement) -> Plain:
        key = StatementId(item.id, one.ordinal)
        props = [
            own("key", str(key)),
            own("modality", one.modality.value),
            *(own("duty-holder", role.value) for role in one.duty_holders),
            *([own("joiner", one.joiner.value)] if one.joiner else []),
            own("attribution", one.attribution.value),
            *([own("as-printed", one.as_printed)] if one.as_printed else []),
            *([own("condition", one.condition)] if one.condition else []),
            *([own("grade", one.source.grade.value)] if one.source else []),
            *_counterparties(one),
        ]
        return {"id": self.ids[key], "name": "statement", "props": props, "prose": self.view[key].words}


def _counterparties(one: Statement) -> Iterator[Plain]:
    """Yield the properties of each counterparty; properties of one counterparty have the same group."""
    for number, other in enumerate(one.counterparties, start=1):
        group = f"counterparty-{number}"
        yield own("counterparty", other.party, group=group)
        if other.role is not None:
            yield own("counterparty-role", other.role.value, group=group)
        yield own("capacity", other.capacity.value, group=group)
        yield own("counterparty-attribution", other.attribution.value, group=group)


def _remarks(item: Provision) -> Iterator[Plain]:
    """Yield the remarks of a provision as guidance parts, each with a property that names its statement."""
    for one in item.statements:
        about = own("statement", f"{item.id}#{one.ordinal}")
        for remark in one.remarks:
            yield {"name": "guidance", "props": [about, own("kind", remark.kind.value)], "prose": remark.text}


def _roles(writer: _Edition) -> Iterator[Plain]:
    """Yield the stakeholders of the edition as roles of the metadata."""
    for holder in writer.catalogue.stakeholders:
        item = writer.view[ControlId(writer.view.id, holder.role)]
        hints = [
            own("ai-act-role", one.role, **({"remarks": one.condition} if one.condition else {}))
            for one in holder.ai_act_roles
        ]
        yield json_object(
            id=holder.role.lower().replace(" ", "-"),
            title=item.title,
            description=item.words,
            props=[own("key", str(item.id)), own("kind", item.kind), *hints],
        )


def of_edition(catalogue: Catalogue) -> str:
    """Write an edition of the Code as a catalog."""
    writer = _Edition(catalogue)
    edition = catalogue.edition
    facts = [
        own("edition", str(edition.id)),
        own("status", edition.status.value),
        # A derived edition need not state them, and OSCAL allows no empty value.
        *([own("force", edition.force)] if edition.force else []),
        *([own("licence-of-the-publication", edition.licence)] if edition.licence else []),
    ]
    head = metadata(
        edition.title,
        edition.id.label,
        edition.source.read,
        published=edition.published,
        publisher=edition.publisher,
        address=edition.address,
        props=facts,
        roles=_roles(writer),
        remarks=_WORDS,
    )
    groups = list(map(writer.phase, catalogue.phases))
    return document(
        "catalog",
        json_object(metadata=head, groups=groups, back_matter=json_object(resources=list(writer.resources.values()))),
    )


def groups(framework: Framework) -> frozenset[Key]:
    """
    Return the elements that are groups in the catalog of a framework or edition: they hold controls and are none.

    In an edition these are phases and principles, in another framework elements without a parent that have children.
    """
    return frozenset(
        item.id
        for item in framework.controls
        if isinstance(item.id, PhaseId | PrincipleId)
        or (isinstance(item.id, ControlId) and item.parent is None and framework.children(item.id))
    )


def of_framework(framework: Framework) -> str:
    """
    Write a framework as a catalog.

    Elements without a parent become groups if they have children. All others become controls, nested under their
    parents.
    """
    known = oscal_ids(framework)
    facts = framework.edition

    def element(item: Control, *, group: bool) -> Plain:
        below = framework.children(item.id)
        props = [*_facts(item, framework, item.id.local), *_own_columns(item)]
        part = {"name": "overview" if group else "statement", "prose": item.words}
        return json_object(
            id=known[item.id],
            class_=_class(item.kind),
            title=item.title or item.id.local,
            props=props,
            parts=[part] if item.words else [],
            controls=[element(one, group=False) for one in below],
        )

    tops = [item for item in framework.controls if item.parent is None]
    licence = [own("licence-of-the-publication", facts.licence)] if facts.licence else []
    head = metadata(
        facts.title,
        facts.id.label,
        facts.source.read if facts.source is not None else None,
        published=facts.published,
        publisher=facts.publisher,
        address=official(framework),
        props=[own("edition", str(facts.id)), own("status", facts.status.value), *licence],
    )
    # OSCAL keeps groups and controls in separate lists, so the order among them survives in the sort ids only.
    ids = groups(framework)
    grouped = [element(item, group=True) for item in tops if item.id in ids]
    single = [element(item, group=False) for item in tops if item.id not in ids]
    return document("catalog", json_object(metadata=head, controls=single, groups=grouped))
