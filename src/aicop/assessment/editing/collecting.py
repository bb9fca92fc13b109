"""Collect evidence: a file in the folder of a library with its digest, or a web address, which is never fetched."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from aicop.assessment.files.location import OUTSIDE, is_address
from aicop.assessment.status.days import Day, day_of
from aicop.errors import LibraryWithoutFolder, excerpt, reject
from aicop.model.assessment import Evidence

if TYPE_CHECKING:
    from os import PathLike

    from aicop.assessment.assessment import Assessment
    from aicop.library.library import Library

_NUMBERED = re.compile(r"EV-([0-9]{1,9})")


def collect(  # noqa: PLR0913 -- the columns of evidence
    assessment: Assessment,
    library: Library,
    source: str | PathLike[str],
    on: Day,
    *,
    id: str | None = None,  # noqa: A002 -- as the column
    title: str | None = None,
    kind: str | None = None,
    valid_until: Day | None = None,
    artefact: str | None = None,
    note: str | None = None,
) -> Evidence:
    """
    Return a file or web address as evidence, collected on a day; `link` adds it to an assessment.

    A file must be in the folder of the library, and gets its path in it and its SHA-256 digest. A web address is taken
    as it is. The id is by default the next one of the form ``EV-12``, and the title the name of the file. A file that
    the library has as evidence already, with the same content, is that evidence, unless another *id* is given.

    Raises:
        LibraryWithoutFolder: the library has no folder.
        InvalidDocument: the file is outside the folder of the library, the id is taken, or the library has the evidence
            already with another title, kind, day, artefact or note.
        OSError: the file cannot be read.
    """
    if library.folder is None:
        raise LibraryWithoutFolder
    written = str(source)
    location, digest = written, None
    if not is_address(written):
        location = _within(Path(source), Path(library.folder))
        with Path(source).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    given: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "valid_until": None if valid_until is None else day_of(valid_until),
        "artefact": artefact,
        "note": note,
    }
    pool = assessment.pool.values()
    same = (item for item in pool if (item.location, item.sha256) == (location, digest) and id in {None, item.id})
    if (known := next(same, None)) is not None:
        _check_same(known, given, written)
        return known
    if id is not None and id in assessment.pool:
        reject(written, "", f"the evidence {excerpt(id)} is another one; choose another id, or none")
    last = max((int(found[1]) for item in pool if (found := _NUMBERED.fullmatch(item.id))), default=0)
    given["title"] = title or (written if digest is None else Path(source).name)
    item = Evidence(id=id or f"EV-{last + 1}", title="", location=location, sha256=digest, collected=day_of(on))
    return attrs.evolve(item, **given)


def _check_same(known: Evidence, given: dict[str, Any], written: str) -> None:
    """Refuse columns that differ from those of evidence that the library has already, because they would be lost."""
    differing = [name for name, value in given.items() if value is not None and value != getattr(known, name)]
    if differing:
        said = f"is the evidence {known.id} already, with another {' and '.join(differing)}"
        reject(written, "", f"{said}; change evidence.csv, or choose an id to add it once more")


def _within(path: Path, folder: Path) -> str:
    """Return the path of a file in the folder of a library."""
    try:
        # The file itself may be a link to one elsewhere.
        return (path.parent.resolve() / path.name).relative_to(folder.resolve()).as_posix()
    except ValueError:
        if not path.exists():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
        reject(str(path), "", f"the location of evidence {OUTSIDE}")
