"""Handovers: the artefacts that one party must pass to another, stated by a provision or inferred from use."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from aicop._notebook import shown
from aicop._pydantic import field_type
from aicop.ids import ProvisionId
from aicop.model.dependency import Artefact, Flow
from aicop.vocabulary import Modality, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from aicop.catalogue.catalogue import Catalogue


@shown
@field_type
@attrs.frozen(repr=False)
class Handover:
    """An artefact that passes from one party to another."""

    artefact: Artefact
    giver: str
    receiver: str
    provision: ProvisionId
    """The provision that states the handover or, if none does, the provision that uses the artefact."""
    modality: Modality
    """The modality with which that provision requires the handover or the use."""
    stated: bool
    """True if the provision states the handover; False if it is inferred from use and production by different roles."""
    condition: str | None = None
    """When the provision requires it, such as "the Developer is an external entity"; None if always, or if inferred."""


def duty_holders(catalogue: Catalogue, item: ProvisionId) -> tuple[Role, ...]:
    """Return the duty holders of a provision, without duplicates, in printed order."""
    return tuple(dict.fromkeys(role for part in catalogue[item].statements for role in part.duty_holders))


def handovers(catalogue: Catalogue, flows: Sequence[Flow], here: Collection[ProvisionId]) -> tuple[Handover, ...]:
    """Return the handovers of the provisions in *here*: the stated ones, then the inferred ones, in printed order."""
    found = [*_stated(catalogue, flows, here), *_implied(catalogue, flows, here)]
    return tuple(sorted(found, key=lambda item: (not item.stated, item.provision)))


def _stated(catalogue: Catalogue, flows: Sequence[Flow], here: Collection[ProvisionId]) -> Iterator[Handover]:
    """Yield the handovers that are stated by provisions in *here*."""
    for flow in flows:
        if flow.provision in here:
            for item in flow.passes:
                statements = catalogue[flow.provision].statements
                fitting = [
                    statement
                    for statement in statements
                    if item.giver in statement.duty_holders
                    and any(item.receiver == other.role for other in statement.counterparties)
                ]
                # Without a statement that names giver and receiver, all statements of the provision count.
                said = fitting or statements
                verb = max(statement.modality for statement in said)
                # If one of several statements has no condition, the handover has none.
                when = {statement.condition for statement in said}
                condition = when.pop() if len(when) == 1 else None
                yield Handover(
                    item.artefact, item.giver, item.receiver, flow.provision, verb, stated=True, condition=condition
                )


def _implied(catalogue: Catalogue, flows: Sequence[Flow], here: Collection[ProvisionId]) -> Iterator[Handover]:
    """Yield the inferred handovers: provisions in *here* use artefacts that only other roles produce."""
    makers: dict[Artefact, dict[Role, None]] = defaultdict(dict)
    for flow in flows:
        for item in flow.produces:
            makers[item] |= dict.fromkeys(duty_holders(catalogue, flow.provision))
    # A handover that any provision of the edition states is not inferred again, even in a subgraph.
    stated = {(item.artefact, item.giver, item.receiver) for item in _stated(catalogue, flows, set(catalogue))}
    for flow in flows:
        if flow.provision in here:
            verb = max(part.modality for part in catalogue[flow.provision].statements)
            receivers = duty_holders(catalogue, flow.provision)
            for item in flow.uses:
                if makers[item].keys().isdisjoint(receivers):
                    for giver, receiver in itertools.product(makers[item], receivers):
                        if (item, giver, receiver) not in stated:
                            yield Handover(item, giver, receiver, flow.provision, verb, stated=False)
