"""Two editions side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from aicop._notebook import html_table, shown
from aicop._pydantic import field_type
from aicop.errors import count_phrase
from aicop.ids import EditionId, PrincipleId, ProvisionId, StatementId
from aicop.model.converters import as_tuple
from aicop.model.lineage import LineageRow
from aicop.vocabulary import Change, term

if TYPE_CHECKING:
    from aicop.tables import Row


@shown
@field_type
@attrs.frozen(repr=False)
class Comparison:
    """
    Two editions side by side, with rows for principle titles, provisions and statements.

    The rows are in printed order, the order of the document, of *old*. An item that was added follows the item before
    it in *new*.

    Each provision of either edition appears in at least one row. A provision whose statements do not all share its
    changes is followed by rows for all of them; its own row is about the whole.
    """

    old: EditionId
    new: EditionId
    rows: tuple[LineageRow, ...] = attrs.field(converter=as_tuple[LineageRow, ...])

    def __repr__(self) -> str:
        changed = count_phrase(len(self.changed), "change")
        return f"<Comparison {self.old} to {self.new}: {count_phrase(len(self.rows), 'row')}, {changed}>"

    def _repr_html_(self) -> str:
        # What did not change is seldom of interest, and the caption says how much it is.
        rows = [(row.old, row.new, row.changes, row.note) for row in self.changed]
        caption = f"{self.old} to {self.new}: {len(rows)} of {count_phrase(len(self.rows), 'row')} changed"
        return html_table(caption, ("old", "new", "changes", "note"), rows, len(rows))

    @property
    def principles(self) -> tuple[LineageRow, ...]:
        """The rows of principle titles, in order."""
        return self._of(PrincipleId)

    @property
    def provisions(self) -> tuple[LineageRow, ...]:
        """The rows of provisions, in order."""
        return self._of(ProvisionId)

    @property
    def statements(self) -> tuple[LineageRow, ...]:
        """The rows of statements, in order; only of provisions whose statements do not all share their changes."""
        return self._of(StatementId)

    def _of(self, kind: type[PrincipleId | ProvisionId | StatementId]) -> tuple[LineageRow, ...]:
        return tuple(row for row in self.rows if isinstance(row.old or row.new, kind))

    @property
    def changed(self) -> tuple[LineageRow, ...]:
        """The rows that changed, or whose change is unknown, in order."""
        return tuple(row for row in self.rows if row.changes != (Change.IDENTICAL,))

    @property
    def review(self) -> tuple[LineageRow, ...]:
        """The rows that a person should review, in order; each states the reason."""
        return tuple(row for row in self.rows if row.review is not None)

    def table(self) -> list[Row]:
        """
        Return all rows as rows of plain values, as data frames take them; `aicop.tables` describes the columns.

        To leave out principles and statements, pass `provisions` to `aicop.lineage.table_of`.
        """
        # Imported here, because few callers need tables.
        from aicop.lineage.table import table_of

        return table_of(self.rows)

    def of_kind(self, change: Change | str) -> tuple[LineageRow, ...]:
        """
        Return the rows whose changes include *change*, in order.

        Raises:
            UnknownTerm: there is no such kind of change.
        """
        wanted = term(Change, change)
        return tuple(row for row in self.rows if wanted in row.changes)
