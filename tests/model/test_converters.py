"""Converters for fields and arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aicop import Library
from aicop.assessment import link, load_all, record, start
from aicop.model import Evidence, System
from aicop.model.converters import as_several
from aicop.vocabulary import Role
from tests.assessment.examples import CODE, assessment
from tests.assessment.files.test_reader import library

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_is_not_taken_for_its_characters() -> None:
    """A field with several values refuses a text, which type checkers take for an iterable of texts."""
    with pytest.raises(TypeError, match=r"expected several values, not the text 'Developer'; write \['Developer'\]"):
        System(name="chat", title="Chat", edition=CODE.id, roles="Developer")  # type: ignore[arg-type]


def test_an_argument_may_be_a_single_text(tmp_path: Path) -> None:
    """As everywhere, one word stands for one value."""
    assert as_several(Role.DEVELOPER) == (Role.DEVELOPER,)
    assert as_several(iter(["a", "b"])) == ("a", "b")
    about = assessment()
    [row] = record(about, "5.1", "pass", "2026-06-30", evidence="EV-1").verdicts
    assert row.evidence == ("EV-1",)
    assert [one.key.local for one in link(about, Library(), Evidence(id="EV-3", title="T"), "5.2").verdicts] == [
        "5.2#1"
    ]
    base = library(tmp_path, cloud={})
    assert [one.system.name for one in load_all(base, "cloud")] == ["cloud"]
    assert start(base, "chat", roles="developer", inherits="cloud").system.inherits == ("cloud",)
    assert start(base, "other", facts="builds-model").system.roles == (Role.DEVELOPER,)
