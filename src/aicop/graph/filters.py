"""Filters of dependencies: by kind, and those that plans follow by default."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from aicop.vocabulary import HARD, Basis, DependencyKind, term

if TYPE_CHECKING:
    from collections.abc import Callable

    from aicop.model.dependency import Dependency

    Follows = Callable[[Dependency], bool]
    """Returns whether a plan follows a dependency."""

Kinds = str | Collection[DependencyKind | str] | type[DependencyKind]
"""One or more kinds of dependency; the class itself stands for all of them."""


def known_kinds(kinds: Kinds) -> frozenset[DependencyKind]:
    """
    Return *kinds*, which may be a single word, as terms of the vocabulary.

    Raises:
        UnknownTerm: one of them does not exist.
    """
    return frozenset(term(DependencyKind, kind) for kind in ((kinds,) if isinstance(kinds, str) else kinds))


def dependency_filter(kinds: Kinds | None) -> Follows:
    """
    Return a test for the dependencies that plans follow: those of *kinds*, or by default those that bind.

    Raises:
        UnknownTerm: one of *kinds* does not exist.
    """
    if kinds is None:
        return _binds
    wanted = known_kinds(kinds)
    return lambda item: item.kind in wanted


def _binds(item: Dependency) -> bool:
    """Return whether work on the dependant has to wait for the prerequisite, or starts with an event in it."""
    # Only what the edition itself prints is binding: the pointers of the Implementation Guide mostly share lists of
    # references, and a pointer that is probably a misprint should not decide a plan.
    printed = item.basis is Basis.PRINTED and not item.suspect
    return item.kind in HARD or item.kind is DependencyKind.TRIGGERS or (item.kind is DependencyKind.REFERS and printed)
