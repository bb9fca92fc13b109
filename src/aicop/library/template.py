"""The template of a user's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aicop.files.atomic import write_set
from aicop.library.locate import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = """\
# The settings of this aicop library. aicop never rewrites this file.
#
# Any command that runs in this folder, or in a folder below it, uses the library:
#
#   aicop coverage uk-ai-cop acme
#
# Tables may be CSV, TSV or XLSX. A cell of a table wins over the settings of its file, and these over the defaults.

[defaults]
# Who made the mappings in this library, when (YYYY-MM-DD or YYYY-MM), and how. They apply to rows without values of
# their own, except to rows with the basis imported or derived.
author = "Acme security team"
date = "2026-01-01"
# basis = "own"

# frameworks/acme@2026.csv: your controls. The file name is the key of the framework and the label of its edition.
[framework."acme@2026"]
title = "Acme security controls"
# names = ["Acme controls"]          # other names by which keys may refer to it
kind = "control"                     # the kind of rows without one
# natures = { control = "requirement" }

# Columns of your file, and what they are: id, parent, kind, title, nature, words, amended or aliases. All others, such
# as Owner and Frequency, are kept as they are.
[framework."acme@2026".columns]
"Control ID" = "id"
Domain = "parent"
Title = "title"
Text = "words"

# mappings/acme-to-the-code.csv: what your controls cover. File names of mappings are free.
[mappings."acme-to-the-code.csv"]
source = "acme@2026"                 # where ids without a framework are looked up
target = "uk-ai-cop@2025-01"
# columns = { "Our control" = "source" }

# Further folders, all optional:
#   editions/<document>@<edition>.json      an edition of your own, or one derived from an edition that ships
#   lineage/<old>--<new>.tsv                what became of each provision from one edition to another
#   dependencies/<document>@<edition>.tsv   dependencies between provisions, or artefacts (.json)
"""

_CONTROLS = """\
Control ID,Domain,Title,Text,Owner,Frequency
AC-1,Assets,Inventory of AI assets,"Keep a list of models, data sets and prompts, with owners.",Platform team,monthly
AC-2,Assets,Versions of models,Record the version and origin of every model in use.,Platform team,each release
TR-1,People,AI security training,Train all staff in AI security once a year.,HR,yearly
"""

_MAPPINGS = """\
source,relationship,target,strength,remainder,reverse_strength,reverse_remainder,confidence,rationale
AC-1|AC-2,intersects-with,5.1,7,owners of assets,7,interdependencies,7,Together they keep an inventory.
TR-1,intersects-with,1.1,8,the yearly rhythm,6,the regular review,7,The training covers AI security. Nobody reviews it.
"""

FILES = {
    SETTINGS: _SETTINGS,
    "frameworks/acme@2026.csv": _CONTROLS,
    "mappings/acme-to-the-code.csv": _MAPPINGS,
}
"""The files of the template, by their path in the folder."""


def write_template(folder: Path) -> tuple[Path, ...]:
    """
    Write the template of a library into a folder, which is created if needed, and return the files.

    The template holds a small framework and mappings of it, so that it works at once. Nothing is overwritten.

    Raises:
        FileAlreadyExists: one of the files exists; then none is written.
        OSError: a file cannot be written; then none is.
    """
    paths = {folder.joinpath(*name.split("/")): text for name, text in FILES.items()}
    write_set({path: text.encode() for path, text in paths.items()})
    return tuple(paths)
