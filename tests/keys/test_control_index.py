"""Keys of other frameworks."""

from __future__ import annotations

import pytest

from aicop import UnknownKey, frameworks
from aicop.errors import KeyMistake
from aicop.frameworks import loads


def test_withdrawn_elements_are_explained() -> None:
    """A withdrawn element is an error that names its replacement."""
    controls = frameworks.load("nist-sp-800-53")
    assert len(controls.withdrawn) == 24 + 158
    with pytest.raises(UnknownKey) as caught:
        controls["SA-12"]
    assert (caught.value.mistake, caught.value.nearest) == (KeyMistake.WITHDRAWN, ("nist-sp-800-53@5.2.0:SR",))


def test_ids_in_another_script_are_distinct() -> None:
    """Ids in a script without case or digits are found as they are written."""
    own = loads(
        "id,kind\n\u8981\u4ef6\u4e00,control\n\u8981\u4ef6\u4e8c,control\n",
        "own.csv",
        framework="own",
        edition="1",
        title="Own",
    )
    assert str(own["\u8981\u4ef6\u4e8c"].id) == "own@1:\u8981\u4ef6\u4e8c"
    assert len(own) == 2
