"""Links, which are outside the algebra."""

from __future__ import annotations

from tests.crosswalk.examples import SAID, walk
from tests.examples import B, C


def test_what_contains_a_thing_that_mitigates_a_risk_mitigates_it_too() -> None:
    """And nothing else carries a link: not overlap, not what lies inside."""
    risks = walk(("Y-1", "mitigates", "R"), source=B, target=C)
    for said, carried in zip(SAID, (True, False, True, False, False, False), strict=True):
        found = walk(("X-1", said, "Y-1")).compose(risks)
        links = [claim.says for claim in found["X-1"] if claim.link]
        assert links == (["mitigates"] if carried else []), said
        back = [claim.says for claim in found.inverse()["R"] if claim.link]
        assert back == (["is mitigated by"] if carried else []), said
        twin = risks.inverse().compose(walk(("X-1", said, "Y-1")).inverse())
        assert [claim.says for claim in twin["R"] if claim.link] == back
