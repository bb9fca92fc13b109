"""The packaged data files."""

from __future__ import annotations

import pytest

from aicop._resources import read
from aicop.errors import MissingData


def test_a_missing_data_file_is_named() -> None:
    """The error for a damaged installation names the missing file."""
    with pytest.raises(MissingData) as caught:
        read("editions/nothing.json")
    assert caught.value.resource == "data/editions/nothing.json"
