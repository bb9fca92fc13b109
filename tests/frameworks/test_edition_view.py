"""The framework view of editions."""

from __future__ import annotations

import json

from aicop import frameworks, load
from aicop.frameworks import from_catalogue
from aicop.vocabulary import Nature
from tests.examples import mini_edition


def test_an_edition_is_a_framework_too() -> None:
    """The framework view has the elements in printed order, each with its parent."""
    code = frameworks.load("uk-ai-cop")
    assert repr(code) == (
        "<Framework uk-ai-cop@2025-01: 5 phase, 13 principle, 51 provision, 88 statement, 21 sub-provision, 5 role>"
    )
    assert str(code["1.1.1"].parent) == "uk-ai-cop@2025-01:1.1"
    assert code["uk-ai-cop@2025-01:System Operator"].nature is Nature.ROLE
    assert code["2.3#1"].words == load("uk-ai-cop")["2.3"].statements[0].action.join(["Developer shall ", ""])
    assert len(code.of_kind("provision", "sub-provision")) == 72


def test_an_own_edition_has_a_framework_view() -> None:
    """The framework view of a user's edition has its phases, principles, provisions and statements."""
    from aicop.catalogue import loads as load_own

    own = from_catalogue(load_own(json.dumps(mini_edition())))
    assert repr(own) == ("<Framework mini-code@1: 2 phase, 2 principle, 4 provision, 6 statement, 1 sub-provision>")
