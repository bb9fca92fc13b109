"""Keys and labels for frameworks in files that name them in words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from aicop.ids import EditionId

if TYPE_CHECKING:
    from aicop.interop.common.format import ImportOptions


UNKNOWN_EDITION = "unknown"
"""The label of an edition that a file does not name."""


MAX_KEY_LENGTH = 60
"""How long a key that is made of a title may be."""


def key_from_title(title: str) -> str:
    """
    Make a key of a title.

    >>> key_from_title("NIST SP 800-53 Rev. 5: Controls")
    'nist-sp-800-53-rev-5-controls'
    """
    plain = unicodedata.normalize("NFKD", title[:_MAX_TITLE_LENGTH]).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    key = ""
    for word in words:
        if len(longer := f"{key}-{word}".lstrip("-")) > MAX_KEY_LENGTH:
            break
        key = longer
    return key or (words[0][:MAX_KEY_LENGTH] if words else UNKNOWN_EDITION)


def label_from_version(version: str | None) -> str:
    """
    Make the label of an edition of a version.

    >>> label_from_version("Version 5.1.1+u4"), label_from_version("Vienna 2020"), label_from_version(None)
    ('5.1.1-u4', 'Vienna-2020', 'unknown')
    """
    plain = re.sub(r"^(?:version(?=\b|[0-9])|v\.?(?=\s*[0-9]))\s*", "", (version or "").strip(), flags=re.IGNORECASE)
    return (
        "-".join(re.findall(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*", plain))[:MAX_KEY_LENGTH].strip("-.") or UNKNOWN_EDITION
    )


def edition_for(options: ImportOptions, title: str, version: str | None, stated: str | None = None) -> EditionId:
    """
    Give the edition that a framework in a file gets.

    *stated* is what the file says in our own words, ``document@edition``, if it does.

    Raises:
        InvalidId: what *options* gives is no key or label.
    """
    own = (
        EditionId.parse(stated) if stated is not None else EditionId(key_from_title(title), label_from_version(version))
    )
    return EditionId.parse(f"{options.framework or own.document}@{options.edition or own.label}")


_MAX_TITLE_LENGTH = 1000
