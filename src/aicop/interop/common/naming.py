"""Keys and edition labels for frameworks that a file names only by title and version."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from aicop.ids import EditionId

if TYPE_CHECKING:
    from aicop.interop.common.format import ImportOptions


UNKNOWN_EDITION = "unknown"
"""The label of an edition if the file states no version."""


MAX_KEY_LENGTH = 60
"""The maximum length of a key or label that is derived from text."""


def key_from_title(title: str) -> str:
    """
    Return a key made from the words of a title.

    >>> key_from_title("NIST SP 800-53 Rev. 5: Controls")
    'nist-sp-800-53-rev-5-controls'
    """
    plain = unicodedata.normalize("NFKD", title[:_MAX_TITLE_LENGTH]).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    # The key is cut between words, unless the first word alone is too long.
    key = ""
    for word in words:
        if len(longer := f"{key}-{word}".lstrip("-")) > MAX_KEY_LENGTH:
            break
        key = longer
    return key or (words[0][:MAX_KEY_LENGTH] if words else UNKNOWN_EDITION)


def label_from_version(version: str | None) -> str:
    """
    Return an edition label made from a version.

    >>> label_from_version("Version 5.1.1+u4"), label_from_version("Vienna 2020"), label_from_version(None)
    ('5.1.1-u4', 'Vienna-2020', 'unknown')
    """
    plain = re.sub(r"^(?:version(?=\b|[0-9])|v\.?(?=\s*[0-9]))\s*", "", (version or "").strip(), flags=re.IGNORECASE)
    return (
        "-".join(re.findall(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*", plain))[:MAX_KEY_LENGTH].strip("-.") or UNKNOWN_EDITION
    )


def edition_for(options: ImportOptions, title: str, version: str | None, stated: str | None = None) -> EditionId:
    """
    Return the edition id for a framework in a file: from *options*, otherwise *stated*, otherwise title and version.

    *stated* is an id of the form ``document@edition``, if the file has one.

    Raises:
        InvalidId: the key or label in *options* is malformed.
    """
    own = (
        EditionId.parse(stated) if stated is not None else EditionId(key_from_title(title), label_from_version(version))
    )
    return EditionId.parse(f"{options.framework or own.document}@{options.edition or own.label}")


# A key can only contain the beginning of a title, so the rest of a very long title need not be normalised.
_MAX_TITLE_LENGTH = 1000
