"""Provisions and statements as rows of plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aicop.ids import StatementId
from aicop.tables import PROVISIONS, STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aicop.model.edition import Provision, Statement
    from aicop.tables import Row

    Headings = Mapping[object, Any]
    """The principles and phases of an edition by their ids."""


def _headings(item: Provision, headings: Headings) -> tuple[object, ...]:
    """Return the cells about the principle and the phase of a provision."""
    return item.principle, headings[item.principle].title, item.phase, headings[item.phase].title


def provision_rows(provisions: Iterable[Provision], headings: Headings) -> list[Row]:
    """Return one row per provision."""
    return PROVISIONS.rows(
        (
            item.id,
            item.title,
            *_headings(item, headings),
            item.parent,
            item.position,
            len(item.statements),
            item.modalities,
            item.duty_holders,
        )
        for item in provisions
    )


def statement_rows(statements: Iterable[tuple[Provision, Statement]], headings: Headings) -> list[Row]:
    """Return one row per statement, each of which comes with its provision."""
    return STATEMENTS.rows(
        (
            StatementId(item.id, said.ordinal),
            item.id,
            item.title,
            *_headings(item, headings),
            said.modality,
            said.duty_holders,
            said.joiner,
            said.attribution,
            said.action,
            said.condition,
            [f"{other.party} ({other.capacity.value})" for other in said.counterparties],
        )
        for item, said in statements
    )
