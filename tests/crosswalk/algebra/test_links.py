"""Links, which are not relations of the algebra."""

from __future__ import annotations

from tests.crosswalk.examples import SAID, walk
from tests.examples import B, C


def test_a_superset_inherits_mitigation() -> None:
    """Mitigation is carried by equality and superset only, and neither by overlap nor by subset."""
    risks = walk(("Y-1", "mitigates", "R"), source=B, target=C)
    for predicate, carried in zip(SAID, (True, False, True, False, False, False), strict=True):
        found = walk(("X-1", predicate, "Y-1")).compose(risks)
        links = [claim.says for claim in found["X-1"] if claim.link]
        assert links == (["mitigates"] if carried else []), predicate
        back = [claim.says for claim in found.inverse()["R"] if claim.link]
        assert back == (["is mitigated by"] if carried else []), predicate
        twin = risks.inverse().compose(walk(("X-1", predicate, "Y-1")).inverse())
        assert [claim.says for claim in twin["R"] if claim.link] == back
