"""The classes of ids in words."""

from __future__ import annotations

from typing import get_args

import pytest

from aicop import ids
from aicop.errors import KeyMistake, UnknownKey
from aicop.keys.kinds import KINDS, check_kind, kind_words


def test_every_class_of_ids_has_words() -> None:
    """All classes that a mapping can have at a side, and editions."""
    assert set(KINDS) == {*get_args(get_args(ids.End)[0]), ids.EditionId}
    assert kind_words([ids.ProvisionId, ids.PhaseId]) == "a provision or a phase"


def test_an_id_of_another_class_is_refused() -> None:
    """With the text as it was written."""
    key = ids.PrincipleId.parse("uk-ai-cop@2025-01:P5")
    assert check_kind(key, (ids.PrincipleId,), "P5") is key
    with pytest.raises(UnknownKey) as caught:
        check_kind(key, (ids.ProvisionId,), "P5")
    assert (caught.value.text, caught.value.mistake) == ("P5", KeyMistake.OTHER_KIND)
