"""The framework that a resource of a file stands for, and the keys of its elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aicop.errors import InvalidId, UnknownEdition, excerpt
from aicop.frameworks.shipped import load
from aicop.ids import EditionId
from aicop.interop.common.identifiers import oscal_ids

if TYPE_CHECKING:
    from aicop.frameworks.framework import Framework
    from aicop.interop.common.format import ImportOptions
    from aicop.interop.common.merging import Cells


def edition_in(resource: str) -> str | None:
    """
    Give the edition that a path or an IRI names in one of its parts; None where none does.

    >>> edition_in("catalogs/nist-csf@2.0/catalog.json"), edition_in("urn:aicop:nist-csf@2.0")
    ('nist-csf@2.0', 'nist-csf@2.0')
    """
    path = re.sub(r"^[a-z]+://[^/]*", "", resource)
    for part in reversed(re.split(r"[/\\]|^urn:aicop:", path)):
        try:
            return str(EditionId.parse(re.sub(r"\.(?:json|ya?ml)$", "", part)))
        except InvalidId:
            continue
    return None


class FrameworkResolver:
    """Finds the frameworks that a file maps, and what their elements are called here."""

    def __init__(self, options: ImportOptions) -> None:
        self._options = options
        self._tokens: dict[EditionId, Cells] = {}

    def _framework(self, name: str) -> Framework:
        own = (item for item in self._options.frameworks if name in {item.id.document, str(item.id)})
        found = next(own, None)
        return load(name) if found is None else found

    def find(self, side: str, resource: str, *stated: str | None) -> Framework | str:
        """
        Give the framework of a *side*, source or target; or, in words, why there is none.

        It is what the reader was told, else what the file states of a resource, else what that is called.

        Raises:
            UnknownEdition: the reader was told of one that does not exist.
        """
        if (given := getattr(self._options, side)) is not None:
            return self._framework(given)
        found = next(filter(None, (*stated, edition_in(resource))), None)
        if found is None:
            return f"{excerpt(resource)} does not say which framework this is; name it as the {side} (--{side})"
        try:
            return self._framework(found)
        except UnknownEdition as error:
            near = " or ".join(error.nearest)
            advice = f"did you mean {near}?" if near else "one of your own has to be given (--framework)"
            return f"no framework {excerpt(found)} is known here; {advice}"

    def key(self, framework: Framework, written: str) -> str:
        """
        Give the key of an id of the catalog that is written of a framework; any other id as it is.

        The statement of a control, as a whole, is what the control asks.
        """
        if framework.id not in self._tokens:
            self._tokens[framework.id] = {token: str(key) for key, token in oscal_ids(framework).items()}
        known, bare = self._tokens[framework.id], written.removesuffix("_smt")
        if bare != written and written not in known and (bare in known or framework.get(written) is None):
            return known.get(bare, bare)
        return known.get(written, written)
