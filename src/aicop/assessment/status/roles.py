"""The roles that a question about an assessment is limited to."""

from __future__ import annotations

from collections.abc import Iterable

from aicop.vocabulary import Role, term

Roles = Role | str | Iterable[Role | str]
"""One role or several."""


def roles_of(given: Roles | None) -> frozenset[Role] | None:
    """
    Return the roles that are named, or None for no limit.

    Raises:
        UnknownTerm: one of them does not exist.
    """
    if given is None:
        return None
    return frozenset(term(Role, one) for one in ((given,) if isinstance(given, str) else given))
