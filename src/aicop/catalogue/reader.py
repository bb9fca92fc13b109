"""Editions that a user brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.catalogue.shipped import build_with_guide
from aicop.errors import Fault, InvalidDocument
from aicop.manifest import guides

if TYPE_CHECKING:
    from aicop.catalogue.catalogue import Catalogue


def loads(content: bytes | str, file: str = "<text>") -> Catalogue:
    """
    Read an edition file that a user brings, in the format of ``docs/reference/data-format.md``.

    Its ``guidance`` may name a guide that ships, whose entries its provisions then have.

    Raises:
        InvalidDocument: with all faults of form, or with all of meaning once the form is right.
    """
    # Imported here, like every use of it, so that those who load only what ships never pay for pydantic.
    from aicop.schema.check import check_json
    from aicop.schema.edition import EditionSchema

    data = check_json(EditionSchema, content, file)
    if data.get("guidance") not in {None, *guides()}:
        raise InvalidDocument.from_faults(
            (Fault(file, "guidance", f"no such guide ships; there is {', '.join(guides())}"),)
        )
    return build_with_guide(data, file)
