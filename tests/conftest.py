"""Fixtures for several test modules."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, Phase, settings

from aicop import Catalogue, load
from aicop.catalogue import loads
from tests.examples import mini_edition

# The time of an example depends on the machine and its load, so there is no deadline.
settings.register_profile("aicop", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("aicop")
# `make mutants` needs only to know whether a test fails, and the same answer each time.
settings.register_profile(
    "mutants", settings.get_profile("aicop"), derandomize=True, database=None, phases=(Phase.explicit, Phase.generate)
)


@pytest.fixture(scope="session")
def code() -> Catalogue:
    """Return the Code of Practice."""
    return load("uk-ai-cop")


@pytest.fixture(scope="session")
def standard() -> Catalogue:
    """Return the European Standard."""
    return load("etsi-en-304-223")


@pytest.fixture(scope="session")
def mini() -> Catalogue:
    """Return the hand-made edition."""
    return loads(json.dumps(mini_edition()), "mini.json")
