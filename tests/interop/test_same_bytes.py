"""Reproducible exports: one table of digests for everything that is written."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.interop.snapshots import same_as_snapshot

WRITE = """
from hashlib import sha256
from aicop import load, editions
from aicop.crosswalk import crosswalk
from aicop.frameworks import load as framework
from aicop.errors import NothingToWrite
from aicop.interop import cyclonedx, formats, oscal
code = load("uk-ai-cop")
items = {str(one): load(one) for one in editions()}
items |= {name: framework(name) for name in ("nist-csf", "iso-iec-27001", "mitre-atlas")}
pairs = [("uk-ai-cop", "iso-iec-42001"), ("uk-ai-cop", "mitre-atlas"), ("iso-iec-42001", "uk-ai-cop"), ("uk-ai-cop", "eu-ai-act"), ("uk-ai-cop", "nist-csf")]
items |= {f"{one} {other}": crosswalk(one, other) for one, other in pairs}
items["nist-csf iso-iec-27001 via nist-sp-800-53"] = crosswalk("nist-csf", "iso-iec-27001", via="nist-sp-800-53")
kinds = {"Catalogue": "edition", "Framework": "framework", "Crosswalk": "crosswalk"}
for form in formats.formats():
    for name, item in items.items():
        if kinds[type(item).__name__] in form.writes:
            try:
                written = formats.dumps(form.name, item)
            except NothingToWrite:
                written = b"nothing"
            print(form.name, name, sha256(written).hexdigest(), sep="\\t")
print("oscal profile", "uk-ai-cop Developer shall", sha256(oscal.profile(code, role="Developer", modality="shall").encode()).hexdigest(), sep="\\t")
print("cyclonedx 1.7", "uk-ai-cop", sha256(cyclonedx.dumps(code, "1.7").encode()).hexdigest(), sep="\\t")
"""

LIBRARIES = ("xlsx\t", "parquet\t")
"""How the lines of the formats begin whose bytes depend on the version of a library."""


def _digests(seed: str, zone: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
    command = [sys.executable, "-c", WRITE]
    return subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 -- ours


@pytest.fixture(scope="module")
def digests() -> str:
    """Return the digests of everything that is written, under one hash seed and time zone."""
    return _digests("1", "UTC")


def test_hash_seed_and_time_zone_change_nothing(digests: str) -> None:
    """Every digest is the same under another hash seed and fourteen hours ahead."""
    # Kiritimati is fourteen hours ahead of UTC, so a local date would differ.
    assert _digests("20261123", "Pacific/Kiritimati") == digests
    assert len(digests.splitlines()) > 60


def test_shipped_data_matches_its_snapshot(digests: str) -> None:
    """Digests are as before, except those of files that depend on the library that writes them."""
    same_as_snapshot(
        "shipped.tsv", "".join(f"{line}\n" for line in digests.splitlines() if not line.startswith(LIBRARIES))
    )
