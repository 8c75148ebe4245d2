"""Makes resources/icc/sRGB.icc anew: python -m tests.icc."""

import struct
from collections.abc import Sequence
from pathlib import Path

PROFILE = Path(__file__).parents[1] / "resources" / "icc" / "sRGB.icc"

_DESCRIPTION = b"sRGB (IEC 61966-2-1)\0"
_COPYRIGHT = b"Numbers of a standard; CC0 1.0, no rights reserved\0"
_D50 = (0.9642, 1.0, 0.8249)  # the profile's own white: ICC.1:2001-04, 6.1.7
_D65 = (0.3127, 0.3290)  # white and primaries of IEC 61966-2-1, x and y
_PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_STEPS = 256  # the curve is exact for every value of a byte

_Vector = tuple[float, ...]
_Matrix = Sequence[_Vector]


def profile() -> bytes:
    """Return an RGB display profile of version 2.1 with one curve (ICC.1:2001-04, 6.3.1.2)."""
    curve = b"curv" + bytes(4) + struct.pack(">I", _STEPS)
    curve += b"".join(struct.pack(">H", round(65535 * _linear(n / 255))) for n in range(_STEPS))
    text = b"desc" + bytes(4) + struct.pack(">I", len(_DESCRIPTION)) + _DESCRIPTION
    elements = {
        b"desc": text + bytes(4 + 4 + 2 + 1 + 67),  # no Unicode, no ScriptCode
        b"cprt": b"text" + bytes(4) + _COPYRIGHT,
        b"wtpt": _xyz(_D50),
        **dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, _colorants()), strict=True)),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    table = struct.pack(">I", len(elements))
    body = b""
    places: dict[bytes, int] = {}  # equal elements are written once
    start = 128 + 4 + 12 * len(elements)
    for tag, element in elements.items():
        if element not in places:
            body += bytes(-len(body) % 4)
            places[element] = start + len(body)
            body += element
        table += tag + struct.pack(">II", places[element], len(element))
    body += bytes(-len(body) % 4)
    return _header(start + len(body)) + table + body


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    start = struct.pack(">I4xI", size, 0x02100000) + b"mntrRGB XYZ " + made + b"acsp"
    return (start.ljust(68, b"\0") + _xyz(_D50)[8:]).ljust(128, b"\0")


def _linear(value: float) -> float:
    """Return the light of a value (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _colorants() -> _Matrix:
    """Return what each primary adds to white, as seen under D50 (Bradford)."""
    columns = [_tristimulus(*primary) for primary in _PRIMARIES]
    white = _tristimulus(*_D65)
    amounts = _times(_inverse(_across(columns)), white)
    there, here = _times(_BRADFORD, white), _times(_BRADFORD, _D50)
    scaled = [
        tuple(
            value * to / of
            for value, to, of in zip(_times(_BRADFORD, column), here, there, strict=True)
        )
        for column in columns
    ]
    back = _inverse(_BRADFORD)
    adapted = [_times(back, column) for column in scaled]
    return [
        tuple(a * value for value in column) for a, column in zip(amounts, adapted, strict=True)
    ]


def _tristimulus(x: float, y: float) -> _Vector:
    return (x / y, 1.0, (1 - x - y) / y)


def _across(matrix: _Matrix) -> _Matrix:
    return list(zip(*matrix, strict=True))


def _times(matrix: _Matrix, vector: _Vector) -> _Vector:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _inverse(matrix: _Matrix) -> _Matrix:
    """Return the inverse of three by three, by cross products."""
    rows = [_cross(matrix[(n + 1) % 3], matrix[(n + 2) % 3]) for n in range(3)]
    determinant = sum(a * b for a, b in zip(matrix[0], rows[0], strict=True))
    return _across([tuple(value / determinant for value in row) for row in rows])


def _cross(a: _Vector, b: _Vector) -> _Vector:
    return tuple(
        a[(n + 1) % 3] * b[(n + 2) % 3] - a[(n + 2) % 3] * b[(n + 1) % 3] for n in range(3)
    )


def _xyz(values: _Vector) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(value * 65536) for value in values))


if __name__ == "__main__":
    PROFILE.write_bytes(profile())
