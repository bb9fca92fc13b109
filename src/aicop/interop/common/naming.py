"""Keys and labels for frameworks in files that name them in words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from aicop.ids import EditionId

if TYPE_CHECKING:
    from aicop.interop.common.format import Naming


UNKNOWN = "unknown"
"""The label of an edition that a file does not name."""


LONGEST = 60
"""How long a key that is made of a title may be."""


def slug(title: str) -> str:
    """
    Make a key of a title.

    >>> slug("NIST SP 800-53 Rev. 5: Controls")
    'nist-sp-800-53-rev-5-controls'
    """
    plain = unicodedata.normalize("NFKD", title[:_LONGEST_TITLE]).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    key = ""
    for word in words:
        if len(longer := f"{key}-{word}".lstrip("-")) > LONGEST:
            break
        key = longer
    return key or (words[0][:LONGEST] if words else UNKNOWN)


def label(version: str | None) -> str:
    """
    Make the label of an edition of a version.

    >>> label("Version 5.1.1+u4"), label("Vienna 2020"), label(None)
    ('5.1.1-u4', 'Vienna-2020', 'unknown')
    """
    plain = re.sub(r"^(?:version(?=\b|[0-9])|v\.?(?=\s*[0-9]))\s*", "", (version or "").strip(), flags=re.IGNORECASE)
    return "-".join(re.findall(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*", plain))[:LONGEST].strip("-.") or UNKNOWN


def named(naming: Naming, title: str, version: str | None, stated: str | None = None) -> EditionId:
    """
    Give the edition that a framework in a file gets.

    *stated* is what the file says in our own words, ``document@edition``, if it does.

    Raises:
        InvalidId: what *naming* gives is no key or label.
    """
    own = EditionId.parse(stated) if stated is not None else EditionId(slug(title), label(version))
    return EditionId.parse(f"{naming.framework or own.document}@{naming.edition or own.edition}")


_LONGEST_TITLE = 1000
