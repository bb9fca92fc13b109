"""Fixtures that more than one test module wants."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, settings

from aicop import Catalogue, load
from aicop.catalogue import loads
from tests.examples import mini_edition

# How long an example takes says something of the machine and its other work, and nothing of the code.
settings.register_profile("aicop", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("aicop")


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
