"""Keys as arguments of argparse."""

from __future__ import annotations

import argparse
import functools

import pytest

from aicop import ProvisionId, parse
from aicop.keys import argument


def test_a_program_reads_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """A key in any spelling is an id; a wrong one ends the program with our advice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("key", type=functools.partial(argument, edition="uk-ai-cop", kind=ProvisionId))
    assert parser.parse_args(["5.4.1"]).key == parse("uk-ai-cop:5.4.1")
    for wrong, said in (("uk-ai-cop:5.9", "Nearest: uk-ai-cop@2025-01:5.4.2."), ("P5", "a provision is expected")):
        with pytest.raises(SystemExit):
            parser.parse_args([wrong])
        assert said in " ".join(capsys.readouterr().err.split())
