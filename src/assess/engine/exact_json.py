"""Records as JSON and back, with their decimals exactly as they were."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, TypeVar

import msgspec

from assess.model.base import Number

Record = TypeVar("Record")


def _encode_number_or_raise(value: Any) -> Any:
    if isinstance(value, Number):
        return msgspec.Raw(str(value).encode())
    raise TypeError(type(value))


EXACT_ENCODER: Final = msgspec.json.Encoder(
    enc_hook=_encode_number_or_raise, decimal_format="number"
)
"""Writes decimals as numbers of JSON with all their digits, also the zeros at the end."""


def make_exact_decoder(
    kind: type[Record], untyped: type[Decimal] = Decimal
) -> Callable[[bytes], Record]:
    """Return a decoder of JSON; where the record leaves the type open, decimals are `untyped`.

    The decoder raises ValueError for anything that is not such a record.
    """
    decoder = msgspec.json.Decoder(kind, dec_hook=_decode_number, float_hook=untyped)

    def decode(data: bytes) -> Record:
        try:
            return decoder.decode(data)
        except (msgspec.MsgspecError, ArithmeticError, RecursionError) as error:
            raise ValueError(str(error)) from error

    return decode


def _decode_number(kind: type, value: Any) -> Any:
    if kind is not Number or isinstance(value, bool | str):
        raise TypeError(kind)
    return Number(value)
