"""Records as JSON and back, digit for digit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from assess.engine.exact_json import EXACT_ENCODER, make_exact_decoder
from assess.model.base import Number


class Sample(msgspec.Struct):
    """A number of a known type, and a value of any."""

    weight: Number
    value: Any = None


def test_decimals_keep_their_digits_and_types() -> None:
    """Zeros at the end stay, in typed fields and in open ones."""
    sample = Sample(Number("2.50"), {"a": [Decimal("7.10"), 3, True, "1.0"]})
    data = EXACT_ENCODER.encode(sample)
    assert data == b'{"weight":2.50,"value":{"a":[7.10,3,true,"1.0"]}}'
    again = make_exact_decoder(Sample)(data)
    assert (again, str(again.weight), type(again.weight)) == (sample, "2.50", Number)
    assert (str(again.value["a"][0]), type(again.value["a"][0])) == ("7.10", Decimal)
    assert type(make_exact_decoder(Sample, Number)(data).value["a"][0]) is Number


@pytest.mark.parametrize(
    "data", [b"", b"{}", b'{"weight":"1"}', b'{"weight":true}', b"[" * 100_000]
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    """Every fault is a ValueError."""
    with pytest.raises(ValueError, match=r".*"):
        make_exact_decoder(Sample)(data)


def test_other_types_are_not_encoded() -> None:
    """A complex number has no form in JSON."""
    with pytest.raises(TypeError):
        EXACT_ENCODER.encode(1j)
