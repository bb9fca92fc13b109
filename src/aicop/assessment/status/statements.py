"""The statements of an edition, with what every assessment against it needs; computed once per edition."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from aicop.frameworks.edition_view import from_catalogue
from aicop.frameworks.framework import digest
from aicop.ids import StatementId
from aicop.vocabulary import Role

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue
    from aicop.model.edition import Statement

Bound = Mapping[StatementId, tuple[Role, ...]]
"""The roles held that each statement binds."""
_KEPT = 16
"""For how many editions the statements are kept."""


class Statements:
    """The statements of an edition; see `statements_of`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.by_id: dict[StatementId, Statement] = {
            StatementId(key, statement.ordinal): statement
            for key, item in catalogue.items()
            for statement in item.statements
        }
        """The statements by id, in printed order."""
        self.places: dict[StatementId, int] = {key: place for place, key in enumerate(self.by_id)}
        """The position of each statement in printed order."""
        self.by_text: dict[str, StatementId] = {str(key): key for key in self.by_id}
        """The ids by their canonical form, so that the usual cells need no parser."""
        self._bound: dict[tuple[Role, ...], Bound] = {}

    @functools.cached_property
    def digests(self) -> dict[StatementId, str]:
        """The digest of each statement as it is today."""
        view = from_catalogue(self.catalogue)
        return {key: digest(view[key]) for key in self.by_id}

    def bound(self, roles: tuple[Role, ...]) -> Bound:
        """Return, for each statement, those of the roles held that it binds, in the order in which it names them."""
        if roles not in self._bound:
            self._bound[roles] = {
                key: tuple(role for role in statement.duty_holders if self._holds(role, roles, key))
                for key, statement in self.by_id.items()
            }
        return self._bound[roles]

    def _holds(self, role: Role, roles: tuple[Role, ...], key: StatementId) -> bool:
        if role is not Role.ORGANISATION:
            return role in roles
        applies_to = self.catalogue.principle(self.catalogue[key.provision].principle).applies_to
        return applies_to is None or not set(applies_to).isdisjoint(roles)


_known: dict[int, Statements] = {}


def statements_of(catalogue: Catalogue) -> Statements:
    """Return the statements of an edition; the same object for the same catalogue, as long as it is kept."""
    # By identity, because comparing two catalogues takes longer than all that is kept. An entry holds its catalogue, so
    # that no other one has its number.
    found = _known.get(id(catalogue))
    if found is None:
        found = _known[id(catalogue)] = Statements(catalogue)
        for other in list(_known)[:-_KEPT]:
            _known.pop(other, None)
    return found
