"""The explorer: a library on one page of HTML that needs no server and no network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aicop.files.atomic import write_atomic
from aicop.library.library import Library
from aicop.report.explorer.data import choose, page_data
from aicop.report.explorer.joining import join
from aicop.report.page import read_asset, render, security_policy

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from aicop.assessment.assessment import Assessment
    from aicop.assessment.status.days import Day
    from aicop.ids import EditionId


def dumps(  # noqa: PLR0913 -- the options of a page
    library: Library | None = None,
    *,
    editions: str | Iterable[EditionId | str] | None = None,
    frameworks: str | Iterable[EditionId | str] | None = None,
    assessments: Iterable[Assessment] = (),
    on: Day | None = None,
    evidence: bool = False,
    wording: str | Iterable[EditionId | str] = (),
) -> str:
    """
    Return a page of HTML on which a library can be read, searched and worked with; by default, what ships.

    The page is complete in itself: it loads nothing, sends nothing, and works offline. *editions* and *frameworks* are
    those that it shows, by default all of the library.

    A page is made to be passed on, so that three things are left out unless they are named. *assessments* are those
    whose verdicts and status it shows, at the date *on*; *evidence* adds their evidence; *wording* names frameworks of
    yours of which it shows the words of each element. The page says what is left out.

    Raises:
        UnknownEdition: there is no such edition or framework.
        TypeError: there are assessments, but no date.
        MissingExtra: Jinja2 is not installed.
    """
    choice = choose(
        Library() if library is None else library,
        editions=editions,
        frameworks=frameworks,
        assessments=assessments,
        on=on,
        evidence=evidence,
        wording=wording,
    )
    return _page(page_data(choice))


def _page(data: dict[str, Any]) -> str:
    script, style = join("main.js"), read_asset("explorer/explorer.css") + read_asset("explorer/graph.css")
    # A script element ends at the first end tag, whatever is around it, so that no "<" may be in its text.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    facts = {
        "policy": security_policy(styles=[style], scripts=[script]),
        "style": style,
        "script": script,
        "data": text,
        "version": data["version"],
    }
    return render("explorer/explorer.html", facts)


def write_explorer(  # noqa: PLR0913 -- the options of a page
    path: str | PathLike[str],
    library: Library | None = None,
    *,
    editions: str | Iterable[EditionId | str] | None = None,
    frameworks: str | Iterable[EditionId | str] | None = None,
    assessments: Iterable[Assessment] = (),
    on: Day | None = None,
    evidence: bool = False,
    wording: str | Iterable[EditionId | str] = (),
    overwrite: bool = False,
) -> None:
    """
    Write the page that `dumps` returns to a file; an existing file is replaced only with *overwrite*.

    Raises:
        UnknownEdition: there is no such edition or framework.
        TypeError: there are assessments, but no date.
        MissingExtra: Jinja2 is not installed.
        FileAlreadyExists: the file exists and *overwrite* is false.
        OSError: the file cannot be written.
    """
    content = dumps(
        library,
        editions=editions,
        frameworks=frameworks,
        assessments=assessments,
        on=on,
        evidence=evidence,
        wording=wording,
    )
    write_atomic(Path(path), content.encode(), overwrite=overwrite)
