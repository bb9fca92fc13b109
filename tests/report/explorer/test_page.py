"""The page of the explorer as a file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from aicop.errors import FileAlreadyExists, UnknownEdition
from aicop.frameworks import loads
from aicop.library.library import Library
from aicop.report.explorer import dumps, write_explorer
from aicop.report.page import security_policy

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "</script><script>alert(1)</script><!-- & \" '"
SMALL: dict[str, Any] = {"editions": ["uk-ai-cop"], "frameworks": ["stride"]}


def data_of(page: str) -> dict[str, Any]:
    """Return the data that a page holds."""
    [text] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_page_holds_what_was_chosen() -> None:
    """A page has the editions and frameworks that were named, and says what is left out."""
    data = data_of(dumps(**SMALL))
    assert [item["key"] for item in data["editions"]] == ["uk-ai-cop@2025-01"]
    assert [item["key"] for item in data["frameworks"]] == ["stride@1999"]
    assert data["digest"] == Library().digest
    assert data["left_out"] == [
        "2 of 3 editions",
        f"{len(Library().frameworks()) - 1} of 39 frameworks, with their mappings",
    ]


def test_the_policy_is_that_of_the_page() -> None:
    """The policy allows the style sheet and the script that are in the page, and nothing else."""
    page = dumps(**SMALL)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    policy = security_policy(styles=[style], scripts=scripts).replace("'", "&#39;")
    assert len(scripts) == 1
    assert f'content="{policy}"' in page


def test_a_hostile_title_stays_data() -> None:
    """A title with markup in it comes back as it was, and ends no script."""
    rows = [{"id": "A-1", "kind": "control", "nature": "requirement", "title": HOSTILE}]
    library = Library().with_framework(loads(rows, framework="evil", edition="1", title=HOSTILE))
    page = dumps(library, editions=[], frameworks=["evil"])
    [evil] = data_of(page)["frameworks"]
    assert evil["title"] == HOSTILE
    assert evil["elements"][0][4] == HOSTILE
    assert page.count("</script>") == 2


def test_the_same_library_makes_the_same_page() -> None:
    """A page depends on nothing but the library and the options."""
    assert dumps(Library(), **SMALL) == dumps(Library(), **SMALL)


def test_a_file_is_not_overwritten(tmp_path: Path) -> None:
    """An existing file is replaced only if that is asked for."""
    file = tmp_path / "code.html"
    write_explorer(file, **SMALL)
    assert file.read_text(encoding="utf-8") == dumps(**SMALL)
    with pytest.raises(FileAlreadyExists):
        write_explorer(file, **SMALL)
    write_explorer(file, **SMALL, overwrite=True)


def test_what_is_not_known_is_an_error() -> None:
    """An unknown edition or framework is refused, and so are assessments without a date."""
    with pytest.raises(UnknownEdition):
        dumps(editions=["absent"])
    with pytest.raises(UnknownEdition):
        dumps(frameworks=["absent"])


def test_a_page_of_everything_is_small_enough_to_send() -> None:
    """The page of everything that ships has less than 4 MB."""
    assert len(dumps().encode()) < 4_000_000
