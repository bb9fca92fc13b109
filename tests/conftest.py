"""Fixtures that more than one test module wants."""

from __future__ import annotations

import json

import pytest

from aicop import Catalogue, load
from aicop.catalogue import loads
from tests.examples import mini_edition


@pytest.fixture(scope="session")
def code() -> Catalogue:
    """Give the Code."""
    return load("uk-ai-cop")


@pytest.fixture(scope="session")
def standard() -> Catalogue:
    """Give the European Standard."""
    return load("etsi-en-304-223")


@pytest.fixture(scope="session")
def mini() -> Catalogue:
    """Give the hand-made edition."""
    return loads(json.dumps(mini_edition()), "mini.json")
